"""Asking for files: the one place where dialogs of the system are opened."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget


def documents() -> Path:
    """Where people keep their files."""
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))


def file_to_open(parent: QWidget, title: str, patterns: str) -> Path | None:
    """A file to read; None if the user thought better of it."""
    chosen, _ = QFileDialog.getOpenFileName(parent, title, str(documents()), patterns)
    return Path(chosen) if chosen else None


def folder_to_use(parent: QWidget, title: str) -> Path | None:
    """A folder that is there, or that is made in the dialog; None if the user thought better of it."""
    chosen = QFileDialog.getExistingDirectory(parent, title, str(documents()))
    return Path(chosen) if chosen else None


def file_to_save(parent: QWidget, title: str, name: str, patterns: str) -> Path | None:
    """A file to write, proposed under a name; None if the user thought better of it."""
    return file_and_pattern(parent, title, name, patterns)[0]


def file_and_pattern(parent: QWidget, title: str, name: str, patterns: str) -> tuple[Path | None, str]:
    """The same, and which of the patterns was chosen."""
    chosen, pattern = QFileDialog.getSaveFileName(parent, title, str(documents() / name), patterns)
    return (Path(chosen) if chosen else None), pattern
