"""The list of cards of one stage: choosing, lifting and dragging them."""

from PySide6.QtCore import QModelIndex, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDrag,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QFrame, QListView, QWidget

from crm_desktop.gui import paint
from crm_desktop.gui.delegates.card_delegate import SPACE, CardDelegate
from crm_desktop.gui.models.board_model import CARD, StageModel
from crm_desktop.gui.theme import ThemeManager
from crm_desktop.gui.widgets.menu import asked_about

DRAG_AFTER = 6
_TILT = 2  # degrees by which a lifted card leans
_LIFT = 14  # room for its shadow and lean


class StageView(QListView):
    """The cards of a stage. Left and right leave it for the next column."""

    sideways = Signal(int)
    opened = Signal(object)
    entered_by = Signal()
    lifted = Signal(object)  # the deal while it is dragged, then None
    menu_wanted = Signal(object, QPoint)

    def __init__(self, theme: ThemeManager, delegate: CardDelegate, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._cards = delegate
        self._pressed: QPoint | None = None
        self.setProperty("kind", "board")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setItemDelegate(delegate)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        # Its gutter is the space beside the cards, so that they do not move when there is something to scroll.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.clicked.connect(lambda _index: self.entered_by.emit())
        self.doubleClicked.connect(self._open)

    @property
    def stage(self) -> StageModel:
        """What it shows."""
        model = self.model()
        assert isinstance(model, StageModel)
        return model

    @property
    def deal(self) -> int | None:
        """The chosen deal."""
        return self.stage.deal_at(self.currentIndex().row()) if self.currentIndex().isValid() else None

    @property
    def step(self) -> int:
        """Pixels from one card to the next."""
        return self._theme.current.size("kanbanCard") + SPACE

    def choose(self, row: int) -> None:
        """Choose a card and bring it into view; -1 chooses none."""
        if 0 <= row < self.stage.rowCount():
            self.setCurrentIndex(self.stage.index(row))
        else:
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())

    def row_at(self, y: float) -> int:
        """Where a card would land that is dropped at that height of the viewport."""
        return max(0, min(len(self.stage.ids), int(y + self.verticalScrollBar().value()) // self.step))

    def keyboardSearch(self, search: str) -> None:
        """Letters are keys of the board, not a search."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        step = steps.get(Qt.Key(event.key()), 0)
        if step and event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier):
            self.sideways.emit(-step if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else step)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        hit = event.button() == Qt.MouseButton.LeftButton and self.indexAt(at).isValid()
        self._pressed = at if hit else None
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            super().mouseMoveEvent(event)
        elif (at - self._pressed).manhattanLength() >= DRAG_AFTER:
            index, start = self.indexAt(self._pressed), self._pressed
            self._pressed = None
            self._drag(index, start)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pressed = None
        super().mouseReleaseEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index, at = asked_about(self, event)
        self.setCurrentIndex(index)
        deal = self.stage.deal_at(index.row()) if index.isValid() else None
        if deal is not None:
            self.menu_wanted.emit(deal, at)

    def _open(self, index: QModelIndex) -> None:
        deal = self.stage.deal_at(index.row()) if index.isValid() else None
        if deal is not None:
            self.opened.emit(deal)

    def _drag(self, index: QModelIndex, start: QPoint) -> None:
        deal = self.stage.deal_at(index.row())
        if deal is None:
            return
        box = self.visualRect(index).adjusted(0, 0, 0, -SPACE)
        drag = QDrag(self)
        drag.setMimeData(self.stage.mimeData([index]))
        drag.setPixmap(self._lifted_picture(index, box))
        drag.setHotSpot(start - box.topLeft() + QPoint(_LIFT, _LIFT))
        self.lifted.emit(deal)
        drag.exec(Qt.DropAction.MoveAction)
        self.lifted.emit(None)

    def _lifted_picture(self, index: QModelIndex, box: QRect) -> QPixmap:
        theme = self._theme.current
        ratio = self.devicePixelRatioF()
        size = box.size() + QSize(2 * _LIFT, 2 * _LIFT)
        picture = QPixmap(size * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        middle = QPointF(size.width() / 2, size.height() / 2)
        painter.translate(middle)
        painter.rotate(_TILT)
        painter.translate(-middle)
        place = QRect(QPoint(_LIFT, _LIFT), box.size())
        paint.shadow(painter, place, theme, theme.radius("card"))
        card = index.data(CARD)
        if card is not None:
            painter.drawPixmap(place.topLeft(), self._cards.picture(card, place.size(), ratio))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.color("accent"), 2))
        painter.drawRoundedRect(
            QRectF(place).adjusted(1, 1, -1, -1), theme.radius("card") - 1, theme.radius("card") - 1
        )
        painter.end()
        return picture

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.stage.rowCount() == 0:
            theme = self._theme.current
            painter = QPainter(self.viewport())
            painter.setFont(theme.font("small"))
            painter.setPen(theme.color("textMuted"))
            box = self.viewport().rect().adjusted(8, 24, -8, 0)
            flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
            painter.drawText(box, int(flags), self.tr("Drop a deal here or press +"))
