"""Places below the board that a card can be dropped on, or that act on the chosen card when pressed."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from crm_desktop.gui import icons, paint
from crm_desktop.gui.actions import native_key
from crm_desktop.gui.forms import promoted
from crm_desktop.gui.models.board_model import MIME, deal_of
from crm_desktop.gui.theme import ThemeManager
from crm_desktop.gui.widgets.key_cap import cap_width, draw_cap


class DropZone(QAbstractButton):
    """One place: icon, words and key of an action. `dropped` carries the deal."""

    dropped = Signal(object)

    def __init__(self, theme: ThemeManager, glyph: str, colour: str, action: QAction, text: str) -> None:
        super().__init__()
        self._theme = theme
        self._glyph, self._colour, self._action = glyph, colour, action
        self._over = False
        self.setText(text)
        self.setAccessibleName(action.text())
        self.setAcceptDrops(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.clicked.connect(action.trigger)
        action.changed.connect(self._follow)
        theme.changed.connect(self.updateGeometry)
        self._follow()

    def _follow(self) -> None:
        self.setEnabled(self._action.isEnabled())
        self.setToolTip(self._action.toolTip())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.current.px(120), self._theme.current.px(40))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(MIME):
            event.setDropAction(Qt.DropAction.MoveAction)
            event.accept()
            self._over = True
            self.update()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._over = False
        self.update()

    def dropEvent(self, event: QDropEvent) -> None:
        self._over = False
        self.update()
        deal = deal_of(event.mimeData())
        if deal is not None:
            event.setDropAction(Qt.DropAction.MoveAction)
            event.accept()
            self.dropped.emit(deal)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme.current
        painter = QPainter(self)
        box, radius = QRectF(self.rect()), theme.radius("card")
        fill = "accentSoft" if self._over else "hover" if self.underMouse() and self.isEnabled() else "canvas"
        paint.panel(painter, box, theme.color(fill), theme.color("border"), radius)
        if self._over:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), radius - 1, radius - 1)
        elif self.hasFocus():
            paint.focus_ring(painter, box, theme, radius)
        self._paint_words(painter)

    def _paint_words(self, painter: QPainter) -> None:
        theme = self._theme.current
        font = theme.font("bodyMedium")
        key = native_key(self._action.shortcut())
        side, gap = theme.px(16), theme.px(8)
        cap = cap_width(key, theme) + theme.px(11) if key else 0
        words = paint.elided(self.text(), font, self.width() - side - gap - cap - 16)
        width = paint.width_of(words, font) + 1
        left = (self.width() - side - gap - width - cap) / 2
        icons.draw(painter, self._glyph, theme.color(self._colour), self._place(left, side, side))
        left += side + gap
        paint.text(painter, self._place(left, width, self.height()), words, font, theme.color("textSecondary"))
        if key:
            room = cap - theme.px(11)
            draw_cap(painter, self._place(left + width + theme.px(11), room, theme.px(18)), key, theme)

    def _place(self, left: float, width: float, height: float) -> QRectF:
        box = QRectF(left, (self.height() - height) / 2, width, height)
        return paint.mirrored(box, self.rect(), self.layoutDirection())


@promoted
class DropStrip(QWidget):
    """The places side by side."""

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.zones: dict[str, DropZone] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(20, 10, 20, 13)
        self._row.setSpacing(10)

    def add(self, name: str, zone: DropZone) -> None:
        """Add a place at the end."""
        self.zones[name] = zone
        self._row.addWidget(zone, 1)
