"""Commands over what belongs to companies and people: addresses, roles at companies, groups."""

import argparse
from typing import Any

from crm_desktop.cli.arguments import day, pairs, record
from crm_desktop.cli.output import changed
from crm_desktop.cli.session import Session
from crm_desktop.domain.contact import CONTACTS, PLACE
from crm_desktop.errors import UserError
from crm_desktop.services import Services

_YES = ("yes", "no")


def add(command: Any) -> None:
    """Adds the commands of this group."""
    made = command("contact", _contact, "an address of a lead, company or person: added, changed, marked or removed")
    made.add_argument("record", metavar="KIND:ID", help="the record it is added to, or the address as `show` names it")
    made.add_argument("value", nargs="*", metavar="VALUE", help="email TEXT, phone TEXT, or address FIELD=VALUE...")
    made.add_argument("--label", help="work, home, mobile, other or your own")
    made.add_argument("--primary", action="store_true", help="the one that is used first")
    made.add_argument("--invalid", choices=_YES, help="wherever it is used")
    made.add_argument("--opt-out", choices=_YES, help="wherever it is used")
    made.add_argument("--remove", action="store_true")
    made = command("end", _end, "end a role at a company")
    made.add_argument("record", metavar="employment:ID", help="or person:ID, for the company of the person's record")
    made.add_argument("--on", metavar="DATE", help="today unless given")
    made = command("make-main", _make_main, "make a role that lasts the one that the person's own record names")
    made.add_argument("record", metavar="employment:ID")
    made = command("group", _group, "the companies above and below a company, and what is open in them")
    made.add_argument("record", metavar="company:ID")


def around(services: Services, kind: str, number: int) -> dict[str, Any]:
    """What `show` tells of a record beside its values; nothing of what there is none of."""
    found: dict[str, Any] = {}
    if services.catalogue.kind(kind).reached:
        found["contact_points"] = [
            {"record": f"{p.way}:{p.id}", "label": p.label or None, "value": p.value, "primary": p.primary,
             "invalid": p.invalid, "opt_out": p.opt_out}
            for p in services.contact_points.of(kind, number)
        ]  # fmt: skip
    if kind in ("company", "person"):
        employments = services.employments
        roles = employments.of_company(number) if kind == "company" else employments.of_person(number)
        found["roles"] = [
            {"employment": role.id, "person": role.person.name, "company": role.company.name,
             "job_title": role.job_title or None, "from": role.started_on, "to": role.ended_on}
            for role in roles
        ]  # fmt: skip
        found["relations"] = [
            {"relation": tie.id, "type": services.labels.choice("relation", "type", tie.type.value),
             "record": f"{tie.kind}:{tie.other.id}", "name": tie.other.name}
            for tie in services.relations.of(kind, number)
        ]  # fmt: skip
        found["occasions"] = [
            {"occasion": occasion.id, "name": occasion.name, "day": occasion.day}
            for occasion in services.relations.occasions(kind, number) if occasion.id is not None
        ]  # fmt: skip
    if kind in ("deal", "person"):
        buyers = services.buyers.of_deal(number) if kind == "deal" else services.buyers.of_person(number)
        found["deal_roles"] = [{"deal": b.deal.name, "person": b.person.name, "role": b.role.value} for b in buyers]
    return {name: listed for name, listed in found.items() if listed}


def _contact(session: Session, options: argparse.Namespace) -> dict[str, Any]:
    way, _, number = options.record.partition(":")
    services = session.writer()
    if way in CONTACTS and number.isdecimal():
        return _change(services, way, int(number), options)
    kind, owner = record(services, options.record)
    if not options.value or options.value[0] not in CONTACTS:
        raise UserError("Say what to add: email TEXT, phone TEXT, or address FIELD=VALUE.")
    if options.remove:
        raise UserError("To remove an address name it as “show” does, like email:7.")
    way, label, marks = options.value[0], options.label or "", _marks(options)
    made = services.contact_points.add(kind, owner, way, _value(options.value), label, **marks)
    return changed(made.change, record=f"{way}:{made.id}")


def _value(words: list[str]) -> str | dict[str, str]:
    if words[0] != "address":
        return " ".join(words[1:])
    lines = pairs(words[1:])
    unknown = [name for name in lines if name not in PLACE]
    if unknown:
        raise UserError(f"An address has no “{unknown[0]}”; it has {', '.join(PLACE)}.")
    return lines


def _change(services: Services, way: str, number: int, options: argparse.Namespace) -> dict[str, Any]:
    points, marks = services.contact_points, _marks(options)
    words = options.value[1:] if options.value[:1] == [way] else options.value
    said = bool(words or marks) or options.label is not None
    if options.remove:
        if said:
            raise UserError("What is removed is not changed: --remove takes nothing else.")
        return changed(points.remove(way, number), record=options.record)
    if not said:
        raise UserError("Say what to change: a value, --label, --primary, --invalid, --opt-out or --remove.")
    value = _value([way, *words]) if words else None
    return changed(points.change(way, number, value, options.label, **marks), record=options.record)


def _marks(options: argparse.Namespace) -> dict[str, bool]:
    flags = {"invalid": options.invalid, "opt_out": options.opt_out}
    found = {flag: said == "yes" for flag, said in flags.items() if said is not None}
    return found | ({"primary": True} if options.primary else {})


def _end(session: Session, options: argparse.Namespace) -> dict[str, Any]:
    services = session.writer()
    kind, number = record(services, options.record)
    if kind not in ("employment", "person"):
        raise UserError(f"This needs an employment or a person, not a {kind}.")
    end = services.employments.end if kind == "employment" else services.employments.leave
    return changed(end(number, day(options.on)), kind=kind, id=number)


def _make_main(session: Session, options: argparse.Namespace) -> dict[str, Any]:
    services = session.writer()
    _, number = record(services, options.record, "employment")
    return changed(services.employments.make_main(number), kind="employment", id=number)


def _group(session: Session, options: argparse.Namespace) -> dict[str, Any]:
    services = session.reader()
    _, number = record(services, options.record, "company")
    tree, found = services.hierarchy.tree(number), services.hierarchy.rollup(number)
    figures = {"open_deals": found.count.to_json()}
    figures |= {f"value_{currency}": figure.to_json() for currency, figure in found.value.items()}
    figures |= {f"weighted_{currency}": figure.to_json() for currency, figure in found.weighted.items()}
    rows = [{"depth": branch.depth, "company": branch.name, "id": branch.id, "open_deals": branch.open_deals}
            for branch in tree]  # fmt: skip
    return {"figures": figures, "rows": rows}
