"""What stands around a record, each in its section: what it became, addresses, roles, group, relations, days."""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crm_desktop.domain.contact import FLAGGED, ContactPoint
from crm_desktop.domain.filter import Ref
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.records.became_list import BecameList
from crm_desktop.gui.records.buyers_list import BuyersList
from crm_desktop.gui.records.contact_points import ContactPointsList
from crm_desktop.gui.records.group_view import GroupView
from crm_desktop.gui.records.lines import LinesList
from crm_desktop.gui.records.relations_list import OccasionsList, RelationsList
from crm_desktop.gui.records.roles_list import RolesList
from crm_desktop.gui.widgets.card import PanelSection
from crm_desktop.services import Services
from crm_desktop.services.buyers import Buyer
from crm_desktop.services.employments import Role
from crm_desktop.services.hierarchy import Branch, Rollup
from crm_desktop.services.relations import Occasion, Tie

L = TypeVar("L", bound=LinesList)
TIED = ("company", "person")
ELSEWHERE = frozenset({"email", "phone", "street", "city", "region", "postcode", "country", *FLAGGED})
"""Fields that the sections show; among the details they would stand twice."""


class Around(NamedTuple):
    """What was looked up around a record."""

    points: list[ContactPoint]
    roles: list[Role]
    ties: list[Tie]
    occasions: list[Occasion]
    buyers: list[Buyer]
    group: tuple[list[Branch], Rollup] | None
    became: list[tuple[str, Ref]]


def look_around(services: Services, kind: str, record: int) -> Around:
    """Looks it all up; belongs into a thread that reads."""
    tied = kind in TIED
    works = {"company": services.employments.of_company, "person": services.employments.of_person}
    in_deals = {"deal": services.buyers.of_deal, "person": services.buyers.of_person}
    tree = services.hierarchy.tree(record) if kind == "company" else []
    return Around(
        services.contact_points.of(kind, record) if services.catalogue.kind(kind).reached else [],
        works[kind](record) if kind in works else [],
        services.relations.of(kind, record) if tied else [],
        services.relations.occasions(kind, record) if tied else [],
        in_deals[kind](record) if kind in in_deals else [],
        (tree, services.hierarchy.rollup(record)) if tree else None,
        services.conversion.became(record) if kind == "lead" else [],
    )


ADD_HEIGHT = 24
SECTIONS = ("became", "points", "roles", "group", "relations", "occasions", "buyers")


class AroundView(QWidget):
    """Some of the sections, one below the other; each is made when there is first a record that has it.

    The signals are those of the lists in it.
    """

    wanted = Signal(object)
    told = Signal(str, object)
    opened = Signal(object)

    def __init__(self, context: AppContext, parent: QWidget, names: Sequence[str] = SECTIONS) -> None:
        super().__init__(parent)
        self._context = context
        self._names = names
        self._fixed = False
        self._sections: dict[str, PanelSection] = {}
        self._lists: dict[str, LinesList] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        context.theme.changed.connect(self._fit)

    @cached_property
    def became(self) -> BecameList:
        """What a lead was converted to."""
        return self._added("became", self.tr("Became"), BecameList)

    @cached_property
    def points(self) -> ContactPointsList:
        """Addresses and numbers."""
        return self._added("points", self.tr("Contact"), ContactPointsList)

    @cached_property
    def roles(self) -> RolesList:
        """Who works here, or where somebody works."""
        return self._added("roles", "", RolesList)

    @cached_property
    def group(self) -> GroupView:
        """The companies above and below."""
        return self._added("group", self.tr("Group"), GroupView)

    @cached_property
    def relations(self) -> RelationsList:
        """How it stands to others."""
        return self._added("relations", self.tr("Relations"), RelationsList)

    @cached_property
    def occasions(self) -> OccasionsList:
        """Days that come back."""
        return self._added("occasions", self.tr("Important dates"), OccasionsList)

    @cached_property
    def buyers(self) -> BuyersList:
        """Roles in deals."""
        return self._added("buyers", self.tr("Roles in deals"), BuyersList)

    def show_around(self, kind: str, record: Ref, found: Around, *, fixed: bool = False) -> None:
        """Show what was looked up around a record; of a `fixed` one nothing is edited."""
        self._fixed = fixed
        tied, reached = kind in TIED, self._context.services.catalogue.kind(kind).reached
        has = {
            "became": bool(found.became), "points": reached, "roles": tied, "group": found.group is not None,
            "relations": tied, "occasions": tied, "buyers": kind in ("deal", "person"),
        }  # fmt: skip
        for name in self._names:
            if has[name]:
                _SHOW[name](self, kind, record, found)
            if name in self._sections:
                self._sections[name].setVisible(has[name])
                self._lists[name].setVisible(bool(self._lists[name].lines))

    def _fit(self) -> None:
        """The buttons are as high as the text is large."""
        for made in self._lists.values():
            made.add_button.setFixedHeight(self._context.theme.current.px(ADD_HEIGHT))

    def _show_became(self, _kind: str, _record: Ref, found: Around) -> None:
        self.became.show_became(found.became)

    def _show_points(self, kind: str, record: Ref, found: Around) -> None:
        self.points.show_points(kind, record.id, found.points, fixed=self._fixed)

    def _show_roles(self, kind: str, record: Ref, found: Around) -> None:
        self.roles.show_roles(kind, record, found.roles)
        self._sections["roles"].set_title(self.tr("People") if kind == "company" else self.tr("Companies"))

    def _show_group(self, _kind: str, record: Ref, found: Around) -> None:
        if found.group is not None:
            self.group.show_group(record.id, *found.group)

    def _show_relations(self, kind: str, record: Ref, found: Around) -> None:
        self.relations.show_ties(kind, record, found.ties)

    def _show_occasions(self, kind: str, record: Ref, found: Around) -> None:
        """A birthday stands among the details, where it is edited."""
        self.occasions.show_occasions(kind, record, [day for day in found.occasions if day.id is not None])

    def _show_buyers(self, kind: str, record: Ref, found: Around) -> None:
        self.buyers.show_buyers(kind, record, found.buyers)

    def _added(self, name: str, title: str, make: Callable[[AppContext, QWidget], L]) -> L:
        section = PanelSection(self._context.theme, self, title)
        made = make(self._context, section)
        section.body.addWidget(made)
        # At the right of the heading it takes no line of its own, for many records have nothing here.
        made.add_button.setAccessibleName(made.add_button.text())
        made.add_button.setToolTip(made.add_button.text())
        made.add_button.setText(self.tr("Add") if made.add_button.text() else "")
        section.add_right(made.add_button)
        made.add_button.setFixedHeight(self._context.theme.current.px(ADD_HEIGHT))
        made.wanted.connect(self.wanted)
        made.told.connect(self.told)
        made.opened.connect(self.opened)
        before = self._names[: self._names.index(name)]
        self._column.insertWidget(sum(other in self._sections for other in before), section)
        self._sections[name], self._lists[name] = section, made
        return made


_SHOW: Mapping[str, Callable[[AroundView, str, Ref, Around], None]] = {
    "became": AroundView._show_became,
    "points": AroundView._show_points,
    "roles": AroundView._show_roles,
    "group": AroundView._show_group,
    "relations": AroundView._show_relations,
    "occasions": AroundView._show_occasions,
    "buyers": AroundView._show_buyers,
}
