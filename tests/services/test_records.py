"""What setting fields of records brings with it."""

from datetime import date
from pathlib import Path

import pytest

from crm_desktop.bootstrap import open_services
from crm_desktop.domain.filter import Filter, is_
from crm_desktop.errors import UserError
from crm_desktop.paths import DataDir
from crm_desktop.services import Services
from crm_desktop.settings import Settings

TODAY = date(2026, 11, 12)


def stage(services: Services, name: str) -> int:
    return next(s.id for s in services.pipeline.stages() if s.name == name)


def deal(services: Services, number: int) -> dict[str, object]:
    return dict(services.records.show("deal", number).values)


def test_a_stage_set_by_hand_means_what_a_move_means(services: Services) -> None:
    number = services.records.add("deal", {"name": "Fit-out", "amount": "42000"}).id
    services.records.set("deal", [number], {"stage": "Negotiation"})
    assert (deal(services, number)["probability"], deal(services, number)["stage_since"]) == (50, TODAY)
    services.records.set("deal", [number], {"stage": "Won"})
    assert (deal(services, number)["probability"], deal(services, number)["closed_on"]) == (100, TODAY)
    log = services.lists.values(Filter("stage_log"), ["stage"])
    assert [str(row[1]) for row in sorted(log)] == ["Lead generation", "Negotiation", "Won"]
    services.records.set("deal", [number], {"stage": "Proposal"})
    assert (deal(services, number)["probability"], deal(services, number)["closed_on"]) == (30, None)
    for _ in range(3):
        services.history.undo()
    assert str(deal(services, number)["stage"]) == "Lead generation"
    services.close()


def test_a_deal_is_lost_only_with_a_reason(services: Services) -> None:
    number = services.records.add("deal", {"name": "Fit-out"}).id
    with pytest.raises(UserError, match="Say why"):
        services.records.set("deal", [number], {"stage": "Lost"})
    assert str(deal(services, number)["stage"]) == "Lead generation"
    services.records.set("deal", [number], {"stage": "Lost", "lost_reason": "price"})
    assert deal(services, number)["status"] == "lost"
    with pytest.raises(UserError, match="Say why"):
        services.records.add("deal", {"name": "Other", "stage": "Lost"})
    with pytest.raises(UserError, match="needs a stage"):
        services.records.set("deal", [number], {"stage": ""})
    services.close()


def test_a_likelihood_set_by_hand_stays_when_the_deal_moves(services: Services) -> None:
    number = services.records.add("deal", {"name": "Fit-out"}).id
    services.records.set("deal", [number], {"probability": "45"})
    services.records.set("deal", [number], {"stage": "Proposal"})
    assert deal(services, number)["probability"] == 45
    services.close()


def test_each_step_of_the_lifecycle_is_dated_at_its_first_entry(services: Services) -> None:
    number = services.records.add("lead", {"name": "Ada Byron", "lifecycle": "mql"}).id
    services.records.set("lead", [number], {"lifecycle": "sql"})
    services.records.set("lead", [number], {"lifecycle": "lead"})
    values = services.records.show("lead", number).values
    assert (values["mql_on"], values["sql_on"], values["lifecycle"]) == (TODAY, TODAY, "lead")
    services.close()


def test_several_records_are_set_as_one_step(services: Services) -> None:
    numbers = [services.records.add("lead", {"name": f"Lead {n}"}).id for n in range(5)]
    change = services.records.set("lead", numbers, {"status": "working", "tags": "fair"})
    assert change.count("lead") == 5
    services.history.undo()
    assert services.lists.count(services.lists.parse("lead", "status:working")) == 0
    services.close()


def test_a_record_that_is_named_twice_is_set_once(services: Services) -> None:
    number = services.records.add("lead", {"name": "Ada Byron"}).id
    change = services.records.set("lead", [number, number], {"tags": ("x", "y")})
    assert (change.subject, services.records.show("lead", number).values["tags"]) == ("Ada Byron", ("x", "y"))
    services.close()


def test_a_record_does_not_come_back_beside_the_one_that_took_its_place(services: Services) -> None:
    origin = {"source_system": "old crm", "source_id": "17"}
    number = services.records.add("lead", {"name": "Ada Byron", **origin}).id
    services.records.delete("lead", [number])
    other = services.records.add("lead", {"name": "Ada King", **origin}).id
    with pytest.raises(UserError, match="Number 17"):
        services.records.restore("lead", [number])
    services.records.delete("lead", [other])
    services.records.restore("lead", [number])
    assert services.lists.count(Filter("lead")) == 1
    services.close()


@pytest.mark.parametrize(
    ("language", "currency", "day"),
    [
        ("en_US", "EUR", date(2026, 11, 5)),
        ("en_GB", "USD", date(2026, 5, 11)),
        ("de", "USD", date(2026, 5, 11)),
        ("en", "USD", date(2026, 11, 5)),
        ("en", "EUR", date(2026, 5, 11)),
        ("en_DE", "USD", date(2026, 5, 11)),
    ],
)
def test_a_date_in_numbers_is_read_as_the_country_writes_it(
    tmp_path: Path, language: str, currency: str, day: date
) -> None:
    services = open_services(DataDir(tmp_path), Settings(language=language, currency=currency))
    assert services.records.parse("deal", "expected_close", "11/5/2026") == day
    services.close()


def test_a_value_of_very_many_is_recorded_in_pieces_and_taken_back(services: Services) -> None:
    store = services._store
    with store.action("add", "lead"):
        [(first, last)] = store.records.insert_many("lead", ["last_name"], ([f"Lead {n}"] for n in range(5_000)))
    change = services.records.set("lead", range(first, last + 1), {"segment": "Hotels"})
    assert len(store.journal.segments(change.action)) > 1
    assert services.lists.count(Filter("lead", is_("segment", "Hotels"))) == 5_000
    services.history.undo()
    assert services.lists.count(Filter("lead", is_("segment", "Hotels"))) == 0
