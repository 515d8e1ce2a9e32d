"""Cards one below the other."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from crm_desktop.gui.context import AppContext


class Column(QScrollArea):
    """Scrolls where they do not fit."""

    def __init__(self, context: AppContext, parent: QWidget, name: str) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().setSingleStep(context.theme.current.px(24))
        inner = QWidget(self)
        inner.setProperty("kind", "plain")
        self._cards = QVBoxLayout(inner)
        self._cards.setContentsMargins(0, 0, 0, 0)
        self._cards.setSpacing(12)
        self.setWidget(inner)

    def add(self, *cards: QWidget) -> None:
        """Put these below each other."""
        for card in cards:
            self._cards.addWidget(card)
        self._cards.addStretch(1)
