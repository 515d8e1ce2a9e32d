"""Money won over time, and money in the pipeline by stage."""

from dataclasses import dataclass
from decimal import Decimal

from matplotlib.axes import Axes

from crm_desktop.domain.figures import Row
from crm_desktop.domain.money import Money
from crm_desktop.gui import format
from crm_desktop.gui.charts.columns import COLUMN, label_periods, plot, scale, write_values
from crm_desktop.gui.charts.drawing import Chart, Key, Mark, block, legend, sheet
from crm_desktop.gui.charts.style import Area, Style
from crm_desktop.gui.charts.words import period_long
from crm_desktop.gui.language import filled, tr

AXIS_WIDTH, VALUE_HEIGHT = 52, 18
LABEL_ROOM = 40  # pixels that a column needs to carry its value; else only the highest does
NAMES_WIDTH, COUNTS_WIDTH, SUMS_WIDTH = 112, 28, 72
BAR_HEIGHT, HEAD_HEIGHT = 16, 26


@dataclass(frozen=True)
class SalesChart(Chart):
    """The won value of each month or quarter."""

    rows: tuple[Row, ...]
    currency: str
    across = True

    def draw(self, area: Area, style: Style) -> list[Mark]:
        axes = plot(area, style, style.px(AXIS_WIDTH), style.px(14), style.px(VALUE_HEIGHT))
        values = [row.values["won_value"] for row in self.rows]
        scale(axes, max((float(value.amount) for value in values), default=0), self._amounts)
        label_periods(axes, style, [row.values["period"] for row in self.rows])
        marks = [self._bar(axes, style, index, row) for index, row in enumerate(self.rows)]
        some = [(at, float(value.amount), format.money_short(value)) for at, value in enumerate(values) if value.minor]
        write_values(axes, style, "micro", some, LABEL_ROOM)
        return marks

    def _amounts(self, ticks: list[float]) -> list[str]:
        return [format.money_short(Money.of(Decimal(str(tick)), self.currency), whole=True) for tick in ticks]

    def _bar(self, axes: Axes, style: Style, index: int, row: Row) -> Mark:
        value, won = row.values["won_value"], row.values["won"]
        height = float(value.amount)
        bar = block(axes, (index - COLUMN / 2, 0), COLUMN, height, style.hex("chart1"))
        words = filled(
            tr("%1: %2 from %3 won deals"), period_long(row.values["period"]), format.money(value),
            format.count_text(won),
        )  # fmt: skip
        assert row.part is not None
        return Mark(bar, words, row.part, value, "amount")


@dataclass(frozen=True)
class PipelineChart(Chart):
    """The value of the open deals in each stage, its weighted part first."""

    rows: tuple[Row, ...]
    across = False

    def draw(self, area: Area, style: Style) -> list[Mark]:
        axes = sheet(area, style, style.mirrored)
        keys = [Key(tr("Weighted by likelihood"), "chart1"), Key(tr("The rest of the value"), "chart1Soft")]
        left = style.px(NAMES_WIDTH + COUNTS_WIDTH)
        legend(axes, style, keys, (left, style.px(9)))
        head = style.px(HEAD_HEIGHT)
        pitch = min((style.size(area)[1] - head) / max(1, len(self.rows)), style.px(48))
        largest = max((row.values["value"].minor for row in self.rows), default=0)
        return [self._row(axes, style, row, (head + pitch * (i + 0.5), largest)) for i, row in enumerate(self.rows)]

    def _row(self, axes: Axes, style: Style, row: Row, place: tuple[float, int]) -> Mark:
        middle, largest = place
        value, weighted, count = (row.values[name] for name in ("value", "weighted", "count"))
        left, height = style.px(NAMES_WIDTH + COUNTS_WIDTH), style.px(BAR_HEIGHT)
        room = max(axes.get_xlim()) - left - style.px(SUMS_WIDTH)
        width, part = (room * sum.minor / largest if largest else 0 for sum in (value, weighted))
        top = middle - height / 2
        bar = block(axes, (left, top), width, height, style.hex("chart1Soft"))
        block(axes, (left, top), part, height, style.hex("chart1"))
        if 0 < part < width:
            block(axes, (left + part, top), 2, height, style.hex("card"))
        near, far = ("right", "left") if style.mirrored else ("left", "right")
        quiet = style.text("small", "textSecondary")
        sum_words = format.money_short(value)
        axes.text(0, middle, row.values["stage"], ha=near, va="center", clip_on=True, **style.text("small"))
        axes.text(left - style.px(14), middle, format.count_text(count), ha=far, va="center", **quiet)
        axes.text(left + width + style.px(8), middle, sum_words, ha=near, va="center", **style.text("smallStrong"))
        words = filled(
            tr("%1: %2 in %3 open deals, %4 weighted"), row.values["stage"], format.money(value),
            format.count_text(count), format.money(weighted),
        )  # fmt: skip
        return Mark(bar, words, row.filter, value, "amount")
