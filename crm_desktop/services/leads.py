"""What is done with leads: read from a pasted text, qualified, put aside with a reason or until a day."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from crm_desktop.domain.alike import domain
from crm_desktop.domain.change import Change
from crm_desktop.domain.filter import ID, Filter, any_of
from crm_desktop.domain.firms import FREE_MAIL
from crm_desktop.domain.terms import LeadStatus, Lifecycle
from crm_desktop.errors import UserError
from crm_desktop.formats.signature import read_signature
from crm_desktop.services.labels import Labels
from crm_desktop.services.lifecycle import Lifecycles
from crm_desktop.services.recycling import Recycling
from crm_desktop.services.statuses import Statuses, left_behind
from crm_desktop.storage.store import Store


class Leads:
    """The verbs of leads; each is one action."""

    def __init__(self, store: Store, labels: Labels) -> None:
        self._store = store
        self._statuses = Statuses(store)
        self._lifecycles = Lifecycles(store)
        self._recycling = Recycling(store, labels)

    def read(self, text: str) -> dict[str, Any]:
        """What a signature or a line of text says of a lead, as values of its fields; UserError if it says nothing.

        What fits no field stands in the note, so that nothing of the text is lost.
        """
        found = read_signature(text)
        values: dict[str, Any] = dict(found.values)
        if found.emails:
            values["email"] = tuple(found.emails)
        if found.phones:
            values["phone"] = tuple(found.phones)
        if found.rest:
            values["note"] = "\n".join(found.rest)
        if not values.keys() & {"name", "company_name", "email", "phone"}:
            raise UserError("No name, company, email address or phone number is in this text.")
        if not values.keys() & {"name", "company_name"}:
            values["name"] = found.emails[0] if found.emails else found.phones[0]
        return values

    def may_be_several(self, values: Mapping[str, Any]) -> bool:
        """Whether what was read of a text may be about several people: it has addresses at several companies."""
        hosts = {domain(address) for address in values.get("email", ())}
        return len(hosts - FREE_MAIL) > 1

    def qualify(self, leads: Sequence[int], step: Lifecycle, note: str = "") -> Change:
        """Takes leads on to a step of the lifecycle; becoming an SQL needs a note on why, unless there is one."""
        living, name = self._living(leads)
        if step is Lifecycle.SQL:
            rows = self._store.lists.rows("lead", living, ["qualification"])
            if not note.strip() and any(not text for _, text in rows):
                raise UserError("Say why the lead is ready for a sales talk: write a qualification note.")
        with self._store.action("qualify", "lead", name) as action:
            self._lifecycles.advance(living, step)
            if note.strip():
                self._store.records.update("lead", living, {"qualification": note.strip()})
            if step is Lifecycle.SQL:
                self._set_status(living, LeadStatus.QUALIFIED, {})
        return action.change

    def disqualify(self, leads: Sequence[int], reason: str, status: int | None = None) -> Change:
        """Puts leads aside for good, for a reason."""
        if not reason.strip():
            raise UserError("Say why the lead is disqualified: give it a reason.")
        living, name = self._living(leads)
        with self._store.action("disqualify", "lead", name) as action:
            self._set_status(living, LeadStatus.DISQUALIFIED, {"status_reason": reason.strip()}, status)
        return action.change

    def recycle(self, leads: Sequence[int], on: date, reason: str = "", status: int | None = None) -> Change:
        """Puts leads back until a day, on which a follow-up asks to contact them again."""
        self._statuses.check_return(on)
        living, name = self._living(leads)
        with self._store.action("recycle", "lead", name) as action:
            values: dict[str, Any] = {"status_reason": reason.strip() or None, "return_on": on}
            self._set_status(living, LeadStatus.RECYCLED, values, status)
            self._recycling.plan(living, on, values["status_reason"])
        return action.change

    def _living(self, leads: Sequence[int]) -> tuple[list[int], str]:
        """Those of the leads that are there and not converted, and the name where there is one only."""
        rows = self._store.lists.values(Filter("lead", any_of(ID, leads)), ["name", "status_type"])
        open_ = [row for row in rows if row[2] != LeadStatus.CONVERTED.value]
        if not rows:
            raise UserError("There is no such lead.")
        if not open_:
            raise UserError("A converted lead stays as it is; “Make it a lead again” takes its conversion back.")
        return [row[0] for row in open_], str(open_[0][1] or "") if len(open_) == 1 else ""

    def _set_status(
        self, leads: Sequence[int], type_: LeadStatus, values: Mapping[str, Any], status: int | None = None
    ) -> None:
        chosen = self._statuses.get(status) if status is not None else self._statuses.first(type_)
        if chosen.type is not type_:
            raise UserError(f"“{chosen.name}” is no status of the type “{type_}”.")
        self._store.records.update("lead", leads, {"status": chosen.id, **left_behind(type_), **values})
