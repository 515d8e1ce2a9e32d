"""A look at the base while somebody types: who is already there with this name, address or number."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from crm_desktop.domain import alike
from crm_desktop.domain.duplicates import Likeness, Lookalike, Reason
from crm_desktop.domain.filter import Ref
from crm_desktop.domain.firms import FREE_MAIL
from crm_desktop.domain.folding import dialled, fold, number_digits, words
from crm_desktop.errors import UserError
from crm_desktop.services.values import Values
from crm_desktop.storage.store import Store

_TOO_OFTEN = 21
"""So many hits of one thing tell nothing (Odoo)."""

_LONG_ENOUGH = 6
"""A name of fewer letters is too common to be looked for (Odoo)."""

_MOST = 5
_BESIDE = ("name", "email", "phone", "city")
_AMONG = {"lead": ("lead", "person"), "person": ("person", "lead"), "company": ("company",)}
_COMPANY = {"lead": "company_name", "person": "company", "company": "name"}


class _Typed:
    """What was typed, in the form it is looked for."""

    def __init__(self, kind: str, values: Mapping[str, Any], numbers: Sequence[str]) -> None:
        self.emails = [text for each in _several(values.get("email")) if "@" in (text := each.strip()).strip("@")]
        self.phones = [number for number in numbers if len(number_digits(number)) >= _LONG_ENOUGH]
        self.company = _text(values.get(_COMPANY[kind]))
        parts = (_text(values.get("first_name")), _text(values.get("last_name")))
        person = "" if kind == "company" else _text(values.get("name")) or " ".join(filter(None, parts))
        self.firm = kind != "person" and not person
        self.name = person or (self.company if self.firm else "")
        self.city = _text(values.get("city"))
        sites = [_text(values.get("domain")), _text(values.get("website")), *self.emails] if kind == "company" else []
        self.domains = [place for site in sites if (place := alike.domain(site)) and place not in FREE_MAIL]

    @property
    def telling_name(self) -> bool:
        """Whether the name has letters enough to be looked for."""
        return len("".join(words(self.name))) >= _LONG_ENOUGH


class Looking:
    """Looks with a few questions that an index answers each, and judges what they found."""

    def __init__(self, store: Store, values: Values) -> None:
        self._store = store
        self._values = values

    def find(self, kind: str, values: Mapping[str, Any], exclude: int | None) -> list[Lookalike]:
        """The records that these values may be, the likeliest first."""
        typed = _Typed(kind, values, self._numbers(kind, values))
        found = [each for among in _AMONG[kind] for each in self._among(among, typed, exclude)]
        return sorted(found, key=lambda each: (-each.confidence, each.kind != kind, -each.id))[:_MOST]

    def _numbers(self, kind: str, values: Mapping[str, Any]) -> list[str]:
        field = self._store.catalogue.kind(kind).fields["phone"]
        found: list[str] = []
        for text in _several(values.get("phone")):
            try:
                found += self._values.parse(field, text)
            except UserError:
                continue
        return [str(number) for number in found]

    def _among(self, kind: str, typed: _Typed, exclude: int | None) -> list[Lookalike]:
        ids = [record for record in self._candidates(kind, typed) if record != exclude]
        beside = [*_BESIDE, *(("domain", "website") if kind == "company" else (_COMPANY[kind],))]
        rows = self._store.lists.rows(kind, ids, beside)
        details = {hit.id: hit.detail for hit in self._store.lists.hits(kind, ids)}
        found = []
        for record, *read in rows:
            reasons, confidence = _judged(kind, typed, dict(zip(beside, read, strict=True)))
            if confidence:
                found.append(Lookalike(kind, record, str(read[0] or ""), details.get(record, ""), confidence, reasons))
        return found

    def _candidates(self, kind: str, typed: _Typed) -> list[int]:
        rows = self._store.duplicates
        found: list[list[int]] = []
        if typed.emails:
            spelled = {form for text in typed.emails for form in (text, text.lower())}
            found.append(rows.with_email(kind, sorted(spelled), _TOO_OFTEN))
            found += [rows.telling(kind, words(text), _TOO_OFTEN) for text in typed.emails]
        for number in typed.phones:
            found.append(rows.with_phone(kind, [dialled(number) or number], _TOO_OFTEN))
            found.append(rows.telling(kind, [number_digits(number)], _TOO_OFTEN))
        if typed.telling_name:
            found.append(rows.named(kind, fold(typed.name), _TOO_OFTEN))
            plain = alike.organisation(typed.name).split() if typed.firm else words(typed.name)
            found.append(rows.telling(kind, plain, _TOO_OFTEN))
        found += [rows.telling(kind, words(place), _TOO_OFTEN) for place in typed.domains]
        return list(dict.fromkeys(record for ids in found if len(ids) < _TOO_OFTEN for record in ids))


def _judged(kind: str, typed: _Typed, values: Mapping[str, Any]) -> tuple[tuple[Reason, ...], int]:
    """Why a record is like what was typed, and the confidence (semantics 4.9)."""
    email = not set(map(alike.email, typed.emails)).isdisjoint(map(alike.email, values["email"]))
    phone = not {alike.phone(number) for number in typed.phones}.isdisjoint(map(alike.phone, values["phone"]))
    name = typed.telling_name and _one_name(typed, _text(values["name"]))
    domain = kind == "company" and not set(typed.domains).isdisjoint(_places(values))
    city = bool(typed.city) and fold(typed.city) == fold(_text(values["city"]))
    company = not typed.firm and bool(typed.company) and _one_firm(typed.company, _text(values[_COMPANY[kind]]))
    agreed = [
        ("email", email), ("phone", phone), ("name", name), ("domain", domain),
        (_COMPANY[kind], company), ("city", city),
    ]  # fmt: skip
    reasons = tuple(Reason(field, Likeness.SAME) for field, same in agreed if same)
    if (email or phone) and name:
        return reasons, 100
    if email or (domain and name):
        return reasons, 80
    if name and (city or company):
        return reasons, 60
    return reasons, 50 if name else 40 if phone or domain else 0


def _one_name(typed: _Typed, held: str) -> bool:
    """Whether two names are one, whatever the order of their words and the legal form."""
    if typed.firm:
        return _one_firm(typed.name, held)
    return sorted(words(typed.name)) == sorted(words(held))


def _one_firm(typed: str, held: str) -> bool:
    return bool(held) and alike.organisation(typed) == alike.organisation(held)


def _places(values: Mapping[str, Any]) -> Iterable[str]:
    places = [_text(values["domain"]), _text(values["website"]), *values["email"]]
    return [alike.domain(text) for text in places if text]


def _several(value: Any) -> Sequence[str]:
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(map(str, value))


def _text(value: Any) -> str:
    if isinstance(value, Ref):
        return value.name
    return "" if value is None else str(value).strip()
