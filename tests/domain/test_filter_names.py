"""Filters that name fields which are gone."""

import pytest

from crm_desktop.domain.catalogue import Catalogue, Field, FieldType, Kind, Relation
from crm_desktop.domain.filter import Compare, Either, Exists, Filter, Node, Not, Op, Total, Words, both, is_, picked
from crm_desktop.domain.filter_names import lost_choices, renamed, unknown, usable

CATALOGUE = Catalogue(
    {
        "lead": Kind(
            "lead", "leads",
            {"score": Field("score", FieldType.INTEGER), "company": Field("company", FieldType.LINK, target="company")},
            {"deals": Relation("deals", "deal")},
        ),
        "company": Kind("company", "companies", {"name": Field("name", FieldType.TEXT)}),
        "deal": Kind("deal", "deals", {"amount": Field("amount", FieldType.MONEY)}),
    }
)  # fmt: skip


@pytest.mark.parametrize(
    ("node", "found"),
    [
        (is_("score", 1), ()),
        (Words("hobby"), ()),
        (is_("hobby", "golf"), (("lead", "hobby"),)),
        (is_("company.name", "x"), ()),
        (is_("company.hobby", "x"), (("company", "hobby"),)),
        (is_("score.name", "x"), (("lead", "name"),)),
        (Either((is_("score", 1), Not(is_("hobby", 2)))), (("lead", "hobby"),)),
        (Exists("deals", is_("hobby", 1)), (("deal", "hobby"),)),
        (Exists("visits"), (("lead", "visits"),)),
        (Total("deals", Op.MORE, 5, "hobby"), (("deal", "hobby"),)),
        (Total("deals", Op.MORE, 5, "amount"), ()),
        (picked("lead", [1]).where, ()),
    ],
)
def test_names_that_are_gone_are_found(node: Node, found: tuple[tuple[str, str], ...]) -> None:
    assert unknown(CATALOGUE, "lead", node) == found


def test_the_rest_of_a_filter_still_works() -> None:
    kept = Compare("score", Op.MORE, 5)
    wanted = Filter("lead", both(kept, Either((kept, is_("hobby", "golf")))))
    assert usable(CATALOGUE, wanted) == Filter("lead", kept)
    assert usable(CATALOGUE, Filter("lead", kept)).where == kept


DRINKS = Field("drinks", FieldType.CHOICE, choices=("Herbal tea", "Coffee"))
WITH_CHOICES = Catalogue(
    {
        "lead": Kind("lead", "leads", {"drinks": DRINKS, "note": Field("note", FieldType.TEXT)}),
        "deal": Kind(
            "deal",
            "deals",
            {"lead": Field("lead", FieldType.LINK, target="lead")},
            {"leads": Relation("leads", "lead")},
        ),
    }
)


def test_renamed_values_are_named_anew_wherever_they_are_asked_for() -> None:
    def wanted(tea: str, coffee: str) -> Filter:
        both_ways = Either((is_("drinks", tea), Not(Compare("drinks", Op.ANY_OF, (tea, coffee)))))
        return Filter("lead", both(both_ways, is_("note", "Tea"), Compare("drinks", Op.EMPTY, True), Words("Tea")))

    def named(kind: str, field: Field) -> bool:
        return (kind, field.name) == ("lead", "drinks")

    swapped = {"tea": "Coffee", "Coffee": "Tea"}
    assert renamed(WITH_CHOICES, wanted("Tea", "Coffee"), named, swapped) == wanted("Coffee", "Tea")
    assert renamed(WITH_CHOICES, wanted("Tea", "Coffee"), named, {"Tea": ""}) == wanted("Tea", "Coffee")
    over = Filter("deal", both(is_("lead.drinks", "Tea"), Exists("leads", is_("drinks", "Tea")), is_("gone", "Tea")))
    assert renamed(WITH_CHOICES, over, named, {"Tea": "Milk"}).where == both(
        is_("lead.drinks", "Milk"), Exists("leads", is_("drinks", "Milk")), is_("gone", "Tea")
    )
    one = Filter("lead", Compare("drinks", Op.ANY_OF, ("Tea", "Coffee")))
    assert renamed(WITH_CHOICES, one, named, {"Tea": "Coffee"}).where == Compare("drinks", Op.ANY_OF, ("Coffee",))


def test_values_that_are_no_choice_any_more_are_found() -> None:
    node = both(is_("drinks", "herbal tea"), Not(Compare("drinks", Op.ANY_OF, ("Coffee", "Milk"))), is_("note", "Milk"))
    assert lost_choices(WITH_CHOICES, "lead", node) == (("lead", "drinks", "Milk"),)
    assert lost_choices(WITH_CHOICES, "deal", is_("lead.drinks", "Tea")) == (("lead", "drinks", "Tea"),)
