"""The table of a list page: one current row, ticked rows, editing in place, all of it by keyboard and mouse."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QTableView, QWidget

from crm_desktop.domain.catalogue import Field
from crm_desktop.domain.filter import Sort
from crm_desktop.gui.actions import keys_here
from crm_desktop.gui.delegates.records_delegate import RecordsDelegate
from crm_desktop.gui.models.cells import Cell, Style
from crm_desktop.gui.models.records_model import RecordsModel
from crm_desktop.gui.theme import ThemeManager
from crm_desktop.gui.widgets.cell_range import RangeSelection
from crm_desktop.gui.widgets.column_widths import ColumnWidths
from crm_desktop.gui.widgets.frozen_columns import FrozenColumns
from crm_desktop.gui.widgets.menu import asked_about
from crm_desktop.gui.widgets.record_header import RecordHeader
from crm_desktop.gui.widgets.table_mouse import TableMouse, in_row

if TYPE_CHECKING:
    from crm_desktop.gui.widgets.value_edit import Editor

_STEPS = {
    QAbstractItemDelegate.EndEditHint.EditNextItem: 1, QAbstractItemDelegate.EndEditHint.EditPreviousItem: -1,
}  # fmt: skip
_DELETING = [QKeySequence(key) for key in ("Del", *keys_here("Del"))]
Index = QModelIndex | QPersistentModelIndex


class RecordTable(QTableView):
    """Shows a `RecordsModel`. `make_editor` makes the editor for a value of one of its fields."""

    current_changed = Signal(object)  # id of the record, -1 for none
    editing_ended = Signal()
    widths_changed = Signal()  # by hand
    range_changed = Signal()
    clear_wanted = Signal()  # Delete was pressed on a range
    menu_wanted = Signal(QPoint)  # of the current row, at this place on the screen
    edit_refused = Signal(str)  # the current cell is of a field that cannot be edited

    def __init__(
        self,
        theme: ThemeManager,
        records: RecordsModel,
        make_editor: Callable[[Field, Any, QWidget], "Editor"],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.records = records
        self.make_editor = make_editor
        self.current_row = -1
        self.current_column = -1
        self.mirrored = False
        self.keys_here = False
        self.room_below = 0
        self.group_starts: frozenset[int] = frozenset()
        self._density = "normal"
        self._kept = (-1, 0, -1, 0)
        self.frozen = FrozenColumns(self)
        self.ranges = RangeSelection(self)
        self.mouse = TableMouse(self)
        self.column_widths = ColumnWidths(self)
        self.header = RecordHeader(theme, self)
        self._painter = RecordsDelegate(self)
        self._dress()
        self._listen()

    def _dress(self) -> None:
        self.setHorizontalHeader(self.header)
        self.setItemDelegate(self._painter)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(self.verticalHeader().ResizeMode.Fixed)

    def _listen(self) -> None:
        records = self.records
        records.modelAboutToBeReset.connect(self._remember)
        self.setModel(records)
        records.modelReset.connect(self._recall)
        records.shown.connect(self._start_at_top)
        records.ticked.connect(self._ticks_changed)
        self.header.tick_all.connect(self.toggle_all)
        self.header.sort_wanted.connect(self.sort_by_column)
        self.header.sectionResized.connect(self.column_widths.dragged)
        self.verticalScrollBar().valueChanged.connect(self._tell_visible)
        self.horizontalScrollBar().valueChanged.connect(self.header.viewport().update)
        self.theme.changed.connect(self._restyle)
        self._restyle()

    # what the page asks

    @property
    def current_id(self) -> int:
        """The id of the record in the current row; -1 for none."""
        return self.records.id_at(self.current_row)

    @property
    def editing(self) -> bool:
        """Whether a cell is open."""
        return self.state() == QAbstractItemView.State.EditingState

    def set_density(self, density: str) -> None:
        """Compact, normal or comfortable rows."""
        self._density = density
        self._restyle()

    def set_groups(self, firsts: Sequence[int]) -> None:
        """Mark the rows in which groups begin, but for the first of all."""
        self.group_starts = frozenset(firsts) - {0}
        self.viewport().update()

    def set_room_below(self, pixels: int) -> None:
        """Let the last row scroll above something that floats over the foot of the table."""
        if pixels != self.room_below:
            self.room_below = pixels
            self.updateGeometries()

    def fit_columns(self) -> None:
        """Give each column its width."""
        self.column_widths.fit()

    def go_to(self, record: int) -> bool:
        """Make a record the current one; False where it is not in the list."""
        row = self.records.row_of(record)
        if row >= 0:
            self.setCurrentIndex(self.records.index(row, max(1, self.current_column)))
        return row >= 0

    # what commands do

    def tick_current(self) -> None:
        """Tick the current row or the rows of the range; untick them if all are ticked."""
        cells = self.ranges.cells
        if cells is not None:
            ticked = all(self.records.is_ticked(row) for row in cells.rows)
            self.records.tick(cells.top, cells.bottom, not ticked)

    def tick_every_row(self) -> None:
        """Tick all rows of this view, and say how many they are."""
        from crm_desktop.gui.widgets.announce import announce

        self.records.tick_all(True)
        announce(self, self.tr("All %Ln in this view", "", self.records.ticked_count))

    def toggle_all(self) -> None:
        """Tick all rows, or none if all are ticked."""
        all_ticked = self.records.ticked_count == self.records.rowCount()
        self.records.tick_all(False) if all_ticked else self.tick_every_row()

    def sort_by_column(self, section: int) -> None:
        """Order by a column; the other way round if it is so ordered already."""
        column = self.records.columns[section - 1]
        now = self.records.sort_by
        if now is not None and now.field == column.name:
            down = not now.descending
        else:
            down = column.style in (Style.NUMBER, Style.SCORE)
        self.records.sort(section, Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder)

    def edit_current(self) -> None:
        """Open the current cell, where it can be edited."""
        index = self.currentIndex()
        if index.isValid() and self.records.flags(index) & Qt.ItemFlag.ItemIsEditable:
            self.edit(index)
        elif index.column() > 0:
            self.edit_refused.emit(self.records.column(index).name)

    def show_order(self, order: Sort | None) -> None:
        """Mark the column that the list is ordered by, which needs room for the arrow."""
        other = order != self.header.sort_by
        self.header.show_state(order, self._state_of_all())
        if other:
            self.fit_columns()

    def measure(self, cell: Cell) -> int:
        """The width that shows all of a cell."""
        return self._painter.width_of(cell)

    # what the delegate asks

    def fill_of(self, row: int, column: int) -> str:
        """The token behind a cell; empty for the plain ground."""
        spans = self.ranges.spans
        if row == self.current_row if spans is None else spans.holds(row, column):
            return "selected"
        if self.records.is_ticked(row):
            return "selected"
        return "hover" if row == self.mouse.over[0] else ""

    # keys and mouse

    def event(self, event: QEvent) -> bool:
        # Delete is a key of the whole row too; on a range it means the cells.
        if event.type() == QEvent.Type.ShortcutOverride and self._empties(event):
            event.accept()
            return True
        return super().event(event)

    def _empties(self, event: QEvent) -> bool:
        wanted = isinstance(event, QKeyEvent) and QKeySequence(event.keyCombination()) in _DELETING
        return wanted and self.ranges.spans is not None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._empties(event):
            self.clear_wanted.emit()
            return
        if self.ranges.key(event):
            return
        if event.matches(QKeySequence.StandardKey.Paste) and self.current_column > 0:
            # Where cells can be written this is the key of a command, and does not come here.
            self.edit_refused.emit(self.records.columns[self.current_column - 1].name)
            return
        if event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            event.ignore()
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are keys of commands here; they do not jump."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.mouse.press(event, super().mousePressEvent)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index, at = asked_about(self, event)
        if index.isValid():
            self.menu_wanted.emit(at)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.column() > 0 and not event.modifiers():
            self.edit_current()
        else:
            super().mouseDoubleClickEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        if event.buttons() & Qt.MouseButton.LeftButton and self.ranges.drag(at):
            return
        super().mouseMoveEvent(event)
        index = self.indexAt(at)
        self.mouse.move_over(index.row(), index.column())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.ranges.release()
        super().mouseReleaseEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.mouse.move_over(-1, -1)
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.keys_here = True
        self.update_row(self.current_row)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.keys_here = False
        self.update_row(self.current_row)

    def update_row(self, row: int) -> None:
        """Paint a row anew."""
        if row >= 0:
            top = self.rowViewportPosition(row)
            self.viewport().update(0, top, self.viewport().width(), self.rowHeight(row))

    # Qt

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        before, self.current_row = self.current_row, current.row()
        self.current_column = current.column()
        self.records.current = self.current_id
        self.ranges.current_moved()
        self.update_row(before)
        self.update_row(self.current_row)
        self.current_changed.emit(self.current_id)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        super().closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        self.setFocus()
        if hint in _STEPS:
            self._edit_beside(_STEPS[hint])
        if not self.editing:
            self.editing_ended.emit()

    def _edit_beside(self, step: int) -> None:
        column = self.current_column + step
        while 0 < column < self.records.columnCount():
            index = self.records.index(self.current_row, column)
            if self.records.flags(index) & Qt.ItemFlag.ItemIsEditable:
                self.setCurrentIndex(index)
                self.edit(index)
                return
            column += step

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        return in_row(super().moveCursor(action, modifiers))

    def indexAt(self, at: QPoint) -> QModelIndex:
        found = self.frozen.index_at(at)
        return super().indexAt(at) if found is None else found

    def visualRect(self, index: Index) -> QRect:
        return self.frozen.rect(index, super().visualRect(index))

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        bar = self.horizontalScrollBar()
        before = bar.value()
        super().scrollTo(index, hint)
        stays = index.column() <= self.frozen.last and self.frozen.width
        bar.setValue(before if stays else bar.value() - self.frozen.hidden(index.column()))
        hidden = self.visualRect(index).bottom() + 1 + self.room_below - self.viewport().height()
        if self.room_below and hidden > 0:
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() + hidden)

    def scrollContentsBy(self, sideways: int, down: int) -> None:
        super().scrollContentsBy(sideways, down)
        if sideways:
            # What stays was scrolled with the rest.
            self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.frozen.on:
            self.frozen.paint(event.rect())

    def updateGeometries(self) -> None:
        super().updateGeometries()
        bar = self.verticalScrollBar()
        content = self.records.rowCount() * self.verticalHeader().defaultSectionSize()
        if self.room_below and content + self.room_below > self.viewport().height():
            bar.setMaximum(content + self.room_below - self.viewport().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_columns()
        self._tell_visible()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._restyle()

    # keeping the place

    def _remember(self) -> None:
        if self.editing:
            # Another list takes the open cell away.
            self.commitData(self.indexWidget(self.currentIndex()))
        self._kept = (self.current_id, self.current_column, self.current_row, self.verticalScrollBar().value())

    def _recall(self) -> None:
        record, column, row, scroll = self._kept
        count = self.records.rowCount()
        self.current_row = -1
        self.mouse.over = (-1, -1)
        self.ranges.clear()
        self.fit_columns()
        if count:
            found = self.records.row_of(record) if record >= 0 else -1
            row = found if found >= 0 else min(max(0, row), count - 1)
            self.setCurrentIndex(self.records.index(row, min(max(1, column), self.records.columnCount() - 1)))
            self.verticalScrollBar().setValue(scroll)
        else:
            self.current_changed.emit(-1)
        self._ticks_changed()
        self._tell_visible()

    def _start_at_top(self) -> None:
        self.scrollToTop()
        if self.records.rowCount() and self.records.row_of(self._kept[0]) < 0:
            self.setCurrentIndex(self.records.index(0, max(1, self.current_column)))

    def _tell_visible(self) -> None:
        height = max(1, self.verticalHeader().defaultSectionSize())
        first = self.verticalScrollBar().value() // height
        self.records.visible = (first, first + self.viewport().height() // height + 1)

    def _ticks_changed(self) -> None:
        self.header.show_state(self.header.sort_by, self._state_of_all())

    def _state_of_all(self) -> Qt.CheckState:
        count = self.records.ticked_count
        if not count:
            return Qt.CheckState.Unchecked
        return Qt.CheckState.Checked if count == self.records.rowCount() else Qt.CheckState.PartiallyChecked

    def _restyle(self) -> None:
        self.mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        self._painter.forget()
        self.column_widths.forget()
        two_lines = any(column.style is Style.NAME for column in self.records.columns) or not self.records.columns
        height = self.theme.current.row_height(self._density, 2 if two_lines else 1)
        self.verticalHeader().setDefaultSectionSize(height)
        self.header.setFixedHeight(self.theme.current.px(32))
        self.fit_columns()
        self.viewport().update()
