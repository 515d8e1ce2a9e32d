"""The pipeline: the board of open deals, and everything that moves a deal through its stages."""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from crm_desktop.domain.change import Change
from crm_desktop.domain.deals import OPEN
from crm_desktop.domain.figures import Report
from crm_desktop.domain.filter import Filter, Ref, Sort, any_of, is_
from crm_desktop.domain.money import Money
from crm_desktop.domain.rotting import RiskRule, Standing, at_risk, risks
from crm_desktop.domain.tasks import TO_DO
from crm_desktop.domain.terms import StageCategory
from crm_desktop.errors import UserError
from crm_desktop.services.reports import Reports
from crm_desktop.services.stages import Stage, Stages
from crm_desktop.storage.board import Board as Places
from crm_desktop.storage.store import Store


@dataclass(frozen=True, slots=True)
class Column:
    """A stage of the board: its deals in their order, and the count and sums of all of them, however many are shown.

    `weighted` is what they are worth by likelihood, like `sums` in minor units by currency.
    """

    stage: Stage
    filter: Filter
    count: int
    sums: Mapping[str, int]
    weighted: Mapping[str, int]
    ids: "array[int]"


@dataclass(frozen=True, slots=True)
class Board:
    """The open stages of a pipeline; `pipeline` is its id."""

    pipeline: int
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """What the board shows of a deal. `usual_days` is how long won deals stay in its stage, `at_risk` why it is."""

    id: int
    name: str
    company: str
    amount: Money | None
    next_step: str | None
    next_activity: date | None
    next_time: str | None
    stage: int
    stage_since: date | None
    days_in_stage: int | None
    usual_days: float | None
    at_risk: str | None

    @property
    def over(self) -> bool:
        """Whether it has been in its stage for longer than deals usually are."""
        return self.days_in_stage is not None and self.usual_days is not None and self.days_in_stage > self.usual_days


_CARD_FIELDS = (
    "name", "company", "person", "lead", "amount", "next_step", "next_activity", "stage", "stage_since", "opened_on",
    "last_touch", "expected_close",
)  # fmt: skip
_DEAL_FIELDS = ("name", "company", "person", "lead", "pipeline", "stage", "amount")


class Pipeline:
    """Asks for the board and moves deals. Every move is one action that can be undone."""

    def __init__(self, store: Store, reports: Reports, risk: RiskRule) -> None:
        self._store = store
        self._reports = reports
        self._stages = Stages(store)
        self._risk = risk
        self._places = Places(store.database, lambda: store.sources, store.clock)

    # what there is

    def pipelines(self) -> list[Ref]:
        """The pipelines in their order."""
        return self._stages.pipelines()

    def stages(self, pipeline: int | None = None) -> list[Stage]:
        """The stages of a pipeline in their order; without one of the first."""
        return self._stages.of(pipeline)

    def board(self, filter: Filter | None = None, pipeline: int | None = None, per_column: int | None = None) -> Board:
        """The open stages with their deals; `per_column` cuts the ids of a column, never its count and sums."""
        chosen = self._stages.pipeline(pipeline)
        shown = (filter or Filter("deal")) & OPEN & is_("pipeline", chosen)
        ids = self._places.ids(shown)
        amounts, weighted = (self._by_stage(shown, field) for field in ("amount", "weighted"))
        columns = [
            Column(
                stage, shown & is_("stage", stage.id), len(ids.get(stage.id, ())), amounts.get(stage.id, {}),
                weighted.get(stage.id, {}), ids.get(stage.id, array("q"))[:per_column],
            )
            for stage in self.stages(chosen)
            if stage.category is StageCategory.OPEN
        ]  # fmt: skip
        return Board(chosen, tuple(columns))

    def cards(self, ids: Sequence[int]) -> list[Card]:
        """What the board shows of these deals, in their order; deals that are gone are left out."""
        rows = self._store.lists.rows("deal", ids, _CARD_FIELDS)
        today = self._store.clock.today()
        stages = {stage.id: stage for stage in self._stages.all()}
        usual = self._reports.usual_days()
        times = self._times([row[0] for row in rows if row[7] == today])
        cards = []
        for number, name, company, person, lead, amount, step, due, stage, since, opened, touch, close in rows:
            where = stages[stage.id]
            standing = Standing(where.probability, since, opened, touch, due, close)
            found = risks(standing, self._risk, usual.get(stage.id), today)
            owner = company or person or lead
            cards.append(
                Card(
                    number, name, owner.name if owner else "", amount, step, due, times.get(number), stage.id, since,
                    (today - since).days if since else None, usual.get(stage.id), found[0].value if found else None,
                )
            )  # fmt: skip
        return cards

    def summary(self, filter: Filter | None = None) -> Report:
        """What the open deals are worth: open, weighted, closing this month and at risk."""
        return self._reports.pipeline(filter)

    def at_risk(self) -> Filter:
        """The open deals that are at risk, by the rule and the usual days of today."""
        return Filter("deal", at_risk(self._risk, self._reports.usual_days(), self._store.clock.today()))

    # what can be done

    def move(self, deal: int, stage: int, *, before: int | None = None, after: int | None = None) -> Change:
        """Put a deal into a stage: right behind the deal `after`, else right before `before`, else at the end."""
        target = self._stages.get(stage)
        if target.category is StageCategory.LOST:
            raise UserError("Say why the deal is lost; then it moves to the lost deals.")
        return self._put(deal, target, "move", {}, (after, before))

    def won(self, deal: int, amount: Money | None = None, on: date | None = None) -> Change:
        """Close a deal as won, for an amount (its own unless given) and on a day (today unless given)."""
        values: dict[str, Any] = {"closed_on": self._day(on)}
        if amount is not None:
            values["amount"] = amount
        return self._put(deal, self._end(deal, StageCategory.WON), "win", values)

    def lost(self, deal: int, reason: str, note: str = "", on: date | None = None) -> Change:
        """Close a deal as lost, for a reason."""
        if not reason.strip():
            raise UserError("Say why the deal is lost: choose a reason.")
        values = {"closed_on": self._day(on), "lost_reason": reason.strip(), "lost_note": note.strip() or None}
        return self._put(deal, self._end(deal, StageCategory.LOST), "lose", values)

    def reopen(self, deal: int, stage: int) -> Change:
        """Take a closed deal up again in an open stage; why and when it was closed is forgotten."""
        target = self._stages.get(stage)
        if target.category is not StageCategory.OPEN:
            raise UserError("A deal can be reopened only in an open stage.")
        return self._put(deal, target, "reopen", {})

    def snooze(self, deal: int, until: date | None) -> Change:
        """Take a deal off the board until a day; None brings it back now."""
        if until is not None and until <= self._store.clock.today():
            raise UserError("Choose a day after today.")
        known = self._deal(deal)
        with self._store.action("snooze" if until else "wake", "deal", _subject(known)) as action:
            self._store.records.update("deal", [deal], {"snoozed_until": until})
        return action.change

    def order(self, stages: Sequence[int]) -> Change:
        """Puts the stages of a pipeline into this order."""
        with self._store.action("order", "stage") as action:
            for position, stage in enumerate(stages, 1):
                self._store.records.update("stage", [stage], {"position": position})
        return action.change

    # how it is done

    def _put(
        self,
        deal: int,
        target: Stage,
        verb: str,
        values: Mapping[str, Any],
        beside: tuple[int | None, int | None] = (None, None),
    ) -> Change:
        known = self._deal(deal)
        with self._store.action(verb, "deal", _subject(known)) as action:
            rank = self._places.place(target.id, deal, after=beside[0], before=beside[1])
            self._store.records.set_columns("deal", [deal], {"rank": rank})
            self._stages.enter([deal], target, values)
        return action.change

    def _deal(self, deal: int) -> dict[str, Any]:
        rows = self._store.lists.rows("deal", [deal], _DEAL_FIELDS)
        if not rows:
            raise UserError("This deal is no longer there.")
        return dict(zip(_DEAL_FIELDS, rows[0][1:], strict=True))

    def _end(self, deal: int, category: StageCategory) -> Stage:
        pipeline = self._deal(deal)["pipeline"]
        return self._stages.end(pipeline.id if pipeline else None, category)

    def _day(self, on: date | None) -> date:
        today = self._store.clock.today()
        if on is not None and on > today:
            raise UserError("A deal cannot be closed on a day to come.")
        return on or today

    def _by_stage(self, shown: Filter, field: str) -> dict[int, dict[str, int]]:
        groups = self._store.lists.groups(shown, "stage", field)
        return {stage.id: sums for stage, _, sums in groups if stage is not None}

    def _times(self, deals: Sequence[int]) -> dict[int, str]:
        """The time of day of what is to do today for deals, where one is given."""
        if not deals:
            return {}
        todo = Filter("task", is_("due_on", self._store.clock.today())) & TO_DO
        rows = self._store.lists.values(todo & any_of("deal", deals), ("deal", "due_at"), Sort("due_on"))
        return {deal.id: at for _, deal, at in reversed(rows) if deal is not None and at}


def _subject(deal: Mapping[str, Any]) -> str:
    owner = deal["company"] or deal["person"] or deal["lead"]
    return str(owner.name if owner and owner.name else deal["name"])
