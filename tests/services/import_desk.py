"""A fresh base with its import and export, and files to feed them."""

import csv
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from crm_desktop.domain.clock import Clock
from crm_desktop.domain.filter import Filter, Ref
from crm_desktop.services.exporting import Exporting
from crm_desktop.services.fields import Fields
from crm_desktop.services.importing import ImportDraft, Importing, ImportOptions, ImportResult
from crm_desktop.services.labels import Labels
from crm_desktop.services.values import Spelling, Values
from crm_desktop.storage.store import Store

NOW = datetime(2026, 11, 12, 9, 0, tzinfo=UTC)


class Desk:
    """A base in a folder, its services, and short ways to ask."""

    def __init__(self, folder: Path, name: str = "base") -> None:
        self.folder = folder
        self.store = Store.open(folder / f"{name}.crm", clock=Clock.fixed(NOW))
        labels = Labels("en", lambda: self.store.catalogue)
        self.fields = Fields(self.store)
        values = Values(self.store.lists, Spelling("EUR"), self.store.clock)
        self.importing = Importing(self.store, labels, values, self.fields)
        self.exporting = Exporting(self.store, labels)

    def file(self, text: str, name: str = "file.csv") -> Path:
        """A file with this text."""
        path = self.folder / name
        path.write_text(text, encoding="utf-8", newline="")
        return path

    def table(self, header: Sequence[str], rows: Sequence[Sequence[str]], name: str = "file.csv") -> Path:
        """A file with this table."""
        path = self.folder / name
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([header, *rows])
        return path

    def propose(self, kind: str, *paths: Path, **options: Any) -> tuple[ImportDraft, ...]:
        """Drafts of files."""
        return self.importing.propose(paths, kind, ImportOptions(**options))

    def run(self, kind: str, *paths: Path, **options: Any) -> ImportResult:
        """Plans, imports and holds the one against the other."""
        drafts = self.propose(kind, *paths, **options)
        planned = self.importing.plan(drafts).outcome
        result = self.importing.run(drafts)
        assert planned.rows == result.outcome.rows
        assert planned.kinds == result.outcome.kinds
        return result

    def load(self, kind: str, text: str, **options: Any) -> ImportResult:
        """Imports a text."""
        return self.run(kind, self.file(text), **options)

    def all(self, kind: str, *fields: str) -> list[tuple[Any, ...]]:
        """Values of every record, the oldest first."""
        rows = self.store.lists.values(Filter(kind), list(fields))
        return [tuple(v.name if isinstance(v, Ref) else v for v in row[1:]) for row in sorted(rows)]

    def one(self, kind: str, *fields: str) -> Any:
        """The values of the only record; the value alone where one is asked for."""
        (found,) = self.all(kind, *fields)
        return found[0] if len(fields) == 1 else found

    def seen(self) -> Mapping[str, list[tuple[Any, ...]]]:
        """What a user sees of every kind, whatever the ids."""
        kinds = [kind for kind in self.store.catalogue if kind.name != "loss"]
        return {kind.name: sorted(self.all(kind.name, *kind.fields), key=repr) for kind in kinds}


def counts(result: ImportResult) -> tuple[int, int, int, int, int]:
    """New, updated, unchanged, duplicate and refused rows."""
    rows = result.outcome.rows
    assert rows.read == sum((rows.new, rows.updated, rows.unchanged, rows.duplicate, rows.refused))
    return rows.new, rows.updated, rows.unchanged, rows.duplicate, rows.refused


def columns(draft: ImportDraft) -> dict[str, str | None]:
    """The field of each column."""
    return {column.column: column.field for column in draft.columns}
