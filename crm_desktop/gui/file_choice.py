"""Asking for files: the one place where dialogs of the system are opened."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

_used: list[Path] = []
"""The folder of the file chosen last in this run, if any."""


def documents() -> Path:
    """Where people keep their files: the folder used last, else that of documents, else their own."""
    usual = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
    return next((folder for folder in (*_used, usual) if folder.is_dir()), Path.home())


def _chosen(name: str, folder: bool = False) -> Path | None:
    """What was chosen, whose folder is where the next dialog begins."""
    if not name:
        return None
    path = Path(name)
    _used[:] = [path if folder else path.parent]
    return path


def file_to_open(parent: QWidget, title: str, patterns: str) -> Path | None:
    """A file to read; None if the user thought better of it."""
    chosen, _ = QFileDialog.getOpenFileName(parent, title, str(documents()), patterns)
    return _chosen(chosen)


def folder_to_use(parent: QWidget, title: str) -> Path | None:
    """A folder that is there, or that is made in the dialog; None if the user thought better of it."""
    chosen = QFileDialog.getExistingDirectory(parent, title, str(documents()))
    return _chosen(chosen, folder=True)


def file_to_save(parent: QWidget, title: str, name: str, patterns: str) -> Path | None:
    """A file to write, proposed under a name; None if the user thought better of it."""
    return file_and_pattern(parent, title, name, patterns)[0]


def file_and_pattern(parent: QWidget, title: str, name: str, patterns: str) -> tuple[Path | None, str]:
    """The same, and which of the patterns was chosen."""
    chosen, pattern = QFileDialog.getSaveFileName(parent, title, str(documents() / name), patterns)
    return _chosen(chosen), pattern
