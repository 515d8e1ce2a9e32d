"""The names in a filter: those that the catalogue does not know any more, and those that are others now."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from crm_desktop.domain.catalogue import Catalogue, Field, FieldType, UnknownName
from crm_desktop.domain.filter import (
    ID,
    All,
    Compare,
    Either,
    Exists,
    Filter,
    Node,
    Not,
    Op,
    Scalar,
    Total,
    Words,
    both,
    parts,
)
from crm_desktop.domain.folding import fold

_NAMING = (Op.IS, Op.IS_NOT, Op.ANY_OF, Op.CONTAINS)


def unknown(catalogue: Catalogue, kind: str, node: Node) -> tuple[tuple[str, str], ...]:
    """Each kind with a name that it does not have, in the order they stand."""
    return tuple(dict.fromkeys(_unknown(catalogue, kind, node)))


def usable(catalogue: Catalogue, wanted: Filter) -> Filter:
    """The filter without those of its conditions that ask for what is gone."""
    kept = [part for part in parts(wanted.where) if not unknown(catalogue, wanted.kind, part)]
    return Filter(wanted.kind, both(*kept))


def lost_choices(catalogue: Catalogue, kind: str, node: Node) -> tuple[tuple[str, str, str], ...]:
    """Each value that is no choice of its field any more, after the kind and the name of the field."""
    found = []

    def look(owner: str, field: Field, value: str) -> str:
        if field.type is FieldType.CHOICE and field.choice(value) is None:
            found.append((owner, field.name, value))
        return value

    _Names(catalogue, look).node(kind, node)
    return tuple(dict.fromkeys(found))


def renamed(
    catalogue: Catalogue, wanted: Filter, named: Callable[[str, Field], bool], names: Mapping[str, str]
) -> Filter:
    """The filter with the new names of values where it asks for the old ones in fields that are `named`."""
    others = {fold(old): new for old, new in names.items() if new}

    def change(owner: str, field: Field, value: str) -> str:
        return others.get(fold(value), value) if named(owner, field) else value

    return Filter(wanted.kind, _Names(catalogue, change).node(wanted.kind, wanted.where))


@dataclass(frozen=True, slots=True)
class _Names:
    """Puts something else for the texts that fields are held against, each of a kind and a field of it."""

    catalogue: Catalogue
    change: Callable[[str, Field, str], str]

    def node(self, kind: str, node: Node) -> Node:
        """The same condition with what is put for its texts."""
        match node:
            case Compare(op=op) if op in _NAMING and node.path != ID:
                return self._compare(kind, node)
            case All() | Either():
                return replace(node, parts=tuple(self.node(kind, part) for part in node.parts))
            case Not():
                return Not(self.node(kind, node.part))
            case Exists() | Total():
                relation = self.catalogue.kind(kind).relations.get(node.relation)
                return node if relation is None else replace(node, where=self.node(relation.kind, node.where))
        return node

    def _compare(self, kind: str, node: Compare) -> Compare:
        links = node.path.rpartition(".")[0]
        try:
            field = self.catalogue.field(kind, node.path)
            owner = self.catalogue.field(kind, links).target if links else kind
        except UnknownName:
            return node
        values = node.value if isinstance(node.value, tuple) else (node.value,)
        put = tuple(self._value(owner or kind, field, value) for value in values)
        return replace(node, value=tuple(dict.fromkeys(put)) if isinstance(node.value, tuple) else put[0])

    def _value(self, owner: str, field: Field, value: Scalar) -> Scalar:
        return self.change(owner, field, value) if isinstance(value, str) else value


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
