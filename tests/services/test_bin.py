"""The bin: what goes along with a record comes back with it, by words, by kind, and at random."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_desktop.bootstrap import open_services
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.filter import Filter
from crm_desktop.errors import UserError
from crm_desktop.paths import DataDir
from crm_desktop.services import Services
from crm_desktop.settings import Settings
from tests.storage.equality import assert_derived_is_true, snapshot


class Ticking:
    """Each look at the clock finds it a second later."""

    def __init__(self) -> None:
        self.instant = datetime(2026, 11, 12, 10, 5, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.instant += timedelta(seconds=1)
        return self.instant


def opened(folder: Path) -> Services:
    return open_services(DataDir(folder), Settings(), Clock(Ticking()))


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    made = opened(tmp_path)
    yield made
    made.close()


def work(services: Services, kind: str, name: str, **links: int) -> int:
    said = {"subject": name, "type": "note"} if kind == "activity" else {"title": name}
    return services.records.add(kind, said | links).id


def count(services: Services, kind: str) -> int:
    return services.lists.count(Filter(kind))


def test_work_that_concerns_nothing_else_goes_along_and_comes_back(services: Services) -> None:
    lead = services.records.add("lead", {"name": "Ann Fenwick"}).id
    company = services.records.add("company", {"name": "Harper Ltd"}).id
    mine = work(services, "activity", "Call", lead=lead)
    work(services, "activity", "Both", lead=lead, company=company)
    work(services, "activity", "Mail", lead=lead)
    task = work(services, "task", "Write", lead=lead)
    services.records.delete("activity", [mine])
    change = services.records.delete("lead", [lead])
    assert change.along == (("activity", 1), ("task", 1))
    assert [entry.name for entry in services.bin.entries()] == ["Ann Fenwick", "Call"]
    assert services.records.show("task", task).deleted
    back = services.bin.restore("lead", [lead])
    assert back.along == (("activity", 1), ("task", 1))
    assert [entry.name for entry in services.bin.entries()] == ["Call"]


def test_work_that_concerns_others_stays_until_the_last_of_them_goes(services: Services) -> None:
    company = services.records.add("company", {"name": "Acme"}).id
    person = services.records.add("person", {"name": "Ann Beck", "company": company}).id
    visit = work(services, "activity", "Visit", company=company, person=person)
    assert services.records.delete("company", [company]).along == ()
    assert services.records.delete("person", [person]).along == (("activity", 1),)
    services.bin.restore("company", [company])
    assert not services.records.show("activity", visit).deleted
    services.bin.restore("person", [person])
    assert services.bin.entries() == []


def test_a_deal_keeps_its_stages(services: Services) -> None:
    deal = services.records.add("deal", {"name": "Offices"}).id
    before = services.lists.ids(Filter("stage_log"))
    services.records.delete("deal", [deal])
    services.bin.restore("deal", [deal])
    assert services.lists.ids(Filter("stage_log")) == before


def test_the_bin_is_searched_by_words_and_kind_and_says_who_put_it_there(services: Services) -> None:
    lead = services.records.add("lead", {"name": "Zoë Fenwick"}).id
    company = services.records.add("company", {"name": "Fenwick Ltd"}).id
    for kind, record in (("lead", lead), ("company", company)):
        services.records.delete(kind, [record])
    assert [entry.kind for entry in services.bin.entries("fenwick")] == ["company", "lead"]
    [found] = services.bin.entries("FENWICK zoe")
    assert (found.kind, found.id, found.verb, found.merged_into) == ("lead", lead, "delete", None)
    assert [entry.id for entry in services.bin.entries(kind="companies")] == [company]
    assert services.bin.entries("nobody") == []
    with pytest.raises(UserError, match="not searched"):
        services.bin.entries(kind="stage")


def test_a_merged_record_names_the_one_that_it_is_part_of(services: Services) -> None:
    stays = services.records.add("company", {"name": "Acme"}).id
    goes = services.records.add("company", {"name": "Acme Ltd"}).id
    merged = services.merging.merge("company", stays, [goes])
    [found] = services.bin.entries()
    assert found.merged_into is not None and found.merged_into.name == "Acme"
    assert (found.id, found.action, found.verb) == (goes, merged.change.action, "merge")
    with pytest.raises(UserError, match="take the merge apart"):
        services.bin.restore("company", [goes])
    assert found.action is not None
    services.merging.unmerge(found.action, goes)
    assert services.bin.entries() == []


def test_what_is_in_the_bin_bars_nothing(services: Services) -> None:
    said = {"name": "Ann Beck", "email": "ann@beck.example", "source_system": "old", "source_id": "7"}
    first = services.records.add("lead", said).id
    services.records.delete("lead", [first])
    second = services.records.add("lead", said).id
    assert list(services.lists.ids(Filter("lead"))) == [second]
    with pytest.raises(UserError, match="came in anew"):
        services.bin.restore("lead", [first])


KINDS = ("lead", "company", "person", "deal")
PICK = st.integers(0, 1)
LINKED = st.fixed_dictionaries({}, optional=dict.fromkeys(KINDS, PICK)).filter(bool)
WORK = st.lists(st.tuples(st.sampled_from(["activity", "task"]), LINKED), max_size=4)
STEPS = st.lists(st.tuples(st.booleans(), st.sampled_from((*KINDS, "activity", "task")), st.sets(PICK, min_size=1)))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(work_items=WORK, steps=STEPS)
def test_random_deletes_and_restores_come_undone(
    work_items: list[tuple[str, dict[str, int]]], steps: list[tuple[bool, str, set[int]]]
) -> None:
    with TemporaryDirectory() as folder:
        services = opened(Path(folder))
        store = services._store
        try:
            ids = {kind: [services.records.add(kind, {"name": f"{kind} {n}"}).id for n in range(2)] for kind in KINDS}
            ids |= {"activity": [], "task": []}
            for kind, links in work_items:
                ids[kind].append(work(services, kind, "x", **{name: ids[name][at] for name, at in links.items()}))
            start, done = snapshot(store), 0
            for deleting, kind, places in steps:
                done += _step(services, deleting, kind, [ids[kind][at] for at in places if at < len(ids[kind])])
            end = snapshot(store)
            for _ in range(done):
                services.history.undo()
            assert snapshot(store) == start
            for _ in range(done):
                services.history.redo()
            assert snapshot(store) == end
            assert_derived_is_true(store)
            while gone := services.bin.entries():
                services.bin.restore(gone[0].kind, [gone[0].id])
            assert snapshot(store) == start
        finally:
            services.close()


def _step(services: Services, deleting: bool, kind: str, ids: list[int]) -> int:
    if not ids:
        return 0
    try:
        change = services.records.delete(kind, ids) if deleting else services.bin.restore(kind, ids)
    except UserError:
        return 0
    return bool(change.action)


def test_what_is_told_counts_only_what_was_deleted(services: Services) -> None:
    parent = services.records.add("company", {"name": "Astoria"}).id
    children = [services.records.add("company", {"name": f"Branch {n}", "parent": parent}).id for n in range(3)]
    change = services.records.delete("company", [parent])
    assert change.count("company") == 1
    assert all(change.covers("company", each) for each in children)  # their rows show it
    assert services.records.delete("company", children[:2]).count("company") == 2
