"""Groups of companies as the base keeps them: what stands above and what below, in one question each.

UNION leaves out what was found before, so that a circle, which nobody can make, would end as well.
"""

from collections.abc import Iterable
from typing import Any

from crm_desktop.storage.store import Store

_ABOVE = (
    "WITH RECURSIVE up(id) AS (SELECT ? UNION SELECT c.parent_id FROM company c JOIN up ON c.id = up.id"
    " WHERE c.parent_id IS NOT NULL) SELECT c.id, c.parent_id FROM up JOIN company c ON c.id = up.id"
)
_BELOW = (
    "WITH RECURSIVE down(id) AS (SELECT ? UNION SELECT c.id FROM company c JOIN down ON c.parent_id = down.id"
    " WHERE c.deleted_at IS NULL) SELECT id FROM down"
)


def above(store: Store, company: int) -> list[int]:
    """What a company belongs to, the nearest first; companies in the bin keep their place."""
    parents = dict(_asked(store, _ABOVE, company))
    found: dict[int, None] = {}
    here = parents.get(company)
    while here is not None and here != company and here not in found:
        found[here] = None
        here = parents.get(here)
    return list(found)


def below(store: Store, company: int) -> list[int]:
    """A company and all living ones that belong to it or to one of them."""
    return [row[0] for row in _asked(store, _BELOW, company)]


def parents(store: Store) -> dict[int, int]:
    """What each company belongs to, where it belongs to any."""
    return dict(_asked(store, "SELECT id, parent_id FROM company WHERE parent_id IS NOT NULL"))


def _asked(store: Store, sql: str, *values: Any) -> Iterable[tuple[int, int]]:
    rows: list[tuple[int, int]] = store.database.execute_sql(sql, values).fetchall()
    return rows
