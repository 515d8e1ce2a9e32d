"""A text file from outside as a stream of lines, or one sentence why it is not one."""

import codecs
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from crm_desktop.errors import UserError, file_problem

SAMPLE_BYTES = 256 * 1024
CHUNK_BYTES = 1024 * 1024
LONGEST_LINE = 10_000_000
"""Characters one line, or one cell, may have: a longer one is no table and would fill the memory."""

_KINDS = (  # how files that are no text begin
    (b"%PDF", "a PDF document. Open it and save its table as CSV"),
    (b"SQLite format 3\0", "a database. Export the table you need as CSV"),
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word file. Open it and save it as CSV"),
    (b"\x89PNG", "a picture. Choose a CSV file"),
    (b"\xff\xd8\xff", "a picture. Choose a CSV file"),
    (b"GIF8", "a picture. Choose a CSV file"),
    (b"\x1f\x8b", "a compressed archive. Unpack it and choose the CSV file inside"),
    (b"7z\xbc\xaf\x27\x1c", "a compressed archive. Unpack it and choose the CSV file inside"),
    (b"Rar!", "a compressed archive. Unpack it and choose the CSV file inside"),
)
_SPREADSHEET = "a spreadsheet. Open it and save it as CSV"
_ARCHIVE = "a ZIP archive. Unpack it and choose the CSV file inside"
_CONTROLS = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]")
_MOST_CONTROLS = 0.02
_MOST_ZEROS = 0.3


@dataclass(frozen=True, slots=True)
class Sample:
    """The beginning of a file, and the bytes that tell its encoding best."""

    data: bytes
    complete: bool
    evidence: bytes


def take_sample(path: Path) -> Sample:
    """Read the beginning of `path`. Raises `UserError` for what is no file, empty or not readable."""
    if path.is_dir():
        raise UserError(f"“{path.name}” is a folder. Choose a file in it.")
    try:
        with path.open("rb") as file:
            data = file.read(SAMPLE_BYTES)
            evidence = _first_beyond_ascii(file, data)
    except (OSError, ValueError) as error:
        raise unreadable(path, error) from error
    if not data.strip(b"\0 \t\r\n"):
        raise empty(path)
    return Sample(data, len(data) < SAMPLE_BYTES, evidence)


def version(path: Path) -> tuple[int, int]:
    """What tells a file from what it was before: its size in bytes, and when it was written in nanoseconds."""
    try:
        found = path.stat()
    except (OSError, ValueError) as error:
        raise unreadable(path, error) from error
    return found.st_size, found.st_mtime_ns


def empty(path: Path) -> UserError:
    """The sentence for a file without a table in it."""
    return UserError(f"“{path.name}” is empty. Choose a file that holds a table.")


def unreadable(path: Path, error: OSError | ValueError) -> UserError:
    """The sentence for a file that cannot be opened; a name no system accepts raises `ValueError`."""
    if isinstance(error, OSError):
        return UserError(file_problem(error, path).sentence)
    return UserError("That is not the name of a file. Choose the file again.")


def _first_beyond_ascii(file: BinaryIO, data: bytes) -> bytes:
    """A beginning in plain ASCII says nothing about the encoding; the first chunk that is not does."""
    chunk = data
    while chunk.isascii() and (following := file.read(CHUNK_BYTES)):
        chunk = following
    return data if chunk.isascii() else chunk


def refuse_binary(path: Path, data: bytes, one_byte: bool) -> None:
    """Raise `UserError` naming what the file looks like if it is not text."""
    kind = next((what for start, what in _KINDS if data.startswith(start)), None)
    if data.startswith(b"PK\x03\x04"):
        spreadsheet = b"xl/" in data or b"opendocument.spreadsheet" in data
        kind = _SPREADSHEET if spreadsheet else _ARCHIVE
    if kind is None and one_byte:
        controls, zeros = len(_CONTROLS.findall(data)), data.count(0)
        if controls > _MOST_CONTROLS * len(data) or zeros > _MOST_ZEROS * len(data):
            kind = "not a text file. Choose a CSV file"
    if kind:
        raise UserError(f"“{path.name}” is {kind}.")


class LineSource:
    """The lines of a file with their ends, read in chunks.

    `ended` turns true when the last line has been handed out and another was asked for: a record
    that is still open then was never closed. `zeros` and `unreadable` count mended characters.
    """

    def __init__(self, path: Path, encoding: str, bom: bool) -> None:
        self._path = path
        self._encoding = encoding
        self._bom = bom
        self.ended = False
        self.zeros = 0
        self.unreadable = 0

    def batches(self) -> Iterator[list[str]]:
        """Lists of whole lines, each list about one chunk. Raises `UserError` for an endless line."""
        tail, number = "", 0
        for text in self._texts():
            lines = io.StringIO(tail + text, newline="").readlines()
            # A carriage return at the end may be half of a line end whose rest is in the next chunk.
            tail = "" if not lines or lines[-1].endswith("\n") else lines.pop()
            number += len(lines)
            if len(tail) > LONGEST_LINE:
                raise too_long(self._path, number + 1)
            yield lines
        if tail:
            yield [tail]
        self.ended = True

    def _texts(self) -> Iterator[str]:
        decoder = codecs.getincrementaldecoder(self._encoding)(errors="replace")
        first = self._bom
        try:
            with self._path.open("rb") as file:
                while data := file.read(CHUNK_BYTES):
                    text = decoder.decode(data)
                    yield self._mended(text.lstrip("\ufeff") if first else text)
                    first = False
        except OSError as error:
            raise unreadable(self._path, error) from error
        yield self._mended(decoder.decode(b"", final=True))

    def _mended(self, text: str) -> str:
        self.unreadable += text.count("\ufffd")
        if zeros := text.count("\0"):
            self.zeros += zeros
            return text.replace("\0", "")
        return text


def too_long(path: Path, line: int) -> UserError:
    """The sentence for a line or cell no table has."""
    return UserError(
        f"Line {line:,} of “{path.name}” is longer than {LONGEST_LINE // 1_000_000} million characters, "
        "so this is not a table. Check how the file was made."
    )
