"""The journal for people: what was done, undo and redo, the history of one record."""

from dataclasses import dataclass

from crm_desktop.domain.change import Change
from crm_desktop.storage.journal import Entry as JournalEntry
from crm_desktop.storage.store import Store


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the history. `count`: records of its kind that it wrote; `next`: what Ctrl+Z takes back."""

    action: int
    at: str
    verb: str
    kind: str
    subject: str
    count: int
    state: str
    next: bool = False


class History:
    """Undo, redo and the list of actions."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def undo(self, action: int | None = None) -> Change:
        """Takes the last action back; UserError if there is none or if `action` is not the last one."""
        return self._store.undo(action)

    def redo(self) -> Change:
        """Does again what was last taken back."""
        return self._store.redo()

    def peek_undo(self) -> Entry | None:
        """What Ctrl+Z would take back."""
        found = self._store.peek_undo()
        return self._shown(found, found.action) if found else None

    def peek_redo(self) -> Entry | None:
        """What Ctrl+Y would do again."""
        found = self._store.journal.redoable()
        return self._shown(found, None) if found else None

    def entries(
        self, limit: int = 100, before: int | None = None, record: tuple[str, int] | None = None
    ) -> list[Entry]:
        """The newest actions first, of one record (kind, id) if asked."""
        following = self._store.peek_undo()
        last = following.action if following else None
        return [self._shown(e, last) for e in self._store.journal.entries(limit, before=before, record=record)]

    def _shown(self, entry: JournalEntry, last: int | None) -> Entry:
        count = sum(t.count for t in entry.touched if t.kind == entry.kind)
        return Entry(
            entry.action, entry.at, entry.verb, entry.kind, entry.subject, count, entry.state, entry.action == last
        )
