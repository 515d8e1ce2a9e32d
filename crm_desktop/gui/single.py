"""One window per folder of data: a second start brings the first window to the front.

Qt's network is loaded when there is somebody to call, or once the window stands and listens.
"""

import hashlib
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer

_WAIT = 1000  # milliseconds
STARTING = 2.0  # seconds in which a window that is just starting begins to listen


class SingleInstance(QObject):
    """Asks whether this folder is open already, and if not, listens for later starts.

    `raised` comes when another start wants this window in front.
    """

    raised = Signal()

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        digest = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()
        self._name = f"crm-desktop-{digest[:20]}"
        self._server: QLocalServer | None = None

    def call_first(self, patience: float = 0) -> bool:
        """Ask a running window to come to the front; False if for so many seconds there is none."""
        from PySide6.QtNetwork import QLocalSocket

        until = monotonic() + patience
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        while not socket.waitForConnected(_WAIT):
            if monotonic() >= until:
                return False
            sleep(0.05)
            socket.connectToServer(self._name)
        socket.disconnectFromServer()
        return True

    def listen(self) -> bool:
        """Be the one; whoever crashed before us leaves a name that is taken over."""
        from PySide6.QtNetwork import QLocalServer

        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._called)
        QLocalServer.removeServer(self._name)
        return self._server.listen(self._name)

    def close(self) -> None:
        """Let a later start be the first."""
        if self._server is not None:
            self._server.close()

    def _called(self) -> None:
        assert self._server is not None
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(socket.deleteLater)
            self.raised.emit()
