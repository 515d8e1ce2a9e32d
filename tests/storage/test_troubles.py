"""What the environment does to a file is said in one sentence, and nothing is changed."""

import csv
import os
import shutil
import subprocess
import threading
from pathlib import Path

import apsw
import pytest

from crm_desktop.domain.filter import Filter
from crm_desktop.errors import EnvironmentProblem, Trouble
from crm_desktop.storage.database import explain
from crm_desktop.storage.store import Store
from tests.storage.conftest import Adder, MovingClock
from tests.storage.equality import snapshot


def refused(path: Path, time: MovingClock, key: str | None = None) -> EnvironmentProblem:
    """What opening says; the file is the same afterwards."""
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(EnvironmentProblem) as caught:
        Store.open(path, key=key, clock=time.clock)
    assert (path.read_bytes() if path.is_file() else None) == before
    sentence = caught.value.sentence
    assert "Error" not in sentence and sentence.endswith(".")
    return caught.value


def test_a_folder_is_no_base(tmp_path: Path, time: MovingClock) -> None:
    assert "is a folder" in refused(tmp_path, time).sentence


def test_a_folder_that_is_not_there(tmp_path: Path, time: MovingClock) -> None:
    problem = refused(tmp_path / "nowhere" / "c.crm", time)
    assert problem.trouble is Trouble.MISSING
    assert not (tmp_path / "nowhere").exists()


def test_an_empty_file_is_no_base(base: Path, time: MovingClock) -> None:
    base.touch()
    assert "is empty" in refused(base, time).sentence


def test_a_file_of_another_sort(base: Path, time: MovingClock) -> None:
    base.write_bytes(b"name,email\n" * 500)
    problem = refused(base, time)
    assert problem.trouble is Trouble.DAMAGED
    assert "not a base of CRM Desktop" in problem.sentence


def test_a_database_of_another_program(base: Path, time: MovingClock) -> None:
    connection = apsw.Connection(str(base))
    connection.execute("CREATE TABLE songs (title); PRAGMA user_version = 77")
    connection.close()
    assert "another program" in refused(base, time).sentence


def test_another_key(base: Path, time: MovingClock) -> None:
    Store.open(base, key="aa" * 32, clock=time.clock).close()
    assert "key is another one" in refused(base, time, "bb" * 32).sentence
    assert "key is another one" in refused(base, time).sentence
    again = Store.open(base, key="aa" * 32, clock=time.clock)
    assert again.lists.count(Filter("stage")) == 7
    again.close()


def test_an_action_on_a_base_somebody_else_writes_to(store: Store, base: Path) -> None:
    other = apsw.Connection(str(base))
    other.execute("BEGIN IMMEDIATE")
    store.database.raw.set_busy_timeout(10)
    before = snapshot(store)
    with pytest.raises(EnvironmentProblem, match="in use by another program") as caught, store.action("add", "company"):
        store.records.insert("company", {"name": "Acme"})
    assert caught.value.trouble is Trouble.LOCKED
    assert snapshot(store) == before
    other.close()
    with store.action("add", "company"):
        store.records.insert("company", {"name": "Acme"})
    assert store.lists.count(Filter("company")) == 1


def test_reading_goes_on_while_somebody_writes(store: Store, base: Path) -> None:
    other = apsw.Connection(str(base))
    other.execute("BEGIN EXCLUSIVE; DELETE FROM stage_row")
    assert store.lists.count(Filter("stage")) == 7
    other.close()


def test_a_full_disk_takes_the_action_back_and_leaves_the_base_usable(store: Store, add: Adder) -> None:
    add("company", name="Acme")
    before = snapshot(store)
    pages = int(store.database.raw.pragma("page_count"))
    store.database.raw.pragma("max_page_count", pages + 2)
    with pytest.raises(EnvironmentProblem, match="disk is full") as caught, store.action("import", "company") as action:
        rows = [(f"Company {n}", "x" * 500) for n in range(5000)]
        action.inserted("company", store.records.insert_many("company", ["name", "note"], rows))
    assert caught.value.trouble is Trouble.FULL
    assert snapshot(store) == before
    store.database.raw.pragma("max_page_count", 1 << 30)
    add("company", name="Bolt")
    assert store.lists.count(Filter("company")) == 2


@pytest.mark.skipif(shutil.which("mount") is None or not hasattr(os, "geteuid"), reason="needs a system that mounts")
def test_a_disk_that_is_really_full(tmp_path: Path, time: MovingClock) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk], capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip("this account may not mount")
    store = Store.open(disk / "c.crm", clock=time.clock)
    try:
        before = snapshot(store)
        with pytest.raises(EnvironmentProblem) as caught, store.action("import", "company") as action:
            rows = [(f"Company {n}", "x" * 900) for n in range(9000)]
            action.inserted("company", store.records.insert_many("company", ["name", "note"], rows))
        assert caught.value.trouble is Trouble.FULL
        assert snapshot(store) == before
    finally:
        store.close()
        subprocess.run(["umount", disk], check=True)


def test_a_base_that_may_only_be_read(store: Store) -> None:
    before = snapshot(store)
    store.database.raw.pragma("query_only", 1)
    with pytest.raises(EnvironmentProblem, match="read-only") as caught, store.action("add", "company"):
        store.records.insert("company", {"name": "Acme"})
    assert caught.value.trouble is Trouble.READ_ONLY
    store.database.raw.pragma("query_only", 0)
    assert snapshot(store) == before


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="this account may write everywhere")
def test_a_file_without_the_right_to_write(base: Path, time: MovingClock) -> None:
    Store.open(base, clock=time.clock).close()
    base.chmod(0o400)
    base.parent.chmod(0o500)
    try:
        assert refused(base, time).trouble is Trouble.READ_ONLY
    finally:
        base.parent.chmod(0o700)


def test_damaged_files_of_others_are_refused_and_left_as_they_are(
    shared_data: Path, base: Path, time: MovingClock
) -> None:
    folder = shared_data / "sqlite_damaged"
    if not folder.is_dir():
        pytest.skip("the damaged files are not beside the project")
    with (folder / "manifest.csv").open(newline="") as file:
        assert list(csv.reader(file))
    for damaged in sorted(folder.glob("*.db")):
        shutil.copyfile(damaged, base)
        refused(base, time)
        base.unlink()


@pytest.mark.parametrize("key", [None, "cd" * 32])
def test_a_base_damaged_in_the_middle_says_so(base: Path, time: MovingClock, key: str | None) -> None:
    store = Store.open(base, key=key, clock=time.clock)
    with store.action("import", "lead") as action:
        rows = [(f"Lead {n}",) for n in range(3000)]
        action.inserted("lead", store.records.insert_many("lead", ["last_name"], rows))
    store.close()
    damage = bytearray(base.read_bytes())
    for page in range(40, len(damage) // 4096):
        damage[page * 4096 : page * 4096 + 200] = bytes(200)
    base.write_bytes(damage)
    with pytest.raises(EnvironmentProblem) as caught:
        broken = Store.open(base, key=key, clock=time.clock)
        try:
            broken.lists.values(Filter("lead"), ["name", "source"])
        finally:
            broken.close()
    assert caught.value.trouble is Trouble.DAMAGED
    assert base.read_bytes() == bytes(damage)


def test_our_own_bugs_are_not_blamed_on_the_environment(base: Path) -> None:
    assert explain(apsw.SQLError("no such table"), base) is None
    assert explain(apsw.ConstraintError("UNIQUE"), base) is None


def test_readers_on_other_threads_see_what_was_written(store: Store, add: Adder) -> None:
    add("company", name="Acme")
    seen: list[int] = []

    def look() -> None:
        with store.database.connection_context():
            seen.append(store.lists.count(Filter("company")))

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert seen == [1]
