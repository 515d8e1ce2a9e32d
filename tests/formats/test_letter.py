"""A mail tells who wrote it, and what they wrote themselves."""

from email.message import EmailMessage

import pytest

from crm_desktop.formats.letter import letter_text
from crm_desktop.formats.signature import read_signature

WORDS = """Good morning,

could you send us prices for two machines?

Kind regards
Jörg Müller
Einkaufsleiter
Kaffee Nord GmbH
Tel. +49 40 123456
"""
ANSWERED = [
    "Am 3.11.2026 um 10:00 schrieb Ada <ada@other.example>:\n> Ada King\n> +44 20 7946 0182",
    "On 3 Nov 2026, Ada wrote:\n\nAda King",
    "-----Original Message-----\nFrom: Ada <ada@other.example>",
    "Von: Ada <ada@other.example>\nAda King",
    "> Ada King, ada@other.example",
]


@pytest.mark.parametrize("before", ["", *ANSWERED])
@pytest.mark.parametrize("html", [False, True])
def test_a_mail_is_about_who_wrote_it(before: str, html: bool) -> None:
    mail = EmailMessage()
    mail["From"] = "Jörg Müller <joerg.mueller@nord.example>"
    mail["Subject"] = "Prices"
    text = f"{WORDS}\n{before}"
    if html:
        lines = "".join(f"<p>{line.replace('<', '&lt;').replace('>', '&gt;')}</p>" for line in text.splitlines())
        mail.set_content(f"<html><head><style>p {{x: y}}</style></head><body>{lines}</body></html>", subtype="html")
    else:
        mail.set_content(text)
    found = read_signature(letter_text(mail.as_bytes()))
    assert found.values == {
        "name": "Jörg Müller", "company_name": "Kaffee Nord GmbH", "job_title": "Einkaufsleiter",
        "website": "nord.example",
    }  # fmt: skip
    assert (found.emails, found.phones) == (["joerg.mueller@nord.example"], ["+49 40 123456"])
    assert {"Subject: Prices", "could you send us prices for two machines?"} <= set(found.rest)


def test_a_quotation_of_a_page_is_of_another() -> None:
    mail = EmailMessage()
    mail["From"] = "Bo Lind <bo@lind.example>"
    mail.set_content("<p>Yes.</p><blockquote>Ada King<br>ada@king.example</blockquote>", subtype="html")
    assert letter_text(mail.as_bytes()).splitlines() == ["From: Bo Lind <bo@lind.example>", "", "Yes."]


@pytest.mark.parametrize("data", [b"", b"hello", b"\xff\xfe\x00", b"Subject: no sender\n\nhello"])
def test_what_has_no_sender_tells_of_nobody(data: bytes) -> None:
    assert letter_text(data) == ""


def test_a_mail_without_words_still_has_a_sender() -> None:
    assert letter_text(b"From: Ada King <ada@king.example>\n\n") == "From: Ada King <ada@king.example>"


def test_an_unknown_encoding_is_read_as_well_as_can_be() -> None:
    mail = b"From: a@b.example\nContent-Type: text/plain; charset=nothing\n\nAda King\n"
    assert "Ada King" in letter_text(mail)
