"""Tables as CSV files: RFC 4180 in UTF-8 with a byte order mark, complete or not there at all."""

import csv
import os
import secrets
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from crm_desktop.errors import EnvironmentProblem, UserError, explaining, file_problem
from crm_desktop.formats.formulas import is_formula, neutralise


class CsvWriter:
    """Writes rows beside `path` and moves the file into place when the block ends well.

    Every cell is quoted, so that whoever reads the file cannot mistake its delimiter or a comma in
    a text. Unless `raw`, text a spreadsheet would run as a formula gets an apostrophe in front;
    `neutralised` counts such cells. Spreadsheets know UTF-8 by the mark that `bom` writes. Raises
    `EnvironmentProblem` if the disk is full or the place may not be written, and `UserError` for
    text that no file can hold.
    """

    def __init__(self, path: Path, columns: Sequence[str], *, raw: bool, bom: bool = True) -> None:
        self._path = path
        self._part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
        self._columns = columns
        self._raw = raw
        self._encoding = "utf-8-sig" if bom else "utf-8"
        self.neutralised = 0

    def __enter__(self) -> Self:
        if self._path.exists() and not self._path.is_file():
            raise EnvironmentProblem(f"“{self._path.name}” is no file that can be replaced. Choose another name.")
        with explaining(self._path):
            self._file = self._part.open("x", encoding=self._encoding, newline="")
        self._writer = csv.writer(self._file, quoting=csv.QUOTE_ALL)
        try:
            self.write(self._columns)
        except BaseException:
            self._discard()
            raise
        return self

    def write(self, row: Sequence[str]) -> None:
        """Add one row of as many cells as there are columns."""
        if len(row) != len(self._columns):
            raise ValueError(f"{len(row)} cells for {len(self._columns)} columns")
        if not self._raw:
            self.neutralised += sum(map(is_formula, row))
            row = [neutralise(cell) for cell in row]
        try:
            self._writer.writerow(row)
        except OSError as error:
            raise file_problem(error, self._path) from error
        except UnicodeEncodeError as error:
            raise UserError(
                f"A text holds half a character ({error.object[error.start]!a}), which no file can keep. "
                "Correct it and export again."
            ) from error

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            self._discard()
            return
        try:
            with explaining(self._path):
                self._file.flush()
                os.fsync(self._file.fileno())
                self._file.close()
                self._part.replace(self._path)
        except BaseException:
            self._discard()
            raise

    def _discard(self) -> None:
        try:
            self._file.close()
        except OSError:  # the disk is still full; the part is removed all the same
            pass
        finally:
            self._part.unlink(missing_ok=True)
