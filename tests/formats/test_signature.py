"""Signatures of several countries, and single lines, are read for what they say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.domain.contact import known_of
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
    assert found.rest == ["Dr. Jürgen Müller", "Fax +49 89 1234568"]


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Ada King\n79098 Freiburg im Breisgau\nGermany", "Germany"),
        ("Ada King\n80331 München, DEUTSCHLAND", "DEUTSCHLAND"),
        ("Ada King\nManchester M2 6AB\nUnited Kingdom", "United Kingdom"),
        ("Ada King\nGermany Trade GmbH", None),
    ],
)
def test_a_country_is_a_part_of_the_address(text: str, country: str | None) -> None:
    found = read_signature(text)
    assert found.values.get("country") == country
    assert country not in found.rest


@pytest.mark.parametrize("line", ["Mobil: 0171 / 234 56 78", "M 0171 234 56 78", "Cell +49 171 2345678"])
def test_a_mobile_number_keeps_its_label(line: str) -> None:
    found = read_signature(f"Ada King\nTel: +49 761 1234567\n{line}")
    assert [known_of(phone)[0] for phone in found.phones] == ["", "mobile"]


@pytest.mark.parametrize(
    ("line", "phones", "rest"),
    [
        ("Tel: +49 40 123456 | Fax: +49 40 123457", ["+49 40 123456"], ["Fax: +49 40 123457"]),
        ("T +49 40 123456, F +49 40 123457, M +49 171 5556677", ["+49 40 123456", "+49 171 5556677"],
         ["F +49 40 123457"]),
        ("Telefax: 0711 / 98 76 54 - 99", [], ["Telefax: 0711 / 98 76 54-99"]),
        ("Tél. : 04 72 00 00 00", ["04 72 00 00 00"], []),
    ],
)  # fmt: skip
def test_a_fax_is_no_phone_and_hides_none(line: str, phones: list[str], rest: list[str]) -> None:
    found = read_signature(f"Ada King\n{line}")
    assert (found.phones, found.rest) == (phones, rest)


@pytest.mark.parametrize("line", ["i. A. Thomas Müller", "i.V. Thomas Müller", "ppa. Thomas Müller",
                                  "From: Thomas Müller <t.m@mueller.example>", "Kontakt: Thomas Müller"])  # fmt: skip
def test_what_stands_before_a_name_is_no_part_of_it(line: str) -> None:
    found = read_signature(f"{line}\nTo: Ada King <ada@king.example>\nMüller & Söhne KG")
    assert (found.values["name"], found.values["company_name"]) == ("Thomas Müller", "Müller & Söhne KG")
    assert "ada@king.example" not in found.emails


def test_a_website_needs_nothing_before_it() -> None:
    found = read_signature("Ada King\nada@gmail.com\nking-coffee.example")
    assert (found.values["website"], found.rest) == ("king-coffee.example", [])
    assert read_signature("Ada King\nada@king.example\nking.example").rest == []


def test_two_numbers_of_a_line_have_their_own_labels() -> None:
    found = read_signature("Ada King\nMobile 0171 2345678 | Tel 0761 1234567")
    assert [known_of(phone)[0] for phone in found.phones] == ["mobile", ""]


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


def test_only_what_a_browser_opens_is_a_website() -> None:
    assert read_signature("Ada King\n(www.king.example/)").values["website"] == "www.king.example"
    assert "website" not in read_signature("Ada King\nwww...").values


LETTER = """Hi Hanna,

thanks for the call yesterday, please send the offer until Friday.

On Tue, 10 Nov 2026 at 14:02, Hanna Feld <hanna@feldsales.example> wrote:
> Dear Tom, as discussed
{sign}
Tom van der Berg (he/him)
VP Operations, BeanWorks B.V.
Keizersgracht 241, 1016 EA Amsterdam
office 020 123 4567 / mobile 06-12345678
tom@beanworks.example"""


@pytest.mark.parametrize("sign", ["-- ", "Best regards,", "Thanks!\nI look forward to it.\n\nKind regards"])
def test_a_letter_is_told_from_its_signature(sign: str) -> None:
    found = read_signature(LETTER.format(sign=sign))
    assert found.values == {
        "name": "Tom van der Berg", "job_title": "VP Operations", "company_name": "BeanWorks B.V.",
        "street": "Keizersgracht 241", "postcode": "1016 EA", "city": "Amsterdam", "website": "beanworks.example",
    }  # fmt: skip
    assert (found.emails, found.phones) == (["tom@beanworks.example"], ["020 123 4567", "06-12345678"])
    assert found.rest[0] == "Tom van der Berg (he/him)" and "> Dear Tom, as discussed" in found.rest


@pytest.mark.parametrize("line", ["Jane Roe, Buyer at Oakwood School, jane@oakwood.example",
                                  "Jane Roe\nBuyer bei Oakwood School\njane@oakwood.example"])  # fmt: skip
def test_what_somebody_does_may_name_where(line: str) -> None:
    values = read_signature(line).values
    assert (values["name"], values["job_title"], values["company_name"]) == ("Jane Roe", "Buyer", "Oakwood School")


@pytest.mark.parametrize("below", ["Ines Petrov", "Dr. Ines Petrov"])
def test_who_is_named_above_a_letter_and_below_it_is_no_company(below: str) -> None:
    head = "From: Ines Petrov <ines@orchid.example>\nSubject: Two machines\n\nA quote, please?\n\nKind regards\n"
    found = read_signature(f"{head}{below}\nPurchasing manager\nOrchid Hotel\n+44 20 7946 0777")
    assert (found.values["name"], found.values["company_name"]) == ("Ines Petrov", "Orchid Hotel")
    assert found.values["job_title"] == "Purchasing manager" and below not in found.rest[1:]


@pytest.mark.parametrize(
    ("line", "company"),
    [("Please call.", None), ("Could you call me?", None), ("Roof Works", "Roof Works"), ("Yahoo!", "Yahoo!")],
)
def test_a_sentence_is_no_company(line: str, company: str | None) -> None:
    found = read_signature(f"From: Bo Lind <bo@lind.example>\n\n{line}")
    assert found.values.get("company_name") == company
    assert found.rest == ([] if company else [line])


def test_numbers_of_registers_and_buildings_are_no_phones_and_no_streets() -> None:
    found = read_signature(
        "Dr.-Ing. Jo Weiß\nWerk II · Gebäude 14\nKönigsbrücker Straße 128 b\n01099 Dresden\n+49 351 8821-440\n"
        "USt-IdNr.: DE 123 456 789\nHRB 987 654 321, IBAN: DE89 3704 0044 0532 0130 00"
    )
    assert (found.values["name"], found.values["street"]) == ("Jo Weiß", "Königsbrücker Straße 128 b")
    assert found.phones == ["+49 351 8821-440"]
    assert {"Gebäude 14", "USt-IdNr.: DE 123 456 789"} < set(found.rest)


def test_a_signature_in_capitals_is_written_as_others_are() -> None:
    found = read_signature("MARIA-LUISE O'NEILL\nHEAD OF PROCUREMENT\nKESSLER LTD.\n14 HIGH STREET\nLEEDS LS1 4AB\nUK")
    assert found.values == {
        "name": "Maria-Luise O'Neill", "job_title": "Head Of Procurement", "company_name": "KESSLER LTD.",
        "street": "14 High Street", "city": "Leeds", "postcode": "LS1 4AB", "country": "UK",
    }  # fmt: skip
    assert read_signature("Jean Petit\n75008 PARIS").values["city"] == "PARIS"
