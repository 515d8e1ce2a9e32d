"""One way to start: what it is, its key and its button."""

from PySide6.QtCore import Property, QRectF, Qt
from PySide6.QtGui import QAction, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from crm_desktop.gui import paint
from crm_desktop.gui.forms import promoted
from crm_desktop.gui.theme import ThemeManager
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.gui.widgets.key_cap import KeyCap
from crm_desktop.gui.widgets.text import label
from crm_desktop.gui.widgets.tile import Tile

_BUTTON = 112
_COLUMN = 10  # corner radius


@promoted
class ChoiceCard(QFrame):
    """A choice on the first page. `advised` in the form gives the ring and the strong button."""

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._advised = False
        self._tile = Tile(theme, self)
        self.title = label(role="heading")
        self.words = label(role="body", tone="secondary", wrap=True)
        self._cap = KeyCap(theme, self)
        self.button = Button(theme, self)
        self._arrange()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._resize)
        self._resize()

    def _arrange(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addStretch(1)
        words.addWidget(self.title)
        words.addWidget(self.words)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 12, 20, 12)
        row.setSpacing(0)
        row.addWidget(self._tile)
        row.addSpacing(20)
        row.addLayout(words, 1)
        row.addSpacing(10)
        row.addWidget(self._cap)
        row.addSpacing(10)
        row.addWidget(self.button)

    def offer(self, action: QAction, glyph: str, title: str, words: str) -> None:
        """Be the way to start that an action goes."""
        self._tile.set(glyph, "accent" if self._advised else "sunken", 44)
        self.title.setText(title)
        self.words.setText(words)
        self._cap.set_key(action.shortcut().toString())
        self.button.setText(action.text())
        self.button.follow(action)
        self.button.setAccessibleDescription(f"{title}. {words}")

    def _get_advised(self) -> bool:
        return self._advised

    def _set_advised(self, advised: bool) -> None:
        self._advised = advised
        self.button.setProperty("kind", "primary" if advised else "secondary")

    advised = Property(bool, _get_advised, _set_advised)

    def _resize(self) -> None:
        self.setMinimumHeight(self._theme.current.px(92))
        self.button.setMinimumWidth(self._theme.current.px(_BUTTON))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme.current
        painter = QPainter(self)
        box = QRectF(self.rect())
        paint.panel(painter, box, theme.color("card"), theme.color("border"), _COLUMN)
        if self._advised:
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), _COLUMN, _COLUMN)
