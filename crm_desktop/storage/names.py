"""Names that only one bears at a time: of statuses, pipelines and their stages, tags, own fields and views."""

from collections.abc import Callable, Collection, Mapping
from typing import NamedTuple

from crm_desktop.domain.folding import fold, key
from crm_desktop.errors import UserError
from crm_desktop.storage.own_fields import plain_name
from crm_desktop.storage.store import Store


class _Named(NamedTuple):
    """What one is called, the column of its name, among whose names that is, and what of two names is the same."""

    one: str
    name: str
    among: str = "''"
    same: Callable[[str], str] = key


_KINDS = {
    "lead_status": _Named("status", "name"),
    "pipeline": _Named("pipeline", "name"),
    "stage": _Named("stage", "name", "pipeline_id"),
    "tag": _Named("tag", "name", same=fold),
    "custom_field": _Named("field", "label", "kind", plain_name),
    "saved_view": _Named("view", "name", "kind", fold),
}
KINDS = frozenset(_KINDS)

Borne = Mapping[str, Mapping[tuple[str, str], list[str]]]
"""By kind the names that are alike and stand side by side."""


def noun(kind: str) -> str:
    """What one of a kind with such names is called in a sentence."""
    return _KINDS[kind].one


def borne(store: Store, kinds: Collection[str] = KINDS) -> Borne:
    """The names of those of the kinds that have such, as the base holds them now, also inside an action."""
    return {kind: _of(store, kind) for kind in kinds if kind in _KINDS}


def refuse_doubles(store: Store, before: Borne) -> None:
    """Raises UserError where names came to be alike that were not `before`."""
    for kind, names in before.items():
        for place, alike in _of(store, kind).items():
            if len(alike) > max(1, len(names.get(place, ()))):
                raise UserError(
                    f"There is a {_KINDS[kind].one} “{alike[0]}” already. Give one of them another name first."
                )


def _of(store: Store, kind: str) -> dict[tuple[str, str], list[str]]:
    named = _KINDS[kind]
    sql = f"SELECT {named.among}, {named.name} FROM {kind} WHERE deleted_at IS NULL ORDER BY id"
    found: dict[tuple[str, str], list[str]] = {}
    for among, name in store.database.execute_sql(sql).fetchall():
        found.setdefault((str(among), named.same(name)), []).append(name)
    return found
