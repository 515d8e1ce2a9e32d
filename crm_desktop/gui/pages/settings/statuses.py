"""The statuses of leads: names and order are the user's, the type behind each is fixed."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QComboBox, QWidget

from crm_desktop.domain.filter import Filter, is_
from crm_desktop.domain.terms import LeadStatus
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.pages.settings.ordered import OrderedPanel
from crm_desktop.gui.widgets.text import label
from crm_desktop.services.statuses import Status


class StatusesPanel(OrderedPanel):
    """A line for each status."""

    def __init__(self, context: AppContext) -> None:
        note = self.tr("Name them as you speak. Reports go by the type, which stays what it is.")
        super().__init__(context, self.tr("Leads"), note, self.tr("Add a status"))
        self.type_choice = QComboBox(self)
        self.type_choice.setAccessibleName(self.tr("Type of the new status"))
        for type_ in LeadStatus:
            self.type_choice.addItem(self._type_words(type_), type_)
        self.type_choice.setCurrentIndex(1)
        self.foot.insertWidget(1, self.type_choice)
        self.add_button.clicked.connect(self.add_status)

    def search(self, text: str) -> bool:
        """The statuses are one thing: found by the title, the type or a name."""
        words = (self.title, self.tr("Status"), self.tr("Type"), *(status.name for status in self.things))
        return any(text.casefold() in word.casefold() for word in words)

    def refresh(self) -> None:
        statuses = self.context.services.statuses
        self.context.jobs.read(lambda _progress: statuses.all(), self.show_things, owner=self)

    def _type_words(self, type_: LeadStatus) -> str:
        return str(self.context.services.labels.choice("lead_status", "type", type_.value))

    # what a line has

    def heads(self) -> Sequence[str]:
        return (self.tr("Status"), self.tr("Type"))

    def name_words(self, index: int) -> str:
        return self.tr("Name of status %1").replace("%1", str(index + 1))

    def own_part(self, thing: Status, holder: QWidget) -> QWidget:
        return label(self._type_words(thing.type), tone="secondary")

    def may_delete(self, thing: Status) -> bool:
        return sum(each.type is thing.type for each in self.things) > 1

    # what the user does

    def add_status(self) -> None:
        """A new status of the chosen type, behind the others."""
        statuses, type_ = self.context.services.statuses, self.type_choice.currentData()
        name = self.free_name(self.tr("New status"))
        self.add(lambda: statuses.add(name, LeadStatus(type_)), self.tr("Status added"))

    def renaming(self, thing: Status, name: str) -> tuple[Callable[[], object], str]:
        rename = partial(self.context.services.statuses.rename, thing.id, name)
        return rename, self.tr("Status %1 renamed").replace("%1", thing.name)

    def order(self, ids: list[int], moved: str) -> None:
        statuses = self.context.services.statuses
        self.write(lambda: statuses.order(ids), self.tr("Status %1 moved").replace("%1", moved))

    def delete(self, thing: Status) -> None:
        lists = self.context.services.lists
        held = Filter("lead", is_("status", thing.id))
        self.context.jobs.read(lambda _progress: lists.count(held), partial(self._delete, thing), owner=self)

    def _delete(self, thing: Status, held: int) -> None:
        statuses = self.context.services.statuses
        words = self.tr("Status %1 deleted").replace("%1", thing.name)
        if held:
            words = self.tr("Status %1 deleted; its %Ln leads have another one of its type", "", held)
            words = words.replace("%1", thing.name)
        self.write(lambda: statuses.delete(thing.id), words)
