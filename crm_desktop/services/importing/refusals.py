"""Rows that were left out, as a file to mend and import again: the same columns and the reason beside them."""

from pathlib import Path
from types import TracebackType
from typing import Self

from crm_desktop.errors import UserError
from crm_desktop.formats.csv_writer import CsvWriter
from crm_desktop.services.importing.model import ImportDraft


class Refusals:
    """Writes the rows left out of files with the same columns; without a place it only counts them."""

    def __init__(self, path: Path | None, drafts: tuple[ImportDraft, ...]) -> None:
        if path is not None and path.exists() and any(path.samefile(draft.path) for draft in drafts):
            raise UserError(f"“{path.name}” is the file that is read. Choose another name for the rows left out.")
        self._path = path
        self._columns = [column.column for column in drafts[0].columns]
        if path is not None and any([c.column for c in draft.columns] != self._columns for draft in drafts[1:]):
            raise UserError("Left out rows of files with different columns need a file each; import them one by one.")
        self._writer: CsvWriter | None = None
        self.count = 0

    @property
    def file(self) -> Path | None:
        """Where the rows are, if there are any."""
        return self._path if self.count else None

    def __enter__(self) -> Self:
        if self._path is not None:
            self._writer = CsvWriter(self._path, [*self._columns, "reason"], raw=True)
            self._writer.__enter__()
        return self

    def add(self, cells: list[str], reason: str) -> None:
        """Adds a row."""
        self.count += 1
        if self._writer is not None:
            self._writer.write([*cells, reason])

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._writer is not None:
            self._writer.__exit__(kind, error, trace)
