"""The history of one record: what changed, from what to what, the newest first."""

from datetime import date

from crm_desktop.domain.filter import Ref
from crm_desktop.domain.money import Money
from crm_desktop.storage.history import FieldChange, field_changes
from crm_desktop.storage.store import Store
from tests.storage.conftest import Adder, MovingClock


def words(store: Store, kind: str, record: int) -> list[tuple[int, str, object, object]]:
    return [(c.action, c.field, c.old, c.new) for c in field_changes(store, kind, record)]


def change(store: Store, kind: str, record: int, **values: object) -> None:
    with store.action("set", kind):
        store.records.update(kind, [record], values)


def test_fields_of_every_sort_are_told(store: Store, add: Adder) -> None:
    company = add("company", name="Acme", revenue=Money(100, "EUR"))
    change(store, "company", company, name="Acme Ltd", revenue=Money(100, "USD"), customer=True)
    change(store, "company", company, email=("a@b.c",), city="Ulm", tags=("fair",))
    change(store, "company", company, city="Bonn", tags=())
    assert set(words(store, "company", company)) == {
        (1, "name", None, "Acme"), (1, "revenue", None, Money(100, "EUR")),
        (2, "name", "Acme", "Acme Ltd"), (2, "revenue", Money(100, "EUR"), Money(100, "USD")),
        (2, "customer", None, True),
        (3, "email", None, "a@b.c"), (3, "city", None, "Ulm"), (3, "tags", None, "fair"),
        (4, "city", "Ulm", "Bonn"), (4, "tags", "fair", None),
    }  # fmt: skip
    actions = [line[0] for line in words(store, "company", company)]
    assert actions == sorted(actions, reverse=True)


def test_links_are_told_by_name(store: Store, add: Adder) -> None:
    first, second = add("company", name="Acme"), add("company", name="Bolt")
    person = add("person", last_name="Beck", company=first)
    change(store, "person", person, company=second)
    [moved] = [line for line in words(store, "person", person) if line[0] == 4]
    assert moved == (4, "company", Ref(first, "Acme"), Ref(second, "Bolt"))
    assert words(store, "company", first) == [(1, "name", None, "Acme")]


def test_the_bin_is_told_and_what_was_undone_is_not(store: Store, add: Adder, time: MovingClock) -> None:
    task = add("task", title="Call", due_on=date(2026, 11, 22))
    change(store, "task", task, title="Write")
    store.undo()
    time.move(hours=1)
    with store.action("delete", "task"):
        store.records.delete("task", [task], store.clock.stamp())
    [deleted, *_] = field_changes(store, "task", task)
    assert deleted == FieldChange(4, store.clock.stamp(), "deleted_at", None, store.clock.now())
    assert {line[1] for line in words(store, "task", task)} >= {"title", "due_on", "deleted_at"}
    assert "Write" not in {line[3] for line in words(store, "task", task)}


def test_a_record_of_bulk_work_is_found_in_it(store: Store) -> None:
    with store.action("import", "lead") as action:
        rows = [(f"Lead {n}", (f"{n}@x.y",)) for n in range(300)]
        [(first, last)] = store.records.insert_many("lead", ["last_name", "email"], rows)
        action.inserted("lead", [(first, last)])
    found = words(store, "lead", first + 200)
    assert (1, "last_name", None, "Lead 200") in found
    assert (1, "email", None, "200@x.y") in found
    assert not any("Lead 201" in str(line) for line in found)


def test_fields_of_the_user_are_told(store: Store, add: Adder) -> None:
    store.database.execute_sql(
        "INSERT INTO custom_field (id, kind, label, type, choices, position)"
        " VALUES (9, 'lead', 'Mood', 'text', '[]', 1)"
    )
    store.database.execute_sql("ALTER TABLE lead_custom ADD COLUMN f9")
    store.reload()
    lead = add("lead", last_name="Cole", mood="good")
    change(store, "lead", lead, mood="bad")
    assert (2, "mood", "good", "bad") in words(store, "lead", lead)


def test_the_history_of_a_record_holds_no_action_on_its_neighbours(store: Store) -> None:
    """Also where many scattered records were written, and where another device gave some of the ids."""
    with store.action("import", "lead") as action:
        [(first, last)] = store.records.insert_many("lead", ["last_name"], [("x",)] * 400)
        action.inserted("lead", [(first, last)])
    far = first + (3 << 40)
    with store.action("import", "lead"):
        store.records._loader("lead").load(far, {"last_name": ["far"]}, 1)
    even = [*range(first, last, 2), far]
    with store.action("set", "lead"):
        store.records.update("lead", even, {"source": "fair"})
    for record, actions in ((first, [3, 1]), (first + 1, [1]), (last, [1]), (last - 1, [3, 1]), (far, [3, 2])):
        assert [entry.action for entry in store.journal.entries(9, record=("lead", record))] == actions
    for stranger in (last + 1, far - 1, first + (1 << 40)):
        assert store.journal.entries(9, record=("lead", stranger)) == []
