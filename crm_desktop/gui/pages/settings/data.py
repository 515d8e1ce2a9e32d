"""The inbox folder, sample data, where everything lies, and what the program is made of."""

import platform
from functools import partial

from PySide6.QtCore import QUrl, qVersion
from PySide6.QtGui import QDesktopServices

from crm_desktop import __version__
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.file_choice import folder_to_use
from crm_desktop.gui.pages.page import Notice
from crm_desktop.gui.pages.settings.panel import Panel
from crm_desktop.gui.pages.settings.rows import SettingRow
from crm_desktop.gui.sample_data import remove_sample
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.gui.widgets.text import label

BUILT_ON = (
    ("Qt 6, PySide6", "LGPL-3.0"),
    ("SQLite, APSW, SQLite3 Multiple Ciphers", "public domain, MIT"),
    ("Peewee", "MIT"),
    ("Matplotlib, NumPy", "Matplotlib licence, BSD-3-Clause"),
    ("phonenumberslite", "Apache-2.0"),
    ("keyring, platformdirs", "MIT"),
    ("Inter", "SIL Open Font License 1.1"),
    ("Lucide", "ISC"),
)
"""What the program uses, with the licence of each; the full list is in NOTICES.md."""


class SamplePanel(Panel):
    """Sample data, added and removed in one action each."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context, self.tr("Sample data"))
        note = self.tr("An invented seller of coffee machines, to try things out. Your own records are never touched.")
        row = SettingRow(context.theme, self.tr("Sample data"), note, self.card)
        self._present = False
        self.button = Button(context.theme, row)
        self.button.clicked.connect(self._act)
        row.put(self.button)
        self.add_row(row)

    def refresh(self) -> None:
        demo = self.context.services.demo
        self.context.jobs.read(lambda _progress: demo.present(), self._show, owner=self)

    def _show(self, present: bool) -> None:
        self.button.setText(self.tr("Remove sample data") if present else self.tr("Add sample data"))
        self.button.setAccessibleName(self.button.text())
        self._present = present

    def _act(self) -> None:
        demo = self.context.services.demo
        if self._present:
            remove_sample(self.context, self, partial(self.kept, self.tr("Sample data removed")), self.tell_refused)
        else:
            self.write(demo.fill, self.tr("Sample data added"))


class InboxPanel(Panel):
    """The folder from which cards, mails and tables are taken in."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context, self.tr("Inbox folder"))
        note = self.tr(
            "Business cards (vCard) and mails (eml) put there become leads, tables are imported. What was taken in"
            " then lies in the folder “Taken in” beside them."
        )
        row = SettingRow(context.theme, self.tr("Inbox folder"), note, self.card)
        self.choose_button = Button(context.theme, row, self.tr("Choose a folder"), "folder-open")
        self.choose_button.clicked.connect(self._choose)
        row.put(self.choose_button)
        self.add_row(row)
        self._place = SettingRow(context.theme, "", "", self.card)
        self.stop_button = Button(context.theme, self._place, self.tr("Use no folder"), kind="link")
        self.stop_button.clicked.connect(lambda: self._keep(""))
        self._place.put(self.stop_button)
        self.stop_button.setAccessibleName(self.stop_button.text())
        self.add_row(self._place)
        context.settings_store.changed.connect(lambda _names: self.refresh())
        self.refresh()

    def refresh(self) -> None:
        folder = self.context.settings_store.current.inbox_folder
        self._place.setVisible(bool(folder))
        self._place.name_label.setText(folder)

    def _choose(self) -> None:
        folder = folder_to_use(self, self.tr("Choose the inbox folder"))
        if folder is not None:
            self._keep(str(folder))

    def _keep(self, folder: str) -> None:
        store = self.context.settings_store
        before = store.current.inbox_folder
        store.update(inbox_folder=folder)
        words = self.tr("Inbox folder changed") if folder else self.tr("No inbox folder is used now")
        self.say(Notice(words, lambda: store.update(inbox_folder=before)))


class AboutPanel(Panel):
    """The version, where the data lies, and the licences."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context, self.tr("About"))
        note = self.tr("MIT licence. Works without any network.")
        version = SettingRow(context.theme, f"CRM Desktop {__version__}", note, self.card)
        self.add_row(version)
        version.row.addWidget(label(f"Python {platform.python_version()}, Qt {qVersion()}", "small", "muted"))
        folder = context.services.data_dir.root
        place = SettingRow(context.theme, self.tr("Your data"), str(folder), self.card)
        button = Button(context.theme, place, self.tr("Open the folder"), "folder-open")
        button.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))))
        place.put(button)
        self.add_row(place)
        for name, licence in BUILT_ON:
            row = SettingRow(context.theme, name, "", self.card)
            row.row.addWidget(label(licence, "small", "secondary"))
            self.add_row(row)
