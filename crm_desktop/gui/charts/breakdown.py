"""The parts of a whole as bars from one edge, each with its name, its number and what it is worth."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from matplotlib.axes import Axes
from matplotlib.text import Text

from crm_desktop.gui import format
from crm_desktop.gui.charts.bars import Bar
from crm_desktop.gui.charts.drawing import Chart, Key, Mark, block, legend, sheet
from crm_desktop.gui.charts.style import DPI, Area, Style
from crm_desktop.gui.language import filled, tr

BAR_HEIGHT, HEAD_HEIGHT, FOOT_HEIGHT = 16, 26, 18
LEAST, MOST = 22, 48  # pixels from bar to bar
NAMES_SHARE = 0.36  # of the width, that names take at most
GAP = 8


class _Columns(NamedTuple):
    """Where the columns stand, in pixels from the near edge."""

    names: float  # the width that names may take
    left: float  # where bars begin
    room: float  # the width of the longest bar
    longest: float  # what it is worth


@dataclass(frozen=True)
class BreakdownChart(Chart):
    """As many bars as can be read, the first `of` so many; of the others it says how many they are."""

    bars: tuple[Bar, ...]
    keys: tuple[Key, ...] = ()
    of: int = 0
    across = False

    def draw(self, area: Area, style: Style) -> list[Mark]:
        axes = sheet(area, style, style.mirrored)
        height = style.size(area)[1]
        head = style.px(HEAD_HEIGHT) if self.keys else 0
        shown, pitch = self._fitting(style, height - head)
        columns = _columns(axes, style, shown)
        if self.keys:
            legend(axes, style, self.keys, (columns.left, style.px(9)))
        marks = [_draw(axes, style, bar, columns, head + pitch * (at + 0.5)) for at, bar in enumerate(shown)]
        if more := max(self.of, len(self.bars)) - len(shown):
            words = filled(tr("%1 more in the table"), format.count_text(more))
            near = "right" if style.mirrored else "left"
            foot = height - style.px(FOOT_HEIGHT) / 2
            axes.text(columns.left, foot, words, ha=near, va="center", **style.text("micro", "textSecondary"))
        return marks

    def _fitting(self, style: Style, room: float) -> tuple[tuple[Bar, ...], float]:
        """The bars for which there is room, and the pixels from one to the next."""
        least, count = style.px(LEAST), max(self.of, len(self.bars))
        if count * least <= room:
            return self.bars, min(room / max(1, count), style.px(MOST))
        room -= style.px(FOOT_HEIGHT)
        fits = max(1, int(room // least))
        return self.bars[:fits], room / fits


def _columns(axes: Axes, style: Style, bars: tuple[Bar, ...]) -> _Columns:
    """As wide as the words in them, names within reason."""
    quiet, strong = style.text("small", "textSecondary"), style.text("smallStrong")
    gap, width = style.px(GAP), max(axes.get_xlim())
    names = min(_widest(axes, (bar.name for bar in bars), style.text("small")), width * NAMES_SHARE)
    left = names + 2 * gap + _widest(axes, (bar.count for bar in bars), quiet) + 2 * gap
    ends = [
        _widest(axes, [bar.label], strong) + _widest(axes, [bar.note], quiet) + gap * (1 + bool(bar.note))
        for bar in bars
    ]
    room = max(width - left - max(ends, default=0), gap)
    return _Columns(names, left, room, max((bar.length for bar in bars), default=0))


def _draw(axes: Axes, style: Style, bar: Bar, columns: _Columns, middle: float) -> Mark:
    gap, height = style.px(GAP), style.px(BAR_HEIGHT)
    near, far = ("right", "left") if style.mirrored else ("left", "right")
    each = columns.room / columns.longest if columns.longest > 0 else 0
    length, part = (each * max(0, size) for size in (bar.length, bar.length if bar.part is None else bar.part))
    left, top = columns.left, middle - height / 2
    patch = block(axes, (left, top), length, height, style.hex("chart1" if bar.part is None else "chart1Soft"))
    if bar.part is not None:
        block(axes, (left, top), part, height, style.hex("chart1"))
        if 0 < part < length:
            block(axes, (left + part, top), 2, height, style.hex("card"))
    quiet = style.text("small", "textSecondary")
    _cut(axes.text(0, middle, bar.name, ha=near, va="center", **style.text("small")), columns.names)
    axes.text(left - 2 * gap, middle, bar.count, ha=far, va="center", **quiet)
    end = left + length + gap
    label = axes.text(end, middle, bar.label, ha=near, va="center", **style.text("smallStrong"))
    after = end + _width(label) + gap * bool(bar.label)
    axes.text(after, middle, bar.note, ha=near, va="center", **quiet)
    return Mark(patch, bar.words, bar.filter, bar.value, bar.measure)


def _cut(text: Text, room: float) -> None:
    """Shorten a text until it fits."""
    words, width = text.get_text(), _width(text)
    if width > room + 1:
        words = words[: round(len(words) * room / width) + 3]
    while len(words) > 1 and _width(text) > room + 1:
        words = words[:-1].rstrip()
        text.set_text(f"{words}…")


def _widest(axes: Axes, words: Iterable[str], look: dict[str, Any]) -> float:
    """The width of the widest of some texts in a look."""
    text = axes.text(0, 0, "", **look)
    found = [0.0]
    for each in words:
        text.set_text(each)
        found.append(_width(text))
    text.remove()
    return max(found)


def _width(text: Text) -> float:
    """In pixels of the design."""
    figure = text.get_figure(root=True)
    assert figure is not None
    return float(text.get_window_extent().width / figure.dpi * DPI) if text.get_text() else 0
