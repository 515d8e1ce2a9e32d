"""Choosing one of many by typing a part of its name."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from crm_desktop.domain.folding import fold
from crm_desktop.gui.theme import ThemeManager
from crm_desktop.gui.widgets.plain_list import VALUE, PlainList
from crm_desktop.gui.widgets.popover import Popover
from crm_desktop.gui.widgets.text import label

_ROWS = 10


class Picker(Popover):
    """A list with a search field above it. `picked` carries what was chosen."""

    picked = Signal(object)

    def __init__(self, theme: ThemeManager, parent: QWidget, title: str) -> None:
        super().__init__(theme, parent, title)
        self._choices: Sequence[tuple[str, object]] = ()
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(self.tr("Type to find"))
        self.search.setAccessibleName(title)
        self.search.textChanged.connect(self._show)
        self.search.installEventFilter(self)
        self.list = PlainList(theme, title, self)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.clicked.connect(lambda _index: self.accept())
        self.nothing = label(self.tr("Nothing is called so."), tone="secondary")
        self.nothing.hide()
        self.body.addWidget(self.search)
        self.body.addWidget(self.list)
        self.body.addWidget(self.nothing, 1, Qt.AlignmentFlag.AlignTop)

    def offer(self, choices: Sequence[tuple[str, object]], chosen: object) -> None:
        """Show these choices, as (words, value), with one of them chosen."""
        self._choices = choices
        self.search.clear()
        self.list.show_texts(choices, chosen)
        theme = self.theme.current
        self.list.setFixedHeight(self.list.row_height * min(_ROWS, len(choices)) + 4)
        self.setFixedWidth(theme.px(260))

    def accept(self) -> None:
        """Take the current choice."""
        index = self.list.currentIndex()
        if index.isValid():
            self.close()
            self.picked.emit(index.data(VALUE))

    def _show(self, typed: str) -> None:
        wanted = fold(typed)
        found = [choice for choice in self._choices if wanted in fold(choice[0])]
        self.list.show_texts(found)
        self.list.setVisible(bool(found))
        self.nothing.setHidden(bool(found))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None:
                self.list.go_to(self.list.currentIndex().row() + step)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.accept()
                return True
        return super().eventFilter(watched, event)
