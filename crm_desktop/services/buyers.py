"""The part that people have in the decision on a deal."""

from dataclasses import dataclass

from crm_desktop.domain.change import Change
from crm_desktop.domain.filter import Filter, Ref, both, is_
from crm_desktop.domain.terms import BuyingRole
from crm_desktop.errors import UserError
from crm_desktop.storage.store import Store


@dataclass(frozen=True, slots=True)
class Buyer:
    """A person with a role in a deal."""

    id: int
    deal: Ref
    person: Ref
    role: BuyingRole


class Buyers:
    """Reads and sets the roles of people in deals."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def of_deal(self, deal: int) -> list[Buyer]:
        """The people in a deal, those who decide first."""
        return self._found("deal", deal)

    def of_person(self, person: int) -> list[Buyer]:
        """The deals that a person has a part in."""
        return self._found("person", person)

    def set(self, deal: int, person: int, role: str | None) -> Change:
        """Gives a person a role in a deal, another one, or none; UserError for what is no role."""
        if role is not None and role not in list(BuyingRole):
            raise UserError(f"There is no role “{role}”. There are: {', '.join(BuyingRole)}.")
        rows = self._store.lists.rows("deal", [deal], ["name"])
        if not rows or not self._store.lists.rows("person", [person], []):
            raise UserError("This deal or person is no longer there.")
        known = self._store.lists.ids(Filter("contact_role", both(is_("deal", deal), is_("person", person))))
        with self._store.action("set", "deal", rows[0][1]) as action:
            if role is None:
                self._store.records.delete("contact_role", known, self._store.clock.stamp())
            elif known:
                self._store.records.update("contact_role", known, {"role": role})
            else:
                values = {"deal": deal, "person": person, "role": role, "created_at": self._store.clock.now()}
                self._store.records.insert("contact_role", values)
        return action.change

    def _found(self, side: str, record: int) -> list[Buyer]:
        rows = self._store.lists.values(Filter("contact_role", is_(side, record)), ("deal", "person", "role"))
        rows = [row for row in rows if row[1] is not None and row[2] is not None and row[3]]
        deals = {row[0] for row in self._store.lists.rows("deal", [row[1].id for row in rows], [])}
        people = {row[0] for row in self._store.lists.rows("person", [row[2].id for row in rows], [])}
        found = [
            Buyer(number, deal, person, BuyingRole(role))
            for number, deal, person, role in rows
            if deal.id in deals and person.id in people
        ]
        return sorted(found, key=lambda buyer: (list(BuyingRole).index(buyer.role), buyer.id))
