"""The one place where the window learns that records have changed."""

from PySide6.QtCore import QObject, Signal

from crm_desktop.domain.change import Change


class ChangeNotifier(QObject):
    """`changed` carries every finished `Change` to whoever shows records of its kinds."""

    changed = Signal(object)

    def announce(self, change: Change) -> None:
        """Tell everybody. Called in the GUI thread once an action is kept."""
        self.changed.emit(change)
