"""Which rows sentences find: each asked of a base with calls, visits and tasks in several months."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crm_desktop.bootstrap import open_services
from crm_desktop.domain.clock import Clock
from crm_desktop.paths import DataDir
from crm_desktop.services import Services
from crm_desktop.settings import Settings

NOW = datetime(2026, 11, 12, 9, tzinfo=UTC)
"""A Thursday."""

DONE: dict[str, list[tuple[str, str]]] = {
    "Often": [("call", "2026-10-15"), ("call", "2026-11-05"), ("visit", "2026-05-20")],
    "October": [("call", "2026-10-15"), ("visit", "2026-10-28")],
    "Today": [("visit", "2026-11-12"), ("email_in", "2026-11-09")],
    "Written": [("email_out", "2026-10-20"), ("note", "2026-11-10")],
    "Old": [("call", "2025-05-10"), ("meeting", "2025-12-22")],
    "Never": [],
}
DUE = {"Often": "2026-12-24", "October": "2026-11-16", "Old": "2026-01-05"}
REACHED = {"Often": {"email": "often@example.org"}, "October": {"phone": "+49 30 1234567"}, "Written": {
    "email": "written@example.org", "phone": "+49 30 7654321"}}  # fmt: skip
Found = Callable[[str, str], set[str]]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Found]:
    """The leads that a sentence finds, in a language."""
    made: dict[str, Services] = {}

    def take(language: str, typed: str) -> set[str]:
        if language not in made:
            data = DataDir(tmp_path_factory.mktemp(language))
            made[language] = open_services(data, Settings(language=language), Clock.fixed(NOW))
            _fill(made[language])
        lists = made[language].lists
        return {str(row[1]) for row in lists.values(lists.parse("lead", typed), ["name"])}

    yield take
    for services in made.values():
        services.close()


def _fill(services: Services) -> None:
    for name, done in DONE.items():
        lead = f"lead:{services.records.add('lead', {'name': name, **REACHED.get(name, {})}).id}"
        for kind, day in done:
            services.records.add("activity", {"type": kind, "subject": "x", "lead": lead, "happened_on": day})
        if name in DUE:
            services.records.add("task", {"title": "x", "lead": lead, "due_on": DUE[name]})


ASKED: list[tuple[str, str, Sequence[str]]] = [
    ("en", "contact last month", ["Often", "October"]),
    ("en", "no contact last month", ["Today", "Written", "Old", "Never"]),
    ("en", "contact in May", ["Often"]),
    ("en", "contact in May 2025", ["Old"]),
    ("en", "contact today", ["Today"]),
    ("en", "contact last week", ["Often"]),
    ("en", "contact this week", ["Today"]),
    ("en", "no contact for 9 days", ["October", "Written", "Old", "Never"]),
    ("en", "no contact since 15 Oct", ["Written", "Old", "Never"]),
    ("en", "no contact", ["Written", "Never"]),
    ("en", "call last month", ["Often", "October"]),
    ("en", "no call since 1 Nov", ["October", "Today", "Written", "Old", "Never"]),
    ("en", "no call in October", ["Today", "Written", "Old", "Never"]),
    ("en", "visit in May", ["Often"]),
    ("en", "no visit in 60 days", ["Often", "Written", "Old", "Never"]),
    ("en", "no visit last 20 days", ["Often", "Written", "Old", "Never"]),
    ("en", "visit today", ["Today"]),
    ("en", "visit on Wednesday", []),
    ("en", "activity on Monday", ["Today"]),
    ("en", "meeting since 20 Dec", ["Old"]),
    ("en", "meeting since 20.12.25", ["Old"]),
    ("en", "call in 2025", ["Old"]),
    ("en", "task in 14 days", ["October"]),
    ("en", "task next week", ["October"]),
    ("en", "no task since 20 Dec", ["October", "Today", "Written", "Old", "Never"]),
    ("en", "task in January", []),
    ("en", "no email", ["October", "Today", "Old", "Never"]),
    ("en", "no phone number", ["Often", "Today", "Old", "Never"]),
    ("en", "no email in 30 days", ["Often", "October", "Old", "Never"]),
    ("en", "no activity", ["Never"]),
    ("en", "last_touch<1 May", ["Old"]),
    ("en", "last_touch:Monday", []),
    ("en", "last_touch>=Monday", ["Today"]),
    ("en", "next_activity<=Monday", ["October", "Old"]),
    ("de", "kein Kontakt im letzten Monat", ["Today", "Written", "Old", "Never"]),
    ("de", "kein Kontakt seit Montag", ["Often", "October", "Written", "Old", "Never"]),
    ("de", "Anruf im Mai", []),
    ("de", "Besuch im Mai", ["Often"]),
    ("de", "Anruf letzte Woche", ["Often"]),
    ("de", "Besuch heute", ["Today"]),
    ("de", "Aktivität am Montag", ["Today"]),
    ("de", "kein Telefon", ["Often", "Today", "Old", "Never"]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "typed", "names"), ASKED)
def test_a_sentence_finds_whom_it_speaks_of(found: Found, language: str, typed: str, names: Sequence[str]) -> None:
    assert found(language, typed) == set(names)


@pytest.mark.parametrize(("begins", "week"), [
    ("monday", {"Mon 9", "Sun 15"}), ("sunday", {"Sun 8", "Mon 9"}), ("saturday", {"Sun 8", "Mon 9"}),
])  # fmt: skip
def test_a_week_begins_as_the_settings_say(tmp_path: Path, begins: str, week: set[str]) -> None:
    services = open_services(DataDir(tmp_path), Settings(), Clock.fixed(NOW))
    for name in ("Sun 8", "Mon 9", "Sun 15"):
        services.records.add("lead", {"name": name, "return_on": f"2026-11-{int(name[4:]):02}"})
    change = services.follow(Settings(week_start=begins))
    assert "lead" in change.kinds
    found = services.lists.values(services.lists.parse("lead", "return_on:this_week"), ["name"])
    services.close()
    assert {name for _, name in found} == week
