"""What an edit of many records would do, and that it does just that."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_desktop.bootstrap import open_services
from crm_desktop.domain.clock import Clock
from crm_desktop.errors import UserError
from crm_desktop.paths import DataDir
from crm_desktop.services import Services
from crm_desktop.services.selections import Edit, How
from crm_desktop.settings import Settings


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """A base that each test leaves as it found it."""
    folder: Path = tmp_path_factory.mktemp("base")
    made = open_services(DataDir(folder), Settings(currency="EUR"), Clock.fixed(datetime(2026, 11, 12, 10, 5)))
    yield made
    made.close()


@pytest.fixture(scope="module")
def deals(services: Services) -> list[int]:
    """Deals with and without a date, some with tags."""
    days = ("2026-11-12", "", "2026-12-24", "2026-11-12", "", "2027-01-31", "2026-10-01", "2026-10-02")
    return [
        services.records.add("deal", {"name": f"D{n}", "expected_close": day, "tags": "Fair" if n % 2 else ""}).id
        for n, day in enumerate(days)
    ]


def test_a_preview_counts_and_shows_the_first(services: Services, deals: list[int]) -> None:
    found = services.selections.preview("deal", deals, Edit("expected_close", How.SHIFT, 7))
    assert (found.total, found.changed, len(found.samples)) == (8, 6, 6)
    first = found.samples[0]
    assert (first.name, first.before, first.after) == ("D0", date(2026, 11, 12), date(2026, 11, 19))


EDITS: list[tuple[str, How, Any]] = [
    ("tags", How.ADD, "fair"), ("tags", How.ADD, "New"), ("tags", How.REMOVE, "FAIR"), ("tags", How.SET, ("A", "B")),
    ("expected_close", How.SHIFT, -14), ("expected_close", How.SET, None), ("source", How.SET, "Web"),
    ("probability", How.SET, 40),
]  # fmt: skip


def folded(value: Any) -> Any:
    """A tag keeps the case in which it was first written."""
    return {tag.casefold() for tag in value} if isinstance(value, tuple) else value


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edit=st.sampled_from(EDITS), chosen=st.sets(st.integers(0, 7), min_size=1))
def test_what_is_shown_is_what_happens(
    services: Services, deals: list[int], edit: tuple[str, How, Any], chosen: set[int]
) -> None:
    ids = [deals[n] for n in sorted(chosen)]
    wanted = Edit(*edit)
    shown = services.selections.preview("deal", ids, wanted)
    before = dict(services.lists.rows("deal", ids, [wanted.field]))
    change = services.selections.apply("deal", ids, wanted)
    after = dict(services.lists.rows("deal", ids, [wanted.field]))
    assert sum(before[i] != after[i] for i in ids) == shown.changed
    assert all(folded(after[sample.id]) == folded(sample.after) for sample in shown.samples)
    if change.action:
        services.history.undo(change.action)
    assert dict(services.lists.rows("deal", ids, [wanted.field])) == before


def test_only_what_fits_a_field_is_offered(services: Services, deals: list[int]) -> None:
    ways = services.selections.ways
    assert ways("deal", "expected_close") == (How.SET, How.SHIFT)
    assert ways("deal", "tags") == (How.ADD, How.REMOVE, How.SET)
    assert ways("deal", "weighted") == ()
    with pytest.raises(UserError, match="cannot be changed like this"):
        services.selections.apply("deal", deals, Edit("source", How.SHIFT, 1))
