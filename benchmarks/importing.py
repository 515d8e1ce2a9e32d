"""Import of a file, as one action that can be undone, against the sqlite3 shell reading ready tables."""

import csv
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import apsw

from benchmarks.bases import KEY
from benchmarks.leads import write_csv
from benchmarks.measure import Result, Sample, against, compared
from crm_desktop.storage.database import open_connection

TABLES = ("lead", "email", "phone", "address", "lead_row")
MEMORY_MB = 400.0


def run(folder: Path, leads: int, pairs: int) -> list[Result]:
    """Import, floor, undo, import ...; leaves the base with its leads in `folder`."""
    file = folder / "leads.csv"
    write_csv(file, leads)
    base = folder / "base"
    imports, undos, memory, floors = [], [], [], []
    for number in range(pairs):
        shutil.rmtree(base, ignore_errors=True)
        imported, peak = _child("import", base, file)
        if number == 0:
            _prepare_floor(base, folder / "floor")
        floors.append(_floor(folder / "floor"))
        undone, _ = _child("undo", base, file)
        imports.append(imported)
        undos.append(undone)
        memory.append(peak)
    _child("redo", base, file)
    note = "floor: .import of the sqlite3 shell into the same tables and indexes, plain, from files made ready for it"
    return [
        compared(f"import of {leads:,} rows", list(zip(imports, floors, strict=True)), 2.0, note),
        compared("undo of the import", list(zip(undos, imports, strict=True)), 1.5, "against the import itself"),
        against("memory of the import, peak", memory, MEMORY_MB, "MB", "the limit is 400 MB"),
    ]


def make(folder: Path, leads: int) -> None:
    """Only the base with its leads."""
    file = folder / "leads.csv"
    write_csv(file, leads)
    _child("import", folder / "base", file)


def _child(verb: str, base: Path, file: Path) -> tuple[Sample, float]:
    """One step in a process of its own: seconds, processor seconds and the most memory it had."""
    code = f"from benchmarks.importing import child; child({verb!r}, {str(base)!r}, {str(file)!r})"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    wall, cpu, peak = (float(word) for word in done.stdout.split()[-3:])
    return Sample(wall, cpu), peak


def child(verb: str, base: str, file: str) -> None:
    """What the process does; prints its figures."""
    import resource

    from benchmarks.bases import open_base
    from crm_desktop.services.importing import ImportOptions

    services = open_base(Path(base))
    cpu, wall = time.process_time(), time.perf_counter()
    if verb == "import":
        services.importing.from_files("lead", [Path(file)], ImportOptions())
    elif verb == "undo":
        services.history.undo()
    else:
        services.history.redo()
    figures = time.perf_counter() - wall, time.process_time() - cpu
    print(*figures, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    services.close()


def _prepare_floor(base: Path, folder: Path) -> None:
    """Files and a script from which the shell makes the same tables: plain ones, with the indexes that hold rows."""
    folder.mkdir(exist_ok=True)
    connection = open_connection(base / "customers.crm", KEY, apsw.SQLITE_OPEN_READONLY)
    script = [".bail on", ".mode csv", "PRAGMA journal_mode=wal;", "PRAGMA synchronous=full;"]
    for table in TABLES:
        names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        columns = ", ".join(f"{n} {'INTEGER PRIMARY KEY' if n == 'id' else ''}" for n in names)
        script += [f"CREATE TABLE {table} ({columns});", *_indexes(connection, table)]
        _dump(connection.execute(f"SELECT * FROM {table}"), folder / f"{table}.csv")
    script.append("CREATE VIRTUAL TABLE lead_search USING fts5(text, content='', detail=none, prefix='2 3',"
                  " tokenize='unicode61 remove_diacritics 2');")  # fmt: skip
    words = connection.execute(
        "SELECT concat_ws(' ', first_name, last_name, company_name, note, address, number, city, postcode) FROM lead"
        " JOIN email ON email.lead_id = lead.id JOIN phone ON phone.lead_id = lead.id"
        " JOIN address ON address.lead_id = lead.id"
    )
    _dump(words, folder / "lead_search.csv")
    script += [f".import {folder / table}.csv {table}" for table in (*TABLES, "lead_search")]
    (folder / "script.sql").write_text("\n".join(script), "utf-8")
    connection.close()


def _indexes(connection: apsw.Connection, table: str) -> Iterator[str]:
    """The indexes of a table that hold any of its rows, whole: the shell fills its tables before it knows more."""
    made = "SELECT sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL"
    for row in connection.execute(made, (table,)).fetchall():
        whole, _, condition = str(row[0]).partition(" WHERE ")
        if not condition or connection.execute(f"SELECT 1 FROM {table} WHERE {condition} LIMIT 1").get:
            yield whole.replace("UNIQUE ", "") + ";"


def _dump(rows: apsw.Cursor, path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def _floor(folder: Path) -> Sample:
    import resource

    target = folder / "floor.db"
    for path in folder.glob("floor.db*"):
        path.unlink()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    with (folder / "script.sql").open() as script:
        subprocess.run(["sqlite3", str(target)], stdin=script, check=True, stdout=subprocess.DEVNULL)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Sample(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
