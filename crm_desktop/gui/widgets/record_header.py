"""The head of a record table: titles with the sort arrow, and the tick box for all rows."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QStyle

from crm_desktop.domain.filter import Sort
from crm_desktop.gui import icons, paint
from crm_desktop.gui.delegates.records_delegate import PAD, TICK_LEFT
from crm_desktop.gui.models.cells import Column, Style
from crm_desktop.gui.theme import ThemeManager

if TYPE_CHECKING:
    from crm_desktop.gui.widgets.record_table import RecordTable

_ARROW = 14


class RecordHeader(QHeaderView):
    """Section 0 is the tick box of all rows; a click on a title sorts."""

    tick_all = Signal()
    sort_wanted = Signal(int)
    move_wanted = Signal(int, int)  # a column was dragged: its section, and where it goes
    menu_wanted = Signal(int, object)  # section, global position

    def __init__(self, theme: ThemeManager, table: "RecordTable") -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self._theme = theme
        self._table = table
        self._held = 0  # how far the press was moved to reach a title that stays
        self._settling = False
        self.sort_by: Sort | None = None
        self.state_of_all = Qt.CheckState.Unchecked
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionsMovable(True)
        self.setFirstSectionMovable(False)
        self.sectionMoved.connect(self._moved)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._ask_menu)
        self.setMinimumSectionSize(theme.current.px(32))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self.tr("Columns"))
        self.sectionClicked.connect(self._clicked)

    def show_state(self, sort_by: Sort | None, all_ticked: Qt.CheckState) -> None:
        """Show the order and whether all rows are ticked."""
        self.sort_by, self.state_of_all = sort_by, all_ticked
        self.viewport().update()

    def title_width(self, column: Column) -> int:
        """Width of a column that shows its whole title, with the arrow where the list is ordered by it."""
        theme = self._theme.current
        sorted_here = self.sort_by is not None and self.sort_by.field == column.name
        arrow = theme.px(_ARROW) + 4 if sorted_here else 0
        return int(paint.width_of(column.title, theme.font("smallStrong"))) + 2 * PAD + 3 + arrow

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._theme.current.px(32))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        theme = self._theme.current
        painter.fillRect(rect, theme.color("surface"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.color("border"))
        if section == 0:
            side = theme.px(16)
            box = QRectF(rect.left() + TICK_LEFT, rect.top() + (rect.height() - side) / 2, side, side)
            paint.tick_box(painter, self._mirror(box, rect), theme, self.state_of_all)
            return
        self._title(painter, rect.adjusted(PAD, 0, -PAD, 0), self._table.records.columns[section - 1])

    def _title(self, painter: QPainter, room: QRect, column: Column) -> None:
        theme = self._theme.current
        sorted_here = self.sort_by is not None and self.sort_by.field == column.name
        font = theme.font("smallStrong" if sorted_here else "small")
        side = theme.px(_ARROW) if sorted_here else 0
        width = min(paint.width_of(column.title, font) + 2, room.width() - (side + 4 if side else 0))
        start = 0 if column.style is not Style.NUMBER else room.width() - width - (side + 4 if side else 0)
        words = QRectF(room.left() + start, room.top(), width, room.height() - 1)
        colour = theme.color("text" if sorted_here else "textSecondary")
        paint.text(painter, self._mirror(words, room), column.title, font, colour)
        if side and self.sort_by is not None:
            arrow = QRectF(words.right() + 3, room.top(), side, room.height() - 1)
            arrow.setHeight(side)
            arrow.moveTop(room.top() + (room.height() - 1 - side) / 2)
            name = "arrow-down" if self.sort_by.descending else "arrow-up"
            icons.draw(painter, name, colour, self._mirror(arrow, room))

    def _mirror(self, box: QRectF, inside: QRect) -> QRectF:
        return QRectF(QStyle.visualRect(self.layoutDirection(), inside, box.toRect()))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._table.frozen.on:
            painter = QPainter(self.viewport())
            self._table.frozen.paint_titles(painter, self.height())
            painter.end()

    # Qt finds titles by where they are scrolled to, so events over those that stay are moved there.

    def _away(self, x: float) -> int:
        if self._table.frozen.section_at(int(x)) < 0:
            return 0
        return self.offset() if self._table.mirrored else -self.offset()

    def _there(self, event: QMouseEvent, by: int) -> QMouseEvent:
        if not by:
            return event
        at = QPointF(by, 0)
        return QMouseEvent(
            event.type(), event.position() + at, event.scenePosition() + at, event.globalPosition(), event.button(),
            event.buttons(), event.modifiers(),
        )  # fmt: skip

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._held = self._away(event.position().x())
        super().mousePressEvent(self._there(event, self._held))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        by = self._held if event.buttons() else self._away(event.position().x())
        moved = self._there(event, by)
        super().mouseMoveEvent(moved)
        section, columns = self.logicalIndexAt(moved.position().toPoint()), self._table.records.columns
        self.setToolTip(columns[section - 1].title if 0 < section <= len(columns) else self.tr("Tick all rows"))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(self._there(event, self._held))
        self._held = 0

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(self._there(event, self._away(event.position().x())))

    def _ask_menu(self, at: QPoint) -> None:
        section = self.logicalIndexAt(at + QPoint(self._away(at.x()), 0))
        if section > 0:
            self.menu_wanted.emit(section, self.mapToGlobal(at))

    def _moved(self, section: int, before: int, after: int) -> None:
        """The table is told; the columns themselves are put in order, so that sections stay as they are."""
        if not self._settling:
            self._settling = True
            self.moveSection(after, before)
            self._settling = False
            QTimer.singleShot(0, self, lambda: self.move_wanted.emit(section, after))

    def _clicked(self, section: int) -> None:
        if section == 0:
            self.tick_all.emit()
        else:
            self.sort_wanted.emit(section)
