"""The catalogue: kinds and fields by name, and choices as people write them."""

import pytest

from crm_desktop.domain.catalogue import Catalogue, Field, FieldType, Kind, Relation, UnknownName, Use

SIZE = Field("size", FieldType.CHOICE, choices=("very_big", "Größer", "C++", "C#"), definition=7, label="Size")
CATALOGUE = Catalogue({
    "deal": Kind("deal", "deals", {
        "name": Field("name", FieldType.TEXT, frozenset({Use.EDIT, Use.SORT})),
        "company": Field("company", FieldType.LINK, target="company"),
        "size": SIZE,
    }),
    "company": Kind(
        "company", "companies", {"city": Field("city", FieldType.TEXT)}, {"deals": Relation("deals", "deal")}
    ),
})  # fmt: skip


@pytest.mark.parametrize(("text", "choice"), [
    ("very_big", "very_big"), ("Very Big", "very_big"), ("VERY_BIG", "very_big"), (" very big ", "very_big"),
    ("größer", "Größer"), ("GROSSER", "Größer"), ("groeßer", None), ("c++", "C++"), ("c#", "C#"), ("c", None),
    ("", None),
])  # fmt: skip
def test_a_choice_is_known_however_it_is_written(text: str, choice: str | None) -> None:
    assert SIZE.choice(text) == choice


def test_kinds_are_found_by_name_and_plural() -> None:
    assert CATALOGUE.kind("Companies") is CATALOGUE.kind("company")
    assert [kind.name for kind in CATALOGUE] == ["deal", "company"]
    with pytest.raises(UnknownName, match=r"“ghost”.*deal, company"):
        CATALOGUE.kind("ghost")


def test_a_path_leads_over_links() -> None:
    assert CATALOGUE.field("deal", "company.city").name == "city"
    assert CATALOGUE.relation("company", "deals").kind == "deal"
    for path, said in (("name.city", "does not lead"), ("company.ghost", "no field “ghost”"), ("ghost", "no field")):
        with pytest.raises(UnknownName, match=said):
            CATALOGUE.field("deal", path)
    with pytest.raises(UnknownName, match="has no “deals”"):
        CATALOGUE.relation("deal", "deals")


def test_a_field_says_what_it_takes_part_in() -> None:
    name, company = CATALOGUE.field("deal", "name"), CATALOGUE.field("deal", "company")
    assert (name.editable, name.sortable, name.custom) == (True, True, False)
    assert (company.editable, company.sortable, SIZE.custom) == (False, False, True)
    assert CATALOGUE.kind("deal").with_use(Use.SORT) == (name,)
    assert FieldType.MONEY.ordered and not FieldType.MONEY.textual
    assert FieldType.EMAIL.textual and not FieldType.CHOICE.textual
