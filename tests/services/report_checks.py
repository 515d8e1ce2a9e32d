"""What tests of reports share: an open base, and the check that every number equals what its filter finds."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from crm_desktop.bootstrap import open_services
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.figures import Figure, Report, Row, Unit
from crm_desktop.domain.filter import Filter
from crm_desktop.domain.money import Money
from crm_desktop.paths import DataDir
from crm_desktop.services import Services
from crm_desktop.services.reports.funnel import STEPS
from crm_desktop.settings import Settings

NOW = datetime(2026, 11, 12, 10, 5, tzinfo=UTC)
TODAY = NOW.date()


def open_base(folder: Path, now: datetime = NOW) -> Services:
    """The services over a base of its own."""
    return open_services(DataDir(folder), Settings(currency="EUR"), Clock.fixed(now))


def put(services: Services, kind: str, *rows: Mapping[str, Any]) -> list[int]:
    """Writes records as they are, without what services add."""
    store = services._store
    with store.action("add", kind):
        return [store.records.insert(kind, row) for row in rows]


def stage(services: Services, name: str) -> int:
    """The id of a stage."""
    return next(found.id for found in services.pipeline.stages() if found.name == name)


def fails(services: Services, report: Report) -> list[str]:
    """Every number of a report that is not what its filter finds; nothing where all agree."""
    checks = {"sales": _sales, "funnel": _funnel, "churn": _churn, "pipeline": _pipeline}
    ask = _Ask(services)
    found = [f"{figure.name}: {text}" for figure in report.figures.values() for text in _figure(ask, figure)]
    if report.name == "funnel":
        found += _rising([row.values["count"] for row in report.rows])
    for row in report.rows:
        found += [f"{dict(row.values)}: {text}" for text in checks[report.name](ask, row)]
        for filter in (row.filter, row.part):
            if filter is not None and not ask.survives(filter):
                found.append(f"{dict(row.values)}: its filter is another one after JSON")
    return found


def not_adding_up(report: Report) -> list[str]:
    """What the rows of a report split by a field of one value have together, where its figures say otherwise."""
    summed = {
        "sales": {"won": "won_count", "lost": "lost_count", "won_value": "won_value"},
        "funnel": {"count": "overall_rate"},
        "churn": {"lost": "lost", "active_at_start": "active_at_start"},
        "pipeline": {"value": "open_value", "weighted": "weighted_value"},
    }[report.name]
    found = []
    for name, figure in summed.items():
        whole = report.figures[figure].n if report.name == "funnel" else _plain(report.figures[figure].value)
        rows = [row for row in report.rows if row.values.get("step", "lead") == "lead"]
        if sum(_plain(row.values[name]) for row in rows) != whole:
            found.append(name)
    return found


def _plain(value: object) -> int:
    if isinstance(value, Money):
        return value.minor
    assert isinstance(value, int)
    return value


class _Ask:
    """Counts and sums of filters that may be none."""

    def __init__(self, services: Services) -> None:
        self._lists = services.lists

    def count(self, filter: Filter | None) -> int:
        return self._lists.count(filter) if filter is not None else -1

    def sum(self, filter: Filter | None, field: str = "amount") -> int:
        return self._lists.sum(filter, field).get("EUR", 0) if filter is not None else -1

    def survives(self, filter: Filter) -> bool:
        """Whether a filter means the same after its JSON form, which holds no moving date."""
        text = json.dumps(filter.to_json())
        return '"days"' not in text and self.count(Filter.from_json(json.loads(text))) == self.count(filter)


def _differences(**pairs: tuple[object, object]) -> list[str]:
    return [f"{name} is {shown}, found {found}" for name, (shown, found) in pairs.items() if shown != found]


def _rate(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _figure(ask: _Ask, figure: Figure) -> list[str]:
    found = _differences(n=(figure.n, ask.count(figure.filter)))
    match figure.unit:
        case Unit.COUNT:
            found += _differences(value=(figure.value, figure.n))
        case Unit.RATE if figure.name == "win_rate_value":
            found += _differences(value=(figure.value, _rate(ask.sum(figure.part), ask.sum(figure.filter))))
        case Unit.RATE if figure.name == "retention_rate":
            rate = _rate(ask.count(figure.part), figure.n)
            assert (rate is None) == (figure.value is None)
            assert rate is None or abs(float(str(figure.value)) - rate) < 1e-12
        case Unit.RATE if figure.name != "revenue_churn_rate":
            found += _differences(value=(figure.value, _rate(ask.count(figure.part), figure.n)))
        case Unit.MONEY if figure.name in ("won_value", "open_value", "closing_this_month", "at_risk", "rotting"):
            found += _differences(value=(figure.value, Money(ask.sum(figure.filter), "EUR")))
        case Unit.MONEY if figure.name == "weighted_value":
            found += _differences(value=(figure.value, Money(ask.sum(figure.filter, "weighted"), "EUR")))
    if figure.value is None and not figure.reason:
        found.append("no value and no reason")
    return found


def _sales(ask: _Ask, row: Row) -> list[str]:
    values = row.values
    return _differences(
        closed=(values["closed"], ask.count(row.filter)),
        won=(values["won"], ask.count(row.part)),
        lost=(values["lost"], ask.count(row.filter) - ask.count(row.part)),
        won_value=(values["won_value"], Money(ask.sum(row.part), "EUR")),
        win_rate=(values["win_rate"], _rate(values["won"], values["closed"])),
    )


def _funnel(ask: _Ask, row: Row) -> list[str]:
    values = row.values
    found = _differences(count=(values["count"], ask.count(row.filter)))
    if row.part is not None:
        found += _differences(rate_next=(values["rate_next"], _rate(ask.count(row.part), values["count"])))
    return found


def _rising(counts: list[int]) -> list[str]:
    """Funnels, one after the other, in which more reached a step than the one before it."""
    funnels = [counts[start : start + len(STEPS)] for start in range(0, len(counts), len(STEPS))]
    return [f"{funnel} rises" for funnel in funnels if funnel != sorted(funnel, reverse=True)]


def _churn(ask: _Ask, row: Row) -> list[str]:
    values = row.values
    return _differences(
        active=(values["active_at_start"], ask.count(row.filter)),
        lost=(values["lost"], ask.count(row.part)),
        rate=(values["churn_rate"], _rate(values["lost"], values["active_at_start"])),
    )


def _pipeline(ask: _Ask, row: Row) -> list[str]:
    values = row.values
    return _differences(
        count=(values["count"], ask.count(row.filter)),
        value=(values["value"], Money(ask.sum(row.filter, row.measure), "EUR")),
        weighted=(values["weighted"], Money(ask.sum(row.filter, "weighted"), "EUR")),
    )
