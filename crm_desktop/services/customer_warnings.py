"""What is worth knowing of a customer before one goes in, the worst first."""

from collections.abc import Iterator
from datetime import timedelta

from crm_desktop.domain.filter import ID, Compare, Filter, Op, Sort, any_of, between, is_
from crm_desktop.domain.rotting import Risk, RiskRule, risks
from crm_desktop.domain.tasks import TO_DO
from crm_desktop.domain.terms import TWO_WAY, Outcome
from crm_desktop.services.portrait import Known, Warn, Warning
from crm_desktop.storage.store import Store

MOST = 3
"""Warnings that are shown."""

QUARTER = 91
"""Days of the two spans whose purchases are held against each other."""

FALL = 0.10
"""The fall of purchases from one span to the next from which it is said."""


class Warnings:
    """Looks for them."""

    def __init__(self, store: Store, risk: RiskRule) -> None:
        self._store = store
        self._risk = risk

    def of(self, known: Known) -> Iterator[Warning]:
        """The warnings of a customer."""
        for look in (self._overdue, self._risky, self._quiet, self._falling, self._upset, self._opted_out):
            yield from look(known)

    def _overdue(self, known: Known) -> Iterator[Warning]:
        late = known.scope.tasks & TO_DO & Compare("due_on", Op.LESS, known.today)
        ids = self._store.lists.ids(late, Sort("due_on"), MOST)
        for task, title, due, note in self._store.lists.rows("task", ids, ["title", "due_on", "note"]):
            yield Warning(Warn.OVERDUE, title, Filter("task", any_of(ID, [task])), note or "", (known.today - due).days)

    def _risky(self, known: Known) -> Iterator[Warning]:
        for deal, at, usual in known.deals:
            found = risks(at, self._risk, usual, known.today)
            if found:
                since = {
                    Risk.SLOW: at.stage_since, Risk.CLOSE_DATE_PASSED: at.expected_close,
                    Risk.NO_CONTACT: at.last_touch or at.opened_on,
                }.get(found[0])  # fmt: skip
                days = (known.today - since).days if since else 0
                about = Filter("deal", any_of(ID, [deal.id]))
                yield Warning(Warn.DEAL, deal.name, about, found[0].value, days, deal.usual or 0)

    def _quiet(self, known: Known) -> Iterator[Warning]:
        """No sale for longer than twice the usual gap."""
        rhythm = known.rhythm
        if rhythm is not None and rhythm.usual and rhythm.idle > 2 * rhythm.usual:
            customer = Filter("customer", is_(ID, known.record))
            yield Warning(Warn.QUIET, "", customer, days=rhythm.idle, usual=rhythm.usual)

    def _falling(self, known: Known) -> Iterator[Warning]:
        """Purchases of the last quarter of a year against the one before."""
        bought, start = known.scope.purchases, known.today - timedelta(QUARTER)
        now = bought & Compare("bought_on", Op.MORE, start)
        before = bought & between("bought_on", known.today - timedelta(2 * QUARTER - 1), start)
        sums, earlier = (self._store.lists.sum(each, "amount") for each in (now, before))
        for currency, amount in earlier.items():
            share = 1 - sums.get(currency, 0) / amount if amount else 0
            if share > FALL:
                yield Warning(Warn.FALLING, "", before, share=share)
                return

    def _upset(self, known: Known) -> Iterator[Warning]:
        """The last talk went badly."""
        talks = known.scope.activities & any_of("type", sorted(each.value for each in TWO_WAY))
        ids = self._store.lists.ids(talks, Sort("happened_on", True), 1)
        for talk, name, outcome in self._store.lists.rows("activity", ids, ["name", "outcome"]):
            if outcome == Outcome.NEGATIVE.value:
                yield Warning(Warn.UPSET, name, Filter("activity", any_of(ID, [talk])))

    def _opted_out(self, known: Known) -> Iterator[Warning]:
        if known.kind != "person":
            return
        for person, name, opt_out in self._store.lists.rows("person", [known.record], ["name", "opt_out"]):
            if opt_out:
                yield Warning(Warn.OPT_OUT, name, Filter("person", any_of(ID, [person])))
