"""One pass over the files: every row is read, judged, and handed to a writer, block by block."""

import contextlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from crm_desktop.formats.csv_reader import CsvTable
from crm_desktop.formats.value_types import ValueType
from crm_desktop.services.fields import Fields, Holds
from crm_desktop.services.importing import people, shape
from crm_desktop.services.importing.deals import KnownStages, StageLog, complete_deals
from crm_desktop.services.importing.identity import Identity
from crm_desktop.services.importing.linking import Linking
from crm_desktop.services.importing.links import Links
from crm_desktop.services.importing.meanings import edited
from crm_desktop.services.importing.merging import Merger
from crm_desktop.services.importing.model import ColumnMatch, ImportDraft, OnMatch, Unmapped, Why
from crm_desktop.services.importing.outcome import Counts, Outcome
from crm_desktop.services.importing.own_links import OwnLinks
from crm_desktop.services.importing.parents import Parents
from crm_desktop.services.importing.refusals import Refusals
from crm_desktop.services.importing.shape import Block, Context, Shaper
from crm_desktop.services.importing.targets import PLACES, holds_ids, own_field, targets
from crm_desktop.services.importing.telling import Teller
from crm_desktop.services.importing.writer import CHUNK, Writer
from crm_desktop.services.labels import Labels
from crm_desktop.services.progress import Progress
from crm_desktop.services.values import Spelling
from crm_desktop.storage.store import Store

_SETTINGS = frozenset({"pipeline", "stage", "tag"})
"""Kinds that are known by their names alone."""
_DATED = frozenset({"stage", "opened_on", "closed_on"})
_OWN_TYPES = {
    ValueType.BOOLEAN: "yes_no", ValueType.INTEGER: "integer", ValueType.DECIMAL: "number", ValueType.MONEY: "money",
    ValueType.DATE: "date", ValueType.DATETIME: "instant", ValueType.EMAIL: "email", ValueType.PHONE: "phone",
    ValueType.URL: "url",
}  # fmt: skip


def context_of(store: Store, labels: Labels, spelling: Spelling) -> Context:
    """What values are read by in a base."""
    return Context(store.catalogue, labels, spelling.currency, store.clock.today().year, spelling.order)


@dataclass(slots=True)
class Run:
    """What all files of one import share."""

    store: Store
    labels: Labels
    spelling: Spelling
    writer: Writer
    refusals: Refusals | None
    """Takes the rows left out; a plan keeps none."""
    progress: Progress
    outcome: Outcome = field(default_factory=Outcome)
    own_fields: Fields | None = None
    """Makes the fields that columns become; a plan makes none."""
    own_links: OwnLinks = field(init=False)

    def files(self, drafts: Sequence[ImportDraft]) -> None:
        """Reads every file."""
        links = Links(self.store, self.writer, self.outcome, self.labels.codes("lead", "status_type"))
        self.own_links = OwnLinks(self.store, links)
        stages = KnownStages(self.store, self.labels)
        drafts = [_once(self._with_own_fields(draft)) for draft in drafts]
        for draft in drafts:
            links.open(self._linked(draft))
        total, done = sum(draft.rows for draft in drafts), 0
        logged = any(draft.kind == "stage_log" for draft in drafts)
        for at, draft in enumerate(drafts):
            kinds = {later.kind for later in drafts[at:]}
            self.own_links.coming = kinds | {"person", "company"} if "customer" in kinds else kinds
            for question in draft.questions:
                self.outcome.ask(question)
            links.begin(draft)
            one = File(self, draft, links, stages, logged)
            for count in one.read():
                done += count
                self.progress.report(min(done, total), total)
                self.writer.pause()
        for problem, number, text in self.own_links.write(self.writer):
            self.outcome.problem(problem, number, text)

    def _linked(self, draft: ImportDraft) -> set[str]:
        """The kinds that a file links to."""
        known = targets(self.store.catalogue, draft.kind)
        found = set()
        for column in draft.columns:
            target = known.get(column.field or "")
            link = known.get(target.link) if target and target.link else target
            if link is not None and link.field is not None and link.field.target:
                found.add(link.field.target)
        return found - {"pipeline", "stage"} if draft.kind == "deal" else found

    def _with_own_fields(self, draft: ImportDraft) -> ImportDraft:
        """The draft with a field of the user's own for each column that is to become one."""
        kind = "person" if draft.kind == "customer" else draft.kind
        columns: list[ColumnMatch] = []
        made: dict[str, str] = {}
        for column in draft.columns:
            described = own_field(column.column) if column.why is Why.OWN else None
            wanted = described or (column.why is Why.UNKNOWN and draft.options.unmapped is Unmapped.CUSTOM)
            if not wanted or self.own_fields is None:
                columns.append(column)
                continue
            label, holds = described or (column.column, Holds(_OWN_TYPES.get(column.guess.type, "text")))
            if holds_ids(column.column):
                name = f"{made.get(label)}_id"
            else:
                name = made[label] = self.own_fields.define(self.own_fields.definition(kind, label, holds))
            columns.append(replace(column, field=name))
        return replace(draft, columns=tuple(columns))


def _once(draft: ImportDraft) -> ImportDraft:
    """The draft; of settings none is added beside one of its name, whatever is done with other matches."""
    options = draft.options
    if draft.kind not in _SETTINGS or OnMatch.ADD not in (options.on_match, *options.rows.values()):
        return draft
    rows = {row: how for row, how in options.rows.items() if how != OnMatch.ADD}
    how = OnMatch.FILL if options.on_match == OnMatch.ADD else options.on_match
    return replace(draft, options=replace(options, on_match=how, rows=rows))


class File:
    """Reads one file. A file of people or customers may hold companies too; each row goes its way."""

    def __init__(self, run: Run, draft: ImportDraft, links: Links, stages: KnownStages, logged: bool) -> None:
        self._run = run
        self._draft = draft
        self._links = links
        self._stages = stages
        self._log = None if logged or draft.kind != "deal" else StageLog(stages)
        self._parents = Parents(run.store, links, run.outcome, draft.options)
        self._own_links = run.own_links
        self._linking = Linking(run.store, links, ours=draft.ours)
        self._teller = Teller(run.store, draft.path.name, run.outcome, run.refusals)
        context = context_of(run.store, run.labels, run.spelling)
        self._ways: dict[str, tuple[Shaper, Identity, Merger]] = {}
        for kind in ("person", "company") if draft.kind in ("person", "customer") else (draft.kind,):
            shaper = Shaper(draft, kind, people.columns_for(draft, kind), context)
            fields = [*shaper.fields, "note"] if shaper.noting else list(shaper.fields)
            merger = Merger(run.store, kind, draft)
            self._ways[kind] = shaper, Identity(run.store, draft, kind, fields), merger

    def read(self) -> Iterator[int]:
        """Reads the file; yields how many rows each block had."""
        table = CsvTable(self._draft.path, self._draft.dialect)
        rows = edited(self._draft, table.rows())
        mixed = people.company_test(self._draft, self._run.labels) if len(self._ways) > 1 else None
        while batch := list(islice(rows, CHUNK)):
            if mixed is None:
                self._block(self._draft.kind, batch)
            else:
                firms, persons = shape.split_rows(batch, mixed)
                for kind, some in (("company", people.as_companies(self._draft, firms)), ("person", persons)):
                    if some:
                        self._block(kind, some)
            yield len(batch)
        self._parents.link(self._run.writer)

    def _block(self, kind: str, rows: shape.Rows) -> None:
        shaper, identity, merger = self._ways[kind]
        block = shaper.block(rows)
        since = block.take("stage_since")
        numbers, places_said = block.take("id"), block.take(PLACES)
        people.complete(block, self._draft, kind, self._run.store.clock)
        texts = dict(block.values)
        if kind == "deal":
            complete_deals(block, self._stages)
        parents = self._links.wanted(block, "parent", "company") if kind == "company" else None
        own_links = self._own_links.take(kind, block)
        self._linking.resolve(kind, block)
        people.refuse_loose(block, kind)
        shape.add_rest(block)
        identity.number_lines(block)
        primary = identity.primary(block)
        repeated = identity.repeated(primary if numbers is None else numbers, block)
        counts = Counts(duplicate=len(repeated), refused=len(block.faults))
        self._teller.report(kind, block, rows, repeated)
        places = [at for at in range(len(block)) if at not in repeated and at not in block.faults]
        known = self._known(kind, block, primary, places, numbers)
        if known:
            if parents is not None:
                block.values["parent"] = self._parents.of_known(parents, known, block)
            self._own_links.of_known(own_links, known, block)
            matched = merger.merge(block, known, self._run.writer)
            counts.add(matched.counts)
            self._teller.duplicates(kind, block, matched.again)
            if parents is not None:
                handled = {at: known[at] for at in matched.changed}
                self._parents.keep(parents, handled, block, matched.changed)
            self._teller.matches(kind, matched.met, block, texts)
            self._move(block, matched.moved, since)
            places = [at for at in places if at not in matched.handled]
            block.values.pop("parent", None)
        counts.new += len(places)
        ids = self._insert(kind, block, places, since)
        self._write_log()
        records = dict(zip(places, ids, strict=True))
        options = self._draft.options
        written = {at: known[at] for at in known if options.how(block.numbers[at]) is not OnMatch.SKIP} | records
        self._place(kind, places_said, written)
        self._own_links.keep(kind, own_links, block, written, options)
        if numbers is not None:
            self._links.note_ours(kind, numbers, [records.get(at, known.get(at)) for at in range(len(block))])
        if parents is not None:
            self._parents.keep(parents, records, block)
        self._run.outcome.kind(kind).add(counts)
        self._run.outcome.rows.add(counts)

    def _place(self, kind: str, said: Sequence[str | None] | None, records: Mapping[int, int]) -> None:
        """Gives records the postal addresses of an export of ours."""
        for at, record in records.items() if said is not None else ():
            with contextlib.suppress(json.JSONDecodeError):  # somebody wrote into the column
                found = json.loads(said[at] or "[]")  # type: ignore[index]
                self._run.writer.place(kind, record, [each for each in found if isinstance(each, dict)])

    def _known(
        self, kind: str, block: Block, primary: Sequence[int], places: Sequence[int], numbers: Sequence[Any] | None
    ) -> dict[int, int]:
        """For each place of a row that is already there: its record."""
        _, identity, _ = self._ways[kind]
        options = self._draft.options
        if not identity.possible:
            return {}
        own, renamed = self._own_records(kind, block, numbers) if numbers is not None else ({}, ())
        found = {}
        for at in places:
            if options.how(block.numbers[at]) is OnMatch.ADD:
                identity.yield_number(block, at, primary[at])
                continue
            record = own.get(at)
            if record is None or at in renamed:
                record = identity.record(block.values, at, primary[at]) or record
            if record is not None:
                found[at] = record
        return found

    def _own_records(self, kind: str, block: Block, numbers: Sequence[Any]) -> tuple[dict[int, int], set[int]]:
        """Rows of an export of this very base: the id is that of a record added at the same instant.

        Those whose record goes by another name are told, too: records of one import have one instant, and an export of
        another base may give their ids to others.
        """
        proof = next((name for name in ("created_at", "name") if name in block.values), None)
        if proof is None:
            return {}, set()
        named = [name for name in ("name",) if name in self._run.store.catalogue.kind(kind).fields]
        wanted = [n for n in dict.fromkeys(numbers) if n is not None]
        there = {row[0]: row[1:] for row in self._run.store.lists.rows(kind, wanted, [proof, *named])}
        said = block.values[proof]
        own = {at: n for at, n in enumerate(numbers) if n in there and there[n][0] == said[at]}
        return own, {at for at, title in people.titles(block, own).items() if there[own[at]][1:] not in ((), (title,))}

    def _insert(self, kind: str, block: Block, places: Sequence[int], since: Sequence[Any] | None) -> Sequence[int]:
        """Writes the rows that are new."""
        if not places:
            return ()
        known = self._run.store.catalogue.kind(kind).fields
        columns = {name: block.values.get(name) for name in (*block.values, *block.new) if name in known}
        whole = len(places) == len(block)
        values: dict[str, Sequence[Any]] = {}
        for name, column in columns.items():
            usual = block.new.get(name)
            if column is None:
                column = usual or []
            elif usual is not None and None in column:
                column = [other if value is None else value for value, other in zip(column, usual, strict=True)]
            values[name] = column if whole else [column[at] for at in places]
        ids = self._run.writer.insert(kind, values, len(places))
        self._links.note(kind, block, places, ids)
        self._enter_stages(kind, values, ids, since, places)
        self._teller.sample(kind, values)
        return ids

    def _enter_stages(
        self,
        kind: str,
        values: Mapping[str, Sequence[Any]],
        ids: Sequence[int],
        since: Sequence[Any] | None,
        places: Sequence[int],
    ) -> None:
        if kind == "stage" or kind == "pipeline":
            self._stages.note(kind, values, ids)
        if self._log is None or kind != "deal":
            return
        for n, record in enumerate(ids):
            own = {name: column[n] for name, column in values.items() if name in _DATED}
            self._log.note(record, own, since[places[n]] if since is not None else None)

    def _write_log(self) -> None:
        entries = self._log.taken() if self._log is not None else []
        if entries:
            columns = dict(zip(("deal", "stage", "entered_on"), zip(*entries, strict=True), strict=True))
            self._run.writer.insert("stage_log", columns, len(entries))

    def _move(self, block: Block, moved: Mapping[int, int], since: Sequence[Any] | None) -> None:
        """The entries into the stages that deals came to since they were imported."""
        if self._log is not None:
            closed = block.column("closed_on")
            for at, record in moved.items():
                self._log.move(record, block.values["stage"][at], closed[at] or (since[at] if since else None))
