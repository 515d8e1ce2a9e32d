"""The base as it was on a day: a copy, taken back action by action."""

import contextlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from crm_desktop.domain.clock import stamp
from crm_desktop.errors import UserError
from crm_desktop.storage.database import backup, open_connection, translated
from crm_desktop.storage.journal import Entry
from crm_desktop.storage.store import Store


@contextmanager
def as_of(store: Store, day: date) -> Iterator[Store]:
    """The base as it was at the end of a business day, in a temporary file under the same key.

    UserError if the journal no longer reaches back so far.
    """
    last = store.journal.last_before(stamp(store.clock.bounds(day)[1]))
    later = [entry for entry in store.journal.entries() if entry.action > last]
    barrier = store.journal.barrier()
    if any(entry.action <= barrier for entry in later):
        raise UserError(f"The history before action {barrier} was compacted, so {day} cannot be shown any more.")
    with tempfile.TemporaryDirectory(prefix="crm-desktop-") as folder:
        path = Path(folder) / store.path.name
        with (
            store.apart() as source,
            translated(path),
            contextlib.closing(open_connection(path, store.database.key)) as target,
        ):
            backup(source, target)
        then = Store.open(path, key=store.database.key, clock=store.clock.noon(day), rule=store.rows.rule)
        try:
            # The user's fields are those of today, whose columns never go; what was made later is empty then.
            then.sources = store.sources
            _take_back(then, later)
            yield then
        finally:
            then.close()


def _take_back(then: Store, later: list[Entry]) -> None:
    """From the newest line on: what it did is taken back, and what it took back is done again."""
    with then.keeping():
        for entry in later:
            if entry.target is None:
                then.journal.apply(entry.action, invert=True)
            else:
                then.journal.apply(entry.target, invert=entry.verb == "redo")
        then.rows.rebuild()
        then.rows.age(then.clock.today())
