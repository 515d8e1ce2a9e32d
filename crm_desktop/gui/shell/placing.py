"""Where the window stands on the screen: as it was left, and the first time so that all of it can be seen."""

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtWidgets import QWidget

SIZE = QSize(1440, 900)
_FRAME = QSize(0, 40)  # what a title bar may need above it


def place(window: QWidget, left: str) -> None:
    """Put it where `left` says; without that it has its usual size, or all of a screen that has no room for it."""
    if left and window.restoreGeometry(QByteArray.fromBase64(left.encode())):
        return
    wanted, room = SIZE + _FRAME, window.screen().availableSize()
    if wanted.boundedTo(room) != wanted:
        window.setWindowState(window.windowState() | Qt.WindowState.WindowMaximized)


def placed(window: QWidget) -> str:
    """Where it stands, to be kept."""
    return bytes(window.saveGeometry().toBase64().data()).decode()
