"""The rules that keep the journal true, one by one."""

import json
import re
from collections.abc import Callable
from contextlib import nullcontext
from datetime import date, timedelta
from functools import partial
from itertools import count
from pathlib import Path

import pytest

from crm_desktop.domain.filter import Filter, Ref, is_
from crm_desktop.domain.money import Money
from crm_desktop.errors import UserError
from crm_desktop.storage import journal as journals
from crm_desktop.storage import migrations, recording
from crm_desktop.storage.as_of import as_of
from crm_desktop.storage.journal import tracked_tables
from crm_desktop.storage.recording import JournalBroken
from crm_desktop.storage.revert import Conflict, hanging, revert
from crm_desktop.storage.store import Store
from tests.storage.conftest import Adder, MovingClock
from tests.storage.equality import assert_derived_is_true, snapshot


def names(store: Store, kind: str = "company") -> list[str]:
    return sorted(row[1] for row in store.lists.values(Filter(kind), ["name"]))


def set_values(store: Store, kind: str, record: int, **values: object) -> int:
    with store.action("set", kind) as action:
        store.records.update(kind, [record], values)
    return action.change.action


# 1. an explicit list of tables, each with a declared primary key, no search table among them


def test_every_tracked_table_has_a_declared_primary_key(store: Store) -> None:
    for name in tracked_tables():
        keys = [row for row in store.database.raw.execute(f"SELECT pk FROM pragma_table_info('{name}')") if row[0]]
        assert len(keys) == 1, name


def test_nothing_derived_is_tracked_and_nothing_of_the_user_is_left_out(store: Store) -> None:
    tables = {row[0] for row in store.database.raw.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    tracked = set(tracked_tables())
    assert tracked <= tables
    left = {name for name in tables - tracked if not re.search(r"_search(_\w+)?$|_row$", name)}
    assert left == {"loss", "meta", "counter", "layout", "action", "action_chunk", "journal_row"} - {"journal_row"}


# 2. foreign keys do nothing by themselves; what later records depend on cannot be undone


def test_foreign_keys_of_tracked_tables_take_no_action(store: Store) -> None:
    for name in tracked_tables():
        for row in store.database.raw.execute(f'SELECT on_update, on_delete FROM pragma_foreign_key_list("{name}")'):
            assert row == ("NO ACTION", "NO ACTION"), name


def test_an_undo_that_later_records_depend_on_names_them_and_changes_nothing(store: Store, add: Adder) -> None:
    company = add("company", name="Acme")
    person = add("person", last_name="Beck", company=company)
    # The second action is taken out of the way, as a newer program might do: the first is then the last one done.
    store.database.execute_sql("UPDATE action SET state = 'abandoned' WHERE id = 2")
    before = snapshot(store)
    with pytest.raises(UserError, match=f"Later records depend on it .*person:{person}"):
        store.undo()
    assert snapshot(store) == before
    assert store.peek_undo() is not None


# 3. undo and redo do exactly the inverse, or nothing


def test_an_undo_that_meets_other_rows_is_rolled_back_whole(store: Store, add: Adder) -> None:
    add("company", name="Acme", email=("a@b.c", "d@e.f"))
    store.database.execute_sql("UPDATE email SET label = 'work'")
    before = snapshot(store)
    with pytest.raises(JournalBroken):
        store.undo()
    assert snapshot(store) == before
    assert [entry.state for entry in store.journal.entries(9)] == ["done"]


def test_an_undo_of_a_falsified_journal_is_rolled_back_whole(store: Store, add: Adder) -> None:
    add("company", name="Acme")
    false = store.journal.read(1, 0).replace(b"Acme", b"Bcme")
    store.database.execute_sql("UPDATE action SET changeset = ? WHERE id = 1", (false,))
    before = snapshot(store)
    with pytest.raises(JournalBroken):
        store.undo()
    assert snapshot(store) == before


def test_an_action_that_failed_leaves_nothing(store: Store) -> None:
    before = snapshot(store)
    with pytest.raises(ZeroDivisionError), store.action("add", "company"):
        store.records.insert("company", {"name": "Acme"})
        raise ZeroDivisionError
    assert snapshot(store) == before
    assert store.journal.entries(9) == []
    with store.action("add", "company") as action:
        store.records.insert("company", {"name": "Acme"})
    assert action.change.action == 1


def test_actions_do_not_nest(store: Store) -> None:
    with pytest.raises(RuntimeError), store.action("add"), store.action("set"):
        pass


def test_an_action_that_wrote_nothing_is_not_in_the_history(store: Store) -> None:
    with store.action("set", "company") as action:
        pass
    assert action.change.action == 0
    assert store.journal.entries(9) == []
    with pytest.raises(UserError, match="nothing to undo"):
        store.undo()
    with pytest.raises(UserError, match="nothing to redo"):
        store.redo()


# 4. an older action is taken back field by field


def test_revert_sets_back_what_nobody_touched_and_names_the_rest(store: Store, add: Adder) -> None:
    company = add("company", name="Acme", industry="Steel", revenue=Money(500, "EUR"))
    number = set_values(store, "company", company, name="Acme Ltd", industry="Iron", revenue=Money(900, "USD"))
    set_values(store, "company", company, industry="Tin")
    change, conflicts = revert(store, number)
    assert conflicts == [Conflict("company", company, "industry", "Tin", "Steel")]
    assert store.lists.values(Filter("company"), ["name", "industry", "revenue"]) == [
        (company, "Acme", "Tin", Money(500, "EUR"))
    ]
    assert change.verb == "revert"
    assert_derived_is_true(store)
    store.undo()
    assert store.lists.values(Filter("company"), ["name", "revenue"]) == [(company, "Acme Ltd", Money(900, "USD"))]


def test_an_amount_goes_back_with_its_currency_or_not_at_all(store: Store, add: Adder) -> None:
    company = add("company", name="Acme", revenue=Money(500, "EUR"))
    number = set_values(store, "company", company, revenue=Money(900, "USD"))
    set_values(store, "company", company, revenue=Money(901, "USD"))
    change, conflicts = revert(store, number)
    assert conflicts == [Conflict("company", company, "revenue", Money(901, "USD"), Money(500, "EUR"))]
    assert change.action == 0


def test_reverting_an_import_bins_what_it_made_but_keeps_what_was_worked_on(store: Store) -> None:
    with store.action("import", "lead") as action:
        spans = store.records.insert_many("lead", ["last_name", "email", "tags"], [
            (f"Lead {n}", (f"{n}@x.y",), ("fair",)) for n in range(5)
        ])  # fmt: skip
        action.inserted("lead", spans)
    first = spans[0][0]
    set_values(store, "lead", first + 2, job_title="Buyer")
    _, conflicts = revert(store, action.change.action)
    assert conflicts == [Conflict("lead", first + 2, "job_title", "Buyer", None)]
    assert list(store.lists.ids(Filter("lead"))) == [first + 2]
    assert_derived_is_true(store)
    store.undo()
    assert store.lists.count(Filter("lead")) == 5
    assert_derived_is_true(store)


def test_what_hangs_on_new_records_is_counted_and_follows_as_with_a_deletion(store: Store, add: Adder) -> None:
    with store.action("import", "company") as action:
        spans = store.records.insert_many("company", ["name"], [("Acme",), ("Bolt",)])
        own = store.records.insert("person", {"last_name": "Along", "company": spans[0][0]})
    number, acme = action.change.action, spans[0][0]
    for name in ("A", "B"):
        add("deal", name=name, company=acme)
    add("person", last_name="Later", company=acme)
    add("activity", subject="Call", company=acme)
    add("task", title="Gone", company=acme)
    with store.action("delete", "task"):
        store.records.delete("task", list(store.lists.ids(Filter("task"))), store.clock.stamp())
    assert hanging(store, number) == {"deal": 2, "person": 1, "activity": 1}
    before = snapshot(store)
    change, conflicts = revert(store, number)
    assert conflicts == [] and change.along == (("activity", 1),)
    assert [store.lists.count(Filter(kind)) for kind in ("company", "activity", "deal")] == [0, 0, 2]
    assert own not in store.lists.ids(Filter("person"))
    [entry, *_, first] = store.journal.entries(99)
    assert (entry.reverts, first.reverted) == (number, True)
    with pytest.raises(UserError, match="taken back already"):
        revert(store, number)
    assert_derived_is_true(store)
    store.undo()
    assert snapshot(store) == before
    taken = store.journal.entry(number)
    assert taken is not None and not taken.reverted
    store.redo()
    assert store.lists.count(Filter("company")) == 0
    assert_derived_is_true(store)


@pytest.mark.parametrize("way", ["undo", "redo", "revert"])
def test_taking_back_tells_how_far_it_is_and_can_be_stopped(store: Store, way: str) -> None:
    """Then nothing was changed."""
    with store.action("import", "lead") as action:
        for name in "ABC":
            store.records.insert("lead", {"last_name": name})
            action.cut()
    if way == "redo":
        store.undo()
    before, told = snapshot(store), list[tuple[int, int]]()

    def heard(done: int, of: int) -> None:
        told.append((done, of))
        if stops and done == of - 1:
            raise InterruptedError

    steps: dict[str, Callable[..., object]] = {
        "undo": store.undo, "redo": store.redo, "revert": partial(revert, store, action.number)
    }  # fmt: skip
    for stops in (True, False):
        told.clear()
        with pytest.raises(InterruptedError) if stops else nullcontext():
            steps[way](heard=heard)
        assert len(told) > 2 and told == [(n, len(told)) for n in range(len(told))]
        assert (snapshot(store) == before) is stops
        assert_derived_is_true(store)


def test_a_revert_that_was_taken_back_itself_no_longer_counts(store: Store, add: Adder) -> None:
    lead = add("lead", last_name="Beck")
    number = set_values(store, "lead", lead, segment="A")
    back, segments = number, (None, "A", None)
    for segment in segments:
        add("lead", last_name="Later")
        change, _ = revert(store, back)
        assert dict(store.lists.values(Filter("lead"), ["segment"]))[lead] == segment
        taken = store.journal.entry(number)
        assert taken is not None and taken.reverted is (segment is None)
        back = change.action if segment is None else number
    with pytest.raises(UserError, match="taken back already"):
        revert(store, number)


def test_what_could_not_be_reverted_whole_can_be_reverted_again(store: Store, add: Adder) -> None:
    lead = add("lead", last_name="Beck")
    number = set_values(store, "lead", lead, segment="A", source="Fair")
    set_values(store, "lead", lead, segment="B")
    assert len(revert(store, number)[1]) == 1
    set_values(store, "lead", lead, segment="A")
    part, first = store.journal.entries(2)[1], store.journal.entry(number)
    assert part.reverts == number and first is not None and not first.reverted
    assert revert(store, number)[1] == []
    assert store.lists.values(Filter("lead"), ["segment", "source"]) == [(lead, None, None)]


def test_a_revert_makes_no_circle_of_companies(store: Store, add: Adder) -> None:
    b = add("company", name="B")
    a = add("company", name="A", parent=b)
    number = set_values(store, "company", a, parent=None)
    middle = add("company", name="Middle", parent=a)
    set_values(store, "company", b, parent=middle)
    _, conflicts = revert(store, number)
    assert conflicts == [Conflict("company", a, "parent", None, Ref(b, "B"))]
    parents = dict(store.lists.whole("company", [a, b], ["parent"]))
    assert parents == {a: None, b: Ref(middle, "Middle")}
    assert_derived_is_true(store)


def test_revert_puts_removed_contact_points_back_and_takes_new_ones_away(store: Store, add: Adder) -> None:
    person = add("person", last_name="Beck", email=("old@x.y", "both@x.y"), city="Ulm")
    number = set_values(store, "person", person, email=("both@x.y", "new@x.y"), city="Bonn", tags=("vip",))
    set_values(store, "person", person, job_title="Boss")
    _, conflicts = revert(store, number)
    assert conflicts == []
    [(_, emails, city, tags, title)] = store.lists.values(Filter("person"), ["email", "city", "tags", "job_title"])
    assert (set(emails), city, tags, title) == ({"old@x.y", "both@x.y"}, "Ulm", (), "Boss")
    assert_derived_is_true(store)


def test_only_what_is_done_can_be_reverted(store: Store, add: Adder) -> None:
    add("company", name="Acme")
    with pytest.raises(UserError, match="Action 7"):
        revert(store, 7)
    store.undo()
    for number in (1, 2):
        with pytest.raises(UserError, match=f"Action {number}"):
            revert(store, number)


# 5. tables only grow; an old action is undone across a new column


def test_undo_across_a_column_that_came_later(store: Store, add: Adder) -> None:
    before = snapshot(store)
    add("company", name="Acme")
    store.database.execute_sql("ALTER TABLE company_custom ADD COLUMN f7 TEXT")
    store.database.execute_sql("ALTER TABLE company ADD COLUMN mood TEXT")
    store.undo()
    assert snapshot(store)["company"] == before["company"]
    store.redo()
    assert names(store) == ["Acme"]
    assert_derived_is_true(store)


def test_each_line_knows_the_columns_of_its_time(store: Store, add: Adder) -> None:
    add("company", name="Acme")
    store.database.execute_sql("ALTER TABLE company ADD COLUMN mood TEXT")
    add("company", name="Bolt")
    assert "mood" not in store.journal.columns_of(1)["company"]
    assert store.journal.columns_of(2)["company"][-1] == "mood"
    versions = store.database.raw.execute("SELECT DISTINCT schema_version FROM action").fetchall()
    assert versions == [(migrations.VERSION,)]


# 6. no triggers


def test_there_are_no_triggers(store: Store) -> None:
    assert store.database.raw.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall() == []


# 7. changesets are streamed in segments; a change carries ranges, not lists


def test_heavy_actions_are_kept_in_segments_and_undone_through_them(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recording, "SEGMENT_BYTES", 20_000)
    monkeypatch.setattr(recording, "PART_BYTES", 2_000)
    before = snapshot(store)
    with store.action("import", "lead") as action:
        for start in range(0, 1000, 100):
            rows = [(f"Lead {start + n}", (f"{start + n}@x.y",)) for n in range(100)]
            spans = store.records.insert_many("lead", ["last_name", "email"], rows)
            action.inserted("lead", spans)
            action.checkpoint()
    segments = store.journal.segments(action.change.action)
    assert len(segments) > 3
    assert max(len(store.journal.read(action.change.action, s)) for s in segments) < 200_000
    parts = store.database.raw.execute("SELECT max(part), max(length(data)) FROM action_chunk").get
    assert parts[1] < 40_000
    assert action.change.count("lead") == 1000
    after = snapshot(store)
    assert_derived_is_true(store)
    store.undo()
    assert snapshot(store) == before
    store.redo()
    assert snapshot(store) == after


def test_an_edit_writes_one_page_of_each_tree_that_it_changes(store: Store, add: Adder, base: Path) -> None:
    lead = add("lead", last_name="Beck", score=1)
    log = base.with_name(f"{base.name}-wal")
    before = log.stat().st_size
    set_values(store, "lead", lead, score=2)
    frame = store.database.raw.pragma("page_size") + 24
    # The record, its list row, the index of what changed, the line of the action, the history of the record.
    assert log.stat().st_size - before == 5 * frame


def test_a_change_carries_ranges(store: Store) -> None:
    with store.action("import", "lead") as action:
        action.inserted("lead", store.records.insert_many("lead", ["last_name"], [(f"L{n}",) for n in range(500)]))
    [touched] = [t for t in action.change.touched if t.kind == "lead"]
    assert len(touched.ranges) == 1
    assert touched.count == 500
    row = store.database.raw.execute("SELECT length(touched) FROM action").get
    assert row < 200


# 8. undo reaches 200 steps or 30 days; a new action ends the redo branch, not the history


def test_undo_reaches_200_steps(store: Store, add: Adder) -> None:
    for number in range(journals.STEPS + 3):
        add("tag", name=f"tag {number}")
    for _ in range(journals.STEPS):
        store.undo()
    assert store.peek_undo() is None
    assert store.lists.count(Filter("tag")) == 3


def test_undo_reaches_30_days(store: Store, add: Adder, time: MovingClock) -> None:
    add("tag", name="old")
    time.move(days=journals.DAYS)
    assert store.peek_undo() is not None
    time.move(hours=1)
    assert store.peek_undo() is None
    assert len(store.journal.entries(9)) == 1


def test_a_new_action_ends_redo_but_not_the_history(store: Store, add: Adder) -> None:
    add("company", name="Acme")
    store.undo()
    add("company", name="Bolt")
    with pytest.raises(UserError, match="nothing to redo"):
        store.redo()
    lines = [(e.verb, e.state, e.target) for e in store.journal.entries(9)]
    assert lines == [("add", "done", None), ("undo", "abandoned", 1), ("add", "abandoned", None)]
    store.undo()
    assert names(store) == []


def test_redo_goes_forward_in_the_order_it_was_done(store: Store, add: Adder) -> None:
    for name in "ABC":
        add("company", name=name)
    store.undo()
    store.undo()
    store.redo()
    assert names(store) == ["A", "B"]
    store.redo()
    assert names(store) == ["A", "B", "C"]
    store.undo()
    assert names(store) == ["A", "B"]


def test_only_the_last_action_is_undone_whole(store: Store, add: Adder) -> None:
    add("company", name="Acme")
    add("company", name="Bolt")
    with pytest.raises(UserError, match="Only action 2"):
        store.undo(1)
    assert store.undo(2).undone


def test_the_history_of_a_record_is_found_by_its_id(store: Store, add: Adder) -> None:
    company = add("company", name="Acme")
    add("company", name="Bolt")
    person = add("person", last_name="Beck", company=company)
    set_values(store, "company", company, industry="Steel", email=("a@b.c",))
    with store.action("import", "lead") as action:
        [(first, last)] = store.records.insert_many("lead", ["last_name"], [("x",)] * 50)
        action.inserted("lead", [(first, last)])
    found = store.journal.entries(9, record=("company", company))
    assert [entry.action for entry in found] == [4, 1]
    assert [e.action for e in store.journal.entries(9, record=("person", person))] == [3]
    assert [e.action for e in store.journal.entries(9, record=("lead", first + 20))] == [5]
    assert [e.action for e in store.journal.entries(2, before=4)] == [3, 2]


# 9. barriers


def test_nothing_before_a_barrier_is_undone_reverted_or_shown(store: Store, add: Adder, time: MovingClock) -> None:
    add("company", name="Acme")
    time.move(days=2)
    add("company", name="Bolt")
    store.set_meta("undo_barrier", "1")
    store.undo()
    assert store.peek_undo() is None
    with pytest.raises(UserError, match="compacted"):
        revert(store, 1)
    with pytest.raises(UserError, match="compacted"), as_of(store, date(2026, 11, 19)):
        pass
    with as_of(store, date(2026, 11, 21)) as then:
        assert names(then) == ["Acme"]


# 10. as of


def test_the_base_as_it_was_on_a_day(store: Store, add: Adder, time: MovingClock) -> None:
    company = add("company", name="Acme", email=("a@b.c",))
    at_first = snapshot(store)
    day = time.clock.today()
    time.move(days=1)
    set_values(store, "company", company, name="Acme Ltd", tags=("vip",))
    add("person", last_name="Beck", company=company)
    store.undo()
    after_undo = snapshot(store)
    time.move(days=1)
    store.redo()
    store.undo()
    store.undo()
    time.move(days=1)
    now = snapshot(store)
    with as_of(store, day) as then:
        assert snapshot(then) == at_first
        assert then.clock.today() == day
        assert_derived_is_true(then)
    with as_of(store, day + timedelta(days=1)) as then:
        assert snapshot(then) == after_undo
    with as_of(store, day - timedelta(days=1)) as then:
        assert names(then) == []
    assert snapshot(store) == now


def test_as_of_an_encrypted_base_is_encrypted_too(tmp_path: Path, time: MovingClock) -> None:
    store = Store.open(tmp_path / "c.crm", key="5a" * 32, clock=time.clock)
    with store.action("add", "company"):
        store.records.insert("company", {"name": "Acme"})
    with as_of(store, time.clock.today()) as then:
        assert then.path.read_bytes()[:6] != b"SQLite"
        assert names(then) == ["Acme"]
        folder = then.path.parent
    store.close()
    assert not folder.exists()


# 11. equal: tracked and derived tables row by row


def test_undo_of_everything_leaves_the_base_as_it_began(store: Store, add: Adder) -> None:
    start = snapshot(store)
    company = add("company", name="Zoë & Söhne", email=("a@b.c",), phone=("+49 30 1",), city="Köln", tags=("a", "b"))
    person = add("person", first_name="Ann", last_name="Beck", company=company)
    stage = store.lists.ids(Filter("stage", is_("category", "won")))[0]
    deal = add("deal", name="Big", company=company, person=person, amount=Money(1000, "EUR"), stage=stage,
               closed_on=date(2026, 5, 1))  # fmt: skip
    add("purchase", company=company, deal=deal, bought_on=date(2026, 5, 1), amount=Money(1000, "EUR"))
    add("task", title="Call", due_on=date(2026, 11, 22), deal=deal, company=company)
    add("activity", type="call", happened_on=date(2026, 11, 2), person=person)
    end = snapshot(store)
    assert_derived_is_true(store)
    for _ in range(6):
        store.undo()
        assert_derived_is_true(store)
    assert snapshot(store) == start
    for _ in range(6):
        store.redo()
    assert snapshot(store) == end


def test_journal_lines_hold_no_lists_of_ids(store: Store) -> None:
    with store.action("set", "lead") as action:
        action.inserted("lead", store.records.insert_many("lead", ["last_name"], [("x",)] * 400))
    everyone = list(store.lists.ids(Filter("lead")))
    with store.action("set", "lead") as action:
        store.records.update("lead", everyone[::2], {"source": "fair"})
    [(text,)] = store.database.raw.execute("SELECT touched FROM action WHERE id = 2").fetchall()
    assert len(json.loads(str(text))[0][2]) <= 64
    assert action.change.count("lead") == 200


def test_a_stage_that_means_something_else_is_seen_on_whom_its_deals_are_with(store: Store, add: Adder) -> None:
    stage = add("stage", name="Closing", category="open", pipeline=next(iter(store.lists.ids(Filter("pipeline")))))
    firm, buyer = add("company", name="Acme"), add("person", last_name="Beck")
    for owner in ({"company": firm}, {"person": buyer}):
        add("deal", name="Ten lamps", stage=stage, closed_on=date(2026, 11, 2), **owner)
    with store.action("set", "stage"):
        store.records.update("stage", [stage], {"category": "won"})
    assert sorted(store.lists.ids(Filter("customer"))) == sorted((firm, buyer))
    assert_derived_is_true(store)
    store.undo()
    assert not store.lists.ids(Filter("customer"))
    assert_derived_is_true(store)


def test_what_an_action_wrote_is_found_without_reading_all_that_was_ever_written(store: Store, add: Adder) -> None:
    ids = [add("lead", last_name=f"Lead {number}") for number in range(200)]
    with store.action("set", "lead") as action:
        store.records.update("lead", [ids[0], ids[1], ids[7]], {"segment": "Office"})
    number = action.change.action
    with store.action("set", "lead") as scattered:
        store.records.update("lead", ids[::2], {"segment": "Hotel"})
    later = ((record, record) for record in range(ids[-1] + 1, ids[-1] + 50_000))
    with store.keeping():
        store.database.raw.executemany("INSERT INTO journal_row VALUES ('lead', ?, ?, 1)", later)
    steps = count()
    store.database.raw.set_progress_handler(lambda: next(steps) < 0, 100)
    assert store.journal.written(number, "lead") == [(ids[0], ids[1]), (ids[7], ids[7])]
    assert store.journal.written(scattered.change.action, "lead") == [(each, each) for each in ids[::2]]
    store.database.raw.set_progress_handler(None)
    assert store.journal.written(number, "company") == [] and store.journal.written(1 << 40, "lead") == []
    assert next(steps) < 100
