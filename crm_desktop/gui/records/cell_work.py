"""Copying, pasting, filling down and emptying cells of a list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtGui import QGuiApplication

from crm_desktop.domain.catalogue import Field, FieldType
from crm_desktop.domain.filter import Filter, picked
from crm_desktop.gui import format
from crm_desktop.gui.deeds import Deed, describe
from crm_desktop.gui.language import inside
from crm_desktop.gui.models.cells import Column
from crm_desktop.gui.records.refused_cells import RefusedCells, RefusedLine
from crm_desktop.gui.widgets.cell_range import CellRange
from crm_desktop.gui.widgets.menu import Menu
from crm_desktop.services.cells import MOST, Pasted, html_block, read_block, write_block

if TYPE_CHECKING:
    from crm_desktop.gui.records.list_page import ListPage
    from crm_desktop.services import Services

Block = list[list[str]]


class LeftOut(NamedTuple):
    """What of a block reaches beyond the table: in words, and its cells."""

    words: str = ""
    lines: Sequence[RefusedLine] = ()


NOTHING = LeftOut()


class CellWork(QObject):
    """Works on the range of the table of a page, else on its current cell; copies ticked rows as well."""

    def __init__(self, page: ListPage) -> None:
        super().__init__(page)
        self._page = page
        self._refused: list[RefusedLine] = []

    @property
    def has_refused(self) -> bool:
        """Whether cells of the last block were not taken."""
        return bool(self._refused)

    # copy

    def copy(self, heads: bool = False) -> None:
        """Put the range, the ticked rows or the current cell on the clipboard, as a spreadsheet does."""
        page, kind = self._page, self._page.listing.kind
        cells = page.table.ranges.cells
        if cells is None:
            return
        columns = page.records.columns
        ids: Callable[[], Sequence[int]] = page.bulk.ids()
        if page.table.ranges.spans is not None or not page.records.ticked_count:
            columns, ids = self._columns(cells), partial(self._ids, cells)
            count = len(cells.rows)
        else:
            count = page.records.ticked_count
        if count * len(columns) > MOST:
            page.say(self.tr("At most %1 cells are copied at once. Export them instead.")
                     .replace("%1", format.count_text(MOST)), kind="bad")  # fmt: skip
            return
        titles = [column.title for column in columns] if heads else []
        work = partial(self._texts, kind, ids, [column.field for column in columns])
        page.context.jobs.read(lambda _progress: work(), partial(self._put, titles), page.tell_refused, self)

    def _texts(self, kind: str, ids: Callable[[], Sequence[int]], fields: Sequence[Field]) -> Block:
        services = self._page.services
        rows = services.lists.rows(kind, ids(), [field.name for field in fields])
        return [[cell_text(services, kind, *each) for each in zip(fields, row[1:], strict=True)] for row in rows]

    def _put(self, titles: Sequence[str], rows: Block) -> None:
        data = QMimeData()
        data.setText(write_block([titles, *rows] if titles else rows).removesuffix("\n"))
        data.setHtml(html_block(rows, titles))
        QGuiApplication.clipboard().setMimeData(data)
        width = len(rows[0]) if rows else 0
        words = self.tr("Copied %1 × %2 cells").replace("%1", format.count_text(len(rows)))
        self._page.say(words.replace("%2", format.count_text(width)), kind="info")

    # paste

    def paste(self) -> None:
        """Put what is on the clipboard into the cells from the current one on, or into the range."""
        page = self._page
        cells, block = page.table.ranges.cells, read_block(QGuiApplication.clipboard().text())
        if not block:
            page.say(self.tr("There is no text on the clipboard."), kind="bad")
        elif page.records.loading:
            page.say(self.tr("The list is still being read. Try again in a moment."), kind="bad")
        elif cells is not None:
            height, width = len(block), max(map(len, block))
            target, texts = self._place(block, cells)
            left_out = LeftOut(self._told_left_out(cells.top + height - 1, cells.left + width - 1),
                               self._outside(block, cells))  # fmt: skip
            self._write(target, lambda services, *where: services.cells.paste(*where, texts), left_out)

    def _place(self, block: Block, cells: CellRange) -> tuple[CellRange, Block]:
        """Where a block goes: repeated over a range that is a multiple of it, else as far as it fits."""
        height, width = len(block), max(map(len, block))
        if len(cells.rows) % height == 0 and len(cells.columns) % width == 0:
            across = len(cells.columns) // width
            even = [row + [""] * (width - len(row)) for row in block] if across > 1 else block
            return cells, [row * across for row in even] * (len(cells.rows) // height)
        records = self._page.records
        bottom = min(cells.top + height, records.rowCount()) - 1
        right = min(cells.left + width, records.columnCount()) - 1
        return CellRange(cells.top, cells.left, bottom, right), block[: bottom - cells.top + 1]

    def _outside(self, block: Block, cells: CellRange) -> list[RefusedLine]:
        """The cells of a block that reach beyond the table."""
        records, why = self._page.records, self.tr("There is no place for it in the list.")
        room, width = records.rowCount() - cells.top, records.columnCount() - cells.left
        found = (
            RefusedLine(row, "", "", text, why)
            for row, line in enumerate(block, 1) for column, text in enumerate(line)
            if text and (row > room or column >= width)
        )  # fmt: skip
        return list(islice(found, MOST))

    def _told_left_out(self, bottom: int, right: int) -> str:
        """What of a block reaches beyond the table, in words."""
        records = self._page.records
        rows, columns = max(0, bottom - records.rowCount() + 1), max(0, right - records.columnCount() + 1)
        if not rows and not columns:
            return ""
        if rows and columns:
            words = self.tr("Rows without a place in the list: %1, columns: %2.")
        elif rows:
            words = self.tr("Rows without a place in the list: %1.")
        else:
            words = self.tr("Columns without a place in the list: %2.")
        return words.replace("%1", format.count_text(rows)).replace("%2", format.count_text(columns))

    # fill and empty

    def fill_down(self) -> None:
        """Give the first row of the range to its others, else the current cell to ticked rows, or it the one above."""
        page = self._page
        cells, spans = page.table.ranges.cells, page.table.ranges.spans
        if cells is None:
            return
        if spans is None and page.records.ticked_count:
            self._offer_filling(cells.left)
        elif len(cells.rows) > 1:
            self._fill(cells.top, cells._replace(top=cells.top + 1))
        elif cells.top > 0:
            self._fill(cells.top - 1, cells)
        else:
            page.say(self.tr("There is no row above to fill from."), kind="bad")

    def _fill(self, source: int, target: CellRange) -> None:
        record = self._page.records.id_at(source)
        self._write(target, lambda services, kind, ids, names: services.cells.fill(kind, record, ids, names))

    def _offer_filling(self, section: int) -> None:
        """Many records change, so the menu names what goes where before anything is done."""
        page = self._page
        column, values = page.records.columns[section - 1], page.records.values_at(page.table.current_row)
        if values is None:
            return
        value, kind = values[column.name], page.listing.kind
        cell = page.records.cell(page.table.current_row, section)
        words = self.tr("%1 of %2 %3: set to “%4”").replace("%1", column.title)
        words = words.replace("%2", format.count_text(page.records.ticked_count))
        words = words.replace("%3", inside(page.services.labels.kind(kind, plural=True)))
        words = words.replace("%4", cell.text if cell else "")
        menu = Menu(page)
        ids = page.bulk.ids()
        entry = menu.addAction(words, lambda: page.write(
            lambda: page.services.records.set(kind, ids(), {column.name: value})))  # fmt: skip
        menu.setActiveAction(entry)
        rect = page.table.visualRect(page.table.currentIndex())
        menu.popup(page.table.viewport().mapToGlobal(rect.bottomLeft()))

    def clear(self) -> None:
        """Empty the cells of the range, or the current one."""
        cells = self._page.table.ranges.cells
        if cells is not None:
            self._write(cells, lambda services, *where: services.cells.clear(*where))

    # writing and telling

    def _columns(self, cells: CellRange) -> tuple[Column, ...]:
        return tuple(self._page.records.columns[section - 1] for section in cells.columns)

    def _ids(self, cells: CellRange) -> Sequence[int]:
        return self._page.records.ids[cells.top : cells.bottom + 1]

    def _write(self, target: CellRange, work: Callable[..., Pasted], left_out: LeftOut = NOTHING) -> None:
        page, kind, ids = self._page, self._page.listing.kind, self._ids(target)
        columns = self._columns(target)
        names = [column.name for column in columns]
        self._refused = []
        page.context.jobs.write(
            lambda _progress: work(page.services, kind, ids, names),
            partial(self._written, picked(kind, ids), names, left_out),
            page.tell_refused, self.tr("Changing cells"),
        )  # fmt: skip

    def _written(self, written: Filter, names: Sequence[str], left_out: LeftOut, pasted: Pasted) -> None:
        page = self._page
        titles = {column.name: column.title for column in page.records.columns}
        self._refused = [
            RefusedLine(each.row + 1, each.name, titles.get(each.field, each.field), each.text, each.reason)
            for each in pasted.refused
        ]
        moved = self._told_order(names, titles) if pasted.change.action and not self._refused else ""
        others = [part for part in (moved, self._told_skipped(pasted, titles), left_out.words) if part]
        said = [self._told(pasted, brief=bool(others)), *others]
        self._refused += left_out.lines
        show = partial(page.look_at, written) if moved else self.show_refused if self._refused else None
        more = (self.tr("Show them"), show) if show is not None else None
        # One alone is as short as other toasts; several are whole sentences.
        words = said[0] if len(said) == 1 else " ".join(f"{part.rstrip('.')}." for part in said)
        page.tell_change(words, pasted.change, more)
        page.refresh_actions()

    def _told(self, pasted: Pasted, brief: bool) -> str:
        """What became of the block; `brief` leaves room for what else is told, and the reasons to the list of them."""
        if self._refused:
            first = self._refused[0]
            if pasted.cells == 1:
                words = self.tr("%1 stays as it was") if brief else self.tr("%1 stays as it was: %2")
                return words.replace("%1", first.column).replace("%2", first.reason)
            words = self.tr("%1 of %2 cells were not taken")
            if not brief:
                words = self.tr("%1 of %2 cells were not taken: row %3, %4: %5")
            words = words.replace("%1", format.count_text(len(self._refused)))
            words = words.replace("%2", format.count_text(pasted.cells)).replace("%3", format.count_text(first.row))
            return words.replace("%4", first.column).replace("%5", first.reason)
        if not pasted.change.action:
            return self.tr("The cells had these values already.")
        return describe(Deed.of(pasted.change), self._page.services.labels.kind)

    def _told_order(self, names: Sequence[str], titles: dict[str, str]) -> str:
        """That rows stand elsewhere now, for what they are sorted by was written."""
        order = self._page.records.sort_by
        if order is None or order.field not in names:
            return ""
        return self.tr("Sorted anew by %1.").replace("%1", inside(titles.get(order.field, order.field)))

    def _told_skipped(self, pasted: Pasted, titles: dict[str, str]) -> str:
        names = ", ".join(titles.get(name, name) for name in pasted.skipped)
        return self.tr("Cannot be set and was skipped: %1.").replace("%1", names) if names else ""

    def show_refused(self) -> None:
        """List the cells that were not taken, with what was to go in."""
        RefusedCells(self._page.theme, self._refused, self._page.window()).open()


def cell_text(services: Services, kind: str, field: Field, value: Any) -> str:
    """A value as a spreadsheet understands it, and as it is read when it is pasted again."""
    if value is None:
        return ""
    if field.type is FieldType.CHOICE and not field.multi:
        return str(services.labels.choice(kind, field.name, value))
    text = format.typed(field, value)
    own = field.type is FieldType.MONEY and value.currency == services.settings.currency
    return text.removesuffix(f" {value.currency}") if own else text
