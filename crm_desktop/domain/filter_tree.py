"""A filter as it is edited: groups that hold items, one for each thing that a person says of the records.

`opened` makes the groups of a condition and `closed` the condition again: the same one, but for what `tidy` takes out.
An item whose `node` is None is not said to the end yet; it counts only once it is.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from crm_desktop.domain.catalogue import Catalogue, Relation
from crm_desktop.domain.filter import (
    EVERYTHING,
    All,
    Compare,
    Days,
    Either,
    Exists,
    Node,
    Not,
    Op,
    Scalar,
    Total,
    both,
)
from crm_desktop.domain.filter_pieces import is_between, paired, tidy


class Mode(StrEnum):
    """How many items of a group must hold."""

    ALL = "all"
    ANY = "any"
    NONE = "none"
    NOT_ALL = "not_all"


class How(StrEnum):
    """What is asked of the related records that meet the conditions."""

    HAS = "has"
    COUNT = "count"
    SUM = "sum"


@dataclass(eq=False, slots=True)
class Item:
    """One condition of a kind; `negated` says that it must not hold."""

    kind: str
    node: Node | None = None
    negated: bool = False

    def closed(self) -> Node | None:
        """The condition, or None as long as it is not said to the end."""
        if self.node is None:
            return None
        return Not(self.node) if self.negated else self.node


@dataclass(eq=False, slots=True)
class Group:
    """Items of which all, any, none or not all must hold; `kind` is that of the records they are about."""

    kind: str
    mode: Mode = Mode.ALL
    items: list["Entry"] = field(default_factory=list)

    def closed(self) -> Node | None:
        """The condition, or None as long as nothing in it is said to the end."""
        parts = self._parts()
        return _joined(self.mode, parts) if parts else None

    def whole(self) -> Node:
        """The condition of a group that stands for itself, tidy; without any it holds for everything."""
        return tidy(self.closed() or EVERYTHING)

    def _parts(self) -> tuple[Node, ...]:
        found: list[Node] = []
        for item in self.items:
            node = item.closed()
            if node is not None:
                flat = self.mode is Mode.ALL and isinstance(item, Item) and is_between(node)
                found.extend(node.parts if flat and isinstance(node, All) else [node])
        return tuple(found)

    def walk(self) -> Iterator["Entry"]:
        """Every item inside, from top to bottom."""
        for item in self.items:
            yield item
            inner = item.where if isinstance(item, Related) else item
            if isinstance(inner, Group):
                yield from inner.walk()

    def holder(self, entry: "Entry") -> "Group | None":
        """The group in which an entry stands; None for one that is the whole of something."""
        groups = [self, *(each for each in self.walk() if isinstance(each, Group))]
        groups += [each.where for each in self.walk() if isinstance(each, Related)]
        return next((group for group in groups if entry in group.items), None)

    def remove(self, entry: "Entry") -> None:
        """Takes an entry out of wherever it stands."""
        holder = self.holder(entry)
        if holder is not None:
            holder.items.remove(entry)

    def replace(self, entry: "Entry", *others: "Entry") -> None:
        """Puts others where an entry stands."""
        holder = self.holder(entry)
        if holder is not None:
            at = holder.items.index(entry)
            holder.items[at : at + 1] = others

    def wrap(self, entry: "Entry") -> "Group":
        """Puts an entry into a group of its own."""
        made = Group(entry.kind, Mode.ANY)
        self.replace(entry, made)
        made.items.append(entry)
        return made

    def move(self, entry: "Entry", step: int) -> None:
        """Moves an entry up (-1) or down (1) as the rows stand: into a group beside it, out of its own at the end."""
        holder = self.holder(entry)
        if holder is None:
            return
        at = holder.items.index(entry)
        beside = holder.items[at + step] if 0 <= at + step < len(holder.items) else None
        if isinstance(beside, Group):
            holder.items.remove(entry)
            beside.items.insert(0 if step > 0 else len(beside.items), entry)
        elif beside is not None:
            holder.items[at], holder.items[at + step] = beside, entry
        else:
            outer = self.holder(holder)
            if outer is not None:
                holder.items.remove(entry)
                outer.items.insert(outer.items.index(holder) + (step > 0), entry)


@dataclass(eq=False, slots=True)
class Related:
    """Records of a relation that meet `where`: whether there are such, how many, or the sum of their field `of`.

    `days` holds them to the last days. `value` is what a number or sum is held against; None as long as it is not said.
    """

    kind: str
    relation: Relation
    how: How = How.HAS
    negated: bool = False
    days: int | None = None
    op: Op = Op.MORE
    value: Scalar | None = None
    of: str | None = None
    where: Group = field(default_factory=lambda: Group(""))

    def closed(self) -> Node | None:
        """The condition, or None as long as it is not said to the end."""
        where = self.where.whole()
        if self.days is not None and self.relation.when:
            where = both(where, Compare(self.relation.when, Op.AT_LEAST, Days(-self.days)))
        name = self.relation.name
        node: Node
        if self.how is How.HAS:
            node = Exists(name, where)
        elif self.value is None or (self.how is How.SUM and self.of is None):
            return None
        else:
            node = Total(name, self.op, self.value, self.of if self.how is How.SUM else None, where)
        return Not(node) if self.negated else node


Entry = Item | Group | Related


def opened(catalogue: Catalogue, kind: str, node: Node) -> Group:
    """The groups of a condition; what is wrong with the names in it stays in its items as it is."""
    known = tidy(node)
    if known == EVERYTHING:
        return Group(kind)
    found = _entry(catalogue, kind, known, inside=Mode.ANY)
    if isinstance(found, Group):
        return found
    return Group(kind, Mode.ALL, [found])


def _joined(mode: Mode, parts: tuple[Node, ...]) -> Node:
    inner: Node = All(parts) if mode in (Mode.ALL, Mode.NOT_ALL) else Either(parts)
    return Not(inner) if mode in (Mode.NONE, Mode.NOT_ALL) else inner


def _entry(catalogue: Catalogue, kind: str, node: Node, *, inside: Mode) -> Entry:
    match node:
        case All(()) | Either(()):
            return Item(kind, node)
        case Not(All(()) | Either(()) as part):
            return Item(kind, part, negated=True)
        case All() if inside is not Mode.ALL and is_between(node):
            return Item(kind, node)
        case All():
            nodes = tuple(paired(node.parts))
            return _group(catalogue, kind, Mode.ALL, nodes)
        case Either():
            return _group(catalogue, kind, Mode.ANY, node.parts)
        case Not(Either(parts)):
            return _group(catalogue, kind, Mode.NONE, parts)
        case Not(All(parts)):
            return _group(catalogue, kind, Mode.NOT_ALL, parts)
        case Not(Exists() | Total() as part):
            return _related(catalogue, kind, part, negated=True)
        case Exists() | Total():
            return _related(catalogue, kind, node, negated=False)
        case Not():
            return Item(kind, node.part, negated=True)
    return Item(kind, node)


def _group(catalogue: Catalogue, kind: str, mode: Mode, nodes: tuple[Node, ...]) -> Group:
    items: list[Entry] = []
    for node in nodes:
        if mode is Mode.ALL and is_between(node):
            # Made one of two by `paired`, and two again when it is closed.
            items.append(Item(kind, node))
        else:
            items.append(_entry(catalogue, kind, node, inside=mode))
    return Group(kind, mode, items)


def _related(catalogue: Catalogue, kind: str, node: Exists | Total, *, negated: bool) -> Entry:
    relation = catalogue.kind(kind).relations.get(node.relation) if kind in catalogue.kinds else None
    if relation is None:
        return Item(kind, node, negated)
    days, where = _within(relation, node.where)
    inner = opened(catalogue, relation.kind, where)
    if isinstance(node, Exists):
        return Related(kind, relation, How.HAS, negated, days, where=inner)
    how = How.COUNT if node.of is None else How.SUM
    return Related(kind, relation, how, negated, days, node.op, node.value, node.of, inner)


def _within(relation: Relation, where: Node) -> tuple[int | None, Node]:
    """The number of the last days that a condition ends with, and the rest of it."""
    parts = where.parts if isinstance(where, All) else (where,)
    match parts[-1:]:
        case (Compare(path=path, op=Op.AT_LEAST, value=Days(offset)),) if path == relation.when and offset <= 0:
            rest = All(parts[:-1]) if len(parts) > 2 else (parts[0] if len(parts) == 2 else EVERYTHING)
            if both(rest, parts[-1]) == where:
                return -offset, rest
    return None, where
