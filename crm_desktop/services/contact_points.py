"""Where leads, companies and people are reached: several addresses each, with labels and what is wrong with them."""

from collections.abc import Mapping
from typing import Any

from crm_desktop.domain.change import Added, Change
from crm_desktop.domain.contact import FLAGS, PLACE, ContactPoint, area
from crm_desktop.domain.filter import Compare, Filter, Op, is_
from crm_desktop.errors import UserError
from crm_desktop.services.converted import refuse_converted
from crm_desktop.services.values import Values
from crm_desktop.storage.store import Store

_NEEDS = {"email": "Needs an email address.", "phone": "Needs a phone number."}


class ContactPoints:
    """Reads and writes them; `way` is `email`, `phone` or `address`, a number that of one of them."""

    def __init__(self, store: Store, values: Values) -> None:
        self._store = store
        self._rows = store.contacts
        self._values = values

    def of(self, kind: str, record: int) -> list[ContactPoint]:
        """Every place where a record is reached, of each way the primary one first."""
        return self._rows.of(self._owner(kind, record), record)

    def usable(self, kind: str, record: int, way: str) -> tuple[ContactPoint | None, int]:
        """The first one that may be used, and how many may not."""
        known = [point for point in self.of(kind, record) if point.way == way]
        good = [point for point in known if point.usable]
        return good[0] if good else None, len(known) - len(good)

    def near(self, kind: str, record: int, what: str = "customer") -> Filter:
        """The records of a kind in the neighbourhood of one: of its postcode or, without one, its town.

        A person without an address of their own is where their company is.
        """
        owner = self._owner(kind, record)
        rows = self._store.lists.rows(owner, [record], ["postcode", "city"])
        postcode, city = rows[0][1:] if rows else (None, None)
        if rows and owner == "person" and not (postcode or city):
            [(_, company)] = self._store.lists.rows(owner, [record], ["company"])
            if company is not None:
                return self.near("company", company.id, what)
        if postcode:
            return Filter(what, Compare("postcode", Op.STARTS, area(postcode)))
        if city:
            return Filter(what, is_("city", city))
        raise UserError("This has no postcode and no town yet, so nothing can be told to be near.")

    def add(
        self, kind: str, record: int, way: str, value: str | Mapping[str, str], label: str = "", **marks: bool
    ) -> Added:
        """One more, with `marks` as `change` has them; it bears the flags that the same address has elsewhere.

        UserError for what cannot be read.
        """
        kind = self._owner(kind, record)
        refuse_converted(self._store, kind, [record])
        said = self._read(kind, way, value)
        self._refuse_double(kind, record, way, said)
        with self._store.action("set", kind, self._name(kind, record)) as action:
            values = {**said, "label": label.strip(), **self._rows.flags(way, said)}
            number = self._rows.add(way, kind, record, values)
            self._mark(way, number, marks)
        return Added(number, action.change)

    def change(
        self, way: str, number: int, value: str | Mapping[str, str] | None = None, label: str | None = None,
        **marks: bool,
    ) -> Change:  # fmt: skip
        """Another value or label, and `marks`: `primary`, and flags, which hold wherever the same address is used.

        A new value begins with the flags that it has elsewhere. UserError if the address is gone, or of a lead that
        was converted; flags alone are set there too.
        """
        own = value is not None or label is not None or "primary" in marks
        point, kind, record = self._rows.get(way, number)
        refuse_converted(self._store, kind, [record] if own else [])
        values: dict[str, Any] = {} if label is None else {"label": label.strip()}
        if value is not None:
            said = self._read(kind, way, value)
            if said != {"value": point.value} and said != _filled(point.parts):
                self._refuse_double(kind, record, way, said, number)
                values |= said | self._rows.flags(way, said)
        with self._store.action("set", kind, self._name(kind, record) if own else point.value) as action:
            if values:
                self._rows.change(way, [number], values)
            self._mark(way, number, marks)
        return action.change

    def make_primary(self, way: str, number: int) -> Change:
        """The one that is used first and shown in lists."""
        return self.change(way, number, primary=True)

    def remove(self, way: str, number: int) -> Change:
        """Takes one off its record."""
        _, kind, record = self._rows.get(way, number)
        refuse_converted(self._store, kind, [record])
        with self._store.action("set", kind, self._name(kind, record)) as action:
            self._rows.remove(way, number)
        return action.change

    def flag(self, way: str, number: int, flag: str, on: bool = True) -> Change:
        """Marks an address as invalid or opted out, or takes that back, wherever the same address is used."""
        if flag not in FLAGS:
            raise UserError(f"An address is marked as {' or '.join(FLAGS)}.")
        return self.change(way, number, None, None, **{flag: on})

    def _mark(self, way: str, number: int, marks: Mapping[str, bool]) -> None:
        point, kind, record = self._rows.get(way, number)
        flags = {flag: on for flag, on in marks.items() if flag in FLAGS}
        if flags:
            self._rows.change(way, self._rows.same(way, point), flags)
        if marks.get("primary"):
            self._rows.lead(way, kind, record, number)

    def _owner(self, kind: str, record: int) -> str:
        known = self._store.catalogue.kind(kind).name
        owner = self._store.owner_field(known, record) if known == "customer" else known
        if not self._store.catalogue.kind(owner).reached:
            raise UserError(f"A {known} has no addresses of its own.")
        return owner

    def _read(self, kind: str, way: str, value: str | Mapping[str, str]) -> dict[str, Any]:
        """The columns that a text or the lines of a postal address mean."""
        if way == "address":
            parts = {"street": value} if isinstance(value, str) else dict(value)
            said = {part: (parts.get(part) or "").strip() for part in PLACE}
            if not any(said.values()):
                raise UserError("Needs a street or a town.")
            return said
        read = self._values.parse(self._store.catalogue.field(kind, way), str(value))
        if not read:
            raise UserError(_NEEDS[way])
        if len(read) > 1:
            raise UserError("Needs one address; add the others one by one.")
        return {"value": read[0]}

    def _refuse_double(self, kind: str, record: int, way: str, said: Mapping[str, Any], but: int = 0) -> None:
        for point in self._rows.of(kind, record):
            if point.way == way and point.id != but and said in ({"value": point.value}, _filled(point.parts)):
                raise UserError("This is there already.")

    def _name(self, kind: str, record: int) -> str:
        rows = self._store.lists.rows(kind, [record], ["name"])
        if not rows:
            raise UserError(f"There is no {kind} with the number {record}.")
        return str(rows[0][1] or "")


def _filled(parts: Mapping[str, str]) -> dict[str, str]:
    return {part: parts.get(part, "") for part in PLACE}
