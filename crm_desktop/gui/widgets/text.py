"""Labels that know what to do with too little room."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractSpinBox, QLabel, QSizePolicy, QWidget

from crm_desktop.gui.forms import promoted
from crm_desktop.gui.theme import ThemeManager

_INSET = 8


@promoted
class ElidedLabel(QLabel):
    """One line cut with "…"; the whole text is its tool tip while it is cut. Role and tone as with any label."""

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None, text: str = "") -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def setText(self, text: str) -> None:
        super().setText(text)
        self._tell_whole()

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().averageCharWidth() * 3, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        # One spare pixel: widths of text are fractions, and a text that just fits must not be cut.
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 1, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell_whole()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, shown)

    def _tell_whole(self) -> None:
        cut = self.fontMetrics().horizontalAdvance(self.text()) > self.width()
        self.setToolTip(self.text() if cut else "")


def label(text: str = "", role: str = "body", tone: str = "", wrap: bool = False) -> QLabel:
    """A plain label with a type role and a tone of app.qss."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("role", role)
    if tone:
        made.setProperty("tone", tone)
    made.setWordWrap(wrap)
    if QGuiApplication.isRightToLeft():
        # Qt aligns a text by its own letters; names of here and there would stand at both sides.
        made.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)
    return made


def set_tone(widget: QWidget, name: str, value: str) -> None:
    """Change a dynamic property that the style sheet looks at."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def inset(box: QAbstractSpinBox) -> None:
    """Let its number begin where the text of other fields does; Qt asks no style sheet for that."""
    box.lineEdit().setTextMargins(_INSET, 0, _INSET, 0)
