"""Filters that name fields which are gone."""

import pytest

from crm_desktop.domain.catalogue import Catalogue, Field, FieldType, Kind, Relation
from crm_desktop.domain.filter import Compare, Either, Exists, Filter, Node, Not, Op, Total, Words, both, is_, picked
from crm_desktop.domain.filter_names import unknown, usable

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
