"""The pipeline: what open deals are worth by likelihood, and how long deals usually stay in a stage."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from crm_desktop.analytics import numbers


class Entry(NamedTuple):
    """A deal entered a stage on a day."""

    deal: int
    stage: int
    entered_on: date


def days_in_stage(entries: Iterable[Entry], closed_on: Mapping[int, date]) -> dict[int, list[int]]:
    """Days each closed deal spent in each stage, by stage, all stays of a deal in a stage added.

    The last open stage of a deal ends on the day it closed; entries of deals that did not close are left out, and so
    are those after the close, as of a win that was noted days later. Those of one day are given in the order in which
    they happened.
    """
    logs: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.deal in closed_on and entry.entered_on <= closed_on[entry.deal]:
            logs[entry.deal].append(entry)
    found: dict[int, list[int]] = defaultdict(list)
    for deal, log in logs.items():
        log.sort(key=lambda entry: entry.entered_on)
        stays: dict[int, int] = defaultdict(int)
        ends = [*(later.entered_on for _, later in pairwise(log)), closed_on[deal]]
        for entry, end in zip(log, ends, strict=True):
            stays[entry.stage] += (end - entry.entered_on).days
        for stage, days in stays.items():
            found[stage].append(days)
    return dict(found)


def usual_days(entries: Iterable[Entry], won_on: Mapping[int, date]) -> dict[int, float]:
    """The median of the days won deals spent in each stage, by stage."""
    spent = days_in_stage(entries, won_on)
    return {stage: float(middle) for stage, days in spent.items() if (middle := numbers.median(days)) is not None}
