"""How many times the base is asked: work on many records is set-based where that does not grow with them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from crm_desktop.storage.store import Store


@contextmanager
def asked(store: Store) -> Iterator[list[str]]:
    """The statements that are run meanwhile, but for those that run over many rows."""
    database, found = store.database, list[str]()
    run = database.execute_sql

    def noting(sql: str, *more: Any) -> Any:
        found.append(sql)
        return run(sql, *more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "execute_sql", noting)
        yield found
