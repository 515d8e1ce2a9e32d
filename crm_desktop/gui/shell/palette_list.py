"""What the command palette found, as a list: its rows, and how they look."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFont, QPainter, QPen, QTextCharFormat, QTextLayout, QTextLine, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from crm_desktop.gui import icons, paint
from crm_desktop.gui.actions import native_key
from crm_desktop.gui.shell.palette import PaletteItem, matched
from crm_desktop.gui.theme import ThemeManager
from crm_desktop.gui.widgets.key_cap import cap_width, draw_cap, spaced

Index = QModelIndex | QPersistentModelIndex
ITEM = Qt.ItemDataRole.UserRole
LINE, HEADING = 40, 28


class PaletteModel(QAbstractListModel):
    """The rows that are shown."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.items: list[PaletteItem] = []

    def show(self, items: list[PaletteItem]) -> None:
        """Show these rows."""
        self.beginResetModel()
        self.items = items
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        item = self.items[index.row()]
        if role == ITEM:
            return item
        if role == Qt.ItemDataRole.DisplayRole:
            return item.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (item.title, item.detail, item.key) if part)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or self.items[index.row()].heading:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class PaletteDelegate(QStyledItemDelegate):
    """Paints headings and items; the typed words are underlined."""

    def __init__(self, theme: ThemeManager, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self.text = ""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        heading = index.data(ITEM).heading
        return QSize(10, self._theme.current.px(HEADING if heading else LINE))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = self._theme.current
        item: PaletteItem = index.data(ITEM)
        box = QRectF(option.rect)
        painter.save()
        if item.heading:
            words = box.adjusted(20, theme.px(4), -20, 0)
            paint.text(painter, words, item.title, theme.font("tagStrong"), theme.color("textMuted"))
        else:
            self._paint_item(painter, option, item)
        painter.restore()

    def _paint_item(self, painter: QPainter, option: QStyleOptionViewItem, item: PaletteItem) -> None:
        theme = self._theme.current
        box = QRectF(option.rect)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            frame = box.adjusted(8, 1, -8, -1)
            paint.panel(painter, frame, theme.color("selected"), None, theme.radius("control"))
            paint.focus_ring(painter, frame, theme, theme.radius("control"))
        side = theme.px(16)
        at = QRectF(box.left() + 20, box.center().y() - side / 2, side, side)
        colour = theme.color("accentText" if selected else "textMuted")
        icons.draw(painter, item.icon, colour, self._place(at, option))
        right = self._paint_right(painter, option, item, selected)
        left = box.left() + 32 + side
        self._paint_title(painter, QRectF(left, box.top(), right - left - 12, box.height()), option, item)

    def _paint_right(
        self, painter: QPainter, option: QStyleOptionViewItem, item: PaletteItem, selected: bool
    ) -> float:
        theme = self._theme.current
        box = QRectF(option.rect)
        right = box.right() - 20
        key = spaced(item.key or (native_key("Return") if selected else ""))
        if key:
            width, high = cap_width(key, theme), theme.px(18)
            cap = QRectF(right - width, box.center().y() - high / 2, width, high)
            draw_cap(painter, self._place(cap, option), key, theme)
            right -= width + 12
        if item.detail:
            font = theme.font("small")
            width = min(paint.width_of(item.detail, font) + 2, int(box.width() * 0.45))
            place = QRectF(right - width, box.top(), width, box.height())
            colour = theme.color("textSecondary" if selected else "textMuted")
            paint.text(painter, self._place(place, option), item.detail, font, colour)
            right -= width
        return right

    def _paint_title(
        self, painter: QPainter, box: QRectF, option: QStyleOptionViewItem, item: PaletteItem
    ) -> None:
        theme = self._theme.current
        plain, strong = theme.font("bodyMedium"), theme.font("bodyStrong")
        shown = paint.elided(item.title, plain, int(box.width()))
        marks = [mark for mark in matched(item.title, self.text) if sum(mark) <= len(shown.rstrip("…"))]
        place = self._place(box, option)
        title = QTextLayout(shown, plain)
        line = _laid_out(title, strong, marks, place.width(), option.direction)
        painter.setPen(theme.color("text"))
        title.draw(painter, QPointF(place.left(), place.center().y() - line.height() / 2))
        low = round(box.center().y() + strong.pixelSize() * 0.62)
        painter.setPen(QPen(theme.color("accent"), 1.5))
        for start, length in marks:
            first, last = (round(place.left() + _x(line, at)) for at in (start, start + length))
            painter.drawLine(first, low, last, low)

    def _place(self, part: QRectF, option: QStyleOptionViewItem) -> QRectF:
        rect: QRect = option.rect
        return paint.mirrored(part, rect, option.direction)


def _x(line: QTextLine, at: int) -> float:
    found: Any = line.cursorToX(at)  # with the place itself, which its stub does not tell
    return float(found[0])


def _laid_out(
    layout: QTextLayout, strong: QFont, marks: Sequence[tuple[int, int]], width: float, direction: Qt.LayoutDirection
) -> QTextLine:
    """One line, parts of it strong, but laid out as a whole: letters join and words stand in their own order."""
    option, bold = QTextOption(), QTextCharFormat()
    option.setTextDirection(direction)
    option.setAlignment(QStyle.visualAlignment(direction, Qt.AlignmentFlag.AlignLeading))
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    layout.setTextOption(option)
    bold.setFont(strong)
    formats = []
    for start, length in marks:
        part = QTextLayout.FormatRange()
        part.start, part.length, part.format = start, length, bold
        formats.append(part)
    layout.setFormats(formats)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(width)
    layout.endLayout()
    return line
