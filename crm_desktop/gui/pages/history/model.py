"""The actions as a list that grows while it is scrolled."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from crm_desktop.gui import format
from crm_desktop.gui.deeds import Deed, Naming, describe, icon_of
from crm_desktop.gui.delegates.deeds_delegate import SHOWN, Shown
from crm_desktop.services.history import Entry

PAGE = 100
Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class Line:
    """What the list shows of an action: the deed `told`, and below what it is `about` or what it did in `words`."""

    entry: Entry
    deed: Deed
    told: str
    about: str
    when: str
    state: str = ""
    words: tuple[str, ...] = ()

    @property
    def shown(self) -> Shown:
        """How it is drawn and read."""
        below = "; ".join(self.words) or self.about
        off = bool(self.state) or self.entry.verb in ("undo", "redo")
        return Shown(icon_of(self.entry.verb), self.told, below, self.when, self.state, off)


class HistoryModel(QAbstractListModel):
    """Lines from the newest on; `wanted` asks for those before an action when the list nears its end."""

    def __init__(self, naming: Naming, today: Callable[[], date]) -> None:
        super().__init__()
        self._naming = naming
        self._today = today
        self._lines: list[Line] = []
        self._whole = True
        self._words: Mapping[int, Sequence[str]] = {}
        self.wanted: Callable[[int], object] = lambda _before: None

    def start(self, entries: Sequence[Entry], words: Mapping[int, Sequence[str]] | None = None) -> None:
        """Show these, the newest ones; `words` say by action what it did to the fields of the one record."""
        self.beginResetModel()
        self._words = words or {}
        self._lines = [self._line(entry) for entry in entries]
        self._whole = len(entries) < PAGE
        self.endResetModel()

    def append(self, before: int, entries: Sequence[Entry]) -> None:
        """Show older ones below, if the list still ends where they were asked for."""
        if not self._lines or self._lines[-1].entry.action != before:
            return
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
        deed = entry.deed
        told = describe(deed, self._naming)
        about = self._naming(entry.kind, entry.count > 1) if deed.subject and deed.subject in told else entry.subject
        return Line(
            entry,
            deed,
            told,
            about,
            format.moment(datetime.fromisoformat(entry.at), self._today()),
            self.tr("Undone") if entry.undone else "",
            tuple(self._words.get(entry.action, ())),
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
        if role == SHOWN:
            return line.shown
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return line.shown.sentence
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(line.words) or line.about
        return None
