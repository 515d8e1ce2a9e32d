"""One condition made by hand: field, comparison, value. What it makes is the typed form, so that both mean the same."""

from datetime import date
from typing import Any

from PySide6.QtCore import QDate, QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QDateEdit,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSpinBox,
    QWidget,
)

from crm_desktop.domain.catalogue import Field, FieldType
from crm_desktop.domain.filter import Compare, Node
from crm_desktop.errors import UserError
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.gui.widgets.popover import Popover
from crm_desktop.gui.widgets.text import label

_DATES = (FieldType.DATE, FieldType.INSTANT)
_NONE, _ANY, _LAST, _NEXT = "none", "any", "last", "next"  # comparisons beside the signs of the typed form
_WIDTH = 300
_ROW = 26


class ConditionPopover(Popover):
    """`made` carries the condition; `dropped` says that the one being changed is to go."""

    made = Signal(object)
    dropped = Signal()

    def __init__(self, context: AppContext, parent: QWidget, kind: str, node: Node | None) -> None:
        super().__init__(context.theme, parent, "")
        self._context = context
        self._kind = kind
        self._fields = context.services.catalogue.kind(kind).fields
        self.setAccessibleName(self.tr("Filter"))
        self.field_box = QComboBox(self)
        self.sign_box = QComboBox(self)
        self.value: QWidget = QLineEdit(self)
        self.complaint = label(role="small", tone="bad", wrap=True)
        self._fill(node)

    # building

    def _fill(self, node: Node | None) -> None:
        self.setMinimumWidth(self.theme.current.px(_WIDTH))
        self.field_box.setAccessibleName(self.tr("Field"))
        self.field_box.setMaxVisibleItems(16)
        self.sign_box.setAccessibleName(self.tr("Comparison"))
        labels = self._context.services.labels
        named = sorted((labels.field(self._kind, name), name) for name in self._fields)
        for words, name in named:
            self.field_box.addItem(words, name)
        self.body.addWidget(self.field_box)
        self.body.addWidget(self.sign_box)
        self._values = QHBoxLayout()
        self._values.addWidget(self.value)
        self.body.addLayout(self._values)
        self.body.addWidget(self.complaint)
        self.complaint.hide()
        self._add_buttons(node is not None)
        self.field_box.currentIndexChanged.connect(self._choose_field)
        self.sign_box.currentIndexChanged.connect(self._choose_sign)
        self._start(node)
        self.field_box.setFocus()

    def _add_buttons(self, changing: bool) -> None:
        row = QHBoxLayout()
        if changing:
            drop = Button(self.theme, self, self.tr("Remove"), kind="link")
            drop.clicked.connect(self._drop)
            row.addWidget(drop)
        row.addStretch(1)
        self.apply_button = Button(self.theme, self, self.tr("Apply"), kind="primary")
        self.apply_button.clicked.connect(self.apply)
        row.addWidget(self.apply_button)
        self.body.addLayout(row)

    def _start(self, node: Node | None) -> None:
        known = isinstance(node, Compare) and node.path in self._fields
        first = node.path if isinstance(node, Compare) and known else next(
            name for name in ("lifecycle", "segment", "name", *self._fields) if name in self._fields
        )
        self.field_box.setCurrentIndex(self.field_box.findData(first))
        self._choose_field()
        if isinstance(node, Compare) and known:
            self._show(node)

    def _show(self, node: Compare) -> None:
        """The condition being changed, taken from its typed form."""
        from crm_desktop.domain.filter import Filter

        typed = self._context.services.lists.text(Filter(self._kind, node))
        rest = typed.removeprefix(node.path)
        for index in sorted(range(self.sign_box.count()), key=lambda i: -len(str(self.sign_box.itemData(i)))):
            sign = str(self.sign_box.itemData(index))
            if rest in (f":{sign}",) or (not sign.isalpha() and rest.startswith(sign)):
                self.sign_box.setCurrentIndex(index)
                self._set_value(node, rest.removeprefix(sign))
                return

    # the field and its comparisons

    @property
    def field(self) -> Field:
        """The chosen field."""
        return self._fields[self.field_box.currentData()]

    def _choose_field(self) -> None:
        self.sign_box.blockSignals(True)
        self.sign_box.clear()
        for words, sign in self._signs():
            self.sign_box.addItem(words, sign)
        self.sign_box.blockSignals(False)
        self._choose_sign()

    def _signs(self) -> list[tuple[str, str]]:
        field, tr = self.field, self.tr
        empty = [(tr("has no value"), _NONE), (tr("has a value"), _ANY)]
        if field.type is FieldType.YES_NO:
            return [(tr("is"), "=")]
        if field.type is FieldType.CHOICE:
            return [(tr("is one of"), "="), *empty]
        if field.type in _DATES:
            return [
                (tr("since"), ">="), (tr("until"), "<="), (tr("on"), "="),
                (tr("in the last days"), _LAST), (tr("in the next days"), _NEXT), *empty,
            ]  # fmt: skip
        if field.type.ordered:
            return [
                (tr("at least"), ">="), (tr("at most"), "<="), (tr("is"), "="),
                (tr("more than"), ">"), (tr("less than"), "<"), *empty,
            ]  # fmt: skip
        return [
            (tr("contains"), ":"), (tr("is"), "="), (tr("is not"), "!="), (tr("begins with"), "^"), *empty,
        ]  # fmt: skip

    def _choose_sign(self) -> None:
        before = self.value
        self.value = self._editor()
        self.value.setAccessibleName(self.tr("Value"))
        self.value.installEventFilter(self)
        self._values.replaceWidget(before, self.value)
        before.hide()
        before.deleteLater()
        self.value.setVisible(self.sign_box.currentData() not in (_NONE, _ANY))
        self.complaint.hide()
        self.adjustSize()

    def _editor(self) -> QWidget:
        field, sign = self.field, self.sign_box.currentData()
        if field.type is FieldType.CHOICE:
            return self._checklist(field)
        if field.type is FieldType.YES_NO:
            box = QComboBox(self)
            box.addItem(self.tr("Yes"), "yes")
            box.addItem(self.tr("No"), "no")
            return box
        if sign in (_LAST, _NEXT):
            days = QSpinBox(self)
            days.setRange(1, 9999)
            days.setValue(30)
            return days
        if field.type in _DATES:
            edit = QDateEdit(_qdate(self._context.clock.today()), self)
            edit.setCalendarPopup(True)
            return edit
        return self._line(field)

    def _checklist(self, field: Field) -> QListWidget:
        box = QListWidget(self)
        for code in field.choices:
            item = QListWidgetItem(self._context.services.labels.choice(self._kind, field.name, code), box)
            item.setData(Qt.ItemDataRole.UserRole, code)
            item.setCheckState(Qt.CheckState.Unchecked)
            item.setSizeHint(QSize(0, self.theme.current.px(_ROW)))
        box.setCurrentRow(0)
        box.setFixedHeight(min(9, box.count()) * self.theme.current.px(_ROW) + 4)
        return box

    def _line(self, field: Field) -> QLineEdit:
        line = QLineEdit(self)
        if field.type.textual and not field.multi:
            services = self._context.services
            self._context.jobs.read(
                lambda _progress: services.lists.values_in_use(self._kind, field.name),
                lambda used: self._offer(line, used),
                owner=line,
            )
        return line

    def _offer(self, line: QLineEdit, used: list[str]) -> None:
        names = QCompleter(used, line)
        names.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        names.setFilterMode(Qt.MatchFlag.MatchContains)
        line.setCompleter(names)

    # the value

    def _set_value(self, node: Compare, typed: str) -> None:
        editor = self.value
        if isinstance(editor, QListWidget):
            chosen = node.value if isinstance(node.value, tuple) else (node.value,)
            for item in _items(editor):
                on = item.data(Qt.ItemDataRole.UserRole) in chosen
                item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        elif isinstance(editor, QComboBox):
            editor.setCurrentIndex(editor.findData(typed))
        elif isinstance(editor, QDateEdit) and isinstance(node.value, date):
            editor.setDate(_qdate(node.value))
        elif isinstance(editor, QLineEdit):
            editor.setText(typed.strip('"'))

    def _typed(self) -> str:
        """The condition as one would type it."""
        name, sign, editor = self.field.name, self.sign_box.currentData(), self.value
        if sign in (_NONE, _ANY):
            return f"{name}:{sign}"
        if isinstance(editor, QListWidget):
            ticked = [item for item in _items(editor) if item.checkState() == Qt.CheckState.Checked]
            return f"{name}={','.join(_quoted(item.data(Qt.ItemDataRole.UserRole)) for item in ticked)}"
        if isinstance(editor, QSpinBox):
            today = f"{name}<=today" if sign == _LAST else f"{name}>=today"
            return f"({today} {name}{'>=-' if sign == _LAST else '<=+'}{editor.value()}d)"
        if isinstance(editor, QComboBox):
            return f"{name}{sign}{editor.currentData()}"
        if isinstance(editor, QDateEdit):
            return f"{name}{sign}{editor.date().toString(Qt.DateFormat.ISODate)}"
        assert isinstance(editor, QLineEdit)
        return f"{name}{sign}{_quoted(editor.text().strip())}"

    def apply(self) -> None:
        """Answer with the condition, or say what is missing."""
        try:
            made = self._context.services.lists.parse(self._kind, self._typed()).where
        except UserError as error:
            self.complaint.setText(error.sentence)
            self.complaint.show()
            self.value.setAccessibleDescription(error.sentence)
            self.adjustSize()
            return
        self.close()
        self.made.emit(made)

    def _drop(self) -> None:
        self.close()
        self.dropped.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent)
        if pressed and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):  # type: ignore[attr-defined]
            self.apply()
            return True
        return super().eventFilter(watched, event)


def _items(box: QListWidget) -> list[QListWidgetItem]:
    return [box.item(row) for row in range(box.count())]


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)


def _quoted(text: str) -> Any:
    """Text as the typed form takes it; nothing stays nothing, so that the missing value is named."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"' if text else ""
