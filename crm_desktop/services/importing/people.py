"""What makes rows whole records of their kind: names, owners of numbers, what new records get without being told."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from crm_desktop.domain.clock import Clock, local
from crm_desktop.domain.firms import is_firm
from crm_desktop.domain.terms import ActivityType, Lifecycle, RelationType, TaskType
from crm_desktop.services.importing.model import ColumnMatch, ImportDraft, Why
from crm_desktop.services.importing.shape import Block, Rows
from crm_desktop.services.labels import Labels

_PARTICLES = frozenset("van von de der den del della di da dos du la le ten ter zu zum zur bin ben al el".split())

_PARTS = ("first_name", "last_name")
_CALLED = ("name", "title", "subject", "company_name", "company")

GIVEN: Mapping[str, Mapping[str, Any]] = {
    "lead": {"lifecycle": Lifecycle.LEAD.value},
    "product": {"active": True},
    "activity": {"type": ActivityType.NOTE.value},
    "task": {"type": TaskType.TASK.value},
    "relation": {"type": RelationType.KNOWS.value},
}
"""What a new record of a kind has where the file says nothing."""


def complete(block: Block, draft: ImportDraft, kind: str, clock: Clock) -> None:
    """Makes the rows of a block records of a kind."""
    if kind in _FINISH:
        _FINISH[kind](block)
    for name, value in GIVEN.get(kind, {}).items():
        block.new[name] = [value] * len(block)
    if kind not in ("pipeline", "stage", "stage_log", "tag"):
        block.new["created_at"] = [clock.stamp()] * len(block)
        _origin(block, draft)
    if kind == "lead" and not draft.ours:
        _lead_since(block, clock.today())
    if draft.kind == "customer":
        marks = block.new if draft.ours else block.values
        marks["customer"] = [True] * len(block)


def _lead_since(block: Block, today: date) -> None:
    """A lead is one since it was made, by the file or here; since when it is more than that nobody said."""
    rows = zip(block.column("lifecycle"), block.column("created_at"), strict=True)
    block.new["lead_on"] = [
        (local(made).date() if made else today) if step in (None, Lifecycle.LEAD.value) else None for step, made in rows
    ]


_NEEDED: Mapping[str, Sequence[tuple[str, ...]]] = {
    "employment": (("person",), ("company",)),
    "relation": (("person", "company"), ("other_person", "other_company")),
    "occasion": (("person", "company"), ("day",)),
    "contact_role": (("deal",), ("person",), ("role",)),
}
"""Of each group of fields a record must have exactly one."""


def refuse_loose(block: Block, kind: str) -> None:
    """Leaves out rows whose records would hang in the air, once it is known which records they name."""
    for names in _NEEDED.get(kind, ()):
        for at, held in enumerate(zip(*(block.column(name) for name in names), strict=True)):
            if sum(value is not None for value in held) != 1:
                block.refuse(at, f"Needs a {' or a '.join(name.replace('_', ' ') for name in names)} that is here")


def _origin(block: Block, draft: ImportDraft) -> None:
    """Whose record numbers these are; a program that was recognised is named even where it gives none."""
    if "source_system" in block.values:
        return
    ids = block.values.get("source_id")
    if ids is not None:
        block.values["source_system"] = [draft.system if each else draft.preset for each in ids]
    elif draft.preset:
        block.new["source_system"] = [draft.preset] * len(block)


def _lead(block: Block) -> None:
    _named_person(block, block.column("company_name"))


def _person(block: Block) -> None:
    _named_person(block, [None] * len(block))


def _named_person(block: Block, company: Sequence[Any]) -> None:
    """First and last name from the whole name; whoever has none goes by company, e-mail or phone."""
    first, last = _own(block, "first_name"), _own(block, "last_name")
    whole = block.take("name")
    if whole is not None:
        for at, name in enumerate(whole):
            if name and not first[at] and not last[at] and name != company[at]:
                first[at], last[at] = split_name(name)
    emails, phones = block.column("email"), block.column("phone")
    for at, (one, other, firm) in enumerate(zip(first, last, company, strict=True)):
        if not (one or other or firm):
            reach = emails[at] or phones[at]
            if reach:
                last[at] = reach[0]
            else:
                block.refuse(at, "Needs a name, a company, an email address or a phone number")


def titles(block: Block, places: Iterable[int]) -> dict[int, str]:
    """What the records of rows (by place) are called."""
    columns = {name: block.values[name] for name in (*_PARTS, *_CALLED) if name in block.values}
    return {at: title({name: column[at] for name, column in columns.items()}) for at in places}


def title(values: Mapping[str, Any]) -> str:
    """What a record is called of which this is known."""
    person = " ".join(filter(None, map(values.get, _PARTS)))
    others = map(values.get, _CALLED)
    return person or next((each for each in others if each and isinstance(each, str)), "")


def split_name(name: str) -> tuple[str | None, str | None]:
    """First and last name of a full name: `Ada King`, `King, Ada`, `Ludwig van Beethoven`."""
    last, comma, first = name.partition(",")
    if comma and first.strip():
        return first.strip(), last.strip()
    parts = name.split()
    if len(parts) < 2:
        return None, name.strip()
    at = len(parts) - 1
    while at > 1 and parts[at - 1].lower() in _PARTICLES:
        at -= 1
    return " ".join(parts[:at]), " ".join(parts[at:])


def _company(block: Block) -> None:
    names, domains = _own(block, "name"), block.column("domain")
    for at, name in enumerate(names):
        if not name:
            names[at] = domains[at]
            if not names[at]:
                block.refuse(at, "Needs the name of the company")


def _product(block: Block) -> None:
    names, codes = _own(block, "name"), block.column("code")
    for at, name in enumerate(names):
        if not name:
            names[at] = codes[at]
            if not names[at]:
                block.refuse(at, "Needs the name of the product")


def _named(what: str) -> Callable[[Block], None]:
    def finish(block: Block) -> None:
        for at, name in enumerate(_own(block, "name")):
            if not name:
                block.refuse(at, f"Needs the name of the {what}")

    return finish


def _task(block: Block) -> None:
    titles, notes, types = _own(block, "title"), block.column("note"), block.column("type")
    for at, title in enumerate(titles):
        if not title:
            titles[at] = (notes[at] or "").partition("\n")[0] or types[at]
            if not titles[at]:
                block.refuse(at, "Needs a title")


def _activity(block: Block) -> None:
    """The day of what has a time; the rows of a list of activities are never empty."""
    instants = block.values.get("happened_at")
    if instants is not None:
        days = _own(block, "happened_on")
        for at, instant in enumerate(instants):
            if instant is not None and days[at] is None:
                days[at] = local(instant).date()  # as the times of a file are read


def _own(block: Block, name: str) -> list[Any]:
    """The values of a field, made if the file has none, to be written to."""
    return block.values.setdefault(name, [None] * len(block))


_FINISH: Mapping[str, Callable[[Block], None]] = {
    "lead": _lead,
    "person": _person,
    "company": _company,
    "product": _product,
    "activity": _activity,
    "task": _task,
    "pipeline": _named("pipeline"),
    "stage": _named("stage"),
    "tag": _named("tag"),
}


_OF_FIRMS = ("domain", "industry", "employees", "revenue", "founded", "parent")
_OF_PEOPLE = ("company", "salutation", "job_title", "role", "department", "birthday")


def company_test(draft: ImportDraft, labels: Labels) -> Callable[[Sequence[str]], bool]:
    """Tells rows that are companies from rows that are people, in a file that may hold both, by what each row holds."""
    at = {column.field: column.at for column in draft.columns if column.field}
    named, personal, firm = ([at[name] for name in names if name in at]
                             for names in (("first_name", "last_name"), _OF_PEOPLE, _OF_FIRMS))  # fmt: skip
    name, company = at.get("name"), at.get("company")
    if draft.kind == "customer":
        called = {"type", labels.field("customer", "type")}
        computed = (column for column in draft.columns if column.why is Why.COMPUTED)
        told = next((column.at for column in computed if column.column in called), None)
        if told is not None:
            types = {"company", labels.choice("customer", "type", "company")}
            return lambda cells: cells[told] in types

    def is_company(cells: Sequence[str]) -> bool:
        if any(cells[each].strip() for each in named):
            return False
        whole = cells[name].strip() if name is not None else ""
        if not whole:
            return company is not None and bool(cells[company].strip())
        if draft.kind == "person" or is_firm(whole):
            return draft.kind == "customer"
        works = any(cells[each].strip() not in ("", whole) for each in personal)
        return not works and any(cells[each].strip() for each in firm)

    return is_company


def columns_for(draft: ImportDraft, kind: str) -> Sequence[ColumnMatch]:
    """The columns as the fields of a kind, where a file holds companies and people."""
    if kind != "company" or draft.kind == "company" or draft.ours:
        return draft.columns
    if any(column.field == "name" for column in draft.columns):
        return [replace(c, field=None, why=Why.UNKNOWN) if c.field == "company" else c for c in draft.columns]
    return [replace(c, field="name") if c.field == "company" else c for c in draft.columns]


def as_companies(draft: ImportDraft, rows: Rows) -> Rows:
    """Rows that are companies; one that has its name in the column of the company has it in that of the name."""
    at = {column.field: column.at for column in draft.columns if column.field}
    name, company = at.get("name"), at.get("company")
    if draft.ours or name is None or company is None:
        return rows
    found = []
    for number, cells in rows:
        if not cells[name].strip():
            moved = {name: cells[company], company: ""}
            cells = [moved.get(place, text) for place, text in enumerate(cells)]
        found.append((number, cells))
    return found
