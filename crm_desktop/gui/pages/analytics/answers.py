"""What the page asks the reports, in reader threads, and what of it is worth telling."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from crm_desktop.domain.figures import Figure, Report, Row
from crm_desktop.gui.pages.analytics.span import Span

SALES, FUNNEL, CHURN, PIPELINE = "sales", "funnel", "churn", "pipeline"
COMPARABLE = 5  # records that the year before must have, so that a change says something
USUAL_FROM = 20  # leads at a step from which its share counts as usual
NOTABLE = 0.05  # how far below its usual share a step must lie to be named


@dataclass(frozen=True)
class Answer:
    """A report, the same a year before where that can be asked, and split by a field where that is wanted."""

    now: Report
    before: Report | None = None
    split: Report | None = None

    def change(self, name: str) -> tuple[Figure, Figure] | None:
        """A figure now and a year before, where both say something."""
        if self.before is None:
            return None
        now, before = self.now.figures[name], self.before.figures[name]
        enough = now.value is not None and before.value is not None and before.n >= COMPARABLE
        return (now, before) if enough else None


Ask = Callable[[Any, Span, str | None], Answer]


def _over_time(name: str) -> Ask:
    def ask(reports: Any, span: Span, by: str | None) -> Answer:
        report = getattr(reports, name)
        before = span.year_before
        return Answer(
            report(span.period),
            report(before) if before is not None else None,
            report(span.period, by=by) if by is not None else None,
        )

    return ask


def _pipeline(reports: Any, _span: Span, by: str | None) -> Answer:
    return Answer(reports.pipeline(), split=reports.pipeline(by=by) if by is not None else None)


QUESTIONS: Mapping[str, Ask] = {
    SALES: _over_time(SALES),
    FUNNEL: _over_time(FUNNEL),
    CHURN: _over_time(CHURN),
    PIPELINE: _pipeline,
}
"""How each report is asked for."""


def usual_shares(before: Report | None) -> dict[str, float]:
    """The share that went on from each step in the year before, where enough leads were there."""
    rows = before.rows if before is not None else ()
    return {
        row.values["step"]: row.values["rate_next"]
        for row in rows
        if row.values["rate_next"] is not None and row.values["count"] >= USUAL_FROM
    }


def weakest_step(rows: tuple[Row, ...], usual: Mapping[str, float]) -> str | None:
    """The step furthest below its usual share; where nothing is known as usual, the one with the least share."""
    shares = {row.values["step"]: row.values["rate_next"] for row in rows if row.values["rate_next"] is not None}
    if not usual:
        return min(shares, key=lambda step: shares[step], default=None)
    below = {step: usual[step] - share for step, share in shares.items() if step in usual}
    worst = max(below, key=lambda step: below[step], default=None)
    return worst if worst is not None and below[worst] >= NOTABLE else None
