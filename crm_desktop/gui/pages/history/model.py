"""The actions as a list that grows while it is scrolled."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from crm_desktop.gui import format
from crm_desktop.gui.deeds import Deed, Naming, describe, icon_of
from crm_desktop.services.history import Entry

PAGE = 100
Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class Line:
    """What the list shows of an action."""

    entry: Entry
    icon: str
    deed: str
    when: str
    state: str = ""

    @property
    def sentence(self) -> str:
        """The whole line for screen readers."""
        return ", ".join(part for part in (self.deed, self.entry.subject, self.when, self.state) if part)


class HistoryModel(QAbstractListModel):
    """Lines from the newest on; `wanted` asks for those before an action when the list nears its end."""

    def __init__(self, naming: Naming, today: Callable[[], date]) -> None:
        super().__init__()
        self._naming = naming
        self._today = today
        self._lines: list[Line] = []
        self._whole = True
        self.wanted: Callable[[int], object] = lambda _before: None

    def start(self, entries: Sequence[Entry]) -> None:
        """Show these, the newest ones."""
        self.beginResetModel()
        self._lines = [self._line(entry) for entry in entries]
        self._whole = len(entries) < PAGE
        self.endResetModel()

    def append(self, entries: Sequence[Entry]) -> None:
        """Show older ones below."""
        self._whole = len(entries) < PAGE
        if entries:
            first = len(self._lines)
            self.beginInsertRows(QModelIndex(), first, first + len(entries) - 1)
            self._lines += [self._line(entry) for entry in entries]
            self.endInsertRows()

    def line(self, row: int) -> Line | None:
        """The line of a row."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def row_of(self, action: int) -> int:
        """The row of an action, 0 if it is not among those shown."""
        return next((row for row, line in enumerate(self._lines) if line.entry.action == action), 0)

    def _line(self, entry: Entry) -> Line:
        states = {"undone": self.tr("Taken back"), "abandoned": self.tr("Taken back for good")}
        by_itself = entry.verb in ("undo", "redo")
        return Line(
            entry,
            icon_of(entry.verb),
            describe(Deed(entry.verb, entry.kind, entry.count, again=entry.again), self._naming),
            format.moment(datetime.fromisoformat(entry.at), self._today()),
            "" if by_itself else states.get(entry.state, ""),
        )

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._lines)

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and not self._whole

    def fetchMore(self, parent: Index) -> None:
        self._whole = True  # until the answer says otherwise
        self.wanted(self._lines[-1].entry.action)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self._lines[index.row()]
        if role == ROW:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return line.sentence
        if role == Qt.ItemDataRole.ToolTipRole:
            return line.entry.subject
        return None
