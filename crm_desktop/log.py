"""The log: rotating files in the user's folder, and the last lines in memory for a report.

No personal data: e-mail addresses, phone numbers and the home folder are masked, and of an exception
only its kind and where it happened are written, since its text may quote what the user typed.
"""

import logging
import re
import traceback
from collections import deque
from pathlib import Path

_ROOT = "crm_desktop"
_FILE_BYTES, _FILES = 512 * 1024, 4
_TAIL_LINES = 200
_MASKS = [
    (re.compile(r"[^\s@<>\"'=]+@[^\s@<>\"']+\.\w+"), "<e-mail>"),
    # Only what starts like a phone number: ids and dates must stay readable.
    (re.compile(r"(?<![\w.-])(?:\+|0)\d(?:[ ()/.-]{0,2}\d){6,}"), "<phone>"),
    (re.compile(re.escape(str(Path.home())) + r"(?=[/\\]|$)"), "~"),
]


def named(name: str) -> logging.Logger:
    """The logger of a part of the program, such as `named("storage.journal")`."""
    return logging.getLogger(f"{_ROOT}.{name}")


def mask(text: str) -> str:
    """The text without what could tell who somebody is."""
    for pattern, instead in _MASKS:
        text = pattern.sub(instead, text)
    return text


def describe(error: BaseException) -> str:
    """Kinds of an exception and its causes, with their places in the code but without their texts."""
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    before = f"{describe(cause)}\nled to\n" if cause else ""
    places = "".join(traceback.format_tb(error.__traceback__))
    return f"{before}{places}{type(error).__module__}.{type(error).__qualname__}"


class _Formatter(logging.Formatter):
    """One line per message, everything masked but the time."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def formatMessage(self, record: logging.LogRecord) -> str:
        record.message = mask(record.message)
        return super().formatMessage(record)

    def formatException(self, ei: object) -> str:
        return mask(describe(ei[1])) if isinstance(ei, tuple) and ei[1] else ""


class _Tail(logging.Handler):
    """The last lines, kept in memory."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: deque[str] = deque(maxlen=_TAIL_LINES)

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


class _Files(logging.Handler):
    """Rotating files, opened with the first message: most starts have none, and the module behind takes a while."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._files: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        try:
            if self._files is None:
                self._files = self._open()
            self._files.emit(record)
        except OSError:
            self.handleError(record)

    def _open(self) -> logging.Handler:
        from logging.handlers import RotatingFileHandler

        files = RotatingFileHandler(self._path, "a", _FILE_BYTES, _FILES - 1, "utf-8")
        files.setFormatter(self.formatter)
        return files

    def close(self) -> None:
        if self._files is not None:
            self._files.close()
        super().close()


_tail = _Tail()


def start(folder: Path, level: int = logging.INFO) -> None:
    """Write to `folder` from now on; a log that cannot be written is kept in memory only."""
    stop()
    root = logging.getLogger(_ROOT)
    root.setLevel(level)
    # Our own handlers are all there is: nothing of ours belongs on standard error.
    root.propagate = False
    handlers: list[logging.Handler] = [_tail]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "crm-desktop.log"
        path.touch()
        handlers.append(_Files(path))
    except OSError:
        # The program must work without a log, and the tail says why there is none.
        _tail.lines.append(f"no log can be written to {mask(str(folder))}")
    for handler in handlers:
        handler.setFormatter(_Formatter())
        root.addHandler(handler)


def stop() -> None:
    """Close the files; the tail is empty again."""
    root = logging.getLogger(_ROOT)
    for handler in list(root.handlers):
        root.removeHandler(handler)
        handler.close()
    root.propagate = True
    _tail.lines.clear()


def tail() -> list[str]:
    """The last lines, oldest first, for a report the user can read before sending it."""
    return list(_tail.lines)
