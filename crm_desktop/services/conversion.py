"""Turning leads into people, companies and deals, and taking that back (semantics 4.2)."""

from collections.abc import Sequence
from contextlib import suppress
from itertools import chain
from typing import Any

from crm_desktop.domain.filter import Ref
from crm_desktop.domain.terms import LeadStatus, Lifecycle
from crm_desktop.errors import UserError
from crm_desktop.services.conversion_plan import (
    Choices,
    Clash,
    ConversionPlan,
    Converted,
    ConvertedLead,
    Take,
    Target,
    Unconverted,
)
from crm_desktop.services.conversion_targets import ADDRESS, LeadValues, Targets
from crm_desktop.services.converted import became
from crm_desktop.services.labels import Labels
from crm_desktop.services.lifecycle import Lifecycles
from crm_desktop.services.merge_words import spoken
from crm_desktop.services.progress import Progress, Steps
from crm_desktop.services.records import RecordService
from crm_desktop.services.statuses import Statuses
from crm_desktop.storage.joining import Joiner
from crm_desktop.storage.revert import standing
from crm_desktop.storage.store import Store
from crm_desktop.storage.unconvert import CONVERT, UNCONVERT, conversions, leads_of, take_back

_COPIED = {
    "person": ("email", "phone", "tag_link", "address"), "company": ("address",), "deal": ("tag_link",),
}  # fmt: skip
"""What comes along row by row, with labels and flags."""

_ROWS = frozenset({"email", "phone", "tags", *ADDRESS})


class _Looked(Exception):
    """Ends an action of which only what it would do was asked."""


class Conversion:
    """Converts leads. One conversion is one action, of as many leads as it may be; each can be taken back alone."""

    def __init__(self, store: Store, records: RecordService, labels: Labels) -> None:
        self._store = store
        self._records = records
        self._labels = labels
        self._joiner = Joiner(store)
        self._statuses = Statuses(store)
        self._lifecycles = Lifecycles(store)

    def plan(self, lead: int, choices: Choices | None = None) -> ConversionPlan:
        """What converting a lead would do, with the records that it may become a part of. Nothing is written.

        UserError where the lead cannot be converted, or a record that was chosen is not there.
        """
        return self._plan(Targets(self._store), self._open([lead])[0], choices or Choices())

    def convert(
        self, leads: Sequence[int], choices: Choices | None = None, progress: Progress | None = None
    ) -> Converted:
        """Converts leads as `plan` says. Leads of one e-mail address become one person, those of one company one.

        Those that are converted already are left out; UserError where none is left.
        """
        targets, wanted = Targets(self._store), choices or Choices()
        found, progress = self._open(leads), progress or Progress()
        status = self._statuses.first(LeadStatus.CONVERTED).id
        done = []
        with self._store.action(CONVERT, "lead", found[0].name if len(found) == 1 else "") as action:
            for number, lead in enumerate(found, start=1):
                done.append(self._convert(targets, lead, wanted, status))
                action.cut()
                progress.report(number, len(found))
        return Converted(action.change, tuple(done))

    def became(self, lead: int) -> list[tuple[str, Ref]]:
        """The person, company and deal that a lead was converted to, each with its kind; without those in the bin."""
        return became(self._store, lead)

    def unconvert(
        self, leads: Sequence[int], progress: Progress | None = None, *, dry_run: bool = False
    ) -> Unconverted:
        """Takes the conversion of leads back, also after later work, as one action.

        What the conversion made goes to the bin, unless somebody worked on it since: then it stays, with that work.
        Fields that were changed since stay as they are. A lead that came in as converted has a status to begin with.
        `dry_run` only says what would be. UserError where none of the leads is converted.
        """
        found = conversions(self._store, leads)
        types = self._store.lists.rows("lead", [each for each in leads if each not in found], ["status_type"])
        bare = [lead for lead, type_ in types if type_ == LeadStatus.CONVERTED]
        if not (found or bare):
            raise UserError("This lead is not converted.")
        names = [each.name for each in Targets(self._store).read([*found, *bare])]
        there = dict.fromkeys(chain.from_iterable(became(self._store, lead) for lead in found))
        name = names[0] if len(names) == 1 else ""
        with suppress(_Looked), self._store.action(UNCONVERT, "lead", name) as action:
            every = list(chain.from_iterable(found.values()))
            back = take_back(self._store, every, Steps(progress, len(every), action.checkpoint))
            action.reverts = back.reverts
            self._statuses.settle(list(found))
            # One that was not converted itself, but became one with another that was, has no status to go back to.
            converted = {each.id for each in self._statuses.all() if each.type is LeadStatus.CONVERTED}
            held = self._store.lists.whole("lead", [*found, *bare], ["status"])
            still = [lead for lead, status in held if status.id in converted]
            self._store.records.update("lead", still, {"status": self._statuses.first(LeadStatus.OPEN).id})
            gone = tuple(key for key in there if self._store.records.in_bin(key[0], [key[1].id]))
            if dry_run:
                raise _Looked
        told = (tuple(back.kept), tuple(back.later), tuple(back.conflicts))
        return Unconverted(action.change, (*found, *bare), gone, *told)

    def unconvert_action(self, action: int, lead: int | None = None, progress: Progress | None = None) -> Unconverted:
        """Takes a whole conversion back by the number of its action, or of many leads only that of one if asked."""
        entry = standing(self._store, action)
        if entry.verb != CONVERT:
            raise UserError(f"Action {action} is no conversion.")
        return self.unconvert([each for each in leads_of(self._store, entry) if lead in (None, each)], progress)

    def _open(self, leads: Sequence[int]) -> list[LeadValues]:
        """The leads that can be converted."""
        found = Targets(self._store).read(list(dict.fromkeys(leads)))
        if not found:
            raise UserError("There is no such lead.")
        done = conversions(self._store, [lead.id for lead in found])
        left = [lead for lead in found if lead.id not in done]
        if not left:
            name = f"“{found[0].name}” is" if len(found) == 1 else "These leads are"
            raise UserError(f"{name} converted already; take the conversion back to do it anew.")
        return left

    def _plan(self, targets: Targets, lead: LeadValues, choices: Choices) -> ConversionPlan:
        person = targets.person(lead, choices.person)
        company = targets.company(lead, choices.company, person)
        if person.take is Take.NONE and company.take is Take.NONE:
            raise UserError("A lead becomes at least a person or a company.")
        deal = targets.deal(lead, choices.deal, person, company)
        counts = self._joiner.children("lead", [lead.id])[lead.id]
        carried = {kind: counts.get(kind, 0) for kind in ("activity", "task")} | {"tag": len(lead.values["tags"])}
        return ConversionPlan(Ref(lead.id, lead.name), person, company, deal, carried)

    def _convert(self, targets: Targets, lead: LeadValues, choices: Choices, status: int) -> ConvertedLead:
        plan = self._plan(targets, lead, choices)
        company = self._write(plan.company, lead, {})
        person = self._write(plan.person, lead, {"company": company})
        links = {"person": person, "company": company, "lead": lead.id}
        deal = self._write(plan.deal, lead, links, dict(choices.values))
        became = {"person": person, "company": company, "deal": deal}
        there = {kind: record for kind, record in became.items() if record is not None}
        clashes = plan.clashes + self._other_company(plan, person, company)
        self._joiner.also(("lead", lead.id), there)
        self._close(lead, there, status)
        made = {f"{t.kind}_made": t.take is Take.NEW for t in (plan.person, plan.company, plan.deal)}
        today, now = self._store.clock.today(), self._store.clock.now()
        values = {"lead": lead.id, **became, **made, "converted_on": today, "created_at": now}
        self._store.records.insert("conversion", values)
        if clashes:
            self._keep(lead, there, clashes)
        targets.note(lead, person, company, deal)
        return ConvertedLead(lead.id, person, company, deal, clashes)

    def _write(
        self, target: Target, lead: LeadValues, links: dict[str, Any], more: dict[str, Any] | None = None
    ) -> int | None:
        """Makes or fills one of the three; answers its number."""
        if target.take is Take.NONE:
            return None
        links = {name: value for name, value in links.items() if value is not None}
        values = {name: value for name, value in target.values.items() if name not in _ROWS}
        if isinstance(target.take, int):
            record = target.take
            rows = self._store.lists.whole(target.kind, [record], list(links))
            now = dict(zip(links, rows[0][1:], strict=True))
            free = {name: value for name, value in links.items() if now[name] is None}
            self._store.records.update(target.kind, [record], values | free)
        else:
            record = self._records.insert(target.kind, values | links | (more or {}))
        alone = "email" in target.values and target.kind == "company"
        tables = _COPIED["person" if alone else target.kind]
        self._joiner.copy_values(("lead", lead.id), (target.kind, record), tables)
        return record

    def _other_company(self, plan: ConversionPlan, person: int | None, company: int | None) -> tuple[Clash, ...]:
        """A person who works elsewhere keeps that company, and has a role at this one beside it."""
        if person is None or company is None or plan.person.take is Take.NEW:
            return ()
        [(_, works_at)] = self._store.lists.whole("person", [person], ["company"])
        if works_at is None or works_at.id == company:
            return ()
        if not self._joiner.works_at(person, company):
            role = {"person": person, "company": company, "created_at": self._store.clock.now()}
            self._store.records.insert("employment", role)
        [(_, name)] = self._store.lists.whole("company", [company], ["name"])
        return (Clash("person", "company", works_at, Ref(company, name or "")),)

    def _close(self, lead: LeadValues, became: dict[str, int], status: int) -> None:
        if "deal" in became:
            self._lifecycles.advance([lead.id], Lifecycle.OPPORTUNITY)
        links = {kind: record for kind, record in became.items() if kind != "deal"}
        first = lead.values["converted_on"] or self._store.clock.today()
        self._store.records.update("lead", [lead.id], {"status": status, "converted_on": first, **links})

    def _keep(self, lead: LeadValues, became: dict[str, int], clashes: tuple[Clash, ...]) -> None:
        """What the lead had otherwise than its records, as a note on its timeline."""
        lines = [
            f"{self._labels.kind(clash.kind)}, {self._labels.field(clash.kind, clash.field)}:"
            f" “{spoken(self._labels, (clash.kind, clash.field), clash.offered, self._store.clock.day)}”"
            for clash in clashes
        ]
        self._store.records.insert("activity", {
            "type": "note", "subject": self._labels.text("not_taken_over"), "note": "\n".join(lines),
            "happened_on": self._store.clock.today(), "created_at": self._store.clock.now(), "lead": lead.id, **became,
        })  # fmt: skip
