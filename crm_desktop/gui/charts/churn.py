"""The churn rate month by month, against its target."""

from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from crm_desktop.domain.figures import Row
from crm_desktop.gui import format
from crm_desktop.gui.charts.columns import COLUMN, label_periods, plot, scale, write_values
from crm_desktop.gui.charts.drawing import Chart, Key, Mark, block, hatched, legend, sheet
from crm_desktop.gui.charts.style import Area, Style
from crm_desktop.gui.charts.words import period_long
from crm_desktop.gui.language import filled, tr

AXIS_WIDTH, TARGET_WIDTH, LEGEND_HEIGHT = 44, 72, 30
LABEL_ROOM = 24  # pixels that a column needs to carry its value; else only the highest does
_STRIPES = "///"


def _percents(ticks: list[float]) -> list[str]:
    """Only the highest carries the sign."""
    places = 0 if all(round(tick, 6).is_integer() for tick in ticks) else 1
    words = [format.number(tick, places) for tick in ticks[:-1]]
    return [*words, format.percent(ticks[-1] / 100, places)]


@dataclass(frozen=True)
class ChurnChart(Chart):
    """A bar opens who left in its month. Customers without dates form one bar where no month is known."""

    rows: tuple[Row, ...]
    target: float
    across = True

    @property
    def shown(self) -> list[Row]:
        """The months with a rate; the customers without dates only where there are none."""
        dated = [row for row in self.rows if row.values["period"] is not None]
        return [row for row in dated or self.rows if row.values["churn_rate"] is not None]

    def draw(self, area: Area, style: Style) -> list[Mark]:
        rows = self.shown
        legend(sheet(area, style), style, self._keys(rows), (style.px(AXIS_WIDTH), style.px(9)))
        axes = plot(area, style, style.px(AXIS_WIDTH), style.px(TARGET_WIDTH), style.px(LEGEND_HEIGHT + 10))
        rates = [row.values["churn_rate"] for row in rows]
        averages = [row.values.get("average") for row in rows]
        highest = max([self.target, *rates, *(average for average in averages if average)])
        scale(axes, highest * 100, _percents)
        label_periods(axes, style, [row.values["period"] for row in rows])
        marks = [self._bar(axes, style, index, row) for index, row in enumerate(rows)]
        over = [(at, rate * 100, format.number(rate * 100, 1)) for at, rate in enumerate(rates) if rate > self.target]
        write_values(axes, style, "tagStrong", over, LABEL_ROOM)
        self._average(axes, style, averages)
        self._target(axes, style)
        return marks

    def _keys(self, rows: list[Row]) -> list[Key]:
        keys = [Key(tr("Month") if rows and rows[0].values["period"] else tr("Customers without dates"), "chart1Soft")]
        if any(row.values["churn_rate"] > self.target for row in rows):
            keys.append(Key(tr("Over target"), "chart2"))
        if any(row.values.get("provisional") for row in rows):
            keys.append(Key(tr("May still rise"), "chart1Soft", hatch=_STRIPES))
        if len([row for row in rows if row.values.get("average") is not None]) > 1:
            keys.append(Key(tr("3-month average"), "chart3", line=True))
        return keys

    def _bar(self, axes: Axes, style: Style, index: int, row: Row) -> Mark:
        rate, lost, active = (row.values[name] for name in ("churn_rate", "lost", "active_at_start"))
        over = rate > self.target
        box = (index - COLUMN / 2, 0), COLUMN, rate * 100
        bar = block(axes, *box, style.hex("chart2" if over else "chart1Soft"))
        if row.values.get("provisional"):
            axes.add_patch(hatched(Rectangle(*box), style, _STRIPES))
        words = filled(
            tr("%1: %2, %3 of %4 customers left"), period_long(row.values["period"]), format.percent(rate, 1),
            format.count_text(lost), format.count_text(active),
        )  # fmt: skip
        assert row.part is not None
        return Mark(bar, words, row.part, lost)

    def _average(self, axes: Axes, style: Style, averages: list[float | None]) -> None:
        known = [(index, average * 100) for index, average in enumerate(averages) if average is not None]
        if len(known) > 1:
            xs, ys = zip(*known, strict=True)
            axes.plot(xs, ys, color=style.hex("chart3"), linewidth=2, solid_joinstyle="round", zorder=3)

    def _target(self, axes: Axes, style: Style) -> None:
        colour = style.hex("textSecondary")
        axes.axhline(self.target * 100, color=colour, linewidth=1, dashes=(4, 3), zorder=2.5)
        places = 0 if round(self.target * 100, 6).is_integer() else 1
        words = filled(tr("Target %1"), format.percent(self.target, places))
        end, look = (axes.get_xlim()[1], self.target * 100), style.text("micro", "textSecondary")
        axes.annotate(
            words, end, (style.px(7), 0), textcoords="offset points", va="center", annotation_clip=False, **look
        )  # fmt: skip
