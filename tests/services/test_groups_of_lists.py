"""Lists that are grouped: records with one value stand together, each group is told with its number."""

from itertools import groupby
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.domain.filter import Filter, Not, Sort, is_
from crm_desktop.domain.money import Money
from crm_desktop.errors import UserError
from crm_desktop.services import Services
from crm_desktop.services.views import View

KINDS = ("lead", "company", "person", "deal", "customer", "task", "activity")
_SETTINGS = st.data()


def _groupable(services: Services, kind: str) -> list[str]:
    fields = services.catalogue.kind(kind).fields.values()
    return [field.name for field in fields if field.groupable]


@given(data=_SETTINGS)
def test_the_groups_are_those_of_the_rows(filled: Services, data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(KINDS))
    by = data.draw(st.sampled_from(_groupable(filled, kind)))
    sortable = [field.name for field in filled.catalogue.kind(kind).fields.values() if field.sortable]
    within = data.draw(st.sampled_from([by, *sortable]))
    sort = Sort(within, data.draw(st.booleans()), by)
    ids = filled.lists.ids(Filter(kind), sort)
    values = [row[1] for row in filled.lists.rows(kind, ids, [by])]
    told = filled.lists.parts(Filter(kind), by)
    stand = [(_alike(value), len(list(group))) for value, group in groupby(values, _alike)]
    assert stand == [(_alike(value), count) for value, count in told]
    assert len({value for value, _ in stand}) == len(stand)


def _alike(value: Any) -> str:
    """Texts are one group whatever their case, as they are one in the order of a list; links by their names."""
    return str(getattr(value, "name", value)).casefold()


def test_rows_of_a_group_keep_the_order_asked_for(filled: Services) -> None:
    ids = filled.lists.ids(Filter("lead"), Sort("score", descending=True, group="segment"))
    rows = filled.lists.rows("lead", ids, ["segment", "score"])
    for _, group in groupby(rows, lambda row: row[1]):
        scores = [row[2] for row in group]
        assert scores == sorted(scores, reverse=True)


def test_equal_numbers_of_two_currencies_are_two_groups(services: Services) -> None:
    euros, dollars = Money(10_000, "EUR"), Money(10_000, "USD")
    for value in (euros, dollars, euros, None, dollars, Money(500, "EUR")):
        services.records.add("lead", {"last_name": "Berg", "value": value})
    told = services.lists.parts(Filter("lead"), "value")
    assert told == [(Money(500, "EUR"), 1), (euros, 2), (dollars, 2), (None, 1)]
    ids = services.lists.ids(Filter("lead"), Sort("name", group="value"))
    values = [row[1] for row in services.lists.rows("lead", ids, ["value"])]
    assert values == [value for value, count in told for _ in range(count)]


def test_stages_and_statuses_stand_in_their_order(filled: Services) -> None:
    """In groups and in lists sorted by them, also after they were put in another order; and filters find them."""
    for kind, field, of in (("lead", "status", "lead_status"), ("deal", "stage", "stage")):
        for _ in range(2):
            known = sorted(filled.lists.values(Filter(of), ["name", "position"]), key=lambda row: row[2])
            told = [(value.name, count) for value, count in filled.lists.parts(Filter(kind), field)]
            assert [name for name, _ in told] == [name for _, name, _ in known if name in dict(told)]
            rows = filled.lists.rows(kind, filled.lists.ids(Filter(kind), Sort(field)), [field])
            assert [row[1].name for row in rows] == [name for name, count in told for _ in range(count)]
            for name, count in told:
                assert filled.lists.count(Filter(kind, is_(field, name.upper()))) == count
                assert filled.lists.count(Filter(kind, Not(is_(field, name)))) == len(rows) - count
            turned = [number for number, _, _ in reversed(known)]
            filled.statuses.order(turned) if of == "lead_status" else filled.pipeline.order(turned)


def test_stages_of_one_name_are_groups_of_their_pipelines(services: Services) -> None:
    second = services.records.add("pipeline", {"name": "Renewals", "position": 2}).id
    stage = services.records.add("stage", {"name": "Qualification", "pipeline": second, "position": 1}).id
    first = next(each for each in services.pipeline.stages() if each.name == "Qualification")
    for number in (stage, first.id, stage):
        services.records.add("deal", {"name": "Offices", "stage": number})
    assert [(value.id, count) for value, count in services.lists.parts(Filter("deal"), "stage")] == [
        (first.id, 1), (stage, 2),
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["tags", "email", "nothing"])
def test_what_cannot_be_grouped_by_is_said(filled: Services, name: str) -> None:
    with pytest.raises(UserError, match=f"cannot be grouped by “{name}”"):
        filled.lists.ids(Filter("lead"), Sort("name", group=name))


def test_a_filter_narrows_the_groups(filled: Services) -> None:
    [(value, count)] = filled.lists.parts(Filter("lead", is_("lifecycle", "sql")), "lifecycle")
    assert (value, count) == ("sql", filled.lists.count(Filter("lead", is_("lifecycle", "sql"))))


def test_a_view_keeps_what_it_is_grouped_by(services: Services) -> None:
    wanted = View(0, "Mine", "lead", Filter("lead"), sort=Sort("name", group="segment"))
    services.views.save(wanted)
    assert services.views.find("lead", "Mine").sort == Sort("name", group="segment")
    services.views.keep_drafts("lead", [wanted])
    assert services.views.drafts("lead")[0].sort == Sort("name", group="segment")
    services.history.undo()
    services.history.redo()
    assert services.views.find("lead", "Mine").sort == Sort("name", group="segment")
