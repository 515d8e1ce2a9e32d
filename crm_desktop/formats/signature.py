"""A signature, or a line of text, read as somebody to know: who, where, how to reach them; nothing of it is lost."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from crm_desktop.domain.contact import Reach
from crm_desktop.domain.firms import FREE_MAIL, is_firm
from crm_desktop.formats.contact_values import is_url, parse_email
from crm_desktop.formats.signature_words import (
    is_country,
    is_greeting,
    is_label,
    is_mobile,
    is_role,
    name_in,
    parted,
    starts_large,
)

_EMAIL = re.compile(r"[^\s<>()\[\],;|：，、｜]+@[^\s<>()\[\],;|]+\.[^\s<>()\[\],;|，、｜]+")
_URL = re.compile(r"(?:https?://|www\.)[^\s,;|]+", re.IGNORECASE)
_PHONE = re.compile(r"(?<![\w@.〒])\+?\(?\d[\d\s()./-]{5,}\d(?!\w)")
_FAX = re.compile(r"\b(?:tele)?fax|^\W*f\W*$|факс|فاكس|פקס|传真|傳真|팩스|ファックス", re.IGNORECASE)
_PAPERS = re.compile(
    r"\b(?:ust|vat|mwst|uid|tva|iva|btw|kvk|hr[ab]|siren|siret|iban|bic|blz|konto|account|tax|steuer)", re.IGNORECASE
)
"""What stands before the numbers of registers, taxes and banks."""
_PLACE = (
    re.compile(r"^(?:NL-)?(?P<postcode>\d{4}\s?[A-Z]{2})\s+(?P<city>[^\W\d][^\d,]+)$"),
    re.compile(r"^(?:[A-Z]{1,3}-)?(?P<postcode>\d{4,5})\s+(?P<city>[^\W\d][^\d,]+)$"),
    re.compile(r"^(?P<city>[^\W\d][^\d,]+?),?\s+(?P<region>[A-Z]{2})\s+(?P<postcode>\d{5}(?:-\d{4})?)$"),
    re.compile(r"^(?P<city>[^\W\d][^\d,]*?),?\s+(?P<postcode>[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2})$"),
    re.compile(r"^〒\s*(?P<postcode>\d{3}-\d{4})(?:\s+(?P<street>.+))?$"),
)
_STREET = re.compile(r"^(?=.*\d)(?:\d+\S*\s+[^\W\d]|[^\W\d][^+]*\s\d{1,4}\s?[a-zA-Z]?$)")
_INDOORS = re.compile(
    r"(?:gebäude|haus|werk|halle|etage|raum|büro|building|bldg|floor|suite|unit|room|bâtiment)\.?\s+\w{1,4}$",
    re.IGNORECASE,
)
"""What says where in a building, beside the street it stands in."""
_STREET_MARKS = re.compile(r"(?=.*\d).*(?:[号號路街]|丁目|番地|대로|로\s*\d|길\s*\d)")
_DASH = re.compile(r"\s+([–—-])\s+")
_AT = re.compile(r"\s+(?:at|bei|chez)\s+(?=[^\W\d_])", re.IGNORECASE)
"""Between what somebody does and where."""
_BARE = re.compile(r"^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}$")
"""A website without anything before it."""
_SENDER = re.compile(r"^\W*(?:from|von|de|name|contact|kontakt|ansprechpartner(?:in)?)\s*:\s*", re.IGNORECASE)
_HEADER = re.compile(r"^\W*(?:to|an|cc|bcc|sent|gesendet|date|datum|subject|betreff)\s*:", re.IGNORECASE)
"""The lines above a letter that say nothing of who wrote it."""
_BEGIN = re.compile(r"^--\s*$")
_QUOTED = re.compile(r"^\s*>")
"""What mail programs write above a signature, and before each line of the letter that is answered."""
_AROUND = " \t\u3000<>,:：،。-–—*_"
_UNSEEN = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
"""Signs that only say in which direction text runs."""

_SPOKEN = frozenset({"name", "job_title", "street", "city", "country"})
"""What does not stay in capitals where a name is written in them. A company may be called so."""


@dataclass(slots=True)
class Found:
    """What a text says of somebody.

    Numbers bear the label they had; `rest` are the lines that fitted nothing, and a name that had a title.
    """

    values: dict[str, str] = field(default_factory=dict)
    emails: list[str] = field(default_factory=list)
    phones: list[str] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)

    def take(self, name: str, value: str) -> bool:
        """Keeps a value if there is none of that name yet; answers whether it was kept."""
        if not value or name in self.values:
            return False
        self.values[name] = value
        return True


def read_signature(text: str) -> Found:
    """Reads name, job title, company, e-mail addresses, phone numbers, website and address out of a text."""
    found = Found()
    text = _UNSEEN.sub("", unicodedata.normalize("NFC", text))
    letter, lines = _parted(text.splitlines())
    pieces = [part for line in lines for piece in _reached(line, found) for part in _employed(piece)]
    pieces = [piece for piece in pieces if not (_BARE.match(piece) and _is_website(piece, found))]
    if found.emails:
        domain = found.emails[0].rpartition("@")[2]
        if domain not in FREE_MAIL:
            found.take("website", domain)
    _place(pieces, found)
    found.rest += letter
    if found.emails and "name" not in found.values:
        parts = found.emails[0].partition("@")[0].split(".")
        if len(parts) == 2 and all(part.isalpha() and len(part) > 1 for part in parts):
            found.take("name", " ".join(map(str.capitalize, parts)))
    if found.values.get("name", "").isupper():
        found.values |= {name: _spoken(value) for name, value in found.values.items() if name in _SPOKEN}
    return found


def _parted(lines: list[str]) -> tuple[list[str], list[str]]:
    """The letter around a signature, and the signature with the line that says who wrote it.

    That is all there is where no letter can be told from it.
    """
    own = [line for line in lines if not _QUOTED.match(line)]
    quoted = [line for line in lines if _QUOTED.match(line)]
    for place, line in enumerate(own):
        below = [each for each in own[place + 1 :] if each.strip()]
        greeted = _bare(line) and is_greeting(line)
        if below and (_BEGIN.match(line) or (greeted and name_in(re.split("[|,]", _bare(below[0]))[0]))):
            senders = [each for each in own[:place] if _SENDER.match(each) and _EMAIL.search(each)]
            above = [each.strip() for each in own[:place] if each not in senders and not is_greeting(each)]
            return above + quoted, senders + below
    return (quoted, own) if any(map(str.strip, own)) else ([], lines)


def _spoken(words: str) -> str:
    """Words in nothing but capitals as they are written otherwise; what is as short as "UK" stays."""
    if len(words) < 4 or not words.isupper():
        return words
    return re.sub(r"(?<!\d)[^\W\d_]+", lambda word: word[0].capitalize(), words)


def _reached(line: str, found: Found) -> Iterable[str]:
    """Takes addresses and numbers out of a line; answers what else stands in it, piece by piece."""
    if _HEADER.match(line):
        return [line.strip()]
    line = _SENDER.sub("", line)
    for match in _EMAIL.findall(line):
        try:
            address = parse_email(match.strip(".:"))
        except ValueError:
            continue
        found.emails += [] if address in found.emails else [address]
        line = line.replace(match, "\n")
    for match in _URL.findall(line):
        site = match.rstrip("/.)>")
        if is_url(site) and found.take("website", site):
            line = line.replace(match, "\n")
    for match in _PHONE.findall(line):
        before = re.split(r"[\n|｜•·;,]", line.partition(match)[0])[-1]
        if _FAX.search(before) or _PAPERS.search(before):
            line = line.replace(match, _DASH.sub(r"\1", match))
        elif sum(map(str.isdigit, match)) > 6:
            number = "".join(str(unicodedata.digit(sign, sign)) for sign in match.strip())
            label = "mobile" if is_mobile(line.partition(match)[0]) else ""
            found.phones += [] if number in found.phones else [Reach(number, label)]
            line = line.replace(match, "\n")
    pieces = re.split(r"\n|\s*[|｜•·;؛\t]\s*|[,،]\s+(?![A-Z]{2}\s+\d)|[，、]|\s+[–—-]\s+", line)
    return [bare for piece in pieces if (bare := _bare(piece)) and not is_label(piece)]


def _employed(piece: str) -> list[str]:
    """What somebody does and where, of a piece that says both."""
    at = _AT.search(piece)
    return [piece[: at.start()], piece[at.end() :]] if at and is_role(piece[: at.start()]) else [piece]


def _is_website(piece: str, found: Found) -> bool:
    return found.take("website", piece) or found.values["website"].endswith(piece)


def _bare(piece: str) -> str:
    """A piece without the signs around it; brackets stay where they are around a part of it."""
    bare = piece.strip(_AROUND)
    part = bare.count("(") == bare.count(")") and not (bare.startswith("(") and bare.endswith(")"))
    return bare if part else bare.strip(_AROUND + "()")


def _place(pieces: list[str], found: Found) -> None:
    for piece in pieces:
        if not (_address(piece, found) or _role(piece, found) or _firm(piece, found) or _name(piece, found)):
            found.rest.append(piece)
    if "company_name" not in found.values and (found.emails or found.phones or "name" in found.values):
        firm = next((piece for piece in found.rest if _may_be_firm(piece)), None)
        if firm is not None:
            found.rest.remove(firm)
            found.take("company_name", firm)
    titled = [piece for piece in pieces if " ".join(piece.split()) != name_in(piece) == found.values.get("name")]
    found.rest = titled[:1] + [piece for piece in found.rest if not is_greeting(piece)]


def _address(piece: str, found: Found) -> bool:
    for pattern in _PLACE:
        match = pattern.match(piece)
        if match and "postcode" not in found.values:
            found.values |= {name: value.strip() for name, value in match.groupdict().items() if value}
            return True
    if is_country(piece) and found.take("country", piece):
        return True
    street = _STREET.match(piece) or _STREET_MARKS.match(piece)
    other = _FAX.search(piece) or _PAPERS.search(piece) or _INDOORS.match(piece)
    return street is not None and not other and found.take("street", piece)


def _role(piece: str, found: Found) -> bool:
    if is_firm(piece) or not is_role(piece):
        return False
    name, role = parted(piece)
    found.take("name", name)
    return found.take("job_title", role)


def _firm(piece: str, found: Found) -> bool:
    return is_firm(piece) and found.take("company_name", piece)


def _name(piece: str, found: Found) -> bool:
    """The first piece that looks like a name is who it is; it may be said again, above the letter and below it."""
    name = name_in(piece)
    return found.take("name", name) or (name != "" and name == found.values.get("name"))


def _may_be_firm(piece: str) -> bool:
    plain = piece[0].isupper() or not any(map(str.isdigit, piece))
    sentence = piece[-1] in ".!?" and piece.split()[-1][0].islower()
    said = ":" in piece or _PHONE.search(piece) or sentence  # what something is, or a fax
    return len(piece) <= 60 and plain and not said and starts_large(piece) and not is_greeting(piece)
