"""E-mail addresses, phone numbers and web addresses as people type them."""

import re
from dataclasses import dataclass

_LONGEST_ADDRESS = 254  # RFC 5321, section 4.5.3.1.3
_LONGEST_LOCAL = 64
_LOCAL = re.compile(r"[^\s@()<>\[\]:;,\\\"]+")
_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?")
_FEWEST_DIGITS = 3
_PART = r"[^\x00-,./:-@[-^`{-\x7f\s]+"  # of the name of a host, in any script
_SITE = re.compile(
    rf"(?:[a-z][a-z0-9+.-]*://{_PART}|{_PART}\.{_PART})(?:\.{_PART})*\.?(?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Phone:
    """A number as it was entered, and in E.164 form if it can be dialled from anywhere."""

    entered: str
    e164: str | None


def parse_email(text: str) -> str:
    """The address with its domain in lower case. Raises `ValueError` with the one thing to mend."""
    address = text.strip().removeprefix("mailto:")
    local, sign, domain = address.rpartition("@")
    if not sign:
        raise ValueError("An email address needs an @")
    if "@" in local:
        raise ValueError("An email address has only one @")
    if any(map(str.isspace, address)):
        raise ValueError("An email address has no blanks")
    if not local or len(local) > _LONGEST_LOCAL or not _LOCAL.fullmatch(local):
        raise ValueError("The part before the @ is not one an email address can have")
    if local.startswith(".") or local.endswith(".") or ".." in local:
        raise ValueError("The part before the @ has a dot in the wrong place")
    if len(address) > _LONGEST_ADDRESS:
        raise ValueError("The email address is too long")
    return f"{local}@{_domain(domain)}"


def _domain(text: str) -> str:
    """The domain in lower case, checked in the form in which mail servers look it up."""
    try:
        looked_up = text.lower().encode("idna").decode("ascii")
    except UnicodeError:
        raise ValueError("The part after the @ is not the name of a mail server") from None
    labels = looked_up.split(".")
    if len(labels) < 2:
        raise ValueError("The part after the @ needs a dot, like example.com")
    if not all(map(_LABEL.fullmatch, labels)) or labels[-1].isdigit():
        raise ValueError("The part after the @ is not the name of a mail server")
    return text.lower()


def parse_phone(text: str, region: str) -> Phone:
    """A phone number; `region` (ISO 3166, like "DE") tells how to read one without a country code.

    A number that cannot be dialled is kept as it was entered, without an E.164 form. Raises
    `ValueError` for text that holds no number.
    """
    entered = text.strip()
    if sum(map(str.isdigit, entered)) < _FEWEST_DIGITS:
        raise ValueError("Needs a phone number like +49 30 123456")
    import phonenumbers  # here, because loading its tables takes longer than starting the program

    try:
        number = phonenumbers.parse(entered, region)
    except phonenumbers.NumberParseException:
        return Phone(entered, None)
    if not phonenumbers.is_valid_number(number):
        return Phone(entered, None)
    return Phone(entered, phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def is_url(text: str) -> bool:
    """Whether a text is a web address, with or without "https://", in any script."""
    return _SITE.fullmatch(text) is not None


def parse_url(text: str) -> str:
    """The web address as it was entered. Raises `ValueError` for what no browser would open."""
    entered = text.strip()
    if not is_url(entered):
        raise ValueError("Needs a web address like example.com, without blanks")
    return entered
