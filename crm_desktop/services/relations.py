"""How people and companies stand to one another, read from either side; the days that come back for them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from crm_desktop.domain.anniversary import Anniversary
from crm_desktop.domain.change import Added, Change
from crm_desktop.domain.filter import Filter, Ref, is_
from crm_desktop.domain.terms import RelationType
from crm_desktop.errors import UserError
from crm_desktop.services import ties
from crm_desktop.storage.store import Store

SIDES = ("person", "company")
_FIELDS = ("type", "person", "company", "other_person", "other_company", "note")


@dataclass(frozen=True, slots=True)
class Tie:
    """A relation as one side of it reads: how it stands to the other, who is a person or a company.

    `own` where it is kept as it reads from here, else it is its inverse that is kept.
    """

    id: int
    type: RelationType
    kind: str
    other: Ref
    note: str
    own: bool = True


@dataclass(frozen=True, slots=True)
class Occasion:
    """A day that comes back each year; the birthday of a person's own record has no number."""

    id: int | None
    name: str
    day: Anniversary
    note: str = ""


class Relations:
    """Reads relations and occasions of people and companies, adds and removes them."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def of(self, kind: str, record: int) -> list[Tie]:
        """The relations of a person or company, each as it reads from there."""
        found = []
        for name, there in ((kind, "other_"), (f"other_{kind}", "")):
            rows = self._store.lists.values(Filter("relation", is_(name, record)), _FIELDS)
            for number, *held in rows:
                values = dict(zip(_FIELDS, held, strict=True))
                side = next((side for side in SIDES if values[f"{there}{side}"] is not None), None)
                if side is not None:
                    type_ = RelationType(values["type"])
                    read = type_ if there else type_.inverse
                    found.append(Tie(number, read, side, values[f"{there}{side}"], values["note"] or "", bool(there)))
        here = {side: self._living(side, found) for side in SIDES}
        return sorted((tie for tie in found if tie.other.id in here[tie.kind]), key=lambda tie: tie.id)

    def add(self, type_: str, one: tuple[str, int], other: tuple[str, int], note: str = "") -> Added:
        """That `one` (kind, id) stands so to `other`; UserError for what cannot be or is there already."""
        if type_ not in list(RelationType):
            raise UserError(f"There is no relation “{type_}”. There are: {', '.join(RelationType)}.")
        values: Mapping[str, Any] = {
            "type": RelationType(type_).value, one[0]: one[1], f"other_{other[0]}": other[1], "note": note or None,
        }  # fmt: skip
        if one[0] not in SIDES or other[0] not in SIDES:
            raise UserError("A relation is between people and companies.")
        ties.check(self._store, "relation", (), values)
        self._check_there(*one)
        with self._store.action("add", "relation") as action:
            record = self._store.records.insert("relation", {**values, "created_at": self._store.clock.now()})
        return Added(record, action.change)

    def remove(self, relation: int) -> Change:
        """Takes a relation off both sides; UserError where there is none."""
        if not self._store.lists.rows("relation", [relation], []):
            raise UserError(f"There is no relation with the number {relation}.")
        with self._store.action("delete", "relation") as action:
            self._store.records.delete("relation", [relation], self._store.clock.stamp())
        return action.change

    def occasions(self, kind: str, record: int) -> list[Occasion]:
        """The days of a person or company that come back, in the order of the year; a birthday is one of them."""
        rows = self._store.lists.values(Filter("occasion", is_(kind, record)), ("name", "day", "note"))
        found = [Occasion(number, name, day, note or "") for number, name, day, note in rows if day is not None]
        if kind == "person":
            own = self._store.lists.rows("person", [record], ["birthday"])
            if own and own[0][1] is not None:
                found.append(Occasion(None, "", own[0][1]))
        return sorted(found, key=lambda occasion: occasion.day)

    def _living(self, kind: str, ties_: list[Tie]) -> set[int]:
        ids = [tie.other.id for tie in ties_ if tie.kind == kind]
        return {row[0] for row in self._store.lists.rows(kind, ids, [])}

    def _check_there(self, kind: str, record: int) -> None:
        if not self._store.lists.rows(kind, [record], []):
            raise UserError(f"There is no {kind} with the number {record}.")
