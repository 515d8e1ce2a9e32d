"""Schema versions: what the steps make is what the models want, and no file is ever half migrated."""

import gzip
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import apsw
import pytest

from crm_desktop.domain.filter import Filter, Sort
from crm_desktop.errors import EnvironmentProblem, Trouble
from crm_desktop.storage import migrations
from crm_desktop.storage.migrations import steps
from crm_desktop.storage.schema import statements
from crm_desktop.storage.store import Store
from tests.storage.conftest import MovingClock
from tests.storage.equality import assert_derived_is_true, snapshot

DATA = Path(__file__).parents[1] / "data"
COUNTS = {"lead": 1, "company": 1, "person": 1, "deal": 1, "product": 1, "purchase": 1, "activity": 1, "task": 1,
          "customer": 1, "stage": 7}  # fmt: skip


def described(connection: apsw.Connection) -> dict[str, str]:
    """Every object of a schema with its SQL, whatever its line breaks and where a foreign key is declared."""
    rows = connection.execute("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL").fetchall()
    return {str(name): _described(str(sql)) for name, sql in rows}


_KEY = re.compile(r', FOREIGN KEY \("(\w+)"\) REFERENCES ("\w+" \("id"\))')
_INLINE = re.compile(r'"(\w+)" INTEGER REFERENCES ("\w+" \("id"\))')


def _described(sql: str) -> str:
    bare = " ".join(sql.split())
    keys = sorted(_KEY.findall(bare) + _INLINE.findall(bare))
    without = _INLINE.sub(r'"\1" INTEGER', _KEY.sub("", bare))
    return f"{without} {keys}"


def test_the_steps_arrive_where_the_models_are(store: Store) -> None:
    wanted = apsw.Connection(":memory:")
    for statement in statements():
        wanted.execute(statement)
    assert described(store.database.raw) == described(wanted)
    wanted.close()


def test_the_version_counts_the_steps() -> None:
    assert len(steps.STEPS) == migrations.VERSION


def unpacked(name: str, base: Path) -> Path:
    with gzip.open(DATA / name) as packed, base.open("wb") as file:
        shutil.copyfileobj(packed, file)
    return base


@pytest.fixture
def released(base: Path) -> Path:
    """A base as the first release wrote it."""
    return unpacked("schema1.crm.gz", base)


def test_a_base_of_the_first_release_opens_with_all_it_held(released: Path, time: MovingClock) -> None:
    store = Store.open(released, clock=time.clock)
    assert {kind: store.lists.count(Filter(kind)) for kind in COUNTED} == COUNTS
    [(_, name, emails)] = store.lists.values(Filter("company"), ["name", "email"], Sort("name"))
    assert (name, emails) == ("Müller & Söhne", ("info@mueller.example",))
    assert_derived_is_true(store)
    [(_, status, type_)] = store.lists.values(Filter("lead"), ["status", "status_type"])
    assert (status.name, type_) == ("New", "open")
    # The state of leads moved to another column: a barrier, behind which nothing is undone.
    assert store.peek_undo() is None
    [lead] = store.lists.ids(Filter("lead"))
    with store.action("delete", "lead"):
        store.records.delete("lead", [lead], store.clock.stamp())
    store.undo()
    assert store.peek_undo() is None
    assert {kind: store.lists.count(Filter(kind)) for kind in COUNTED} == COUNTS
    store.close()


def test_what_was_done_before_the_journal_changed_is_undone_after_it(base: Path, time: MovingClock) -> None:
    """Schema 5: Acme was added, 60 people in it, its name changed, and a segment, which was taken back."""
    store = Store.open(unpacked("schema5.crm.gz", base), clock=time.clock)
    assert_derived_is_true(store)
    held = snapshot(store)
    [acme] = store.lists.ids(Filter("company"))
    assert [entry.verb for entry in store.journal.entries(9, record=("company", acme))] == ["set", "set", "add"]
    store.redo()
    assert store.lists.values(Filter("company"), ["name", "segment"]) == [(acme, "Acme Ltd", "A")]
    store.undo()
    assert snapshot(store) == held
    assert [store.undo().verb for _ in range(3)] == ["set", "import", "add"]
    assert [store.lists.count(Filter(kind)) for kind in ("company", "person")] == [0, 0]
    for _ in range(3):
        store.redo()
    assert snapshot(store) == held
    store.close()


def test_numbers_that_were_there_before_are_found_by_their_end(base: Path, time: MovingClock) -> None:
    """Schema 7: Beck with a number at home and one abroad."""
    store = Store.open(unpacked("schema7.crm.gz", base), clock=time.clock)
    assert_derived_is_true(store)
    found = [store.lists.search(typed, ["person"], 9) for typed in ("0182", "79460182", "23456")]
    assert [[hit.title for hit in hits] for hits in found] == [["Beck"]] * 3
    store.close()


COUNTED = list(COUNTS)
Steps = tuple[Callable[[apsw.Connection], None], ...]


def next_version(monkeypatch: pytest.MonkeyPatch, step: Callable[[apsw.Connection], None]) -> None:
    monkeypatch.setattr(steps, "STEPS", (*steps.STEPS, step))
    monkeypatch.setattr(migrations, "VERSION", migrations.VERSION + 1)


def test_an_older_base_is_copied_first_then_migrated(
    released: Path, time: MovingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def grow(connection: apsw.Connection) -> None:
        connection.execute("ALTER TABLE lead ADD COLUMN mood TEXT")

    version = migrations.VERSION
    next_version(monkeypatch, grow)
    migrations.bring_up(released, None, time.clock)
    connection = apsw.Connection(str(released))
    assert connection.pragma("user_version") == version + 1
    assert "mood" in described(connection)["lead"]
    connection.close()
    [copy] = (released.parent / "backups").iterdir()
    kept = apsw.Connection(str(copy))
    assert kept.pragma("user_version") == 1
    assert kept.execute("SELECT count(*) FROM lead").get == 1
    kept.close()


def test_a_step_that_fails_leaves_the_file_as_it_was(
    released: Path, time: MovingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(connection: apsw.Connection) -> None:
        connection.execute("ALTER TABLE lead ADD COLUMN mood TEXT")
        connection.execute("UPDATE lead SET last_name = 'gone'")
        connection.execute("INSERT INTO nowhere VALUES (1)")

    before = Store.open(released, clock=time.clock)
    held = snapshot(before)
    before.close()
    with monkeypatch.context() as patched:
        next_version(patched, fail)
        with pytest.raises(apsw.SQLError, match="nowhere"):
            migrations.bring_up(released, None, time.clock)
    after = Store.open(released, clock=time.clock)
    assert snapshot(after) == held
    after.close()


def test_a_newer_base_is_refused_untouched(released: Path, time: MovingClock) -> None:
    connection = apsw.Connection(str(released))
    connection.pragma("user_version", migrations.VERSION + 1)
    connection.close()
    bytes_before = released.read_bytes()
    with pytest.raises(EnvironmentProblem, match="newer CRM Desktop") as caught:
        Store.open(released, clock=time.clock)
    assert caught.value.trouble is Trouble.NEWER
    assert released.read_bytes() == bytes_before


def test_a_base_cut_short_while_it_was_made_is_made_anew(
    base: Path, time: MovingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_connection: apsw.Connection) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        next_version(patched, fail)
        with pytest.raises(KeyboardInterrupt):
            Store.open(base, clock=time.clock)
    assert not base.exists()
    store = Store.open(base, clock=time.clock)
    assert store.lists.count(Filter("stage")) == 7
    store.close()
