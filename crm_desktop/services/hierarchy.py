"""Companies that belong to companies: the tree of a group and what is open in it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from crm_desktop.domain.deals import OPEN
from crm_desktop.domain.figures import Figure, Unit
from crm_desktop.domain.filter import Filter, any_of
from crm_desktop.domain.money import Money
from crm_desktop.storage.store import Store

MOST = 2_000
"""Companies of a group that are looked at; a larger one is cut at the lowest levels."""


@dataclass(frozen=True, slots=True)
class Branch:
    """A company with those that belong to it, and its own open deals."""

    id: int
    name: str
    open_deals: int
    below: tuple["Branch", ...] = ()

    def walk(self, depth: int = 0) -> Iterator[tuple["Branch", int]]:
        """It and all below it, each with its depth, in the order of the tree."""
        yield self, depth
        for branch in self.below:
            yield from branch.walk(depth + 1)


@dataclass(frozen=True, slots=True)
class Rollup:
    """The open deals of a company and all below it: how many, and by currency their value and weighted value."""

    count: Figure
    value: Mapping[str, Figure]
    weighted: Mapping[str, Figure]


class Hierarchy:
    """Reads groups of companies."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def above(self, company: int) -> list[int]:
        """The companies that a company belongs to, the nearest first."""
        found: list[int] = []
        here: int | None = company
        while here is not None:
            rows = self._store.lists.rows("company", [here], ["parent"])
            here = rows[0][1].id if rows and rows[0][1] is not None else None
            if here is not None and (here in found or here == company):
                break
            found += [here] if here is not None else []
        return [row[0] for row in self._store.lists.rows("company", found, [])]

    def tree(self, company: int) -> Branch | None:
        """The whole group of a company, from the top; None where it stands alone."""
        above = self.above(company)
        top = above[-1] if above else company
        found = self._branch(top)
        return found if found is not None and (above or found.below) else None

    def below(self, company: int) -> list[int]:
        """A company and all that belong to it, itself first."""
        found, level = [company], [company]
        while level and len(found) < MOST:
            rows = self._store.lists.ids(Filter("company", any_of("parent", level)))
            level = [number for number in reversed(rows) if number not in found]
            found += level
        return found[:MOST]

    def rollup(self, company: int) -> Rollup:
        """What is open at a company and all below it; every figure carries its deals."""
        deals = Filter("deal", any_of("company", self.below(company))) & OPEN
        lists = self._store.lists
        n = lists.count(deals)
        count = Figure("group_open_deals", n, Unit.COUNT, "open deals of the company and all below it", n, deals)
        sums = {
            name: {
                currency: Figure(f"group_{name}", Money(minor, currency), Unit.MONEY, formula, n, deals)
                for currency, minor in sorted(lists.sum(deals, field).items())
            }
            for name, field, formula in (
                ("value", "amount", "sum of amounts"),
                ("weighted", "weighted", "sum of amount × likelihood"),
            )
        }
        return Rollup(count, sums["value"], sums["weighted"])

    def _branch(self, top: int) -> Branch | None:
        ids = self.below(top)
        rows = self._store.lists.rows("company", ids, ["name", "parent", "open_deals"])
        under: dict[int, list[int]] = {}
        known = {row[0]: row for row in rows}
        for number, _, parent, _ in rows:
            if number != top and parent is not None:
                under.setdefault(parent.id, []).append(number)

        def grown(number: int) -> Branch:
            _, name, _, deals = known[number]
            below = sorted((grown(each) for each in under.get(number, ())), key=lambda branch: branch.name.casefold())
            return Branch(number, name, deals or 0, tuple(below))

        return grown(top) if top in known else None
