"""Business cards of address books (vCard 2.1, 3.0 and 4.0; RFC 6350), read as somebody to know."""

import codecs
import quopri
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crm_desktop.domain.contact import Reach, written
from crm_desktop.formats.contact_values import parse_email
from crm_desktop.formats.signature import Found

_CARD = re.compile(r"^BEGIN:VCARD\s*$.*?(?:^END:VCARD\s*$|\Z)", re.IGNORECASE | re.MULTILINE | re.DOTALL)
_LINE = re.compile(r"(?:[\w-]+\.)?(?P<name>[\w-]+)(?P<more>(?:;(?:\"[^\"]*\"|[^\":;])*)*):(?P<value>.*)", re.DOTALL)
_BROKEN = re.compile(r"^[^\n:]*QUOTED-PRINTABLE(?:[^\n]*=\n)+", re.IGNORECASE | re.MULTILINE)
_ESCAPED = re.compile(r"\\(.)")
_PLACE = ("", "", "street", "city", "region", "postcode", "country")
"""The parts of ADR in their order; post-office box and flat stand before the street."""
_LABELS = {"cell": "mobile", "iphone": "mobile", "home": "home", "work": "work", "other": "other"}
_SILENT = frozenset(
    "begin end version prodid rev uid fn n photo logo sound key class mailer sort-string source kind xml clientpidmap"
    .split()
)  # fmt: skip
"""Properties that say nothing of somebody in words; so do those whose name begins with X-."""


@dataclass(frozen=True, slots=True)
class _Property:
    """A line of a card: its name, the words of its parameters, and the value as written."""

    name: str
    more: tuple[str, ...]
    value: str

    @property
    def text(self) -> str:
        """The value as people read it."""
        return _plain(self.value)

    @property
    def is_fax(self) -> bool:
        """Whether nobody speaks at this number."""
        return "fax" in self.more

    @property
    def label(self) -> str:
        """What an address or number is for."""
        return next((_LABELS[word] for word in self.more if word in _LABELS), "")

    def parts(self) -> list[str]:
        """The value cut where its parts end."""
        return [_plain(part) for part in re.split(r"(?<!\\);", self.value)]


def cards(text: str) -> list[str]:
    """The cards of a text, each alone; none where the text is no card."""
    return _CARD.findall(text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))


def read_card(card: str) -> Found:
    """Reads one card; what has no field stands in the rest, and so does every address but the first."""
    found = Found()
    properties = list(_properties(card))
    by_worth = sorted(properties, key=lambda each: not {"pref", "pref=1"} & set(each.more))
    _name(by_worth, found)
    for each in by_worth:
        _take(each, found)
    return found


def _properties(card: str) -> Iterator[_Property]:
    """The lines of a card, long ones joined; a quoted-printable one goes on where its line ends in `=`."""
    lines = re.sub(r"\n[ \t]", "", card)
    lines = _BROKEN.sub(lambda match: match[0].replace("=\n", ""), lines)
    for line in lines.split("\n"):
        if match := _LINE.fullmatch(line.strip()):
            more = tuple(re.split(r"[;,]", match["more"].lower().replace('"', "").replace("type=", "")))
            if "encoding=b" not in more and not {"base64", "encoding=base64"} & set(more):
                yield _Property(match["name"].lower(), more, _decoded(match["value"], more))


def _decoded(value: str, more: Sequence[str]) -> str:
    if not {"quoted-printable", "encoding=quoted-printable"} & set(more):
        return value
    charset = next((word.removeprefix("charset=") for word in more if word.startswith("charset=")), "utf-8")
    try:
        codecs.lookup(charset)
    except LookupError:
        charset = "utf-8"
    return quopri.decodestring(value.encode()).decode(charset, "replace").replace("\r\n", "\n")


def _plain(text: str) -> str:
    return _ESCAPED.sub(lambda match: "\n" if match[1] in "nN" else match[1], text).strip()


def _name(properties: Sequence[_Property], found: Found) -> None:
    """The name in its parts where it is given so, else as it is shown."""
    for each in properties:
        if each.name == "n":
            family, given, middle, *titles = [*each.parts(), "", ""]
            found.take("first_name", " ".join(filter(None, (given, middle))))
            found.take("last_name", family)
            if any(titles):
                before, *behind = titles
                found.rest.append(" ".join(filter(None, (before, given, middle, family, *behind))))
    shown = next((each.text for each in properties if each.name == "fn"), "")
    if not found.values:
        found.take("name", shown)


def _take(each: _Property, found: Found) -> None:
    """Keeps a property where it belongs, or in words in the rest."""
    if each.name == "email" and _is_email(each.text):
        _add(found.emails, Reach(parse_email(each.text), each.label))
    elif each.name == "tel" and not each.is_fax:
        _add(found.phones, Reach(each.text.removeprefix("tel:"), each.label))
    elif each.name == "org":
        company, *units = each.parts()
        if not found.take("company_name", company):
            _keep(each, company, found)
        found.take("department", ", ".join(filter(None, units)))
    elif each.name == "adr":
        parts = each.parts()
        place = {name: part for name, part in zip(_PLACE, parts, strict=False) if name and part}
        street = " ".join(filter(None, (*parts[:2], place.get("street", ""))))
        _keep_place({**place, **({"street": street} if street else {})}, each, found)
    elif each.name in ("title", "url", "note"):
        field = {"title": "job_title", "url": "website"}.get(each.name)
        if not (field and found.take(field, each.text)):
            _keep(each, each.text, found)
    elif each.name not in _SILENT and not each.name.startswith("x-"):
        _keep(each, each.text, found)


def _keep_place(place: dict[str, str], each: _Property, found: Found) -> None:
    if {"street", "city", "postcode"} & found.values.keys():
        _keep(each, written(place), found)
    else:
        found.values.update(place)


def _keep(each: _Property, text: str, found: Found) -> None:
    """What fits no field, under its name as the card has it; a note speaks for itself."""
    name = "" if each.name == "note" else "FAX: " if each.is_fax else f"{each.name.upper()}: "
    found.rest += [f"{name}{text}"] if text else []


def _is_email(text: str) -> bool:
    try:
        parse_email(text)
    except ValueError:
        return False
    return True


def _add(to: list[str], reach: Reach) -> None:
    to += [reach] if reach and reach not in to else []
