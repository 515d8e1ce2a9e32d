"""How the cells of a record table are painted: one question to the model per cell, everything else remembered."""

from functools import cached_property, lru_cache, partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from crm_desktop.gui import icons, paint
from crm_desktop.gui.models.cells import Cell, Style
from crm_desktop.gui.theme import Theme
from crm_desktop.gui.widgets.cell_range import CellRange

if TYPE_CHECKING:
    from crm_desktop.gui.delegates.cell_editing import CellEditing

Index = QModelIndex | QPersistentModelIndex
PAD = 8  # at both sides of a cell
FULL_SCORE, SCORE_BAR = 26, 40  # room for three digits, and the bar behind them
TICK_LEFT = 14
_TELLING = 48  # less of a title than this says nothing
_MIDDLE = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine)
_MIDDLE_END = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
_BOTTOM = int(Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft)
_TOP = int(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
_ICONS = {"bad": "clock-alert", "warn": "circle-dashed"}


class Face:
    """A font with the widths and cut texts it was asked for; asking Qt each time costs as much as painting."""

    def __init__(self, font: QFont) -> None:
        self.font = font
        metrics = QFontMetrics(font)
        # Wrapped once more: asked for its description, a method of Qt makes the signatures of all of Qt first.
        self.width = lru_cache(5_000)(partial(metrics.horizontalAdvance))
        self._cut = lru_cache(20_000)(partial(self._elide, metrics))

    def fit(self, words: str, width: int) -> str:
        """The text, cut with "…" where it is wider."""
        return words if self.width(words) <= width else self._cut(words, width)

    @staticmethod
    def _elide(metrics: QFontMetrics, words: str, width: int) -> str:
        return metrics.elidedText(words, Qt.TextElideMode.ElideRight, width)


class Look:
    """Fonts, colours and pictures of one theme, looked up once."""

    def __init__(self, theme: Theme, ratio: float) -> None:
        self.theme = theme
        self.ratio = ratio
        self.body, self.strong = Face(theme.font("body")), Face(theme.font("bodyStrong"))
        self.small, self.figure = Face(theme.font("small")), Face(theme.font("body", tabular=True))
        self.micro, self.score = Face(theme.font("micro")), Face(theme.font("bodyStrong", tabular=True))
        names = (
            "text", "textSecondary", "textMuted", "surface", "selected", "hover", "divider", "track", "bad", "warn",
            "accent",
        )  # fmt: skip
        self.colors: dict[str, QColor] = {name: theme.color(name) for name in names}
        self.colors[""] = self.colors["textSecondary"]
        self.ring = QPen(theme.color("focus"), 2)
        self.thin_ring = QPen(theme.color("focus"), 1)
        self.ticks = {state: self._tick(state) for state in Qt.CheckState}
        self.icons = {tone: icons.pixmap(name, theme.color(tone), theme.px(14), ratio) for tone, name in _ICONS.items()}
        self.pencil = icons.pixmap("pencil", theme.color("textSecondary"), theme.px(14), ratio)
        self.avatar = lru_cache(500)(self._avatar)
        self.bar = lru_cache(202)(self._bar)
        self.pill = lru_cache(200)(self._pill)

    def blank(self, width: int, height: int) -> QPixmap:
        """A transparent picture for a screen of this pixel ratio."""
        picture = QPixmap(QSize(width, height) * self.ratio)
        picture.setDevicePixelRatio(self.ratio)
        picture.fill(Qt.GlobalColor.transparent)
        return picture

    def _tick(self, state: Qt.CheckState) -> QPixmap:
        side = self.theme.px(16)
        picture = self.blank(side, side)
        paint.tick_box(_painter(picture), QRectF(0, 0, side, side), self.theme, state)
        return picture

    def _avatar(self, initials: str) -> QPixmap:
        side = self.theme.px(24)
        picture = self.blank(side, side)
        paint.avatar(_painter(picture), QRectF(0, 0, side, side), initials, self.theme)
        return picture

    def _bar(self, percent: int, tone: str) -> QPixmap:
        theme = self.theme
        width, height = theme.px(SCORE_BAR), theme.px(5)
        picture = self.blank(width, height)
        box = QRectF(0, 0, width, height)
        paint.bar(_painter(picture), box, percent / 100, theme.color(tone), theme.color("track"))
        return picture

    def _pill(self, words: str, tone: str, filled: bool) -> QPixmap:
        """On a filled row the soft fill would vanish, so the pill is as light as plain ground there."""
        theme = self.theme
        width, height = paint.pill_width(words, theme), theme.px(20)
        box = QRectF(0, 0, width, height)
        picture = self.blank(width, height)
        painter = QPainter(picture)
        paint.pill(painter, box, words, theme, tone)
        if filled:
            paint.panel(painter, box, theme.color("surface"), None, height / 2)
            painter.setPen(theme.color(paint.tone_text(tone)))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
        painter.end()
        return picture


def pencil_box(table: Any, rect: QRect, row: int, column: int) -> QRect:
    """Where the pencil of a cell is: at its end, and before a number, which stands there itself and needs its room."""
    side = max(24, table.theme.current.px(24))
    number = table.records.columns[column - 1].style is Style.NUMBER
    cell = table.records.cell(row, column)
    if number and cell is not None and rect.width() - table.measure(cell) + PAD < side:
        return QRect()
    left = rect.left() if number is not table.mirrored else rect.right() - side + 1
    return QRect(left, rect.top(), side, rect.height())


def _painter(picture: QPixmap) -> QPainter:
    # A painter that is begun on construction ends when it is collected, which CPython does at once.
    return QPainter(picture)


class RecordsDelegate(QStyledItemDelegate):
    """Paints cells of a `RecordsModel` in a `RecordTable`, and has them edited in place."""

    def __init__(self, table: Any) -> None:
        super().__init__(table)
        self._table = table
        self._look: Look | None = None

    @cached_property
    def _editing(self) -> "CellEditing":
        from crm_desktop.gui.delegates.cell_editing import CellEditing

        return CellEditing(self, self._table)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        return self._editing.make(parent, index)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """It bears its value from the beginning; this is asked for again when another value of the cell is known."""

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        self._editing.take(editor, model, index)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        self._editing.place(editor, option.rect)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        ends = self._editing.filter(editor, event)
        return super().eventFilter(editor, event) if ends is None else ends

    def forget(self) -> None:
        """The theme changed: look everything up anew."""
        self._look = None

    @property
    def look(self) -> Look:
        """The look of the theme in use."""
        if self._look is None:
            self._look = Look(self._table.theme.current, self._table.devicePixelRatioF())
        return self._look

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = self._look or self.look
        row, column = index.row(), index.column()
        rect: QRect = option.rect
        table = self._table
        fill = table.fill_of(row, column)
        if fill or row == table.current_row:
            # Qt has laid its own colour of selections beneath the current row.
            painter.fillRect(rect, look.colors[fill or "surface"])
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, look.colors["divider"])
        if row in table.group_starts:
            painter.fillRect(rect.left(), rect.top(), rect.width(), 2, look.colors["textMuted"])
        cell = table.records.cell(row, column)
        if cell is None:
            self._placeholder(painter, rect, look)
        else:
            _PAINTERS[cell.style](self, painter, rect, cell, fill == "selected")
        if table.mouse.pencil_in(row, column):
            self._pencil(painter, pencil_box(table, rect, row, column), fill)
        spans = table.ranges.spans
        if spans is not None and spans.holds(row, column):
            self._mark_range(painter, rect, (row, column), spans)
        elif row == table.current_row:
            self._mark_current(painter, rect, column, look)

    def width_of(self, cell: Cell) -> int:
        """The width that shows all the words of a cell, where it is of words or a number."""
        look, px = self.look, self.look.theme.px
        match cell.style:
            case Style.NAME:
                words = max(look.strong.width(cell.text), look.small.width(cell.detail))
                return 3 * PAD + px(24) + words + 2
            case Style.STEP:
                icon = px(14) + 5 if cell.tone in look.icons else 0
                return 2 * PAD + icon + look.strong.width(cell.text) + look.strong.width(cell.detail) + 8
            case Style.NUMBER:
                return 2 * PAD + look.figure.width(cell.text) + 2
        return 2 * PAD + look.body.width(cell.text) + 2

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self._table.columnWidth(index.column()), self._table.rowHeight(index.row()))

    def _place(self, rect: QRect, left: int, width: int, height: int) -> QRect:
        """A box inside a cell, vertically centred, mirrored where reading goes from the right."""
        box = QRect(rect.left() + left, rect.top() + (rect.height() - height) // 2, width, height)
        if self._table.mirrored:
            return QStyle.visualRect(Qt.LayoutDirection.RightToLeft, rect, box)
        return box

    def _words(self, painter: QPainter, box: QRect, words: str, face: Face, flags: int = _MIDDLE) -> None:
        painter.setFont(face.font)
        painter.drawText(box, flags, face.fit(words, box.width()))

    def _tick(self, painter: QPainter, rect: QRect, cell: Cell, filled: bool) -> None:
        look = self.look
        side = look.theme.px(16)
        state = Qt.CheckState.Checked if cell.share else Qt.CheckState.Unchecked
        painter.drawPixmap(self._place(rect, TICK_LEFT, side, side).topLeft(), look.ticks[state])

    def _text(self, painter: QPainter, rect: QRect, cell: Cell, filled: bool) -> None:
        if cell.text:
            painter.setPen(self.look.colors["textSecondary"])
            self._words(painter, rect.adjusted(PAD, 0, -PAD, 0), cell.text, self.look.body)

    def _number(self, painter: QPainter, rect: QRect, cell: Cell, filled: bool) -> None:
        if cell.text:
            look = self.look
            painter.setPen(look.colors["text"])
            self._words(painter, rect.adjusted(PAD, 0, -PAD, 0), cell.text, look.figure, _MIDDLE_END)

    def _name(self, painter: QPainter, rect: QRect, cell: Cell, filled: bool) -> None:
        look = self.look
        side = look.theme.px(24)
        painter.drawPixmap(self._place(rect, PAD, side, side).topLeft(), look.avatar(cell.tone))
        left = PAD + side + PAD
        half = rect.height() // 2
        box = self._place(rect, left, rect.width() - left - PAD, rect.height())
        painter.setPen(look.colors["text"])
        if not cell.detail:
            self._words(painter, box, cell.text, look.strong)
            return
        self._words(painter, box.adjusted(0, 0, 0, -half), cell.text, look.strong, _BOTTOM)
        painter.setPen(look.colors["textMuted"])
        self._words(painter, box.adjusted(0, half, 0, 0), cell.detail, look.small, _TOP)

    def _score(self, painter: QPainter, rect: QRect, cell: Cell, filled: bool) -> None:
        if not cell.text:
            return
        look, px = self.look, self.look.theme.px
        painter.setPen(look.colors["text"])
        self._words(painter, self._place(rect, PAD, px(FULL_SCORE), rect.height()), cell.text, look.score)
        picture = look.bar(round(cell.share * 100), cell.tone)
        painter.drawPixmap(self._place(rect, PAD + px(FULL_SCORE + 2), px(SCORE_BAR), px(5)).topLeft(), picture)

    def _pill(self, painter: QPainter, rect: QRect, cell: Cell, filled: bool) -> None:
        if not cell.text:
            return
        room = rect.width() - 2 * PAD - self.look.theme.px(16)
        picture = self.look.pill(self.look.micro.fit(cell.text, room), cell.tone, filled)
        size = picture.deviceIndependentSize().toSize()
        painter.drawPixmap(self._place(rect, PAD, size.width(), size.height()).topLeft(), picture)

    def _step(self, painter: QPainter, rect: QRect, cell: Cell, filled: bool) -> None:
        if not cell.text:
            return
        look, left = self.look, PAD
        if cell.tone in look.icons:
            side = look.theme.px(14)
            painter.drawPixmap(self._place(rect, left, side, side).topLeft(), look.icons[cell.tone])
            left += side + 5
        face = look.strong if cell.tone == "text" else look.body
        painter.setPen(look.colors[cell.tone])
        room = rect.width() - left - PAD
        if not cell.detail:
            self._words(painter, self._place(rect, left, room, rect.height()), cell.text, face)
            return
        # The day is what matters: a long title gives way to it.
        day = min(room, face.width(cell.detail) + 2)
        if cell.text and room - day < min(face.width(cell.text), look.theme.px(_TELLING)):
            words = cell.detail.removeprefix("· ")
            self._words(painter, self._place(rect, left, room, rect.height()), words, face)
            return
        words = face.fit(cell.text, max(0, room - day - 4))
        title = face.width(words) + 2
        self._words(painter, self._place(rect, left, title, rect.height()), words, face)
        self._words(painter, self._place(rect, left + title + 2, day, rect.height()), cell.detail, face)

    def _placeholder(self, painter: QPainter, rect: QRect, look: Look) -> None:
        box = rect.adjusted(PAD, 0, -PAD, 0)
        width = min(box.width(), look.theme.px(72))
        painter.fillRect(self._place(rect, PAD, width, look.theme.px(8)), look.colors["track"])

    def _pencil(self, painter: QPainter, box: QRect, fill: str) -> None:
        if box.isNull():
            return
        side = self.look.theme.px(14)
        painter.fillRect(box.adjusted(0, 2, 0, -3), self.look.colors[fill or "hover"])
        at = QRect(0, 0, side, side)
        at.moveCenter(box.center())
        painter.drawPixmap(at.topLeft(), self.look.pencil)

    def _mark_range(self, painter: QPainter, rect: QRect, cell: tuple[int, int], spans: CellRange) -> None:
        """The outline of the range, and of the current cell in it."""
        focus, (row, column) = self.look.ring.color(), cell
        if row == spans.top:
            painter.fillRect(rect.left(), rect.top(), rect.width(), 1, focus)
        if row == spans.bottom:
            painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, focus)
        if column == spans.left:
            painter.fillRect(self._place(rect, 0, 1, rect.height()), focus)
        if column == spans.right:
            painter.fillRect(self._place(rect, rect.width() - 1, 1, rect.height()), focus)
        if row == self._table.current_row and column == self._table.current_column:
            self._mark_cell(painter, rect)

    def _mark_cell(self, painter: QPainter, rect: QRect) -> None:
        painter.setPen(self.look.thin_ring)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(rect).adjusted(3.5, 5.5, -3.5, -5.5), 4, 4)

    def _mark_current(self, painter: QPainter, rect: QRect, column: int, look: Look) -> None:
        first, last = column == 0, column == self._table.records.columnCount() - 1
        if not self._table.keys_here or self._table.ranges.spans is not None:
            if first:
                painter.fillRect(self._place(rect, 0, 3, rect.height()), look.colors["accent"])
            return
        focus = look.ring.color()
        painter.fillRect(rect.left(), rect.top(), rect.width(), 2, focus)
        painter.fillRect(rect.left(), rect.bottom() - 1, rect.width(), 2, focus)
        if first:
            painter.fillRect(self._place(rect, 0, 2, rect.height()), focus)
        if last:
            painter.fillRect(self._place(rect, rect.width() - 2, 2, rect.height()), focus)
        if column > 1 and column == self._table.current_column:
            self._mark_cell(painter, rect)


_PAINTERS = {
    Style.TICK: RecordsDelegate._tick,
    Style.TEXT: RecordsDelegate._text,
    Style.NAME: RecordsDelegate._name,
    Style.SCORE: RecordsDelegate._score,
    Style.PILL: RecordsDelegate._pill,
    Style.STEP: RecordsDelegate._step,
    Style.NUMBER: RecordsDelegate._number,
}
