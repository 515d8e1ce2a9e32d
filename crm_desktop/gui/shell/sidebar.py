"""The list of pages at the left: groups, icons, counts."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from crm_desktop.gui import icons, paint
from crm_desktop.gui.actions import native_key
from crm_desktop.gui.format import count_text
from crm_desktop.gui.forms import promoted
from crm_desktop.gui.pages.page import PageSpec
from crm_desktop.gui.theme import ThemeManager

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole
GROUP_HEIGHT = 34


@dataclass
class Row:
    """A page, or the heading of a group where `spec` is None."""

    title: str
    spec: PageSpec | None = None
    count: int | None = None


class SidebarModel(QAbstractListModel):
    """Pages in order, a heading before each group."""

    def __init__(self, specs: Sequence[PageSpec], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []
        group = ""
        for spec in specs:
            if spec.group not in (group, "foot"):
                self.rows.append(Row(spec.group))
            group = spec.group
            self.rows.append(Row(spec.title, spec))

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.title if row.count is None else f"{row.title}, {count_text(row.count)}"
        if role == Qt.ItemDataRole.ToolTipRole and row.spec is not None:
            return f"{row.title}  {native_key(row.spec.key)}".strip()
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or self.rows[index.row()].spec is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def row_of(self, page_id: str) -> int | None:
        """The row of a page, None if it is not in this list."""
        found = (i for i, row in enumerate(self.rows) if row.spec is not None and row.spec.id == page_id)
        return next(found, None)

    def set_count(self, page_id: str, count: int | None) -> None:
        """Show a number beside a page; None shows none."""
        row = self.row_of(page_id)
        if row is not None and self.rows[row].count != count:
            self.rows[row].count = count
            self.dataChanged.emit(self.index(row), self.index(row))


class SidebarDelegate(QStyledItemDelegate):
    """Paints pages and headings; `compact` shows icons only."""

    def __init__(self, theme: ThemeManager, view: QListView) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view
        self.compact = False

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        theme = self._theme.current
        row: Row = index.data(ROW)
        if row.spec is None:
            return QSize(10, 13 if self.compact else theme.px(GROUP_HEIGHT))
        return QSize(10, theme.size("navItem"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row = index.data(ROW)
        painter.save()
        if row.spec is None:
            self._paint_heading(painter, option, row)
        else:
            self._paint_page(painter, option, row)
        painter.restore()

    def _paint_heading(self, painter: QPainter, option: QStyleOptionViewItem, row: Row) -> None:
        theme = self._theme.current
        box = QRectF(option.rect)
        if self.compact:
            painter.fillRect(QRectF(box.left() + 14, box.center().y(), box.width() - 28, 1), theme.color("border"))
            return
        words = box.adjusted(20, theme.px(9), -12, 0)
        paint.text(painter, words, row.title, theme.font("tagStrong"), theme.color("textMuted"))

    def _paint_page(self, painter: QPainter, option: QStyleOptionViewItem, row: Row) -> None:
        assert row.spec is not None
        theme = self._theme.current
        state = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        box = QRectF(option.rect)
        frame = QRectF(box.left() + 8, box.top() + 1, box.width() - 16, box.height() - 2)
        if selected:
            fill, edge = ("pressed", None) if theme.dark else ("surface", theme.color("border"))
            paint.panel(painter, frame, theme.color(fill), edge, theme.radius("control"))
        elif state & QStyle.StateFlag.State_MouseOver:
            paint.panel(painter, frame, theme.color("pressed"), None, theme.radius("control"))
        if state & QStyle.StateFlag.State_HasFocus:
            paint.focus_ring(painter, frame, theme, theme.radius("control"))
        side = theme.px(16)
        left = (box.width() - side) / 2 if self.compact else 20
        at = self._place(QRectF(box.left() + left, box.center().y() - side / 2, side, side), box)
        icons.draw(painter, row.spec.icon, theme.color("accentText" if selected else "textMuted"), at)
        if not self.compact:
            self._paint_words(painter, box, row, selected)

    def _paint_words(self, painter: QPainter, box: QRectF, row: Row, selected: bool) -> None:
        theme = self._theme.current
        right = box.right() - 19
        if row.count:
            right -= self._paint_count(painter, box, row) + 8
        left = box.left() + 30 + theme.px(16)
        font = theme.font("bodyStrong" if selected else "bodyMedium")
        colour = theme.color("text" if selected else "textSecondary")
        words = self._place(QRectF(left, box.top(), right - left, box.height()), box)
        paint.text(painter, words, row.title, font, colour)

    def _paint_count(self, painter: QPainter, box: QRectF, row: Row) -> float:
        assert row.spec is not None and row.count is not None
        theme = self._theme.current
        number = count_text(row.count)
        font = theme.font("smallMedium" if row.spec.alert else "small", tabular=True)
        width = float(paint.width_of(number, font))
        edge = box.right() - 19
        colour: QColor = theme.color("textMuted")
        if row.spec.alert:
            width = max(theme.px(20), width + theme.px(10))
            pill = QRectF(edge - width, box.center().y() - theme.px(9), width, theme.px(18))
            paint.panel(painter, self._place(pill, box), theme.color("badSoft"), None, theme.px(9))
            colour = theme.color("bad")
        painter.setFont(font)
        painter.setPen(colour)
        place = self._place(QRectF(edge - width, box.top(), width, box.height()), box)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, number)
        return width

    def _place(self, part: QRectF, box: QRectF) -> QRectF:
        return paint.mirrored(part, box.toRect(), self._view.layoutDirection())


@promoted
class NavList(QListView):
    """Pages to choose from; `chosen` carries the id of a page."""

    chosen = Signal(str)

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.walking = False  # while the arrow keys go from page to page
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setProperty("kind", "nav")
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setAccessibleName(self.tr("Pages"))
        self._delegate = SidebarDelegate(theme, self)
        self.setItemDelegate(self._delegate)
        theme.changed.connect(self._relayout)

    def set_specs(self, specs: Sequence[PageSpec]) -> None:
        """Show these pages; called once."""
        self._model = SidebarModel(specs, self)
        self.setModel(self._model)

    def set_count(self, page_id: str, count: int | None) -> None:
        """Show a number beside a page."""
        self._model.set_count(page_id, count)

    def show_page(self, page_id: str) -> None:
        """Mark the page that is shown, or none if it is not in this list."""
        row = self._model.row_of(page_id)
        if row is None:
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())
        else:
            self.setCurrentIndex(self._model.index(row))

    def set_compact(self, compact: bool) -> None:
        """Icons only."""
        self._delegate.compact = compact
        # There is no room for one beside icons; the wheel and the keys still scroll.
        shown = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if compact else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.setVerticalScrollBarPolicy(shown)
        self._relayout()

    def content_height(self) -> int:
        """Height that shows all pages."""
        return sum(self.sizeHintForRow(row) for row in range(self._model.rowCount()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        self.walking = event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down)
        if self.walking or event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._choose(self.currentIndex())
        self.walking = False

    def focusInEvent(self, event: QFocusEvent) -> None:
        # Where the page that is shown is in the other list, the keys begin at the first of this one.
        if not self.currentIndex().isValid():
            first = self.moveCursor(QListView.CursorAction.MoveHome, Qt.KeyboardModifier.NoModifier)
            self.selectionModel().setCurrentIndex(first, QItemSelectionModel.SelectionFlag.NoUpdate)
        super().focusInEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self._choose(self.indexAt(event.position().toPoint()))

    def keyboardSearch(self, search: str) -> None:
        """Letters are keys of the pages, not a search."""

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid() and index.flags() & Qt.ItemFlag.ItemIsEnabled:
            row: Row = index.data(ROW)
            assert row.spec is not None
            self.chosen.emit(row.spec.id)

    def _relayout(self) -> None:
        self.scheduleDelayedItemsLayout()
        self.viewport().update()
