"""The strength of relations: its formula by hand, and that it is right on every day."""

from datetime import date, timedelta
from pathlib import Path

from crm_desktop.domain.terms import HALF_LIFE, WEIGHTS, ActivityType
from crm_desktop.services import Services
from tests.services.people_desk import NOW, add, at, values

TODAY = NOW.date()


def log(services: Services, person: int, type_: str, day: date) -> None:
    services.records.add("activity", {"type": type_, "subject": "x", "person": person, "happened_on": day})


def by_hand(touches: list[tuple[str, date]], today: date) -> int:
    return min(100, round(sum(
        WEIGHTS.get(ActivityType(type_), 0) * 2 ** (-max(0, (today - day).days) / HALF_LIFE) for type_, day in touches
    )))  # fmt: skip


def test_each_touch_counts_by_type_and_half_after_each_half_life(tmp_path: Path) -> None:
    services = at(tmp_path)
    person = add(services, "person", name="Ada King")
    assert values(services, "person", person)["strength"] is None
    log(services, person, "visit", TODAY - timedelta(HALF_LIFE))
    assert values(services, "person", person)["strength"] == 5
    log(services, person, "call", TODAY - timedelta(2 * HALF_LIFE))
    log(services, person, "note", TODAY)
    log(services, person, "email_out", TODAY)
    assert values(services, "person", person)["strength"] == round(5 + 1.25)
    for _ in range(12):
        log(services, person, "meeting", TODAY)
    assert values(services, "person", person)["strength"] == 100
    services.close()


def test_it_fades_with_the_days_and_the_check_agrees(tmp_path: Path) -> None:
    touches = [("visit", TODAY - timedelta(3)), ("call", TODAY - timedelta(40)), ("email_in", TODAY)]
    services = at(tmp_path)
    person, quiet = add(services, "person", name="Ada King", customer="yes"), add(services, "person", name="Nobody")
    for type_, day in touches:
        log(services, person, type_, day)
    assert values(services, "person", person)["strength"] == by_hand(touches, TODAY)
    services.close()
    services = at(tmp_path, days=60)
    later = TODAY + timedelta(60)
    assert services.safety.check().sound  # as on the day it is kept for
    new = add(services, "person", name="New")
    log(services, new, "visit", later)
    assert services.safety.check().sound
    change = services.ageing.bring_up()
    assert change.kinds == {"lead", "company", "person", "customer"}
    assert values(services, "person", person)["strength"] == by_hand(touches, later)
    assert values(services, "person", new)["strength"] == 10
    assert values(services, "customer", person)["strength"] == by_hand(touches, later)
    assert values(services, "person", quiet)["strength"] is None
    assert services.safety.check().sound
    assert not services.ageing.bring_up().touched
    assert services.history.peek_undo() is not None
    services.close()


def test_an_earlier_day_is_told_as_it_was_then(tmp_path: Path) -> None:
    services = at(tmp_path)
    person = add(services, "person", name="Ada King")
    log(services, person, "visit", TODAY)
    services.close()
    services = at(tmp_path, days=HALF_LIFE)
    services.ageing.bring_up()
    assert values(services, "person", person)["strength"] == 5
    with services.history.as_of(TODAY) as lists:
        assert lists.rows("person", [person], ["strength"]) == [(person, 10)]
    services.close()
