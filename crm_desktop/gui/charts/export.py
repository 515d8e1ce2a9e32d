"""A chart as a file: a picture in the light theme with its title."""

from dataclasses import dataclass, replace
from pathlib import Path

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from crm_desktop.errors import explaining
from crm_desktop.gui.charts.drawing import Chart, sheet
from crm_desktop.gui.charts.style import DPI, Style
from crm_desktop.gui.theme import Theme

SIZE = (720, 420)  # pixels of the design
HEAD, MARGIN = 68, 20
SHARPNESS = 2  # a picture has so many pixels for each of the design


@dataclass(frozen=True)
class Caption:
    """What stands above a chart that has left its card."""

    title: str
    sentence: str = ""


def picture(chart: Chart, caption: Caption, theme: Theme, mirrored: bool = False) -> Figure:
    """The chart with its caption as a figure of its own, always in the light theme and normal text size."""
    style = Style(replace(theme, dark=False, scale=100), mirrored)
    width, height = SIZE
    with style.worn():
        figure = Figure(figsize=(width / DPI, height / DPI), dpi=DPI)
        FigureCanvasAgg(figure)
        axes = sheet(figure, style, mirrored)
        near = "right" if mirrored else "left"
        axes.text(MARGIN, 24, caption.title, ha=near, va="center", **style.text("cardTitle"))
        axes.text(MARGIN, 44, caption.sentence, ha=near, va="center", **style.text("small", "textSecondary"))
        rows, columns = (HEAD, height - HEAD - MARGIN, MARGIN), (MARGIN, width - 2 * MARGIN, MARGIN)
        grid = figure.add_gridspec(3, 3, wspace=0, hspace=0, height_ratios=rows, width_ratios=columns)
        chart.draw(figure.add_subfigure(grid[1, 1]), style)
    return figure


def save(figure: Figure, path: Path, theme: Theme) -> None:
    """Write the figure as PNG or SVG, as the ending of the name says."""
    with Style(theme).worn(), explaining(path):
        figure.savefig(path, dpi=DPI * SHARPNESS, facecolor=figure.get_facecolor())
