"""One column of the board: its head, its list of cards, and what happens when a card is dragged over it."""

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QListView, QVBoxLayout, QWidget

from crm_desktop.domain.money import Money
from crm_desktop.gui import format, paint
from crm_desktop.gui.delegates.card_delegate import SPACE, CardDelegate
from crm_desktop.gui.models.board_model import CARD, MIME, StageModel
from crm_desktop.gui.theme import ThemeManager
from crm_desktop.gui.widgets.buttons import IconButton
from crm_desktop.gui.widgets.text import ElidedLabel, label

DRAG_AFTER = 6
_TILT = 2  # degrees by which a lifted card leans
_LIFT = 14  # room for its shadow and lean
RAMP = (0.25, 0.40, 0.58, 0.78, 1.0)


def sums_text(sums: Mapping[str, int], currency: str) -> str:
    """Amounts by currency, that of the base first: they are never added to each other."""
    order = sorted(sums, key=lambda code: (code != currency, code))
    return " + ".join(format.money(Money(sums[code], code)) for code in order) or format.money(Money(0, currency))


class ColumnHead(QWidget):
    """Ramp bar, name, count, sum, likelihood and the "+" of a stage."""

    def __init__(self, theme: ThemeManager, share: float, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._share = share
        self.name = ElidedLabel(theme, self)
        self.name.setProperty("role", "bodyStrong")
        self.count = label(role="small", tone="muted")
        self.sum = ElidedLabel(theme, self)
        self.sum.setProperty("role", "small")
        self.sum.setProperty("tone", "secondary")
        self.likely = label(role="small", tone="muted")
        self.add = IconButton(theme, self, "plus")
        self.add.setProperty("kind", "mini")
        layout = QGridLayout(self)
        layout.setContentsMargins(13, 18, 8, 8)
        layout.setHorizontalSpacing(7)
        layout.setVerticalSpacing(0)
        top = QHBoxLayout()
        top.setSpacing(7)
        top.addWidget(self.name)
        top.addWidget(self.count)
        top.addStretch(1)
        top.addWidget(self.add)
        foot = QHBoxLayout()
        foot.addWidget(self.sum, 1)
        foot.addWidget(self.likely)
        foot.addSpacing(5)
        layout.addLayout(top, 0, 0)
        layout.addLayout(foot, 1, 0)

    def show_stage(self, model: StageModel, currency: str) -> None:
        """Show what the stage holds as a whole."""
        column = model.column
        self.name.setText(column.stage.name)
        self.count.setText(format.count_text(column.count))
        self.sum.setText(sums_text(column.sums, currency))
        self.likely.setText(self.tr("%1 likely").replace("%1", format.percent(column.stage.probability / 100)))
        deals = self.tr("%n deals", "", column.count)
        self.setAccessibleName(", ".join((column.stage.name, deals, self.sum.text(), self.likely.text())))
        self.add.set_name(self.tr("New deal in %1").replace("%1", column.stage.name))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme.current
        bar = QRectF(13, 11, self.width() - 26, 4)
        paint.panel(QPainter(self), bar, theme.mixed("accent", self._share, "canvas"), None, 2)


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
        index = self.currentIndex()
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        if not by_key:
            index = self.indexAt(event.pos())
            self.setCurrentIndex(index)
        deal = self.stage.deal_at(index.row()) if index.isValid() else None
        if deal is not None:
            at = self.viewport().mapToGlobal(self.visualRect(index).center()) if by_key else event.globalPos()
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


class BoardColumn(QWidget):
    """A stage: cards dragged over it open a place, and are moved where they are dropped."""

    add_wanted = Signal(object)  # id of the stage

    def __init__(self, theme: ThemeManager, model: StageModel, delegate: CardDelegate, share: float) -> None:
        super().__init__()
        self._theme = theme
        self.model = model
        self._target = False
        self.head = ColumnHead(theme, share, self)
        self.view = StageView(theme, delegate, self)
        self.view.setModel(model)
        self.head.add.clicked.connect(lambda: self.add_wanted.emit(model.column.stage.id))
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addSpacing(9)
        row.addWidget(self.view)
        row.addSpacing(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 8)
        layout.setSpacing(0)
        layout.addWidget(self.head)
        layout.addLayout(row, 1)
        self.setAcceptDrops(True)

    def tell(self, currency: str) -> None:
        """Show what the stage is and holds now."""
        self.head.show_stage(self.model, currency)
        self.setAccessibleName(self.model.column.stage.name)
        self.view.setAccessibleName(self.head.accessibleName())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(MIME):
            event.setDropAction(Qt.DropAction.MoveAction)
            event.accept()
            self._open(event.position())

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        event.setDropAction(Qt.DropAction.MoveAction)
        event.accept()
        self._open(event.position())

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.close_gap()

    def dropEvent(self, event: QDropEvent) -> None:
        row = self._row(event.position())
        self.close_gap()
        if self.model.dropMimeData(event.mimeData(), Qt.DropAction.MoveAction, row, 0, QModelIndex()):
            event.setDropAction(Qt.DropAction.MoveAction)
            event.accept()

    def close_gap(self) -> None:
        """Nothing is dragged over it any more."""
        self.model.set_gap(None)
        self._target = False
        self.update()

    def _open(self, at: QPointF) -> None:
        words = self.tr("Drop to move to %1").replace("%1", self.model.column.stage.name)
        delegate = self.view.itemDelegate()
        assert isinstance(delegate, CardDelegate)
        delegate.drop_text = words
        self.model.set_gap(self._row(at))
        self._target = True
        self.update()

    def _row(self, at: QPointF) -> int:
        return self.view.row_at(self.view.viewport().mapFrom(self, at.toPoint()).y())

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme.current
        painter = QPainter(self)
        box, radius = QRectF(self.rect()), theme.radius("column")
        paint.panel(painter, box, theme.color("sunken"), theme.color("divider"), radius)
        if self._target:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), radius - 1, radius - 1)
