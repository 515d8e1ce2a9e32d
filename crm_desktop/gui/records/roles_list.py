"""Who works at a company and who did, or where a person works and did: present roles first."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from crm_desktop.domain.filter import Ref
from crm_desktop.domain.terms import BuyingRole
from crm_desktop.gui import format
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.language import tr
from crm_desktop.gui.models.cells import initials
from crm_desktop.gui.pages.page import RecordTarget
from crm_desktop.gui.records.line_button import Line
from crm_desktop.gui.records.lines import AskedLines
from crm_desktop.services.employments import Role

_FIELDS = ("job_title", "department", "started_on", "ended_on")
_PARTS = {part.value: place for place, part in enumerate(BuyingRole)}


class RolesList(AskedLines):
    """Each line leads to the other record and says the role and its time.

    With `faces` people have their initials, and their part in decisions as a pill; those who decide come first.
    """

    faces = False

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(context, parent, tr("Roles"), tr("Add a role"))
        self._owner: tuple[str, Ref] = ("", Ref(-1, ""))

    def show_roles(self, kind: str, record: Ref, roles: Sequence[Role]) -> None:
        """Show the roles of a person, or of the people at a company."""
        self._owner = kind, record
        if self.faces:
            roles = sorted(roles, key=lambda role: (not role.current, _PARTS.get(role.part or "", len(_PARTS))))
        self.show_lines([self._line(role) for role in roles])

    def offer(self) -> None:
        """Ask for a role."""
        kind, record = self._owner
        other = "company" if kind == "person" else "person"
        self.form.ask("employment", (other, *_FIELDS), self.told.emit, {kind: record})

    def edit(self, role: Role) -> None:
        """Ask for other values of a role; of one that the person's own record tells alone for what else is known."""
        if role.id is not None:
            self.form.change("employment", role.id, _FIELDS, self.told.emit)
            return
        held = {name: getattr(role, name) or None for name in _FIELDS}
        note = partial(self.context.services.employments.note, role.person.id)
        self.form.correct("employment", held, note, self.told.emit)

    def _line(self, role: Role) -> Line:
        kind = "company" if self._owner[0] == "person" else "person"
        other = role.company if kind == "company" else role.person
        open_ = partial(self.opened.emit, RecordTarget(kind, other.id))
        return Line(
            other.name, detail=" · ".join(self._facts(role)), glyph="building-2" if kind == "company" else "user",
            link=not self.faces, face=initials(other.name) if self.faces and kind == "person" else "",
            pill=(self._part(role) if self.faces else "", "neutral"), run=open_, choices=self._choices(role, open_),
        )  # fmt: skip

    def _part(self, role: Role) -> str:
        if not role.part or self._owner[0] != "company":
            return ""
        return str(self.context.services.labels.choice("person", "role", role.part))

    def _facts(self, role: Role) -> list[str]:
        """The role, the usual part in decisions, and the time."""
        part = "" if self.faces else self._part(role)
        if role.ended_on is not None:
            time = self.tr("until %1").replace("%1", format.month(role.ended_on))
        elif role.started_on is not None:
            time = self.tr("since %1").replace("%1", format.month(role.started_on))
        else:
            time = ""
        return [fact for fact in (role.job_title, role.department, part, time) if fact]

    def _choices(self, role: Role, open_: Any) -> tuple[tuple[str, Any], ...]:
        services, write = self.context.services, self.wanted.emit
        found = [(self.tr("Open"), open_), (self.tr("Edit"), partial(self.edit, role))]
        if role.current and role.id is not None:
            if not role.main:
                found.append((self.tr("Make main"), partial(write, partial(services.employments.make_main, role.id))))
            found.append((self.tr("End today"), partial(write, partial(services.employments.end, role.id))))
        elif role.current:
            found.append((self.tr("End today"), partial(write, partial(services.employments.leave, role.person.id))))
        if role.id is not None:
            delete = partial(services.records.delete, "employment", [role.id])
            found.append((self.tr("Remove"), partial(write, delete)))
        return tuple(found)
