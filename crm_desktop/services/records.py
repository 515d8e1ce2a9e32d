"""Records of any kind: add, set, delete, restore, show; each write one named action."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from crm_desktop.domain.catalogue import Field, FieldType, Kind
from crm_desktop.domain.change import Added, Change
from crm_desktop.domain.filter import Filter, Ref, Words
from crm_desktop.domain.folding import fold, key
from crm_desktop.errors import UserError
from crm_desktop.services import ties
from crm_desktop.services.consequences import Consequences, Wrote, batches
from crm_desktop.services.converted import refuse_converted
from crm_desktop.services.employments import Employments
from crm_desktop.services.labels import Labels
from crm_desktop.services.progress import Progress, Steps
from crm_desktop.services.stages import Stages
from crm_desktop.services.statuses import Statuses
from crm_desktop.services.values import Values, short_name
from crm_desktop.services.views import follow_name
from crm_desktop.storage import names
from crm_desktop.storage.bin import bring_along, take_along
from crm_desktop.storage.store import Action, Store

if TYPE_CHECKING:
    from crm_desktop.services.history import Then

_ASKED_BY_NAME = ("lead_status", "stage", "pipeline")
"""Kinds that filters name in words, which views then follow to another name."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record with all its values."""

    kind: str
    id: int
    title: str
    values: Mapping[str, Any]
    deleted: bool


class RecordService:
    """Reads and writes single records and selections of them."""

    def __init__(self, store: Store, values: Values, labels: Labels) -> None:
        self._store = store
        self._values = values
        self._labels = labels
        self._stages = Stages(store)
        self._statuses = Statuses(store)
        self._employments = Employments(store)
        self._consequences = Consequences(store, labels)

    def parse(self, kind: str, field: str, text: str) -> Any:
        """The value a text means in a field; UserError with the sentence for the cell."""
        value = self._parse(kind, self._editable(kind, field), text)
        self._check(self._store.catalogue.kind(kind), {field: value})
        return value

    def add(self, kind: str, values: Mapping[str, Any], new: Mapping[str, str] | None = None) -> Added:
        """A new record. Text is read by the type of its field; what is needed and not given is a UserError.

        `new` has by field the names of records that it links to and that are not there yet: they come in with it.
        """
        known = self._kind(kind)
        with self._store.action("add", known.name) as action:
            links = {field: self.insert(str(known.fields[field].target), {"name": name})
                     for field, name in (new or {}).items()}  # fmt: skip
            record, action.subject = self._insert(known, {**values, **links})
        return Added(record, action.change)

    def add_all(self, kind: str, many: Sequence[Mapping[str, Any]]) -> Added:
        """New records of a kind as one action; answers the number of the first."""
        with self._store.action("add", self._kind(kind).name) as action:
            made = self.insert_all(action, kind, many)
        return Added(made[0], action.change)

    def insert_all(
        self, action: Action, kind: str, many: Sequence[Mapping[str, Any]], progress: Progress | None = None
    ) -> list[int]:
        """New records inside an open action, which is about the one where there is one alone; answers their numbers."""
        known, made = self._kind(kind), list[tuple[int, str]]()
        for values in many:
            if progress is not None:
                progress.report(len(made), len(many))
            made.append(self._insert(known, values))
        action.subject = made[0][1] if len(made) == 1 else ""
        return [record for record, _ in made]

    def insert(self, kind: str, values: Mapping[str, Any]) -> int:
        """A new record inside an open action, with all that one has without being told; answers its number."""
        return self._insert(self._kind(kind), values)[0]

    def _insert(self, known: Kind, values: Mapping[str, Any]) -> tuple[int, str]:
        read = self._consequences.complete(known, self._read(known, values))
        ties.check(self._store, known.name, (), read)
        held = names.borne(self._store, [known.name])
        record = self._store.records.insert(known.name, read)
        names.refuse_doubles(self._store, held)
        name = self._name(known, [record])
        if not name and _told(known) and known.name != "purchase":
            raise UserError(f"A {known.name} needs a name.")
        self._consequences.begin(known.name, record, read)
        return record, name

    def set(self, kind: str, ids: Sequence[int], values: Mapping[str, Any], progress: Progress | None = None) -> Change:
        """Sets the same values on records, as one action; those in the bin are left as they are.

        This and whatever else is done with many records tells its progress; once Cancelled nothing is changed.
        """
        known = self._kind(kind)
        read = self._read(known, values)
        with self._store.action("set", known.name) as action:
            living, action.subject = self._present(known, ids)
            self._set(action, living, read, progress)
        return action.change

    def _set(self, action: Action, living: Sequence[int], read: dict[str, Any], progress: Progress | None) -> None:
        if action.kind in _ASKED_BY_NAME and len(living) == 1 and read.get("name"):
            follow_name(self._store, action.number, action.kind, living[0], read["name"])
        held = names.borne(self._store, [action.kind])
        self.update(action.kind, living, read, Steps(progress, len(living), action.checkpoint))
        names.refuse_doubles(self._store, held)

    def put_back(self, kind: str, record: int, was: "Then", fields: Sequence[str]) -> Change:
        """Gives a record again what it held in these fields, as one action; the roles of a person go back as well."""
        known = self._kind(kind)
        read = self._read(known, was.given(fields))
        with self._store.action("set", known.name) as action:
            living, action.subject = self._present(known, [record])
            if known.name == "person" and "company" in read:
                self._employments.put_back(was.roles)
                self._store.records.update("person", living, {"company": read.pop("company")})
            self._set(action, living, read, None)
        return action.change

    def read(self, kind: str, values: Mapping[str, Any]) -> dict[str, Any]:
        """Values by field as they are kept; text is read by the type of its field, a whole name taken apart."""
        return self._read(self._kind(kind), values)

    def update(self, kind: str, ids: Sequence[int], read: Mapping[str, Any], wrote: Wrote) -> None:
        """Sets values that were read on records, inside an open action and with all that `set` brings with it.

        After each batch `wrote` hears how many records it had.
        """
        refuse_converted(self._store, kind, ids)
        ties.check(self._store, kind, ids, read)
        self._consequences.update(kind, ids, dict(read), wrote)

    def tag(self, kind: str, ids: Sequence[int], name: str, progress: Progress | None = None) -> Change:
        """Adds a tag to those of the records that do not bear it yet."""
        return self._retag("tag", kind, ids, name, progress)

    def untag(self, kind: str, ids: Sequence[int], name: str, progress: Progress | None = None) -> Change:
        """Takes a tag off those of the records that bear it, whatever its case and accents."""
        return self._retag("untag", kind, ids, name, progress)

    def _retag(self, verb: str, kind: str, ids: Sequence[int], name: str, progress: Progress | None) -> Change:
        known = self._kind(kind)
        if not name.strip():
            raise UserError("A tag needs a name.")
        if "tags" not in known.fields:
            raise UserError(f"A {known.name} has no tags.")
        living, subject = self._present(known, ids)
        refuse_converted(self._store, known.name, living)
        with self._store.action(verb, known.name, subject) as action:
            wrote = Steps(progress, len(living), action.checkpoint)
            for tags, chosen in self._alike(known, living, "tags").items():
                new = tags_with(tags, name) if verb == "tag" else tags_without(tags, name)
                for batch in batches(chosen):
                    if new != tags:
                        self._store.records.update(known.name, batch, {"tags": new})
                    wrote(len(batch))
        return action.change

    def shift(self, kind: str, ids: Sequence[int], field: str, days: int, progress: Progress | None = None) -> Change:
        """Moves a date of records by days, earlier where they are negative; records without the date keep none."""
        known = self._kind(kind)
        if self._editable(known.name, field).type is not FieldType.DATE:
            raise UserError(f"“{field}” is no date.")
        living, subject = self._present(known, ids)
        with self._store.action("shift", known.name, subject) as action:
            dated = {day: chosen for day, chosen in self._alike(known, living, field).items() if day is not None}
            wrote = Steps(progress, sum(map(len, dated.values())), action.checkpoint)
            for day, chosen in dated.items():
                self.update(known.name, chosen, {field: moved(day, days)}, wrote)
        return action.change

    def _alike(self, kind: Kind, ids: Sequence[int], field: str) -> dict[Any, list[int]]:
        """Records by the value that they have in a field."""
        groups: dict[Any, list[int]] = {}
        for record, value in self._store.lists.rows(kind.name, ids, [field]):
            groups.setdefault(value, []).append(record)
        return groups

    def delete(self, kind: str, ids: Sequence[int], progress: Progress | None = None) -> Change:
        """Puts records in the bin, with the activities and tasks that concern nothing else.

        UserError for a stage or pipeline that deals are in, and for the last status of a type.
        """
        known = self._kind(kind)
        living, name = self._present(known, ids)
        if known.name == "lead_status":
            return self._statuses.delete(*living)
        if known.name in ("stage", "pipeline"):
            self._stages.check_left(known.name, living)
        with self._store.action("delete", known.name, name) as action:
            stamp, wrote = self._store.clock.stamp(), Steps(progress, len(living), action.checkpoint)
            roles = living if known.name == "employment" else ()
            lasting = self._employments.lasting(roles)
            for batch in batches(living):
                self._store.records.delete(known.name, batch, stamp)
                wrote(len(batch))
            self._employments.tell(roles, {}, lasting)
            action.along = take_along(self._store, known.name, living, stamp)
        return action.change

    def restore(self, kind: str, ids: Sequence[int]) -> Change:
        """Takes records out of the bin, with the work that went along; UserError where none is in it."""
        known = self._kind(kind)
        gone = self._store.records.in_bin(known.name, ids)
        if len(ids) and not gone:
            raise UserError(f"This {known.name} is not in the bin.")
        with self._store.action("restore", known.name, self._name(known, gone)) as action:
            held = names.borne(self._store, [known.name])
            action.along = bring_along(self._store, known.name, gone)
            self._store.records.restore(known.name, gone)
            names.refuse_doubles(self._store, held)
            if known.name == "employment":
                self._employments.tell(gone, {})
        return action.change

    def show(self, kind: str, record: int) -> Record:
        """A record with all its values, also one in the bin; UserError if there is none."""
        known = self._store.catalogue.kind(kind)
        rows = self._store.lists.whole(known.name, [record], list(known.fields))
        if not rows:
            raise UserError(f"There is no {known.name} with the number {record}.")
        values = dict(zip(known.fields, rows[0][1:], strict=True))
        deleted = known.writable and bool(self._store.records.in_bin(known.name, [record]))
        return Record(known.name, record, str(values.get("name") or ""), values, deleted)

    def links(self, kind: str, text: str, limit: int = 20) -> list[Ref]:
        """Records to choose from for a link, by the words of their names."""
        wanted = Filter(kind, Words(text)) if text.strip() else Filter(kind)
        ids = self._store.lists.ids(wanted, None, limit)
        return [Ref(row[0], str(row[1] or "")) for row in self._store.lists.rows(kind, ids, ["name"])]

    def _kind(self, name: str) -> Kind:
        known = self._store.catalogue.kind(name)
        if not known.writable:
            raise UserError(f"A {known.name} is a company or a person; change that record instead.")
        return known

    def _editable(self, kind: str, name: str) -> Field:
        field = self._store.catalogue.field(kind, name)
        if not field.editable:
            raise UserError(f"“{name}” is worked out by the program and cannot be set.")
        return field

    def _read(self, kind: Kind, values: Mapping[str, Any]) -> dict[str, Any]:
        read: dict[str, Any] = {}
        for name, value in values.items():
            if name == "name" and kind.name in ("lead", "person") and isinstance(value, str):
                first, _, last = value.strip().rpartition(" ")
                read |= {"first_name": first or None, "last_name": last or None}
                continue
            if name == "name" and kind.name in names.KINDS:
                value = short_name(str(value or ""), names.noun(kind.name))
            field = self._editable(kind.name, name)
            read[name] = self._parse(kind.name, field, value) if isinstance(value, str) else value
        self._check(kind, read)
        return read

    def _parse(self, kind: str, field: Field, text: str) -> Any:
        """The value of a text, which may be what a code is called."""
        code = None if field.multi else self._labels.codes(kind, field.name).get(key(text))
        return self._values.parse(field, code or text, partial(self._labels.choice, kind, field.name))

    def _check(self, kind: Kind, read: Mapping[str, Any]) -> None:
        for name, value in read.items():
            field = kind.fields[name]
            if field.required and value in (None, ""):
                raise UserError("This cannot be empty.")
            if field.most is not None and isinstance(value, int) and not 0 <= value <= field.most:
                raise UserError(f"Needs a number from 0 to {field.most}.")

    def _present(self, kind: Kind, ids: Sequence[int]) -> tuple[list[int], str]:
        """Those of the records that are there, with the name where only one is asked for; UserError where none is."""
        ids = list(dict.fromkeys(ids))
        living = [row[0] for row in self._store.lists.rows(kind.name, ids, [])]
        if ids and not living:
            raise UserError(f"There is no {kind.name} with the number {ids[0]}.")
        return living, self._name(kind, ids)

    def _name(self, kind: Kind, ids: Sequence[int]) -> str:
        """The name of the one record, in the bin or not; nothing where there are several. A role is somebody's."""
        if len(ids) != 1 or not _told(kind):
            return ""
        by = ["person", "name"] if kind.name == "employment" else ["name"]
        told = [str(each) for _, *row in self._store.lists.whole(kind.name, ids, by) for each in row if each]
        return self._labels.title(kind.name, ", ".join(told))


def _told(kind: Kind) -> bool:
    """Whether records of a kind have a name to tell them by: a relation has a code, a part in a deal its person's."""
    return "name" in kind.fields and kind.name not in ("relation", "contact_role")


def moved(day: date, days: int) -> date:
    """A day so many days later; UserError where the calendar does not reach so far."""
    try:
        return day + timedelta(days=days)
    except OverflowError as error:
        raise UserError(f"{days:,} days from {day} no calendar reaches.") from error


def tags_with(tags: Sequence[str], name: str) -> tuple[str, ...]:
    """Tags and one more, unless it is there already."""
    return tuple(tags) if any(fold(tag) == fold(name.strip()) for tag in tags) else (*tags, name.strip())


def tags_without(tags: Sequence[str], name: str) -> tuple[str, ...]:
    """Tags but this one."""
    return tuple(tag for tag in tags if fold(tag) != fold(name.strip()))
