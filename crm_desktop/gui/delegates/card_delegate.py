"""Cards of the board, painted once per content and size and then copied."""

from collections import OrderedDict
from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from PySide6.QtCore import (
    QEvent,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTime,
)
from PySide6.QtGui import QColor, QFont, QGuiApplication, QHelpEvent, QPainter, QPen, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from crm_desktop.domain.rotting import Risk
from crm_desktop.gui import format, icons, paint
from crm_desktop.gui.language import tr
from crm_desktop.gui.models.board_model import CARD, GAP
from crm_desktop.gui.theme import Theme, ThemeManager
from crm_desktop.services.pipeline import Card

Index = QModelIndex | QPersistentModelIndex
SPACE = 8  # between two cards
FULL = 1.5  # the age bar is full where a deal counts as slow
KEPT = 300
_LINE = 18
_ORIGIN = 0.35  # what is left of a card while it is dragged


class Step(NamedTuple):
    """The next step of a deal in words: a pattern with "%1" for what is to do, its icon and colour."""

    pattern: str
    title: str
    glyph: str
    colour: str

    @property
    def text(self) -> str:
        """All of it."""
        return self.pattern.replace("%1", self.title)


def step_of(card: Card, today: date) -> Step:
    """What is to do next with a deal, and how it stands."""
    due = card.next_activity
    title = card.next_step or ""
    if not title and due is None:
        return Step(tr("No next step"), "", "circle-dashed", "warn")
    if due is None:
        return Step("%1", title, "calendar", "textSecondary")
    if due < today:
        return Step(tr("%1 · %Ln days late", "", (today - due).days), title, "clock-alert", "bad")
    if due == today:
        words = tr("%1 today %2").replace("%2", _time(card.next_time)) if card.next_time else tr("%1 today")
        return Step(words, title, "calendar-check", "accentText")
    if (due - today).days == 1:
        return Step(tr("%1 tomorrow"), title, "calendar", "textSecondary")
    return Step(tr("%1 %2").replace("%2", format.day(due, today)), title, "calendar", "textSecondary")


def _time(text: str) -> str:
    time = QTime.fromString(text, "HH:mm")
    return QLocale().toString(time, QLocale.FormatType.ShortFormat) if time.isValid() else text


def sentence(card: Card, today: date) -> str:
    """A card as a screen reader says it."""
    parts = [card.company, card.name, format.money(card.amount) if card.amount else "", step_of(card, today).text]
    if card.days_in_stage is not None:
        parts.append(tr("%Ln days in this stage", "", card.days_in_stage))
    if card.over:
        parts.append(tr("longer than usual"))
    if card.at_risk is not None:
        parts.append(risk_words(card.at_risk))
    return ", ".join(part for part in parts if part)


def risk_words(code: str) -> str:
    """Why a deal is at risk."""
    return {
        Risk.NO_NEXT_STEP: tr("At risk: no next step"),
        Risk.SLOW: tr("At risk: much longer in this stage than deals that were won"),
        Risk.CLOSE_DATE_PASSED: tr("At risk: the close date has passed"),
        Risk.NO_CONTACT: tr("At risk: no contact for a while"),
    }[Risk(code)]


def tip(card: Card, today: date) -> str:
    """A card in full, for what was cut; with how long deals usually stay, and why it is at risk."""
    lines = [card.company, card.name, step_of(card, today).text]
    if card.days_in_stage is not None and card.usual_days:
        usual = format.number(card.usual_days, 0 if card.usual_days == int(card.usual_days) else 1)
        lines.append(tr("%Ln days in this stage, usually %1", "", card.days_in_stage).replace("%1", usual))
    if card.at_risk is not None:
        lines.append(risk_words(card.at_risk))
    return "\n".join(line for line in lines if line)


class CardDelegate(QStyledItemDelegate):
    """Paints deals. `dragged` is the deal that is being dragged, `drop_text` what stands where it would land."""

    def __init__(self, theme: ThemeManager, today: Callable[[], date], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._today = today
        self._made: OrderedDict[tuple[Any, ...], QPixmap] = OrderedDict()
        self.dragged: int | None = None
        self.drop_text = ""
        theme.changed.connect(self._made.clear)

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        card = index.data(CARD) if event.type() == QEvent.Type.ToolTip else None
        if card is None:
            return super().helpEvent(event, view, option, index)
        QToolTip.showText(event.globalPos(), tip(card, self._today()), view, option.rect)
        return True

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, self._theme.current.size("kanbanCard") + SPACE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        box = option.rect.adjusted(0, 0, 0, -SPACE)
        card = index.data(CARD)
        if card is None:
            self._paint_empty(painter, QRectF(box), bool(index.data(GAP)))
            return
        if card.id == self.dragged:
            painter.setOpacity(_ORIGIN)
        painter.drawPixmap(box.topLeft(), self.picture(card, box.size(), painter.device().devicePixelRatioF()))
        painter.setOpacity(1)
        if option.state & QStyle.StateFlag.State_Selected and card.id != self.dragged:
            self._mark(painter, QRectF(box), bool(option.state & QStyle.StateFlag.State_HasFocus))

    def picture(self, card: Card, size: QSize, ratio: float) -> QPixmap:
        """A card as a picture."""
        key = (card, size.width(), size.height(), ratio, self._today())
        found = self._made.get(key)
        if found is None:
            found = self._made[key] = self._draw(card, size, ratio)
            if len(self._made) > KEPT:
                self._made.popitem(last=False)
        else:
            self._made.move_to_end(key)
        return found

    def _draw(self, card: Card, size: QSize, ratio: float) -> QPixmap:
        picture = QPixmap(size * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setLayoutDirection(self._way())
        theme = self._theme.current
        paint.panel(painter, QRectF(0, 0, size.width(), size.height()), theme.color("card"), theme.color("border"),
                    theme.radius("card"))  # fmt: skip
        _Drawing(painter, theme, QRect(0, 0, size.width(), size.height()), self._way()).card(card, self._today())
        painter.end()
        return picture

    def _way(self) -> Qt.LayoutDirection:
        view = self.parent()
        return view.layoutDirection() if isinstance(view, QWidget) else QGuiApplication.layoutDirection()

    def _paint_empty(self, painter: QPainter, box: QRectF, gap: bool) -> None:
        theme = self._theme.current
        if not gap:
            paint.panel(painter, box, theme.color("card"), theme.color("border"), theme.radius("card"))
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("borderControl"), 1, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), theme.radius("card"), theme.radius("card"))
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("textMuted"))
        words = paint.elided(self.drop_text, theme.font("small"), int(box.width()) - 16)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)

    def _mark(self, painter: QPainter, box: QRectF, focused: bool) -> None:
        theme = self._theme.current
        if focused:
            paint.focus_ring(painter, box, theme, theme.radius("card") - 1)
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("accent"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), theme.radius("card"), theme.radius("card"))


class _Ink(NamedTuple):
    """How words are written."""

    font: QFont
    colour: QColor


class _Drawing:
    """One card while it is drawn: rows from the top, with what stands at the trailing edge measured first."""

    def __init__(self, painter: QPainter, theme: Theme, box: QRect, way: Qt.LayoutDirection) -> None:
        self._painter = painter
        self._theme = theme
        self._box = box
        self._way = way
        self._left = theme.px(12)
        self._right = box.width() - theme.px(12)

    def card(self, card: Card, today: date) -> None:
        """Customer, title and amount, next step and days, age."""
        theme = self._theme
        self._words(9, card.company or card.name, _Ink(theme.font("bodyStrong"), theme.color("text")))
        amount = format.money(card.amount) if card.amount is not None else ""
        room = self._trailing(27, amount, _Ink(theme.font("bodyStrong", tabular=True), theme.color("text")))
        title = card.name if card.company else ""
        self._words(28, title, _Ink(theme.font("small"), theme.color("textSecondary")), room)
        self._step(step_of(card, today), self._days(card))
        self._age(card)

    def _step(self, step: Step, room: int) -> None:
        theme = self._theme
        side = theme.px(14)
        ink = _Ink(theme.font("small"), theme.color(step.colour))
        self._icon(step.glyph, self._left, side, ink.colour)
        indent = side + theme.px(5)
        width = self._right - self._left - indent - room
        rest = paint.width_of(step.pattern.replace("%1", ""), ink.font)
        title = paint.elided(step.title, ink.font, max(theme.px(24), width - rest))
        self._words(51, step.pattern.replace("%1", title), ink, room, indent)

    def _days(self, card: Card) -> int:
        """Days in the stage, with an hourglass where they are more than usual; answers the room they take."""
        theme = self._theme
        if card.days_in_stage is None:
            return 0
        words = format.days_short(card.days_in_stage)
        if not card.over:
            return self._trailing(51, words, _Ink(theme.font("small", tabular=True), theme.color("textMuted")))
        warn = theme.color("warn")
        room = self._trailing(51, words, _Ink(theme.font("smallStrong", tabular=True), warn))
        side = theme.px(14)
        self._icon("hourglass", self._right - room - side + theme.px(4), side, warn)
        return room + side

    def _age(self, card: Card) -> None:
        if card.days_in_stage is None or not card.usual_days:
            return
        theme = self._theme
        full = self._right - self._left
        share = min(1.0, card.days_in_stage / (card.usual_days * FULL))
        top, height = theme.px(75), theme.px(3)
        self._bar(self._place(self._left, top, full, height), theme.color("track"))
        if share > 0:
            fill = theme.color("warnFill" if card.over else "borderControl")
            self._bar(self._place(self._left, top, max(height, full * share), height), fill)

    def _bar(self, box: QRectF, colour: QColor) -> None:
        paint.panel(self._painter, box, colour, None, box.height() / 2)

    def _icon(self, name: str, left: float, side: int, colour: QColor) -> None:
        icons.draw(self._painter, name, colour, self._place(left, self._theme.px(60) - side / 2, side, side))

    def _words(self, top: int, words: str, ink: _Ink, room: int = 0, indent: int = 0) -> None:
        width = self._right - self._left - room - indent
        box = self._place(self._left + indent, self._theme.px(top), width, self._theme.px(_LINE))
        paint.text(self._painter, box, words, ink.font, ink.colour)

    def _trailing(self, top: int, words: str, ink: _Ink) -> int:
        """Words at the trailing edge; answers the room they take with the gap before them."""
        if not words:
            return 0
        width = paint.width_of(words, ink.font) + 1
        box = self._place(self._right - width, self._theme.px(top), width, self._theme.px(_LINE))
        paint.text(self._painter, box, words, ink.font, ink.colour)
        return width + self._theme.px(8)

    def _place(self, left: float, top: float, width: float, height: float) -> QRectF:
        return paint.mirrored(QRectF(left, top, width, height), self._box, self._way)
