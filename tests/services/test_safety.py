"""Backups, going back to one, checks, encryption, and one writer at a time."""

import gzip
import multiprocessing
import shutil
import signal
import subprocess
import sys
import threading
import time as clocks
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import apsw
import keyring
import keyring.backend
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.bootstrap import open_services
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.filter import Filter
from crm_desktop.errors import EnvironmentProblem, PassphraseNeeded, Trouble, UserError, WrongPassphrase
from crm_desktop.paths import DataDir
from crm_desktop.services import Services
from crm_desktop.services.lock import writing
from crm_desktop.services.safety import rescue
from crm_desktop.settings import Settings
from crm_desktop.storage.backups import Backup, superfluous
from crm_desktop.storage.encryption import is_encrypted

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
PHRASE = "correct horse Ä"


class MemoryVault(keyring.backend.KeyringBackend):
    """A system's vault that forgets with the test."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self.kept.pop((service, username), None)


@pytest.fixture
def data(tmp_path: Path) -> DataDir:
    return DataDir(tmp_path / "data")


@pytest.fixture
def services(data: DataDir) -> Iterator[Services]:
    opened = start(data)
    yield opened
    opened.close()


def start(data: DataDir, passphrase: str | None = None, at: datetime = NOON) -> Services:
    return open_services(data, Settings(), Clock.fixed(at), passphrase=passphrase)


def names(services: Services) -> list[str]:
    ids = services.lists.ids(services.lists.parse("company", ""))
    return sorted(row[1] for row in services.lists.rows("company", ids, ["name"]))


def add(services: Services, name: str) -> int:
    return services.records.add("company", {"name": name, "email": f"{name}@x.example"}).id


# backups


def test_a_backup_is_a_whole_base_of_its_own(services: Services, tmp_path: Path) -> None:
    add(services, "Acme")
    out = tmp_path / "copy.crm"
    assert services.safety.backup(out) == out
    add(services, "Bolt")
    copy = apsw.Connection(str(out), flags=apsw.SQLITE_OPEN_READONLY)
    assert copy.execute("SELECT name FROM company").fetchall() == [("Acme",)]
    assert copy.pragma("journal_mode") == "delete"
    copy.close()
    with pytest.raises(UserError, match="there already"):
        services.safety.backup(out)


def test_a_backup_just_made_is_kept_even_if_the_clock_was_set_back(services: Services, data: DataDir) -> None:
    for _ in range(2):
        services.safety.backup()
    services.close()
    earlier = start(data, at=NOON - timedelta(days=9))
    for _ in range(2):
        assert earlier.safety.backup().exists()
    earlier.close()


def test_backups_are_listed_the_newest_first_even_within_a_second(services: Services) -> None:
    made = [services.safety.backup() for _ in range(12)]
    assert [one.path for one in services.safety.backups()] == made[::-1]


def test_going_back_is_said_first_then_done_and_can_be_undone_by_a_backup(services: Services) -> None:
    add(services, "Acme")
    then = services.safety.backup()
    add(services, "Bolt")
    told = services.safety.restore_backup(then, dry_run=True)
    assert (told.now["company"], told.then["company"], told.saved) == (2, 1, None)
    assert names(services) == ["Acme", "Bolt"]
    assert len(services.safety.backups()) == 1
    done = services.safety.restore_backup(then)
    assert names(services) == ["Acme"]
    assert services.safety.check().sound
    assert done.saved is not None
    services.safety.restore_backup(done.saved)
    assert names(services) == ["Acme", "Bolt"]
    assert not list(services.data_dir.root.glob("*.restoring*"))


def test_ids_given_after_going_back_are_new(services: Services) -> None:
    then = services.safety.backup()
    lost = add(services, "Acme")
    services.safety.restore_backup(then)
    assert add(services, "Bolt") != lost
    services.history.undo()
    assert services.safety.check().sound


def test_a_base_brought_to_another_machine_counts_for_itself(services: Services, tmp_path: Path) -> None:
    first = add(services, "Acme")
    copy = tmp_path / "other"
    other = DataDir(copy)
    other.create()
    services.safety.backup(other.database)
    there = start(other)
    here_id, there_id = add(services, "here"), add(there, "there")
    assert here_id >> 40 == first >> 40 == 1
    assert 1 < there_id >> 40 < 8192
    there.close()
    again = start(other)
    assert add(again, "again") == there_id + 1
    again.close()


@pytest.mark.parametrize("damage", ["missing", "text", "page"])
def test_a_backup_that_is_no_good_changes_nothing(services: Services, tmp_path: Path, damage: str) -> None:
    add(services, "Acme")
    path = tmp_path / "bad.crm"
    if damage == "text":
        path.write_bytes(b"hello" * 999)
    if damage == "page":
        services.safety.backup(path)
        content = bytearray(path.read_bytes())
        content[60 * 4096 : 62 * 4096] = b"\x07" * 8192
        path.write_bytes(content)
    with pytest.raises(EnvironmentProblem):
        services.safety.restore_backup(path)
    assert names(services) == ["Acme"]
    assert services.safety.check().sound


@given(st.lists(st.integers(0, 900 * 24), unique=True, max_size=120))
def test_thinning_keeps_days_weeks_and_months(hours: list[int]) -> None:
    made = [Backup(Path(f"{h}.crm"), NOON - timedelta(hours=h), 1) for h in hours]
    gone = superfluous(made)
    kept = sorted((one for one in made if one not in gone), key=lambda one: one.at, reverse=True)
    assert bool(kept) == bool(made)
    if not made:
        return
    newest = max(one.at for one in made)
    assert kept[0].at == newest
    assert {one for one in made if one.at.date() == newest.date()} <= set(kept)
    days = sorted({one.at.date() for one in made}, reverse=True)[:7]
    months = sorted({one.at.strftime("%Y-%m") for one in made}, reverse=True)[:12]
    assert set(days) <= {one.at.date() for one in kept}
    assert set(months) <= {one.at.strftime("%Y-%m") for one in kept}
    older = [one for one in kept if one.at.date() != newest.date()]
    assert len(older) <= 7 + 5 + 12
    assert superfluous(kept) == []


def test_old_backups_are_let_go_when_a_new_one_is_made(data: DataDir) -> None:
    for day in range(40, -1, -1):
        services = start(data, at=NOON - timedelta(days=day))
        services.safety.backup()
        services.close()
    assert 7 < len(start(data).safety.backups()) < 20


def test_what_was_there_before_an_update_is_a_backup_too(data: DataDir) -> None:
    data.create()
    data.database.write_bytes(gzip.decompress((Path(__file__).parents[1] / "data" / "schema7.crm.gz").read_bytes()))
    services = start(data, at=NOON - timedelta(days=400))
    (kept,) = services.safety.backups()
    assert (kept.schema, kept.at) == (7, NOON - timedelta(days=400))
    before = names(services)
    add(services, "Acme")
    services.safety.restore_backup(kept.path)
    assert names(services) == before
    services.close()


def test_of_what_was_there_before_updates_the_last_is_kept_for_good() -> None:
    made = [Backup(Path(f"{n}.crm"), NOON - timedelta(days=31 * n), 1, 7 if n > 17 else None) for n in range(20)]
    gone = {one.path.stem for one in superfluous(made)}
    assert "18" not in gone and {"17", "19"} <= gone


# checks


def test_a_check_finds_each_sort_of_fault_and_mends_what_is_derived(services: Services) -> None:
    company = add(services, "Acme")
    assert services.safety.check() == services.safety.check(repair=True)
    raw = services._store.database.raw
    raw.execute("UPDATE company_row SET name = 'else'")
    raw.execute("DELETE FROM company_search")
    raw.execute("INSERT INTO loss (id, customer_id, reason) VALUES (1, 2, 'gap')")
    found = services.safety.check()
    assert not found.sound
    assert [next(n for n in ("company_row", "company_search", "loss") if n in p) for p in found.problems] == [
        "company_row", "company_search", "loss", "loss",
    ]  # fmt: skip
    mended = services.safety.check(repair=True)
    assert (mended.sound, mended.repaired, mended.problems) == (True, True, found.problems)
    raw.execute("PRAGMA foreign_keys = 0")
    raw.execute("UPDATE company SET parent_id = 5 WHERE id = ?", (company,))
    assert "names a record that is not there" in " ".join(services.safety.check(repair=True).problems)


# encryption


def test_a_base_is_encrypted_and_made_plain_again(services: Services, data: DataDir) -> None:
    add(services, "Acme")
    services.safety.encrypt(PHRASE)
    assert services.safety.encrypted and is_encrypted(data.database)
    add(services, "Bolt")
    services.history.undo()
    services.close()
    with pytest.raises(PassphraseNeeded):
        start(data)
    with pytest.raises(WrongPassphrase):
        start(data, "wrong")
    again = start(data, PHRASE)
    assert names(again) == ["Acme"]
    assert b"Acme" not in data.database.read_bytes()
    with pytest.raises(UserError, match="encrypted already"):
        again.safety.encrypt("other")
    with pytest.raises(WrongPassphrase):
        again.safety.decrypt("wrong")
    again.safety.decrypt(PHRASE)
    assert not data.vault.exists()
    again.close()
    plain = start(data)
    assert names(plain) == ["Acme"]
    with pytest.raises(UserError, match="not encrypted"):
        plain.safety.decrypt(PHRASE)
    plain.close()


def test_backups_made_before_are_encrypted_too(services: Services, data: DataDir) -> None:
    add(services, "Acme")
    first = services.safety.backup()
    broken = services.safety.backup()
    broken.write_bytes(first.read_bytes()[:5000])
    add(services, "Bolt")
    with pytest.raises(EnvironmentProblem, match=f"“{broken.name}”.*is not encrypted"):
        services.safety.encrypt(PHRASE)
    assert services.safety.encrypted
    sound = [one.path for one in services.safety.backups() if one.path != broken]
    assert len(sound) == 2 and all(map(is_encrypted, sound)) and b"Acme" not in first.read_bytes()
    assert {path.suffix for path in data.backups.iterdir()} == {".crm", ".vault"}
    services.close()
    again = start(data, PHRASE)
    again.safety.restore_backup(first)
    assert names(again) == ["Acme"]
    again.close()


def test_nothing_made_from_an_older_base_stays_plain(data: DataDir, tmp_path: Path) -> None:
    """Neither the copy that was kept before the schema grew, nor anything of a backup that was only looked at."""
    old = tmp_path / "old.crm"
    old.write_bytes(gzip.decompress((Path(__file__).parents[1] / "data" / "schema7.crm.gz").read_bytes()))
    data.create()
    shutil.copyfile(old, data.database)
    services = start(data)
    services.safety.restore_backup(old, dry_run=True)
    damaged = data.database.with_name("customers-damaged-1.crm")
    shutil.copyfile(old, damaged)
    services.safety.encrypt(PHRASE)
    kept = [path for path in data.root.rglob("*.*") if path.is_file()]
    assert damaged in kept and not [path.name for path in kept if b"Beck" in path.read_bytes()]
    assert services.safety.restore_backup(old).then["person"] == 1
    services.close()


def test_a_base_that_grew_once_is_migrated_again_under_another_key(data: DataDir) -> None:
    old = gzip.decompress((Path(__file__).parents[1] / "data" / "schema7.crm.gz").read_bytes())
    data.create()
    data.database.write_bytes(old)
    services = start(data)
    services.safety.encrypt(PHRASE)
    services.close()
    data.database.write_bytes(old)
    start(data).close()


def test_other_threads_read_on_after_the_key_changed(services: Services) -> None:
    add(services, "Acme")
    seen: list[list[str]] = []
    changed, looked = threading.Event(), threading.Event()

    def reader() -> None:
        for _ in range(2):
            seen.append(names(services))
            looked.set()
            changed.wait(30)

    thread = threading.Thread(target=reader)
    thread.start()
    looked.wait(30)
    services.safety.encrypt(PHRASE)
    changed.set()
    thread.join()
    assert seen == [["Acme"]] * 2
    services.safety.decrypt(PHRASE)
    assert names(services) == ["Acme"]


def test_the_system_keeps_the_key_where_it_can(services: Services, data: DataDir) -> None:
    vault = MemoryVault()
    keyring.set_keyring(vault)
    add(services, "Acme")
    services.safety.encrypt(PHRASE)
    services.close()
    again = start(data)
    assert names(again) == ["Acme"]
    # A vault of another base in the same place is not taken for this one.
    (name, kept) = next(iter(vault.kept.items()))
    vault.kept[name] = "0" + kept[1:] if kept[0] != "0" else "1" + kept[1:]
    with pytest.raises(PassphraseNeeded):
        start(data)
    again.safety.decrypt(PHRASE)
    assert vault.kept == {}
    again.close()


def test_a_backup_brings_the_vault_that_opens_it(services: Services, data: DataDir, tmp_path: Path) -> None:
    add(services, "Acme")
    plain = services.safety.backup()
    services.safety.encrypt(PHRASE)
    add(services, "Bolt")
    secret = services.safety.backup()
    services.safety.restore_backup(plain)
    assert services.safety.encrypted and names(services) == ["Acme"]
    services.safety.decrypt(PHRASE)
    with pytest.raises(PassphraseNeeded):
        services.safety.restore_backup(secret)
    services.safety.restore_backup(secret, passphrase=PHRASE)
    assert not services.safety.encrypted and names(services) == ["Acme", "Bolt"]
    Backup(secret, NOON, 0).vault.unlink()
    with pytest.raises(EnvironmentProblem, match="not beside it"):
        services.safety.restore_backup(secret, passphrase=PHRASE)


def test_an_encrypted_base_without_its_vault_says_so(services: Services, data: DataDir) -> None:
    services.safety.encrypt(PHRASE)
    services.close()
    data.vault.unlink()
    with pytest.raises(EnvironmentProblem, match=r"vault\.db.* is missing"):
        start(data, PHRASE)


def test_encrypting_cut_short_before_the_first_page_leaves_a_plain_base(services: Services, data: DataDir) -> None:
    add(services, "Acme")
    plain = services.safety.backup().read_bytes()
    services.safety.encrypt(PHRASE)
    services.close()
    data.database.write_bytes(plain)
    again = start(data)
    assert names(again) == ["Acme"]
    again.safety.encrypt("another one")
    again.close()
    assert names(start(data, "another one")) == ["Acme"]


_ENCRYPT = """
import sys
from pathlib import Path
from crm_desktop.bootstrap import open_services
from crm_desktop.paths import DataDir
from crm_desktop.settings import Settings
services = open_services(DataDir(Path(sys.argv[1])), Settings())
print("go", flush=True)
services.safety.encrypt("phrase")
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="kills as Unix does")
def test_killed_at_any_moment_of_encrypting_the_base_is_whole(
    services: Services, data: DataDir, tmp_path: Path
) -> None:
    for number in range(30):
        add(services, f"Company-{number}")
    wanted = names(services)
    services.safety.backup()
    services.close()
    for attempt in range(6):
        copy = DataDir(tmp_path / f"copy-{attempt}")
        shutil.copytree(data.root, copy.root)
        command = [sys.executable, "-c", _ENCRYPT, str(copy.root)]
        with subprocess.Popen(command, cwd=Path(__file__).parents[2], stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            process.stdout.readline()
            clocks.sleep(0.08 * attempt)
            process.send_signal(signal.SIGKILL)
        again = start(copy, "phrase")
        assert names(again) == wanted
        assert not again.safety.encrypted or all(is_encrypted(one.path) for one in again.safety.backups())
        assert again.safety.check().sound
        again.close()


_WORK = """
import sys
from pathlib import Path
from crm_desktop.bootstrap import open_services
from crm_desktop.domain.filter import Filter
from crm_desktop.paths import DataDir
from crm_desktop.settings import Settings
services = open_services(DataDir(Path(sys.argv[1])), Settings())
ids = sorted(services.lists.ids(Filter("lead")))
works = {
    "import": lambda: services.importing.run(services.importing.propose([Path(sys.argv[3])], "lead")),
    "set": lambda: services.records.set("lead", ids, {"note": "seen"}),
    "merge": lambda: services.merging.merge_groups("lead", zip(ids[:300:2], ids[1:300:2])),
    "undo": lambda: services.history.undo(),
}
print("go", flush=True)
works[sys.argv[2]]()
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="kills as Unix does")
@pytest.mark.parametrize("work", ["import", "set", "merge", "undo"])
def test_killed_in_the_midst_of_work_all_of_it_is_done_or_nothing(
    services: Services, data: DataDir, tmp_path: Path, work: str
) -> None:
    files = []
    for name in ("first", "second"):
        files.append(tmp_path / f"{name}.csv")
        files[-1].write_text("\n".join(["Name,Note", *(f"{name} {n},met" for n in range(2500))]), "utf-8")
    services.importing.run(services.importing.propose(files[:1], "lead"))
    services.close()
    ended = {"import": (5000, "met"), "set": (2500, "seen"), "merge": (2350, "met"), "undo": (0, "")}
    for attempt in range(2):
        copy = DataDir(tmp_path / f"copy-{attempt}")
        shutil.copytree(data.root, copy.root)
        command = [sys.executable, "-c", _WORK, str(copy.root), work, str(files[1])]
        with subprocess.Popen(command, cwd=Path(__file__).parents[2], stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            process.stdout.readline()
            clocks.sleep(0.03 + 0.12 * attempt)
            process.send_signal(signal.SIGKILL)
        again = start(copy)
        rows = again.lists.values(Filter("lead"), ["note"])
        assert (len(rows), "".join({note for _, note in rows})) in ((2500, "met"), ended[work])
        assert again.safety.check().sound
        while again.history.peek_undo() is not None:
            again.history.undo()
        assert again.lists.count(Filter("lead")) == 0
        again.close()


# a base that cannot be opened


def test_a_damaged_base_is_replaced_and_kept(services: Services, data: DataDir) -> None:
    add(services, "Acme")
    backup = services.safety.backup()
    services.close()
    data.database.write_bytes(b"rubbish" * 1000)
    with pytest.raises(EnvironmentProblem) as caught:
        start(data)
    assert caught.value.trouble is Trouble.DAMAGED
    kept = rescue(data, backup)
    assert kept.read_bytes().startswith(b"rubbish")
    again = start(data)
    assert names(again) == ["Acme"]
    again.close()
    with pytest.raises(EnvironmentProblem, match="not found"):
        rescue(data, data.root / "nothing.crm")


# one writer


def _try_to_write(root: Path, answers: "multiprocessing.Queue[str]") -> None:
    try:
        with writing(DataDir(root)):
            answers.put("wrote")
    except EnvironmentProblem as problem:
        answers.put(problem.sentence)


def ask(data: DataDir) -> str:
    context = multiprocessing.get_context("spawn")
    answers: multiprocessing.Queue[str] = context.Queue()
    process = context.Process(target=_try_to_write, args=(data.root, answers))
    process.start()
    answer = answers.get(timeout=60)
    process.join()
    return answer


def test_a_second_writer_is_told_in_one_sentence(data: DataDir) -> None:
    with writing(data) as writer:
        assert not writer.unclean
        assert "is open with this data already" in ask(data)
    assert ask(data) == "wrote"


@pytest.mark.parametrize("error", [KeyboardInterrupt, FileNotFoundError])
def test_who_was_cut_short_leaves_a_mark(data: DataDir, error: type[BaseException]) -> None:
    with pytest.raises(error), writing(data):  # and it is not taken for a fault of the lock
        raise error
    with writing(data) as writer:
        assert writer.unclean
    with writing(data) as writer:
        assert not writer.unclean
