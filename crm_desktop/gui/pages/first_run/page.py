"""The first page of a new base: bring contacts, look around with sample data, or start empty."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from crm_desktop.domain.change import Change
from crm_desktop.gui.actions import Command, Scope
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.pages.first_run.setup import Setup
from crm_desktop.gui.pages.first_run.welcome import Welcome
from crm_desktop.gui.pages.page import Page
from crm_desktop.services.progress import Progress


class FirstRunPage(Page):
    """Fills the window until the user has chosen how to start."""

    whole_window = True
    kinds = frozenset({"none"})

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self.title = self.tr("Welcome")
        self._filling = False
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._add_commands()
        self._show_view()
        context.settings_store.changed.connect(self._settings_changed)

    def panes(self) -> Sequence[QWidget]:
        return (self.view.bring_card, self.view.language_box)

    def bring(self) -> None:
        """Go to the import."""
        if self._setup.keep_quota():
            self.go("importing", "first")

    def fill_sample(self) -> None:
        """Write the sample data, then show its leads."""
        if not self._setup.keep_quota():
            return
        self._set_filling(True)
        services = self.context.services

        def fill(_progress: Progress) -> Change:
            # Asked for in the writer thread, which has by then heard of a currency just chosen.
            return services.demo.fill()

        self.context.jobs.write(fill, self._filled, self._failed, self.tr("Writing the sample data"))

    def start_empty(self) -> None:
        """Begin with nothing; this page does not come again."""
        if self._setup.keep_quota():
            self.context.settings_store.update(welcomed=True)
            self.go("leads")

    def _filled(self, _change: Change) -> None:
        self._set_filling(False)
        self.go("leads")

    def _failed(self, error: Exception) -> None:
        self._set_filling(False)
        self.say(str(error), kind="bad")

    def _set_filling(self, filling: bool) -> None:
        self._filling = filling
        self._tell_filling()
        self.refresh_actions()

    def _tell_filling(self) -> None:
        words = self.tr("Writing the sample data...") if self._filling else self._sample_words()
        self.view.sample_card.words.setText(words)

    def _sample_words(self) -> str:
        return self.tr("132 customers and 248 leads of an invented coffee company. Remove all of it with one click.")

    def _can_start(self) -> bool:
        return not self._filling

    def _add_commands(self) -> None:
        group = self.tr("Welcome")
        for name, text, run, key, icon in (
            ("bring", self.tr("Import CSV"), self.bring, "1", "file-input"),
            ("sample", self.tr("Open sample"), self.fill_sample, "2", "coffee"),
            ("empty", self.tr("Start empty"), self.start_empty, "3", "square-dashed"),
        ):
            command = Command(f"welcome.{name}", text, run, key, icon, self._can_start, Scope.PAGE, group)
            self.add_command(command)

    def _show_view(self) -> None:
        self.view = Welcome(self.theme, self.context.services.data_dir.database, self)
        action = self.context.actions.action
        self.view.bring_card.offer(
            action("welcome.bring"), "file-input", self.tr("Bring my contacts"),
            self.tr("CSV from a spreadsheet, phone, mail program or another CRM. "
                    "You check every column before anything is saved."),
        )  # fmt: skip
        self.view.sample_card.offer(
            action("welcome.sample"), "coffee", self.tr("Look around with sample data"), self._sample_words()
        )
        self.view.empty_card.offer(
            action("welcome.empty"), "square-dashed", self.tr("Start empty"),
            self.tr("Add your first lead by hand. F1 shows all keys."),
        )  # fmt: skip
        self._setup = Setup(self.context, self.view)
        self._layout.addWidget(self.view)

    def _settings_changed(self, names: frozenset[str]) -> None:
        # Words are made once; another language needs them made anew.
        if "language" in names:
            self._layout.removeWidget(self.view)
            self.view.hide()
            self.view.deleteLater()
            self._show_view()
            self.view.language_box.setFocus()
