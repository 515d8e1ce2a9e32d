"""How wide the columns of a record table are: as made by hand, else as wide as their values usually need."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from crm_desktop.gui.models.cells import Column, Style

if TYPE_CHECKING:
    from crm_desktop.gui.widgets.record_table import RecordTable

_WIDTHS = {
    Style.TICK: 38, Style.NAME: 200, Style.SCORE: 84, Style.PILL: 100, Style.STEP: 158, Style.NUMBER: 88,
    Style.TEXT: 98,
}  # fmt: skip
_FIELD_WIDTHS = {"segment": 122, "source": 86}
_GROWING = (Style.NAME, Style.STEP, Style.TEXT)
_SHRINK = 0.12  # columns give so much of their width before the table scrolls sideways
_NARROWEST, _WIDEST = 32, 800


class ColumnWidths:
    """Keeps widths in pixels of normal text size, and shares the room of the table."""

    def __init__(self, table: "RecordTable") -> None:
        self._table = table
        self._by_hand: dict[str, int] = {}
        self._fitting = False

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
        """Give each column its width and share what is left among those whose words gain by it."""
        table, columns = self._table, self._table.records.columns
        if not columns:
            return
        base = [0 if table.isColumnHidden(0) else table.theme.current.px(_WIDTHS[Style.TICK])]
        base += [self._natural(column) for column in columns]
        flexible = [i for i, c in enumerate(columns, 1) if c.style in _GROWING and c.name not in self._by_hand]
        spare = table.viewport().width() - sum(base)
        shares = {i: base[i] if spare > 0 else self._gives(columns[i - 1], base[i]) for i in flexible}
        total = sum(shares.values())
        if total and spare >= -total:
            for i in flexible[1:]:
                base[i] += spare * shares[i] // total
            base[flexible[0]] += table.viewport().width() - sum(base)
        self._fitting = True
        for section, width in enumerate(base):
            table.header.resizeSection(section, width)
        self._fitting = False

    def _natural(self, column: Column) -> int:
        theme = self._table.theme.current
        if column.name in self._by_hand:
            return theme.px(self._by_hand[column.name])
        usual = theme.px(_FIELD_WIDTHS.get(column.name, _WIDTHS[column.style]))
        return max(usual, self._table.header.title_width(column))

    def _gives(self, column: Column, width: int) -> int:
        """How much narrower a column may become without its title being cut."""
        return max(0, min(round(width * _SHRINK), width - self._table.header.title_width(column)))
