"""Rows as the reports give them, and what draws charts of them without a window."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from crm_desktop import paths
from crm_desktop.domain.figures import Row
from crm_desktop.domain.filter import Filter, is_
from crm_desktop.domain.money import Money
from crm_desktop.domain.periods import Period, month_of
from crm_desktop.gui.charts.bars import Bar
from crm_desktop.gui.charts.drawing import Chart, Mark
from crm_desktop.gui.charts.style import DPI, Style
from crm_desktop.gui.pages.analytics.breakdown import worth
from crm_desktop.gui.theme import Theme, read_tokens

WIDTH, HEIGHT = 560, 260
STEPS = (("lead", "awareness"), ("mql", "interest"), ("sql", "consideration"), ("opportunity", "consideration"),
         ("customer", "action"))  # fmt: skip


@pytest.fixture
def light() -> Theme:
    """The light theme, without a window."""
    return Theme(read_tokens(paths.resource("styles") / "tokens.json"))


@pytest.fixture
def drawn(light: Theme) -> Iterator[Callable[..., tuple[Figure, list[Mark]]]]:
    """Draws a chart; answers the figure and the marks."""

    def draw(chart: Chart, style: Style | None = None, width: int = WIDTH) -> tuple[Figure, list[Mark]]:
        style = style or Style(light)
        with style.worn():
            figure = Figure((width / DPI, HEIGHT / DPI), dpi=DPI)
            canvas = FigureCanvasAgg(figure)
            marks = chart.draw(figure, style)
            canvas.draw()  # type: ignore[no-untyped-call]
        return figure, marks

    yield draw


def texts(figure: Figure) -> dict[str, Text]:
    """Every text that can be seen, by its words."""
    found: list[Artist] = figure.findobj(Text)
    seen = [text for text in found if isinstance(text, Text) and text.get_visible()]
    return {text.get_text(): text for text in seen if text.get_text()}


def funnel_rows(counts: tuple[int, ...] = (248, 142, 71, 46, 19)) -> tuple[Row, ...]:
    """The rows of a funnel."""
    following = [*counts[1:], None]
    return tuple(
        Row(
            {
                "step": name, "stage": stage, "heads_stage": True, "count": count,
                "rate_next": None if after is None or not count else after / count,
                "rate_total": count / counts[0] if counts[0] else None,
            },
            Filter("lead", is_("lifecycle", name)),
        )
        for (name, stage), count, after in zip(STEPS, counts, following, strict=True)
    )  # fmt: skip


def months_from(year: int, month: int, count: int) -> list[Period]:
    """So many calendar months."""
    return [month_of(date(year + (month - 1 + i) // 12, (month - 1 + i) % 12 + 1, 1)) for i in range(count)]


def churn_rows(lost: tuple[int, ...], active: int = 100, young: int = 0) -> tuple[Row, ...]:
    """The rows of a churn report; the last `young` are provisional."""
    periods = months_from(2025, 12, len(lost))
    return tuple(
        Row(
            {
                "period": period, "churn_rate": gone / active, "lost": gone, "active_at_start": active,
                "average": gone / active, "provisional": index >= len(lost) - young,
            },
            Filter("customer"), Filter("customer", is_("lost", True)),
        )
        for index, (period, gone) in enumerate(zip(periods, lost, strict=True))
    )  # fmt: skip


def sales_rows(amounts: tuple[int, ...]) -> tuple[Row, ...]:
    """The rows of a sales report, amounts in euro."""
    return tuple(
        Row(
            {"period": period, "closed": 2, "won": 1, "lost": 1, "win_rate": 0.5, "won_value": Money.of(amount, "EUR")},
            Filter("deal"), Filter("deal", is_("status", "won")),
        )
        for period, amount in zip(months_from(2025, 12, len(amounts)), amounts, strict=True)
    )  # fmt: skip


def stage_bars(*sums: tuple[str, int, int]) -> tuple[Bar, ...]:
    """The bars of some open deals: name, value and weighted value in euro."""
    return tuple(
        worth(name, Row({"count": 3, "value": Money.of(value, "EUR"), "weighted": Money.of(weighted, "EUR")},
                        Filter("deal", is_("stage", index)), measure="amount"))
        for index, (name, value, weighted) in enumerate(sums)
    )  # fmt: skip
