"""The table of a list page: one current row, ticked rows, editing in place, all of it by keyboard and mouse."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QTableView, QWidget

from crm_desktop.domain.catalogue import Field
from crm_desktop.domain.filter import Sort
from crm_desktop.gui.delegates.records_delegate import RecordsDelegate, pencil_box
from crm_desktop.gui.models.cells import Column, Style
from crm_desktop.gui.models.records_model import RecordsModel
from crm_desktop.gui.theme import ThemeManager
from crm_desktop.gui.widgets.announce import announce
from crm_desktop.gui.widgets.record_header import RecordHeader
from crm_desktop.gui.widgets.value_edit import Find

_WIDTHS = {
    Style.TICK: 38, Style.NAME: 200, Style.SCORE: 84, Style.PILL: 100, Style.STEP: 158, Style.NUMBER: 88,
    Style.TEXT: 98,
}  # fmt: skip
_FIELD_WIDTHS = {"segment": 122, "source": 86}
_GROWING = (Style.NAME, Style.STEP, Style.TEXT)
_SHRINK = 0.12  # columns give so much of their width before the table scrolls sideways
_STEPS = {
    QAbstractItemDelegate.EndEditHint.EditNextItem: 1, QAbstractItemDelegate.EndEditHint.EditPreviousItem: -1,
}  # fmt: skip
Index = QModelIndex | QPersistentModelIndex


class RecordTable(QTableView):
    """Shows a `RecordsModel`. `parse` and `choice` read and name the values of its fields; `finder` looks up links."""

    current_changed = Signal(object)  # id of the record, -1 for none
    editing_ended = Signal()
    widths_changed = Signal()  # by hand

    def __init__(
        self,
        theme: ThemeManager,
        records: RecordsModel,
        parse: Callable[[str, str], Any],
        choice: Callable[[str, str], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.records = records
        self.parse = parse
        self.choice = choice
        self.finder: Callable[[Field], Find | None] = lambda _field: None
        self.current_row = -1
        self.current_column = -1
        self.mirrored = False
        self.keys_here = False
        self.room_below = 0
        self._hovered = (-1, -1)
        self._density = "normal"
        self._kept = (-1, 0, -1, 0)
        self._widths: dict[str, int] = {}
        self._fitting = False
        self.header = RecordHeader(theme, lambda: records.columns, self)
        self._painter = RecordsDelegate(self)
        self._dress()
        self._listen()

    def _dress(self) -> None:
        self.setHorizontalHeader(self.header)
        self.setItemDelegate(self._painter)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked)
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
        self.header.sectionResized.connect(self._resized_by_hand)
        self.verticalScrollBar().valueChanged.connect(self._tell_visible)
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

    def set_room_below(self, pixels: int) -> None:
        """Let the last row scroll above something that floats over the foot of the table."""
        if pixels != self.room_below:
            self.room_below = pixels
            self.updateGeometries()

    def fit_columns(self) -> None:
        """Give each column its width and share what is left among those whose words gain by it."""
        columns = self.records.columns
        if not columns:
            return
        theme = self.theme.current
        base = [0 if self.isColumnHidden(0) else theme.px(_WIDTHS[Style.TICK])]
        base += [self._natural_width(column) for column in columns]
        flexible = [i for i, c in enumerate(columns, 1) if c.style in _GROWING and c.name not in self._widths]
        spare = self.viewport().width() - sum(base)
        shares = {i: base[i] if spare > 0 else self._gives(columns[i - 1], base[i]) for i in flexible}
        total = sum(shares.values())
        if total and spare >= -total:
            for i in flexible[1:]:
                base[i] += spare * shares[i] // total
            base[flexible[0]] += self.viewport().width() - sum(base)
        self._fitting = True
        for section, width in enumerate(base):
            self.header.resizeSection(section, width)
        self._fitting = False

    def _natural_width(self, column: Column) -> int:
        theme = self.theme.current
        if column.name in self._widths:
            return theme.px(self._widths[column.name])
        usual = theme.px(_FIELD_WIDTHS.get(column.name, _WIDTHS[column.style]))
        return max(usual, self.header.title_width(column))

    def _gives(self, column: Column, width: int) -> int:
        """How much narrower a column may become without its title being cut."""
        return max(0, min(round(width * _SHRINK), width - self.header.title_width(column)))

    @property
    def widths(self) -> tuple[tuple[str, int], ...]:
        """The columns made wider or narrower by hand, in pixels of normal text size."""
        return tuple((column.name, self._widths[column.name]) for column in self.records.columns
                     if column.name in self._widths)  # fmt: skip

    def set_widths(self, widths: Mapping[str, int]) -> None:
        """Columns as wide as they were made by hand; the others share what is left."""
        self._widths = dict(widths)
        self.fit_columns()

    def go_to(self, record: int) -> bool:
        """Make a record the current one; False where it is not in the list."""
        row = self.records.row_of(record)
        if row >= 0:
            self.setCurrentIndex(self.records.index(row, max(1, self.current_column)))
        return row >= 0

    # what commands do

    def tick_current(self) -> None:
        """Tick or untick the current row."""
        if self.current_row >= 0:
            self.records.tick(self.current_row, self.current_row, not self.records.is_ticked(self.current_row))

    def tick_every_row(self) -> None:
        """Tick all rows of this view, and say how many they are."""
        self.records.tick_all(True)
        announce(self, self.tr("All %n in this view", "", self.records.ticked_count))

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
        """Open the current cell, or the first one of its row that can be edited."""
        wanted = [self.current_column, *range(1, self.records.columnCount())]
        for column in wanted:
            index = self.records.index(self.current_row, column)
            if index.isValid() and self.records.flags(index) & Qt.ItemFlag.ItemIsEditable:
                self.setCurrentIndex(index)
                self.edit(index)
                return

    def show_order(self, order: Sort | None) -> None:
        """Mark the column that the list is ordered by."""
        self.header.show_state(order, self._state_of_all())

    # what the delegate asks

    def fill_of(self, row: int) -> str:
        """The token behind a row; empty for the plain ground."""
        if row == self.current_row or self.records.is_ticked(row):
            return "selected"
        return "hover" if row == self._hovered[0] else ""

    def pencil_in(self, row: int, column: int) -> bool:
        """Whether a cell shows that it can be edited, because the mouse is over it."""
        if (row, column) != self._hovered or self.editing:
            return False
        return bool(self.records.flags(self.records.index(row, column)) & Qt.ItemFlag.ItemIsEditable)

    # keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if step and event.modifiers() == Qt.KeyboardModifier.ShiftModifier:
            self._tick_along(step)
            return
        if event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            event.ignore()
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are keys of commands here; they do not jump."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        modifiers = event.modifiers()
        if not index.isValid() or event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        on_pencil = self.pencil_in(index.row(), index.column()) and pencil_box(
            self, self.visualRect(index), index.column()).contains(event.position().toPoint())  # fmt: skip
        before = self.current_row
        toggles = index.column() == 0 or modifiers & Qt.KeyboardModifier.ControlModifier
        if modifiers & Qt.KeyboardModifier.ShiftModifier and before >= 0:
            self.records.tick(before, index.row(), True)
        elif toggles:
            self.records.tick(index.row(), index.row(), not self.records.is_ticked(index.row()))
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if not index.column():
            index = index.siblingAtColumn(1)
        if not toggles and not modifiers:
            super().mousePressEvent(event)
        self.setCurrentIndex(index)
        if on_pencil and not modifiers:
            self.edit(index)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        at = event.position().toPoint()
        self._hover(self.rowAt(at.y()), self.columnAt(at.x()))

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1, -1)
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.keys_here = True
        self._update_row(self.current_row)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.keys_here = False
        self._update_row(self.current_row)

    def _tick_along(self, step: int) -> None:
        if self.current_row < 0:
            return
        row = min(max(0, self.current_row + step), self.records.rowCount() - 1)
        self.records.tick(self.current_row, row, True)
        self.setCurrentIndex(self.records.index(row, self.current_column))

    def _hover(self, row: int, column: int) -> None:
        if (row, column) != self._hovered:
            before, self._hovered = self._hovered[0], (row, column)
            self._update_row(before)
            self._update_row(row)

    def _update_row(self, row: int) -> None:
        if row >= 0:
            top = self.rowViewportPosition(row)
            self.viewport().update(0, top, self.viewport().width(), self.rowHeight(row))

    # Qt

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        before, self.current_row = self.current_row, current.row()
        self.current_column = current.column()
        self.records.current = self.current_id
        self._update_row(before)
        self._update_row(self.current_row)
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
        self._kept = (self.current_id, self.current_column, self.current_row, self.verticalScrollBar().value())

    def _recall(self) -> None:
        record, column, row, scroll = self._kept
        count = self.records.rowCount()
        self.current_row = -1
        self._hovered = (-1, -1)
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
        self.header.show_state(self.records.sort_by, self._state_of_all())

    def _state_of_all(self) -> Qt.CheckState:
        count = self.records.ticked_count
        if not count:
            return Qt.CheckState.Unchecked
        return Qt.CheckState.Checked if count == self.records.rowCount() else Qt.CheckState.PartiallyChecked

    def _resized_by_hand(self, section: int, _before: int, now: int) -> None:
        if not self._fitting and 0 < section <= len(self.records.columns):
            self._widths[self.records.columns[section - 1].name] = round(now * 100 / self.theme.current.scale)
            self.widths_changed.emit()

    def _restyle(self) -> None:
        self.mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        self._painter.forget()
        two_lines = any(column.style is Style.NAME for column in self.records.columns) or not self.records.columns
        height = self.theme.current.row_height(self._density, 2 if two_lines else 1)
        self.verticalHeader().setDefaultSectionSize(height)
        self.header.setFixedHeight(self.theme.current.px(32))
        self.fit_columns()
        self.viewport().update()


