"""One line of what belongs to a record, painted and pressed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFont, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from crm_desktop.gui import icons, paint
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.theme import Theme
from crm_desktop.gui.widgets.buttons import EnterButton
from crm_desktop.gui.widgets.menu import Menu

LEAD_WIDTH = 92
MORE = 17  # height of a second line of text
Run = Callable[[], object]


class Mark(NamedTuple):
    """A state as icon and word; `tone` is a colour of the theme. Of a `brief` one the word gives way to the text."""

    glyph: str
    words: str
    tone: str = "textMuted"
    brief: bool = False


@dataclass(frozen=True)
class Line:
    """One line. `lead` says what the text is, `detail` stands below it, `depth` indents it.

    Before it stands an icon, in the colour `tone`, or a `face` of initials; `pill` is its state, as (words, tone).
    A text that `wraps` takes a second line where it needs one.
    `run` is what Enter does; with `link` it leads to another record. `choices` are all that can be done, as (words,
    what to do).
    """

    text: str
    lead: str = ""
    detail: str = ""
    glyph: str = ""
    marks: tuple[Mark, ...] = ()
    struck: bool = False
    link: bool = False
    strong: bool = False
    wraps: bool = False
    depth: int = 0
    tone: str = "textMuted"
    face: str = ""
    pill: tuple[str, str] = ("", "")
    run: Run | None = None
    choices: tuple[tuple[str, Run], ...] = ()

    @property
    def sentence(self) -> str:
        """All of it, for screen readers."""
        head = f"{self.lead}: {self.text}" if self.lead else self.text
        parts = (head, self.detail, self.pill[0], *(mark.words for mark in self.marks))
        return ", ".join(part for part in parts if part)


class LineButton(EnterButton):
    """A line that is pressed; `stepped` asks for the one below (1) or above (-1)."""

    stepped = Signal(int)

    def __init__(self, context: AppContext, line: Line, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = context.theme
        self.line = line
        self.setText(line.text)
        self.setToolTip(line.sentence)
        self.setAccessibleName(line.sentence)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if line.run or line.choices else Qt.FocusPolicy.NoFocus)
        tall = QSizePolicy.Policy.Minimum if line.wraps else QSizePolicy.Policy.Fixed
        room = QSizePolicy(QSizePolicy.Policy.Ignored, tall)
        room.setHeightForWidth(line.wraps)
        self.setSizePolicy(room)
        if line.run is not None:
            self.clicked.connect(line.run)
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.current.px(120), self._theme.current.px(42 if self.line.detail else 26))

    def heightForWidth(self, width: int) -> int:
        theme = self._theme.current
        return self.sizeHint().height() + theme.px(MORE) * (len(self._rows(width - self._begin() - 4)) - 1)

    def _rows(self, room: float) -> tuple[str, ...]:
        """The text as it is written below each other in so much room."""
        if not self.line.wraps:
            return (self.line.text,)
        return paint.wrapped(self.line.text, self._font(self._theme.current).key(), max(40, int(room)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        show_menu(self, self.line.choices, event.globalPos())

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, line = self._theme.current, self.line
        painter = QPainter(self)
        box = QRectF(self.rect())
        if self.underMouse() and line.run is not None:
            paint.panel(painter, box, theme.color("hover"), None, 4)
        height = theme.px(24) if line.detail else self.height()
        left = self._draw_head(painter, height)
        beside = self._draw_pill(painter)
        end, below = beside if line.face else self.width() - 4.0, beside if line.pill[0] else self.width() - 6.0
        if line.detail and not line.lead:  # the text has its line for itself
            below = self._draw_marks(painter, (height - theme.px(5), theme.px(20)), left, below, line.detail)
        else:
            end = self._draw_marks(painter, (0, height), left, end, line.text)
        colour, rows = "textMuted" if line.struck else "accentText" if line.link else "text", self._rows(end - left)
        for at, words in enumerate(rows):
            room = self._place(left, theme.px(MORE) * at, end - left, height)
            paint.text(painter, room, words, self._font(theme), theme.color(colour))
        if line.detail:
            top = height - theme.px(5) + theme.px(MORE) * (len(rows) - 1)
            place = self._place(left, top, below - left, theme.px(20))
            paint.text(painter, place, line.detail, theme.font("small"), theme.color("textMuted"))
        if self.hasFocus():
            paint.focus_ring(painter, box, theme, 4)

    def _begin(self) -> int:
        """Where the text of a line without leading words begins."""
        theme, line = self._theme.current, self.line
        return 2 + theme.px(16) * line.depth + (theme.px(14) + theme.px(7) if line.glyph else 0)

    def _draw_head(self, painter: QPainter, height: float) -> float:
        """The icon and the leading words; answers where the text begins."""
        theme, line = self._theme.current, self.line
        left = 2.0 + theme.px(16) * line.depth
        if line.face:
            side = theme.px(28)
            place = self._place(left, (self.height() - side) / 2, side, side)
            paint.avatar(painter, place, line.face, theme)
            return left + side + theme.px(10)
        if line.glyph:
            side = theme.px(14)
            place = self._place(left, (height - side) / 2, side, side)
            icons.draw(painter, line.glyph, theme.color(line.tone), place)
            left += side + theme.px(7)
        if line.lead:
            width = theme.px(LEAD_WIDTH - 28 if line.glyph else LEAD_WIDTH)
            place = self._place(left, 0, width - theme.px(6), height)
            paint.text(painter, place, line.lead, theme.font("small"), theme.color("textMuted"))
            left += width
        return left

    def _draw_pill(self, painter: QPainter) -> float:
        """The state at the end, beside the detail; answers where it begins."""
        theme, (words, tone) = self._theme.current, self.line.pill
        if not words:
            return self.width() - 4.0
        width, height = paint.pill_width(words, theme), theme.px(18)
        right = self.width() - width - 2.0
        top = (self.height() - height) / 2 if self.line.face else self.height() - height - 2
        paint.pill(painter, self._place(right, top, width, height), words, theme, tone)
        return right - theme.px(4)

    def _draw_marks(
        self, painter: QPainter, across: tuple[float, float], left: float, right: float, beside: str
    ) -> float:
        """Icons and words at the end of a line from `across[0]` as high as `across[1]`; answers where they begin.

        A brief word gives way where the text beside them needs room.
        """
        if not self.line.marks:
            return right
        theme, (top, height) = self._theme.current, across
        font, side, gap = theme.font("micro"), theme.px(12), theme.px(4)
        full = [side + gap + paint.width_of(mark.words, font) + gap for mark in self.line.marks]
        short = right - left - sum(full) < paint.width_of(beside, self._font(theme)) + 2 * gap
        for mark, width in reversed(list(zip(self.line.marks, full, strict=True))):
            wordless = mark.brief and short
            right -= side + gap if wordless else width
            place = self._place(right, top + (height - side) / 2, side, side)
            icons.draw(painter, mark.glyph, theme.color(mark.tone), place)
            if not wordless:
                place = self._place(right + side + gap, top, width - side - gap, height)
                paint.text(painter, place, mark.words, font, theme.color(mark.tone))
        return right - gap

    def _font(self, theme: Theme) -> QFont:
        font = QFont(theme.font("bodyStrong" if self.line.strong else "body"))
        font.setStrikeOut(self.line.struck)
        return font

    def _place(self, left: float, top: float, width: float, height: float) -> QRectF:
        return paint.mirrored(QRectF(left, top, max(0.0, width), height), self.rect(), self.layoutDirection())


def show_menu(button: QWidget, choices: Sequence[tuple[str, Run]], place: QPoint) -> None:
    """A menu of choices."""
    if choices:
        menu = Menu(button)
        for words, run in choices:
            menu.addAction(words).triggered.connect(lambda _=False, run=run: run())
        menu.popup(place)
