"""What cannot be a value is told in one sentence and changes nothing; what can, however odd, comes back as it was."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from crm_desktop.bootstrap import open_services
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.filter import Compare, Filter, Op
from crm_desktop.errors import UserError
from crm_desktop.paths import DataDir
from crm_desktop.services import Services
from crm_desktop.services.fields import Holds
from crm_desktop.settings import Settings
from tests.storage.equality import snapshot

from .test_every_field import NOW

LONG = "x" * 1_000_000


def opened(folder: Path, language: str = "en") -> Services:
    return open_services(DataDir(folder), Settings(currency="EUR", language=language), Clock.fixed(NOW))


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    made = opened(tmp_path)
    for label, holds in (
        ("Size", Holds("number")), ("Count", Holds("integer")), ("Met", Holds("anniversary")), ("When", Holds("date")),
        ("At", Holds("instant")), ("Wants", Holds("choice", ("Roof", "PV"), several=True)), ("Vip", Holds("yes_no")),
        ("Colour", Holds("choice", ("red", "blue"))), ("Referrer", Holds("link", target="person")),
        ("Memo", Holds("long_text")), ("Mail", Holds("email")), ("Line", Holds("phone")), ("Budget", Holds("money")),
    ):  # fmt: skip
        made.fields.add("lead", label, holds)
    yield made
    made.close()


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("when", "31.02.2026", "Needs a date like"),
        ("when", "soon", "Needs a date like"),
        ("met", "31 Feb", "Needs a day like"),
        ("at", "2026-11-20 25:61", "Needs a date and time"),
        ("size", "1,2,3", "Needs a number like"),
        ("size", "twelve", "Needs a number like"),
        ("count", "1.5", "Needs a whole number"),
        ("count", "9" * 30, "at most 18 digits"),
        ("budget", "1,2,3 EUR", "Needs a number like"),
        ("budget", "9" * 30, "Needs an amount of at most"),
        ("mail", "ann.example.com", "needs an @"),
        ("line", "call me", "Needs a phone number"),
        ("website", "a b", "Needs a web address like"),
        ("vip", "perhaps", "Needs yes or no"),
        ("colour", "green", "“green” is none of: red, blue"),
        ("lifecycle", "green " * 90, "…” is none of: "),
        ("wants", "Roof; Oven", "“Oven” is none of: "),
        ("wants", "Roof; Oven..2", "“Oven..2” is none of: "),
        ("referrer", "Nobody", "There is no person called “Nobody”"),
        ("memo", LONG, "longer than 100,000 characters"),
        ("last_name", LONG, "longer than 100,000 characters"),
        ("tags", ", ".join(f"tag {n}" for n in range(10_000)), "These are 10,000 values"),
        ("email", "; ".join(f"a{n}@b.de" for n in range(3_000)), "These are 3,000 values"),
    ],
)
def test_a_bad_value_is_told_and_changes_nothing(services: Services, field: str, text: str, said: str) -> None:
    lead = services.records.add("lead", {"name": "Ann Beck", "memo": "kept"}).id
    before = snapshot(services._store)
    with pytest.raises(UserError, match=said) as caught:
        services.records.set("lead", [lead], {field: text})
    assert caught.value.sentence.endswith(".") and "\n" not in caught.value.sentence
    assert len(caught.value.sentence) < 200
    assert snapshot(services._store) == before


@pytest.mark.parametrize(
    "text",
    [
        "שלום עולם", "مرحبا \u200fبالعالم", "Z̸͑a̶l̶g̵o̷", "e\u0301 and \u00e9", "👩‍👩‍👧‍👦 family", "=SUM(A1)",
        "'quoted'", "a\u2028b",
    ],
)  # fmt: skip
def test_any_script_comes_back_and_is_found(services: Services, text: str) -> None:
    lead = services.records.add("lead", {"name": "Ann Beck", "memo": text, "tags": text}).id
    values = services.records.show("lead", lead).values
    assert (values["memo"], values["tags"]) == (text, (text,))
    for field in ("memo", "tags"):
        assert list(services.lists.ids(Filter("lead", Compare(field, Op.IS, text)))) == [lead]


def test_signs_that_are_none_are_left_out(services: Services) -> None:
    lead = services.records.add("lead", {"name": "Ann Beck", "memo": "a\x00b\x1fc\r\nd\te", "tags": "a\x1fb"}).id
    values = services.records.show("lead", lead).values
    assert (values["memo"], values["tags"]) == ("abc\nd\te", ("ab",))


@pytest.mark.parametrize(
    ("text", "english", "german"),
    [
        ("1.234,50", "1234.5", "1234.5"), ("1,234.50", "1234.5", "1234.5"), ("3,5", "3.5", "3.5"),
        ("3.5", "3.5", "3.5"), ("1.234", "1.234", "1234"), ("1,234", "1234", "1.234"),
        ("1 234,5", "1234.5", "1234.5"), ("1.234.567", "1234567", "1234567"),
    ],
)  # fmt: skip
def test_numbers_are_read_as_both_write_them(tmp_path: Path, text: str, english: str, german: str) -> None:
    for language, meant in (("en", english), ("de", german)):
        services = opened(tmp_path / language, language)
        assert services.records.parse("purchase", "quantity", text) == Decimal(meant)
        services.close()


def test_choices_are_told_by_the_labels_of_the_language(tmp_path: Path) -> None:
    for language, labels in (("en", "Subscriber, Lead, MQL, SQL"), ("de", "Abonnent, Lead, MQL, SQL")):
        services = opened(tmp_path / language, language)
        with pytest.raises(UserError, match=f"^“foo” is none of: {labels}.*[.]$"):
            services.records.parse("lead", "lifecycle", "foo")
        services.close()


def test_many_tags_at_once_are_quick_enough(services: Services) -> None:
    lead = services.records.add("lead", {"name": "Ann Beck"}).id
    services.records.set("lead", [lead], {"tags": ", ".join(f"tag {n}" for n in range(500))})
    assert len(services.records.show("lead", lead).values["tags"]) == 500
    services.history.undo()
    assert services.records.show("lead", lead).values["tags"] == ()
