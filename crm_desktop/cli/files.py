"""Commands over files: inspect, import, export."""

import argparse
from pathlib import Path
from typing import Any

from crm_desktop.cli.arguments import add_filter, chosen, pairs
from crm_desktop.cli.session import Session
from crm_desktop.errors import UserError


def add(command: Any) -> None:
    """Adds the commands of this group."""
    made = command("inspect", _inspect, "read a file as import would and say what it found")
    made.add_argument("file", type=Path)
    made.add_argument("--rows", type=Path, metavar="OUT.csv", help="write what was understood as RFC 4180 in UTF-8")
    made = command("import", _import, "read records from files, as one action that can be undone")
    made.add_argument("kind", help="a kind of record, customer or auto")
    made.add_argument("files", nargs="+", type=Path, metavar="FILE")
    made.add_argument("--map", action="append", default=[], metavar="FIELD=COLUMN")
    made.add_argument("--preset", help="read the columns as this program exports them")
    made.add_argument("--key", action="append", default=[], metavar="FIELD", help="what tells that a record is there")
    made.add_argument("--on-match", choices=("fill", "overwrite", "skip", "add"), default="fill")
    made.add_argument("--unmapped", choices=("custom", "note", "drop"), default="note")
    made.add_argument("--value", action="append", default=[], metavar="COLUMN:TEXT=MEANING",
                      help="what a text of a column stands for: a choice, a stage, a status")
    made.add_argument("--dry-run", action="store_true", help="only say what would be")
    made.add_argument("--refused", type=Path, metavar="OUT.csv", help="write refused rows with their reasons")
    made = command("export", _export, "write records to a CSV file; “all” writes everything to a zip file")
    made.add_argument("kind")
    made.add_argument("out", type=Path)
    add_filter(made)
    made.add_argument("--fields", metavar="A,B")
    made.add_argument("--raw", action="store_true", help="exact names and values, nothing neutralised")


def _inspect(_session: Session, options: argparse.Namespace) -> dict[str, Any]:
    from crm_desktop.formats.csv_inspect import inspect
    from crm_desktop.formats.csv_reader import open_table
    from crm_desktop.formats.csv_writer import CsvWriter

    found = inspect(options.file)
    if options.rows is not None:
        if options.rows.exists() and options.rows.samefile(options.file):
            raise UserError(f"“{options.rows.name}” is the file that is read. Choose another name for --rows.")
        table = open_table(options.file, found.dialect)
        with CsvWriter(options.rows, table.columns, raw=True, bom=False) as writer:
            for _, row in table.rows():
                writer.write(row)
    return found.to_json()


def _export(session: Session, options: argparse.Namespace) -> dict[str, Any]:
    services = session.reader()
    if options.kind == "all":
        if options.filter or options.fields:
            raise UserError("“export all” writes everything; it takes no filter and no fields.")
        done = services.exporting.export_all(options.out)
        return {"path": str(done.path), "rows": done.rows}
    wanted = chosen(services, options.kind, options.filter)
    fields = [name.strip() for name in options.fields.split(",")] if options.fields else None
    done = services.exporting.export(wanted, fields, options.out, raw=options.raw)
    if done.neutralised and not options.json:
        session.say(f"{done.neutralised} texts that a spreadsheet would run as a formula begin with an apostrophe.")
    return {"path": str(done.path), "rows": done.rows, "neutralised": done.neutralised}


def _import(session: Session, options: argparse.Namespace) -> dict[str, Any]:
    from crm_desktop.services.importing import ImportOptions

    services = session.reader() if options.dry_run else session.writer()
    how = ImportOptions(
        mapping=pairs(options.map), preset=options.preset, key=tuple(options.key), on_match=options.on_match,
        unmapped=options.unmapped, meanings=_meanings(options.value),
    )  # fmt: skip
    return services.importing.from_files(
        options.kind, options.files, how, refused=options.refused, dry_run=options.dry_run
    )


def _meanings(words: list[str]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for word in words:
        place, _, code = word.rpartition("=")
        column, colon, text = place.partition(":")
        if not (column and colon and text and code):
            raise UserError(f"“{word}” is no COLUMN:TEXT=MEANING.")
        found.setdefault(column, {})[text] = code
    return found
