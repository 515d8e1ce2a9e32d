"""How a file will be read: its kind, the field of each column, and what is left to ask."""

import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from crm_desktop.domain.catalogue import FieldType, Kind
from crm_desktop.domain.folding import key, words
from crm_desktop.errors import UserError
from crm_desktop.formats.csv_source import version
from crm_desktop.formats.dates import Order
from crm_desktop.formats.preset import Preset
from crm_desktop.formats.presets import presets_of, recognise
from crm_desktop.services.importing import headings, tickets
from crm_desktop.services.importing.matching import Matcher
from crm_desktop.services.importing.model import ColumnMatch, ImportDraft, ImportOptions, Why
from crm_desktop.services.importing.questions import asked
from crm_desktop.services.importing.sample import Sample, look
from crm_desktop.services.importing.targets import PLACES, Target, base_name, is_outcome, one, own_field, targets
from crm_desktop.services.labels import Labels
from crm_desktop.storage.store import Store

ORDER = (
    "pipeline", "stage", "tag", "product", "company", "person", "customer", "lead", "deal", "stage_log", "purchase",
    "activity", "task", "employment", "relation", "occasion", "contact_role",
)  # fmt: skip
"""Kinds in the order in which the files of one export are read: what others link to comes first."""

_TELLING = {
    "lead": {"status", "lifecycle", "source", "score", "value"},
    "company": {"domain", "employees", "industry", "founded", "parent", "revenue"},
    "person": {"first_name", "last_name", "birthday", "job_title", "role"},
    "customer": {"customer_since", "lost", "lost_on"},
    "deal": {"stage", "expected_close", "closed_on", "opened_on", "probability", "amount"},
    "product": {"price", "code", "series"},
    "purchase": {"bought_on", "quantity"},
    "activity": {"happened_on", "outcome", "type", "minutes"},
    "task": {"due_on", "title", "done_at"},
    "stage_log": {"entered_on", "deal_id"},
    "stage": {"category", "rot_days"},
}
"""Fields by which a kind is told from the others."""

_NAMING = {
    "lead": {"name", "first_name", "last_name", "company_name", "email", "phone"},
    "company": {"name", "domain"},
    "person": {"name", "first_name", "last_name", "email", "phone", "company"},
    "customer": {"name", "first_name", "last_name", "email", "phone", "company", "domain"},
    "deal": {"name", "company", "product", "person", "company_domain", "company_id", "person_email", "source_id"},
    "purchase": {"company", "person", "person_email", "person_id", "company_id", "company_domain"},
    "activity": {"subject", "note", "happened_on", "type"},
    "task": {"title", "note"},
    "stage_log": {"deal", "deal_id"},
    "employment": {"person", "person_id", "person_email"},
    "relation": {"person", "person_id", "company", "company_id"},
    "occasion": {"person", "person_id", "company", "company_id"},
    "contact_role": {"person", "person_id", "person_email"},
}
"""Of these fields a file must have one, else its rows are no records of that kind."""

EXACT_ID = "id"
"""The first column of an export that holds exact values; one made for spreadsheets begins with `ID`."""

_VAGUE = frozenset(
    "id nr no number key index row rownumber recordid externalid uid guid uuid reference identifier column1".split()
)
"""Names of columns that tell nothing of whose numbers are in them."""


@dataclass(frozen=True, slots=True)
class Drafting:
    """Makes drafts of files for one base. `order`: how dates in numbers are written here."""

    store: Store
    labels: Labels
    order: Order

    def drafts(self, paths: Sequence[Path], kind: str, options: ImportOptions) -> list[ImportDraft]:
        """A draft of each file, in the order in which they are to be read; UserError says what does not fit."""
        if not paths:
            raise UserError("No file was named. Name the files to import.")
        found = [self._draft(path, kind, options) for path in paths]
        columns = {column.column for draft in found for column in draft.columns}
        if unknown := sorted(options.meanings.keys() - columns):
            raise UserError(f"No file has a column “{unknown[0]}”.")
        return sorted(found, key=lambda draft: ORDER.index(draft.kind))

    def remember(self, draft: ImportDraft) -> None:
        """Keeps the matching for the next file with the same columns."""
        names = [column.column for column in draft.columns]
        # What has no field may have one by then.
        told = [column for column in draft.columns if column.why not in (Why.UNKNOWN, Why.OWN)]
        mapping = {column.column: "" if column.noted else column.field for column in told}
        self.store.set_meta(_memory(draft.kind, names), json.dumps(mapping))
        said = {column: dict(texts) for column, texts in draft.options.meanings.items()}
        self.store.set_meta(_memory(draft.kind, names, "meanings"), json.dumps(said))

    def _draft(self, path: Path, kind: str, options: ImportOptions) -> ImportDraft:
        seen, sample = version(path), look(path, options.dialect)
        doubt = tickets.refusal(path, sample.table.columns) if kind == "auto" else ""
        if doubt and not options.by_hand:
            raise UserError(doubt)
        wanted = self._tell(sample, options) if kind == "auto" else self._known(kind)
        known, ours = self._targets(wanted, sample)
        stored = self.store.meta(_memory(wanted, sample.table.columns, "meanings"))
        if stored and not options.meanings:
            options = replace(options, meanings=json.loads(stored))
        preset = _preset(wanted, sample, options)
        matcher = self._matched(wanted, sample, options, preset)
        columns = tuple(
            asked(c, known.get(c.field) or known[base_name(c.field)], options, self.order) if c.field else c
            for c in matcher.matches()
        )
        if ours:
            columns = tuple(
                replace(c, why=Why.OWN) if c.why is Why.UNKNOWN and own_field(c.column) else c for c in columns
            )
        draft = ImportDraft(
            path, wanted, preset.source if preset else None, columns, options, sample.table.dialect,
            _system(preset, columns), sample.estimate, ours, ours and sample.table.columns[0] == EXACT_ID, seen,
            doubt,
        )  # fmt: skip
        if not options.by_hand:
            self.check(draft)
        return draft

    def check(self, draft: ImportDraft) -> None:
        """Raises UserError while no column says what the rows are about."""
        given = {base_name(column.field) for column in draft.columns if column.field}
        if not _NAMING.get(draft.kind, {"name"}) & given:
            names = ", ".join(column.column for column in draft.columns[:8])
            raise UserError(
                f"No column of “{draft.path.name}” names {one(draft.kind)}; it has: {names}. Nothing was changed."
            )
        unsaid = [name for name in draft.options.key if name not in given]
        if unsaid:
            raise UserError(f"No column of “{draft.path.name}” goes to “{unsaid[0]}”, so it cannot be a key.")

    def _known(self, kind: str) -> str:
        name = self.store.catalogue.kind(kind).name
        if name not in ORDER:
            raise UserError(f"A {name} is worked out by the program and cannot be imported.")
        return name

    def _matched(self, kind: str, sample: Sample, options: ImportOptions, preset: Preset | None) -> Matcher:
        known, _ = self._targets(kind, sample)
        matcher = Matcher(kind, sample, known, self.labels)
        matcher.chosen(options.mapping)
        stored = self.store.meta(_memory(kind, sample.table.columns))
        matcher.remembered(json.loads(stored) if stored else {})
        own = self.store.catalogue.kind(kind)
        if _is_ours(own, known, sample.table.columns):
            matcher.computed(exported(own))
        else:
            matcher.shown(self._shown(kind, sample))
        if preset is not None:
            matcher.preset(preset)
        matcher.by_name()
        matcher.by_values()
        return matcher

    def _plural(self, kind: str) -> str:
        return self.store.catalogue.kind(kind).plural

    def _shown(self, kind: str, sample: Sample) -> dict[str, str | None]:
        """The targets by column where the file is a list of ours as shown, else none."""
        goals = targets(self.store.catalogue, kind)
        marked = sample.table.dialect.bom
        return headings.known(self.labels, self.store.catalogue.kind(kind), goals, sample.table.columns, marked=marked)

    def _targets(self, kind: str, sample: Sample) -> tuple[dict[str, Target], bool]:
        """The targets of a kind, and whether the file is a whole export of ours, with the ids of our records."""
        known = targets(self.store.catalogue, kind)
        columns = sample.table.columns
        ours = _is_ours(self.store.catalogue.kind(kind), known, columns)
        whole = ours and columns[0].lower() == "id" and ("source_id" in columns or "source_id" not in known)
        if whole and kind == "customer":
            known = {name: target for name, target in known.items() if name not in headings.WORKED_OUT}
        if not whole:
            known = {name: target for name, target in known.items() if name not in ("id", PLACES)}
            known = {name: target for name, target in known.items() if not is_outcome(kind, target, known)}
        return known, whole

    def _tell(self, sample: Sample, options: ImportOptions) -> str:
        """The kind of record that a file most likely holds."""
        own = [kind for kind in ORDER if self._targets(kind, sample)[1]]
        if "source_id" not in sample.table.columns:  # few columns, as others have too
            own = [kind for kind in own if sample.table.path.stem.lower() == self._plural(kind)]
        fitting = own or [kind for kind in ORDER if self._shown(kind, sample)]
        named = [kind for kind in fitting if sample.table.path.stem.lower() == self._plural(kind)]
        if own or named or len(fitting) == 1:
            return (named or fitting)[0]
        presets = recognise(sample.table.columns)
        if presets and not options.preset:
            return presets[0].kind
        scored = []
        for kind in _TELLING:
            matcher = self._matched(kind, sample, replace(options, mapping={}), None)
            scored.append((self._score(kind, matcher, sample.table.path), -ORDER.index(kind), kind))
        score, _, kind = max(scored)
        if score <= 0 and options.by_hand:
            return "lead"
        if score <= 0:
            raise UserError(
                f"It cannot be told what “{sample.table.path.name}” holds. Say which kind of record its rows are."
            )
        return kind

    def _score(self, kind: str, matcher: Matcher, path: Path) -> float:
        if not _NAMING.get(kind, {"name"}) & {base_name(name) for name in matcher.taken}:
            return 0
        matched = {base_name(name) for name, at in matcher.taken.items() if matcher.found[at][1] is not Why.VALUES}
        telling = matched & _TELLING[kind]
        hint = set(map(key, self.labels.kind_synonyms(kind))) & set(words(path.stem.replace("_", " ")))
        weight = 3 if kind == "customer" else 2  # customers are people or companies, whose fields they share
        return len(matched) + weight * len(telling) + (5 if hint else 0) if telling or hint else 0


def _preset(kind: str, sample: Sample, options: ImportOptions) -> Preset | None:
    offered = presets_of(options.preset) if options.preset else recognise(sample.table.columns)
    if options.preset and not offered:
        raise UserError(f"There is no preset “{options.preset}”.")
    alike = {"customer": ("person", "company"), "lead": ("lead", "person")}.get(kind, (kind,))
    return next((preset for wanted in alike for preset in offered if preset.kind == wanted), None)


def exported(kind: Kind) -> list[str]:
    """The columns that our exports have for the fields of a kind, beside those of further values."""
    amounts = [f"{field.name}_currency" for field in kind.fields.values() if field.type is FieldType.MONEY]
    links = [f"{field.name}_id" for field in kind.fields.values() if field.type is FieldType.LINK]
    return [*kind.fields, *amounts, *links]


def _is_ours(kind: Kind, known: dict[str, Target], columns: Sequence[str]) -> bool:
    names = {*exported(kind), *known, "id", "ID"}
    return all(column in names or base_name(column) in names or own_field(column) for column in columns)


def _memory(kind: str, columns: Sequence[str], what: str = "matching") -> str:
    return f"{what}:{kind}:{_mark(columns)}"


def _mark(columns: Sequence[str]) -> str:
    return f"{zlib.crc32('|'.join(sorted(map(key, columns))).encode()):08x}"


def _system(preset: Preset | None, columns: Sequence[ColumnMatch]) -> str:
    """Whose record numbers a file holds: the program's, else the column's name, else the file's columns."""
    if preset is not None:
        return preset.source
    header = next((column.column for column in columns if column.field == "source_id"), "")
    name = " ".join(words(header))
    return f"{name} {_mark([c.column for c in columns])}" if key(header) in _VAGUE else name
