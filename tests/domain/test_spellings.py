"""Spellings that a search takes for the same."""

import pytest

from crm_desktop.domain.spellings import number_words, numbers, searchable, sought


@pytest.mark.parametrize("text", ["+49 30 123456", "0049 30 123456", "+49 (0)30 123456", "030/123-456", "(0)30 123456"])
def test_a_number_has_its_national_form_however_it_is_written(text: str) -> None:
    assert numbers(text)[-1] == "30123456"


@pytest.mark.parametrize(("text", "national"), [
    ("+1 212 555 0100", "2125550100"), ("+7 495 123", "495123"), ("+353 1 234 5678", "12345678"),
    ("+39 06 1234", "61234"), ("123456", "123456"), ("0037", "0037"),
])  # fmt: skip
def test_country_codes_are_as_long_as_they_are(text: str, national: str) -> None:
    assert numbers(text)[-1] == national


def test_names_are_found_joined_parted_and_written_out() -> None:
    assert searchable("Conor O'Brien") == "conor o'brien obrien"
    assert searchable("Jean-Luc MÜLLER") == "jean-luc muller jeanluc mueller"
    assert searchable("a price of 12-30") == "a price of 12-30"


def test_each_word_is_sought_in_its_spellings() -> None:
    assert sought("o'brien müller") == [[["o", "brien"], ["obrien"]], [["muller"], ["mueller"]]]
    assert sought("whitlock -- ") == [[["whitlock"]]]
    assert sought("Beck 030 fair") == [[["beck"]], [["030"], ["30"]], [["fair"]]]


def test_numbers_are_sought_from_either_end_and_by_their_groups() -> None:
    ways = [["030123456"], ["30123456"], ["\ue000654321030"], ["\ue00065432103"], ["30", "123", "456"]]
    assert sought("(0)30/123-456") == [ways]
    assert sought("Beck 030 1") == [[["beck"]], [["0301"], ["301"], ["\ue0001030"], ["030", "1"]]]
    assert number_words("+49 30 12") == "493012 3012 \ue000210394"
    assert number_words("?") == ""
