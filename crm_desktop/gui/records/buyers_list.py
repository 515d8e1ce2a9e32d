"""The part of people in the decision on a deal, seen from the deal or from the person."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from crm_desktop.domain.filter import Ref
from crm_desktop.domain.terms import BuyingRole
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.language import tr
from crm_desktop.gui.pages.page import RecordTarget
from crm_desktop.gui.records.line_button import Line
from crm_desktop.gui.records.lines import AskedLines
from crm_desktop.services.buyers import Buyer


class BuyersList(AskedLines):
    """Each line is a person of a deal, or a deal of a person, with the role there."""

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(context, parent, tr("Roles in deals"), tr("Add a role in a deal"))
        self._owner: tuple[str, Ref] = ("deal", Ref(-1, ""))

    def show_buyers(self, kind: str, record: Ref, buyers: Sequence[Buyer]) -> None:
        """Show the people of a deal, or the deals of a person."""
        self._owner = kind, record
        self.show_lines([self._line(buyer) for buyer in buyers])

    def offer(self) -> None:
        """Ask who has which role."""
        kind, record = self._owner
        other = "person" if kind == "deal" else "deal"
        self.form.ask("contact_role", (other, "role"), self.told.emit, {kind: record})

    def _line(self, buyer: Buyer) -> Line:
        kind = "person" if self._owner[0] == "deal" else "deal"
        other = buyer.person if kind == "person" else buyer.deal
        open_ = partial(self.opened.emit, RecordTarget(kind, other.id))
        return Line(
            other.name, self._words(buyer.role), glyph="user" if kind == "person" else "square-kanban", link=True,
            run=open_, choices=self._choices(buyer, open_),
        )  # fmt: skip

    def _choices(self, buyer: Buyer, open_: Any) -> tuple[tuple[str, Any], ...]:
        set_ = partial(self.context.services.buyers.set, buyer.deal.id, buyer.person.id)
        found = [(self.tr("Open"), open_)]
        found += [
            (self._words(role), partial(self.wanted.emit, partial(set_, role.value)))
            for role in BuyingRole
            if role is not buyer.role
        ]
        return (*found, (self.tr("Remove"), partial(self.wanted.emit, partial(set_, None))))

    def _words(self, role: BuyingRole) -> str:
        return str(self.context.services.labels.choice("contact_role", "role", role.value))
