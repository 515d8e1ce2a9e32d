"""The content of a dialog, which scrolls where the window has too little room for it."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

AIR = 40
"""Of the window, what stays in sight around a dialog."""
_AROUND = 120  # pixels of a dialog around its content
_LOWEST = 90  # pixels of content that are seen at least


class ContentArea(QScrollArea):
    """As large as what is laid into `content`, as far as the window allows."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inner = QWidget(self)
        self._inner.setProperty("kind", "plain")
        self.content = QVBoxLayout(self._inner)
        self.content.setContentsMargins(0, 0, 0, 0)
        self.setWidget(self._inner)

    def sizeHint(self) -> QSize:
        return self._inner.sizeHint() + QSize(self._beside, 0)

    def minimumSizeHint(self) -> QSize:
        least = self._inner.minimumSizeHint()
        width = min(least.width() + self._beside, room_of(self.window()).width() - 2 * AIR)
        return QSize(width, min(least.height(), _LOWEST))

    @property
    def _beside(self) -> int:
        """The room of the bar for scrolling, where there will be one: title and buttons need some of the height."""
        scrolls = self._inner.sizeHint().height() > room_of(self.window()).height() - _AROUND
        return self.verticalScrollBar().sizeHint().width() if scrolls else 0

    def hasHeightForWidth(self) -> bool:
        return self._inner.hasHeightForWidth()

    def heightForWidth(self, width: int) -> int:
        return self._inner.heightForWidth(width)

    def settle(self) -> None:
        """Look anew whether scrolling is needed: a bar would stay for the room that only it itself takes."""
        if self.verticalScrollBar().isVisible():
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._inner and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)


def room_of(dialog: QWidget) -> QSize:
    """How large a dialog may be: the window it belongs to, without the air around it."""
    owner = dialog.parentWidget()
    whole = owner.window().size() if owner is not None else dialog.screen().availableSize()
    return whole - QSize(AIR, AIR)


def fit(dialog: QWidget) -> None:
    """Make a dialog as large as what it holds, but never larger than its room; it does not become smaller."""
    most, wanted = room_of(dialog), dialog.size().expandedTo(dialog.sizeHint())
    width = min(wanted.width(), most.width())
    needed = dialog.heightForWidth(width) if dialog.hasHeightForWidth() else wanted.height()
    size = QSize(width, min(max(needed, dialog.height()), most.height()))
    if size != dialog.size():
        dialog.resize(size)
        _keep_inside(dialog)
    for area in dialog.findChildren(ContentArea):
        area.settle()


def _keep_inside(dialog: QWidget) -> None:
    """What grows does so to the right and down: it moves back as far as it would leave the window it belongs to."""
    owner = dialog.parentWidget()
    if owner is None:
        return
    around, place = owner.window().frameGeometry(), dialog.frameGeometry()
    left = max(around.left(), min(place.left(), around.right() + 1 - place.width()))
    top = max(around.top(), min(place.top(), around.bottom() + 1 - place.height()))
    dialog.move(left, top)


def show_instead(area: QScrollArea, widget: QWidget) -> None:
    """Shows another widget in an area. What was there goes later, for one of its buttons or lists may be the cause."""
    before = area.takeWidget()
    if before is not None:
        before.setParent(area)
        before.hide()
        before.deleteLater()
    area.setWidget(widget)
