"""Signatures of several countries, and single lines, are read for what they say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.formats.signature import read_signature

GERMAN = """Mit freundlichen Grüßen
Dr. Jürgen Müller
Leiter Einkauf

Müller & Söhne GmbH
Hauptstraße 12
D-80331 München
Tel. +49 89 1234567
Fax +49 89 1234568
juergen.mueller@mueller.example"""


def test_a_german_signature() -> None:
    found = read_signature(GERMAN)
    assert found.values == {
        "name": "Jürgen Müller", "job_title": "Leiter Einkauf", "company_name": "Müller & Söhne GmbH",
        "street": "Hauptstraße 12", "postcode": "80331", "city": "München", "website": "mueller.example",
    }  # fmt: skip
    assert (found.emails, found.phones) == (["juergen.mueller@mueller.example"], ["+49 89 1234567"])
    assert found.rest == ["Fax +49 89 1234568"]


@pytest.mark.parametrize(
    ("text", "name", "company"),
    [
        ("John Smith - Acme Inc. - CEO - (555) 123-4567 - Springfield, IL 62701", "John Smith", "Acme Inc."),
        ("Ada King | King Ltd | ada@king.example", "Ada King", "King Ltd"),
        ("ada.king@gmail.com", "Ada King", None),
        ("Joanna Whitlock, Fenwick Schools Trust, 020 7946 0182", "Joanna Whitlock", "Fenwick Schools Trust"),
    ],
)
def test_a_line(text: str, name: str, company: str | None) -> None:
    found = read_signature(text)
    assert (found.values.get("name"), found.values.get("company_name")) == (name, company)


def test_a_private_address_names_no_website() -> None:
    assert "website" not in read_signature("ada@gmail.com").values


@given(st.text(max_size=200))
def test_no_text_is_too_strange(text: str) -> None:
    read_signature(text)
