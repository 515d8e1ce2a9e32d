"""Cards of address books are read, whatever program wrote them."""

import quopri
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.domain.contact import known_of
from crm_desktop.formats.business_card import cards, read_card

APPLE = r"""BEGIN:VCARD
VERSION:3.0
N:van der Berg;Anna;Maria;Dr.;
FN:Dr. Anna Maria van der Berg
ORG:Berg\, Kaffee & Co;Einkauf
TITLE:Head of buying
EMAIL;TYPE=HOME:a.b@home.example
item1.EMAIL;type=INTERNET;type=WORK;type=pref:anna@berg.example
item1.X-ABLabel:_$!<Work>!$_
TEL;TYPE=CELL:+49 151 2345678
TEL;TYPE=WORK,FAX:+49 30 1234
ADR;TYPE=WORK:;;Hafenstr. 12;Hamburg;;20457;Germany
URL:https://berg.example
BDAY:--0412
NOTE:Met at the fair.\nLikes tea\; no sugar
PHOTO;ENCODING=b;TYPE=JPEG:AAAA
 BBBB
END:VCARD
"""


def test_a_card_tells_all_it_holds() -> None:
    found = read_card(*cards(APPLE))
    assert found.values == {
        "first_name": "Anna Maria", "last_name": "van der Berg", "company_name": "Berg, Kaffee & Co",
        "department": "Einkauf", "job_title": "Head of buying", "street": "Hafenstr. 12", "city": "Hamburg",
        "postcode": "20457", "country": "Germany", "website": "https://berg.example",
    }  # fmt: skip
    assert [(text, known_of(text)[0]) for text in found.emails] == [
        ("anna@berg.example", "work"), ("a.b@home.example", "home"),
    ]  # fmt: skip
    assert [(text, known_of(text)[0]) for text in found.phones] == [("+49 151 2345678", "mobile")]
    assert found.rest == [
        "Dr. Anna Maria van der Berg", "FAX: +49 30 1234", "BDAY: --0412", "Met at the fair.\nLikes tea; no sugar",
    ]  # fmt: skip


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_several_cards_of_an_old_telephone(newline: str) -> None:
    name = "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BC=\nller;J=C3=B6rg"
    one = f"BEGIN:VCARD\nVERSION:2.1\n{name}\nTEL;CELL:0171 55\nEND:VCARD\n"
    text = f"{one}BEGIN:VCARD\nFN:Ada King\nEMAIL:no address\nEND:VCARD\n"
    first, second = map(read_card, cards(text.replace("\n", newline)))
    assert (first.values, first.phones) == ({"first_name": "Jörg", "last_name": "Müller"}, ["0171 55"])
    assert (second.values, second.emails, second.rest) == ({"name": "Ada King"}, [], ["EMAIL: no address"])


@pytest.mark.parametrize("text", ["", "Ada King\nKing Ltd", "BEGIN:VCALENDAR\nEND:VCALENDAR"])
def test_other_text_has_no_card(text: str) -> None:
    assert cards(text) == []


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "no-such-thing"])
def test_letters_are_read_as_the_card_says(charset: str) -> None:
    known = "utf-8" if charset == "no-such-thing" else charset
    name = quopri.encodestring("Müller".encode(known)).decode()
    [card] = cards(f"BEGIN:VCARD\nN;CHARSET={charset};ENCODING=QUOTED-PRINTABLE:{name};Jo\nEND:VCARD")
    assert read_card(card).values["last_name"] == "Müller"


_WORD = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=40)


@given(st.lists(_WORD, min_size=4, max_size=4), st.integers(1, 75))
def test_what_is_written_comes_back(words: Sequence[str], width: int) -> None:
    family, given_, company, note = words
    lines = [f"N:{_escaped(family)};{_escaped(given_)};;;", f"ORG:{_escaped(company)}", f"NOTE:{_escaped(note)}"]
    folded = ["\r\n ".join(line[at : at + width] for at in range(0, len(line), width)) for line in lines]
    [card] = cards("\r\n".join(["BEGIN:VCARD", *folded, "END:VCARD"]))
    found = read_card(card)
    assert found.values == {"first_name": given_, "last_name": family, "company_name": company}
    assert found.rest == [note]


def _escaped(text: str) -> str:
    for sign in "\\,;":
        text = text.replace(sign, f"\\{sign}")
    return text
