"""The names in a filter that the catalogue does not know any more: fields that were deleted since it was saved."""

from collections.abc import Iterator

from crm_desktop.domain.catalogue import Catalogue
from crm_desktop.domain.filter import ID, All, Compare, Either, Exists, Filter, Node, Not, Total, Words, both, parts


def unknown(catalogue: Catalogue, kind: str, node: Node) -> tuple[tuple[str, str], ...]:
    """Each kind with a name that it does not have, in the order they stand."""
    return tuple(dict.fromkeys(_unknown(catalogue, kind, node)))


def usable(catalogue: Catalogue, wanted: Filter) -> Filter:
    """The filter without those of its conditions that ask for what is gone."""
    kept = [part for part in parts(wanted.where) if not unknown(catalogue, wanted.kind, part)]
    return Filter(wanted.kind, both(*kept))


def _unknown(catalogue: Catalogue, kind: str, node: Node) -> Iterator[tuple[str, str]]:
    match node:
        case Compare():
            yield from _of_path(catalogue, kind, node.path)
        case All() | Either():
            for part in node.parts:
                yield from _unknown(catalogue, kind, part)
        case Not():
            yield from _unknown(catalogue, kind, node.part)
        case Exists() | Total():
            yield from _of_relation(catalogue, kind, node)
        case Words():
            return


def _of_path(catalogue: Catalogue, kind: str, path: str) -> Iterator[tuple[str, str]]:
    if path == ID:
        return
    here: str | None = kind
    for name in path.split("."):
        known = catalogue.kinds.get(here or "")
        field = known.fields.get(name) if known is not None else None
        if field is None:
            yield here or kind, name
            return
        here = field.target


def _of_relation(catalogue: Catalogue, kind: str, node: Exists | Total) -> Iterator[tuple[str, str]]:
    relation = catalogue.kind(kind).relations.get(node.relation)
    if relation is None:
        yield kind, node.relation
        return
    if isinstance(node, Total) and node.of is not None:
        yield from _of_path(catalogue, relation.kind, node.of)
    yield from _unknown(catalogue, relation.kind, node.where)
