"""What is done with a few records goes by an index: no table of many is gone through from end to end for it."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from crm_desktop.services import Services
from crm_desktop.storage.database import Database
from crm_desktop.storage.journal import tracked_tables
from crm_desktop.storage.sources import builtin
from tests.services.people_desk import Adder

Scanned = Callable[[], set[str]]

_FEW = {"stage", "lead_status", "pipeline", "tag", "product"}
_MANY = {name for name in tracked_tables() if name not in _FEW and not name.endswith("_custom")} | {"action"}
_FEW_OF_MANY = ("action_undone", "email_flagged", "phone_flagged")
"""Indexes of the few rows that differ from all others."""


@pytest.fixture
def scanned(monkeypatch: pytest.MonkeyPatch) -> Scanned:
    """Answers which statements since then go through all of something."""
    found: set[str] = set()
    execute = Database.execute_sql

    def watched(self: Database, sql: str, params: Any = None) -> Any:
        for *_, step in self.raw.execute(f"EXPLAIN QUERY PLAN {sql}", params or ()):
            if (whole := re.match(r"SCAN (\w+)", step)) is not None and not step.endswith(_FEW_OF_MANY):
                named = re.search(rf"(?:FROM|JOIN) (\w+) {whole[1]}\b", sql)
                if (named or whole)[1].removesuffix("_row") in _MANY:
                    found.add(f"{step}: {sql}")
        return execute(self, sql, params)

    monkeypatch.setattr(Database, "execute_sql", watched)
    return lambda: found


@pytest.mark.parametrize("kind", [kind.name for kind in builtin().catalogue])
def test_a_page_of_a_list(services: Services, scanned: Scanned, kind: str) -> None:
    for field in builtin().catalogue.kind(kind).fields:
        services._store.lists.rows(kind, [1, 2], [field])
    assert not scanned()


def test_undo_and_redo(services: Services, add: Adder, scanned: Scanned) -> None:
    add("lead", name="Ada Lovelace")
    services.history.undo()
    services.history.redo()
    assert not scanned()


def test_restoring(services: Services, add: Adder, scanned: Scanned) -> None:
    lead = add("lead", name="Ada Lovelace", source_system="old", source_id="7")
    services.records.delete("lead", [lead])
    services.records.restore("lead", [lead])
    assert not scanned()


def test_merging_and_unmerging(services: Services, add: Adder, scanned: Scanned) -> None:
    first, second = add("person", name="Ada Lovelace"), add("person", name="A. Lovelace")
    firm = add("company", name="Engines")
    for person in (first, second):
        add("employment", person=person, company=firm)
    merged = services.merging.merge("person", first, [second])
    services.merging.unmerge(merged.change.action)
    assert not scanned()


def test_a_portrait(services: Services, add: Adder, scanned: Scanned) -> None:
    company = add("company", name="Engines", customer=True)
    scanned().clear()
    services.customer_360.portrait("company", company)
    assert not scanned()
