"""Any merges, taken apart in any order: the base is as it was; of work in between nothing is lost."""

import atexit
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from shutil import copytree, rmtree
from tempfile import TemporaryDirectory, mkdtemp
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_desktop.bootstrap import open_services
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.filter import Filter, is_
from crm_desktop.domain.money import Money
from crm_desktop.paths import DataDir
from crm_desktop.services import Services
from crm_desktop.settings import Settings
from tests.storage.equality import assert_derived_is_true, snapshot

NOW = datetime(2026, 11, 12, 10, 5, tzinfo=UTC)
RECORDS = 5
CHECKED = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])

PICK = st.integers(0, RECORDS - 1)
MAYBE = st.none() | st.sampled_from(["x", "y", "z"])
DAY = st.none() | st.dates(date(2025, 1, 1), date(2026, 1, 1))
SOME = st.lists(st.sampled_from(["a@x.de", "b@x.de", "A@x.de", "c@x.de"]), max_size=2, unique=True).map(tuple)
NUMBERS = st.lists(st.sampled_from(["+4930123456", "030 999999", "0049 30 123456"]), max_size=2, unique=True).map(tuple)
TAGS = st.lists(st.sampled_from(["hot", "fair"]), max_size=2, unique=True).map(tuple)
SHARED = {"email": SOME, "phone": NUMBERS, "tags": TAGS, "city": MAYBE, "postcode": MAYBE, "note": MAYBE, "mood": MAYBE}
BOUGHT = {"customer": st.booleans(), "customer_since": DAY, "lost": st.booleans(), "lost_reason": MAYBE}
VALUES: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "person": {"first_name": MAYBE, "job_title": MAYBE, "opt_out": st.booleans(), **SHARED, **BOUGHT},
    "company": {"industry": MAYBE, "revenue": st.none() | st.builds(Money, st.just(5), st.sampled_from(["EUR", "USD"])),
                **SHARED, **BOUGHT},
    "lead": {"company_name": MAYBE, "score": st.none() | st.integers(0, 9), "opt_out": st.booleans(), "mql_on": DAY,
             "lifecycle": st.sampled_from(["lead", "mql", "sql"]), **SHARED},
}  # fmt: skip
CHILDREN = {
    "person": ("task", "activity", "deal", "purchase", "employment", "relation", "occasion", "contact_role"),
    "company": ("task", "activity", "deal", "purchase", "employment", "relation", "occasion", "person", "parent"),
    "lead": ("task", "activity", "deal"),
}
KIND = st.sampled_from(sorted(VALUES))
CHILD = st.tuples(st.integers(0, 8), PICK, PICK)
STEP = st.tuples(st.booleans(), PICK, PICK, st.booleans())
WORK = st.tuples(st.integers(0, 3), PICK)


@cache
def empty() -> Path:
    """The folder of an empty base with an own field, made once and copied for each example."""
    folder = Path(mkdtemp())
    atexit.register(rmtree, folder)
    services = open_services(DataDir(folder / "base"), Settings(), Clock.fixed(NOW))
    for kind in VALUES:
        services.fields.add(kind, "Mood", "text")
    services.close()
    return folder / "base"


@contextmanager
def base() -> Iterator[Services]:
    with TemporaryDirectory() as folder:
        copytree(empty(), folder, dirs_exist_ok=True)
        services = open_services(DataDir(Path(folder)), Settings(), Clock.fixed(NOW))
        try:
            yield services
        finally:
            services.close()


def filled(services: Services, kind: str, data: st.DataObject) -> list[int]:
    """A handful of records that have much in common, with what belongs to them."""
    name = "name" if kind == "company" else "last_name"
    ids = [
        services.records.add(kind, {name: f"N{n}", **data.draw(st.fixed_dictionaries(VALUES[kind]))}).id
        for n in range(RECORDS)
    ]
    shared = {
        "task": services.records.add("task", {"title": "shared"}).id,
        "activity": services.records.add("activity", {"subject": "shared"}).id,
        "deal": services.records.add("deal", {"name": "shared"}).id,
        "person": services.records.add("person", {"name": "Other"}).id,
        "company": services.records.add("company", {"name": "Other"}).id,
    }
    for number, one, two in data.draw(st.lists(CHILD, max_size=12)):
        child = CHILDREN[kind][number % len(CHILDREN[kind])]
        born(services, kind, child, (ids[one], ids[two]), shared)
    if kind != "lead":
        pair(services, kind, ids)
    return ids


def born(services: Services, kind: str, child: str, owners: tuple[int, int], shared: dict[str, int]) -> None:
    """One more record that names one of them, or two."""
    one, two = owners
    given: dict[str, Any] = {kind: one}
    if child == "parent":
        if one != two:
            with services._store.action("set", "company"):
                services._store.records.update("company", [one], {"parent": two})
        return
    if child in ("task", "activity") and one < two:
        if shared[child] in services.lists.ids(Filter(child, is_(kind, one))):
            return
        link = {f"{child}_id": shared[child], f"{kind}_id": one, "id": services._store.take_part()}
        with services._store.action("link", child):
            marks = ", ".join("?" for _ in link)
            sql = f"INSERT INTO {child}_link ({', '.join(link)}) VALUES ({marks})"
            services._store.database.execute_sql(sql, tuple(link.values()))
        return
    other = "company" if kind == "person" else "person"
    more: dict[str, dict[str, Any]] = {
        "task": {"title": "own"}, "activity": {"subject": "own", "type": "call"},
        "deal": {"name": "own", "stage": stage(services)},
        "occasion": {"name": "own"}, "person": {"last_name": "own"}, "purchase": {"bought_on": NOW.date()},
        "contact_role": {"deal": shared["deal"], "role": "uses"},
        "employment": {other: shared[other]},
        "relation": {"type": "partner", f"other_{kind}": two},
    }  # fmt: skip
    if child == "relation" and one == two:
        return
    with services._store.action("add", child):
        services._store.records.insert(child, given | more[child])


def stage(services: Services) -> int:
    return services.pipeline.stages()[0].id


def pair(services: Services, kind: str, ids: list[int]) -> None:
    row = (services._store.take_part(), *sorted(ids[:2]))
    with services._store.action("distinct", kind):
        sql = f"INSERT INTO distinct_pair (id, {kind}_id, other_{kind}_id) VALUES (?, ?, ?)"
        services._store.database.execute_sql(sql, row)


class Merges:
    """Merges that hold, by the number of their action."""

    def __init__(self, services: Services, kind: str, ids: list[int]) -> None:
        self.services, self.kind, self.ids = services, kind, ids
        self.open: list[int] = []

    def step(self, step: tuple[bool, int, int, bool], choose: bool) -> None:
        """Merges two that are there, or takes one merge apart."""
        merging, one, two, _ = step
        living = set(self.services.lists.ids(Filter(self.kind))) & set(self.ids)
        a, b = self.ids[one], self.ids[two]
        if merging and a != b and {a, b} <= living:
            choices = {"note": b} if choose else {}
            merged = self.services.merging.merge(self.kind, a, [b], choices)
            self.open.append(merged.change.action)
        elif not merging and self.open:
            self.apart(one)

    def apart(self, number: int) -> None:
        action = self.open.pop(number % len(self.open))
        back = self.services.merging.unmerge(action)
        assert back.restored


def as_it_was(start: dict[str, Any], now: dict[str, Any]) -> None:
    for name in start:
        assert now[name] == start[name], name


@CHECKED
@given(KIND, st.data(), st.lists(STEP, max_size=9), st.permutations(range(9)))
def test_taken_apart_in_any_order_the_base_is_as_it_was(
    kind: str, data: st.DataObject, steps: list[tuple[bool, int, int, bool]], order: list[int]
) -> None:
    with base() as services:
        merges = Merges(services, kind, filled(services, kind, data))
        start = snapshot(services._store)
        for step in steps:
            merges.step(step, step[3])
        for number in order:
            if merges.open:
                merges.apart(number)
        while merges.open:
            merges.apart(0)
        as_it_was(start, snapshot(services._store))
        assert_derived_is_true(services._store)
        while (entry := services.history.peek_undo()) and entry.verb in ("merge", "unmerge"):
            services.history.undo()
        as_it_was(start, snapshot(services._store))


@CHECKED
@given(KIND, st.data(), st.lists(st.tuples(STEP, WORK), min_size=3, max_size=9))
def test_of_work_in_between_nothing_is_lost(
    kind: str, data: st.DataObject, steps: list[tuple[tuple[bool, int, int, bool], tuple[int, int]]]
) -> None:
    with base() as services:
        ids = filled(services, kind, data)
        merges = Merges(services, kind, ids)
        done: dict[tuple[str, int, str], Any] = {}
        for number, (step, (what, where)) in enumerate(steps):
            merges.step(step, step[3])
            if ids[where] in services.lists.ids(Filter(kind)):
                done |= worked(services, (kind, ids[where]), what, f"work {number}")
        while merges.open:
            merges.apart(len(merges.open) // 2)
        for (of_kind, record, field), value in done.items():
            shown = services.records.show(of_kind, record)
            held = shown.values[field]
            assert not shown.deleted
            assert value in held if isinstance(held, tuple) else (held.id if field == kind else held) == value
        assert_derived_is_true(services._store)


def worked(services: Services, record: tuple[str, int], what: int, text: str) -> dict[tuple[str, int, str], Any]:
    """Does something with a record; answers what must be so ever after."""
    kind, number = record
    if what == 0:
        services.records.set(kind, [number], {"note": text})
        return {(kind, number, "note"): text}
    if what == 1:
        address = f"{text.replace(' ', '')}@new.de"
        known = services.records.show(kind, number).values["email"]
        services.records.set(kind, [number], {"email": (*known, address)})
        return {(kind, number, "email"): address}
    if what == 2:
        task = services.records.add("task", {"title": text, kind: f"{kind}:{number}"}).id
        return {("task", task, "title"): text, ("task", task, kind): number}
    services.records.set(kind, [number], {"mood": text})
    return {(kind, number, "mood"): text}
