"""Several choices of a list: typed side by side, or ticked in a list that opens below."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from crm_desktop.gui.theme import ThemeManager
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.gui.widgets.popover import Popover
from crm_desktop.gui.widgets.value_line import LineEdit, keeps_key

_CODE = Qt.ItemDataRole.UserRole
_ROWS = 9
_ROW = 26
BETWEEN = "; "
Words = Sequence[tuple[str, str]]
"""What each choice is called, and its code."""


class TickList(QListWidget):
    """Choices with a box before each; Space or a click ticks, Enter is done."""

    done = Signal()

    def __init__(
        self, theme: ThemeManager, choices: Words, ticked: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._order = list(ticked)
        height = theme.current.px(_ROW)
        for words, code in choices:
            item = QListWidgetItem(words, self)
            item.setData(_CODE, code)
            item.setSizeHint(QSize(0, height))
            item.setCheckState(Qt.CheckState.Checked if code in ticked else Qt.CheckState.Unchecked)
        self.setMinimumWidth(theme.current.px(200))
        self.setFixedHeight(min(_ROWS, max(1, self.count())) * height + 4)
        self.setCurrentRow(0)

    @property
    def ticked(self) -> tuple[str, ...]:
        """The codes that are ticked: those that were, in their order, then the others in the order of the list."""
        items = (self.item(row) for row in range(self.count()))
        on = [str(item.data(_CODE)) for item in items if item.checkState() is Qt.CheckState.Checked]
        return tuple([code for code in self._order if code in on] + [code for code in on if code not in self._order])

    def event(self, event: QEvent) -> bool:
        return keeps_key(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.done.emit()
        else:
            super().keyPressEvent(event)


class TicksEdit(LineEdit):
    """The editor; `chosen` comes when the list was left with Enter or its button."""

    chosen = Signal()

    def __init__(
        self, theme: ThemeManager, choices: Words, held: Sequence[str],
        parse: Callable[[str], Any], parent: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(theme, parse, BETWEEN.join(held), parent)
        self._theme = theme
        self._choices = choices
        self._offered = False

    def choose(self) -> TickList:
        """Open the list with what is typed ticked in it."""
        self._offered = True
        ticked = self.value if self.accept() and self.value else ()
        popover = Popover(self._theme, self, self.accessibleName())
        popover.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        ticks = TickList(self._theme, self._choices, ticked, popover)
        ticks.setAccessibleName(self.accessibleName())
        ticks.itemChanged.connect(lambda _item: self.setText(BETWEEN.join(ticks.ticked)))
        ticks.done.connect(lambda: self._finish(popover))
        done = Button(self._theme, popover, self.tr("Done"), kind="primary")
        done.clicked.connect(ticks.done)
        popover.body.addWidget(ticks)
        popover.body.addWidget(done, 0, Qt.AlignmentFlag.AlignTrailing)
        popover.open_at(self)
        ticks.setFocus()
        return ticks

    def _finish(self, popover: Popover) -> None:
        popover.close()
        self.accept()
        self.chosen.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        # Opened by a command to edit, not passed by with Tab or come back to from the list.
        if not self._offered and event.reason() in (Qt.FocusReason.OtherFocusReason, Qt.FocusReason.MouseFocusReason):
            self.choose()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.choose()
        else:
            super().keyPressEvent(event)
