"""What a key or the menu of the filter editor does to the tree of conditions."""

from crm_desktop.domain.filter_tree import Entry, Group, Item, Related


def change(tree: Group, entry: Entry, what: str) -> Entry | None:
    """Do something with an entry; answers the entry to go on at, None where it cannot be done with this one.

    `what` is add, add_group, remove, wrap, unwrap, up or down.
    """
    if what in ("add", "add_group"):
        return _added(tree, entry, what)
    holder = tree.holder(entry) if entry is not tree else None
    if holder is None:
        return None
    if what == "remove":
        at = holder.items.index(entry)
        holder.items.remove(entry)
        return holder.items[min(at, len(holder.items) - 1)] if holder.items else holder
    if what == "wrap":
        tree.wrap(entry)
    elif what == "unwrap" and isinstance(entry, Group):
        tree.replace(entry, *entry.items)
        return entry.items[0] if entry.items else holder
    else:
        tree.move(entry, -1 if what == "up" else 1)
    return entry


def _added(tree: Group, entry: Entry, what: str) -> Entry:
    """A condition or group more, at the end of a group or of what is asked of related records, or behind one."""
    beside = entry.where if isinstance(entry, Related) else entry
    made = Item(beside.kind)
    new = made if what == "add" else Group(beside.kind, items=[made])
    if isinstance(beside, Group):
        beside.items.append(new)
    else:
        tree.replace(entry, entry, new)
    return new
