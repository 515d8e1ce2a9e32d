"""The left column: what to know before one goes in, the next steps, the people, and all that is known."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from crm_desktop.domain.filter import Ref
from crm_desktop.domain.terms import LeadStatus
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.language import tr
from crm_desktop.gui.pages.customer_360.answer import Answer
from crm_desktop.gui.pages.customer_360.column import Column
from crm_desktop.gui.pages.customer_360.words import GLYPHS, due, step_detail, warned
from crm_desktop.gui.pages.page import RecordTarget
from crm_desktop.gui.records.around import ELSEWHERE, TIED, Around
from crm_desktop.gui.records.became_list import BecameList
from crm_desktop.gui.records.buyers_list import BuyersList
from crm_desktop.gui.records.contact_points import ContactPointsList
from crm_desktop.gui.records.details import HIDDEN, Details
from crm_desktop.gui.records.group_view import GroupView
from crm_desktop.gui.records.line_button import Line
from crm_desktop.gui.records.lines import LinesList
from crm_desktop.gui.records.moment_words import ICONS
from crm_desktop.gui.records.relations_list import OccasionsList, RelationsList
from crm_desktop.gui.records.roles_list import RolesList
from crm_desktop.gui.widgets.buttons import IconButton
from crm_desktop.gui.widgets.card import Card
from crm_desktop.gui.widgets.text import label
from crm_desktop.services.customer_360 import Step, Warning

L = TypeVar("L", bound=LinesList)

COUNTED = frozenset({"open_deals", "strength", "created_at"})
"""Fields that stand among the figures, or that nobody looks for here."""


class WarningsList(LinesList):
    """What to know before one goes in; each line opens the records behind it."""

    def show_warnings(self, found: Sequence[Warning]) -> None:
        """Show these, the worst first."""
        self.show_lines([self._line(warning) for warning in found])

    def _line(self, warning: Warning) -> Line:
        words, why = warned(warning)
        run = partial(self.opened.emit, warning.filter)
        return Line(words, detail=why, glyph=GLYPHS[warning.what], tone="warn", strong=True, wraps=True, run=run)


class StepsList(LinesList):
    """What is to do next, the earliest first; each line opens its task."""

    def show_steps(self, steps: Sequence[Step]) -> None:
        """Show these."""
        self.show_lines([self._line(step) for step in steps])

    def _line(self, step: Step) -> Line:
        pill = due(step, self.context.clock.today())
        run = partial(self.opened.emit, RecordTarget("task", step.id))
        glyph = ICONS.get(step.type, "bell")
        return Line(step.title, detail=step_detail(step) or " ", glyph=glyph, tone="accentText", wraps=True, pill=pill,
                    run=run)  # fmt: skip


class Left(Column):
    """`edited` carries a field and its value, `opened` a record or filter to go to.

    What its lists want written comes as `wanted`, what they wrote themselves as `told`.
    """

    beside = True
    edited = Signal(str, object)
    wanted = Signal(object)
    told = Signal(str, object)
    opened = Signal(object)

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(context, parent, tr("About the customer"))
        theme = context.theme
        self._context = context
        self.warn_card = Card(theme, self, self.tr("Before you go in"), tone="warn")
        self.warn_card.add_sign("binoculars")
        self.warnings = WarningsList(context, self.warn_card, self.tr("Before you go in"))
        self.next_card = Card(theme, self, self.tr("Next step"))
        self.steps = StepsList(context, self.next_card, self.tr("Next step"))
        self.nothing = label(self.tr("No next step."), "small", "warn")
        self.roles_card, self.roles = self._listed(RolesList)
        self.roles.faces = True
        self.about_card = Card(theme, self, self.tr("About"))
        self.details = Details(context, self.about_card)
        self.details.hidden = HIDDEN | ELSEWHERE | COUNTED
        self.became_card, self.became = self._listed(BecameList, self.tr("Became"))
        self.points_card, self.points = self._listed(ContactPointsList, self.tr("Contact"))
        self.points.narrow = True
        self.group_card, self.group = self._listed(GroupView, self.tr("Group"))
        self.ties_card, self.ties = self._listed(RelationsList, self.tr("Relations"))
        self.buyers_card, self.buyers = self._listed(BuyersList, self.tr("Roles in deals"))
        self.days_card, self.days = self._listed(OccasionsList, self.tr("Important dates"))
        self.warn_card.body.addWidget(self.warnings)
        self.next_card.body.addWidget(self.steps)
        self.next_card.body.addWidget(self.nothing)
        self.about_card.body.addWidget(self.details)
        self.add(
            self.warn_card, self.next_card, self.points_card, self.became_card, self.roles_card, self.about_card,
            self.group_card, self.buyers_card, self.ties_card, self.days_card,
        )  # fmt: skip
        self.details.edited.connect(self.edited)
        self.details.opened.connect(self._reveal)
        for part in (self.warnings, self.steps):
            part.opened.connect(self.opened)

    def _listed(self, make: Callable[[AppContext, QWidget], L], title: str = "") -> tuple[Card, L]:
        """A card around a list, whose button to add something stands at the right of the title."""
        card = Card(self._context.theme, self, title)
        made = make(self._context, card)
        card.body.addWidget(made)
        words = made.add_button.text()
        made.add_button.hide()
        if words:
            made.add_button = IconButton(self._context.theme, card, "plus", words)
            made.add_button.clicked.connect(made.offer)
            card.add_button(made.add_button)
        made.wanted.connect(self.wanted)
        made.told.connect(self.told)
        made.opened.connect(self.opened)
        return card, made

    def show_answer(self, answer: Answer) -> None:
        """Show what was looked up."""
        record, around, portrait = answer.record, answer.around, answer.portrait
        kind, ref = record.kind, Ref(record.id, str(record.values.get("name") or record.title))
        self.warnings.show_warnings(portrait.warnings)
        self.warn_card.setVisible(bool(portrait.warnings))
        self.steps.show_steps(portrait.steps)
        self.steps.setVisible(bool(portrait.steps))
        self.nothing.setVisible(not portrait.steps)
        settled = record.values.get("status_type") == LeadStatus.CONVERTED.value
        self.details.setDisabled(settled)
        if not self.details.editing:
            self.details.show_values(kind, record.values)
        self.points.show_points(kind, ref.id, around.points, fixed=settled)
        self._show_around(kind, ref, around)

    def _show_around(self, kind: str, record: Ref, found: Around) -> None:
        tied, reached = kind in TIED, self._context.services.catalogue.kind(kind).reached
        if tied:
            self.roles.show_roles(kind, record, found.roles)
            self.roles_card.set_title(self.tr("People") if kind == "company" else self.tr("Companies"))
            self.ties.show_ties(kind, record, found.ties)
            self.days.show_occasions(kind, record, [day for day in found.occasions if day.id is not None])
        if kind == "person":
            self.buyers.show_buyers(kind, record, found.buyers)
        self.became.show_became(found.became)
        if found.group is not None:
            self.group.show_group(record.id, *found.group)
        for card in (self.roles_card, self.ties_card, self.days_card):
            card.setVisible(tied)
        self.became_card.setVisible(bool(found.became))
        self.buyers_card.setVisible(kind == "person")
        self.points_card.setVisible(reached)
        self.group_card.setVisible(found.group is not None)

    def edit(self) -> None:
        """Let the keys edit the details, in sight."""
        self.details.take_focus()
        self._reveal(self.details.focusWidget())

    def _reveal(self, editor: QWidget) -> None:
        # Its place is known only once the layout has made room.
        QTimer.singleShot(0, editor, lambda: self.ensureWidgetVisible(editor))
