"""The records in the bin as lines."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from crm_desktop.gui import format
from crm_desktop.gui.deeds import Deed, Naming, describe
from crm_desktop.gui.delegates.deeds_delegate import SHOWN, Shown
from crm_desktop.services.bin import BinEntry

Index = QModelIndex | QPersistentModelIndex
_ICONS = {
    "lead": "user-plus", "company": "building-2", "person": "user", "deal": "square-kanban", "product": "package",
    "purchase": "shopping-bag", "activity": "notebook-pen", "task": "bell",
}  # fmt: skip


class BinModel(QAbstractListModel):
    """One line for each record: what it is, its name, which action put it there and when."""

    def __init__(self, naming: Naming, today: Callable[[], date]) -> None:
        super().__init__()
        self._naming = naming
        self._today = today
        self._entries: Sequence[BinEntry] = ()

    def show_entries(self, entries: Sequence[BinEntry]) -> None:
        """Show these."""
        self.beginResetModel()
        self._entries = entries
        self.endResetModel()

    def entry(self, row: int) -> BinEntry | None:
        """The record of a row."""
        return self._entries[row] if 0 <= row < len(self._entries) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        shown = self._shown(self._entries[index.row()])
        if role == SHOWN:
            return shown
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return shown.sentence
        return None

    def _shown(self, entry: BinEntry) -> Shown:
        kind = self._naming(entry.kind, False)
        if entry.merged_into is not None:
            into = entry.merged_into.name or self._naming(entry.kind, False)
            words = self.tr("%1, merged into %2").replace("%2", into).replace("%1", kind)
        else:
            words = describe(Deed(entry.way or entry.verb or "delete", entry.kind, 1, again=entry.again), self._naming)
        when = format.moment(entry.deleted_at, self._today())
        state = self.tr("Merged") if entry.merged_into is not None else ""
        return Shown(_ICONS[entry.kind], entry.name or kind, words, when, state, bool(state))
