"""Rows of e-mail addresses, phone numbers and postal addresses, each with its label and flags."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from crm_desktop.domain.contact import CONTACTS, FLAGS, PLACE, ContactPoint, Reach, known_of, written
from crm_desktop.domain.folding import dialled, fold, number_digits
from crm_desktop.errors import UserError
from crm_desktop.storage.database import AMONG, Database, packed
from crm_desktop.storage.loading import defaults
from crm_desktop.storage.models.contacts import OWNERS

COLUMN = {"email": "address", "phone": "number"}
"""The column of the text, where an address is one text."""

_SAME = {"email": "lower(address)", "phone": "e164"}
BY_TEXT = frozenset(COLUMN)
"""Ways whose addresses are one text each."""


class ContactRows:
    """Reads and writes the places where records are reached; writing belongs inside an action."""

    def __init__(self, database: Database, take: Callable[[str, int], int]) -> None:
        self._database = database
        self._take = take

    def of(self, kind: str, record: int) -> list[ContactPoint]:
        """Every place where a record is reached: e-mail, phone, post, of each the primary one first."""
        found = []
        for way in CONTACTS:
            rows = self._rows(way, f"{kind}_id = ? ORDER BY position, id", (record,))
            found += [_point(way, row, primary=at == 0) for at, row in enumerate(rows)]
        return found

    def get(self, way: str, number: int) -> tuple[ContactPoint, str, int]:
        """One of them, with the kind and number of its record; UserError if it is gone."""
        rows = self._rows(way, "id = ?", (number,))
        if not rows:
            raise UserError("This address is no longer there.")
        row = rows[0]
        kind = next(name for name in OWNERS if row[f"{name}_id"] is not None)
        return _point(way, row), kind, int(row[f"{kind}_id"])

    def reach(self, way: str, kind: str, ids: Sequence[int]) -> dict[int, tuple[Reach, ...]]:
        """The e-mail addresses or phone numbers of records with what is known of them."""
        value, owner = COLUMN[way], f"{kind}_id"
        sql = (
            f"SELECT {owner}, {value}, label, invalid, opt_out FROM {way} WHERE {owner} {AMONG} ORDER BY {owner},"
            " position, id"
        )
        found: dict[int, tuple[Reach, ...]] = {}
        for record, text, label, invalid, opt_out in self._execute(sql, (packed(ids),)):
            found[record] = (*found.get(record, ()), Reach(text, label or "", bool(invalid), bool(opt_out)))
        return found

    def places(self, kind: str) -> dict[int, list[ContactPoint]]:
        """Postal addresses of the records of a kind that have several, or one with a label or a flag."""
        owner = f"{kind}_id"
        more = f"SELECT {owner} FROM address WHERE {owner} IS NOT NULL GROUP BY 1 HAVING count(*) > 1"
        noted = " OR ".join(("label IS NOT NULL", *FLAGS))
        where = f"{owner} IN ({more}) OR ({owner} IS NOT NULL AND ({noted}))"
        rows = self._rows("address", f"{where} ORDER BY position, id", ())
        found: dict[int, list[ContactPoint]] = {}
        for row in rows:
            found.setdefault(row[owner], []).append(_point("address", row))
        return found

    def place(self, kind: str, record: int, wanted: Iterable[Mapping[str, Any]]) -> None:
        """Gives a record these postal addresses beside its own; of one it has the label and flags are taken over."""
        known = [point for point in self.of(kind, record) if point.way == "address"]
        own = {frozenset(point.parts.items()): point.id for point in known}
        for each in wanted:
            parts = {name: each[name] for name in PLACE if each.get(name)}
            notes = {name: each[name] for name in ("label", *FLAGS) if each.get(name)}
            number = own.get(frozenset(parts.items()))
            if number is None:
                self.add("address", kind, record, {**parts, **notes})
            elif notes:
                self.change("address", [number], notes)

    def add(self, way: str, kind: str, record: int, values: Mapping[str, Any]) -> int:
        """A new one at the end of those of a record; answers its number."""
        sql = f"SELECT coalesce(max(position) + 1, 0) FROM {way} WHERE {kind}_id = ?"
        position = self._execute(sql, (record,))[0][0]
        row = {**defaults(way), f"{kind}_id": record, "position": position, **_columns(way, values)}
        number = self._take("part", 1)
        marks = ", ".join("?" for _ in row)
        self._execute(f"INSERT INTO {way} (id, {', '.join(row)}) VALUES (?, {marks})", (number, *row.values()))
        return number

    def change(self, way: str, ids: Iterable[int], values: Mapping[str, Any]) -> None:
        """Sets columns of some of them."""
        columns = _columns(way, values)
        sets = ", ".join(f"{name} = ?" for name in columns)
        self._execute(f"UPDATE {way} SET {sets} WHERE id {AMONG}", (*columns.values(), packed(ids)))

    def replace(self, way: str, kind: str, record: int, texts: Iterable[str]) -> None:
        """Makes these the addresses of a record, each once and in this order. What stays keeps its label and flags,
        unless the text bears its own; what comes in the place of another keeps its label. Of the same one twice the
        first stays, with what was known of either.
        """
        value = COLUMN[way]
        held = self._rows(way, f"{kind}_id = ? ORDER BY position, id", (record,))
        wanted = [text for text in dict.fromkeys(texts) if text.strip()]
        own: dict[str, list[dict[str, Any]]] = {}
        for row in held:
            own.setdefault(row[value], []).append(row)
        free = [row for row in held if row[value] not in wanted]
        again = [row for text in wanted for row in own.get(text, ())[1:]]
        for position, text in enumerate(wanted):
            kept = own[text][0] if text in own else free.pop(0) if free else None
            values: dict[str, Any] = {"position": position}
            values |= _known(own[text]) if text in own else {"value": text, **self.flags(way, {"value": text})}
            values |= {name: known for name, known in zip(("label", *FLAGS), known_of(text), strict=True) if known}
            if kept is None:
                self.add(way, kind, record, values)
            else:
                self.change(way, [kept["id"]], values)
        for row in (*free, *again):
            self.remove(way, row["id"])

    def remove(self, way: str, number: int) -> None:
        """Drops one of them."""
        self._execute(f"DELETE FROM {way} WHERE id = ?", (number,))

    def lead(self, way: str, kind: str, record: int, number: int) -> None:
        """Makes one the primary one of its record; the others follow in their order."""
        ids = [row[0] for row in self._execute(
            f"SELECT id FROM {way} WHERE {kind}_id = ? ORDER BY id <> ?, position, id", (record, number))]  # fmt: skip
        for position, each in enumerate(ids):
            self._execute(
                f"UPDATE {way} SET position = ? WHERE id = ? AND position <> ?", (position, each, position)
            )

    def same(self, way: str, point: ContactPoint) -> list[int]:
        """Every row that is the same address, on whichever record: by its text, its number as dialled, its place."""
        where, values = _alike(way, {"value": point.value, **point.parts})
        return [row[0] for row in self._execute(f"SELECT id FROM {way} WHERE {where}", values)]

    def flags(self, way: str, values: Mapping[str, Any]) -> dict[str, bool]:
        """What is known of an address from wherever it stands, so that a bad one is bad from the start."""
        where, found = _alike(way, values)
        most = ", ".join(f"max({flag})" for flag in FLAGS)
        # So it goes by the small index of bad addresses.
        row = self._execute(f"SELECT {most} FROM {way} WHERE ({' OR '.join(FLAGS)}) AND {where}", found)[0]
        return dict(zip(FLAGS, map(bool, row), strict=True))

    def spread(self, way: str, kind: str = "", span: tuple[int, int] = (0, 0)) -> None:
        """Gives addresses the flags that the same ones have elsewhere: those of a range of records, or all."""
        if not self._execute(f"SELECT 1 FROM {way} WHERE {' OR '.join(FLAGS)} LIMIT 1"):
            return
        same = _SAME[way]
        among, values = (f" AND {kind}_id BETWEEN ? AND ?", span) if kind else ("", ())
        for flag in FLAGS:
            bad = f"SELECT {same} FROM {way} WHERE {flag} AND {same} IS NOT NULL"
            self._execute(f"UPDATE {way} SET {flag} = 1 WHERE {flag} = 0 AND {same} IN ({bad}){among}", values)

    def _rows(self, way: str, where: str, values: tuple[Any, ...]) -> list[dict[str, Any]]:
        own = (COLUMN[way],) if way in COLUMN else PLACE
        names = ("id", "label", *FLAGS, *own, *(f"{kind}_id" for kind in OWNERS))
        rows = self._execute(f"SELECT {', '.join(names)} FROM {way} WHERE {where}", values)
        return [dict(zip(names, row, strict=True)) for row in rows]

    def _execute(self, sql: str, values: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        found: list[tuple[Any, ...]] = self._database.execute_sql(sql, values).fetchall()
        return found


def _point(way: str, row: Mapping[str, Any], *, primary: bool = False) -> ContactPoint:
    parts = {} if way in COLUMN else {name: row[name] for name in PLACE if row[name]}
    value = row[COLUMN[way]] if way in COLUMN else written(parts)
    return ContactPoint(
        way, row["id"], value, row["label"] or "", primary, bool(row["invalid"]), bool(row["opt_out"]), parts
    )


def _known(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What is known of an address that stands in several rows: the first label, and every flag that one of them has."""
    label = next((row["label"] for row in rows if row["label"]), None)
    return {"label": label, **{flag: any(row[flag] for row in rows) for flag in FLAGS}}


def _columns(way: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """What is said of an address as its columns hold it; a number also as it is dialled."""
    found: dict[str, Any] = {}
    for name, value in values.items():
        if name != "value":
            found[name] = int(value) if name in FLAGS else None if value == "" else value
            continue
        found[COLUMN[way]] = value
        if way == "phone":
            found["e164"] = dialled(str(value))
    return found


def _alike(way: str, values: Mapping[str, Any]) -> tuple[str, tuple[Any, ...]]:
    """SQL for the rows that are an address, and its values."""
    if way == "address":
        return " AND ".join(f"fold({part}) IS ?" for part in PLACE), tuple(_folded(values.get(p)) for p in PLACE)
    text = str(values["value"]).strip()
    if way == "email":
        return "lower(address) = ?", (text.lower(),)
    number = dialled(text)
    return ("e164 = ?", (number,)) if number else ("e164 IS NULL AND digits(number) = ?", (number_digits(text),))


def _folded(text: Any) -> str | None:
    return fold(str(text).strip()) or None if text else None
