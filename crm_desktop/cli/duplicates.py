"""The command `duplicates`."""

import argparse
from collections.abc import Callable, Iterator
from typing import Any

from crm_desktop.cli.output import changed
from crm_desktop.cli.session import Session
from crm_desktop.errors import UserError
from crm_desktop.services import Services
from crm_desktop.services.duplicates import Group
from crm_desktop.services.progress import Progress

_EVERY = 10
"""Progress is told in steps of so many percent."""


def add(command: Any) -> None:
    """Adds the commands of this group."""
    made = command("duplicates", _duplicates, "records that may be one and the same, in groups")
    made.add_argument("kind", help="lead, company or person")
    made.add_argument("--min-confidence", type=int, default=40, metavar="N", help="40 to 100 (40)")
    made.add_argument("--beside", default="", metavar="KIND", help="groups with another kind too")
    made.add_argument("--merge", action="store_true", help="merge the records of each group, as one action")


def _duplicates(session: Session, options: argparse.Namespace) -> dict[str, Any]:
    if not 0 <= options.min_confidence <= 100:
        raise UserError("A confidence is a number from 0 to 100.")
    if options.merge and options.beside:
        raise UserError("Only records of one kind can be merged; leave out --beside.")
    services = session.writer() if options.merge else session.reader()
    groups = services.duplicates.scan(
        options.kind, Progress(_told(session)), least=options.min_confidence, beside=options.beside
    )
    kind = services.catalogue.kind(options.kind).name
    if options.merge:
        merged = services.merging.merge_groups(kind, [group.ids for group in groups])
        return changed(merged.change, groups=merged.groups, records=merged.records)
    kinds = [kind, *([services.catalogue.kind(options.beside).name] if options.beside else [])]
    records = _records(services, kinds, [record for group in groups for record in group.ids])
    if options.json:
        return {"kind": kind, "groups": [_document(group, records) for group in groups]}
    return {"rows": list(_lines(groups, records)), "groups": len(groups)}


def _told(session: Session) -> Callable[[Progress], None]:
    """Says how far the search is, every so often."""
    said = [-_EVERY]

    def listen(progress: Progress) -> None:
        share = 100 * progress.step // progress.total if progress.total else 0
        if progress.total and share >= said[0] + _EVERY:
            said[0] = share
            session.say(f"{progress.step:,} of {progress.total:,} pairs compared ({share} %)")

    return listen


def _records(services: Services, kinds: list[str], ids: list[int]) -> dict[int, dict[str, Any]]:
    found = {}
    for kind in kinds:
        for record, name, source_id in services.lists.rows(kind, ids, ["name", "source_id"]):
            found[record] = {"id": record, "source_id": source_id, "name": name}
            if len(kinds) > 1:
                found[record]["kind"] = kind
    return found


def _document(group: Group, records: dict[int, dict[str, Any]]) -> dict[str, Any]:
    return {
        "confidence": group.confidence,
        "reasons": [reason.code for reason in group.reasons],
        "records": [records[record] for record in group.ids if record in records],
    }


def _lines(groups: list[Group], records: dict[int, dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """A row for each record; the confidence and the reasons stand at the first of a group."""
    for number, group in enumerate(groups, start=1):
        for at, record in enumerate(group.ids):
            reasons = ", ".join(reason.code.replace("_", " ") for reason in group.reasons)
            yield {
                "group": number,
                "confidence": group.confidence if at == 0 else "",
                **{name: value or "" for name, value in records[record].items()},
                "reasons": reasons if at == 0 else "",
            }
