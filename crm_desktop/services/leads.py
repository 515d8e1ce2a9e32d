"""What is done with leads: read from a pasted text, qualified, put aside with a reason or until a day."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from crm_desktop.domain.alike import domain
from crm_desktop.domain.change import Change
from crm_desktop.domain.filter import ID, Filter, any_of
from crm_desktop.domain.firms import FREE_MAIL
from crm_desktop.domain.terms import NEXT, LeadStatus, Lifecycle
from crm_desktop.errors import UserError
from crm_desktop.formats.business_card import cards, read_card
from crm_desktop.formats.signature import read_signature
from crm_desktop.services.converted import STAYS
from crm_desktop.services.labels import Labels
from crm_desktop.services.lifecycle import Lifecycles
from crm_desktop.services.recycling import Recycling
from crm_desktop.services.statuses import Statuses, left_behind
from crm_desktop.storage.store import Store

_EMPTY_LINES = re.compile(r"\n[^\S\n]*\n\s*")
_NAMES = {"name", "first_name", "last_name", "company_name"}
"""The fields that tell who a lead is."""


@dataclass(frozen=True, slots=True)
class Onward:
    """What qualifying makes of leads: who comes to which step, and who is an SQL or beyond it already.

    `bare` are those that need a note, `note` is that of the one lead.
    """

    steps: Mapping[Lifecycle, Sequence[int]]
    ready: Sequence[int]
    bare: Sequence[int]
    note: str

    @property
    def moved(self) -> int:
        """How many leads come to another step."""
        return sum(map(len, self.steps.values()))


class Leads:
    """The verbs of leads; each is one action."""

    def __init__(self, store: Store, labels: Labels) -> None:
        self._store = store
        self._statuses = Statuses(store)
        self._lifecycles = Lifecycles(store)
        self._recycling = Recycling(store, labels)

    def read(self, text: str) -> dict[str, Any]:
        """What a signature, a line of text or a card says of a lead, as values of its fields; UserError if nothing.

        What fits no field stands in the note, so that nothing of the text is lost.
        """
        card = next(iter(cards(text)), None)
        found = read_card(card) if card else read_signature(text)
        values: dict[str, Any] = dict(found.values)
        if found.emails:
            values["email"] = tuple(found.emails)
        if found.phones:
            values["phone"] = tuple(found.phones)
        if found.rest:
            values["note"] = "\n".join(found.rest)
        if not values.keys() & {*_NAMES, "email", "phone"}:
            raise UserError("No name, company, email address or phone number is in this text.")
        if not values.keys() & _NAMES:
            values["name"] = found.emails[0] if found.emails else found.phones[0]
        return values

    def read_all(self, text: str) -> list[dict[str, Any]]:
        """What a text says of each of several leads, else of one; UserError if it says nothing.

        Several are cards, or parts between empty lines of which each has a name and an address or number of its own.
        """
        several = cards(text)
        if len(several) < 2:
            several = _EMPTY_LINES.split(text.strip())
            found = map(read_signature, several)
            if not all("name" in each.values and (each.emails or each.phones) for each in found):
                several = [text]
        return [self.read(part) for part in several]

    def may_be_several(self, values: Mapping[str, Any]) -> bool:
        """Whether what was read of a text may be about several people: it has addresses at several companies."""
        hosts = {domain(address) for address in values.get("email", ())}
        return len(hosts - FREE_MAIL) > 1

    def onward(self, leads: Sequence[int], step: Lifecycle | None = None) -> Onward:
        """What qualifying would make of leads: each comes to its next step, or all that are behind it to a given one.

        Who is disqualified comes to a step only where it is given; UserError where that leaves nobody.
        """
        living, _ = self._living(leads)
        rows = self._store.lists.rows("lead", living, ["lifecycle", "status_type", "qualification"])
        rows = [row for row in rows if step is not None or row[2] != LeadStatus.DISQUALIFIED.value]
        if not rows:
            raise UserError("A disqualified lead is not qualified: give it another status first.")
        order, steps = list(Lifecycle), dict[Lifecycle, list[int]]()
        for lead, reached, _, _ in rows:
            aim = NEXT.get(reached) if step is None else step if step in NEXT.values() else None
            if aim is not None and order.index(aim) > order.index(reached):
                steps.setdefault(aim, []).append(lead)
        ahead = [lead for lead, reached, _, _ in rows if reached not in NEXT]
        noted = {lead: str(note or "") for lead, _, _, note in rows}
        bare = [lead for lead in steps.get(Lifecycle.SQL, ()) if not noted[lead]]
        return Onward(steps, ahead, bare, noted[rows[0][0]] if len(rows) == 1 else "")

    def qualify(self, leads: Sequence[int], step: Lifecycle | None = None, note: str = "") -> Change:
        """Takes leads on to their next step of the lifecycle, or those behind a given one to that.

        Becoming an SQL needs a note on why. Of several leads those that have none get it, one alone gets it anyway.
        """
        onward = self.onward(leads, step)
        if not onward.steps:
            raise UserError("Nobody is left to be qualified: who is an SQL is converted.")
        if onward.bare and not note.strip():
            raise UserError("Say why the lead is ready for a sales talk: write a qualification note.")
        ready = onward.steps.get(Lifecycle.SQL, ())
        name = self._living(leads)[1]
        with self._store.action("qualify", "lead", name) as action:
            for aim, chosen in onward.steps.items():
                self._lifecycles.advance(chosen, aim)
            if note.strip():
                self._store.records.update(
                    "lead", ready if len(ready) == 1 else onward.bare, {"qualification": note.strip()}
                )
            if ready:
                self._set_status(ready, LeadStatus.QUALIFIED, {})
        return action.change

    def disqualify(self, leads: Sequence[int], reason: str, status: int | None = None) -> Change:
        """Puts leads aside for good, for a reason."""
        if not reason.strip():
            raise UserError("Say why the lead is disqualified: give it a reason.")
        living, name = self._living(leads)
        with self._store.action("disqualify", "lead", name) as action:
            self._set_status(living, LeadStatus.DISQUALIFIED, {"status_reason": reason.strip()}, status)
            self._recycling.drop(living)
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
            raise UserError(STAYS)
        return [row[0] for row in open_], str(open_[0][1] or "") if len(open_) == 1 else ""

    def _set_status(
        self, leads: Sequence[int], type_: LeadStatus, values: Mapping[str, Any], status: int | None = None
    ) -> None:
        chosen = self._statuses.get(status) if status is not None else self._statuses.first(type_)
        if chosen.type is not type_:
            raise UserError(f"“{chosen.name}” is no status of the type “{type_}”.")
        self._store.records.update("lead", leads, {"status": chosen.id, **left_behind(type_), **values})
