"""Random work of every sort: derived tables are true at each step, undo leads back to the start and redo to the end."""

from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from crm_desktop.domain.clock import Clock
from crm_desktop.domain.filter import Filter
from crm_desktop.domain.money import Money
from crm_desktop.errors import UserError
from crm_desktop.storage.history import field_changes
from crm_desktop.storage.revert import revert
from crm_desktop.storage.store import Store
from tests.storage.conftest import NOON
from tests.storage.equality import assert_derived_is_true, snapshot

TODAY = NOON.date()
TEXT = st.sampled_from(["Äpfel", "Zoë", "ß 3", "x@y.z", "Bolt Ltd", "+49 30 1"])
MAYBE = st.none() | TEXT
MANY = st.lists(TEXT, max_size=3, unique=True).map(tuple)
DAY = st.integers(-900, 400).map(lambda days: TODAY + timedelta(days))
MAYBE_DAY = st.none() | DAY
MONEY = st.none() | st.builds(Money, st.integers(-5, 10**6), st.sampled_from(["EUR", "USD", "JPY"]))
PICK = st.integers(0, 10**6)
CONTACT = {"email": MANY, "phone": MANY, "city": MAYBE, "postcode": MAYBE, "tags": MANY}

VALUES: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "lead": {"first_name": MAYBE, "last_name": MAYBE, "company_name": MAYBE, "value": MONEY, **CONTACT},
    "company": {"name": TEXT, "industry": MAYBE, "customer": st.booleans(), "lost": st.booleans(),
                "lost_on": MAYBE_DAY, **CONTACT},
    "person": {"last_name": MAYBE, "segment": MAYBE, "customer": st.booleans(), **CONTACT},
    "deal": {"name": TEXT, "amount": MONEY, "probability": st.none() | st.integers(0, 100), "opened_on": MAYBE_DAY,
             "closed_on": MAYBE_DAY, "tags": MANY},
    "product": {"name": TEXT, "price": MONEY},
    "purchase": {"bought_on": MAYBE_DAY, "amount": MONEY},
    "activity": {"type": st.sampled_from(["call", "note", "email_out"]), "subject": MAYBE, "happened_on": MAYBE_DAY},
    "task": {"title": TEXT, "due_on": MAYBE_DAY, "done_at": st.none() | st.just(NOON)},
}  # fmt: skip
LINKS = {
    "lead": ["company", "person"], "company": ["parent"], "person": ["company"], "product": [],
    "deal": ["company", "person", "lead", "product"], "purchase": ["deal", "product"],
    "activity": ["lead", "company", "person", "deal"], "task": ["lead", "company", "person", "deal"],
}  # fmt: skip
KINDS = st.sampled_from(sorted(VALUES))


class RandomWork(RuleBasedStateMachine):
    """One base, worked on at random."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.store = Store.open(Path(self.folder.name) / "c.crm", clock=Clock.fixed(NOON))
        self.done = 0
        self.own: dict[str, str] = {}

    def teardown(self) -> None:
        try:
            self.there_and_back()
        finally:
            self.store.close()
            self.folder.cleanup()

    def there_and_back(self) -> None:
        end = snapshot(self.store)
        while self.store.peek_undo() is not None:
            self.store.undo()
        assert snapshot(self.store) == self.start
        for _ in range(self.done):
            self.store.redo()
        assert snapshot(self.store) == end
        assert_derived_is_true(self.store)

    @initialize()
    def begin(self) -> None:
        for number, kind in ((901, "lead"), (902, "deal")):
            self.store.database.execute_sql(f"ALTER TABLE {kind}_custom ADD COLUMN f{number}")
            self.own[kind] = f"extra_{number}"
        self.start = snapshot(self.store)

    def count(self, number: int) -> None:
        self.done += bool(number)

    def pick(self, kind: str, number: int) -> int | None:
        found = self.store.database.execute_sql(f"SELECT id FROM {kind} ORDER BY id").fetchall()
        return int(found[number % len(found)][0]) if found else None

    def linked(self, kind: str, number: int) -> dict[str, Any]:
        """One link of a record, to whatever there is."""
        if not LINKS[kind]:
            return {}
        name = LINKS[kind][number % len(LINKS[kind])]
        return {name: self.pick("company" if name == "parent" else name, number)}

    @rule(kind=KINDS, data=st.data(), number=PICK)
    def add(self, kind: str, data: st.DataObject, number: int) -> None:
        values = data.draw(st.fixed_dictionaries(VALUES[kind])) | self.linked(kind, number)
        if kind == "deal":
            values["stage"] = self.pick("stage", number)
        if kind == "purchase":
            owner = "company" if number % 2 else "person"
            if (record := self.pick(owner, number)) is None:
                return
            values[owner] = record
        with self.store.action("add", kind) as action:
            self.store.records.insert(kind, values)
        self.count(action.change.action)

    @rule(kind=KINDS, data=st.data(), number=PICK, many=st.booleans())
    def set(self, kind: str, data: st.DataObject, number: int, many: bool) -> None:
        everyone = list(self.store.lists.ids(Filter(kind)))
        if not everyone:
            return
        ids = everyone if many else [everyone[number % len(everyone)]]
        known = data.draw(st.sampled_from(sorted(VALUES[kind])))
        values = {known: data.draw(VALUES[kind][known])}
        if kind != "company":
            values |= self.linked(kind, number)
        with self.store.action("set", kind) as action:
            self.store.records.update(kind, ids, values)
        self.count(action.change.action)

    @rule(number=PICK, stage=PICK)
    def move(self, number: int, stage: int) -> None:
        deal = self.pick("deal", number)
        if deal is None:
            return
        into = self.pick("stage", stage)
        with self.store.action("move", "deal") as action:
            self.store.records.update("deal", [deal], {"stage": into})
            self.store.records.insert("stage_log", {"deal": deal, "stage": into, "entered_on": TODAY})
        self.count(action.change.action)

    @rule(kind=KINDS, number=PICK)
    def delete(self, kind: str, number: int) -> None:
        self._bin(kind, number, self.store.clock.stamp())

    @rule(kind=KINDS, number=PICK)
    def restore(self, kind: str, number: int) -> None:
        self._bin(kind, number, None)

    def _bin(self, kind: str, number: int, stamp: str | None) -> None:
        record = self.pick(kind, number)
        if record is None:
            return
        with self.store.action("delete" if stamp else "restore", kind) as action:
            if stamp:
                self.store.records.delete(kind, [record], stamp)
            else:
                self.store.records.restore(kind, [record])
        self.count(action.change.action)

    @rule(kind=st.sampled_from(["lead", "company", "person"]), data=st.data())
    def bulk(self, kind: str, data: st.DataObject) -> None:
        names = list(VALUES[kind])
        rows = data.draw(st.lists(st.tuples(*VALUES[kind].values()), min_size=1, max_size=4))
        with self.store.action("import", kind) as action:
            action.inserted(kind, self.store.records.insert_many(kind, names, rows))
        self.count(action.change.action)

    @rule(kind=st.sampled_from(["lead", "deal"]), value=MAYBE, number=PICK)
    def own_field(self, kind: str, value: str | None, number: int) -> None:
        """Makes the user's field the first time, then fills it."""
        number_of_field = int(self.own[kind].split("_")[1])
        known = "SELECT deleted_at IS NULL FROM custom_field WHERE id = ?"
        found = self.store.database.execute_sql(known, (number_of_field,)).fetchone()
        if found is None:
            with self.store.action("add", "custom_field") as action:
                self.store.database.execute_sql(
                    "INSERT INTO custom_field (id, kind, label, type, choices, position)"
                    " VALUES (?, ?, ?, 'text', '[]', 1)",
                    (number_of_field, kind, self.own[kind]),
                )
            self.store.reload()
        elif found[0] and (record := self.pick(kind, number)) is not None:
            with self.store.action("set", kind) as action:
                self.store.records.update(kind, [record], {self.own[kind]: value})
        else:
            return
        self.count(action.change.action)

    @rule()
    def undo(self) -> None:
        if self.done:
            before = snapshot(self.store)
            self.store.undo()
            self.store.redo()
            assert snapshot(self.store) == before
            self.store.undo()
            self.done -= 1

    @rule(back=st.integers(1, 6))
    def revert_an_older_one(self, back: int) -> None:
        entries = [e for e in self.store.journal.entries(50) if e.state == "done" and e.target is None]
        if back <= len(entries):
            try:
                change, _ = revert(self.store, entries[back - 1].action)
            except UserError:
                return
            self.count(change.action)

    @precondition(lambda self: hasattr(self, "start"))
    @invariant()
    def what_is_derived_is_true(self) -> None:
        assert_derived_is_true(self.store)

    @rule(kind=KINDS, number=PICK)
    def history_ends_where_the_record_is(self, kind: str, number: int) -> None:
        """The newest change of each field holding one value leads to what the record holds now."""
        record = self.pick(kind, number)
        if record is None:
            return
        fields = self.store.catalogue.kind(kind).fields
        newest: dict[str, Any] = {}
        for change in field_changes(self.store, kind, record):
            newest.setdefault(change.field, change.new)
        [(_, *values)] = self.store.lists.whole(kind, [record], list(fields))
        for field, value in zip(fields.values(), values, strict=True):
            single = not field.multi and field.editable and field.name not in ("city", "postcode")
            if single and field.name in newest:
                assert newest[field.name] == (value or None), field.name


RandomWork.TestCase.settings = settings(
    max_examples=20, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
)
TestRandomWork = RandomWork.TestCase
