"""What every chart is: a drawing whose marks each stand for records."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.offsetbox import AnnotationBbox, DrawingArea, HPacker, TextArea
from matplotlib.patches import Rectangle

from crm_desktop.domain.filter import Filter
from crm_desktop.domain.money import Money
from crm_desktop.gui.charts.style import Area, Style


@dataclass(frozen=True)
class Mark:
    """One drawn thing that stands for the records of `filter`.

    `value` is what it shows of them: their number, or the sum of the money field `measure`. `words` say it.
    """

    patch: Rectangle
    words: str
    filter: Filter
    value: int | Money
    measure: str = "count"


class Chart(ABC):
    """A chart of some rows. `across`: its marks stand beside each other, else below each other."""

    across: ClassVar[bool]

    @abstractmethod
    def draw(self, area: Area, style: Style) -> list[Mark]:
        """Draw into an empty figure or part of one; answers the marks in their order."""


class Key(NamedTuple):
    """An entry of a legend: its words, its colour token, and whether it is a line."""

    words: str
    token: str
    line: bool = False
    hatch: str = ""


def sheet(area: Area, style: Style, mirrored: bool = False) -> Axes:
    """Axes over the whole area whose units are pixels of the design, from the upper left (mirrored: right) corner."""
    width, height = style.size(area)
    axes = area.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(*((width, 0) if mirrored else (0, width)))
    axes.set_ylim(height, 0)
    return axes


def block(axes: Axes, corner: tuple[float, float], width: float, height: float, colour: str) -> Rectangle:
    """A filled rectangle, `corner` being the one with the least coordinates."""
    patch = Rectangle(corner, width, height, color=colour)
    axes.add_patch(patch)
    return patch


def legend(axes: Axes, style: Style, keys: Sequence[Key], at: tuple[float, float]) -> None:
    """The keys in a row, the first at a place of a sheet."""
    entries: list[Artist] = [
        HPacker(
            children=[_swatch(style, key), TextArea(key.words, textprops=style.text("micro", "textSecondary"))],
            pad=0, sep=style.px(6), align="center",
        )
        for key in keys
    ]  # fmt: skip
    mirrored = axes.xaxis_inverted()
    row = HPacker(children=entries[::-1] if mirrored else entries, pad=0, sep=style.px(16), align="center")
    axes.add_artist(AnnotationBbox(row, at, box_alignment=(int(mirrored), 0.5), frameon=False, pad=0))


def _swatch(style: Style, key: Key) -> DrawingArea:
    side = style.px(9)
    width = style.px(16) if key.line else side
    area = DrawingArea(width, side)
    colour = style.hex(key.token)
    if key.line:
        area.add_artist(Line2D((0, width), (side / 2, side / 2), color=colour, linewidth=2))
    else:
        area.add_artist(Rectangle((0, 0), side, side, color=colour))
        if key.hatch:
            area.add_artist(hatched(Rectangle((0, 0), side, side), style, key.hatch))
    return area


def hatched(patch: Rectangle, style: Style, hatch: str) -> Rectangle:
    """Stripes of the ground over a patch: what it shows may still change."""
    patch.set(facecolor="none", edgecolor=style.hex("card"), hatch=hatch, linewidth=0)
    return patch
