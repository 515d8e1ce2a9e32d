"""The head of a record table: titles with the sort arrow, and the tick box for all rows."""

from collections.abc import Callable

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QHeaderView, QStyle, QWidget

from crm_desktop.domain.filter import Sort
from crm_desktop.gui import icons, paint
from crm_desktop.gui.delegates.records_delegate import PAD, TICK_LEFT
from crm_desktop.gui.models.cells import Column, Style
from crm_desktop.gui.theme import ThemeManager


class RecordHeader(QHeaderView):
    """Section 0 is the tick box of all rows; a click on a title sorts."""

    tick_all = Signal()
    sort_wanted = Signal(int)

    def __init__(self, theme: ThemeManager, columns: Callable[[], tuple[Column, ...]], parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self._columns = columns
        self.sort_by: Sort | None = None
        self.state_of_all = Qt.CheckState.Unchecked
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(theme.current.px(32))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self.tr("Columns"))
        self.sectionClicked.connect(self._clicked)

    def show_state(self, sort_by: Sort | None, all_ticked: Qt.CheckState) -> None:
        """Show the order and whether all rows are ticked."""
        self.sort_by, self.state_of_all = sort_by, all_ticked
        self.viewport().update()

    def title_width(self, column: Column) -> int:
        """Width of a column that shows its whole title."""
        return int(paint.width_of(column.title, self._theme.current.font("smallStrong"))) + 2 * PAD + 3

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
        self._title(painter, rect.adjusted(PAD, 0, -PAD, 0), self._columns()[section - 1])

    def _title(self, painter: QPainter, room: QRect, column: Column) -> None:
        theme = self._theme.current
        sorted_here = self.sort_by is not None and self.sort_by.field == column.name
        font = theme.font("smallStrong" if sorted_here else "small")
        side = theme.px(14) if sorted_here else 0
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

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        column = self.logicalIndexAt(event.position().toPoint())
        title = self._columns()[column - 1].title if 0 < column <= len(self._columns()) else self.tr("Tick all rows")
        self.setToolTip(title)

    def _clicked(self, section: int) -> None:
        if section == 0:
            self.tick_all.emit()
        else:
            self.sort_wanted.emit(section)
