"""The board and the moves of deals, over a real base."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_desktop.bootstrap import open_services
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.filter import Filter, is_
from crm_desktop.domain.money import Money
from crm_desktop.domain.terms import StageCategory
from crm_desktop.errors import UserError
from crm_desktop.paths import DataDir
from crm_desktop.services import Services
from crm_desktop.settings import Settings
from tests.services.statements import asked

TODAY = date(2026, 11, 12)
FIELDS = (
    "stage", "status", "probability", "probability_source", "closed_on", "lost_reason", "lost_note", "amount",
    "snoozed_until", "stage_since",
)  # fmt: skip


@dataclass
class Desk:
    """The services with short words for what these tests ask."""

    services: Services

    def stage(self, name: str) -> int:
        """The id of a stage."""
        return next(stage.id for stage in self.services.pipeline.stages() if stage.name == name)

    def add(self, name: str, stage: str = "Proposal", **values: object) -> int:
        """A new deal."""
        return self.services.records.add("deal", {"name": name, "stage": self.stage(stage), **values}).id

    def show(self, deal: int) -> dict[str, object]:
        """What is known of a deal."""
        (row,) = self.services.lists.rows("deal", [deal], FIELDS)
        return dict(zip(FIELDS, row[1:], strict=True))

    def order(self, stage: str = "Proposal") -> list[int]:
        """The deals of a column from top to bottom."""
        wanted = self.stage(stage)
        return next(list(c.ids) for c in self.services.pipeline.board().columns if c.stage.id == wanted)

    def log(self, deal: int) -> list[tuple[int, date]]:
        """The stages a deal entered."""
        rows = self.services.lists.values(Filter("stage_log", is_("deal", deal)), ("stage", "entered_on"))
        return [(row[1].id, row[2]) for row in reversed(rows)]


def open_desk(folder: Path) -> Desk:
    """An empty base of its own."""
    clock = Clock.fixed(datetime(2026, 11, 12, 9, 5, tzinfo=UTC))
    return Desk(open_services(DataDir(folder), Settings(), clock))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """An empty base."""
    made = open_desk(tmp_path)
    yield made
    made.services.close()


def test_the_stages_stand_in_their_order(desk: Desk) -> None:
    stages = desk.services.pipeline.stages()
    assert [(stage.name, stage.probability) for stage in stages] == [
        ("Lead generation", 5), ("Qualification", 15), ("Proposal", 30), ("Negotiation", 50), ("Closing", 70),
        ("Won", 100), ("Lost", 0),
    ]  # fmt: skip
    assert [pipeline.name for pipeline in desk.services.pipeline.pipelines()] == ["New business"]


def test_the_board_sums_whole_columns_by_currency_whatever_it_shows(desk: Desk) -> None:
    for minor, currency in ((100, "EUR"), (250, "EUR"), (400, "USD")):
        desk.add("A deal", amount=Money(minor, currency))
    desk.add("Without amount")
    columns = desk.services.pipeline.board(per_column=2).columns
    assert [column.stage.category for column in columns] == [StageCategory.OPEN] * 5
    proposal = columns[2]
    assert (proposal.count, dict(proposal.sums)) == (4, {"EUR": 350, "USD": 400})
    assert dict(proposal.weighted) == {"EUR": 105, "USD": 120}
    assert len(proposal.ids) == 2
    assert desk.services.lists.count(proposal.filter) == 4


def test_a_card_says_what_the_board_shows(desk: Desk) -> None:
    company = desk.services.records.add("company", {"name": "Fenwick Schools Trust"}).id
    deal = desk.add("14 sites", company=company, amount="31000", expected_close="2026-11-30")
    bare = desk.add("Unnamed")
    due = {"title": "Call", "due_on": TODAY, "due_at": "10:30", "deal": deal}
    desk.services.records.add("task", due)
    first, second = desk.services.pipeline.cards([deal, bare])
    assert (first.company, first.name, first.amount) == ("Fenwick Schools Trust", "14 sites", Money(3100000, "EUR"))
    assert (first.next_step, first.next_activity, first.next_time) == ("Call", TODAY, "10:30")
    assert (first.days_in_stage, first.usual_days, first.over, first.at_risk) == (0, 14.0, False, None)
    assert (second.next_step, second.at_risk) == (None, "no_next_step")


def test_moving_changes_stage_likelihood_and_log_and_undo_takes_all_back(desk: Desk) -> None:
    deal = desk.add("Espresso")
    before, log = desk.show(deal), desk.log(deal)
    change = desk.services.pipeline.move(deal, desk.stage("Closing"))
    assert (change.verb, change.subject, change.count("deal")) == ("move", "Espresso", 1)
    after = desk.show(deal)
    assert (after["probability"], after["status"], after["stage_since"]) == (70, "open", TODAY)
    assert desk.log(deal) == [*log, (desk.stage("Closing"), TODAY)]
    assert desk.order("Proposal") == []
    desk.services.history.undo()
    assert (desk.show(deal), desk.log(deal), desk.order()) == (before, log, [deal])


def test_a_likelihood_given_by_hand_stays(desk: Desk) -> None:
    deal = desk.add("Espresso", probability=42)
    desk.services.pipeline.move(deal, desk.stage("Closing"))
    assert desk.show(deal)["probability"] == 42
    desk.services.pipeline.won(deal)
    assert desk.show(deal)["probability"] == 100
    desk.services.pipeline.reopen(deal, desk.stage("Negotiation"))
    assert (desk.show(deal)["probability"], desk.show(deal)["probability_source"]) == (50, "stage")


def test_winning_closes_with_amount_and_day(desk: Desk) -> None:
    deal = desk.add("Espresso", amount="100")
    before = desk.show(deal)
    desk.services.pipeline.won(deal, Money(9900, "EUR"), date(2026, 11, 10))
    after = desk.show(deal)
    assert (after["status"], after["closed_on"], after["amount"], after["probability"]) == (
        "won", date(2026, 11, 10), Money(9900, "EUR"), 100,
    )  # fmt: skip
    desk.services.history.undo()
    assert desk.show(deal) == before


def test_moving_to_won_closes_today_and_moving_back_opens(desk: Desk) -> None:
    deal = desk.add("Espresso")
    desk.services.pipeline.move(deal, desk.stage("Won"))
    assert (desk.show(deal)["closed_on"], desk.show(deal)["probability"]) == (TODAY, 100)
    desk.services.pipeline.move(deal, desk.stage("Qualification"))
    assert (desk.show(deal)["closed_on"], desk.show(deal)["probability"]) == (None, 15)


def test_losing_needs_a_reason(desk: Desk) -> None:
    deal = desk.add("Espresso")
    before = desk.show(deal)
    with pytest.raises(UserError, match="why the deal is lost"):
        desk.services.pipeline.lost(deal, "  ")
    with pytest.raises(UserError, match="why the deal is lost"):
        desk.services.pipeline.move(deal, desk.stage("Lost"))
    assert desk.show(deal) == before
    desk.services.pipeline.lost(deal, "price", "A cheaper offer")
    after = desk.show(deal)
    assert (after["status"], after["lost_reason"], after["lost_note"], after["closed_on"], after["probability"]) == (
        "lost", "price", "A cheaper offer", TODAY, 0,
    )  # fmt: skip
    desk.services.history.undo()
    assert desk.show(deal) == before


def test_reopening_forgets_why_it_was_closed(desk: Desk) -> None:
    deal = desk.add("Espresso")
    desk.services.pipeline.lost(deal, "budget", "Next year")
    lost = desk.show(deal)
    desk.services.pipeline.reopen(deal, desk.stage("Qualification"))
    after = desk.show(deal)
    assert (after["status"], after["probability"]) == ("open", 15)
    assert after["closed_on"] is after["lost_reason"] is after["lost_note"] is None
    desk.services.history.undo()
    assert desk.show(deal) == lost
    with pytest.raises(UserError, match="open stage"):
        desk.services.pipeline.reopen(deal, desk.stage("Won"))


def test_snoozing_asks_for_a_day_to_come_and_can_be_undone(desk: Desk) -> None:
    deal = desk.add("Espresso")
    with pytest.raises(UserError, match="after today"):
        desk.services.pipeline.snooze(deal, TODAY)
    desk.services.pipeline.snooze(deal, date(2026, 12, 1))
    assert desk.show(deal)["snoozed_until"] == date(2026, 12, 1)
    desk.services.pipeline.snooze(deal, None)
    assert desk.show(deal)["snoozed_until"] is None
    desk.services.history.undo()
    desk.services.history.undo()
    assert desk.show(deal)["snoozed_until"] is None


def test_closing_on_a_day_to_come_is_refused(desk: Desk) -> None:
    deal = desk.add("Espresso")
    with pytest.raises(UserError, match="a day to come"):
        desk.services.pipeline.won(deal, on=date(2026, 11, 13))


def test_what_is_gone_is_said(desk: Desk) -> None:
    deal = desk.add("Espresso")
    with pytest.raises(UserError, match="stage is no longer"):
        desk.services.pipeline.move(deal, 1)
    desk.services.records.delete("deal", [deal])
    with pytest.raises(UserError, match="deal is no longer"):
        desk.services.pipeline.move(deal, desk.stage("Closing"))


def test_the_summary_agrees_with_the_columns(desk: Desk) -> None:
    desk.add("One", amount="100")
    desk.add("Two", "Closing", amount="50", expected_close="2026-11-20")
    figures = desk.services.pipeline.summary().figures
    assert figures["open_value"].value == Money(15000, "EUR")
    assert figures["weighted_value"].value == Money(6500, "EUR")
    assert figures["closing_this_month"].value == Money(5000, "EUR")
    assert desk.services.lists.count(desk.services.pipeline.at_risk()) == figures["at_risk"].n == 2


def test_a_move_among_shown_deals_never_meets_a_hidden_one(desk: Desk) -> None:
    one, hidden, two, moved = (desk.add(name) for name in ("one", "hidden", "two", "moved"))
    desk.services.pipeline.move(moved, desk.stage("Proposal"), after=one, before=two)
    assert desk.order() == [one, moved, hidden, two]


STEPS = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, 5), st.sampled_from(["after", "before", "end"])), max_size=25
)


@settings(max_examples=20, deadline=None)
@given(STEPS)
def test_any_moves_keep_a_total_order_and_rewrite_no_other_card(steps: list[tuple[int, int, str]]) -> None:
    with TemporaryDirectory() as folder:
        desk = open_desk(Path(folder))
        deals = [desk.add(f"Deal {n}") for n in range(6)]
        stage, expected = desk.stage("Proposal"), list(deals)
        for moving, beside, how in steps:
            deal, other = deals[moving], deals[beside]
            where = {} if how == "end" or deal == other else {how: other}
            change = desk.services.pipeline.move(deal, stage, **where)
            expected.remove(deal)
            at = expected.index(other) + (how == "after") if where else len(expected)
            expected.insert(at, deal)
            assert desk.order() == expected
            assert change.count("deal") <= 1
        desk.services.close()


def test_many_deals_enter_a_stage_at_once(desk: Desk) -> None:
    lead = desk.services.records.add("lead", {"name": "Ada King"}).id
    deals = [desk.add(f"Deal {n}", lead=f"lead:{lead}") for n in range(40)]
    desk.services.records.set("deal", deals[1:2], {"probability": 35})
    desk.services.pipeline.move(deals[2], desk.stage("Won"))
    with asked(desk.services._store) as few:
        desk.services.records.set("deal", deals[:4], {"stage": desk.stage("Negotiation")})
    assert [desk.show(deal)["probability"] for deal in deals[:4]] == [50, 35, 50, 50]
    assert [desk.show(deal)["closed_on"] for deal in deals[:4]] == [None] * 4
    with asked(desk.services._store) as many:
        desk.services.records.set("deal", deals, {"stage": desk.stage("Negotiation")})
    assert len(many) <= len(few) + 2
    assert desk.services.lists.count(Filter("stage_log", is_("stage", desk.stage("Negotiation")))) == 40
    with pytest.raises(UserError, match="why the deal is lost"):
        desk.services.records.set("deal", deals, {"stage": desk.stage("Lost")})
    desk.services.records.set("deal", deals, {"stage": desk.stage("Won")})
    assert desk.services.records.show("lead", lead).values["lifecycle"] == "customer"
    desk.services.history.undo()
    assert desk.services.lists.count(Filter("deal", is_("status", "won"))) == 0


def test_a_stage_has_a_name_of_its_own_in_its_pipeline(desk: Desk) -> None:
    records, proposal = desk.services.records, desk.stage("Proposal")
    records.set("stage", [proposal], {"name": "PROPOSAL", "probability": 35})
    with pytest.raises(UserError, match="stage “Negotiation” already"):
        records.set("stage", [proposal], {"name": "Negotiation"})
    first = desk.services.pipeline.pipelines()[0].id
    with pytest.raises(UserError, match="already"):
        records.add("stage", {"name": "won", "pipeline": first, "category": "open"})
    other = records.add("pipeline", {"name": "Renewals"}).id
    moved = records.add("stage", {"name": "Negotiation", "pipeline": other, "category": "open"}).id
    with pytest.raises(UserError, match="already"):
        records.set("stage", [moved], {"pipeline": first})
