"""Looks for groups of records that may be one, and later whether their records are still there."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from crm_desktop.domain.duplicates import Group
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.jobs import Job, Latest
from crm_desktop.gui.pages.duplicates.groups import GroupLine, lines_of
from crm_desktop.services.lists import ListService
from crm_desktop.services.progress import Progress

_Named = tuple[Sequence[Group], dict[int, str]]
"""Groups, and the names of those of their records that are there."""


class Search(QObject):
    """`found` carries the groups as lines, `progressed` the share that is done, `failed` an error.

    `fewer` carries, by their ids, known groups of which records were deleted or merged elsewhere meanwhile: the line of
    those that are left, None where that is one at most.
    """

    found = Signal(object)
    progressed = Signal(float)
    failed = Signal(object)
    fewer = Signal(object)

    def __init__(self, context: AppContext, parent: QObject) -> None:
        super().__init__(parent)
        self._services = context.services
        self._searched, self._looked = Latest(context.jobs, self), Latest(context.jobs, self)
        context.jobs.progressed.connect(self._tell_progress)

    @property
    def under_way(self) -> bool:
        """Whether groups are searched."""
        return self._searched.waiting

    def begin(self, kind: str) -> None:
        """Look through all records of a kind; what was under way is given up."""
        duplicates, lists = self._services.duplicates, self._services.lists

        def work(progress: Progress) -> _Named:
            return _named(lists, kind, duplicates.scan(kind, progress))

        self._looked.forget()
        self._searched.read(work, lambda named: self.found.emit(self._lines(kind, named)), self.failed.emit)

    def give_up(self) -> None:
        """End the search; nothing is found."""
        self._searched.forget()

    def look_again(self, kind: str, lines: Sequence[GroupLine]) -> None:
        """See whether the records of these groups are still there."""
        lists, groups = self._services.lists, [line.group for line in lines]
        self._looked.read(lambda _progress: _named(lists, kind, groups), lambda named: self._look(kind, named))

    def _look(self, kind: str, named: _Named) -> None:
        groups, names = named
        left = {group.ids: replace(group, ids=tuple(each for each in group.ids if each in names)) for group in groups}
        fewer = {ids: group for ids, group in left.items() if ids != group.ids}
        lines = self._lines(kind, (list(fewer.values()), names))
        if fewer:
            self.fewer.emit({ids: line if line.group.ids[1:] else None for ids, line in zip(fewer, lines, strict=True)})

    def _lines(self, kind: str, named: _Named) -> list[GroupLine]:
        return lines_of(self._services, kind, *named)

    def _tell_progress(self, job: Job) -> None:
        if self._searched.asked(job) and job.progress.total:
            self.progressed.emit(job.progress.step / job.progress.total)


def _named(lists: ListService, kind: str, groups: Sequence[Group]) -> _Named:
    ids = [number for group in groups for number in group.ids]
    return groups, {number: str(name or "") for number, name in lists.rows(kind, ids, ["name"])}
