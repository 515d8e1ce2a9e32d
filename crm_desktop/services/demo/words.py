"""What the sample data is made of: names and texts from the resources, drawn with a seeded generator."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from random import Random
from typing import Any, TypeVar

from crm_desktop.domain.contact import Reach
from crm_desktop.domain.folding import key
from crm_desktop.domain.money import Money
from crm_desktop.paths import resource

SEED = 20261112
_T = TypeVar("_T")


@cache
def load(name: str) -> Any:
    """One file of the sample data."""
    return json.loads(resource("sample", f"{name}.json").read_text("utf-8"))


@dataclass(slots=True)
class Words:
    """Draws names, addresses and texts, always the same ones in the same order; no company comes twice."""

    today: date
    currency: str
    random: Random = field(default_factory=lambda: Random(SEED))
    _used: set[str] = field(default_factory=set)
    _phones: int = 0

    def pick(self, values: Sequence[_T]) -> _T:
        """One of the values."""
        return values[int(self.random.random() * len(values))]

    def word(self, name: str) -> str:
        """One of a list of words."""
        return str(self.pick(load("words")[name]))

    def person(self) -> tuple[str, str]:
        """A first and a last name."""
        return self.word("first"), self.word("last")

    def company(self, segment: str) -> str:
        """The name of a company as there are in the segment."""
        while True:
            name = f"{self.word('heads')} {self.pick(load('words')['tails'][segment])}"
            if name not in self._used:
                self._used.add(name)
                return name

    def address(self, street: str | None = None) -> dict[str, str]:
        """Street, city, postcode, region and country."""
        city, area, region = self.pick(load("words")["cities"])
        return {
            "street": street or f"{self.word('streets')} {self.random.randint(1, 120)}",
            "city": city,
            "postcode": f"{area} {self.random.randint(1, 9)}AB",
            "region": region,
            "country": load("words")["country"],
        }

    def phone(self) -> str:
        """A number of the ranges kept for fiction, each once."""
        areas = load("words")["phones"]
        self._phones += 1
        number, area = divmod(self._phones, len(areas))
        return f"{areas[area]}{number:03}"

    def contact(self, first: str, last: str, company: str) -> dict[str, Any]:
        """Name, e-mail and phone of somebody at a company."""
        address = f"{key(first)}.{key(last)}@{key(company)}.example"
        return {"first_name": first, "last_name": last, "email": (Reach(address, "work"),),
                "phone": (Reach(self.phone(), "work"),)}  # fmt: skip

    def money(self, amount: float) -> Money:
        """An amount in the currency of the base."""
        return Money.of(round(amount), self.currency)

    def ago(self, days: float) -> date:
        """The day so many days before today."""
        return self.today - timedelta(round(days))

    def at(self, day: date) -> datetime:
        """Some working hour of a day."""
        return datetime.combine(day, time(8 + self.random.randint(0, 8), 5 * self.random.randint(0, 11)), UTC)

    def between(self, low: int, high: int) -> int:
        """A whole number, both ends included."""
        return self.random.randint(low, high)
