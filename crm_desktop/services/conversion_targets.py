"""What a lead may become: the records that could be meant, and what of the lead goes to each (semantics 4.2)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from crm_desktop.domain import alike
from crm_desktop.domain.catalogue import Field, Kind
from crm_desktop.domain.deals import OPEN
from crm_desktop.domain.filter import Filter, Node, Ref, both, is_
from crm_desktop.domain.firms import FREE_MAIL
from crm_desktop.domain.folding import fold
from crm_desktop.domain.merging import STRICTEST, blank
from crm_desktop.errors import UserError
from crm_desktop.services.conversion_plan import Choice, Clash, Offer, Take, Target, Why
from crm_desktop.storage.store import Store

_NAMED = {
    "person": ("first_name", "last_name", "job_title", "department", "segment", "opt_out", "note"),
    "company": ("name", "domain", "website", "industry", "segment"),
    "deal": ("name", "amount", "source", "note"),
}
"""The fields that a lead and its records share; the company's name and the amount are called otherwise there."""

ADDRESS = ("street", "city", "region", "postcode", "country")
_SEVERAL = {"person": ("email", "phone", "tags"), "company": (), "deal": ("tags",)}
_MOST = 10
"""Records that are offered at most, for each reason."""


@dataclass(slots=True)
class Made:
    """What the leads before it in one conversion became, so that those who are the same become one."""

    emails: dict[str, int] = field(default_factory=dict)
    domains: dict[str, int] = field(default_factory=dict)
    names: dict[str, int] = field(default_factory=dict)
    deals: dict[tuple[int | None, int | None], int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LeadValues:
    """A lead with all its values."""

    id: int
    values: Mapping[str, Any]

    @property
    def name(self) -> str:
        """What the lead is called."""
        return str(self.values["name"] or "")

    @property
    def person_name(self) -> str:
        """The name of the person, if one is known."""
        return " ".join(filter(None, (self.values["first_name"], self.values["last_name"])))

    @property
    def domain(self) -> str:
        """The domain of the company: of its website, else of an e-mail address that not anybody may have."""
        found = (alike.domain(text or "") for text in (self.values["website"], *self.values["email"]))
        return next((domain for domain in found if "." in domain and domain not in FREE_MAIL), "")


class Targets:
    """Finds and fills the records of one lead after another."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.made = Made()

    def read(self, leads: Sequence[int]) -> list[LeadValues]:
        """Leads with all their values, in order; those that are gone are left out."""
        names = list(self._store.catalogue.kind("lead").fields)
        rows = self._store.lists.rows("lead", leads, names)
        return [LeadValues(row[0], dict(zip(names, row[1:], strict=True))) for row in rows]

    def person(self, lead: LeadValues, choice: Choice) -> Target:
        """What becomes of the person; a lead that names nobody proposes none."""
        offers = [*_linked(lead.values["person"]), *self._by_email(lead), *self._by_name("person", lead.person_name)]
        known = [o for o in offers if o.why in (Why.LINKED, Why.EMAIL)]
        take = _taken(choice, known, Take.NEW if lead.person_name else Take.NONE)
        return self._target("person", take, lead, offers)

    def company(self, lead: LeadValues, choice: Choice, person: Target) -> Target:
        """What becomes of the company; a lead without one proposes that of its person, else none."""
        firm = lead.values["company_name"] or ""
        offers = [*_linked(lead.values["company"]), *self._by_domain(lead), *self._by_name("company", firm)]
        works_at = self._values("person", person.take, ["company"]).get("company")
        if works_at is not None and not firm:
            offers += [Offer(works_at, Why.PERSON)]
        take = _taken(choice, offers, Take.NEW if firm else Take.NONE)
        alone = _SEVERAL["person"] if person.take is Take.NONE else ()
        return self._target("company", take, lead, _once(offers), alone)

    def deal(self, lead: LeadValues, choice: Choice, person: Target, company: Target) -> Target:
        """What becomes of the deal: an open one of the lead itself is proposed, others are offered."""
        offers = self._open("lead", lead.id, Why.LINKED)
        known = self.made.deals.get((_id(person.take), _id(company.take)))
        if known is not None and _id(person.take) is not None:
            offers = [Offer(self._ref("deal", known), Why.PERSON)]
        proposed = list(offers)
        for target, why in ((person, Why.PERSON), (company, Why.COMPANY)):
            if (record := _id(target.take)) is not None:
                offers += self._open(target.kind, record, why)
        return self._target("deal", _taken(choice, proposed, Take.NEW), lead, _once(offers))

    def given(self, kind: str, lead: LeadValues, several: Sequence[str] = ()) -> dict[str, Any]:
        """What of a lead goes to a record of a kind, its own fields by label and type; blanks are left out."""
        values = dict(lead.values)
        values["amount"] = values["value"]
        if kind == "company":
            values |= {"name": values["company_name"] or lead.domain or lead.name, "domain": lead.domain}
        elif kind == "deal":
            values["name"] = values["company_name"] or lead.name
        names = [*_NAMED[kind], *(several or _SEVERAL[kind]), *(ADDRESS if kind != "deal" else ())]
        found = {name: values[name] for name in names}
        found |= self._own(self._store.catalogue.kind(kind), lead)
        return {name: value for name, value in found.items() if not blank(value)}

    def filled(self, kind: str, record: int, given: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[Clash, ...]]:
        """The blanks of a record that was there before that a lead fills, and what it has otherwise."""
        now = self._values(kind, record, list(given))
        fields = self._store.catalogue.kind(kind).fields
        placed = any(not blank(now.get(name)) for name in ADDRESS)
        filled: dict[str, Any] = {}
        clashes = []
        for name, value in given.items():
            if fields[name].multi:
                united = tuple(dict.fromkeys((*now[name], *value)))
                filled |= {name: united} if united != now[name] else {}
            elif name in STRICTEST or (blank(now[name]) and not (placed and name in ADDRESS)):
                filled |= {name: value} if now[name] != value else {}
            elif not blank(now[name]) and _plain(now[name]) != _plain(value):
                clashes.append(Clash(kind, name, now[name], value))
        return filled, tuple(clashes)

    def note(self, lead: LeadValues, person: int | None, company: int | None, deal: int | None) -> None:
        """Remembers what a lead became, for those that follow."""
        if person is not None:
            for address in lead.values["email"]:
                self.made.emails.setdefault(fold(address), person)
        if company is not None:
            self.made.domains.setdefault(lead.domain, company)
            self.made.names.setdefault(fold(lead.values["company_name"] or ""), company)
        if deal is not None:
            self.made.deals.setdefault((person, company), deal)

    def _target(
        self, kind: str, take: Choice, lead: LeadValues, offers: Iterable[Offer], several: Sequence[str] = ()
    ) -> Target:
        if take is Take.NONE:
            return Target(kind, take, None, {}, (), tuple(offers))
        given = self.given(kind, lead, several)
        if not isinstance(take, int):
            return Target(kind, take, None, given, (), tuple(offers))
        record = self._ref(kind, take)
        values, clashes = self.filled(kind, take, given)
        return Target(kind, take, record, values, clashes, tuple(offers))

    def _own(self, kind: Kind, lead: LeadValues) -> dict[str, Any]:
        theirs = {_like(own): own for own in kind.fields.values() if own.custom}
        found = {}
        for own in self._store.catalogue.kind("lead").fields.values():
            target = theirs.get(_like(own)) if own.custom else None
            if target is not None and _fits(target, lead.values[own.name]):
                found[target.name] = lead.values[own.name]
        return found

    def _by_email(self, lead: LeadValues) -> list[Offer]:
        made = [self.made.emails[fold(each)] for each in lead.values["email"] if fold(each) in self.made.emails]
        offers = [Offer(self._ref("person", record), Why.EMAIL) for record in made]
        for address in lead.values["email"]:
            offers += self._found("person", is_("email", address), Why.EMAIL)
        wanted = fold(lead.person_name)

        def order(offer: Offer) -> tuple[bool, bool, int]:
            return offer.record.id not in made, fold(offer.record.name) != wanted, offer.record.id

        return sorted(_once(offers), key=order)

    def _by_domain(self, lead: LeadValues) -> list[Offer]:
        if not lead.domain:
            return []
        made = self.made.domains.get(lead.domain)
        offers = [Offer(self._ref("company", made), Why.DOMAIN)] if made is not None else []
        known = self._found("company", is_("domain", lead.domain), Why.DOMAIN)
        named = fold(lead.values["company_name"] or "")
        return _once([*offers, *sorted(known, key=lambda offer: fold(offer.record.name) != named)])

    def _by_name(self, kind: str, name: str) -> list[Offer]:
        if not name:
            return []
        made = self.made.names.get(fold(name)) if kind == "company" else None
        offers = [Offer(self._ref(kind, made), Why.NAME)] if made is not None else []
        return _once([*offers, *self._found(kind, is_("name", name), Why.NAME)])

    def _open(self, kind: str, record: int, why: Why) -> list[Offer]:
        return self._found("deal", both(OPEN, is_(kind, record)), why)

    def _found(self, kind: str, where: Node, why: Why) -> list[Offer]:
        # What is asked for is told by an index; a limit would make it walk the list.
        ids = self._store.lists.ids(Filter(kind, where))[:_MOST]
        return [Offer(Ref(row[0], str(row[1] or "")), why) for row in self._store.lists.rows(kind, ids, ["name"])]

    def _ref(self, kind: str, record: int) -> Ref:
        rows = self._store.lists.whole(kind, [record], ["name"])
        if not rows or self._store.records.in_bin(kind, [record]):
            raise UserError(f"There is no {kind} with the number {record}.")
        return Ref(record, str(rows[0][1] or ""))

    def _values(self, kind: str, take: Choice, names: list[str]) -> dict[str, Any]:
        record = _id(take)
        rows = self._store.lists.whole(kind, [record], names) if record is not None else []
        return dict(zip(names, rows[0][1:], strict=True)) if rows else {}


def _id(take: Choice) -> int | None:
    return take if isinstance(take, int) else None


def _taken(choice: Choice, known: Sequence[Offer], otherwise: Take) -> Choice:
    if choice is not Take.PROPOSED:
        return choice
    return known[0].record.id if known else otherwise


def _linked(record: Ref | None) -> list[Offer]:
    return [Offer(record, Why.LINKED)] if record is not None else []


def _once(offers: Iterable[Offer]) -> list[Offer]:
    found: dict[int, Offer] = {}
    for offer in offers:
        found.setdefault(offer.record.id, offer)
    return list(found.values())


def _like(own: Field) -> tuple[Any, ...]:
    return fold(own.label or ""), own.type, own.multi, own.target


def _fits(own: Field, value: Any) -> bool:
    """Whether a field with choices knows the value."""
    values = value if isinstance(value, tuple) else (value,)
    return not own.choices or all(each in own.choices for each in values)


def _plain(value: Any) -> Any:
    return fold(value.strip()) if isinstance(value, str) else value.id if isinstance(value, Ref) else value
