"""Leads: everyone who showed interest and has not bought."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QMenu, QWidget

from crm_desktop.domain.filter import Sort
from crm_desktop.domain.terms import NEXT, LeadStatus, Lifecycle
from crm_desktop.gui.actions import Command, Scope
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.records.list_page import Listing
from crm_desktop.gui.records.page import RecordsPage
from crm_desktop.gui.widgets.buttons import Button, KeyButton

if TYPE_CHECKING:
    from crm_desktop.gui.pages.leads.deeds import LeadDeeds
    from crm_desktop.gui.records.panel_body import PanelBody


class LeadsPage(RecordsPage):
    """The table of leads with its views, filters and panel."""

    page_id = "leads"
    help_term = "lead"
    has_statuses = True
    kinds = frozenset({"lead", "lead_status", "task", "activity", "saved_view"})
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
        self._back: Button | None = None
        super().__init__(context)
        self.title = self.tr("Leads")
        self.table.setAccessibleName(self.title)
        self.records.instead = self._take_step
        shown, view = Scope.PAGE, Scope.VIEW
        add = self.add_command
        add(Command("leads.import", self.tr("Import CSV"), lambda: self.go("importing", "lead"), icon="file-input",
                    scope=shown))  # fmt: skip
        add(Command("leads.from_text", self.tr("New lead from text"), lambda: self.deeds.paste(), "Ctrl+Shift+N",
                    "clipboard-check", scope=shown, group=self.title))  # fmt: skip
        add(Command("leads.new", self.tr("New lead"), self.add_record, "Ctrl+N", "plus", scope=shown,
                    group=self.title))  # fmt: skip
        add(Command("leads.qualify", self.tr("Qualify"), lambda: self.deeds.qualify(), "Q", "badge-check",
                    self._can_go_on, view, self.title), self.body)  # fmt: skip
        add(Command("leads.convert", self.tr("Convert to person, company and deal"), lambda: self.deeds.convert(),
                    "Shift+Q", "handshake", self._can_be_worked, view, self.title), self.body)  # fmt: skip
        add(Command("leads.unconvert", self.tr("Make it a lead again"), lambda: self.deeds.unconvert(), "",
                    "rotate-ccw", self._can_go_back, view, self.title), self.body)  # fmt: skip
        add(Command("leads.disqualify", self.tr("Disqualify"), lambda: self.deeds.disqualify(), "X", "circle-x",
                    self._can_be_worked, view, self.title), self.body)  # fmt: skip
        add(Command("leads.recycle", self.tr("Come back later"), lambda: self.deeds.recycle(), "Z", "calendar-clock",
                    self._can_be_worked, view, self.title), self.body)  # fmt: skip

    @cached_property
    def deeds(self) -> "LeadDeeds":
        """What is done with leads beyond editing them; loaded with the first of it."""
        from crm_desktop.gui.pages.leads.deeds import LeadDeeds

        return LeadDeeds(self)

    def all_words(self) -> str:
        return self.tr("All leads")

    def header_actions(self) -> Sequence[str | QWidget]:
        return ("leads.import", "leads.from_text", "leads.new")

    def own_hints(self) -> Sequence[str]:
        return ("qualify", "set_status")

    def tell_nothing(self) -> None:
        self.empty.tell("user-plus", self.tr("No leads yet."))
        self.empty.offer(self.tr("Import CSV"), lambda: self.context.actions.trigger("leads.import"))
        self.empty.offer(self.tr("New lead"), self.add_record, "link")

    def no_match_words(self) -> str:
        return self.tr("No lead matches.")

    def has_row(self) -> bool:
        """Whether a lead is chosen."""
        return self.table.current_row >= 0

    def offer_statuses(self, ids: Callable[[], Sequence[int]], popup: Callable[[QMenu], None]) -> None:
        self.deeds.offer_statuses(ids, popup)

    # qualifying

    def _fill_panel(self, body: "PanelBody") -> None:
        self._back = Button(self.theme, body, self.tr("Make it a lead again"), "rotate-ccw")
        self._back.clicked.connect(lambda: self.deeds.unconvert(self._current))
        body.path.chosen.connect(lambda code: self.deeds.qualify(self._current, Lifecycle(code)))
        super()._fill_panel(body)
        body.qualify_row.addWidget(self._back)

    def qualify_button(self) -> Button:
        self._qualify = KeyButton(self.theme, self.panel, kind="primary")
        self._qualify.show_key(self.context.actions.action("leads.qualify"))
        self._qualify.clicked.connect(lambda: self.deeds.qualify(self._current))
        self._show_step()
        return self._qualify

    def _take_step(self, record: int, name: str, value: Any) -> bool:
        """A step of the lifecycle chosen in its cell is taken as anywhere else."""
        if name == "lifecycle":
            self.deeds.qualify(lambda: [record], Lifecycle(value))
        return name == "lifecycle"

    def refresh_actions(self) -> None:
        self._show_step()
        super().refresh_actions()

    def _show_step(self) -> None:
        if self._qualify is None or self._back is None:
            return
        for button, wanted in ((self._back, self._is_converted()), (self._qualify, self._can_qualify())):
            if button.hasFocus() and not wanted:
                self.table.setFocus()  # else the keys would go on somewhere else in the window
            button.setVisible(wanted)
        step = self._next_step()
        if step is not None:
            self._qualify.setText(self.tr("Qualify as %1").replace("%1", self.choice_words("lifecycle", step.value)))
        else:
            self._qualify.setText(self.tr("Customer and deal"))

    @property
    def _current(self) -> Callable[[], Sequence[int]]:
        """The lead that the panel shows, whatever is ticked."""
        record = self.table.current_id
        return lambda: [record]

    def _can_qualify(self) -> bool:
        known = self.records.values_at(self.table.current_row) is not None
        return known and self._status_type() not in (LeadStatus.CONVERTED, LeadStatus.DISQUALIFIED)

    def _can_go_on(self) -> bool:
        """Whether leads are chosen that may be qualified."""
        return self.has_row() and (self.records.ticked_count > 0 or self._can_qualify())

    def _can_be_worked(self) -> bool:
        """Whether leads are chosen that are leads still."""
        return self.has_row() and (self.records.ticked_count > 0 or not self._is_converted())

    def _can_go_back(self) -> bool:
        """Whether leads are chosen that may be converted."""
        return self.has_row() and (self.records.ticked_count > 0 or self._is_converted())

    def _is_converted(self) -> bool:
        return self._status_type() == LeadStatus.CONVERTED

    def _status_type(self) -> str | None:
        values = self.records.values_at(self.table.current_row)
        return values.get("status_type") if values else None

    def _next_step(self) -> Lifecycle | None:
        values = self.records.values_at(self.table.current_row)
        reached = values.get("lifecycle") if values else None
        return NEXT.get(Lifecycle(reached)) if reached else None
