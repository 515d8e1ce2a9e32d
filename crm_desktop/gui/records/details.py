"""All that is filled in of a record, each value edited where it stands."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from crm_desktop.domain.catalogue import Field, FieldType
from crm_desktop.gui import format, icons, paint
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.records.record_form import value_editor
from crm_desktop.gui.widgets.buttons import Button, EnterButton
from crm_desktop.gui.widgets.leaving import Leaving
from crm_desktop.gui.widgets.menu import Menu
from crm_desktop.gui.widgets.text import ElidedLabel
from crm_desktop.gui.widgets.value_edit import ChoiceEdit, DayEdit, Editor, LineEdit, NoteEdit, TicksEdit, makes_line

FIRST = (
    "email", "phone", "source", "source_detail", "segment", "industry", "company", "company_name", "job_title", "role",
    "revenue", "purchases", "last_purchase", "customer_since", "open_deals", "value", "score",
)  # fmt: skip
"""Fields in the order people look for them; the others follow as the catalogue has them."""
HIDDEN = frozenset({"name", "lifecycle", "next_step", "next_activity", "source_system", "source_id", "customer_on"})
"""Shown elsewhere in the panel, or of no use to people."""
TITLES = 92, 132
"""Pixels that the names of fields have at least and at most; the values begin below each other."""

_BESIDE = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}


class ValueButton(EnterButton):
    """A value as text; pressing it opens its editor."""

    def __init__(self, context: AppContext, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = context.theme
        self.setText(text)
        self.setToolTip(text)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.current.px(80), self._theme.current.px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme.current
        painter = QPainter(self)
        box = QRectF(self.rect())
        if self.isEnabled() and self.underMouse():
            paint.panel(painter, box, theme.color("hover"), None, 4)
            self._draw_pencil(painter, box)
        shown = " · ".join(self.text().split("\n"))
        room = box.adjusted(6, 0, -6, 0)
        if self.isEnabled() and self.underMouse():
            at_end = theme.px(14) + 4
            room = paint.mirrored(room.adjusted(0, 0, -at_end, 0), self.rect(), self.layoutDirection())
        paint.text(painter, room, shown, theme.font("body"), theme.color("text"))
        if self.hasFocus():
            paint.focus_ring(painter, box, theme, 4)

    def _draw_pencil(self, painter: QPainter, box: QRectF) -> None:
        theme = self._theme.current
        side = theme.px(14)
        place = QRectF(box.right() - side - 5, box.center().y() - side / 2, side, side)
        place = paint.mirrored(place, self.rect(), self.layoutDirection())
        icons.draw(painter, "pencil", theme.color("textSecondary"), place)


class Details(QWidget):
    """Rows of label and value. `edited` carries the name of a field and its new value."""

    edited = Signal(str, object)
    opened = Signal(object)  # the editor that was opened, and again where it is to be seen

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self.hidden = HIDDEN  # fields that are not shown here
        self._kind = ""
        self._values: Mapping[str, Any] = {}
        self._before: dict[str, Any] = {}  # of what was given here last
        self._rows: dict[str, ValueButton] = {}
        self.editor: Editor | None = None
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(2)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(1, 1)
        self._more = Button(context.theme, self, self.tr("Add a detail"), "plus", "link")
        self._more.clicked.connect(self.offer_fields)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(self._grid)
        layout.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addStretch(1)  # where there is more room than rows they stay together

    @property
    def editing(self) -> bool:
        """Whether a value is open."""
        return self.editor is not None

    @property
    def shown_names(self) -> tuple[str, ...]:
        """The fields that are shown."""
        return tuple(self._rows)

    def show_values(self, kind: str, values: Mapping[str, Any]) -> None:
        """Show what is filled in of a record of a kind."""
        focused = next((name for name, button in self._rows.items() if button.hasFocus()), "")
        self._clear()
        self._kind, self._values = kind, values
        self._grid.setColumnMinimumWidth(0, self._context.theme.current.px(TITLES[0]))
        for name in self._names():
            self._add_row(name)
        self._more.setVisible(self.isEnabled() and self._context.services.catalogue.kind(kind).writable)
        if focused:
            _focus(self._rows.get(focused, self._more))

    def take_focus(self) -> None:
        """Let the keys begin at the first value that can be edited, or add one where there is none."""
        _focus(next((button for button in self._rows.values() if button.isEnabled()), self._more))

    def edit(self, name: str) -> None:
        """Open the editor of a field."""
        field = self._field(name)
        button = self._rows.get(name) or self._add_row(name)
        editor = value_editor(self._context, self._kind, field, self._values.get(name), self)
        editor.setAccessibleName(self._label(name))
        editor.setProperty("field", name)
        editor.installEventFilter(self)
        Leaving(editor, partial(self.opened.emit, editor))
        self.editor = editor
        self._grid.replaceWidget(button, editor)
        button.hide()
        editor.show()
        editor.setFocus()
        if isinstance(editor, ChoiceEdit):
            # Its list is left first: a combo box does not outlive what closes it in the middle of a key.
            editor.activated.connect(partial(self._keep, name), Qt.ConnectionType.QueuedConnection)
            editor.showPopup()
        if isinstance(editor, TicksEdit | DayEdit):
            editor.chosen.connect(partial(self._keep, name))
        self.opened.emit(editor)

    def refuse(self, name: str, value: Any, sentence: str) -> bool:
        """Open a value that was given and could not be kept, with the reason below it; False where that cannot be."""
        field = self._field(name)
        chosen = field.type in (FieldType.CHOICE, FieldType.YES_NO) and not field.multi
        if self.editing or chosen or name not in self._before:
            return False
        held = {**self._values, name: self._before[name]}
        self._values = {**held, name: value}
        self.edit(name)
        self._values = held
        assert isinstance(self.editor, LineEdit | NoteEdit)
        self.editor.complaint.say(sentence)
        return True

    def offer_fields(self) -> None:
        """Ask which empty field to fill in."""
        menu = Menu(self)
        fields = self._context.services.catalogue.kind(self._kind).fields.values()
        empty = [f.name for f in fields if f.editable and f.name not in self._rows and f.name not in self.hidden]
        for name in sorted(empty, key=self._label):
            menu.addAction(self._label(name), partial(self.edit, name))
        menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))

    def _names(self) -> list[str]:
        filled = [name for name, value in self._values.items() if value not in (None, "", (), False)]
        wanted = [name for name in filled if name not in self.hidden]
        return sorted(wanted, key=lambda name: FIRST.index(name) if name in FIRST else len(FIRST))

    def _field(self, name: str) -> Field:
        field: Field = self._context.services.catalogue.kind(self._kind).fields[name]
        return field

    def _label(self, name: str) -> str:
        return str(self._context.services.labels.field(self._kind, name))

    def _add_row(self, name: str) -> ValueButton:
        field = self._field(name)
        words = format.value(
            field, self._values.get(name), self._context.clock.today(),
            lambda code: str(self._context.services.labels.choice(self._kind, name, code)),
        )  # fmt: skip
        if field.type is FieldType.LONG_TEXT and len(words) > 400:
            words = words[:400] + "…"
        button = ValueButton(self._context, words, self)
        button.setAccessibleName(f"{self._label(name)}: {words}")
        button.setEnabled(field.editable)
        button.clicked.connect(partial(self.edit, name))
        row = self._grid.rowCount()
        title = ElidedLabel(self._context.theme, self, self._label(name))
        title.setProperty("role", "small")
        title.setProperty("tone", "muted")
        title.setMaximumWidth(self._context.theme.current.px(TITLES[1]))
        self._grid.addWidget(title, row, 0)
        self._grid.addWidget(button, row, 1)
        self._rows[name] = button
        return button

    def _clear(self) -> None:
        if isinstance(self.editor, ChoiceEdit):
            self.editor.hidePopup()
        self.editor = None
        self._rows = {}
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    # leaving an editor

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self.editor or self.editor is None:
            return False
        name = str(self.editor.property("field"))
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            return self._escape(name, event)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in _BESIDE:
                self._keep(name, then=_BESIDE[Qt.Key(event.key())])
                return True
            if _leaves(event, self.editor):
                self._keep(name)
                return True
        if isinstance(event, QFocusEvent) and event.lostFocus() and not isinstance(self.editor, ChoiceEdit):
            self._focus_left(name, event.reason())
        return False

    def _focus_left(self, name: str, reason: Qt.FocusReason) -> None:
        # The list of an editor's choices, or its calendar, takes the focus for a while.
        if reason != Qt.FocusReason.PopupFocusReason and QApplication.activePopupWidget() is None:
            self._keep(name)

    def _escape(self, name: str, event: QKeyEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress:
            self.show_values(self._kind, self._values)
            _focus(self._rows.get(name, self._more))
            return True
        return False

    def _keep(self, name: str, _chosen: int = 0, then: int = 0) -> None:
        """Keep what is typed; the focus stays with it, or goes to what is before (-1) or behind it (1)."""
        editor = self.editor
        if editor is None or not editor.accept():
            return
        self.editor = None
        value = editor.value
        before = self._before[name] = self._values.get(name)
        self._values = {**self._values, name: value}
        self.show_values(self._kind, self._values)
        self._focus_beside(name, then)
        if value != before and not (not value and not before):
            self.edited.emit(name, value)

    def _focus_beside(self, name: str, by: int) -> None:
        """Give the focus to a value, or to what is edited before or behind it; behind the last stands the button."""
        here = self._rows.get(name)
        open_ = [button for button in self._rows.values() if button.isEnabled() or button is here]
        at = open_.index(here) + by if here is not None else len(open_)
        _focus(open_[max(at, 0)] if at < len(open_) else self._more)


def _focus(part: QWidget) -> None:
    part.show()  # now, not with the others a moment later: what is hidden has no focus to keep
    part.setFocus()


def _leaves(event: QKeyEvent, editor: Editor) -> bool:
    enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    return enter and not isinstance(editor, ChoiceEdit) and not (isinstance(editor, NoteEdit) and makes_line(event))
