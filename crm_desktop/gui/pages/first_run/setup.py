"""The few settings of the first page; each acts at once."""

from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QComboBox, QLineEdit

from crm_desktop.errors import UserError
from crm_desktop.gui import currencies, format
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.language import offered
from crm_desktop.gui.pages.first_run.welcome import Welcome
from crm_desktop.gui.quota import quota_text, read_quota
from crm_desktop.gui.widgets.value_edit import Complaint


class Setup(QObject):
    """Fills the fields from the settings and keeps what is chosen."""

    def __init__(self, context: AppContext, view: Welcome) -> None:
        super().__init__(view)
        self._context = context
        self._view = view
        self._store = context.settings_store
        self._complaint = Complaint(view.quota_edit)
        self._fill()
        for box, name in (
            (view.language_box, "language"), (view.currency_box, "currency"),
            (view.week_box, "week_start"), (view.appearance_box, "theme"),
        ):  # fmt: skip
            box.activated.connect(lambda _index, box=box, name=name: self._keep(name, box.currentData()))
        view.name_edit.editingFinished.connect(lambda: self._keep("user_name", view.name_edit.text().strip()))
        view.quota_edit.editingFinished.connect(self.keep_quota)
        view.quota_edit.textEdited.connect(lambda: self._complaint.say(""))

    def keep_quota(self) -> bool:
        """Keep the quota if it is an amount; else say below the field what is wrong with it."""
        try:
            quota = read_quota(self._context, self._view.quota_edit.text())
        except UserError as error:
            self._complaint.say(error.sentence)
            return False
        self._keep("monthly_quota", quota)
        return True

    def _keep(self, name: str, value: Any) -> None:
        self._store.update(**{name: value})

    def _fill(self) -> None:
        view, now = self._view, self._store.current
        _offer(view.language_box, offered(now.language), now.language)
        _offer(view.currency_box, currencies.named(now.currency), now.currency)
        days = (("monday", self.tr("Monday")), ("saturday", self.tr("Saturday")), ("sunday", self.tr("Sunday")))
        _offer(view.week_box, list(days), now.week_start)
        looks = (("system", self.tr("Like the system")), ("light", self.tr("Light")), ("dark", self.tr("Dark")))
        _offer(view.appearance_box, list(looks), now.theme)
        view.name_edit.setText(now.user_name)
        self._show_quota(view.quota_edit)

    def _show_quota(self, edit: QLineEdit) -> None:
        example = format.count_text(120_000)
        edit.setPlaceholderText(self.tr("For example %1").replace("%1", example))
        edit.setText(quota_text(self._context, self._store.current.monthly_quota))


def _offer(box: QComboBox, choices: list[tuple[str, str]], chosen: str) -> None:
    for code, words in choices:
        box.addItem(words, code)
    box.setCurrentIndex(max(0, box.findData(chosen)))
