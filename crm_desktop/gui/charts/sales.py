"""Money won over time."""

from dataclasses import dataclass
from decimal import Decimal

from matplotlib.axes import Axes

from crm_desktop.domain.figures import Row
from crm_desktop.domain.money import Money
from crm_desktop.gui import format
from crm_desktop.gui.charts.columns import COLUMN, label_periods, plot, scale, write_values
from crm_desktop.gui.charts.drawing import Chart, Mark, block
from crm_desktop.gui.charts.style import Area, Style
from crm_desktop.gui.charts.words import period_long
from crm_desktop.gui.language import filled, tr

AXIS_WIDTH, VALUE_HEIGHT = 52, 18
LABEL_ROOM = 40  # pixels that a column needs to carry its value; else only the highest does


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
