"""Puts sample records into the base, all inside one action and all marked as sample."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from crm_desktop.domain.contact import FLAGS
from crm_desktop.domain.filter import Filter
from crm_desktop.domain.terms import LeadStatus, StageCategory
from crm_desktop.errors import UserError
from crm_desktop.services.statuses import Statuses
from crm_desktop.services.views import View, stored
from crm_desktop.storage.store import Action, Store

SAMPLE = "sample"
"""The source system of every record of the sample data."""

UNMARKED = frozenset({"stage_log", "tag", "employment", "relation", "occasion", "contact_role"})
"""Kinds that belong to other records and carry no mark of their own."""


class Writer:
    """Writes inside an open action. `stages` are the open stages of the first pipeline, `won` and `lost` its ends.

    `likely` gives the likelihood of each stage in percent, `written` how many records of each kind there are so far,
    `tags` the words that are tags already, `statuses` the first status of leads of each type, `people` the people of
    customers by name.
    """

    def __init__(self, store: Store, action: Action) -> None:
        self._store = store
        self._action = action
        self.written: Counter[str] = Counter()
        self.people: dict[str, int] = {}
        self.tags = {row[1] for row in store.lists.values(Filter("tag"), ("name",))}
        statuses = Statuses(store)
        self.statuses = {type_.value: statuses.first(type_).id for type_ in LeadStatus}
        found = store.lists.values(Filter("stage"), ("category", "position", "pipeline", "probability"))
        self.pipeline = min((row[3].id for row in found if row[3]), default=0)
        own = sorted((row for row in found if row[3] and row[3].id == self.pipeline), key=lambda row: row[2] or 0)
        self.likely = {row[0]: row[4] or 0 for row in own}
        self.stages: list[int] = [row[0] for row in own if row[1] == StageCategory.OPEN.value]
        self.won = self._end(own, StageCategory.WON)
        self.lost = self._end(own, StageCategory.LOST)
        if not self.stages:
            raise UserError("The sample data needs a pipeline with open stages. Add one first.")

    def put(self, kind: str, rows: Sequence[Mapping[str, Any]]) -> list[int]:
        """Writes records and answers their ids in the order of the rows; a field a row does not name stays empty."""
        if not rows:
            return []
        fields = list(dict.fromkeys(name for row in rows for name in row))
        mark = [] if kind in UNMARKED else [SAMPLE]
        names = [*fields, *(["source_system"] if mark else [])]
        spans = self._store.records.insert_many(kind, names, ([*map(row.get, fields), *mark] for row in rows))
        self.written[kind] += len(rows)
        self._action.inserted(kind, spans)
        self._action.checkpoint()
        return [record for first, last in spans for record in range(first, last + 1)]

    def set(self, kind: str, record: int, values: Mapping[str, Any]) -> None:
        """Sets values of a record."""
        self._store.records.update(kind, [record], values)

    def point(self, person: int, entry: Mapping[str, Any]) -> None:
        """Gives a person one more address."""
        values = {name: entry[name] for name in ("value", "label", *FLAGS) if name in entry}
        self._store.contacts.add(entry["way"], "person", person, values)

    def view(self, view: View) -> None:
        """Keeps a view."""
        self._store.views.write(0, stored(view))

    def rank(self, deal: int, rank: str) -> None:
        """Places a deal in the order of its column."""
        self._store.records.set_columns("deal", [deal], {"rank": rank})

    def _end(self, stages: Sequence[tuple[Any, ...]], category: StageCategory) -> int:
        for row in stages:
            if row[1] == category.value:
                return int(row[0])
        raise UserError(f"The sample data needs a stage of the kind “{category.value}”. Add one first.")
