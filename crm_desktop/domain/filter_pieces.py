"""What a filter says, without what says nothing, and piece by piece as its chips show it."""

from collections.abc import Iterator

from crm_desktop.domain.filter import All, Compare, Either, Exists, Node, Not, Op, Total, both


def tidy(node: Node) -> Node:
    """The same without what says nothing: a double not, and an "all of" in another or around one thing."""
    match node:
        case Not():
            inner = tidy(node.part)
            return inner.part if isinstance(inner, Not) else Not(inner)
        case All():
            return both(*map(tidy, node.parts))
        case Either():
            return Either(tuple(map(tidy, node.parts)))
        case Exists():
            return Exists(node.relation, tidy(node.where))
        case Total():
            return Total(node.relation, node.op, node.value, node.of, tidy(node.where))
    return node


def pieces(node: Node) -> tuple[Node, ...]:
    """The conditions that all must hold, one for each chip: from and until a value are one."""
    if not isinstance(node, All):
        return (node,)
    return tuple(paired(node.parts))


def is_between(node: Node) -> bool:
    """Whether a condition holds one field between two values."""
    return (
        isinstance(node, All)
        and len(node.parts) == 2
        and all(isinstance(part, Compare) for part in node.parts)
        and [part.op for part in node.parts if isinstance(part, Compare)] == [Op.AT_LEAST, Op.AT_MOST]
        and len({part.path for part in node.parts if isinstance(part, Compare)}) == 1
    )


def paired(parts: tuple[Node, ...]) -> Iterator[Node]:
    """The same conditions, with from and until a value as one."""
    waiting = list(parts)
    while waiting:
        pair = All(tuple(waiting[:2]))
        if is_between(pair):
            yield pair
            del waiting[:2]
        else:
            yield waiting.pop(0)
