"""How wide the columns of a record table are: as made by hand, else as wide as their values usually need."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from crm_desktop.domain.catalogue import FieldType
from crm_desktop.gui import format
from crm_desktop.gui.models.cells import Cell, Column, Style

if TYPE_CHECKING:
    from crm_desktop.gui.widgets.record_table import RecordTable

_WIDTHS = {
    Style.TICK: 38, Style.NAME: 200, Style.SCORE: 84, Style.PILL: 100, Style.STEP: 158, Style.NUMBER: 88,
    Style.TEXT: 98,
}  # fmt: skip
_WIDEST_NEED = {Style.NAME: 280, Style.STEP: 320, Style.TEXT: 240}
"""How wide the values of a column may make it by themselves; such columns also share what room is left."""
_LONGEST_DAY = datetime(2000, 9, 28, 20, 48).astimezone()
_SHRINK = 0.2  # columns give so much of their usual width before the table scrolls sideways
_MEASURED = 60  # rows
_PENCIL = 16  # beside the usual space before a number, where its pencil stands
_NARROWEST, _WIDEST = 32, 800


class ColumnWidths:
    """Keeps widths in pixels of normal text size, and shares the room of the table."""

    def __init__(self, table: "RecordTable") -> None:
        self._table = table
        self._by_hand: dict[str, int] = {}
        self._fitting = False
        self._needs: dict[str, int] = {}
        self._measured = False
        table.records.modelReset.connect(self.forget)
        table.records.dataChanged.connect(self._rows_known)

    def forget(self) -> None:
        """Other rows or another look: what their words need is measured anew."""
        self._needs, self._measured = {}, False

    def _rows_known(self) -> None:
        if not self._measured and self._table.records.beginning(1, 1):
            self.fit()

    @property
    def by_hand(self) -> tuple[tuple[str, int], ...]:
        """The columns made wider or narrower by hand."""
        return tuple((column.name, self._by_hand[column.name]) for column in self._table.records.columns
                     if column.name in self._by_hand)  # fmt: skip

    def set(self, widths: Mapping[str, int]) -> None:
        """Columns as wide as they were made by hand; the others share what is left."""
        self._by_hand = dict(widths)
        self.fit()

    def change(self, name: str, by: int | None) -> None:
        """Make a column wider or narrower by pixels, or without a number as wide as usual."""
        if by is None:
            self._by_hand.pop(name, None)
        else:
            section = next(i for i, column in enumerate(self._table.records.columns, 1) if column.name == name)
            now = round(self._table.columnWidth(section) * 100 / self._table.theme.current.scale)
            self._by_hand[name] = min(max(_NARROWEST, now + by), _WIDEST)
        self.fit()
        self._table.widths_changed.emit()

    def dragged(self, section: int, _before: int, now: int) -> None:
        """The edge of a title was dragged."""
        columns = self._table.records.columns
        if not self._fitting and 0 < section <= len(columns):
            self._by_hand[columns[section - 1].name] = round(now * 100 / self._table.theme.current.scale)
            self._table.widths_changed.emit()

    def fit(self) -> None:
        """Give each column its width: those of words what their words need, and what is left of the room."""
        table, columns = self._table, self._table.records.columns
        if not columns:
            return
        widths = [0 if table.isColumnHidden(0) else table.theme.current.px(_WIDTHS[Style.TICK])]
        widths += [self._usual(column) for column in columns]
        self._measured = bool(table.records.beginning(1, 1))
        growing = [i for i, c in enumerate(columns, 1) if _grows(c) and c.name not in self._by_hand]
        room = table.viewport().width() - sum(widths) + sum(widths[i] for i in growing)
        for i, width in zip(growing, self._shared([columns[i - 1] for i in growing], room), strict=True):
            widths[i] = width
        self._fitting = True
        for section, width in enumerate(widths):
            table.header.resizeSection(section, width)
        self._fitting = False

    def _shared(self, columns: Sequence[Column], room: int) -> list[int]:
        """The widths of columns of words: with room to spare more than they need, without it less."""
        least = [self._least(column) for column in columns]
        wanted = [max(low, self._need(column)) for low, column in zip(least, columns, strict=True)]
        if not columns or room < sum(least):
            # As it scrolls sideways anyway, only steps stay short: their day says enough.
            steps = [column.style is Style.STEP for column in columns]
            return [low if step else want for low, want, step in zip(least, wanted, steps, strict=True)]
        widths, spare = list(least), room - sum(least)
        # Who lacks little gets it before who lacks much.
        lacking = sorted(range(len(columns)), key=lambda at: wanted[at] - least[at])
        for left, at in zip(range(len(columns), 0, -1), lacking, strict=True):
            given = min(wanted[at] - least[at], spare // left)
            widths[at] += given
            spare -= given
        extra = [spare * width // sum(widths) for width in widths]
        extra[0] += spare - sum(extra)
        return [width + more for width, more in zip(widths, extra, strict=True)]

    def _usual(self, column: Column) -> int:
        """How wide a column is by hand, or so that it holds its title and the usual values of its type."""
        theme = self._table.theme.current
        if column.name in self._by_hand:
            return theme.px(self._by_hand[column.name])
        title, usual = self._table.header.title_width(column), theme.px(_WIDTHS[column.style])
        if column.style is Style.NUMBER:
            before = theme.px(_PENCIL) if column.editable else 0
            usual = self._need(column) + before if self._need(column) else usual
        elif column.field.type in _DAYS:
            usual = self._day_width(column)
        return max(title, usual)

    def _day_width(self, column: Column) -> int:
        words = format.full_day(_LONGEST_DAY.date())
        if column.field.type is FieldType.INSTANT:
            words = f"{words} {format.clock_time(_LONGEST_DAY)}"
        return self._table.measure(Cell(column.style, words))

    def _least(self, column: Column) -> int:
        """How narrow a column of words may become; those of short words need no more than these."""
        title, usual = self._table.header.title_width(column), self._usual(column)
        need = self._need(column) or usual
        return max(title, min(need, round(usual * (1 - _SHRINK))))

    def _need(self, column: Column) -> int:
        """The room for the words of the first rows, within bounds; 0 while none is known."""
        if column.name not in self._needs:
            section = self._table.records.columns.index(column) + 1
            cells = self._table.records.beginning(section, _MEASURED)
            if not cells:
                return 0
            self._needs[column.name] = max(map(self._table.measure, cells))
        bound = _WIDEST_NEED.get(column.style)
        need = self._needs[column.name]
        return need if bound is None else min(need, self._table.theme.current.px(bound))


_DAYS = (FieldType.DATE, FieldType.INSTANT)


def _grows(column: Column) -> bool:
    return column.style in _WIDEST_NEED and column.field.type not in (*_DAYS, FieldType.YES_NO)
