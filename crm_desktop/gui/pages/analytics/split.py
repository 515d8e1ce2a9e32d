"""By which fields a report can be split: offered in a menu, and their values in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from crm_desktop.domain.catalogue import Field, FieldType, Kind, UnknownName, Use
from crm_desktop.gui import format
from crm_desktop.gui.language import tr
from crm_desktop.gui.pages.analytics.table import Cell
from crm_desktop.gui.records.list_groups import groups
from crm_desktop.gui.records.path_words import path_words
from crm_desktop.gui.widgets.menu import Menu
from crm_desktop.services.reports import KINDS

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenu

    from crm_desktop.gui.pages.analytics.card import ChartCard
    from crm_desktop.services import Services


@dataclass(frozen=True)
class Split:
    """A field by which a report is split, as of one day."""

    services: Services
    kind: str
    path: str
    today: date

    @property
    def name(self) -> str:
        """What the field is called."""
        return path_words(self.services, self.kind, self.path)

    def told(self, held: Any) -> Cell:
        """A value of the field in words; what has a size goes into files as it is."""
        *links, last = self.path.split(".")
        catalogue, kind = self.services.catalogue, self.kind
        for link in links:
            kind = catalogue.kind(kind).fields[link].target or kind
        field = catalogue.kind(kind).fields[last]
        if held in (None, ""):
            return tr("None"), tr("None")
        # Of several values each is a part of its own.
        choice = partial(self.services.labels.choice, kind, field.name)
        words = choice(held) if field.multi else format.value(field, held, self.today, choice)
        return words, held if field.type in _SIZED else words


_SIZED = (FieldType.INTEGER, FieldType.NUMBER, FieldType.MONEY, FieldType.DATE)


def find_split(services: Services, report: str, path: str, today: date) -> Split | None:
    """The split of a report by a field; None where that field is gone."""
    try:
        services.catalogue.field(KINDS[report], path)
    except UnknownName:
        return None
    return Split(services, KINDS[report], path, today)


def divides(field: Field) -> bool:
    """Whether a report can be split by a field: lists are grouped by it, or it holds several words or choices."""
    return groups(field) or (field.multi and field.type in (FieldType.TEXT, FieldType.CHOICE))


def split_menu(services: Services, card: ChartCard) -> QMenu:
    """What a card can be split by: what people ask for first, then all else, and the same of what it is linked to."""
    kind = services.catalogue.kind(KINDS[card.name])
    fields = [field for field in kind.fields.values() if divides(field)]
    menu, held = Menu(card), find_split(services, card.name, card.split or "", date.min)

    def add(to: QMenu, path: str | None, words: str) -> None:
        action = to.addAction(words, partial(card.split_wanted.emit, path))
        action.setCheckable(True)
        action.setChecked(path == (held.path if held else None))

    def add_fields(to: QMenu, of: Kind, fields: Iterable[Field], before: str = "") -> None:
        for field in fields:
            add(to, f"{before}{field.name}", services.labels.field(of.name, field.name))

    add(menu, None, tr("Not split"))
    menu.addSeparator()
    add_fields(menu, kind, (field for field in fields if Use.BREAKDOWN in field.uses))
    add_fields(menu.addMenu(tr("Another field")), kind, (field for field in fields if Use.BREAKDOWN not in field.uses))
    menu.addSeparator()
    for link in kind.fields.values():
        target = services.catalogue.kind(link.target) if link.target not in (None, kind.name) else None
        offered = [f for f in target.fields.values() if Use.BREAKDOWN in f.uses and divides(f)] if target else []
        if target and offered:
            to = menu.addMenu(services.labels.field(kind.name, link.name))
            add_fields(to, target, offered, f"{link.name}.")
    return menu
