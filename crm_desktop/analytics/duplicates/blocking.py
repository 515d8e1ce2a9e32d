"""Which pairs are worth comparing: records that share something rare, by one key or by two together."""

from collections.abc import Iterator
from itertools import combinations

import numpy as np

from crm_desktop.analytics.duplicates.arrays import Ints
from crm_desktop.analytics.duplicates.fields import MISSING, Field
from crm_desktop.analytics.duplicates.model import Role
from crm_desktop.domain import alike

TOO_OFTEN = 20
"""A value that more records have tells nothing (Odoo: 21 or more hits are ignored)."""

_LARGEST = 60
"""The same for two values together."""

_PER_RECORD = 4
"""So many pairs for each record one key may give; its rarest values come first."""

_NEIGHBOURS = 3
"""In the order of the alphabet, each name is compared with so many that follow."""

_ALONE = frozenset({Role.EMAIL, Role.PHONE, Role.NUMBER, Role.NAME, Role.STREET, Role.BIRTHDAY, Role.FAMILY})


def candidates(fields: list[Field], count: int) -> Ints:
    """Every pair of places worth comparing, once, as `first * count + second` with the smaller place first."""
    found = [_blocks(key, count, TOO_OFTEN) for key in _single(fields)]
    parts = _parts(fields)
    found += [_blocks(_together(a, b), count, _LARGEST) for a, b in combinations(parts, 2)]
    found += [_chain(fields, count)]
    found += [_neighbours(order, count) for order in _orders(fields)]
    return np.unique(np.concatenate([np.zeros(0, np.int64), *found]))


def _single(fields: list[Field]) -> Iterator[Ints]:
    for field in fields:
        if field.role in _ALONE:
            yield field.codes.ravel()


def _parts(fields: list[Field]) -> list[Ints]:
    """What is telling enough only together with something else, in its broadest form."""
    found = []
    for field in fields:
        texts = field.values.tolist()
        match field.role:
            case Role.GIVEN:
                found.append(field.mapped([alike.sound(alike.called(text)) for text in texts]))
            case Role.FAMILY:
                found.append(field.mapped([alike.sound(text) for text in texts]))
            case Role.NAME:
                found.append(field.mapped([text[:4] for text in texts]))
                found.append(field.mapped([text[-4:] for text in texts]))
            case Role.BIRTHDAY:
                found.append(field.mapped([alike.turned(text) for text in texts]))
                found.append(field.mapped([text[:4] if text[:4] != "0000" else "" for text in texts]))
            case Role.STREET:
                found.append(field.first)
                found.append(field.mapped([max(text.split(), key=len, default="") for text in texts]))
            case _:
                found.append(field.first)
    return found


def _together(one: Ints, other: Ints) -> Ints:
    both = one.astype(np.int64) * (int(other.max(initial=0)) + 1) + other
    return np.where((one >= 0) & (other >= 0), both, MISSING)


def _blocks(key: Ints, count: int, largest: int) -> Ints:
    """All pairs of records with one key, from the rarest on; `key` may hold several keys of each record in turn."""
    places = np.flatnonzero(key >= 0)
    width = len(key) // count if count else 1
    places = places[np.argsort(key[places], kind="stable")]
    keys = key[places]
    starts = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]]) if len(keys) else np.zeros(0, np.int64)
    sizes = np.diff(np.r_[starts, len(keys)])
    kept = np.flatnonzero((sizes > 1) & (sizes <= largest))
    kept = kept[np.argsort(sizes[kept], kind="stable")]
    pairs = np.cumsum(sizes[kept] * (sizes[kept] - 1) // 2)
    kept = kept[: np.searchsorted(pairs, max(_PER_RECORD * count, 1000), side="right")]
    found = [np.zeros(0, np.int64)]
    for size in np.unique(sizes[kept]):
        rows = places[starts[kept[sizes[kept] == size], None] + np.arange(size)] // width
        left, right = np.triu_indices(size, 1)
        found.append(_keyed(rows[:, left].ravel(), rows[:, right].ravel(), count))
    return np.unique(np.concatenate(found))


def _keyed(one: Ints, other: Ints, count: int) -> Ints:
    low, high = np.minimum(one, other).astype(np.int64), np.maximum(one, other).astype(np.int64)
    found: Ints = (low * count + high)[low != high]
    return found


def _chain(fields: list[Field], count: int) -> Ints:
    """Records that say the very same in three fields or more, each with the next: they may be any number."""
    told = np.sum([field.first >= 0 for field in fields], axis=0) if fields else np.zeros(count)
    places = np.flatnonzero(told >= 3)
    if not len(places):
        return np.zeros(0, np.int64)
    rows = np.stack([field.first[places] for field in fields], axis=1)
    order = np.lexsort(rows.T)
    same = (rows[order[1:]] == rows[order[:-1]]).all(axis=1)
    return _keyed(places[order[:-1]][same], places[order[1:]][same], count)


def _orders(fields: list[Field]) -> Iterator[Ints]:
    """Orders in which names that are written nearly alike stand beside each other: from their beginning, their end."""
    by_role = {field.role: field for field in fields}
    parts = [by_role[role] for role in (Role.FAMILY, Role.GIVEN) if role in by_role]
    for chosen in (parts, parts[::-1], [by_role[Role.NAME]] if Role.NAME in by_role else []):
        if chosen:
            places = np.flatnonzero(np.all([field.first >= 0 for field in chosen], axis=0))
            columns = [field.first[places] for field in reversed(chosen)]
            yield places[np.lexsort(columns)]
    if Role.NAME in by_role:
        field = by_role[Role.NAME]
        backwards = np.argsort(np.argsort([text[::-1] for text in field.values.tolist()]))
        places = np.flatnonzero(field.first >= 0)
        yield places[np.argsort(backwards[field.first[places]], kind="stable")]


def _neighbours(order: Ints, count: int) -> Ints:
    steps = [_keyed(order[:-step], order[step:], count) for step in range(1, _NEIGHBOURS + 1)]
    return np.concatenate(steps)
