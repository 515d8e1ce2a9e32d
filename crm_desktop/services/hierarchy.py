"""Companies that belong to companies: the tree of a group and what is open in it."""

from collections.abc import Mapping
from dataclasses import dataclass

from crm_desktop.domain.deals import OPEN
from crm_desktop.domain.figures import Figure, Unit, in_currency
from crm_desktop.domain.filter import Filter, any_of
from crm_desktop.domain.folding import key
from crm_desktop.domain.money import Money
from crm_desktop.storage import groups
from crm_desktop.storage.store import Store


@dataclass(frozen=True, slots=True)
class Branch:
    """A company of a group with its own open deals; the top of the group has the depth 0."""

    id: int
    name: str
    open_deals: int
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Rollup:
    """The open deals of a company and all below it: how many, and by currency their value and weighted value."""

    count: Figure
    value: Mapping[str, Figure]
    weighted: Mapping[str, Figure]


class Hierarchy:
    """Reads groups of companies, however deep they are."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def above(self, company: int) -> list[int]:
        """The companies that a company belongs to, the nearest first, up to one that is in the bin."""
        chain = groups.above(self._store, company)
        here = {row[0] for row in self._store.lists.rows("company", chain, [])}
        gone = next((at for at, each in enumerate(chain) if each not in here), len(chain))
        return chain[:gone]

    def tree(self, company: int) -> list[Branch]:
        """The whole group of a company: each one followed by those below it, by name; empty where it stands alone."""
        top = [company, *self.above(company)][-1]
        rows = self._store.lists.rows("company", groups.below(self._store, top), ["name", "parent", "open_deals"])
        under: dict[int, list[Branch]] = {}
        for number, name, parent, deals in sorted(rows, key=lambda row: key(row[1]), reverse=True):
            if number != top:
                under.setdefault(parent.id, []).append(Branch(number, name, deals or 0))
        left = [Branch(number, name, deals or 0) for number, name, _, deals in rows if number == top]
        found: list[Branch] = []
        while left:
            here = left.pop()
            found.append(here)
            left += (Branch(e.id, e.name, e.open_deals, here.depth + 1) for e in under.get(here.id, ()))
        return found if len(found) > 1 else []

    def rollup(self, company: int) -> Rollup:
        """What is open at a company and all below it; every figure carries its deals."""
        deals = Filter("deal", any_of("company", groups.below(self._store, company))) & OPEN
        n = self._store.lists.count(deals)
        count = Figure("group_open_deals", n, Unit.COUNT, "open deals of the company and all below it", n, deals)
        value = self._sums("value", deals, "amount", "sum of amounts")
        return Rollup(count, value, self._sums("weighted", deals, "weighted", "sum of amount × likelihood"))

    def _sums(self, name: str, deals: Filter, field: str, formula: str) -> dict[str, Figure]:
        """The sum of each currency, over the deals in that currency."""
        found = {}
        for currency, minor in sorted(self._store.lists.sum(deals, field).items()):
            own = deals & in_currency(field, currency)
            n = self._store.lists.count(own)
            found[currency] = Figure(f"group_{name}", Money(minor, currency), Unit.MONEY, formula, n, own)
        return found
