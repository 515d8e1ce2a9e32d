"""Whatever the command line is given: one sentence, exit code 1, and nothing is lost."""

import csv
import shutil
from pathlib import Path

import apsw
import pytest

from crm_desktop.paths import DataDir
from crm_desktop.services.lock import writing
from crm_desktop.storage.database import Database
from tests.cli.conftest import Answer, Run
from tests.end_to_end.bad_files import (
    BASES,
    DAMAGED,
    TABLES,
    flip_bytes,
    foreign_columns,
    make_base,
    overwrite_pages,
    small_disk,
)

READING = (("list", "lead"), ("report", "sales"), ("check",), ("history",), ("backup",))
WRITING = (("add", "lead", "name=New"), ("demo",), ("undo",))


def sentence(answer: Answer) -> str:
    """What a refused command said: one sentence, and no word of Python."""
    assert answer.code == 1, answer
    assert answer.out == ""
    lines = answer.err.strip().splitlines()
    assert len(lines) == 1, answer.err
    assert lines[0].endswith(".") and "Error" not in lines[0]
    return lines[0]


def count(run: Run, data: Path | None = None) -> int:
    """How many leads there are."""
    return int(run("list", "lead", "--count", data=data).json["count"])


@pytest.fixture
def data(tmp_path: Path) -> DataDir:
    """A folder of data with one lead and a backup."""
    return make_base(tmp_path / "data")


@pytest.fixture
def leads(tmp_path: Path) -> Path:
    """A file with a good and a bad row."""
    path = tmp_path / "leads.csv"
    path.write_text("name,email\nAda Byron,ada@byron.example\nBob,nobody\n", "utf-8")
    return path


# files


@pytest.mark.parametrize("name", TABLES)
def test_a_file_that_is_no_table(run: Run, data: DataDir, tmp_path: Path, name: str) -> None:
    make, said = TABLES[name]
    path = tmp_path / "file.csv"
    make(path)
    for words in (("inspect",), ("import", "lead"), ("import", "auto")):
        assert said in sentence(run(*words, path))
    assert count(run) == 1


@pytest.mark.parametrize(("kind", "said"), [("lead", "names a lead"), ("deal", "names a deal"), ("auto", "cannot be")])
def test_a_table_of_something_else(run: Run, data: DataDir, tmp_path: Path, kind: str, said: str) -> None:
    path = tmp_path / "valves.csv"
    foreign_columns(path)
    assert said in sentence(run("import", kind, path))
    assert count(run) == 1


def test_refused_rows_that_cannot_be_written_stop_the_import(run: Run, data: DataDir, leads: Path) -> None:
    before = leads.read_bytes()
    for refused, said in ((leads.parent / "none" / "out.csv", "not found"), (leads.parent, "no file"), (leads, "read")):
        assert said in sentence(run("import", "lead", leads, "--refused", refused))
    assert count(run) == 1
    assert leads.read_bytes() == before


def test_refused_rows_that_find_no_room_take_the_import_back(
    run: Run, data: DataDir, leads: Path, tmp_path: Path
) -> None:
    with small_disk(tmp_path / "disk", "4k"):
        (tmp_path / "disk" / "filler").write_bytes(bytes(4096))
        assert "no room left" in sentence(run("import", "lead", leads, "--refused", tmp_path / "disk" / "out.csv"))
    assert count(run) == 1


def test_an_inspected_file_is_not_written_over(run: Run, leads: Path) -> None:
    before = leads.read_bytes()
    assert "is the file that is read" in sentence(run("inspect", leads, "--rows", leads))
    assert leads.read_bytes() == before


@pytest.mark.parametrize("words", [("export", "lead"), ("export", "all"), ("backup",), ("shot", "leads")], ids=" ".join)
def test_places_that_cannot_be_written(run: Run, data: DataDir, tmp_path: Path, words: tuple[str, ...]) -> None:
    assert "“out.x”" in sentence(run(*words, tmp_path / "none" / "out.x"))
    folder = tmp_path / "out.x"
    folder.mkdir()
    assert "“out.x”" in sentence(run(*words, folder))
    assert list(folder.iterdir()) == []


# folders of data


def test_a_file_in_the_place_of_the_folder(run: Run, tmp_path: Path) -> None:
    (tmp_path / "data").write_text("mine", "utf-8")
    for words in (*READING, *WRITING):
        assert "is a file, not a folder" in sentence(run(*words))
    assert (tmp_path / "data").read_text("utf-8") == "mine"


@pytest.mark.parametrize("name", BASES)
def test_a_base_that_cannot_be_opened(run: Run, data: DataDir, name: str) -> None:
    make, said = BASES[name]
    make(data.database)
    before = data.database.read_bytes() if data.database.is_file() else None
    for words in (*READING, *WRITING):
        assert said in sentence(run(*words))
    assert (data.database.read_bytes() if data.database.is_file() else None) == before


@pytest.mark.parametrize("name", DAMAGED)
def test_a_backup_takes_the_place_of_a_damaged_base(run: Run, data: DataDir, name: str) -> None:
    backup = run("backups").json["rows"][0]["path"]
    BASES[name][0](data.database)
    before = data.database.read_bytes()
    answer = run("restore-backup", backup)
    assert answer.code == 0, answer
    assert Path(answer.json["damaged"]).read_bytes() == before
    assert count(run) == 1
    assert run("check").json["sound"]


def test_a_base_damaged_in_places_goes_back_to_its_backup(run: Run, tmp_path: Path) -> None:
    run("demo")
    backup = run("backup").json["backup"]
    base = DataDir(tmp_path / "data").database
    overwrite_pages(base, after=base.stat().st_size * 2 // 3)
    assert run("list", "lead", "--count").json["count"] == 248
    assert "is damaged" in sentence(run("list", "purchase"))
    assert "no backup was made" in sentence(run("backup"))
    for words, way_out in (("check",), "check --repair"), (("check", "--repair"), "restore-backup"):
        answer = run(*words)
        assert (answer.code, answer.json["sound"]) == (1, False) and way_out in answer.err, answer
    before = base.read_bytes()
    would = run("restore-backup", backup, "--dry-run").json
    assert (would["now"]["purchase"], would["then"]["purchase"]) == (0, 2360)
    assert base.read_bytes() == before
    assert Path(run("restore-backup", backup).json["saved"]).read_bytes() == before
    assert run("check").json["sound"]
    assert run("list", "purchase", "--count").json["count"] == 2360


def test_no_damaged_backup_takes_the_place_of_a_damaged_base(run: Run, data: DataDir, leads: Path) -> None:
    backup = Path(run("backups").json["rows"][0]["path"])
    flip_bytes(data.database)
    before = data.database.read_bytes()
    flip_bytes(backup)
    for path, said in ((backup, "damaged"), (leads, "not a backup"), (leads.parent / "none", "not found")):
        assert said in sentence(run("restore-backup", path))
    assert data.database.read_bytes() == before


def test_damaged_files_of_others(run: Run, data: DataDir, shared_data: Path) -> None:
    folder = shared_data / "sqlite_damaged"
    if not folder.is_dir():
        pytest.skip("the damaged files are not beside the project")
    with (folder / "manifest.csv").open(newline="") as file:
        names = [row["file"] for row in csv.DictReader(file)]
    assert names
    for name in names:
        shutil.copyfile(folder / name, data.database)
        for words in (("list", "lead"), ("add", "lead", "name=New")):
            sentence(run(*words))
        assert data.database.read_bytes() == (folder / name).read_bytes()


def test_a_base_on_a_disk_that_is_only_read(run: Run, tmp_path: Path, leads: Path) -> None:
    """Rights do not bind root, so the folder lies on a disk of its own that is mounted anew, read-only."""
    with small_disk(tmp_path / "disk", "8m") as mount:
        data = make_base(tmp_path / "disk" / "data")
        mount("ro")
        for words in (*READING, *WRITING, ("import", "lead", str(leads)), ("check", "--repair")):
            sentence(run(*words, data=data.root))
        mount("rw")
        assert count(run, data.root) == 1
        assert run("check", data=data.root).json["sound"]


def test_a_base_that_may_only_be_read(run: Run, data: DataDir, leads: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file alone is read-only: SQLite is told so as it opens, since rights do not bind root."""
    opened = Database._connected

    def only_to_read(database: Database) -> apsw.Connection:
        connection = opened(database)
        connection.pragma("query_only", 1)
        return connection

    monkeypatch.setattr(Database, "_connected", only_to_read)
    for words in (*WRITING, ("import", "lead", str(leads))):
        assert "read-only" in sentence(run(*words))
    monkeypatch.undo()
    assert count(run) == 1


def test_a_full_disk_takes_an_import_back(run: Run, tmp_path: Path) -> None:
    many = tmp_path / "many.csv"
    many.write_text("name,note\n" + "".join(f"Person {n},{'x' * 300}\n" for n in range(20_000)), "utf-8")
    with small_disk(tmp_path / "disk", "4m"):
        data = make_base(tmp_path / "disk" / "data").root
        assert "disk is full" in sentence(run("import", "lead", many, data=data))
        assert run("list", "lead", "--count", data=data).json["count"] == 1
        assert run("check", data=data).json["sound"]
        filler = tmp_path / "disk" / "filler"
        with pytest.raises(OSError), filler.open("wb", buffering=0) as file:
            while True:
                file.write(bytes(1024))
        for words in (*READING, *WRITING):
            assert "full" in sentence(run(*words, data=data))
        filler.unlink()
        assert run("add", "lead", "name=New", data=data).code == 0
        assert run("check", data=data).json["sound"]


def test_a_disk_without_room_for_a_new_base_leaves_none(run: Run, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "600k") as mount:
        data = tmp_path / "disk" / "data"
        sentence(run("add", "lead", "name=Ada", data=data))
        assert not (data / "customers.crm").exists()
        mount("size=4m")
        assert run("add", "lead", "name=Ada", data=data).code == 0


def test_a_second_writer(run: Run, data: DataDir, leads: Path) -> None:
    with writing(data):
        for words in (*WRITING, ("import", "lead", str(leads)), ("encrypt",)):
            assert "open with this data already" in sentence(run(*words))
        assert count(run) == 1
        assert run("report", "sales").code == 0


# secrets, settings, backups


def test_an_encrypted_base_and_its_passphrase(run: Run, data: DataDir, tmp_path: Path) -> None:
    right, wrong, blank, noise = (tmp_path / name for name in ("right", "wrong", "blank", "noise"))
    right.write_text("correct horse\n", "utf-8")
    wrong.write_text("battery staple\n", "utf-8")
    blank.write_text("\n", "utf-8")
    noise.write_bytes(b"\xff\xfe\x80")
    assert run("encrypt", "--passphrase-file", right).code == 0
    for words, said in (
        ((), "Give its passphrase"),
        (("--passphrase-file", wrong), "not the passphrase"),
        (("--passphrase-file", blank), "not the passphrase"),
        (("--passphrase-file", noise), "not a text file"),
        (("--passphrase-file", tmp_path), "directory"),
        (("--passphrase-file", tmp_path / "none"), "not found"),
    ):
        assert said in sentence(run("list", "lead", *words))
        assert said in sentence(run("add", "lead", "name=New", *words))
    assert "not the passphrase" in sentence(run("decrypt", "--passphrase-file", wrong))
    assert run("list", "lead", "--count", "--passphrase-file", right).json["count"] == 1


def test_an_encrypted_base_without_its_vault(run: Run, data: DataDir, tmp_path: Path) -> None:
    phrase = tmp_path / "phrase"
    phrase.write_text("correct horse", "utf-8")
    run("encrypt", "--passphrase-file", phrase)
    backup = run("backup", "--passphrase-file", phrase).json["backup"]
    vault = data.vault.read_bytes()
    data.vault.unlink()
    assert "with its key is missing" in sentence(run("list", "lead", "--passphrase-file", phrase))
    assert run("restore-backup", backup, "--passphrase-file", phrase).code == 0
    assert data.vault.read_bytes() == vault
    assert run("list", "lead", "--count", "--passphrase-file", phrase).json["count"] == 1


@pytest.mark.parametrize("content", [b"", b"{not json", b"[]", b"\xff\xfe\x00", b'{"currency": "gold", "theme": 7}'])
def test_damaged_settings_are_put_aside(run: Run, data: DataDir, content: bytes) -> None:
    data.settings.write_bytes(content)
    assert count(run) == 1
    assert run("add", "lead", "name=New", "value=10").code == 0


def test_settings_that_cannot_be_read_at_all(run: Run, data: DataDir) -> None:
    data.settings.mkdir()
    assert "“settings.json”" in sentence(run("list", "lead"))


def test_backups_that_cannot_be_written(run: Run, data: DataDir) -> None:
    shutil.rmtree(data.backups)
    data.backups.write_text("in the way", "utf-8")
    assert "“backups”" in sentence(run("backup"))
    assert count(run) == 1
    assert run("add", "lead", "name=New").code == 0
    assert run("backups").json == {"rows": []}
