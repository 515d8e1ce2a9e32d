"""Statuses of leads: names that the user gives, each with a fixed type behind it."""

from dataclasses import dataclass

from crm_desktop.domain.filter import Filter
from crm_desktop.domain.terms import LeadStatus
from crm_desktop.errors import UserError
from crm_desktop.storage.store import Store


@dataclass(frozen=True, slots=True)
class Status:
    """One status: what it is called, what it means, its place in the order."""

    id: int
    name: str
    type: LeadStatus
    position: int


class Statuses:
    """Knows the statuses of leads."""

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
        raise UserError(f"There is no status of the type “{type_}”. Add one in the settings.")

    def get(self, number: int) -> Status:
        """A status by its number; UserError if there is none."""
        for status in self.all():
            if status.id == number:
                return status
        raise UserError(f"There is no status with the number {number}.")
