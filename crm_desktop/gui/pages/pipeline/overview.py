"""What the page looks up before it shows deals: the pipelines, which one is shown, and its figures."""

from typing import NamedTuple

from crm_desktop.domain.deals import OPEN, SNOOZED
from crm_desktop.domain.figures import Report
from crm_desktop.domain.filter import EVERYTHING, Ref, is_
from crm_desktop.gui.pages.pipeline.scope import Scope
from crm_desktop.services import Services
from crm_desktop.services.progress import Progress

ALL_PIPELINES = 0


class Overview(NamedTuple):
    """`shown` is the id of a pipeline or ALL_PIPELINES, `snoozed` how many deals of it sleep."""

    report: Report
    pipelines: list[Ref]
    shown: int
    snoozed: int


class Wanted(NamedTuple):
    """The deals of a scope in a pipeline, the first one where none is said; `seeking`: in those where they are."""

    scope: Scope
    pipeline: int | None
    seeking: bool


def look_over(services: Services, wanted: Wanted, _progress: Progress) -> Overview:
    """The overview of what is wanted; runs in a thread that reads."""
    scope, pipelines = wanted.scope, services.pipeline.pipelines()
    shown = _shown(services, wanted, [pipeline.id for pipeline in pipelines])
    inside = is_("pipeline", shown) if shown else EVERYTHING
    snoozed = services.lists.count(scope.asked & inside & OPEN & SNOOZED)
    return Overview(services.pipeline.summary(scope.base & inside), pipelines, shown, snoozed)


def _shown(services: Services, wanted: Wanted, known: list[int]) -> int:
    """The pipeline to show: where deals are sought, the one that has all of them, else the one that was wanted."""
    several, scope = len(known) > 1, wanted.scope
    allowed = [*known, ALL_PIPELINES] if several else known
    shown = wanted.pipeline if wanted.pipeline in allowed else known[0]
    if not (wanted.seeking and several) or scope.closed:
        return shown
    found = [each for each in known if services.lists.count(scope.base & is_("pipeline", each))]
    if not found or found == [shown]:
        return shown
    return found[0] if len(found) == 1 else ALL_PIPELINES
