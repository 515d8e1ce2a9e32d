"""The drawings say what the rows say: sizes, words and colours of what is drawn, not pictures."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from crm_desktop.domain.figures import Row
from crm_desktop.domain.filter import Filter
from crm_desktop.gui.charts.breakdown import BreakdownChart
from crm_desktop.gui.charts.churn import ChurnChart
from crm_desktop.gui.charts.drawing import Chart, Mark
from crm_desktop.gui.charts.funnel import FunnelChart
from crm_desktop.gui.charts.sales import SalesChart
from crm_desktop.gui.charts.style import Style
from crm_desktop.gui.theme import Theme

from .conftest import churn_rows, funnel_rows, sales_rows, stage_bars, texts

Draw = Callable[..., tuple[Figure, list[Mark]]]


def test_the_bars_of_a_funnel_are_as_long_as_their_share(drawn: Draw) -> None:
    _, marks = drawn(FunnelChart(funnel_rows()))
    widths = [mark.patch.get_width() for mark in marks]
    assert [round(width / widths[0], 4) for width in widths] == [1.0, 0.5726, 0.2863, 0.1855, 0.0766]
    assert len({mark.patch.get_x() for mark in marks}) == 1


def test_a_funnel_names_steps_stages_counts_and_shares(drawn: Draw) -> None:
    words = texts(drawn(FunnelChart(funnel_rows()))[0])
    assert {"Lead", "MQL", "SQL", "Opportunity", "Customer", "Awareness", "Consideration", "Action"} <= set(words)
    assert {"248", "142", "71", "46", "19", "100 %", "8 %", "↓ 57 %", "↓ 50 %", "↓ 65 %", "↓ 41 %"} <= set(words)


def test_only_the_weakest_step_is_amber_and_names_its_usual_share(drawn: Draw, light: Theme) -> None:
    words = texts(drawn(FunnelChart(funnel_rows(), "opportunity", {"opportunity": 0.52}))[0])
    assert words["weakest step · usual 52 %"].get_color() == light.hex("warn")
    assert words["↓ 41 %"].get_color() == light.hex("warn")
    assert words["↓ 57 %"].get_color() == light.hex("textSecondary")


def test_a_funnel_reads_from_the_right_where_the_language_does(drawn: Draw, light: Theme) -> None:
    figure, marks = drawn(FunnelChart(funnel_rows()), Style(light, mirrored=True))
    assert marks[0].patch.get_window_extent().x1 == marks[4].patch.get_window_extent().x1
    names = texts(figure)["Lead"].get_window_extent()
    assert names.x1 > marks[0].patch.get_window_extent().x1


def test_an_empty_funnel_has_bars_of_no_length(drawn: Draw) -> None:
    _, marks = drawn(FunnelChart(funnel_rows((0, 0, 0, 0, 0))))
    assert [mark.patch.get_width() for mark in marks] == [0] * 5


def test_months_over_target_stand_out_and_carry_their_value(drawn: Draw, light: Theme) -> None:
    figure, marks = drawn(ChurnChart(churn_rows((1, 2, 3)), 0.02))
    expected = [light.hex(name).lower() for name in ("chart1Soft", "chart1Soft", "chart2")]
    assert [to_hex(mark.patch.get_facecolor()) for mark in marks] == expected
    assert [round(mark.patch.get_height(), 6) for mark in marks] == [1, 2, 3]
    words = texts(figure)
    assert "3.0" in words and "1.0" not in words
    assert {"Target 2 %", "Dec", "Jan", "Feb", "Over target", "3-month average"} <= set(words)


def test_the_scale_of_churn_starts_at_zero_and_holds_the_target(drawn: Draw) -> None:
    figure, _ = drawn(ChurnChart(churn_rows((0, 0, 1)), 0.05))
    low, high = figure.axes[1].get_ylim()
    assert low == 0 and high > 5


@pytest.mark.parametrize("scale", [100, 160])
def test_a_month_that_lost_everybody_has_room_on_the_scale(drawn: Draw, light: Theme, scale: int) -> None:
    figure, _ = drawn(ChurnChart(churn_rows((17, 100)), 0.02), Style(replace(light, scale=scale)))
    words = texts(figure)
    assert words["100 %"].get_window_extent().x0 >= 0
    [line] = [line for line in figure.axes[1].get_lines() if line.get_zorder() == 3]
    assert words["17.0"].get_zorder() > line.get_zorder()


def test_the_average_is_a_line_over_the_months_that_have_one(drawn: Draw, light: Theme) -> None:
    rows = churn_rows((1, 2, 3))
    rows = (replace(rows[0], values={**rows[0].values, "average": None}), *rows[1:])
    figure, _ = drawn(ChurnChart(rows, 0.02))
    [line] = [line for line in figure.axes[1].get_lines() if line.get_color() == light.hex("chart3")]
    assert isinstance(line, Line2D)
    assert line.get_path().vertices[:, 0].tolist() == [1, 2]  # type: ignore[index, union-attr]


def test_months_that_may_still_rise_are_striped_and_explained(drawn: Draw) -> None:
    figure, marks = drawn(ChurnChart(churn_rows((1, 2, 3), young=2), 0.02))
    striped = [patch for patch in figure.axes[1].patches if patch.get_hatch()]
    assert len(striped) == 2 and len(marks) == 3
    assert "May still rise" in texts(figure)


def test_customers_without_dates_are_one_bar_where_no_month_is_known(drawn: Draw) -> None:
    undated = Row({"period": None, "churn_rate": 0.265, "lost": 265, "active_at_start": 1000},
                  Filter("customer"), Filter("customer"))  # fmt: skip
    figure, marks = drawn(ChurnChart((undated,), 0.02))
    assert [mark.value for mark in marks] == [265]
    assert {"No date", "Customers without dates", "26.5"} <= set(texts(figure))
    assert [mark.value for mark in drawn(ChurnChart((*churn_rows((1, 2)), undated), 0.02))[1]] == [1, 2]


@pytest.mark.parametrize("count", [1, 12, 24, 60])
def test_labels_of_periods_never_overlap(drawn: Draw, count: int) -> None:
    figure, _ = drawn(SalesChart(sales_rows((1000,) * count), "EUR"), width=360)
    labels = [label.get_window_extent() for label in figure.axes[0].get_xticklabels()]
    assert all(one.x1 <= other.x0 for one, other in pairwise(labels))
    assert labels


def test_won_value_is_as_high_as_the_money(drawn: Draw) -> None:
    figure, marks = drawn(SalesChart(sales_rows((12000, 0, 44000)), "EUR"))
    assert [mark.patch.get_height() for mark in marks] == [12000, 0, 44000]
    words = " ".join(texts(figure))
    assert "12.0k" in words and "44.0k" in words and figure.axes[0].get_ylim()[0] == 0


def test_a_period_without_any_sale_is_drawn_empty(drawn: Draw) -> None:
    assert [mark.patch.get_height() for mark in drawn(SalesChart(sales_rows((0, 0)), "EUR"))[1]] == [0, 0]
    assert drawn(SalesChart((), "EUR"))[1] == []


def test_stages_share_one_scale_and_show_their_weighted_part(drawn: Draw, light: Theme) -> None:
    figure, marks = drawn(BreakdownChart(stage_bars(("Proposal", 40000, 10000), ("Closing", 20000, 14000))))
    assert marks[0].patch.get_width() == pytest.approx(2 * marks[1].patch.get_width())
    dark = light.hex("chart1").lower()
    bars = [patch for patch in figure.axes[0].patches if to_hex(patch.get_facecolor()) == dark]
    parts = [bar.get_window_extent().width for bar in bars]
    whole = marks[0].patch.get_window_extent().width
    assert parts == pytest.approx([whole / 4, whole * 14000 / 40000])
    assert {"Proposal", "Closing", "3"} <= set(texts(figure))


def test_as_many_bars_as_can_be_read_and_how_many_more_there_are(drawn: Draw, light: Theme) -> None:
    bars = stage_bars(*((f"A company with quite a long name, number {n}", 9000 - n, 10) for n in range(30)))
    figure, marks = drawn(BreakdownChart(bars))
    assert [mark.value for mark in marks] == [bar.value for bar in bars[: len(marks)]]
    assert len(marks) == 11 and "19 more in the table" in texts(figure)
    assert "1,989 more in the table" in texts(drawn(BreakdownChart(bars, of=2000))[0])
    names = [text.get_window_extent() for words, text in texts(figure).items() if words.startswith("A comp")]
    first = marks[0].patch.get_window_extent()
    assert len(names) == 1 and names[0].x1 < first.x0 and first.width > 100
    heights = [mark.patch.get_window_extent() for mark in marks]
    assert all(below.y1 < above.y0 for above, below in pairwise(heights))


def test_parts_read_from_the_right_where_the_language_does(drawn: Draw, light: Theme) -> None:
    figure, marks = drawn(BreakdownChart(stage_bars(("Won", 40000, 0), ("Lost", 0, 0))), Style(light, mirrored=True))
    bar = marks[0].patch.get_window_extent()
    assert texts(figure)["Won"].get_window_extent().x0 > bar.x1 > texts(figure)["€40.0k"].get_window_extent().x1
    assert marks[1].patch.get_width() == 0


@pytest.mark.parametrize(
    "chart",
    [
        FunnelChart(funnel_rows(), "mql"), ChurnChart(churn_rows((1, 3, 2), young=1), 0.02),
        SalesChart(sales_rows((9000, 1000)), "EUR"), BreakdownChart(stage_bars(("Proposal", 40000, 10000))),
    ],
)  # fmt: skip
def test_every_drawing_works_in_both_themes_and_large_text(drawn: Draw, light: Theme, chart: Chart) -> None:
    for dark in (False, True):
        for scale in (90, 160):
            _, marks = drawn(chart, Style(replace(light, dark=dark, scale=scale)))
            assert marks and all(mark.words and mark.filter for mark in marks)
