"""What was done with the leads of the base: an activity for every third one, over the last year."""

from datetime import timedelta
from pathlib import Path

from benchmarks.bases import open_base
from crm_desktop.domain.filter import Filter, Ref, Sort

EACH = 3
_TYPES = ("visit", "call", "email_out", "note")
_BATCH = 10_000
_DAYS = 365


def add_activities(folder: Path) -> None:
    """Adds them to the base of a folder, once; leads and everything else stay as they are."""
    services = open_base(folder)
    store = services._store
    if not services.lists.count(Filter("activity")):
        today = store.clock.today()
        leads = services.lists.ids(Filter("lead"), Sort("created_at"))[::EACH]
        with store.action("add", "activity", many=True) as action:
            for start in range(0, len(leads), _BATCH):
                batch = leads[start : start + _BATCH]
                numbers = range(start, start + len(batch))
                values: dict[str, list[object]] = {
                    "type": [_TYPES[n % len(_TYPES)] for n in numbers],
                    "subject": [f"Contact {n}" for n in numbers],
                    "happened_on": [today - timedelta(days=n % _DAYS) for n in numbers],
                    "lead": [Ref(lead, "") for lead in batch],
                }
                action.inserted("activity", [store.records.insert_columns("activity", values, len(batch))])
                action.checkpoint()
    services.close()
