"""Any verbs of the services one after the other: what is refused changes nothing, all else comes undone in each way."""

import atexit
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from shutil import copytree, rmtree
from tempfile import TemporaryDirectory, mkdtemp
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_desktop.domain.change import Change
from crm_desktop.domain.filter import Filter
from crm_desktop.domain.terms import Lifecycle
from crm_desktop.errors import UserError
from crm_desktop.services import Services
from crm_desktop.services.conversion_plan import Choices, Take
from tests.services.people_desk import NOW, add, at
from tests.storage.equality import assert_derived_is_true, snapshot

CHECKED = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
OWNERS = ("lead", "company", "person")
KINDS = (*OWNERS, "deal", "task", "activity", "purchase", "employment", "conversion", "lead_status")
PICK = st.integers(0, 7)
TEXT = st.sampled_from(["", "x", "Zoë", "100%_'\"\\", "a\nb", "Bolt Ltd", "tel\x00"])
Done = Callable[[], Any]


@cache
def begun() -> Path:
    """A base with a handful of records that have much in common and a past, made once and copied for each example."""
    folder = Path(mkdtemp())
    atexit.register(rmtree, folder)
    services = at(folder / "base")
    for number in range(2):
        company = add(services, "company", name="Bolt Ltd", email="a@bolt.example", tags="hot")
        person = add(services, "person", name="Ada King", email="ada@bolt.example", company=f"company:{company}")
        lead = add(services, "lead", name=("Ada King", "King")[number], email="ada@bolt.example", value="5 KWD")
        deal = add(services, "deal", name="Fit-out", person=f"person:{person}", amount="1200 JPY")
        add(services, "task", title="ring", lead=f"lead:{lead}", due_on="2026-12-31")
    services.pipeline.lost(deal, "price")
    services.conversion.convert([lead])
    same = [add(services, "lead", name="Bo Lee") for _ in range(2)]
    services.conversion.convert(same)
    services.merging.merge("lead", same[0], same[1:])
    services.close()
    return folder / "base"


def seen(services: Services) -> dict[str, list[tuple[Any, ...]]]:
    """All that a person sees of all that is not in the bin."""
    fields = {kind: list(services.catalogue.kind(kind).fields) for kind in (*KINDS, "customer")}
    return {kind: sorted(services.lists.values(Filter(kind), names), key=lambda row: row[0])
            for kind, names in fields.items()}  # fmt: skip


class Desk:
    """Does one thing after the other."""

    def __init__(self, services: Services) -> None:
        self.services = services

    def ids(self, kind: str) -> list[int]:
        return sorted(self.services.lists.ids(Filter(kind)))

    def one(self, kind: str, number: int) -> int:
        """A record of a kind; a number that is none where there is none."""
        ids = self.ids(kind)
        return ids[number % len(ids)] if ids else 1

    def action(self, number: int, verb: str = "") -> int:
        """An action of late that is no step back or forth."""
        late = [e.action for e in self.services.history.entries(30)
                if e.verb not in ("undo", "redo") and verb in ("", e.verb)]  # fmt: skip
        return late[number % len(late)] if late else 0

    def work(self, one: int, other: int, text: str) -> Mapping[str, Done]:
        """All that can be done, by its name."""
        services, kind = self.services, OWNERS[one % 3]
        name, here, there = "name" if kind == "company" else "last_name", self.one(kind, one), self.one(kind, other)
        lead, deal, person = self.one("lead", other), self.one("deal", other), self.one("person", one)
        takes = (Take.PROPOSED, Take.NEW, Take.NONE, person)
        gone = [(entry.kind, entry.id) for entry in services.bin.entries()]
        return {
            "add": lambda: services.records.add(kind, {name: text or "N", "note": text or None}),
            "log": lambda: services.records.add("activity", {"subject": text or "S", kind: here}),
            "sell": lambda: services.records.add("purchase", {"bought_on": NOW.date(), "person": person}),
            "employ": lambda: services.records.add("employment", {"person": person, "company": self.one("company", 1)}),
            "set": lambda: services.records.set(kind, [here, there], {"note": text or None, "city": text or None}),
            "set deal": lambda: services.records.set("deal", [deal], {
                ("lost_reason", "closed_on", "amount", "lead")[one % 4]: (text or None, None, None, lead)[one % 4],
            }),
            "stage": lambda: services.records.set("deal", [deal], {"stage": self.one("stage", one)}),
            "lose": lambda: services.pipeline.lost(deal, text),
            "win": lambda: services.pipeline.won(deal),
            "tag": lambda: services.records.tag(kind, [here, there], text),
            "clear": lambda: services.cells.clear("deal", self.ids("deal"), ["closed_on", "lost_reason", "amount"]),
            "paste": lambda: services.cells.paste(kind, [here, there], [name, "email"], [[text, "b@x.de"]] * 2),
            "delete": lambda: services.records.delete(kind, [here]),
            "restore": lambda: services.bin.restore_several(gone[one:]),
            "merge": lambda: services.merging.merge(kind, here, [there]),
            "unmerge": lambda: services.merging.unmerge(self.action(one, "merge")),
            "convert": lambda: services.conversion.convert(
                self.ids("lead")[one % 2 :][:2], Choices(takes[one % 4], Take.PROPOSED, takes[other % 3])),
            "unconvert": lambda: services.conversion.unconvert([lead]),
            "qualify": lambda: services.leads.qualify([lead], tuple(Lifecycle)[one % 4], text),
            "disqualify": lambda: services.leads.disqualify([lead], text),
            "leave": lambda: services.employments.leave(person),
            "drop status": lambda: services.statuses.delete(self.one("lead_status", one)),
            "revert": lambda: services.history.revert(self.action(one)),
        }  # fmt: skip


STEP = st.tuples(st.integers(0, 22), PICK, PICK, TEXT)


def assert_it_holds_together(services: Services) -> None:
    """What is so after whatever was done."""
    assert_derived_is_true(services._store)
    converted = {row[1].id for row in services.lists.values(Filter("conversion"), ["lead"]) if row[1]}
    for lead, status, into in services.lists.values(Filter("lead"), ["status_type", "merged_into"]):
        assert into is None
        assert status is not None and (lead not in converted or status == "converted")
    for deal in services.lists.values(Filter("deal"), ["stage", "status", "closed_on", "lost_reason"]):
        _, stage, status, closed, reason = deal
        assert stage is not None and (closed is None) == (status == "open") and (reason or status != "lost")


def there_and_back(services: Services, do: Done) -> bool:
    """Does one thing, takes it back and does it again; a thing that is refused leaves all as it was."""
    store, before, looked = services._store, snapshot(services._store), seen(services)
    try:
        done = do()
    except UserError as error:
        assert snapshot(store) == before and error.sentence.endswith((".", "?"))
        return False
    change = done if isinstance(done, Change) else done.change
    after = snapshot(store)
    if not change.action:
        assert after == before
        return False
    services.history.undo()
    assert snapshot(store) == before
    services.history.redo()
    assert snapshot(store) == after
    try:
        back = services.history.revert(change.action)
    except UserError:  # such as of the last status of a type
        return True
    assert back.conflicts == () and seen(services) == looked
    services.history.undo()
    assert snapshot(store) == after
    return True


@CHECKED
@given(steps=st.lists(STEP, min_size=5, max_size=9))
def test_whatever_is_done_can_be_taken_back_in_each_way(steps: Sequence[tuple[int, int, int, str]]) -> None:
    with TemporaryDirectory() as folder:
        copytree(begun(), folder, dirs_exist_ok=True)
        services = at(Path(folder))
        try:
            start, count, desk = snapshot(services._store), 0, Desk(services)
            for what, one, other, text in steps:
                works = tuple(desk.work(one, other, text).values())
                count += there_and_back(services, works[what % len(works)])
                assert_it_holds_together(services)
            end = snapshot(services._store)
            for _ in range(count):
                services.history.undo()
            assert snapshot(services._store) == start
            for _ in range(count):
                services.history.redo()
            assert snapshot(services._store) == end
        finally:
            services.close()
