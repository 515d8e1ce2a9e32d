"""What belongs to a record, as lines: each runs with Enter, and its button holds what else can be done with it."""

from collections.abc import Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.gui.context import AppContext
from crm_desktop.gui.records.line_button import Line, LineButton, show_menu
from crm_desktop.gui.widgets.buttons import Button, IconButton

if TYPE_CHECKING:
    from crm_desktop.gui.records.record_form import RecordForm


class _Row(NamedTuple):
    holder: QWidget
    button: LineButton
    more: IconButton | None


class LinesList(QWidget):
    """Lines one below the other, and a button that adds one.

    `wanted` carries something to write, `told` words and an answer to what was written here, `opened` a record or
    filter to go to.
    """

    wanted = Signal(object)
    told = Signal(str, object)
    opened = Signal(object)

    def __init__(self, context: AppContext, parent: QWidget, name: str, add_words: str = "") -> None:
        super().__init__(parent)
        self.context = context
        self.setAccessibleName(name)
        self._rows: list[_Row] = []
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        self.add_button = Button(context.theme, self, add_words, "plus", "link")
        self.add_button.setVisible(bool(add_words))
        self.add_button.setAutoDefault(False)  # in a dialog Enter is not for it
        self.add_button.clicked.connect(self.offer)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(self._column)
        layout.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)

    @property
    def lines(self) -> list[Line]:
        """What is shown."""
        return [row.button.line for row in self._rows]

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these; the focus stays at its place."""
        at = next((n for n, row in enumerate(self._rows) if any(part and part.hasFocus() for part in row)), -1)
        for row in self._rows:
            self._column.removeWidget(row.holder)
            row.holder.hide()
            row.holder.deleteLater()
        self._rows = [self._make_row(line) for line in lines]
        if at >= 0:
            (self._rows[min(at, len(lines) - 1)].button if lines else self.add_button).setFocus()

    def offer(self) -> None:
        """Ask for what is to be added."""

    def menu_of(self, row: int) -> list[str]:
        """What can be done with a line, in words."""
        return [words for words, _ in self._rows[row].button.line.choices]

    def do(self, row: int, words: str) -> None:
        """Do with a line what its menu says."""
        dict(self._rows[row].button.line.choices)[words]()

    def _make_row(self, line: Line) -> "_Row":
        holder = QWidget(self)
        button = LineButton(self.context, line, holder)
        button.stepped.connect(partial(self._step, button))
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(button, 1)
        more = None
        if line.choices:
            more = IconButton(self.context.theme, holder, "ellipsis", self.tr("More for %1").replace("%1", line.text))
            more.setAutoDefault(False)
            more.clicked.connect(partial(self._show_more, more, line))
            row.addWidget(more, 0, Qt.AlignmentFlag.AlignVCenter if line.face else Qt.AlignmentFlag.AlignTop)
        self._column.addWidget(holder)
        return _Row(holder, button, more)

    def _step(self, button: LineButton, by: int) -> None:
        """Go to the next line that can be pressed."""
        buttons = [row.button for row in self._rows if row.button.focusPolicy() != Qt.FocusPolicy.NoFocus]
        at = buttons.index(button) + by
        if 0 <= at < len(buttons):
            buttons[at].setFocus(Qt.FocusReason.TabFocusReason)

    def _show_more(self, button: QWidget, line: Line) -> None:
        show_menu(button, line.choices, button.mapToGlobal(button.rect().bottomLeft()))


class AskedLines(LinesList):
    """Lines of what a form asks for."""

    @cached_property
    def form(self) -> "RecordForm":
        """Asks for a new one, or for other values; loaded when it is first called for."""
        from crm_desktop.gui.records.record_form import RecordForm

        return RecordForm(self.context, self)
