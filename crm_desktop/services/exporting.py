"""Export: records as CSV files that spreadsheets open and that an import brings back unchanged."""

import json
import os
import secrets
import tempfile
import zipfile
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from crm_desktop.domain.anniversary import Anniversary
from crm_desktop.domain.catalogue import Field, FieldType, Kind
from crm_desktop.domain.contact import FLAGGED, FLAGS, ContactPoint, known_of
from crm_desktop.domain.filter import Filter, Ordered
from crm_desktop.errors import UserError, explaining
from crm_desktop.formats.csv_writer import CsvWriter
from crm_desktop.formats.dates import Order, format_date, format_instant
from crm_desktop.formats.several import format_choices
from crm_desktop.formats.values import format_boolean, format_decimal, format_money
from crm_desktop.services.importing.drafts import EXACT_ID, ORDER
from crm_desktop.services.importing.headings import beside, heading
from crm_desktop.services.importing.links import MADE
from crm_desktop.services.importing.targets import PLACES, own_header
from crm_desktop.services.labels import Labels
from crm_desktop.services.progress import Progress
from crm_desktop.storage.contact_rows import BY_TEXT
from crm_desktop.storage.store import Store

_CHUNK = 2_000
_FOR_SPREADSHEETS = "ID"
_TIES = frozenset({"stage_log", "contact_role", "employment", "relation", "occasion"})
"""Kinds that are nothing without what they link to."""

Cells = Callable[[Any], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written, and in how many cells an apostrophe keeps a spreadsheet from running a text."""

    rows: int
    neutralised: int
    path: Path


@dataclass(frozen=True, slots=True)
class _Column:
    """The columns of one field, and how its value fills them."""

    names: tuple[str, ...]
    cells: Cells


class Exporting:
    """Writes records to files. Raises `EnvironmentProblem` for a full disk; an unfinished file is not left behind."""

    def __init__(self, store: Store, labels: Labels) -> None:
        self._store = store
        self._labels = labels

    def export(
        self,
        wanted: Filter | Ordered,
        fields: Sequence[str] | None,
        out: Path,
        raw: bool = False,
        progress: Progress | None = None,
    ) -> Exported:
        """Writes the records of a list in its order, of a filter the oldest first: fields that are named, else all.

        Named fields are written as people see them, headings and choices by their labels. Without named fields the file
        bears the ids of records and links too, so that it comes back to the same records. `raw` writes exact names and
        values, even such as a spreadsheet would run.
        """
        kind = self._store.catalogue.kind(wanted.kind)
        ids = self._ids(wanted)
        if kind.name in _TIES:
            ids = self._tying(kind, ids)
        names = list(fields) if fields else [name for name in kind.fields if name not in FLAGGED]
        spoken = bool(fields) and not raw
        columns = [self._column(kind.name, name, ids, whole=not fields, spoken=spoken) for name in names]
        if not fields:
            columns.insert(0, _Column((EXACT_ID if raw else _FOR_SPREADSHEETS,), lambda number: (str(number),)))
        places = self._store.contacts.places(kind.name) if kind.reached and not fields else {}
        if places:
            columns.append(_Column((PLACES,), lambda number: (_written_places(places.get(number, ())),)))
        header = [name for column in columns for name in column.names]
        with CsvWriter(out, header, raw=raw) as writer:
            for done, row in enumerate(self._rows(kind.name, ids, names, whole=not fields), start=1):
                values = row[1:] if fields else (*row, row[0]) if places else row
                writer.write([cell for column, v in zip(columns, values, strict=True) for cell in column.cells(v)])
                if progress is not None and done % _CHUNK == 0:
                    progress.report(done, len(ids))
        return Exported(len(ids), writer.neutralised, out)

    def export_table(self, headings: Sequence[str], rows: Sequence[Sequence[object]], out: Path) -> Exported:
        """Writes a table that was made of records, such as the figures behind a chart."""
        with CsvWriter(out, headings, raw=False) as writer:
            for row in rows:
                writer.write(["" if value is None else str(value) for value in row])
        return Exported(len(rows), writer.neutralised, out)

    def export_all(self, out: Path, progress: Progress | None = None) -> Exported:
        """Writes everything: one exact file for each kind of record that there is, together in a ZIP archive."""
        part = out.with_name(f".{out.name}.{secrets.token_hex(4)}.part")
        kinds = [kind for kind in ORDER if kind != "customer" and self._store.lists.ids(Filter(kind), None, 1)]
        rows = 0
        try:
            with (
                explaining(out), tempfile.TemporaryDirectory() as folder,
                zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive,
            ):  # fmt: skip
                for done, kind in enumerate(kinds, start=1):
                    name = f"{self._store.catalogue.kind(kind).plural}.csv"
                    rows += self.export(Filter(kind), None, Path(folder) / name, raw=True).rows
                    archive.write(Path(folder) / name, name)
                    if progress is not None:
                        progress.report(done, len(kinds))
            with explaining(out):
                with part.open("rb") as written:
                    os.fsync(written.fileno())
                part.replace(out)
        finally:
            part.unlink(missing_ok=True)
        return Exported(rows, 0, out)

    def _ids(self, wanted: Filter | Ordered) -> "array[int]":
        if isinstance(wanted, Ordered) and wanted.sort is not None:
            return self._store.lists.ids(wanted.filter, wanted.sort)
        ids = self._store.lists.ids(wanted.filter if isinstance(wanted, Ordered) else wanted)
        ids.reverse()
        return ids

    def _rows(
        self, kind: str, ids: Sequence[int], names: Sequence[str], *, whole: bool = False
    ) -> Iterator[tuple[Any, ...]]:
        """Values of records; `whole` ones come without links into the bin that an import could not follow."""
        known_kind = self._store.catalogue.kind(kind)
        lost = [name if whole and known_kind.fields[name].target not in MADE else "" for name in names]
        for start in range(0, len(ids), _CHUNK):
            some = ids[start : start + _CHUNK]
            rows = self._store.lists.rows(kind, some, names)
            for at, way in enumerate(names, start=1):
                if way in BY_TEXT and self._store.catalogue.kind(kind).reached:
                    known = self._store.contacts.reach(way, kind, some)
                    rows = [(*row[:at], known.get(row[0], ()), *row[at + 1 :]) for row in rows]
            yield from self._here(known_kind, rows, lost)

    def _tying(self, kind: Kind, ids: Sequence[int]) -> "array[int]":
        """Those of which no end lies in the bin."""
        ends = [field.name for field in kind.fields.values() if field.target]
        kept = array("q")
        for start in range(0, len(ids), _CHUNK):
            rows = self._store.lists.rows(kind.name, ids[start : start + _CHUNK], ends)
            kept.extend(row[0] for row, here in zip(rows, self._here(kind, rows, ends), strict=True) if row == here)
        return kept

    def _here(self, kind: Kind, rows: list[tuple[Any, ...]], ends: Sequence[str]) -> list[tuple[Any, ...]]:
        """The rows without the links, each at its place among the `ends`, that lead into the bin."""
        for at, name in enumerate(ends, start=1):
            target = kind.fields[name].target if name in kind.fields else None
            linked = {row[at].id for row in rows if row[at] is not None} if target else ()
            if gone := set(self._store.records.in_bin(target or "", list(linked)) if linked else ()):
                rows = [(*r[:at], None, *r[at + 1 :]) if r[at] and r[at].id in gone else r for r in rows]
        return rows

    def _reached(self, kind: str, way: str, ids: Sequence[int]) -> _Column:
        """The columns of addresses, each with its label and flags beside it where any has such."""
        endings, count, noted = ["label", *FLAGS], 1, set[int]()
        for _, values in self._rows(kind, ids, [way]):
            count = max(count, len(values))
            noted |= {at for text in values for at, known in enumerate(known_of(text)) if known}
        kept, stems = sorted(noted), [way, *(f"{way}_{n}" for n in range(2, count + 1))]
        names = [name for stem in stems for name in (stem, *(f"{stem}_{endings[at]}" for at in kept))]

        def cells(values: Sequence[str]) -> list[str]:
            found: list[str] = []
            for text in values:
                told = known_of(text)
                found += [text, *(_noted(told[at]) for at in kept)]
            return found + [""] * (len(names) - len(found))

        return _Column(tuple(names), cells)

    def _known(self, kind: str, name: str) -> Field:
        found = self._store.catalogue.field(kind, name)
        if "." in name and found.multi:
            raise UserError(f"“{name}” has several values; only its own {kind} can list them.")
        return found

    def _column(self, kind: str, path: str, ids: Sequence[int], *, whole: bool, spoken: bool) -> _Column:
        """The columns of a field: several for several values, a currency beside an amount, an id beside a link."""
        field = self._known(kind, path)
        name = own_header(field) if whole and field.custom else path
        if spoken:
            name = heading(self._labels, self._store.catalogue, self._store.catalogue.kind(kind), path)
        if field.type is FieldType.CHOICE:
            return _Column((name,), self._choices(kind, path, field) if spoken else _codes(field))
        if whole and path in BY_TEXT and self._store.catalogue.kind(kind).reached:
            return self._reached(kind, path, ids)
        if field.multi:
            count = max((len(row[1]) for row in self._rows(kind, ids, [path])), default=1)
            between = " " if spoken else "_"
            names = [name, *(f"{name}{between}{n}" for n in range(2, max(count, 1) + 1))]
            return _Column(tuple(names), lambda values: [*values, *[""] * (len(names) - len(values))])
        if field.type is FieldType.MONEY and not (whole and field.custom):
            return _Column((name, beside(name) if spoken else f"{name}_currency"), _money)
        if field.type is FieldType.LINK and whole:
            return _Column((name, f"{name}_id"), lambda ref: ("", "") if ref is None else (ref.name, str(ref.id)))
        form = _turn if spoken and field.type is FieldType.ANNIVERSARY else _FORMS.get(field.type, str)
        return _Column((name,), lambda value: ("" if value is None else form(value),))

    def _choices(self, kind: str, path: str, field: Field) -> Cells:
        """Choices by their labels."""
        owner = self._store.catalogue.kind(kind)
        for link in path.split(".")[:-1]:
            owner = self._store.catalogue.kind(owner.fields[link].target or "")
        label = partial(self._labels.choice, owner.name, field.name)
        if field.multi:
            return lambda values: (format_choices(tuple(map(label, values))),)
        return lambda value: ("" if value is None else label(value),)


def _codes(field: Field) -> Cells:
    """Choices as they are kept."""
    if field.multi:
        return lambda values: (format_choices(values),)
    return lambda value: ("" if value is None else str(value),)


def _turn(day: Anniversary) -> str:
    """A day that comes back as people write it; without a year no spreadsheet takes it for a formula."""
    return str(day) if day.year is not None else f"{day.day} {date(2000, day.month, day.day):%b}"


def _written_places(points: Sequence[ContactPoint]) -> str:
    """Postal addresses with what is known of each, as an import takes them back."""
    told = [{**({"label": p.label} if p.label else {}), **{flag: True for flag in FLAGS if getattr(p, flag)}, **p.parts}
            for p in points]  # fmt: skip
    return json.dumps(told, ensure_ascii=False) if told else ""


def _noted(known: str | bool) -> str:
    return known if isinstance(known, str) else format_boolean(known) if known else ""


def _money(value: Any) -> tuple[str, str]:
    return ("", "") if value is None else (format_decimal(value.amount), value.currency)


_FORMS: dict[FieldType, Callable[[Any], str]] = {
    FieldType.NUMBER: format_decimal,
    FieldType.DATE: lambda day: format_date(day, Order.YMD),
    FieldType.ANNIVERSARY: str,
    FieldType.INSTANT: format_instant,
    FieldType.YES_NO: format_boolean,
    FieldType.LINK: lambda ref: str(ref.name),
    FieldType.MONEY: lambda money: format_money(money.amount, money.currency),
}
