"""The look of charts: matplotlib's settings, made of the theme's tokens."""

import logging
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cache
from typing import Any

import matplotlib
from matplotlib import font_manager
from matplotlib.figure import Figure, SubFigure

from crm_desktop import paths
from crm_desktop.gui.fonts import FAMILY
from crm_desktop.gui.theme import Theme

Area = Figure | SubFigure
"""Where a chart is drawn: a whole figure or a part of one."""

DPI = 72
"""At this resolution a point of matplotlib is a pixel of the design; screens and pictures multiply it."""

# Scripts that Inter lacks, as the systems bring them; the last one comes with matplotlib.
_OTHER_SCRIPTS = (
    "Segoe UI", "Geneva", "Microsoft YaHei", "PingFang SC", "Yu Gothic", "Hiragino Sans", "Malgun Gothic",
    "Noto Sans CJK SC", "Noto Sans Arabic", "DejaVu Sans",
)  # fmt: skip


# Fonts of other scripts lack some weights; taking the nearest is right and no news.
logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)


@cache
def _families() -> list[str]:
    for path in sorted(paths.resource("fonts").glob("*.ttf")):
        font_manager.fontManager.addfont(path)
    known = set(font_manager.fontManager.get_font_names())
    return [family for family in (FAMILY, *_OTHER_SCRIPTS) if family in known]


@dataclass(frozen=True)
class Style:
    """What a drawing asks for: colours by token, sizes in pixels of the design, the direction of reading."""

    theme: Theme
    mirrored: bool = False

    def hex(self, token: str) -> str:
        """A colour token as "#RRGGBB"."""
        return self.theme.hex(token)

    def px(self, pixels: float) -> int:
        """Pixels of the design at the chosen text size."""
        return self.theme.px(pixels)

    def text(self, role: str, tone: str = "text") -> dict[str, Any]:
        """A type role in a colour token, as keywords of `Axes.text`."""
        size, weight = self.theme.type(role)
        return {"fontsize": size, "fontweight": weight, "color": self.hex(tone)}

    def size(self, area: Area) -> tuple[float, float]:
        """Width and height in pixels of the design."""
        return area.bbox.width / area.dpi * DPI, area.bbox.height / area.dpi * DPI

    def worn(self) -> AbstractContextManager[None]:
        """Settings that hold while something is drawn."""
        settings: Any = self._settings()
        return matplotlib.rc_context(settings)

    def _settings(self) -> dict[str, Any]:
        card, quiet = self.hex("card"), self.hex("textSecondary")
        small = self.theme.type("small")[0]
        return {
            "figure.facecolor": card,
            "savefig.facecolor": card,
            "axes.facecolor": "none",
            "axes.edgecolor": self.hex("border"),
            "axes.labelcolor": quiet,
            "axes.grid": False,
            "axes.axisbelow": True,
            "grid.color": self.hex("divider"),
            "grid.linewidth": 1,
            "text.color": self.hex("text"),
            "text.parse_math": False,
            "xtick.color": quiet,
            "ytick.color": quiet,
            "xtick.labelsize": small,
            "ytick.labelsize": small,
            "font.family": _families(),
            "font.size": small,
            "patch.linewidth": 0,
            "hatch.linewidth": 1.2,
            "text.hinting": "none",
            "svg.fonttype": "none",
        }
