"""The sales funnel: how many reach each step, as bars from one left edge, with the share that goes on between."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from matplotlib.axes import Axes

from crm_desktop.domain.figures import Row
from crm_desktop.gui import format
from crm_desktop.gui.charts.drawing import Chart, Mark, block, sheet
from crm_desktop.gui.charts.style import Area, Style
from crm_desktop.gui.charts.words import stage_name, step_name
from crm_desktop.gui.language import filled, tr

NAMES_WIDTH, SHARES_WIDTH = 128, 118  # pixels left and right of the bars
BAR_HEIGHT = 27


@dataclass(frozen=True)
class FunnelChart(Chart):
    """`weakest` is the step after which most are missing, `usual` the share that usually goes on from each step."""

    rows: tuple[Row, ...]
    weakest: str | None = None
    usual: Mapping[str, float] = field(default_factory=dict)
    across = False

    def draw(self, area: Area, style: Style) -> list[Mark]:
        axes = sheet(area, style, style.mirrored)
        height = style.size(area)[1]
        bar = style.px(BAR_HEIGHT)
        pitch = (height - bar) / max(1, len(self.rows) - 1)
        bar = min(bar, round(pitch * 0.52)) if len(self.rows) > 1 else bar
        marks = []
        for index, row in enumerate(self.rows):
            top = round(index * pitch)
            marks.append(self._bar(axes, style, row, (top, bar)))
            if index + 1 < len(self.rows):
                self._conversion(axes, style, row, (top + bar + round(index * pitch + pitch)) / 2)
        return marks

    def _bar(self, axes: Axes, style: Style, row: Row, place: tuple[float, float]) -> Mark:
        top, height = place
        width = max(axes.get_xlim())
        left = style.px(NAMES_WIDTH)
        track = width - left - style.px(SHARES_WIDTH)
        share = row.values["rate_total"] or 0
        block(axes, (left, top), track, height, style.hex("sunken"))
        bar = block(axes, (left, top), track * share, height, style.hex("chart1"))
        near, far = ("right", "left") if style.mirrored else ("left", "right")
        middle, shift = top + height / 2, style.px(8)
        step, stage = step_name(row.values["step"]), stage_name(row.values["stage"])
        count = row.values["count"]
        axes.text(0, middle - shift, step, ha=near, va="center", **style.text("bodyStrong"))
        axes.text(0, middle + shift, stage, ha=near, va="center", **style.text("micro", "textSecondary"))
        number = format.count_text(count)
        axes.text(left + track * share + shift, middle, number, ha=near, va="center", **style.text("bodyStrong"))
        of_all = format.percent(row.values["rate_total"])
        axes.text(width, middle, of_all, ha=far, va="center", **style.text("body", "textSecondary"))
        words = filled(tr("%1, %2: %3, %4 of all leads"), step, stage, number, of_all)
        return Mark(bar, words, row.filter, count)

    def _conversion(self, axes: Axes, style: Style, row: Row, middle: float) -> None:
        step = row.values["step"]
        left = style.px(NAMES_WIDTH + 2)
        near = "right" if style.mirrored else "left"
        share = filled(tr("↓ %1"), format.percent(row.values["rate_next"]))
        if step != self.weakest:
            axes.text(left, middle, share, ha=near, va="center", **style.text("micro", "textSecondary"))
            return
        axes.text(left, middle, share, ha=near, va="center", **style.text("tagStrong", "warn"))
        words = tr("weakest step")
        if step in self.usual:
            words = filled(tr("weakest step · usual %1"), format.percent(self.usual[step]))
        axes.text(left + style.px(48), middle, words, ha=near, va="center", **style.text("micro", "warn"))
