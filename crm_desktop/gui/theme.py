"""Colours, type and sizes of `tokens.json` as Qt objects, in light and dark, at any text size."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, QTemporaryDir, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from crm_desktop.gui.fonts import FAMILY

SCALES = (90, 160)

# Floating bars are dark in the light theme and raised in the dark one.
_ALIASES = {"onFloat": ("surface", "text"), "floatFill": ("text", "raised")}
# Roles the mock-ups use beside those listed in tokens.json: pixels and weight.
_MORE_ROLES = {"smallMedium": (12, 500), "smallStrong": (12, 600), "tagStrong": (11, 600), "bodyMedium": (13, 500)}
# With high contrast every edge is that of an input, every text is full and nothing is softly filled.
_STRONG = {
    "border": "borderControl", "divider": "borderControl", "textSecondary": "text", "textMuted": "text",
    "accentSoft": "surface", "okSoft": "surface", "warnSoft": "surface", "badSoft": "surface",
    "violetSoft": "surface", "neutralSoft": "surface", "warnTint": "surface", "warnLine": "borderControl",
}  # fmt: skip
_PALETTE = {
    QPalette.ColorRole.Window: "canvas",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "sunken",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "onAccent",
    QPalette.ColorRole.Light: "raised",
    QPalette.ColorRole.Midlight: "divider",
    QPalette.ColorRole.Mid: "border",
    QPalette.ColorRole.Dark: "borderControl",
    QPalette.ColorRole.Shadow: "borderControl",
    QPalette.ColorRole.Highlight: "selected",
    QPalette.ColorRole.HighlightedText: "text",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Link: "accentText",
    QPalette.ColorRole.LinkVisited: "accentText",
    QPalette.ColorRole.ToolTipBase: "raised",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.PlaceholderText: "textMuted",
}
_WHEN_DISABLED = (
    QPalette.ColorRole.WindowText,
    QPalette.ColorRole.Text,
    QPalette.ColorRole.ButtonText,
    QPalette.ColorRole.PlaceholderText,
)


def read_tokens(path: Path) -> dict[str, Any]:
    """The tokens as they lie in the file."""
    tokens: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return tokens


@dataclass(frozen=True)
class Theme:
    """One look: light or dark tokens at one text size (percent). Never changes; a change makes a new one."""

    tokens: dict[str, Any]
    dark: bool = False
    scale: int = 100
    family: str = FAMILY
    strong: bool = False  # the system asks for high contrast
    _colors: dict[str, QColor] = field(default_factory=dict, repr=False, compare=False)
    _fonts: dict[tuple[str, bool], QFont] = field(default_factory=dict, repr=False, compare=False)

    @property
    def name(self) -> str:
        """Key of this look in the tokens: "light" or "dark"."""
        return "dark" if self.dark else "light"

    def hex(self, name: str) -> str:
        """The colour token as "#RRGGBB"."""
        return self._token(name).split(" ")[0]

    def color(self, name: str) -> QColor:
        """The colour token `name`; `scrim` comes with its transparency."""
        found = self._colors.get(name)
        if found is None:
            value = self._token(name)
            found = QColor(value.split(" ")[0])
            share = re.search(r"(\d+) %", value)
            if share:
                found.setAlphaF(int(share[1]) / 100)
            self._colors[name] = found
        return found

    def _token(self, name: str) -> str:
        if name in _ALIASES:
            name = _ALIASES[name][self.dark]
        if self.strong:
            name = _STRONG.get(name, name)
        value: str = self.tokens["colour"][name][self.name]
        return value

    def mixed(self, name: str, share: float, into: str = "surface") -> QColor:
        """`share` (0 to 1) of one token in another, for ramps and soft fills."""
        one, other = self.color(name), self.color(into)
        return QColor.fromRgbF(*(
            share * a + (1 - share) * b
            for a, b in zip(one.getRgbF()[:3], other.getRgbF()[:3], strict=True)  # type: ignore[index]
        ))

    @cached_property
    def heat(self) -> tuple[QColor, ...]:
        """The ramp of heat maps, low to high."""
        return tuple(QColor(value) for value in self.tokens["heatmap"][self.name])

    def type(self, role: str) -> tuple[int, int]:
        """Scaled pixels and weight of a type role."""
        size, weight = _MORE_ROLES.get(role) or self.tokens["type"]["px"][role]
        return self.px(size), weight

    def font(self, role: str, tabular: bool = False) -> QFont:
        """The font of a type role; `tabular` gives figures of one width, for columns of numbers."""
        found = self._fonts.get((role, tabular))
        if found is None:
            size, weight = self.type(role)
            found = QFont(self.family)
            found.setPixelSize(size)
            found.setWeight(QFont.Weight(weight))
            if tabular:
                found.setFeature(QFont.Tag("tnum"), 1)
            self._fonts[(role, tabular)] = found
        return found

    def px(self, pixels: float) -> int:
        """`pixels` of the design at the chosen text size."""
        return round(pixels * self.scale / 100)

    def size(self, name: str) -> int:
        """A named size of the design, scaled."""
        return self.px(self.tokens["size"][name])

    def radius(self, name: str) -> int:
        """Corner radius; does not grow with the text."""
        value: int = self.tokens["radius"][name]
        return value

    def row_height(self, density: str, lines: int = 1) -> int:
        """Height of a table row of one or two lines in "compact", "normal" or "comfortable"."""
        return self.px(self.tokens["rowHeight"][density]["oneLine" if lines == 1 else "twoLine"])

    def palette(self) -> QPalette:
        """Everything a plain Qt widget needs to look right."""
        palette = QPalette()
        for role, name in _PALETTE.items():
            palette.setColor(role, self.color(name))
        for role in _WHEN_DISABLED:
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.color("disabled"))
        return palette

    def fill(self, template: str, glyph: Callable[[str, str], str]) -> str:
        """A style sheet from its template: `@token`, `@px(n)`, `@font(role)`, `@glyph(icon.token)` are replaced.

        `glyph` answers the path of an icon file in a colour.
        """

        def value(match: re.Match[str]) -> str:
            name, argument = match[1], match[2] or ""
            if name == "px":
                return f"{self.px(float(argument))}px"
            if name == "font":
                size, weight = self.type(argument)
                return f"font-size: {size}px; font-weight: {weight}"
            if name == "glyph":
                icon, _, colour = argument.partition(".")
                return glyph(icon, self.hex(colour))
            return self.hex(name)

        return re.sub(r"@(\w+)(?:\(([\w.-]+)\))?", value, template)


class ThemeManager(QObject):
    """The theme in use. `changed` comes after the application wears the new one."""

    changed = Signal()

    def __init__(self, styles: Path, family: str = FAMILY, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._icons = styles.parent / "icons"
        self._glyphs = QTemporaryDir()
        self._template = (styles / "app.qss").read_text(encoding="utf-8")
        self._mode = "system"
        self.reduced_motion = False
        self.current = Theme(read_tokens(styles / "tokens.json"), family=family)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.screenAdded.connect(self._wear_again)
        hints = app.styleHints()
        hints.colorSchemeChanged.connect(self._follow_system)
        if hasattr(hints, "accessibility"):  # from Qt 6.10 on
            hints.accessibility().contrastPreferenceChanged.connect(self._wear_again)

    @property
    def mode(self) -> str:
        """What the user chose: light, dark or like the system."""
        return self._mode

    def apply(self, mode: str | None = None, scale: int | None = None, family: str | None = None) -> None:
        """Wear a look: "light", "dark" or "system"; what is not given stays.

        Text sizes outside 90 to 160 percent are brought inside.
        """
        self._mode = mode or self._mode
        size = self.current.scale if scale is None else max(SCALES[0], min(SCALES[1], scale))
        family = family or self.current.family
        theme = Theme(self.current.tokens, self._wants_dark(), size, family, self._wants_contrast())
        self.current = theme
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        # Native title bars follow only this; where the system does not know it, our palette is enough.
        app.styleHints().setColorScheme(_SCHEMES[self._mode])
        app.setPalette(theme.palette())
        app.setFont(theme.font("body"))
        app.setStyleSheet(theme.fill(self._template, self._glyph))
        self.changed.emit()

    def motion(self, name: str) -> int:
        """Milliseconds of a named motion, 0 when the user wants none."""
        return 0 if self.reduced_motion else int(self.current.tokens["motion"][name])

    def _glyph(self, icon: str, colour: str) -> str:
        # Style sheets take pictures from files only.
        path = Path(self._glyphs.filePath(f"{icon}{colour.replace('#', '-')}.svg"))
        svg = (self._icons / f"{icon}.svg").read_text(encoding="utf-8")
        path.write_text(svg.replace("currentColor", colour), encoding="utf-8")
        return path.as_posix()

    def _wants_dark(self) -> bool:
        if self._mode == "system":
            return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return self._mode == "dark"

    def _wants_contrast(self) -> bool:
        hints = QGuiApplication.styleHints()
        if not hasattr(hints, "accessibility"):
            return False
        return hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast

    def _wear_again(self) -> None:
        self.apply()

    def _follow_system(self) -> None:
        if self._mode == "system" and self._wants_dark() != self.current.dark:
            self.apply()


_SCHEMES: dict[str, Qt.ColorScheme] = {
    "light": Qt.ColorScheme.Light,
    "dark": Qt.ColorScheme.Dark,
    "system": Qt.ColorScheme.Unknown,
}


def fusion(app: QApplication) -> None:
    """One style on every system, so that one set of pictures holds."""
    app.setStyle("Fusion")
