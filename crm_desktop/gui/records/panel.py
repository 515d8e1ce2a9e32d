"""The side panel: what is known of the current record."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from crm_desktop.domain.change import Change
from crm_desktop.gui.context import AppContext


class RecordPanel(QWidget):
    closed = Signal()
    saved = Signal(str, object)

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(parent)

    def show_record(self, kind: str, record: int) -> None:
        pass

    def refresh(self, change: Change) -> None:
        pass

    def take_focus(self) -> None:
        pass
