"""A signature, or a line of text, read as somebody to know: who, where, how to reach them; nothing of it is lost."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from crm_desktop.domain.firms import FREE_MAIL, is_firm
from crm_desktop.domain.folding import words
from crm_desktop.formats.contact_values import parse_email

_EMAIL = re.compile(r"[^\s<>()\[\],;|]+@[^\s<>()\[\],;|]+\.[^\s<>()\[\],;|]+")
_URL = re.compile(r"(?:https?://|www\.)[^\s,;|]+", re.IGNORECASE)
_PHONE = re.compile(r"(?<![\w@.])\+?\(?\d[\d\s()./-]{5,}\d(?!\w)")
_LABEL = re.compile(r"^(?:\W*)(e-?mail|mail|tel(?:efon|ephone)?|phone|fon|mobile?|mobil|cell|handy|direct|office|web|"
                    r"website|www|fax|m|t|p|e|w|f|d)\.?\s*[:.]?\s*$", re.IGNORECASE)  # fmt: skip
_FAX = re.compile(r"\b(?:tele)?fax|^\W*f\W*$", re.IGNORECASE)
_PLACE = (
    re.compile(r"^(?:[A-Z]{1,3}-)?(?P<postcode>\d{4,5})\s+(?P<city>[^\W\d][^\d,]+)$"),
    re.compile(r"^(?P<city>[^\W\d][^\d,]+?),?\s+(?P<region>[A-Z]{2})\s+(?P<postcode>\d{5}(?:-\d{4})?)$"),
    re.compile(r"^(?P<city>[^\W\d][^\d,]*?),?\s+(?P<postcode>[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2})$"),
)
_STREET = re.compile(r"^(?=.*\d)(?:\d+\S*\s+[^\W\d]|[^\W\d][^+]*\s\d{1,4}\s?[a-zA-Z]?$)")
_ROLES = frozenset(
    "ceo cto cfo coo cmo vp president director manager head chief officer lead owner founder partner engineer"
    " consultant buyer purchasing procurement sales marketing assistant secretary coordinator specialist analyst"
    " architect supervisor administrator representative executive chef leiter leiterin leitung geschaftsfuhrer"
    " geschaftsfuhrerin einkauf einkaufer einkauferin vertrieb inhaber inhaberin prokurist prokuristin assistenz"
    " assistentin referent referentin directeur directrice responsable gerente acheteur acheteuse jefe jefa"
    " comercial".split()
)
_GREETINGS = frozenset(
    "regards best kind kindest sincerely thanks thank cheers yours mit freundlichen grussen viele grusse mfg"
    " cordialement saludos atentamente sent from my iphone".split()
)
_NAME_PART = re.compile(r"^[^\W\d_][\w'’.-]*$")
_TITLES = frozenset(("mr", "mrs", "ms", "miss", "dr", "prof", "herr", "frau", "mme", "m"))


@dataclass(slots=True)
class Found:
    """What a text says of somebody; `rest` are the lines that fitted nothing."""

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
    pieces = [piece for line in text.splitlines() for piece in _reached(line, found)]
    if found.emails:
        domain = found.emails[0].rpartition("@")[2]
        if domain not in FREE_MAIL:
            found.take("website", domain)
    _place(pieces, found)
    if found.emails and "name" not in found.values:
        parts = found.emails[0].partition("@")[0].split(".")
        if len(parts) == 2 and all(part.isalpha() and len(part) > 1 for part in parts):
            found.take("name", " ".join(map(str.capitalize, parts)))
    return found


def _reached(line: str, found: Found) -> Iterable[str]:
    """Takes addresses and numbers out of a line; answers what else stands in it, piece by piece."""
    fax = bool(_FAX.search(line))
    for match in _EMAIL.findall(line):
        try:
            address = parse_email(match.strip(".:"))
        except ValueError:
            continue
        found.emails += [] if address in found.emails else [address]
        line = line.replace(match, "\n")
    for match in _URL.findall(line):
        if found.take("website", match.rstrip("/.")):
            line = line.replace(match, "\n")
    for match in _PHONE.findall(line):
        if not fax and sum(map(str.isdigit, match)) > 6:
            found.phones += [] if match.strip() in found.phones else [match.strip()]
            line = line.replace(match, "\n")
    pieces = re.split(r"\n|\s*[|•·;\t]\s*|,\s+(?![A-Z]{2}\s+\d)|\s+[–—-]\s+", line)
    return [bare for piece in pieces if (bare := piece.strip(" \t<>(),:-–—*_")) and not _LABEL.match(piece)]


def _place(pieces: list[str], found: Found) -> None:
    for piece in pieces:
        if not (_address(piece, found) or _role(piece, found) or _firm(piece, found) or _name(piece, found)):
            found.rest.append(piece)
    if "company_name" not in found.values and (found.emails or found.phones or "name" in found.values):
        firm = next((piece for piece in found.rest if _may_be_firm(piece)), None)
        if firm is not None:
            found.rest.remove(firm)
            found.take("company_name", firm)
    found.rest = [piece for piece in found.rest if not set(words(piece)) <= _GREETINGS]


def _address(piece: str, found: Found) -> bool:
    for pattern in _PLACE:
        match = pattern.match(piece)
        if match and "postcode" not in found.values:
            found.values |= {name: value.strip() for name, value in match.groupdict().items()}
            return True
    return bool(_STREET.match(piece)) and found.take("street", piece)


def _role(piece: str, found: Found) -> bool:
    said = words(piece)
    return len(said) <= 8 and bool(_ROLES & set(said)) and not is_firm(piece) and found.take("job_title", piece)


def _firm(piece: str, found: Found) -> bool:
    return is_firm(piece) and found.take("company_name", piece)


def _name(piece: str, found: Found) -> bool:
    """A first piece of two to four capitalised words is who it is."""
    parts = [part for part in piece.split() if part.strip(".").lower() not in _TITLES]
    named = 2 <= len(parts) <= 4 and all(map(_NAME_PART.match, parts)) and parts[0][0].isupper()
    greeting = set(words(piece)) & _GREETINGS
    return named and parts[-1][0].isupper() and not greeting and found.take("name", " ".join(parts))


def _may_be_firm(piece: str) -> bool:
    return len(piece) <= 60 and piece[0].isupper() and not set(words(piece)) <= _GREETINGS
