"""SQL expressions over a record `b` that several models compute fields with, and the fields that they share."""

from crm_desktop.domain.catalogue import FieldType as T
from crm_desktop.domain.catalogue import Use
from crm_desktop.domain.terms import HALF_LIFE, OUTREACH, TWO_WAY, WEIGHTS
from crm_desktop.storage.declare import COLUMN, SORT, Declared, derived


def full_name(alias: str) -> str:
    """First and last name, or NULL where there is neither."""
    return f"nullif(trim(coalesce({alias}.first_name, '') || ' ' || coalesce({alias}.last_name, '')), '')"


def touched(owner: str, *, both: bool) -> str:
    """The date of the last two-way touch, or of the last time we reached out."""
    types = ", ".join(f"'{t.value}'" for t in sorted(TWO_WAY if both else OUTREACH))
    return (
        "(SELECT max(a.happened_on) FROM activity_link l JOIN activity a ON a.id = l.activity_id"
        f" WHERE l.{owner}_id = b.id AND a.deleted_at IS NULL AND a.type IN ({types}))"
    )


def upcoming(owner: str, what: str) -> str:
    """Something of the earliest open task."""
    return (
        f"(SELECT {what} FROM task_link l JOIN task t ON t.id = l.task_id"
        f" WHERE l.{owner}_id = b.id AND t.deleted_at IS NULL AND t.done_at IS NULL"
        " ORDER BY t.due_on IS NULL, t.due_on, t.id LIMIT 1)"
    )


def named(table: str, alias: str) -> str:
    """The name of a linked record."""
    return f"(SELECT name FROM {table} WHERE id = {alias})"


AGED_ON = "coalesce((SELECT value FROM meta WHERE name = 'aged_on'), today())"
"""The day for which what changes with the day alone is kept."""


def strength(owner: str) -> str:
    """How alive the relation is on the day it is kept for, 0 to 100.

    Each touch counts by its type, and half of it after each half-life (semantics 4.13, engagement score).
    """
    weights = " ".join(f"WHEN '{kind.value}' THEN {weight}" for kind, weight in WEIGHTS.items())
    age = f"max(0, julianday({AGED_ON}) - julianday(a.happened_on))"
    return (
        f"(SELECT CAST(min(100, round(sum(CASE a.type {weights} ELSE 0 END * pow(0.5, {age} / {HALF_LIFE}.0))))"
        " AS INTEGER) FROM activity_link l JOIN activity a ON a.id = l.activity_id"
        f" WHERE l.{owner}_id = b.id AND a.deleted_at IS NULL AND a.happened_on IS NOT NULL)"
    )


def in_touch(owner: str, *shown: Use) -> dict[str, Declared]:
    """What is known of the contact with somebody: when it was, what comes next, how alive it is."""
    return {
        "last_touch": derived(T.DATE, touched(owner, both=True), SORT, *shown),
        "last_outreach": derived(T.DATE, touched(owner, both=False), SORT),
        "next_activity": derived(T.DATE, upcoming(owner, "t.due_on"), SORT),
        "next_step": derived(T.TEXT, upcoming(owner, "t.title"), COLUMN),
        "strength": derived(T.INTEGER, strength(owner), SORT),
    }
