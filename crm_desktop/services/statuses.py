"""Statuses of leads: names that the user gives, each with a fixed type behind it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from crm_desktop.domain.change import Added, Change
from crm_desktop.domain.filter import Filter
from crm_desktop.domain.folding import key
from crm_desktop.domain.terms import LeadStatus
from crm_desktop.errors import UserError
from crm_desktop.services.values import short_name
from crm_desktop.services.views import follow_name
from crm_desktop.storage.store import Store

_NEEDED = {
    LeadStatus.DISQUALIFIED: ("status_reason", "Say why the lead is disqualified: give it a reason."),
    LeadStatus.RECYCLED: ("return_on", "Say when to come back to the lead: give it a date."),
}
"""The field that leads of a type must have, and the sentence where they have not."""

_HOLDERS = {
    "status_reason": (LeadStatus.DISQUALIFIED, LeadStatus.RECYCLED), "return_on": (LeadStatus.RECYCLED,),
}  # fmt: skip
"""The types that a field of leads tells of; with any other status it is empty."""


def left_behind(type_: LeadStatus) -> dict[str, None]:
    """What leads no longer have when they get a status of a type."""
    return {name: None for name, types in _HOLDERS.items() if type_ not in types}


@dataclass(frozen=True, slots=True)
class Status:
    """One status: what it is called, what it means, its place in the order."""

    id: int
    name: str
    type: LeadStatus
    position: int


class Statuses:
    """Knows the statuses of leads and lets the user name, order and drop them; each change is one action."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self) -> list[Status]:
        """Every status, in order."""
        rows = self._store.lists.values(Filter("lead_status"), ("name", "type", "position"))
        found = [Status(number, name, LeadStatus(type_), place or 0) for number, name, type_, place in rows]
        return sorted(found, key=lambda status: (status.position, status.id))

    def first(self, type_: LeadStatus) -> Status:
        """The first status of a type; UserError where there is none."""
        for status in self.all():
            if status.type is type_:
                return status
        raise UserError(f"There is no status of the type “{type_}”. Add one first.")

    def said(self) -> dict[str, Status]:
        """Statuses by the folded words that files have for them: a name, with “lead” behind it, or a type.

        Of a type the first in their order is meant.
        """
        statuses, found = self.all(), dict[str, Status]()
        for words in ("{0.name}", "{0.name} lead", "{0.type}"):
            for status in statuses:
                found.setdefault(key(words.format(status)), status)
        return found

    def unconverted(self, status: Status) -> Status:
        """The status that a file can give a lead: converted by another program is qualified, to be converted here."""
        return self.first(LeadStatus.QUALIFIED) if status.type is LeadStatus.CONVERTED else status

    def add(self, name: str, type_: LeadStatus) -> Added:
        """A new status behind those there are."""
        values = self.complete({"name": name, "type": type_.value})
        with self._store.action("add", "lead_status", values["name"]) as action:
            number = self._store.records.insert("lead_status", values)
        return Added(number, action.change)

    def complete(self, read: Mapping[str, Any]) -> dict[str, Any]:
        """A new status with its place behind those there are; UserError where its name is taken."""
        last = max((each.position for each in self.all()), default=0)
        return {"position": last + 1, **read, "name": self._free(read["name"])}

    def check_kept(self, statuses: Sequence[int], read: Mapping[str, Any]) -> None:
        """UserError where statuses would get another type, or a name that is taken."""
        for status in map(self.get, statuses):
            if read.get("type", status.type) != status.type:
                raise UserError("The type of a status stays what it is. Add a status of the other type.")
            self._free(read.get("name", status.name), status.id)

    def rename(self, status: int, name: str) -> Change:
        """Calls a status something else; its type stays, and so do all reports."""
        bare = self._free(name, status)
        with self._store.action("rename", "lead_status", bare) as action:
            follow_name(self._store, action.number, "lead_status", status, bare)
            self._store.records.update("lead_status", [status], {"name": bare})
        return action.change

    def order(self, statuses: Sequence[int]) -> Change:
        """Puts the statuses into this order."""
        with self._store.action("order", "lead_status") as action:
            for position, status in enumerate(statuses, 1):
                self._store.records.update("lead_status", [status], {"position": position})
        return action.change

    def delete(self, *statuses: int) -> Change:
        """Drops statuses; their leads, those in the bin too, get the first other one of their type.

        UserError for the last of a type.
        """
        dropped = [self.get(status) for status in statuses]
        with self._store.action("delete", "lead_status", dropped[0].name if len(dropped) == 1 else "") as action:
            self._store.records.delete("lead_status", statuses, self._store.clock.stamp())
            self.vacate(statuses)
        return action.change

    def vacate(self, statuses: Sequence[int]) -> None:
        """Settles the leads of statuses that go to the bin; UserError for the last of a type. Inside an action."""
        # Inside an action a list still shows what the action deleted.
        listed = self.all()
        kept = {each.type for each in listed if each.id not in statuses}
        for gone in listed:
            if gone.id in statuses and gone.type not in kept:
                raise UserError(f"“{gone.name}” is the last status of its type; leads need one. Rename it instead.")
        for status in statuses:
            self.settle(self._store.records.naming("lead", "status", status))

    def settle(self, leads: Sequence[int]) -> None:
        """Gives leads whose status was deleted the first other one of its type; belongs inside an action."""
        held: dict[int, list[int]] = {}
        for lead, status in self._store.lists.whole("lead", leads, ["status"]):
            held.setdefault(status.id, []).append(lead)
        # Inside an action a list still shows what the action deleted.
        listed = self.all()
        gone = self._store.records.in_bin("lead_status", [*held, *(each.id for each in listed)])
        for status, type_ in self._store.lists.whole("lead_status", [each for each in gone if each in held], ["type"]):
            left = next(each for each in listed if each.type == type_ and each.id not in gone)
            self._store.records.update("lead", held[status], {"status": left.id})

    def _free(self, name: str, own: int | None = None) -> str:
        bare = short_name(name, "status")
        if any(key(each.name) == key(bare) and each.id != own for each in self.all()):
            raise UserError(f"There is a status “{bare}” already.")
        return bare

    def check(self, leads: Sequence[int], values: Mapping[str, Any]) -> LeadStatus:
        """The type of the status that leads are to get.

        UserError where they would be disqualified without a reason, put back without a day after today, or converted
        to nothing.
        """
        chosen = values["status"]
        type_ = self.get(int(getattr(chosen, "id", chosen))).type
        if type_ is LeadStatus.CONVERTED:
            raise UserError("A lead is converted by making it a person, company and deal: convert it.")
        needed, said = _NEEDED.get(type_, ("", ""))
        if needed:
            rows = [] if needed in values else self._store.lists.rows("lead", leads, [needed])
            held: list[Any] = [row[1] for row in rows] or [values.get(needed)]
            if not all(held):
                raise UserError(said)
            if type_ is LeadStatus.RECYCLED:
                self.check_return(min(held))
        return type_

    def check_return(self, on: date) -> None:
        """Raises UserError for a day on which nobody can come back any more."""
        if on <= self._store.clock.today():
            raise UserError("Choose a day after today to come back.")

    def get(self, number: int) -> Status:
        """A status by its number; UserError if there is none."""
        for status in self.all():
            if status.id == number:
                return status
        raise UserError(f"There is no status with the number {number}.")
