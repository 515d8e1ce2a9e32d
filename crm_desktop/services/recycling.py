"""Leads that are put back until a day: a follow-up asks to contact them then."""

from collections.abc import Sequence
from datetime import date

from crm_desktop.domain.filter import Filter, any_of, both, is_
from crm_desktop.domain.tasks import TO_DO
from crm_desktop.domain.terms import TaskType
from crm_desktop.services.labels import Labels
from crm_desktop.storage.store import Store


class Recycling:
    """Plans the follow-ups; belongs inside an action."""

    def __init__(self, store: Store, labels: Labels) -> None:
        self._store = store
        self._labels = labels

    def plan(self, leads: Sequence[int], on: date, reason: str | None) -> None:
        """A follow-up on a day for each of the leads; one that is still to do moves there, with the reason if any."""
        title = self._title
        held = self._held(leads)
        moved = {"due_on": on, "note": reason} if reason else {"due_on": on}
        self._store.records.update("task", list(held.values()), moved)
        task = {"title": title, "type": TaskType.CALL.value, "due_on": on, "note": reason,
                "created_at": self._store.clock.now()}  # fmt: skip
        missing = [lead for lead in leads if lead not in held]
        self._store.records.insert_many("task", (*task, "lead"), ((*task.values(), lead) for lead in missing))

    def drop(self, leads: Sequence[int]) -> None:
        """The follow-ups of leads that are put aside for good go to the bin."""
        self._store.records.delete("task", list(self._held(leads).values()), self._store.clock.stamp())

    @property
    def _title(self) -> str:
        return self._labels.text("contact_again")

    def _held(self, leads: Sequence[int]) -> dict[int, int]:
        """By lead the follow-up that is still to do."""
        asked = both(TO_DO, is_("title", self._title), any_of("lead", leads))
        return {lead.id: task for task, lead in self._store.lists.values(Filter("task", asked), ["lead"])}
