"""Rows that were left out, as a file to mend and import again: the same columns and the reason beside them."""

import gzip
import io
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from crm_desktop.errors import UserError
from crm_desktop.formats.csv_writer import CsvWriter
from crm_desktop.services.importing.model import ImportDraft

_FAST = 1  # how hard it is packed


class Refusals:
    """Takes the rows left out of files with the same columns: into a file, or where none is named into memory alone.

    So nothing of them lies on the disk, in plain beside an encrypted base, unless the user asks for it.
    """

    def __init__(self, path: Path | None, drafts: Sequence[ImportDraft]) -> None:
        self._sources = [draft.path for draft in drafts]
        self._columns = [column.column for column in drafts[0].columns]
        if path is not None and any([c.column for c in draft.columns] != self._columns for draft in drafts[1:]):
            raise UserError("Left out rows of files with different columns need a file each; import them one by one.")
        self._writer = self._to(path) if path is not None else None
        self._packed = io.BytesIO()
        self._lines = gzip.GzipFile(fileobj=self._packed, mode="w", compresslevel=_FAST)
        self.count = 0

    def __enter__(self) -> Self:
        if self._writer is not None:
            self._writer.__enter__()
        return self

    def add(self, cells: Sequence[str], reason: str) -> None:
        """Adds a row."""
        self.count += 1
        row = [*cells, reason]
        if self._writer is not None:
            self._writer.write(row)
        else:
            self._lines.write(json.dumps(row).encode() + b"\n")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._lines.close()
        if self._writer is not None:
            self._writer.__exit__(kind, error, trace)

    def save(self, path: Path) -> None:
        """Writes the rows that are in memory to a file."""
        with self._to(path) as writer:
            for row in self._rows():
                writer.write(row)

    def _rows(self) -> Iterator[list[str]]:
        with gzip.GzipFile(fileobj=io.BytesIO(self._packed.getvalue())) as lines:
            yield from map(json.loads, lines)

    def _to(self, path: Path) -> CsvWriter:
        if path.exists() and any(path.samefile(source) for source in self._sources):
            raise UserError(f"“{path.name}” is the file that is read. Choose another name for the rows left out.")
        return CsvWriter(path, [*self._columns, "reason"], raw=True)
