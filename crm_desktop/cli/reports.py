"""The command `report`."""

import argparse
from datetime import date
from typing import Any

from crm_desktop.cli.arguments import add_filter, chosen, day
from crm_desktop.cli.session import Session
from crm_desktop.domain.periods import Period
from crm_desktop.errors import UserError

NAMES = ("funnel", "churn", "pipeline", "sales")
EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)


def add(command: Any) -> None:
    """Adds the commands of this group."""
    made = command("report", _report, "figures, each with its formula and the filter of its records")
    made.add_argument("name", choices=NAMES)
    made.add_argument("--from", dest="start", metavar="DATE")
    made.add_argument("--to", dest="end", metavar="DATE")
    add_filter(made)
    made.add_argument("--by", metavar="FIELD", help="split by a field, for example company.industry")


def _report(session: Session, options: argparse.Namespace) -> dict[str, Any]:
    from crm_desktop.services.reports import KINDS

    services = session.reader()
    wanted = chosen(services, KINDS[options.name], options.filter) if options.filter else None
    if options.name == "pipeline":
        if options.start or options.end:
            raise UserError("The pipeline shows the open deals of now; it takes a filter and a field, no period.")
        return services.reports.pipeline(wanted, options.by).to_json()
    make = {"funnel": services.reports.funnel, "churn": services.reports.churn, "sales": services.reports.sales}
    return make[options.name](_period(session, options), wanted, options.by).to_json()


def _period(session: Session, options: argparse.Namespace) -> Period | None:
    start, end = day(options.start), day(options.end)
    if start is None and end is None:
        return None
    if start is None:
        raise UserError("A period needs its first day too (--from).")
    period = Period(start, end or session.clock.today())
    if period.end < period.start:
        raise UserError("The period ends before it starts.")
    if period.start < EARLIEST or period.end > LATEST:
        raise UserError(f"A period lies between {EARLIEST} and {LATEST}.")
    return period
