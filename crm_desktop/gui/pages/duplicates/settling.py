"""Groups leave the list as soon as they are settled, and come back where that is refused, undone or taken apart."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from crm_desktop.domain.change import Change
from crm_desktop.gui.language import tr
from crm_desktop.gui.pages.duplicates.groups import GroupLine

if TYPE_CHECKING:
    from crm_desktop.gui.pages.duplicates.page import DuplicatesPage

_OWN = frozenset({"merge", "distinct"})
_SETTLING = _OWN | {"unmerge"}


class Taken(NamedTuple):
    """Groups that an action `settles`, or gives back: of which kind, and at which rows they stood."""

    kind: str
    lines: list[tuple[int, GroupLine]]
    settles: bool = True

    @property
    def turned(self) -> Taken:
        """The same, the other way round."""
        return self._replace(settles=not self.settles)


def is_own(change: Change) -> bool:
    """Whether the page did this: then its groups are off the list already."""
    return change.of is None and change.verb in _OWN


def gives_back(change: Change) -> bool:
    """Whether records may be apart again that were one, or be alike that were told apart."""
    again = change.of is not None or change.reverts is not None
    return again and not _SETTLING.isdisjoint((change.verb, change.again))


class Settling:
    """Writes what is decided of groups on a page, and knows which groups each action took off its list."""

    def __init__(self, page: DuplicatesPage) -> None:
        self._page = page
        self._settled: dict[int, Taken] = {}
        self._writing = 0

    @property
    def busy(self) -> bool:
        """Whether something is not written yet."""
        return self._writing > 0

    def write(self, work: Any, words: str, lines: Sequence[GroupLine]) -> None:
        """Settle groups by this work; then they are told of in these words, or the usual ones."""
        page = self._page
        self._writing += 1
        taken = self._take(lines)
        done, failed = partial(self._written, words, taken), partial(self._refused, taken)
        page.context.jobs.write(work, done, failed, tr("Merging"))

    def follow(self, change: Change) -> bool:
        """Do as a change does with groups that were settled here; False where it is about none of them."""
        taken = self._turned(change)
        if taken is None:
            return False
        if taken.kind != self._page.kind or self._searches_anew(taken):
            return True
        if taken.settles:
            self._take([line for _, line in taken.lines])
        else:
            self._give_back(taken)
            self._page.look()
        return True

    def _turned(self, change: Change) -> Taken | None:
        about = change.of if change.reverts is None else abs(change.reverts)
        taken = self._settled.get(about) if about is not None else None
        if taken is not None and change.reverts is not None:
            taken = self._settled[change.action] = taken.turned
        return taken.turned if taken is not None and change.undone else taken

    def _take(self, lines: Sequence[GroupLine]) -> Taken:
        """Take groups off the list and go on to the next one."""
        page, gone = self._page, {line.group.ids for line in lines}
        taken = [(row, line) for row, line in enumerate(page.groups.lines) if line.group.ids in gone]
        page.show_lines([line for line in page.groups.lines if line.group.ids not in gone], page.view.row)
        return Taken(page.kind, taken)

    def _give_back(self, taken: Taken) -> None:
        """Put groups back where they stood."""
        if taken.kind != self._page.kind:
            return
        lines = list(self._page.groups.lines)
        for row, line in taken.lines:
            if line not in lines:
                lines.insert(row, line)
        self._page.show_lines(lines, taken.lines[0][0])

    def _written(self, words: str, taken: Taken, result: Any) -> None:
        change: Change = getattr(result, "change", result)
        if change.action:
            self._settled[change.action] = taken
        self._writing -= 1
        if not self._searches_anew(taken):
            self._page.tell_settled()
        self._page.tell_written(words, change)

    def _refused(self, taken: Taken, error: Exception) -> None:
        self._writing -= 1
        if not self._searches_anew(taken):
            self._give_back(taken)
        self._page.tell_refused(error)

    def _searches_anew(self, taken: Taken) -> bool:
        """Begin a search under way anew, for it may have looked at the records as they were before."""
        page = self._page
        if not page.searching or taken.kind != page.kind:
            return False
        page.search(page.kind)
        return True
