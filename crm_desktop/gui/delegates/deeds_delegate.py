"""How an action, or a record in the bin, looks in a list."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from crm_desktop.gui import icons, paint
from crm_desktop.gui.delegates.line_delegate import Index, LineDelegate

SHOWN = Qt.ItemDataRole.UserRole + 1
_PAD, _DISC, _WHEN_WIDTH, _ROOM = 20, 28, 120, 180


@dataclass(frozen=True)
class Shown:
    """One line: an icon, what it is, more about it, when, and its state in a pill; `off` is what no longer counts."""

    icon: str
    title: str
    words: str
    when: str
    state: str = ""
    off: bool = False

    @property
    def sentence(self) -> str:
        """The whole line for screen readers."""
        return ", ".join(part for part in (self.title, self.words, self.when, self.state) if part)


class DeedsDelegate(LineDelegate):
    """Draws what a model answers for SHOWN."""

    def draw(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, line = self._theme.current, index.data(SHOWN)
        px, across, place = theme.px, option.rect.width(), partial(self.place, option)
        off = line.off
        disc = place(_PAD, px(12), px(_DISC), px(_DISC))
        paint.panel(painter, disc, theme.color("neutralSoft" if off else "accentSoft"), None, disc.width() / 2)
        inner = disc.adjusted(px(6), px(6), -px(6), -px(6))
        icons.draw(painter, line.icon, theme.color("textMuted" if off else "accentText"), inner)
        left = _PAD + px(_DISC) + px(12)
        quiet = theme.font("small", tabular=True)
        when_width = max(px(_WHEN_WIDTH), paint.width_of(line.when, quiet) + 2)
        right = when_width + px(12) + _PAD
        room = across - left - right
        words, when = line.words, line.when
        if room < px(_ROOM):  # where it is narrow the time stands before the words
            right, words, when = _PAD, " · ".join(filter(None, (line.when, line.words))), ""
            room = across - left - right
        if line.state:
            width = paint.pill_width(line.state, theme)
            room -= width + px(12)
            pill = place(across - right - width, px(15), width, px(22))
            paint.pill(painter, pill, line.state, theme, "neutral")
        first = theme.color("textSecondary" if off else "text")
        top = px(8 if words else 17)
        paint.text(painter, place(left, top, room, px(18)), line.title, theme.font("bodyStrong"), first)
        paint.text(painter, place(left, px(27), room, px(17)), words, theme.font("small"), theme.color("textSecondary"))
        there = place(across - right + px(12), px(15), when_width, px(22))
        paint.text(painter, there, when, quiet, theme.color("textMuted"))
