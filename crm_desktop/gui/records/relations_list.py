"""How a person or company stands to others, and the days that come back for them."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from crm_desktop.domain.change import Change
from crm_desktop.domain.filter import Ref
from crm_desktop.domain.terms import RelationType
from crm_desktop.gui import format
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.language import tr
from crm_desktop.gui.pages.page import RecordTarget
from crm_desktop.gui.records.line_button import Line, Run
from crm_desktop.gui.records.lines import AskedLines
from crm_desktop.services.relations import Occasion, Tie


class _Asked(AskedLines):
    """Lines of records that a form asks for, on behalf of the record they belong to."""

    kind = ""
    fields: tuple[str, ...] = ()

    def __init__(self, context: AppContext, parent: QWidget, name: str, add_words: str) -> None:
        super().__init__(context, parent, name, add_words)
        self._owner: dict[str, Ref] = {}

    def offer(self) -> None:
        """Ask for a new one."""
        self.form.ask(self.kind, self.fields, self.told.emit, self._owner)

    def edit(self, record: int, fields: Sequence[str]) -> None:
        """Ask for other values of one of them."""
        self.form.change(self.kind, record, fields, self.told.emit)

    def belong_to(self, kind: str, record: Ref) -> None:
        """Whose lines these are."""
        self._owner = {kind: record}


class RelationsList(_Asked):
    """Each line reads from the side of the record that is shown: "Reports to Ada King"."""

    kind = "relation"
    fields = ("type", "other_person", "other_company", "note")

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(context, parent, tr("Relations"), tr("Add a relation"))

    def show_ties(self, kind: str, record: Ref, found: Sequence[Tie]) -> None:
        """Show the relations of a person or company."""
        self.belong_to(kind, record)
        labels, relations = self.context.services.labels, self.context.services.relations
        lines = []
        for tie in found:
            open_ = partial(self.opened.emit, RecordTarget(tie.kind, tie.other.id))
            remove = partial(self.wanted.emit, partial(relations.remove, tie.id))
            edit = partial(self._edit_tie, tie)
            lines.append(
                Line(
                    tie.other.name, labels.choice("relation", "type", tie.type.value), tie.note, link=True, run=open_,
                    choices=((self.tr("Open"), open_), (self.tr("Edit"), edit), (self.tr("Remove"), remove)),
                )
            )
        self.show_lines(lines)

    def _edit_tie(self, tie: Tie) -> None:
        """Ask for another type, as it reads from here, and another note."""
        held = {"type": tie.type.value, "note": tie.note or None}
        self.form.correct("relation", held, partial(self._write, tie), self.told.emit)

    def _write(self, tie: Tie, values: Mapping[str, Any]) -> Change:
        if "type" in values and not tie.own:
            values = {**values, "type": RelationType(values["type"]).inverse.value}
        return self.context.services.records.set("relation", [tie.id], values)


class OccasionsList(_Asked):
    """Birthdays and other days that come back."""

    kind = "occasion"
    fields = ("name", "day", "note")

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(context, parent, tr("Important dates"), tr("Add a date"))

    def show_occasions(self, kind: str, record: Ref, found: Sequence[Occasion]) -> None:
        """Show the days of a person or company, in the order of the year."""
        self.belong_to(kind, record)
        self.show_lines([self._line(occasion) for occasion in found])

    def _line(self, occasion: Occasion) -> Line:
        today = self.context.clock.today()
        choices: tuple[tuple[str, Run], ...] = ()
        edit: Run | None = None
        if occasion.id is not None:
            edit = partial(self.edit, occasion.id, self.fields)
            delete = partial(self.context.services.records.delete, "occasion", [occasion.id])
            choices = ((self.tr("Edit"), edit), (self.tr("Remove"), partial(self.wanted.emit, delete)))
        name = occasion.name or self.context.services.labels.field("person", "birthday")
        return Line(format.turn_and_age(occasion.day, today), name, occasion.note, glyph="gift", run=edit,
                    choices=choices)  # fmt: skip
