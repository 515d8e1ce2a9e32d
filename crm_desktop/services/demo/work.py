"""What was done lately and what is to do: touches and next steps of the leads and of the deals on the board."""

from collections.abc import Mapping
from datetime import UTC, datetime, time
from typing import Any

from crm_desktop.domain.terms import ActivityType
from crm_desktop.services.demo.customers import Customer
from crm_desktop.services.demo.deals import Deal
from crm_desktop.services.demo.leads import Lead
from crm_desktop.services.demo.words import Words, load
from crm_desktop.services.demo.writer import Writer

DONE_AT = time(9, 40, tzinfo=UTC)


def write_touches(words: Words, writer: Writer, board: list[Deal], leads: list[Lead]) -> None:
    """Writes the last contact with each company on the board and with each lead."""
    named = {lead.values["company_name"]: lead for lead in leads if lead.deal is None}
    rows = []
    for deal in board:
        if not isinstance(deal.with_company, Customer) and deal.with_company is not None:
            lead = named.get(deal.with_company.name)
            links = {"deal": deal.id, "company": deal.with_company.id, "lead": lead.id if lead else deal.lead}
            rows.append(_touch(words, ActivityType.CALL, deal.board["touch"]) | links)
    for lead in leads:
        if lead.touched is not None:
            met = lead.values["source"] == "Trade fair"
            type_ = ActivityType.MEETING if met else ActivityType.EMAIL_IN
            touch = _touch(words, type_, (words.today - lead.touched).days) | {"lead": lead.id}
            rows.append(touch | ({"subject": "Met at Catering Fair, hall 4"} if met else {}))
    writer.put("activity", rows)


def _touch(words: Words, type_: ActivityType, ago: int) -> dict[str, Any]:
    day = words.ago(ago)
    subjects = load("words")["subjects"].get(type_.value, ["Meeting"])
    return {
        "type": type_.value,
        "subject": words.pick(subjects),
        "outcome": "neutral",
        "happened_on": day,
        "created_at": words.at(day),
    }


def write_tasks(
    words: Words, writer: Writer, board: list[Deal], leads: list[Lead], customers: Mapping[str, int]
) -> None:
    """Writes the next steps: of the board, shared with the lead of the same company; of leads; and of today."""
    named = {lead.values["company_name"]: lead.id for lead in leads if lead.deal is None}
    rows = []
    for deal in board:
        if "step" in deal.board and deal.with_company is not None:
            links = {
                "deal": deal.id,
                "company": deal.with_company.id,
                "lead": named.get(deal.board["company"], deal.lead),
            }
            rows.append(_task(words, deal.board["step"]) | links)
    rows += [_task(words, lead.step) | {"lead": lead.id} for lead in leads if lead.step]
    rows += [_task(words, entry) | {"company": customers[entry["company"]]} for entry in load("today")]
    writer.put("task", rows)


def _task(words: Words, step: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "title": step["title"],
        "type": step["type"],
        "due_on": words.ago(-step["in"]),
        "due_at": step.get("at"),
        "note": step.get("note"),
        "done_at": datetime.combine(words.today, DONE_AT) if step.get("done") else None,
        "created_at": words.at(words.ago(8)),
    }
