"""Sample data: an invented seller of coffee machines, with dates relative to today."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from typing import Any

from crm_desktop.domain.change import Change
from crm_desktop.domain.filter import Either, Filter, Node, Not, Sort, any_of, both, is_
from crm_desktop.errors import UserError
from crm_desktop.services.demo import crowd, customers, deals, leads, ties, work
from crm_desktop.services.demo.words import Words, load
from crm_desktop.services.demo.writer import SAMPLE, Writer
from crm_desktop.services.views import View
from crm_desktop.storage.store import Store

_MARKED: Node = is_("source_system", SAMPLE)
_KINDS = ("task", "activity", "purchase", "deal", "lead", "person", "company", "product")

_BETWEEN = {
    "stage_log": ("deal",),
    "contact_role": ("deal", "person"),
    "employment": ("person", "company"),
    "relation": ("person", "company", "other_person", "other_company"),
    "occasion": ("person", "company"),
}
"""Kinds that bear no mark of their own: they go with the records that they name."""

Ids = Mapping[str, Sequence[int]]
"""Numbers of records by kind."""


class Demo:
    """Fills the base with sample data and takes exactly that out again. Money is in `currency`."""

    def __init__(self, store: Store, currency: str) -> None:
        self._store = store
        self._currency = currency

    def present(self) -> bool:
        """Whether there is any sample data."""
        return any(self._store.lists.ids(Filter(kind, _MARKED), limit=1) for kind in _KINDS)

    def fill(self, people: int | None = None) -> Change:
        """Writes the sample data in one action; with `people` there are at least so many leads and so many people."""
        if self.present():
            raise UserError("The sample data is already there. Remove it first to have it anew.")
        words = Words(self._store.clock.today(), self._currency)
        with self._store.action("demo") as action:
            writer = Writer(self._store, action)
            _write(words, writer)
            if people is not None:
                crowd.write(words, writer, people - writer.written["lead"], people - writer.written["person"])
        return action.change

    def remove(self, *, keep_changed: bool = False) -> Change:
        """Puts every record and view of the sample data into the bin, in one action; words used as tags stay.

        With `keep_changed` what was changed since it came stays too and is sample data no more.
        """
        found = self._marked()
        if not any(found.values()):
            raise UserError("There is no sample data to remove.")
        kept = self.changed() if keep_changed else {}
        gone = {kind: sorted({*ids}.difference(kept.get(kind, ()))) for kind, ids in found.items()}
        between = {kind: self._store.lists.ids(Filter(kind, self._naming(kind, kept))) for kind in _BETWEEN}
        stamp = self._store.clock.stamp()
        with self._store.action("demo_remove") as action:
            for kind, ids in {**between, **gone}.items():
                self._store.records.delete(kind, ids, stamp)
            for kind, own in kept.items():
                self._store.records.update(kind, own, {"source_system": None})
            for view in self._views():
                self._store.views.delete(view, stamp)
        return action.change

    def changed(self) -> Ids:
        """The records of the sample data that later work changed; work that was taken back does not count."""
        found = {kind: sorted(ids) for kind, ids in self._marked().items()}
        journal, touched = self._store.journal, {kind: set[int]() for kind in _KINDS}
        came = max((entry.action for entry in journal.of_verbs("", ("demo",))), default=0)
        for entry in journal.since(came):
            kinds = [] if entry.reverted or entry.verb == "demo" else [each.kind for each in entry.touched]
            for kind in set(kinds).intersection(_KINDS):
                for first, last in journal.written(entry.action, kind):
                    ids = found[kind]
                    touched[kind].update(ids[bisect_left(ids, first) : bisect_right(ids, last)])
        return {kind: sorted(ids) for kind, ids in touched.items() if ids}

    def _marked(self) -> Ids:
        return {kind: self._store.lists.ids(Filter(kind, _MARKED)) for kind in _KINDS}

    def _naming(self, kind: str, kept: Ids) -> Node:
        """What names sample data that is not kept."""
        named: list[Node] = []
        for name in _BETWEEN[kind]:
            held = kept.get(str(self._store.catalogue.field(kind, name).target), ())
            marked = is_(f"{name}.source_system", SAMPLE)
            named.append(both(marked, Not(any_of(name, held))) if held else marked)
        return Either(tuple(named))

    def _views(self) -> list[int]:
        names = {(entry["kind"], entry["name"]) for entry in load("views")}
        saved = {kind: self._store.views.of(kind, lambda row: (row[0], row[2])) for kind, _ in names}
        return [number for kind, found in saved.items() for number, name in found if (kind, name) in names]


def _write(words: Words, writer: Writer) -> None:
    writer.put("tag", [{"name": name} for name in load("words")["tags"] if name not in writer.tags])
    keys = [entry["key"] for entry in load("products")]
    rows = [
        {"name": e["name"], "code": e["code"], "series": e["series"], "price": words.money(e["price"]), "active": True}
        for e in load("products")
    ]
    products = dict(zip(keys, writer.put("product", rows), strict=True))
    won, lost, board = deals.plan_won(words), deals.plan_lost(words), deals.plan_board(words)
    buyers = customers.plan(words, [deal.closed_on for deal in won if deal.of_lead and deal.closed_on])
    prospects = deals.share_out(words, won, lost, buyers)
    prospects += deals.board_prospects(words, board, {customer.name: customer for customer in buyers})
    customers.write(words, writer, buyers)
    deals.write_prospects(words, writer, prospects)
    found = leads.plan(words, [deal for deal in (*won, *lost, *board) if deal.of_lead])
    leads.write(words, writer, found)
    deals.write(words, writer, [*won, *lost, *board], products)
    customers.write_purchases(words, writer, buyers, products)
    deals.write_purchases(words, writer, won, products)
    customers.write_activities(words, writer, buyers, {d.board["company"]: d.id for d in board})
    work.write_touches(words, writer, board, found)
    companies = {c.name: c.id for c in buyers} | {p.name: p.id for p in prospects}
    work.write_tasks(words, writer, board, found, companies)
    named = {d.board["title"]: d.id for d in board if d.board}
    ties.write(words, writer, {"person": writer.people, "company": companies, "deal": named})
    for entry in load("views"):
        writer.view(_view(words, entry))


def _view(words: Words, entry: dict[str, Any]) -> View:
    """A saved view; that of the fair keeps its date, the others go with the calendar."""
    wanted = Filter.from_json(entry)
    if entry.get("fixed"):
        wanted = wanted.absolute(words.today)
    return View(0, entry["name"], entry["kind"], wanted, sort=Sort(entry["sort"], descending=True))
