"""What a card says while its report is split by a field: of each report how its parts are told, and the rest is one."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QT_TR_NOOP

from crm_desktop.domain.figures import Report, Row
from crm_desktop.domain.money import Money
from crm_desktop.gui import format
from crm_desktop.gui.charts.bars import Bar
from crm_desktop.gui.charts.words import step_name
from crm_desktop.gui.language import filled, inside, tr
from crm_desktop.gui.pages.analytics import answers
from crm_desktop.gui.pages.analytics.shown import NEEDED, Content, count, money, share
from crm_desktop.gui.pages.analytics.split import Split
from crm_desktop.gui.pages.analytics.table import Cell, MadeRows, Table, TableRow

if TYPE_CHECKING:
    from crm_desktop.gui.charts.drawing import Chart

MOST = 100  # bars that no screen has more room for


@dataclass(frozen=True)
class Part:
    """What a report counts of one value of the field: one row, or one for each of its steps."""

    split: Split
    rows: tuple[Row, ...]

    @property
    def name(self) -> Cell:
        """The value in words."""
        return self.split.told(self.rows[0].values[self.split.path])

    @property
    def values(self) -> Mapping[str, Any]:
        """Those of the first row."""
        return self.rows[0].values


class Telling(ABC):
    """How a report is told part by part."""

    title: ClassVar[object]
    headings: tuple[object, ...]
    keys: ClassVar[tuple[tuple[object, str], ...]] = ()
    """The legend: words and colour tokens."""

    def __init__(self, report: Report) -> None:
        self.report = report

    def ordered(self, parts: list[Part]) -> list[Part]:
        """The parts, the largest first."""
        return parts

    @abstractmethod
    def cells(self, part: Part) -> tuple[Cell, ...]:
        """The cells behind the name, one for each heading."""

    @abstractmethod
    def bar(self, part: Part) -> Bar:
        """The bar of a part."""

    @abstractmethod
    def sentence(self, largest: Part) -> str:
        """What the largest part has; empty where nothing is to be told of it."""

    def row(self, part: Part) -> TableRow:
        """The line of a part in the table."""
        return TableRow((part.name, *self.cells(part)), part.rows[0].filter)

    def of_whole(self, amount: Money, figure: str) -> float | None:
        """The share of an amount in that of a figure."""
        whole = self.report.figures[figure].value
        return amount.minor / whole.minor if isinstance(whole, Money) and whole.minor > 0 else None


class WonValue(Telling):
    """What was won of each value."""

    title = QT_TR_NOOP("Won value by %1")
    headings = (
        QT_TR_NOOP("Won value"), QT_TR_NOOP("Share"), QT_TR_NOOP("Won"), QT_TR_NOOP("Lost"), QT_TR_NOOP("Close rate"),
    )  # fmt: skip

    def _share(self, part: Part) -> float | None:
        return self.of_whole(part.values["won_value"], "won_value")

    def cells(self, part: Part) -> tuple[Cell, ...]:
        values = part.values
        numbers = count(values["won"]), count(values["lost"]), share(values["win_rate"])
        return money(values["won_value"]), share(self._share(part)), *numbers

    def bar(self, part: Part) -> Bar:
        (row,), value, number = part.rows, part.values["won_value"], part.values["won"]
        won, of_all = format.count_text(number), format.percent(self._share(part))
        words = tr("%1: %2 from %3 won deals, %4 of the won value", "", number)
        told = filled(words, part.name[0], format.money(value), won, of_all)
        assert row.part is not None
        return Bar(part.name[0], won, value.minor, format.money_short(value), told, row.part, value, "amount", of_all)

    def sentence(self, largest: Part) -> str:
        value, of_all = largest.values["won_value"], self._share(largest)
        if of_all is None:
            return ""
        words = tr("Most from “%1”: %2, %3 of the won value.")
        return filled(words, largest.name[0], format.money(value), format.percent(of_all))


class Worth(Telling):
    """What the open deals of each value are worth."""

    title = QT_TR_NOOP("Pipeline by %1")
    headings = (QT_TR_NOOP("Open deals"), QT_TR_NOOP("Value"), QT_TR_NOOP("Weighted"), QT_TR_NOOP("Share"))
    keys = ((QT_TR_NOOP("Weighted by likelihood"), "chart1"), (QT_TR_NOOP("The rest of the value"), "chart1Soft"))

    def _share(self, part: Part) -> float | None:
        return self.of_whole(part.values["value"], "open_value")

    def cells(self, part: Part) -> tuple[Cell, ...]:
        values = part.values
        return count(values["count"]), money(values["value"]), money(values["weighted"]), share(self._share(part))

    def bar(self, part: Part) -> Bar:
        return worth(part.name[0], part.rows[0], format.percent(self._share(part)))

    def sentence(self, largest: Part) -> str:
        of_all, number = self._share(largest), largest.values["count"]
        if of_all is None:
            return ""
        words = tr("Most in “%1”: %2 in %3 open deals, %4 of the value.", "", number)
        shown = format.money(largest.values["value"]), format.count_text(number), format.percent(of_all)
        return filled(words, largest.name[0], *shown)


def worth(name: str, row: Row, note: str = "") -> Bar:
    """The bar of some open deals, its weighted part dark."""
    value, weighted, number = (row.values[name] for name in ("value", "weighted", "count"))
    counted = format.count_text(number)
    words = tr("%1: %2 in %3 open deals, %4 weighted", "", number)
    told = filled(words, name, format.money(value), counted, format.money(weighted))
    short = format.money_short(value)
    return Bar(name, counted, value.minor, short, told, row.filter, value, row.measure, note, weighted.minor)


class Became(Telling):
    """How many leads of each value there are, and how many of them became customers."""

    title = QT_TR_NOOP("Sales funnel by %1")
    keys = ((QT_TR_NOOP("Became customers"), "chart1"), (QT_TR_NOOP("Other leads"), "chart1Soft"))

    def __init__(self, report: Report) -> None:
        super().__init__(report)
        steps = dict.fromkeys(row.values["step"] for row in report.rows)
        self.headings = (*map(step_name, steps), tr("Rate"))

    def cells(self, part: Part) -> tuple[Cell, ...]:
        return (*(count(row.values["count"]) for row in part.rows), share(part.rows[-1].values["rate_total"]))

    def bar(self, part: Part) -> Bar:
        leads, customers = (part.rows[at].values["count"] for at in (0, -1))
        rate = format.percent(part.rows[-1].values["rate_total"])
        counted, became = format.count_text(leads), format.count_text(customers)
        words = tr("%1: %2 of %3 leads became customers, %4", "", leads)
        told = filled(words, part.name[0], became, counted, rate)
        note = rate if leads >= NEEDED else _needs()
        return Bar(part.name[0], counted, leads, became, told, part.rows[0].filter, leads, note=note, part=customers)

    def sentence(self, largest: Part) -> str:
        leads, customers = (largest.rows[at].values["count"] for at in (0, -1))
        whole = self.report.figures["overall_rate"].n
        words = tr("Most from “%1”: %2 of %3 leads, %4, with %5 customers.", "", customers)
        shown = format.count_text(leads), format.count_text(whole), format.percent(leads / whole)
        return filled(words, largest.name[0], *shown, format.count_text(customers))


class Lost(Telling):
    """Which share of the customers of each value left; where they are few, that would be chance."""

    title = QT_TR_NOOP("Churn rate by %1")
    headings = (QT_TR_NOOP("Churn rate"), QT_TR_NOOP("Left"), QT_TR_NOOP("Customers at the start"))

    def ordered(self, parts: list[Part]) -> list[Part]:
        return sorted(parts, key=lambda part: (-self._enough(part), -(part.values["churn_rate"] or 0)))

    def _enough(self, part: Part) -> bool:
        return bool(part.values["active_at_start"] >= NEEDED)

    def row(self, part: Part) -> TableRow:
        return TableRow((part.name, *self.cells(part)), part.rows[0].part or part.rows[0].filter)

    def cells(self, part: Part) -> tuple[Cell, ...]:
        values = part.values
        return share(values["churn_rate"], 1), count(values["lost"]), count(values["active_at_start"])

    def bar(self, part: Part) -> Bar:
        (row,), enough = part.rows, self._enough(part)
        rate, counts = row.values["churn_rate"], self._counts(part)
        shown = format.percent(rate, 1) if enough else ""
        words = filled(tr("%1: %2, %3 of %4 customers left"), part.name[0], shown or _needs(), *counts)
        of_all = filled(tr("%1 of %2"), *counts)
        assert row.part is not None
        return Bar(part.name[0], of_all, rate if enough else 0, shown, words, row.part, row.values["lost"],
                   note="" if enough else _needs())  # fmt: skip

    def sentence(self, largest: Part) -> str:
        if not self._enough(largest):
            return ""
        shown = format.percent(largest.values["churn_rate"], 1), *self._counts(largest)
        return filled(tr("Highest in “%1”: %2, %3 of %4 customers left."), largest.name[0], *shown)

    def _counts(self, part: Part) -> tuple[str, str]:
        return format.count_text(part.values["lost"]), format.count_text(part.values["active_at_start"])


TELLINGS: Mapping[str, type[Telling]] = {
    answers.SALES: WonValue, answers.PIPELINE: Worth, answers.FUNNEL: Became, answers.CHURN: Lost,
}  # fmt: skip


def _needs() -> str:
    return filled(tr("needs %1"), str(NEEDED))


def split_content(whole: Content, report: Report, split: Split) -> Content:
    """What a card shows of a report split by a field; `whole` is what it shows of it undivided."""
    telling = TELLINGS[report.name](report)
    parts = telling.ordered(_parts(report, split))
    headings = (split.name, *(tr(words) for words in telling.headings))

    def chart() -> Chart:
        return breakdown([telling.bar(part) for part in parts[:MOST]], telling.keys, len(parts))

    return replace(
        whole,
        sentence=(telling.sentence(parts[0]) if parts else "") or whole.sentence,
        table=Table(headings, MadeRows(len(parts), lambda at: telling.row(parts[at]))),
        chart=chart,
        title=filled(tr(telling.title), tr(" › ").join(map(inside, split.name.split(tr(" › "))))),
    )


def breakdown(bars: Sequence[Bar], keys: Sequence[tuple[object, str]], of: int) -> Chart:
    """The chart of some bars, the first of so many, with its legend."""
    from crm_desktop.gui.charts.breakdown import BreakdownChart
    from crm_desktop.gui.charts.drawing import Key

    return BreakdownChart(tuple(bars), tuple(Key(tr(words), token) for words, token in keys), of)


def _parts(report: Report, split: Split) -> list[Part]:
    """The rows of each value together: those with steps begin anew with the first of them."""
    found: list[list[Row]] = []
    for row in report.rows:
        if found and row.values.get("step") != found[0][0].values.get("step"):
            found[-1].append(row)
        else:
            found.append([row])
    return [Part(split, tuple(rows)) for rows in found]
