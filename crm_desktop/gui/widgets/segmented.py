"""A switch between a few views of the same thing, such as Board and List."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from crm_desktop.gui.forms import promoted
from crm_desktop.gui.theme import ThemeManager
from crm_desktop.gui.widgets.buttons import Button


@promoted
class Segmented(QWidget):
    """One of its parts is always chosen; arrow keys go from part to part. `chosen` carries its id."""

    chosen = Signal(str)

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._ids: list[str] = []
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(lambda index: self.chosen.emit(self._ids[index]))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(2)

    def set_parts(self, parts: Sequence[tuple[str, str, str]], current: str) -> None:
        """Parts as (id, words, icon name or ""). Who was on one of them by keys stays there."""
        held = any(button.hasFocus() for button in self._group.buttons())
        for button in self._group.buttons():
            self._group.removeButton(button)
            button.hide()
            button.deleteLater()
        self._ids = [part[0] for part in parts]
        for index, (part_id, words, glyph) in enumerate(parts):
            button = Button(self._theme, self, words, glyph, "segment")
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # who clicks goes on where the focus is
            button.setChecked(part_id == current)
            self._group.addButton(button, index)
            self._row.addWidget(button)
        if held:
            self.focus_chosen()

    def focus_chosen(self) -> None:
        """Give the focus to the part that is chosen."""
        button = self._group.button(self._group.checkedId())
        button.show()  # one that is new is shown with the next event, and takes no focus before
        button.setFocus()

    @property
    def current(self) -> str:
        """Id of the chosen part."""
        return self._ids[self._group.checkedId()]

    def choose(self, part_id: str) -> None:
        """Choose a part as if it was clicked."""
        button = self._group.button(self._ids.index(part_id))
        button.setChecked(True)
        self.chosen.emit(part_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            step = -step
        if not step:
            super().keyPressEvent(event)
            return
        index = min(max(0, self._group.checkedId() + step), len(self._ids) - 1)
        self._group.button(index).setFocus()
        self.choose(self._ids[index])
