"""Reports: the figures and rows of one question, each with the filter of the records behind it."""

from crm_desktop.domain.churn import ChurnRule
from crm_desktop.domain.figures import Report
from crm_desktop.domain.filter import Filter
from crm_desktop.domain.periods import Period
from crm_desktop.domain.rotting import RiskRule
from crm_desktop.errors import UserError
from crm_desktop.services.reports import churn, funnel, pipeline, sales
from crm_desktop.services.reports.basis import Basis
from crm_desktop.storage.store import Store

KINDS = {"sales": "deal", "funnel": "lead", "churn": "customer", "pipeline": "deal"}
"""The kind of record that each report counts and its filter narrows."""


class Reports:
    """The reports. A filter narrows what is counted; `by` splits the rows by a field, reached through links.

    Without a period a report spans everything, churn the last twelve months. Money is given in `currency`; amounts
    in others are named in the parameters of the figure and never added.
    """

    def __init__(self, store: Store, currency: str, *, churn: ChurnRule, risk: RiskRule) -> None:
        self._basis = Basis(store, currency, churn, risk)

    def sales(self, period: Period | None = None, filter: Filter | None = None, by: str | None = None) -> Report:
        """How many of the deals closed in the period were won, for how much and how fast."""
        return sales.report(self._basis, period, _scope("sales", filter), by)

    def funnel(
        self,
        period: Period | None = None,
        filter: Filter | None = None,
        by: str | None = None,
        *,
        snapshot: bool = False,
    ) -> Report:
        """How far the leads created in the period came; as a snapshot, how far all leads stand now."""
        return funnel.report(self._basis, None if snapshot else period, _scope("funnel", filter), by, snapshot=snapshot)

    def churn(self, period: Period | None = None, filter: Filter | None = None, by: str | None = None) -> Report:
        """Which share of the customers active at the start of the period, and of each month, was lost in it."""
        return churn.report(self._basis, period, _scope("churn", filter), by)

    def pipeline(self, filter: Filter | None = None, by: str | None = None) -> Report:
        """What the open deals are worth by stage or another field, and which of them are at risk."""
        return pipeline.report(self._basis, _scope("pipeline", filter), by)

    def usual_days(self) -> dict[int, float]:
        """The median of the days that won deals spent in each open stage, by id of the stage.

        Where no deal was won yet it is the days after which the stage says that deals rot.
        """
        return pipeline.usual_days(self._basis)


def _scope(report: str, filter: Filter | None) -> Filter:
    kind = KINDS[report]
    if filter is not None and filter.kind != kind:
        raise UserError(f"This report counts records of the kind “{kind}”; the filter is for “{filter.kind}”.")
    return filter or Filter(kind)
