"""Files that are no table of customers, and bases that are none of ours: how each is made and what is said of it."""

import secrets
import shutil
import sqlite3
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import apsw
import pytest

from crm_desktop.bootstrap import open_services
from crm_desktop.domain.clock import Clock
from crm_desktop.paths import DataDir
from crm_desktop.settings import Settings

Maker = Callable[[Path], object]
PAGE = 4096
NOW = datetime(2026, 11, 12, 9, 5, tzinfo=UTC)


def zipped(path: Path, name: str) -> None:
    """An archive with one file in it."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(name, "name\nAda\n")


def database(path: Path) -> None:
    """A database of another program."""
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE songs (title)")
    connection.commit()
    connection.close()


TABLES: dict[str, tuple[Maker, str]] = {
    "nothing": (lambda path: None, "was not found"),
    "folder": (lambda path: path.mkdir(), "is a folder"),
    "empty": (lambda path: path.touch(), "is empty"),
    "blank": (lambda path: path.write_text("\n \n\t\n"), "is empty"),
    "zeros": (lambda path: path.write_bytes(bytes(5000)), "is empty"),
    "picture": (lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n" + secrets.token_bytes(500)), "is a picture"),
    "spreadsheet": (lambda path: zipped(path, "xl/workbook.xml"), "is a spreadsheet"),
    "archive": (lambda path: zipped(path, "table.csv"), "is a ZIP archive"),
    "database": (database, "is a database"),
    "noise": (lambda path: path.write_bytes(secrets.token_bytes(100_000)), "is not a text file"),
    "one long line": (lambda path: path.write_bytes(b"x" * 50_000_000), "longer than 10 million"),
    "one long cell": (lambda path: path.write_bytes(b'name,email\n"' + b"x" * 50_000_000), "longer than 10 million"),
}  # fmt: skip
"""Files that hold no table at all."""


def foreign_columns(path: Path) -> None:
    """A table that has nothing to do with customers."""
    path.write_text("temperature,humidity,valve\n20.5,40,open\n21.0,41,shut\n", "utf-8")


def make_base(root: Path, leads: int = 1) -> DataDir:
    """A folder of data with a base of so many leads, and a backup of it."""
    data = DataDir(root)
    services = open_services(data, Settings(currency="EUR"), Clock.fixed(NOW))
    for number in range(leads):
        services.records.add("lead", {"name": f"Lead {number}", "email": f"lead{number}@fenwick.example"})
    services.safety.backup()
    services.close()
    return data


def set_version(base: Path) -> None:
    """As a newer program would leave it."""
    connection = apsw.Connection(str(base))
    connection.pragma("user_version", 99)
    connection.close()


def replace_by_database(base: Path) -> None:
    """Another program's database under our name."""
    base.unlink()
    database(base)


def overwrite_pages(base: Path, after: int = 4 * PAGE) -> None:
    """Nothing is left of the beginning of each page behind the first ones."""
    content = bytearray(base.read_bytes())
    for start in range(after // PAGE * PAGE, len(content), PAGE):
        content[start : start + 200] = bytes(200)
    base.write_bytes(content)


def flip_bytes(base: Path) -> None:
    """Every page has bytes turned round where its cells are found."""
    content = bytearray(base.read_bytes())
    for start in range(PAGE, len(content), PAGE):
        content[start : start + 12] = bytes(255 - each for each in content[start : start + 12])
    base.write_bytes(content)


def cut(base: Path, size: int) -> None:
    """Only the beginning is left."""
    with base.open("r+b") as file:
        file.truncate(size)


def replace_by_folder(base: Path) -> None:
    """A folder under our name."""
    base.unlink()
    base.mkdir()


BASES: dict[str, tuple[Maker, str]] = {
    "folder": (replace_by_folder, "is a folder"),
    "empty": (lambda base: base.write_bytes(b""), "is empty"),
    "text": (lambda base: base.write_bytes(b"name,email\n" * 500), "is not a base of CRM Desktop"),
    "another program's": (replace_by_database, "is a database of another program"),
    "newer": (set_version, "written by a newer CRM Desktop"),
    "overwritten": (overwrite_pages, "is damaged"),
    "flipped": (flip_bytes, "is damaged"),
    "half": (lambda base: cut(base, base.stat().st_size // 2), "is damaged"),
    "first bytes": (lambda base: cut(base, 100), "is damaged"),
}  # fmt: skip
"""What may have become of a base, and what is said of it."""

DAMAGED = ("empty", "text", "overwritten", "flipped", "half", "first bytes")
"""Those of them that a backup is put in the place of."""


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Callable[[str], None]]:
    """A disk of its own of a size like "4m", that a call with "ro" makes read-only. Needs the right to mount."""
    folder.mkdir()
    if shutil.which("mount") is None or _mount("-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)):
        pytest.skip("this account may not mount")
    try:
        yield lambda how: _must_mount("-o", f"remount,{how}", str(folder))
    finally:
        subprocess.run(["umount", folder], check=True)


def _mount(*words: str) -> int:
    return subprocess.run(["mount", *words], capture_output=True, check=False).returncode


def _must_mount(*words: str) -> None:
    assert _mount(*words) == 0
