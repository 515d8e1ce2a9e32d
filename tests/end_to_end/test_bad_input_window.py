"""Whatever the window meets: a sentence in its place, a way on, and nothing is lost."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from crm_desktop.app import Program, build
from crm_desktop.bootstrap import open_services
from crm_desktop.cli import main
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.filter import Filter
from crm_desktop.gui import format
from crm_desktop.gui.pages.importing import ImportPage
from crm_desktop.gui.pages.importing.wizard import Step
from crm_desktop.gui.shell.rescue import RescueDialog
from crm_desktop.gui.shell.unlock import UnlockDialog
from crm_desktop.gui.shell.window import MainWindow
from crm_desktop.gui.single import SingleInstance
from crm_desktop.paths import DataDir
from crm_desktop.services.lock import writing
from crm_desktop.settings import Settings
from tests.end_to_end.bad_files import (
    BASES,
    DAMAGED,
    NOW,
    TABLES,
    flip_bytes,
    foreign_columns,
    make_base,
    overwrite_pages,
    small_disk,
)
from tests.end_to_end.driving import Person, close

PHRASE = "correct horse"


@pytest.fixture
def person(qapp: QApplication, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Person:
    """Somebody who starts the program."""
    monkeypatch.setenv("MPLCONFIGDIR", str(tmp_path))
    return Person()


@pytest.fixture
def data(tmp_path: Path) -> DataDir:
    """A folder of data with one lead and a backup."""
    return make_base(tmp_path / "data")


def leads(data: DataDir, passphrase: str | None = None) -> int:
    """How many leads there are once the program has ended."""
    services = open_services(data, Settings(), Clock.fixed(NOW), passphrase=passphrase)
    try:
        assert services.safety.check().sound
        return services.lists.count(Filter("lead"))
    finally:
        services.close()


def encrypt(data: DataDir) -> None:
    """Put the base under the passphrase, with a backup."""
    services = open_services(data, Settings(), Clock.fixed(NOW))
    services.safety.encrypt(PHRASE)
    services.safety.backup()
    services.close()


# a base that cannot be opened


@pytest.mark.parametrize("name", BASES)
def test_a_base_that_cannot_be_opened_is_explained(person: Person, data: DataDir, name: str) -> None:
    make, said = BASES[name]
    make(data.database)
    before = data.database.read_bytes() if data.database.is_file() else None

    def look(dialog: RescueDialog) -> None:
        assert said in dialog.sentence_label.text()
        assert dialog.backup_button.isVisible() == (name in DAMAGED)
        if name in DAMAGED:
            assert dialog.backup_label.text() == f"Your last backup is from {format.clock_time(NOW)} today."
        dialog.quit_button.click()

    person.when(RescueDialog, look)
    assert person.starts(data.root) == 1
    assert (data.database.read_bytes() if data.database.is_file() else None) == before


def test_the_last_backup_is_opened(person: Person, data: DataDir) -> None:
    flip_bytes(data.database)
    before = data.database.read_bytes()
    person.when(RescueDialog, lambda dialog: dialog.backup_button.click())
    person.when(MainWindow, close)
    assert person.starts(data.root) == 0
    assert (data.root / "customers-damaged-1.crm").read_bytes() == before
    assert leads(data) == 1


def test_a_damaged_backup_leads_to_the_one_before(person: Person, data: DataDir) -> None:
    services = open_services(data, Settings(), Clock.fixed(NOW))
    last = services.safety.backup()
    services.close()
    overwrite_pages(last)
    overwrite_pages(data.database)

    def open_both(dialog: RescueDialog) -> None:
        dialog.backup_button.click()
        assert "choose an older backup" in dialog.sentence_label.text()
        assert dialog.backup_label.text() == f"The backup before it is from {format.clock_time(NOW)} today."
        dialog.backup_button.click()

    person.when(RescueDialog, open_both)
    person.when(MainWindow, close)
    assert person.starts(data.root) == 0
    assert leads(data) == 1


def test_a_backup_kept_elsewhere_is_chosen(
    person: Person, data: DataDir, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = shutil.move(next(data.backups.glob("*.crm")), tmp_path / "kept.crm")
    flip_bytes(data.database)
    answers = iter(("", str(kept)))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (next(answers), ""))

    def choose(dialog: RescueDialog) -> None:
        assert dialog.backup_button.text() == "Choose a backup ..."
        dialog.backup_button.click()
        assert dialog.isVisible()
        dialog.backup_button.click()

    person.when(RescueDialog, choose)
    person.when(MainWindow, close)
    assert person.starts(data.root) == 0
    assert leads(data) == 1


def test_details_are_copied_and_the_file_is_shown(
    person: Person, data: DataDir, monkeypatch: pytest.MonkeyPatch
) -> None:
    flip_bytes(data.database)
    shown: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: shown.append(url.toLocalFile()))

    def use(dialog: RescueDialog) -> None:
        dialog.copy_button.click()
        dialog.file_button.click()
        dialog.reject()

    person.when(RescueDialog, use)
    assert person.starts(data.root) == 1
    assert shown == [str(data.root)]
    copied = QApplication.clipboard().text()
    assert "is damaged" in copied and "SQLite" not in copied and "CorruptError" in copied


def test_who_mends_it_outside_tries_again(person: Person, data: DataDir) -> None:
    aside = data.root / "aside"
    data.database.rename(aside)
    data.database.mkdir()

    def mend(dialog: RescueDialog) -> None:
        data.database.rmdir()
        aside.rename(data.database)
        dialog.again_button.click()

    person.when(RescueDialog, mend)
    person.when(MainWindow, close)
    assert person.starts(data.root) == 0
    assert leads(data) == 1


def test_a_base_that_another_program_writes_to(person: Person, data: DataDir) -> None:
    other = writing(data)
    other.__enter__()

    def wait_for_it(dialog: RescueDialog) -> None:
        assert "open with this data already" in dialog.sentence_label.text()
        other.__exit__(None, None, None)
        dialog.again_button.click()

    person.when(RescueDialog, wait_for_it)
    person.when(MainWindow, close)
    assert person.starts(data.root) == 0


def test_beside_the_open_window(person: Person, data: DataDir, capsys: pytest.CaptureFixture[str]) -> None:
    """A second start comes to the first window; a command that writes is refused, one that reads is answered."""
    answers: list[tuple[int, str]] = []

    def try_all(window: MainWindow) -> None:
        if not SingleInstance(data.root).call_first():
            QTimer.singleShot(20, window, lambda: try_all(window))  # it listens once its first page is painted
            return
        for words in (["add", "lead", "name=New"], ["list", "lead", "--count"]):
            code = main(["--data-dir", str(data.root), *words])
            shown = capsys.readouterr()
            answers.append((code, shown.out + shown.err))
        window.close()

    person.when(MainWindow, try_all)
    assert person.starts(data.root) == 0
    assert [code for code, _ in answers] == [1, 0]
    assert answers[0][1].startswith("CRM Desktop is open with this data already.")
    assert "count: 1" in answers[1][1]
    assert (data.logs / "crm-desktop.log").exists()
    assert leads(data) == 1


def test_a_disk_that_is_only_read(person: Person, tmp_path: Path) -> None:
    """Rights do not bind root, so the folder lies on a disk of its own that is mounted anew, read-only."""
    with small_disk(tmp_path / "disk", "8m") as mount:
        data = make_base(tmp_path / "disk" / "data")
        mount("ro")

        def mend(dialog: RescueDialog) -> None:
            assert "may not be opened or changed" in dialog.sentence_label.text()
            mount("rw")
            dialog.again_button.click()

        person.when(RescueDialog, mend)
        person.when(MainWindow, close)
        assert person.starts(data.root) == 0
        assert leads(data) == 1


def test_no_room_at_the_start(person: Person, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "600k") as mount:
        data = DataDir(tmp_path / "disk" / "data")

        def mend(dialog: RescueDialog) -> None:
            assert "The disk is full." in dialog.sentence_label.text()
            mount("size=8m")
            dialog.again_button.click()

        person.when(RescueDialog, mend)
        person.when(MainWindow, close)
        assert person.starts(data.root) == 0
        assert leads(data) == 0


def test_a_place_that_cannot_hold_data(person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(QMessageBox, "critical", lambda _parent, _title, text: told.append(text))
    (tmp_path / "file").touch()
    (tmp_path / "data" / "settings.json").mkdir(parents=True)
    for name, said in (("file", "is a file, not a folder"), ("data", "“settings.json”")):
        assert person.starts(tmp_path / name) == 1
        assert said in told[-1]


# secrets and settings


def test_an_encrypted_base_asks_for_its_passphrase(person: Person, data: DataDir) -> None:
    encrypt(data)

    def type_them(dialog: UnlockDialog) -> None:
        for text, said in (("", "The passphrase is missing."), ("battery staple", "This is not the passphrase")):
            dialog.first_edit.setText(text)
            dialog.ok_button.click()
            assert said in dialog.problem_label.text()
            assert dialog.problem_label.isVisible()
        dialog.first_edit.setText(PHRASE)
        dialog.ok_button.click()

    person.when(UnlockDialog, type_them)
    person.when(MainWindow, close)
    assert person.starts(data.root) == 0
    assert leads(data, PHRASE) == 1


def test_who_does_not_know_the_passphrase_leaves(person: Person, data: DataDir) -> None:
    encrypt(data)
    before = data.database.read_bytes()
    person.when(UnlockDialog, lambda dialog: dialog.cancel_button.click())
    assert person.starts(data.root) == 1
    assert data.database.read_bytes() == before


def test_a_passphrase_that_is_given_is_not_asked_for(person: Person, data: DataDir) -> None:
    encrypt(data)
    person.when(MainWindow, close)
    assert person.starts(data.root, PHRASE) == 0

    def look(dialog: UnlockDialog) -> None:
        assert "not the passphrase" in dialog.problem_label.text()
        dialog.reject()

    person.when(UnlockDialog, look)
    assert person.starts(data.root, "battery staple") == 1


def test_a_damaged_encrypted_base_is_replaced_after_its_passphrase(person: Person, data: DataDir) -> None:
    encrypt(data)
    overwrite_pages(data.database, after=0)

    def unlock(dialog: UnlockDialog) -> None:
        dialog.first_edit.setText(PHRASE)
        dialog.ok_button.click()

    person.when(UnlockDialog, unlock)
    person.when(RescueDialog, lambda dialog: dialog.backup_button.click())
    person.when(MainWindow, close)
    assert person.starts(data.root) == 0
    assert leads(data, PHRASE) == 1


def test_an_encrypted_base_without_its_vault_goes_back_to_a_backup(person: Person, data: DataDir) -> None:
    encrypt(data)
    data.vault.unlink()

    def unlock(dialog: UnlockDialog) -> None:
        dialog.first_edit.setText(PHRASE)
        dialog.ok_button.click()

    def open_again(dialog: RescueDialog) -> None:
        assert "Its passphrase is needed" in dialog.sentence_label.text()
        dialog.backup_button.click()

    person.when(RescueDialog, lambda dialog: dialog.backup_button.click())
    person.when(UnlockDialog, lambda dialog: dialog.cancel_button.click())
    person.when(RescueDialog, open_again)
    person.when(UnlockDialog, unlock)
    person.when(MainWindow, close)
    assert person.starts(data.root) == 0
    assert leads(data, PHRASE) == 1


def test_damaged_settings_do_not_keep_the_window_shut(person: Person, data: DataDir) -> None:
    data.settings.write_text("{not json", "utf-8")
    person.when(MainWindow, close)
    assert person.starts(data.root) == 0
    assert (data.root / "settings.damaged-1.json").read_text("utf-8") == "{not json"


# while the window is open


@pytest.fixture
def program(qapp: QApplication, data: DataDir) -> Iterator[Program]:
    """The whole program, with its threads, over a base with one lead."""
    yield from opened(data)


def opened(data: DataDir) -> Iterator[Program]:
    """The program over a folder; it is ended as `run` ends it."""
    made = build(data, Clock.fixed(NOW))
    try:
        made.window.show()
        made.context.jobs.wait_idle()
        yield made
    finally:
        made.close()


@pytest.fixture
def page(program: Program) -> ImportPage:
    """Import & export."""
    return import_page(program)


def import_page(program: Program) -> ImportPage:
    """Open the page."""
    assert program.window.open("importing")
    program.context.jobs.wait_idle()
    found = program.window.pages.current
    assert isinstance(found, ImportPage)
    return found


def toast(program: Program) -> str:
    """What the toast says."""
    shown = program.window.toasts.current
    return shown.sentence.text() if shown is not None else ""


def count(program: Program) -> int:
    """How many leads there are."""
    return program.context.services.lists.count(Filter("lead"))


@pytest.mark.parametrize("name", TABLES)
def test_a_file_that_is_no_table(
    program: Program, page: ImportPage, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    make, said = TABLES[name]
    path = tmp_path / "file.csv"
    make(path)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    qtbot.keyClick(page.start.drop.button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: said in page.start.drop.problem.text())
    assert page.start.drop.problem.isVisible()
    assert not page.running
    assert count(program) == 1


def test_a_table_of_something_else_stops_at_its_columns(
    program: Program, page: ImportPage, tmp_path: Path, qtbot: QtBot
) -> None:
    foreign_columns(tmp_path / "valves.csv")
    page.open_file(tmp_path / "valves.csv")
    qtbot.waitUntil(lambda: page.running)
    page.wizard.advance()
    page.wizard.advance()
    qtbot.waitUntil(lambda: "names a" in page.wizard.tally_label.text())
    assert page.wizard.step is Step.MATCH
    assert count(program) == 1


def run_import(page: ImportPage, path: Path, qtbot: QtBot) -> None:
    """Take a file through all steps, up to its import."""
    page.open_file(path)
    qtbot.waitUntil(lambda: page.running)
    page.wizard.advance()
    page.wizard.advance()
    qtbot.waitUntil(lambda: page.wizard.step is Step.CHECK, timeout=30_000)
    page.wizard.advance()
    page.wizard.advance()
    assert page.wizard.step is Step.RESULT
    page.wizard.advance()


@pytest.fixture
def people(tmp_path: Path) -> Path:
    """A file with a good and a bad row."""
    path = tmp_path / "people.csv"
    path.write_text("name,email\nAda Byron,ada@byron.example\nBob,nobody\n", "utf-8")
    return path


def test_an_import_that_finds_no_room_is_taken_back(tmp_path: Path, qapp: QApplication, qtbot: QtBot) -> None:
    many = tmp_path / "many.csv"
    many.write_text("name,note\n" + "".join(f"Person {n},{'x' * 300}\n" for n in range(20_000)), "utf-8")
    with small_disk(tmp_path / "disk", "5m"):
        data = make_base(tmp_path / "disk" / "data")
        with contextmanager(opened)(data) as program:
            page = import_page(program)
            run_import(page, many, qtbot)
            qtbot.waitUntil(lambda: "The disk is full." in page.wizard.tally_label.text(), timeout=30_000)
            assert count(program) == 1
        assert leads(data) == 1


def test_an_import_whose_backup_cannot_be_written(
    program: Program, page: ImportPage, data: DataDir, people: Path, qtbot: QtBot
) -> None:
    shutil.rmtree(data.backups)
    data.backups.write_text("in the way", "utf-8")
    run_import(page, people, qtbot)
    qtbot.waitUntil(lambda: "“backups”" in page.wizard.tally_label.text())
    assert count(program) == 1


def test_a_backup_that_cannot_be_written_is_said(program: Program, data: DataDir, qtbot: QtBot) -> None:
    shutil.rmtree(data.backups)
    data.backups.write_text("in the way", "utf-8")
    program.context.actions.trigger("backups.make")
    qtbot.waitUntil(lambda: "“backups”" in toast(program))


@pytest.mark.parametrize(("how", "said"), [("read-only", "read-only"), ("full", "disk is full")])
def test_an_edit_that_cannot_be_saved_is_said(program: Program, qtbot: QtBot, how: str, said: str) -> None:
    """The connection that writes is told to refuse, as a file system would."""
    jobs, services = program.context.jobs, program.context.services
    raw = services._store.database
    refuse: Callable[[], Any] = {
        "read-only": lambda: raw.raw.pragma("query_only", 1),
        "full": lambda: raw.raw.pragma("max_page_count", raw.raw.pragma("page_count")),
    }[how]
    jobs.write(lambda _: refuse(), lambda _: None)
    jobs.write(lambda _: services.records.add("lead", {"name": "New", "note": "x" * 100_000}), lambda _: None)
    qtbot.waitUntil(lambda: said in toast(program))
    assert count(program) == 1
