"""Taking an older action back keeps what holds between records."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from crm_desktop.domain.change import Added
from crm_desktop.domain.filter import Filter
from crm_desktop.domain.terms import LeadStatus
from crm_desktop.errors import UserError
from crm_desktop.services import Services
from crm_desktop.services.views import View
from tests.services.over_time import services, time
from tests.storage.conftest import MovingClock

__all__ = ["services", "time"]


def test_the_last_status_of_a_type_stays(services: Services) -> None:
    made = services.statuses.add("Fresh", LeadStatus.OPEN)
    services.statuses.delete(*[s.id for s in services.statuses.all() if s.type is LeadStatus.OPEN and s.id != made.id])
    with pytest.raises(UserError, match="last status of its type"):
        services.history.revert(made.change.action)
    assert services.statuses.first(LeadStatus.OPEN).id == made.id
    services.records.add("lead", {"name": "Ann Beck"})


def test_leads_of_a_status_that_goes_get_another_one(services: Services) -> None:
    made = services.statuses.add("Fresh", LeadStatus.OPEN)
    lead = services.records.add("lead", {"name": "Ann Beck", "status": made.id}).id
    services.history.revert(made.change.action)
    first = services.statuses.first(LeadStatus.OPEN)
    assert services.records.show("lead", lead).values["status"].id == first.id
    services.history.undo()
    assert services.records.show("lead", lead).values["status"].id == made.id


@pytest.mark.parametrize("again", [False, True])
def test_a_stage_that_deals_are_in_stays(services: Services, *, again: bool) -> None:
    pipeline = services.pipeline.stages()[0].pipeline
    values = {"name": "Fresh", "pipeline": pipeline, "category": "open", "position": 9}
    made = services.records.add("stage", values)
    change = made.change
    if again:
        services.records.delete("stage", [made.id])
        change = services.records.restore("stage", [made.id])
    deal = services.records.add("deal", {"name": "Offices", "stage": made.id}).id
    with pytest.raises(UserError, match="1 deal is in this stage"):
        services.history.revert(change.action)
    services.records.delete("deal", [deal])
    services.history.revert(change.action)
    assert made.id not in services.lists.ids(Filter("stage"))


def test_a_pipeline_that_deals_are_in_stays(services: Services) -> None:
    made = services.records.add("pipeline", {"name": "Fresh"})
    stage = services.records.add("stage", {"name": "New", "pipeline": made.id, "category": "open", "position": 1}).id
    services.records.add("deal", {"name": "Offices", "stage": stage})
    with pytest.raises(UserError, match="1 deal is in this pipeline"):
        services.history.revert(made.change.action)


@dataclass
class Named:
    """Something called “Nick” that was deleted, by which action, and what is done with others of its kind."""

    deleted: int
    make: Callable[[str], Added]
    rename: Callable[[int, str], object]
    restore: Callable[[], object] | None = None


def named(services: Services, kind: str) -> Named:
    views, fields, records = services.views, services.fields, services.records
    if kind == "view":

        def made(name: str) -> Added:
            return views.save(View(0, name, "lead", Filter("lead")))

        def rename(number: int, name: str) -> None:
            views.rename(next(view for view in views.list("lead") if view.id == number), name)

        return Named(views.delete(made("Nick").id).action, made, rename)
    if kind == "field":
        gone = fields.delete(fields.add("lead", "Nick", "text").id)
        return Named(gone.action, lambda name: fields.add("lead", name, "text"), fields.rename)
    more = {"pipeline": services.pipeline.pipelines()[0].id, "category": "open"} if kind == "stage" else {}
    number = records.add(kind, {"name": "Nick", **more}).id
    return Named(
        records.delete(kind, [number]).action, lambda name: records.add(kind, {"name": name, **more}),
        lambda other, name: records.set(kind, [other], {"name": name}), lambda: records.restore(kind, [number]),
    )  # fmt: skip


@pytest.mark.parametrize("kind", ["lead_status", "stage", "pipeline", "tag", "field", "view"])
def test_what_comes_back_is_called_like_nothing_else(services: Services, kind: str) -> None:
    one = named(services, kind)
    new = one.make("nick").id
    with pytest.raises(UserError, match="already"):
        one.make("NICK")
    for back in (lambda: services.history.revert(one.deleted), one.restore):
        if back is not None:
            with pytest.raises(UserError, match=r"“Nick” already\. Give one of them another name first"):
                back()
    one.rename(new, "Nora")
    renamed = services.history.entries(1)[0].action
    services.history.revert(one.deleted)
    with pytest.raises(UserError, match="already"):
        one.rename(new, "nick")
    with pytest.raises(UserError, match="already"):
        services.history.revert(renamed)


def test_work_comes_back_whatever_its_tags_are_called(services: Services) -> None:
    made = services.records.add("lead", {"name": "Ann Beck", "tags": "fair"})
    back = services.history.revert(made.change.action)
    other = services.records.add("lead", {"name": "Bo Cole", "tags": "Fair"}).id
    services.history.revert(back.change.action)
    assert sorted(services.lists.ids(services.lists.parse("lead", "tags:fair"))) == sorted([made.id, other])


def test_a_likelihood_goes_back_with_whose_it_was(services: Services) -> None:
    deal = services.records.add("deal", {"name": "Offices"})
    usual = services.records.show("deal", deal.id).values
    services.records.set("deal", [deal.id], {"probability": 77})
    was = services.history.held("deal", deal.id, deal.change.action)
    services.records.put_back("deal", deal.id, was, ["probability"])
    now = services.records.show("deal", deal.id).values
    assert [now[n] for n in ("probability", "probability_source")] == [usual["probability"], "stage"]


def jobs(services: Services, person: int) -> list[tuple[object, ...]]:
    return [(r.company.name, r.started_on, r.ended_on) for r in services.employments.of_person(person)]


@pytest.mark.parametrize("days", [0, 7])
def test_a_company_that_is_put_back_invents_no_jobs(services: Services, time: MovingClock, days: int) -> None:
    acme, bolt, cole = (services.records.add("company", {"name": name}).id for name in ("Acme", "Bolt", "Cole"))
    person = services.records.add("person", {"name": "Ann Beck", "company": acme})
    services.records.add("employment", {"person": person.id, "company": acme, "started_on": "2020-05-01"})
    first = services.history.entries(1)[0].action
    before = jobs(services, person.id)
    for company in (bolt, cole, None):
        services.records.set("person", [person.id], {"company": company})
        time.move(days=days)
    services.records.add("employment", {"person": person.id, "company": bolt, "job_title": "Adviser"})
    was = services.history.held("person", person.id, first)
    services.records.put_back("person", person.id, was, list(was.back))
    assert jobs(services, person.id) == [*before, ("Bolt", None, None)]
    services.history.undo()
    assert services.records.show("person", person.id).values["company"].name == "Bolt"
    assert len(jobs(services, person.id)) == 4


def test_no_company_is_put_back_as_if_there_had_been_none(services: Services) -> None:
    acme, bolt = (services.records.add("company", {"name": name}).id for name in ("Acme", "Bolt"))
    person = services.records.add("person", {"name": "Ann Beck"})
    for company in (acme, bolt):
        services.records.set("person", [person.id], {"company": company})
    was = services.history.held("person", person.id, person.change.action)
    services.records.put_back("person", person.id, was, ["company"])
    assert jobs(services, person.id) == []
