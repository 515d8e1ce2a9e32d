"""What is offered while a filter is typed."""

import pytest

from crm_desktop.domain.filter_typing import place, suggestions
from tests.domain.test_filter_text import CATALOGUE


@pytest.mark.parametrize(("text", "offered"), [
    ("sco", "score"),
    ("-(opt", "opt_out"),
    ("act", "activities("),
    ("status:", "working"),
    ("status:open,wo", "working"),
    ("opt:", "yes"),
    ("mql>=", "this_month"),
    ("source:", "none"),
    ("company.", "city"),
    ("score>7 (sou", "source"),
    ("activities(ty", "type"),
    ("activities(type:", "visit"),
    ("activities(type:visit) sta", "status"),
    ("sum(deals.amount)(na", "name"),
    ("-activities(type:visit happened_on>=", "-60d"),
    ('source="Trade fair" sta', "status"),
])  # fmt: skip
def test_what_may_stand_at_the_cursor_is_offered(text: str, offered: str) -> None:
    found = place(CATALOGUE, "lead", text)
    assert offered in suggestions(CATALOGUE, found)
    assert text[found.start :].lstrip('"') == found.begun
    assert offered.startswith(found.begun)


def test_values_are_those_of_the_field_at_the_end_of_the_path() -> None:
    found = place(CATALOGUE, "lead", "score>70 company.city:Ber")
    assert (found.kind, found.field and found.field.name, found.begun) == ("company", "city", "Ber")


def test_names_of_no_kind_are_not_offered() -> None:
    assert suggestions(CATALOGUE, place(CATALOGUE, "lead", "score.")) == {}
    assert "type" not in suggestions(CATALOGUE, place(CATALOGUE, "lead", "activities(type:visit) "))
