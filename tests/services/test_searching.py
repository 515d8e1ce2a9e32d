"""The search through everything: every way to write a name or a number, notes included."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crm_desktop.bootstrap import open_services
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.filter import Compare, Filter, Op
from crm_desktop.paths import DataDir
from crm_desktop.services import Services
from crm_desktop.settings import Settings
from crm_desktop.storage import check

NOW = datetime(2026, 11, 12, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """People with names and numbers that are written in many ways."""
    data: Path = tmp_path_factory.mktemp("searching")
    made = open_services(DataDir(data), Settings(currency="EUR"), Clock.fixed(NOW))
    add = made.records.add
    add("lead", {"name": "Jürgen Müller", "phone": "+49 30 123456", "note": "wants the großes Modell"})
    add("lead", {"name": "Conor O'Brien", "phone": "+353 1 234 5678"})
    add("lead", {"name": "Fiona Mueller-Lüdenscheidt", "phone": "030 / 98 76 54"})
    add("lead", {"name": "Excel Took the Plus", "phone": "44 20 79460182, 0161 4960999"})
    person = add("person", {"name": "Jean-Luc Café"}).id
    add("company", {"name": "Ångström & Søn", "note": "prefers mornings"})
    add("deal", {"name": "Grinders", "note": "renewal of the lease"})
    add("activity", {"type": "visit", "subject": "Price talk", "note": "asked for a discount", "person": person})
    add("task", {"title": "Send quote", "note": "with the warranty", "person": person})
    add("purchase", {"person": person, "bought_on": "2026-05-01", "note": "delivered to the cellar"})
    add("product", {"name": "Bean One", "note": "discontinued in spring"})
    add("occasion", {"name": "Anniversary", "person": person, "day": "--06-15", "note": "likes tulips"})
    yield made
    made.close()


@pytest.mark.parametrize(("typed", "names"), [
    ("(0)30/123-456", ["Jürgen Müller"]),
    ("030 123456", ["Jürgen Müller"]),
    ("+49 30 123456", ["Jürgen Müller"]),
    ("0049 (0)30 1234", ["Jürgen Müller"]),
    ("4930123456", ["Jürgen Müller"]),
    ("30123", ["Jürgen Müller"]),
    ("3456", ["Jürgen Müller"]),
    ("12-34 56", ["Conor O'Brien", "Jürgen Müller"]),
    ("0123456", ["Conor O'Brien", "Jürgen Müller"]),
    ("(87) 654", ["Fiona Mueller-Lüdenscheidt"]),
    ("0182", ["Excel Took the Plus"]),
    ("460182", ["Excel Took the Plus"]),
    ("020 7946 0182", ["Excel Took the Plus"]),
    ("+44 20 79460182", ["Excel Took the Plus"]),
    ("4960999", ["Excel Took the Plus"]),
    ("182", []),
    ("46018", []),
    ("01 2345678", ["Conor O'Brien"]),
    ("+49 30 987654", ["Fiona Mueller-Lüdenscheidt"]),
    ("muller", ["Jürgen Müller"]),
    ("MÜLLER", ["Fiona Mueller-Lüdenscheidt", "Jürgen Müller"]),
    ("mueller", ["Fiona Mueller-Lüdenscheidt", "Jürgen Müller"]),
    ("o'brien", ["Conor O'Brien"]),
    ("O’Brien conor", ["Conor O'Brien"]),
    ("obrien", ["Conor O'Brien"]),
    ("brien", ["Conor O'Brien"]),
    ("muellerludenscheidt", ["Fiona Mueller-Lüdenscheidt"]),
    ("jeanluc cafe", ["Jean-Luc Café"]),
    ("jean luc", ["Jean-Luc Café"]),
    ("angstrom son", ["Ångström & Søn"]),
    ("grosses modell", ["Jürgen Müller"]),
    ("mornings", ["Ångström & Søn"]),
    ("lease", ["Grinders"]),
    ("discount", ["Price talk"]),
    ("warranty", ["Send quote"]),
    ("cellar", ["2026-05-01"]),
    ("discontinued", ["Bean One"]),
    ("tulips", ["Anniversary"]),
    ("'", []),
])  # fmt: skip
def test_what_is_typed_is_found(services: Services, typed: str, names: list[str]) -> None:
    assert sorted(hit.title for hit in services.lists.search(typed)) == names


@pytest.mark.parametrize("typed", ["30 12 34 56", "0049 30 123456", "12 34 56", "+49 30 12 34 56", "jurgen 12 3456"])
def test_the_groups_of_a_number_are_one_number_in_a_list_too(services: Services, typed: str) -> None:
    wanted = services.lists.parse("lead", typed)
    names = [name for _, name in services.lists.values(wanted, ["name"])]
    assert "Jürgen Müller" in names and len(names) <= 2
    assert services.lists.parse("lead", services.lists.text(wanted)) == wanted


def test_what_is_found_tells_whom_it_is_about(services: Services) -> None:
    hits = services.lists.search("discount") + services.lists.search("muller")
    whose = services.lists.concerned(hits)
    assert [hit.title if hit is not None else None for hit in whose] == ["Jean-Luc Café", None]


def test_a_condition_on_a_phone_takes_its_spellings_too(services: Services) -> None:
    for typed in ("(0)30/123-456", "+49 30 123", "030 1234"):
        wanted = Filter("lead", Compare("phone", Op.CONTAINS, typed))
        assert [row[1] for row in services.lists.values(wanted, ["name"])] == ["Jürgen Müller"]


def test_the_words_kept_are_those_made_anew(services: Services) -> None:
    assert check.look(services._store) == check.Findings((), (), {})
