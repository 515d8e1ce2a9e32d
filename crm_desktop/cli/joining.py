"""Commands that make leads customers and several records one, and take that back."""

import argparse
from collections.abc import Iterable
from typing import Any

from crm_desktop.cli.arguments import count, pairs, record
from crm_desktop.cli.output import changed
from crm_desktop.cli.session import Session
from crm_desktop.domain.terms import NEXT, Lifecycle
from crm_desktop.errors import UserError
from crm_desktop.services import Services
from crm_desktop.services.conversion_plan import Choice, Choices, Clash, Conflict, Later, Take, Target
from crm_desktop.services.merge_plan import MergePlan


def add(command: Any) -> None:
    """Adds the commands of this group."""
    made = command("qualify", _qualify, "take leads a step on: to MQL, then with a note to SQL")
    made.add_argument("leads", nargs="+", metavar="LEAD", help="a number, or lead:NUMBER")
    made.add_argument("--step", choices=[step.value for step in NEXT.values()], help="not the next step but this one")
    made.add_argument("--note", default="", help="why they are ready for a sales talk, where they have no note yet")
    made.add_argument("--dry-run", action="store_true", help="only say what would be")
    made = command("convert", _convert, "make leads a person, a company and a deal")
    made.add_argument("leads", nargs="+", metavar="LEAD", help="a number, or lead:NUMBER")
    for name in ("person", "company", "deal"):
        made.add_argument(f"--{name}", default="proposed", metavar="new|none|ID", help=f"what becomes of the {name}")
    made.add_argument("--set", nargs="+", default=[], metavar="FIELD=VALUE", help="values of the new deal")
    made.add_argument("--dry-run", action="store_true", help="only say what would be")
    made = command("unconvert", _unconvert, "make converted leads leads again; later work stays")
    made.add_argument("leads", nargs="+", metavar="LEAD")
    made.add_argument("--dry-run", action="store_true", help="only say what would be")
    made = command("merge", _merge, "make records one; the first one stays")
    made.add_argument("records", nargs="+", metavar="KIND:ID")
    made.add_argument("--keep", nargs="+", default=[], metavar="FIELD=ID", help="whose value of a field is kept")
    made.add_argument("--dry-run", action="store_true", help="only say what would be")
    made = command("unmerge", _unmerge, "take a merge apart; later work stays")
    made.add_argument("action", type=count, metavar="ACTION")
    made.add_argument("--record", metavar="KIND:ID", help="of a merge of many groups only that of this record")


def _qualify(session: Session, options: argparse.Namespace) -> dict[str, Any]:
    services = session.reader() if options.dry_run else session.writer()
    leads = [record(services, text, "lead")[1] for text in options.leads]
    step = Lifecycle(options.step) if options.step else None
    onward = services.leads.onward(leads, step)
    steps = {aim.value: list(chosen) for aim, chosen in onward.steps.items()}
    if options.dry_run:
        return {"steps": steps, "need_note": list(onward.bare), "ready": list(onward.ready)}
    return changed(services.leads.qualify(leads, step, options.note), steps=steps)


def _convert(session: Session, options: argparse.Namespace) -> dict[str, Any]:
    services = session.reader() if options.dry_run else session.writer()
    leads = [record(services, text, "lead")[1] for text in options.leads]
    chosen = {kind: _choice(services, kind, getattr(options, kind)) for kind in ("person", "company", "deal")}
    choices = Choices(chosen["person"], chosen["company"], chosen["deal"], pairs(options.set))
    if options.dry_run:
        plans = [services.conversion.plan(lead, choices) for lead in leads]
        return {"plans": [
            {"lead": plan.lead.id, "person": _target(plan.person), "company": _target(plan.company),
             "deal": _target(plan.deal), "carried": dict(plan.carried), "conflicts": _clashes(plan.clashes)}
            for plan in plans
        ]}  # fmt: skip
    done = services.conversion.convert(leads, choices)
    rows = [
        {"lead": each.lead, "person": each.person, "company": each.company, "deal": each.deal,
         "conflicts": _clashes(each.clashes)}
        for each in done.leads
    ]  # fmt: skip
    return changed(done.change, rows=rows)


def _unconvert(session: Session, options: argparse.Namespace) -> dict[str, Any]:
    services = session.reader() if options.dry_run else session.writer()
    leads = [record(services, text, "lead")[1] for text in options.leads]
    back = services.conversion.unconvert(leads, dry_run=options.dry_run)
    told = {
        "leads": list(back.leads),
        "gone": [{"record": f"{kind}:{each.id}", "name": each.name} for kind, each in back.gone],
        "kept": [{"record": f"{each.kind}:{each.id}", "name": each.name} for each in back.kept],
        "later": _later(back.later), "conflicts": _conflicts(back.conflicts),
    }  # fmt: skip
    return told if options.dry_run else changed(back.change, **told)


def _merge(session: Session, options: argparse.Namespace) -> dict[str, Any]:
    services = session.reader() if options.dry_run else session.writer()
    chosen = [record(services, text) for text in options.records]
    kind, survivor = chosen[0]
    if any(other != kind for other, _ in chosen):
        raise UserError("Only records of one kind can be merged.")
    keep = {name: record(services, text, kind)[1] for name, text in pairs(options.keep).items()}
    losers = [number for _, number in chosen[1:]]
    if options.dry_run:
        return _plan(services.merging.preview(kind, survivor, losers, keep))
    merged = services.merging.merge(kind, survivor, losers, keep)
    return changed(merged.change, kind=kind, id=survivor, merged=losers)


def _unmerge(session: Session, options: argparse.Namespace) -> dict[str, Any]:
    services = session.writer()
    about = record(services, options.record)[1] if options.record else None
    back = services.merging.unmerge(options.action, about)
    return changed(
        back.change, restored=list(back.restored), later=_later(back.later), conflicts=_conflicts(back.conflicts)
    )


def _choice(services: Services, kind: str, text: str) -> Choice:
    if text in list(Take):
        return Take(text)
    return record(services, text, kind)[1]


def _target(target: Target) -> dict[str, Any]:
    offers = [{"id": offer.record.id, "name": offer.record.name, "why": offer.why.value} for offer in target.offers]
    take = target.take.value if isinstance(target.take, Take) else target.take
    return {"take": take, "values": dict(target.values), "offers": offers}


def _plan(plan: MergePlan) -> dict[str, Any]:
    fields = [
        {"field": field.field, "values": list(field.values), "kept": field.value, "of": field.winner,
         "rule": field.rule.value}
        for field in plan.fields
    ]  # fmt: skip
    return {"kind": plan.kind, "records": [each.id for each in plan.records], "rows": fields,
            "children": dict(plan.children)}  # fmt: skip


def _clashes(clashes: Iterable[Clash]) -> list[dict[str, Any]]:
    return [{"kind": c.kind, "field": c.field, "kept": c.kept, "offered": c.offered} for c in clashes]


def _later(work: Iterable[Later]) -> list[dict[str, Any]]:
    return [{"record": f"{w.kind}:{w.id}", "name": w.name, "of": f"{w.of_kind}:{w.of_id}"} for w in work]


def _conflicts(conflicts: Iterable[Conflict]) -> list[dict[str, Any]]:
    return [{"record": f"{c.kind}:{c.id}", "field": c.field, "now": c.now, "wanted": c.wanted} for c in conflicts]
