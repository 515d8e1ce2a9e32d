"""Cards one below the other."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from crm_desktop.gui.context import AppContext

GAP = 12
"""Room beside the cards."""
_UNLIMITED = 16_777_215  # as Qt has it


class Column(QScrollArea):
    """Scrolls where they do not fit. Something `beside` it leaves a gap, in which the scroll bar finds room."""

    beside = False

    def __init__(self, context: AppContext, parent: QWidget, name: str) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().setSingleStep(context.theme.current.px(24))
        inner = self._inner = QWidget(self)
        inner.setProperty("kind", "plain")
        self._cards = QVBoxLayout(inner)
        self._cards.setContentsMargins(0, 0, 0, 0)
        self._cards.setSpacing(12)
        self.setWidget(inner)

    def limit(self, width: int | None) -> None:
        """Let the cards be so wide, with the gap beside them for the scroll bar; None takes all the room there is."""
        gap = GAP if self.beside else 0
        self._inner.setMaximumWidth(_UNLIMITED if width is None else width)
        self.setMinimumWidth(0 if width is None else width + gap)
        self.setMaximumWidth(_UNLIMITED if width is None else width + gap)

    def lead_with(self, card: QWidget) -> None:
        """Put this above the others."""
        self._cards.insertWidget(0, card)

    def add(self, *cards: QWidget) -> None:
        """Put these below each other."""
        for card in cards:
            self._cards.addWidget(card)
        self._cards.addStretch(1)
