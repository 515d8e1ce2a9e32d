"""Charts and their rows as files."""

import re
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from crm_desktop.errors import CrmError
from crm_desktop.gui.pages.analytics.card import ChartCard
from crm_desktop.gui.pages.page import Page
from crm_desktop.gui.widgets.menu import Menu

PNG, SVG, CSV = "png", "svg", "csv"


class Exporter(QObject):
    """Asks where to and writes; says what was written or why not."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page

    def open_menu(self, card: ChartCard) -> None:
        """Offer the kinds of file for one chart."""
        menu = self.make_menu(card)
        anchor: QWidget = card.export_button
        menu.popup(anchor.mapToGlobal(anchor.rect().bottomLeft()))

    def make_menu(self, card: ChartCard) -> QMenu:
        """The kinds of file; pictures only where there is a chart."""
        menu = Menu(card)
        drawn = card.content is not None and not card.content.missing
        words = {PNG: self.tr("Picture (PNG)"), SVG: self.tr("Drawing (SVG)"), CSV: self.tr("Rows (CSV)")}
        for ending, text in words.items():
            action = menu.addAction(text)
            action.setEnabled(card.content is not None and (drawn or ending == CSV))
            action.triggered.connect(lambda _=False, e=ending: self._ask(card, e))
        return menu

    def save_all(self, cards: list[ChartCard]) -> None:
        """Pictures and rows of all charts shown, into a folder."""
        folder = QFileDialog.getExistingDirectory(self._page, self.tr("Folder for charts and rows"))
        if not folder:
            return
        written = 0
        try:
            for card in cards:
                for ending in (PNG, CSV):
                    written += self.save(card, Path(folder, f"{_file_name(card)}.{ending}"))
        except CrmError as error:
            self._page.say(error.sentence, kind="bad")
            return
        self._page.say(self.tr("%Ln files written", None, written))

    def save(self, card: ChartCard, path: Path) -> bool:
        """Write one file of the kind its ending names; False where there is nothing to write."""
        from crm_desktop.gui.charts import export

        content = card.content
        if content is None or (content.missing and path.suffix != f".{CSV}"):
            return False
        if path.suffix == f".{CSV}":
            table = content.table
            self._page.context.services.exporting.export_table(table.headings, table.raw(), path)
            return True
        theme = self._page.theme.current
        caption = export.Caption(card.title_label.text(), content.sentence)
        mirrored = card.layoutDirection() == Qt.LayoutDirection.RightToLeft
        export.save(export.picture(content.chart(), caption, theme, mirrored), path, theme)
        return True

    def _ask(self, card: ChartCard, ending: str) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self._page, self.tr("Export chart"), f"{_file_name(card)}.{ending}", f"*.{ending}"
        )
        if not name:
            return
        path = Path(name).with_suffix(f".{ending}")
        try:
            self.save(card, path)
        except CrmError as error:
            self._page.say(error.sentence, kind="bad")
            return
        self._page.say(self.tr("Written to %1").replace("%1", path.name))


def _file_name(card: ChartCard) -> str:
    """Its title in letters that every system allows in the name of a file."""
    return re.sub(r"[^\w]+", "-", card.title_label.text().lower()).strip("-_")
