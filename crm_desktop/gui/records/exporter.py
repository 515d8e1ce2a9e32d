"""Asks where to and writes what a list shows into a CSV file."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QStandardPaths
from PySide6.QtWidgets import QFileDialog

from crm_desktop.domain.filter import Filter
from crm_desktop.gui import format
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.pages.page import Page


class Exporter(QObject):
    """Exports of one page."""

    def __init__(self, context: AppContext, page: Page) -> None:
        super().__init__(page)
        self._context = context
        self._page = page

    def ask(self, wanted: Filter, fields: Sequence[str]) -> None:
        """Ask for a file, then export what a filter means with these fields."""
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        name = f"{self._context.services.catalogue.kind(wanted.kind).plural}.csv"
        chosen, _ = QFileDialog.getSaveFileName(
            self._page, self.tr("Export"), str(Path(folder) / name), self.tr("CSV files (*.csv)")
        )
        if chosen:
            self.run(wanted, fields, Path(chosen))

    def run(self, wanted: Filter, fields: Sequence[str], out: Path) -> None:
        """Write the file away from the window."""
        exporting = self._context.services.exporting
        self._context.jobs.read(
            lambda progress: exporting.export(wanted, list(fields), out, False, progress),
            partial(self._done, out),
            self._failed,
            self,
        )

    def _done(self, out: Path, exported: Any) -> None:
        words = self.tr("%1 rows written to %2").replace("%1", format.count_text(exported.rows))
        self._page.say(words.replace("%2", out.name))

    def _failed(self, error: Exception) -> None:
        self._page.say(str(error), kind="bad")
