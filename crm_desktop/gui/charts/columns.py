"""What charts over time share: a plot with a zero baseline, few grid lines and a label below each column."""

from collections.abc import Callable, Sequence

from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke

from crm_desktop.domain.periods import Period
from crm_desktop.gui.charts.style import DPI, Area, Style
from crm_desktop.gui.charts.words import period_short

COLUMN = 0.62  # share of its place that a column takes
_STEPS = (1, 2, 2.5, 5, 10)
_LABEL_ROOM = (34, 52)  # pixels that a label needs without and with its year


def plot(area: Area, style: Style, left: float, right: float, top: float) -> Axes:
    """Axes with fixed margins in pixels of the design; below there is room for the labels."""
    width, height = style.size(area)
    foot = style.px(26)
    box = (left / width, foot / height, (width - left - right) / width, (height - top - foot) / height)
    axes = area.add_axes(box)
    for side in ("left", "right", "top"):
        axes.spines[side].set_visible(False)
    axes.tick_params(length=0, pad=style.px(6))
    return axes


def scale(axes: Axes, highest: float, words: Callable[[list[float]], list[str]], lines: int = 4) -> None:
    """Round steps from zero to above the highest value, in at most so many grid lines."""
    step = _step(highest / lines) if highest > 0 else 1.0
    count = max(1, -int(-(highest / step - 1e-9) // 1))
    ticks = [step * index for index in range(count + 1)]
    axes.set_ylim(0, max(ticks[-1], highest) * 1.08)
    axes.set_yticks(ticks, words(ticks))
    axes.yaxis.grid(True)


def _step(least: float) -> float:
    size = 1.0
    while size > least:
        size /= 10
    while size * 10 <= least:
        size *= 10
    return next(size * factor for factor in _STEPS if size * factor >= least - 1e-12)


def column_width(axes: Axes) -> float:
    """Pixels of the design from column to column, once the periods are labelled."""
    low, high = axes.get_xlim()
    return axes.get_window_extent().width / axes.figure.dpi * DPI / (high - low)


def write_values(axes: Axes, style: Style, role: str, values: Sequence[tuple[int, float, str]], room: int) -> None:
    """Write words above columns, given with their heights; above the highest alone where a column has no `room`.

    A line that crosses them leaves them readable.
    """
    highest = max((height for _, height, _ in values), default=0.0)
    each, above, look = column_width(axes) >= style.px(room), (0, style.px(4)), style.text(role)
    look |= {"zorder": 4, "path_effects": [withStroke(linewidth=style.px(3), foreground=style.hex("card"))]}
    for index, height, words in values:
        if each or height == highest:
            axes.annotate(words, (index, height), above, textcoords="offset points", ha="center", **look)


def label_periods(axes: Axes, style: Style, periods: Sequence[Period | None]) -> None:
    """The name of each period below its column; where room is short, of every second, third ..."""
    count = len(periods)
    axes.set_xlim(-0.5, max(1, count) - 0.5)
    with_year = count > 12
    every = max(1, -int(-style.px(_LABEL_ROOM[with_year]) // max(column_width(axes), 1)))
    # Counted from the end: the last period is the one people look for.
    shown = [index for index in range(count) if (count - 1 - index) % every == 0]
    axes.set_xticks(shown, [period_short(periods[index], with_year) for index in shown])
