"""Lists of records as Qt models, over a list that is made up."""

from array import array
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt

from crm_desktop.domain.catalogue import Field, FieldType, Use
from crm_desktop.domain.filter import Filter, Sort
from crm_desktop.errors import UserError
from crm_desktop.gui.errors import ErrorReporter
from crm_desktop.gui.jobs import Job
from crm_desktop.gui.models.cells import CellMaker, Column, initials, style_of
from crm_desktop.gui.models.records_model import RecordsModel
from crm_desktop.gui.models.row_pages import KEPT, PENDING, SIZE
from crm_desktop.gui.models.ticks import Ticks

from .immediate import ImmediateRunner

NAME = Field("name", FieldType.TEXT, frozenset({Use.SORT}))
SOURCE = Field("source", FieldType.TEXT, frozenset({Use.EDIT}))
SCORE = Field("score", FieldType.INTEGER, frozenset({Use.SORT, Use.EDIT}))
COLUMNS = tuple(Column(field, field.name.capitalize(), style_of(field)) for field in (NAME, SCORE, SOURCE))


class MadeUp:
    """Services over `count` leads called "Lead 0" and so on; notes what is asked."""

    def __init__(self, count: int) -> None:
        self.lists = self.records = self
        self.order = array("q", range(count))
        self.read: list[int] = []
        self.limits: list[int | None] = []
        self.stored: dict[tuple[int, str], Any] = {}
        self.refuse = ""

    def ids(
        self, _wanted: Filter, sort: Sort | None = None, limit: int | None = None, _progress: object = None
    ) -> "array[int]":
        self.limits.append(limit)
        ordered = self.order[::-1] if sort is not None and sort.descending else self.order
        return ordered[:limit] if limit is not None else ordered[:]

    def rows(self, _kind: str, ids: Sequence[int], fields: Sequence[str]) -> list[tuple[Any, ...]]:
        self.read.extend(ids)
        return [(record, *(self.stored.get((record, name), self._value(record, name)) for name in fields))
                for record in ids]  # fmt: skip

    def _value(self, record: int, name: str) -> Any:
        return {"name": f"Lead {record}", "score": record % 100, "source": "Web"}.get(name)

    def set(self, _kind: str, ids: Sequence[int], values: dict[str, Any]) -> None:
        if self.refuse:
            raise UserError(self.refuse)
        self.stored |= {(record, name): value for record in ids for name, value in values.items()}


class Held(ImmediateRunner):
    """A runner that does nothing until it is told to."""

    def __init__(self, errors: ErrorReporter) -> None:
        super().__init__(errors)
        self.waiting: list[Job] = []
        self.holding = False

    def _start(self, job: Job) -> None:
        if self.holding:
            self.waiting.append(job)
        else:
            super()._start(job)

    def go_on(self) -> None:
        """Do what waits."""
        waiting, self.waiting = self.waiting, []
        for job in waiting:
            super()._start(job)


@pytest.fixture
def jobs(errors: ErrorReporter) -> Held:
    return Held(errors)


@pytest.fixture
def make(jobs: Held) -> Callable[[int], RecordsModel]:
    """A model over so many leads, shown."""

    def build(count: int) -> RecordsModel:
        def choice(field: str, code: str) -> str:
            return code.upper() if field == "lifecycle" else code

        maker = CellMaker("lead", choice, lambda: date(2026, 11, 12), 70)
        model = RecordsModel(MadeUp(count), jobs, maker)
        model.set_columns(COLUMNS)
        model.show(Filter("lead"), None)
        return model

    return build


def asked(model: RecordsModel) -> MadeUp:
    services: MadeUp = model._services
    return services


def test_it_is_a_well_behaved_model(make: Callable[[int], RecordsModel], qtmodeltester: Any) -> None:
    model = make(300)
    qtmodeltester.check(model)
    model.show(Filter("lead"), Sort("name", descending=True))
    model.tick(3, 5, True)
    qtmodeltester.check(model)


def test_a_long_list_asks_for_a_first_page_before_all(make: Callable[[int], RecordsModel]) -> None:
    model = make(1000)
    assert asked(model).limits == [SIZE, None]
    assert model.rowCount() == 1000
    assert len(asked(model).read) == SIZE


def test_a_short_list_is_asked_for_once(make: Callable[[int], RecordsModel]) -> None:
    assert asked(make(3)).limits == [SIZE]


def test_rows_are_read_where_somebody_looks(make: Callable[[int], RecordsModel]) -> None:
    model = make(100_000)
    asked(model).read.clear()
    cell = model.cell(77_777, 1)
    assert cell is not None
    assert cell.text == "Lead 77777"
    assert len(asked(model).read) == SIZE


def test_only_so_many_pages_are_kept(make: Callable[[int], RecordsModel]) -> None:
    model = make(SIZE * (KEPT + 5))
    for page in range(KEPT + 5):
        model.cell(page * SIZE, 1)
    assert len(model._pages._pages) == KEPT


def test_a_row_shows_nothing_while_it_is_read(make: Callable[[int], RecordsModel], jobs: Held) -> None:
    model = make(1000)
    jobs.holding = True
    assert model.cell(900, 1) is None
    changed: list[int] = []
    model.dataChanged.connect(lambda first, last: changed.append(first.row()))
    jobs.go_on()
    assert changed == [900 // SIZE * SIZE]
    cell = model.cell(900, 1)
    assert cell is not None and cell.text == "Lead 900"


def test_a_fast_scroll_gives_up_pages_it_left(make: Callable[[int], RecordsModel], jobs: Held) -> None:
    model = make(10_000)
    jobs.holding = True
    for page in range(10, 20):
        model.cell(page * SIZE, 1)
    assert sum(not job.progress.cancelled for job in jobs.waiting) == PENDING


def test_an_edit_is_shown_at_once_and_stored(make: Callable[[int], RecordsModel], jobs: Held) -> None:
    model = make(5)
    jobs.holding = True
    assert model.setData(model.index(2, 3), "Fair")
    assert model.index(2, 3).data() == "Fair"
    jobs.go_on()
    assert asked(model).stored == {(2, "source"): "Fair"}


def test_a_refused_edit_is_taken_back(make: Callable[[int], RecordsModel]) -> None:
    model = make(5)
    asked(model).refuse = "Not today."
    refused: list[tuple[object, ...]] = []
    model.refused.connect(lambda *said: refused.append(said))
    model.setData(model.index(2, 3), "Fair")
    assert model.index(2, 3).data() == "Web"
    assert refused == [(2, "source", "Not today.")]


def test_what_is_computed_cannot_be_edited(make: Callable[[int], RecordsModel]) -> None:
    model = make(5)
    assert not model.setData(model.index(1, 0), "x")
    assert model.flags(model.index(1, 3)) & Qt.ItemFlag.ItemIsEditable


def test_a_change_of_values_keeps_the_rows(make: Callable[[int], RecordsModel]) -> None:
    model = make(300)
    resets: list[bool] = []
    model.modelReset.connect(lambda: resets.append(True))
    asked(model).stored[(0, "name")] = "Renamed"
    model.refresh()
    assert model.index(0, 1).data() == "Renamed"
    assert not resets


def test_records_that_left_are_no_longer_ticked(make: Callable[[int], RecordsModel]) -> None:
    model = make(300)
    model.tick(0, 4, True)
    del asked(model).order[2]
    model.refresh()
    assert model.rowCount() == 299
    assert model.ticked_count == 4


def test_another_list_begins_anew_though_records_change_meanwhile(
    make: Callable[[int], RecordsModel], jobs: Held
) -> None:
    model, shown = make(5), list[bool]()
    model.shown.connect(lambda: shown.append(True))
    model.tick(1, 2, True)
    jobs.holding = True
    model.show(Filter("lead"), Sort("name", descending=True))
    model.refresh()
    jobs.holding = False
    jobs.go_on()
    assert shown and not model.ticked_count and model.id_at(0) == 4


def test_sorting_is_asked_of_the_services(make: Callable[[int], RecordsModel]) -> None:
    model = make(300)
    model.sort(1, Qt.SortOrder.DescendingOrder)
    assert model.index(0, 1).data() == "Lead 299"
    model.sort(3)
    assert model.sort_by == Sort("name", descending=True)


def test_ticks_of_a_million_rows_are_ranges() -> None:
    ids = array("q", range(10, 1_000_010))
    ticks = Ticks.everything().with_rows(5, 6, False)
    assert ticks.count(1_000_000) == 999_998
    assert 7 in ticks and 5 not in ticks
    assert list(ticks.chosen(ids[4:8])) == [14, 15, 16, 17]
    assert list(ticks.chosen(ids)[4:7]) == [14, 17, 18]
    assert ticks.with_rows(5, 5, True).count(10) == 9
    assert len(Ticks().with_rows(10, 900_000, True).bounds) == 2


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20), st.booleans())), st.booleans())
def test_ticks_are_what_was_ticked_row_by_row(steps: list[tuple[int, int, bool]], everything: bool) -> None:
    ticks, rows = (Ticks.everything(), set(range(30))) if everything else (Ticks(), set())
    for one, other, on in steps:
        low, high = min(one, other), max(one, other)
        ticks = ticks.with_rows(low, high, on)
        rows = rows | set(range(low, high + 1)) if on else rows - set(range(low, high + 1))
    assert {row for row in range(30) if row in ticks} == rows
    assert ticks.count(30) == len(rows)
    assert list(ticks.chosen(array("q", range(30)))) == sorted(rows)
    assert list(ticks.bounds) == sorted(set(ticks.bounds))


@given(st.sets(st.integers(0, 9)), st.permutations(range(12)), st.booleans())
def test_ticks_follow_their_records_into_another_list(rows: set[int], order: list[int], everything: bool) -> None:
    ticks = Ticks.everything() if everything else Ticks()
    for row in rows:
        ticks = ticks.with_rows(row, row, not everything)
    before, after = array("q", range(10)), array("q", order[:9])
    carried = ticks.carried(before, after)
    ticked = set(range(12)) - rows if everything else rows
    assert set(carried.chosen(after)) == ticked & set(after)


def test_rows_ticked_while_the_list_is_asked_for_stay_ticked(make: Callable[[int], RecordsModel], jobs: Held) -> None:
    model = make(10)
    jobs.holding = True
    del asked(model).order[2]
    model.refresh()
    model.tick(4, 5, True)
    jobs.holding = False
    jobs.go_on()
    assert list(model.ticks.chosen(model.ids)) == [4, 5]
    assert model.rowCount() == 9


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Noor Haddad", "NH"), ("Cher", "C"), ("Ana María de la Cruz", "AC"), ("", ""), ("(x) Y", "Y")],
)
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_the_row_of_a_record_is_found_among_numbers_that_look_alike(make: Callable[[int], RecordsModel]) -> None:
    model = make(3)
    asked(model).order = array("q", [1 << 56, 1, 256, 1 << 40, 65536])
    model.refresh()
    assert [model.row_of(record) for record in (1, 256, 65536, 1 << 40, 7)] == [1, 2, 4, 3, -1]
