"""Frames that hold a part of a page."""

from PySide6.QtCore import Property, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from crm_desktop.gui import icons, paint
from crm_desktop.gui.forms import promoted
from crm_desktop.gui.theme import ThemeManager
from crm_desktop.gui.widgets.buttons import HelpMark
from crm_desktop.gui.widgets.text import ElidedLabel, label


class _Sign(QWidget):
    """An icon before a title, as wide as those of the lines below it."""

    def __init__(self, theme: ThemeManager, parent: QWidget, glyph: str) -> None:
        super().__init__(parent)
        self._theme = theme
        self._glyph = glyph
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.current.px(21), self._theme.current.px(16))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme.current
        side = theme.px(16)
        place = paint.mirrored(QRectF(1, 0, side, side), self.rect(), self.layoutDirection())
        icons.draw(QPainter(self), self._glyph, theme.color("warn"), place)


@promoted
class Card(QFrame):
    """A card with title, "?", a sentence and buttons at the right; the page fills `body`.

    Without a title the head is not shown. `tone` "warn" gives the amber panel of warnings and questions.
    """

    helped = Signal(str)

    def __init__(
        self, theme: ThemeManager, parent: QWidget | None = None, title: str = "", term: str = "", tone: str = ""
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tone = tone
        self.title_label = ElidedLabel(theme, self, title)
        self.title_label.setProperty("role", "cardTitle")
        self.help_mark = HelpMark(theme, self, term)
        self.help_mark.clicked.connect(lambda: self.helped.emit(self.help_mark.term))
        self.note = ElidedLabel(theme, self)
        self.note.setProperty("role", "small")
        self.note.setProperty("tone", "secondary")
        self.sentence = ElidedLabel(theme, self)
        self.sentence.setProperty("role", "small")
        self.sentence.setProperty("tone", "secondary")
        self._head = QWidget(self)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(2)
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        self._arrange()
        self.set_sentence("")
        self.set_title(title)

    def _arrange(self) -> None:
        self._head.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        head = QHBoxLayout(self._head)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(2)
        head.addWidget(self.title_label)
        head.addWidget(self.help_mark)
        head.addSpacing(6)
        head.addWidget(self.note)
        head.addStretch(1)
        head.addLayout(self._buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 16)
        layout.setSpacing(0)
        layout.addWidget(self._head)
        layout.addWidget(self.sentence)
        layout.addSpacing(8)
        layout.addLayout(self.body, 1)

    def set_title(self, title: str) -> None:
        """Name the card; it is the name of the group for screen readers too."""
        self.title_label.setText(title)
        self.setAccessibleName(title)
        self._head.setVisible(bool(title))

    def set_sentence(self, text: str) -> None:
        """The one computed sentence under the title."""
        self.sentence.setText(text)
        self.sentence.setVisible(bool(text))

    def set_note(self, text: str) -> None:
        """A fact beside the title, such as how many there are."""
        self.note.setText(text)

    def set_term(self, term: str) -> None:
        """The glossary term behind its "?"."""
        self.help_mark.set_term(term)

    def add_button(self, button: QWidget) -> None:
        """Put a button at the right of the title."""
        self._buttons.addWidget(button)

    def add_sign(self, glyph: str) -> None:
        """Put an icon before the title."""
        head = self._head.layout()
        assert isinstance(head, QHBoxLayout)
        head.insertWidget(0, _Sign(self._theme, self, glyph))

    def _get_title(self) -> str:
        return self.title_label.text()

    title = Property(str, _get_title, set_title)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme.current
        fill, edge = ("warnTint", "warnLine") if self._tone == "warn" else ("card", "border")
        box = QRectF(self.rect())
        paint.panel(QPainter(self), box, theme.color(fill), theme.color(edge), theme.radius("card"))


@promoted
class PanelSection(QWidget):
    """A part of the side panel: heading, something at its right, content, and a line below."""

    helped = Signal(str)

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None, title: str = "", term: str = "") -> None:
        super().__init__(parent)
        self._theme = theme
        self.title_label = label(title, "smallStrong")
        self.help_mark = HelpMark(theme, self, term)
        self.help_mark.clicked.connect(lambda: self.helped.emit(self.help_mark.term))
        self._head = QHBoxLayout()
        self._head.setSpacing(2)
        self._head.addWidget(self.title_label)
        self._head.addWidget(self.help_mark)
        self._head.addStretch(1)
        self.body = QVBoxLayout()
        self.body.setSpacing(6)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 12, 20, 13)
        layout.setSpacing(8)
        layout.addLayout(self._head)
        layout.addLayout(self.body)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.set_title(title)

    def set_title(self, title: str) -> None:
        """Name the section."""
        self.title_label.setText(title)
        self.setAccessibleName(title)

    def _get_title(self) -> str:
        return self.title_label.text()

    title = Property(str, _get_title, set_title)

    def add_right(self, widget: QWidget) -> None:
        """Put something at the right of the heading."""
        self._head.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(0, self.height() - 1, self.width(), 1, self._theme.current.color("border"))
