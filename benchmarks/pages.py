"""The page that a list shows: with a condition on what did not happen, and as the base grows."""

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

from benchmarks import importing
from benchmarks.activities import add_activities
from benchmarks.bases import open_base
from benchmarks.measure import Result, against, compared, paired, timed
from crm_desktop.domain.filter import Compare, Days, Exists, Filter, Not, Op, Sort, both, is_
from crm_desktop.services import Services

PAGE = 128
FIRST_MS = 300.0
IDS_MS = 1000.0
"""The rest of the list and its number come behind the first page, while one looks at it."""
FEW = 10_000
GROWTH = 1.5
FIELDS = ("name", "company_name", "score", "lifecycle", "source", "segment", "next_activity", "next_step", "value")
VISITED = both(is_("type", "visit"), Compare("happened_on", Op.AT_LEAST, Days(-60)))
ABSENT = Filter("lead", Not(Exists("activities", VISITED)))


def absence(folder: Path, pairs: int) -> list[Result]:
    """The first page of leads without a visit in 60 days; then all their ids, and their number.

    In a copy of the base that has activities, so that the others measure what they did before.
    """
    copy = folder.parent / "visited"
    shutil.copytree(folder, copy)
    add_activities(copy)
    services = open_base(copy)
    lists, sort = services.lists, Sort("score", descending=True)
    steps: dict[str, tuple[Callable[[], object], float]] = {
        "first page": (partial(_first_page, services, ABSENT), FIRST_MS),
        "all ids": (partial(lists.ids, ABSENT, sort), IDS_MS),
        "number": (partial(lists.count, ABSENT), IDS_MS),
    }
    found = []
    for name, (work, limit) in steps.items():
        times = [timed(work).wall * 1000 for _ in range(pairs)]
        note = f"the limit is {limit:,.0f} ms; one activity for every third lead"
        found.append(against(f"{name} with no visit in 60 days", times, limit, "ms", note))
    services.close()
    shutil.rmtree(copy)
    return found


def growth(folder: Path, pairs: int) -> list[Result]:
    """A page shown of the whole base, against the same page of a base of 10,000 leads."""
    place = folder.parent / "small"
    place.mkdir()
    many = open_base(folder)
    leads = many.lists.count(Filter("lead"))
    importing.make(place, min(FEW, leads))
    few = open_base(place / "base")
    # Times of a page are short; several in one run keep the noise of the machine out of the ratio.
    samples = paired(partial(_pages, many, _amid(many)), partial(_pages, few, _amid(few)), pairs)
    few.close()
    many.close()
    note = f"the first page and one amid the list, of {leads:,} leads against {min(FEW, leads):,}"
    return [compared("cost of a shown page as the base grows", samples, GROWTH, note)]


def _pages(services: Services, amid: list[int]) -> None:
    for _ in range(20):
        _first_page(services, Filter("lead"))
        services.lists.rows("lead", amid, FIELDS)


def _amid(services: Services) -> list[int]:
    """The ids of a page amid the list, which the model knows when it comes to it."""
    ids = services.lists.ids(Filter("lead"), Sort("name"))
    return list(ids[len(ids) // 2 :][:PAGE])


def _first_page(services: Services, wanted: Filter) -> None:
    ids = services.lists.ids(wanted, Sort("score", descending=True), PAGE)
    services.lists.rows("lead", ids, FIELDS)
