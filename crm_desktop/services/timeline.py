"""One timeline of everything around a customer: what happened with it, its people and its deals, and what is to do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from crm_desktop.domain.change import Change
from crm_desktop.domain.filter import Compare, Either, Filter, Node, Not, Op, Ref, Sort, Words, any_of, both, is_
from crm_desktop.domain.money import Money
from crm_desktop.domain.tasks import TO_DO
from crm_desktop.domain.terms import ActivityType, StageCategory
from crm_desktop.errors import UserError
from crm_desktop.storage.store import Store


class Group(StrEnum):
    """What the timeline can be narrowed to."""

    VISITS = "visits"
    CALLS = "calls"
    EMAILS = "emails"
    NOTES = "notes"
    DEALS = "deals"
    PURCHASES = "purchases"
    TASKS = "tasks"


ACTIVITIES: Mapping[Group, tuple[ActivityType, ...]] = {
    Group.VISITS: (ActivityType.VISIT, ActivityType.MEETING),
    Group.CALLS: (ActivityType.CALL, ActivityType.VOICEMAIL),
    Group.EMAILS: (ActivityType.EMAIL_IN, ActivityType.EMAIL_OUT, ActivityType.LETTER, ActivityType.CHAT),
    Group.NOTES: (ActivityType.NOTE,),
}
"""The groups that are made of activities, and the types of each."""

_NAMED_BY = {"activity": ("person", "deal"), "task": ("person", "deal"), "deal": ("person",),
             "purchase": ("product", "person")}  # fmt: skip
_SENTENCE = 30  # words; a longer text is no search but a paste


@dataclass(frozen=True, slots=True)
class Moment:
    """One line: a record of its own that can be opened, when it was, and what it says.

    `type` is the type of an activity or task, `opened`, `won` or `lost` of a deal, `purchase` of a purchase; `who`
    names the person or deal it was about; `open` marks a task that is still to do. `at` is the instant, where one is
    known, `minutes` how long it took, and `hour` the time of day at which a task is due.
    """

    kind: str
    id: int
    when: date | None
    type: str
    title: str
    text: str
    who: str = ""
    amount: Money | None = None
    outcome: str = ""
    open: bool = False
    pinned: bool = False
    at: datetime | None = None
    minutes: int | None = None
    hour: str = ""


@dataclass(frozen=True, slots=True)
class Scope:
    """The filters of all that belongs to a record, by the kind of what happened."""

    activities: Filter
    tasks: Filter
    deals: Filter
    purchases: Filter


class Timeline:
    """Reads the timeline of leads, companies, people and deals; a company's holds that of its people and deals."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def scope(self, kind: str, record: int) -> Scope:
        """What belongs to a record."""
        own = self._store.owner_field(kind, record)
        people, deals = self._around(own, record)
        about: list[Node] = [is_(own, record)]
        about += [any_of("person", people)] if people else []
        about += [any_of("deal", deals)] if deals else []
        around = Either(tuple(about))
        mine = any_of("id", deals)
        bought = is_(own, record) if own in ("company", "person", "deal") else any_of("id", ())
        return Scope(
            Filter("activity", around), Filter("task", around), Filter("deal", mine), Filter("purchase", bought)
        )

    def moments(
        self, kind: str, record: int, group: Group | None = None, text: str = "", limit: int = 200
    ) -> list[Moment]:
        """The lines of a group, or all, with the words of `text`.

        Pinned ones come first, then what is to do in the order of its days, then the newest.
        """
        scope = self.scope(kind, record)
        found: list[Moment] = []
        if group is None or group in ACTIVITIES:
            found += self._activities(_narrowed(scope.activities, text, group), limit, record)
        if group in (None, Group.TASKS):
            found += self._tasks(_narrowed(scope.tasks, text), limit, record)
        if group in (None, Group.DEALS):
            found += self._deals(_narrowed(scope.deals, text), limit, record)
        if group in (None, Group.PURCHASES):
            found += self._purchases(_narrowed(scope.purchases, text), limit, record)
        return sorted(found, key=_order)[:limit]

    def behind(self, wanted: Filter, limit: int = 200) -> list[Moment]:
        """One line for each record that a figure was counted over, the newest first; of deals how they ended."""
        read = {"activity": self._activities, "task": self._tasks, "deal": self._deals, "purchase": self._purchases}
        found = read[wanted.kind](wanted, limit) if wanted.kind in read else []
        last = {(moment.kind, moment.id): moment for moment in found}
        return sorted(last.values(), key=lambda moment: -_day(moment.when))

    def counts(self, kind: str, record: int, text: str = "") -> dict[Group | None, int]:
        """How many records with the words of `text` each group has; None has all of them."""
        scope = self.scope(kind, record)
        activities = _narrowed(scope.activities, text)
        types = {str(key): count for key, count, _ in self._store.lists.groups(activities, "type")}
        found: dict[Group | None, int] = {
            group: sum(types.get(each.value, 0) for each in wanted) for group, wanted in ACTIVITIES.items()
        }
        found[Group.TASKS] = self._store.lists.count(_narrowed(scope.tasks, text))
        found[Group.DEALS] = self._store.lists.count(_narrowed(scope.deals, text))
        found[Group.PURCHASES] = self._store.lists.count(_narrowed(scope.purchases, text))
        return {None: sum(found.values()), **found}

    def pin(self, activity: int, *, pinned: bool = True) -> Change:
        """Keeps a note at the top, or lets it go."""
        rows = self._store.lists.rows("activity", [activity], ["name"])
        if not rows:
            raise UserError("This note is no longer there.")
        with self._store.action("pin" if pinned else "unpin", "activity", str(rows[0][1])) as action:
            self._store.records.update("activity", [activity], {"pinned": pinned})
        return action.change

    def _around(self, own: str, record: int) -> tuple[Sequence[int], Sequence[int]]:
        """The people and deals that belong to a record; what people of a company buy elsewhere is not its deal."""
        lists = self._store.lists
        if own == "deal":
            return (), (record,)
        people = lists.ids(Filter("person", is_("company", record))) if own == "company" else ()
        return people, lists.ids(Filter("deal", is_(own, record)))

    def _activities(self, wanted: Filter, limit: int, own: int = 0) -> list[Moment]:
        fields = ["happened_on", "type", "subject", "note", "person", "deal", "outcome", "pinned", "happened_at",
                  "minutes"]  # fmt: skip
        rows = self._first(wanted, Sort("happened_on", descending=True), limit, fields)
        pinned = self._first(wanted & is_("pinned", True), Sort("happened_on", descending=True), limit, fields)
        return [
            Moment("activity", number, when, type_, title or "", note or "", _who(own, person, deal),
                   outcome=outcome or "", pinned=bool(pin), at=at, minutes=minutes)
            for number, when, type_, title, note, person, deal, outcome, pin, at, minutes in {
                row[0]: row for row in rows + pinned
            }.values()
        ]  # fmt: skip

    def _tasks(self, wanted: Filter, limit: int, own: int = 0) -> list[Moment]:
        fields = ["due_on", "type", "title", "note", "person", "deal", "done_at", "due_at"]
        to_do = self._first(wanted & TO_DO, Sort("due_on"), limit, fields)
        done = self._first(wanted & Not(TO_DO), Sort("due_on", descending=True), limit, fields)
        return [
            Moment("task", number, when, type_, title, note or "", _who(own, person, deal), open=done_at is None,
                   hour=due_at or "")
            for number, when, type_, title, note, person, deal, done_at, due_at in to_do + done
        ]  # fmt: skip

    def _deals(self, wanted: Filter, limit: int, own: int = 0) -> list[Moment]:
        """A deal was opened one day, and won or lost another."""
        fields = ["opened_on", "closed_on", "status", "name", "amount", "lost_reason", "person"]
        rows = self._first(wanted, Sort("opened_on", descending=True), limit, fields)
        found = []
        for number, opened, closed, status, name, amount, reason, person in rows:
            who = _who(own, person)
            found.append(Moment("deal", number, opened, "opened", name, "", who, amount))
            if status != StageCategory.OPEN.value:
                found.append(Moment("deal", number, closed, status, name, reason or "", who, amount))
        return found

    def _purchases(self, wanted: Filter, limit: int, own: int = 0) -> list[Moment]:
        fields = ["bought_on", "product", "amount", "note", "person"]
        rows = self._first(wanted, Sort("bought_on", descending=True), limit, fields)
        return [
            Moment("purchase", number, when, "purchase", product.name if product else "", note or "",
                   _who(own, person), amount)
            for number, when, product, amount, note, person in rows
        ]  # fmt: skip

    def _first(self, wanted: Filter, sort: Sort, limit: int, fields: Sequence[str]) -> list[tuple[Any, ...]]:
        return self._store.lists.rows(wanted.kind, self._store.lists.ids(wanted, sort, limit), fields)


def _narrowed(wanted: Filter, text: str, group: Group | None = None) -> Filter:
    """Those of a group, and with every word of the text in their own words or in a name beside them."""
    types = ACTIVITIES.get(group, ()) if group is not None else ()
    nodes: list[Node] = [any_of("type", [each.value for each in types])] if types else []
    words = text.split()
    for word in words if len(words) <= _SENTENCE else [text]:
        named = (Compare(field, Op.CONTAINS, word) for field in _NAMED_BY[wanted.kind])
        nodes.append(Either((Words(word), *named)))
    return wanted & both(*nodes)


def _who(own: int, *about: Ref | None) -> str:
    """Whom it was about, beside the record whose timeline this is."""
    return next((each.name for each in about if each is not None and each.id != own), "")


def _order(moment: Moment) -> tuple[int, int]:
    if moment.open and not moment.pinned:
        return 1, _day(moment.when or date.max)
    return 0 if moment.pinned else 2, -_day(moment.when)


def _day(when: date | None) -> int:
    return when.toordinal() if when is not None else 0
