"""Leads: everyone who showed interest and has not bought."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from crm_desktop.domain.filter import Sort
from crm_desktop.domain.terms import Lifecycle
from crm_desktop.gui.actions import Command, Scope
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.records.page import Listing, RecordsPage
from crm_desktop.gui.widgets.buttons import Button, KeyButton

NEXT = {Lifecycle.SUBSCRIBER: Lifecycle.LEAD, Lifecycle.LEAD: Lifecycle.MQL, Lifecycle.MQL: Lifecycle.SQL}
"""What qualifying makes of a lead."""


class LeadsPage(RecordsPage):
    """The table of leads with its views, filters and panel."""

    page_id = "leads"
    help_term = "lead"
    kinds = frozenset({"lead", "task", "activity", "saved_view"})
    listings = (
        Listing(
            "lead",
            ("name", "score", "lifecycle", "source", "segment", "next_step", "value"),
            Sort("score", descending=True),
            ("name", "company_name", "job_title", "email", "phone", "source", "segment", "value"),
        ),
    )

    def __init__(self, context: AppContext) -> None:
        self._qualify: KeyButton | None = None
        super().__init__(context)
        self.title = self.tr("Leads")
        self.table.setAccessibleName(self.title)
        self.add_command(Command("leads.import", self.tr("Import CSV"), lambda: self.go("importing", "lead"),
                                 icon="file-input", scope=Scope.PAGE))
        self.add_command(Command("leads.new", self.tr("New lead"), self.add_record, "Ctrl+N", "plus",
                                 scope=Scope.PAGE, group=self.title))
        self.add_command(Command("leads.qualify", self.tr("Qualify"), self.qualify, "Q", "badge-check",
                                 self._can_qualify, Scope.VIEW, self.title), self.body)

    def all_words(self) -> str:
        return self.tr("All leads")

    def header_actions(self) -> Sequence[str | QWidget]:
        return ("leads.import", "leads.new")

    def own_hints(self) -> Sequence[str]:
        return ("qualify",)

    def tell_nothing(self) -> None:
        self.empty.tell("user-plus", self.tr("No leads yet."))
        self.empty.offer(self.tr("Import CSV"), lambda: self.context.actions.trigger("leads.import"))
        self.empty.offer(self.tr("New lead"), self.add_record, "link")

    def no_match_words(self) -> str:
        return self.tr("No lead matches.")

    def qualify_button(self) -> Button:
        self._qualify = KeyButton(self.theme, self.panel, kind="primary")
        self._qualify.follow(self.context.actions.action("leads.qualify"))
        self._show_step()
        return self._qualify

    def refresh_actions(self) -> None:
        self._show_step()
        super().refresh_actions()

    def _show_step(self) -> None:
        step = self._next_step()
        if self._qualify is None:
            return
        self._qualify.setVisible(step is not None)
        if step is not None:
            self._qualify.setText(self.tr("Qualify as %1").replace("%1", self._choice("lifecycle", step.value)))

    def qualify(self) -> None:
        """Take the current lead one step on: to MQL, then to SQL."""
        step = self._next_step()
        if step is not None:
            words = self.tr("Qualified as %1").replace("%1", self._choice("lifecycle", step.value))
            record = self.table.current_id
            self.write(lambda: self.services.records.set("lead", [record], {"lifecycle": step.value}), words)

    def _can_qualify(self) -> bool:
        return self._next_step() is not None

    def _next_step(self) -> Lifecycle | None:
        values = self.records.values_at(self.table.current_row)
        reached = values.get("lifecycle") if values else None
        return NEXT.get(Lifecycle(reached)) if reached else None
