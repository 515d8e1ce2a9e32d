"""Numbers, amounts and yes-or-no in the spellings of other programs, and their exact inverses.

Each parser takes text that is not blank and returns a value, or raises `ValueError` with a sentence
for the user.
"""

import re
from decimal import Decimal

from crm_desktop.domain.catalogue import LARGEST_WHOLE

_MINUS = str.maketrans({"−": "-", "–": "-"})
_SPACES = "  \u00a0\u2009\u202f'’"
_GROUPED = re.compile(
    rf"(?P<whole>\d{{1,3}}(?P<group>[.,{_SPACES}])(?:\d{{2,3}}(?P=group))*\d{{3}})(?:(?P<sign>[.,])(?P<part>\d+))?"
)
_PLAIN = re.compile(r"(?P<whole>\d*)(?:[.,](?P<part>\d+))?(?P<power>[eE][+-]?\d{1,3})?")
_THREE_AFTER_ONE = re.compile(r"[1-9]\d{0,2}([.,])\d{3}")
_CURRENCY = re.compile(r"(?P<before>[^\d\s.,()+-]*)(?P<number>.*?)(?P<after>[^\d\s.,()+-]*)", re.DOTALL)
_SHORT = re.compile(r"(?<=\d)\s?[kKmM](?![^\W_])")
_SYMBOLS = {"€": "EUR", "£": "GBP", "₹": "INR", "₽": "RUB", "₺": "TRY", "₴": "UAH", "₪": "ILS", "₩": "KRW"}
_SYMBOLS |= {"US$": "USD", "C$": "CAD", "A$": "AUD", "R$": "BRL", "zł": "PLN", "Kč": "CZK", "Ft": "HUF"}
_SHARED_SYMBOLS = {
    "$": ("USD", "AUD", "CAD", "NZD", "SGD", "HKD", "MXN", "ARS", "CLP", "COP"), "¥": ("JPY", "CNY"),
    "kr": ("SEK", "NOK", "DKK", "ISK"), "kr.": ("DKK", "SEK", "NOK", "ISK"), "Fr.": ("CHF",),
    "lei": ("RON", "MDL"), "R": ("ZAR",),
}  # fmt: skip
"""Currencies that one sign stands for, the one it means most often first."""

_CODE = re.compile(r"[A-Z]{3}")

_NEEDS_NUMBER = "Needs a number like {example}"
_YES = frozenset(
    "1 y yes t true on x ✓ checked j ja wahr oui vrai si sí sì s verdadero vero sim verdadeiro tak prawda "
    "ano да д истина так evet doğru igen 是 はい نعم כן".split()
)
_NO = frozenset(
    "0 n no f false off - ✗ unchecked nein falsch non faux falso não nao nee nej nie fałsz ne нет н ложь ні "
    "hayır yanlış nem 否 いいえ لا לא".split()
)


def decimal_sign(text: str) -> str | None:
    """The decimal sign, point or comma, that a number's text proves; None if it could be either or has none."""
    points, commas = text.count("."), text.count(",")
    if points and commas:
        return "." if text.rindex(".") > text.rindex(",") else ","
    if points + commas == 0:
        return None
    sign = "." if points else ","
    if points + commas > 1:
        return "," if points else "."
    digits = text.strip(" +-()$€£%")
    return None if _THREE_AFTER_ONE.fullmatch(digits) else sign


def parse_decimal(text: str, decimal: str = ".") -> Decimal:
    """An exact number; `decimal` decides where "1.234" could be read in two ways.

    Grouping by point, comma, blank or apostrophe, a minus before or after, and parentheses for
    negative numbers are understood.
    """
    bare = text.strip().translate(_MINUS)
    negative = bare.startswith("(") and bare.endswith(")")
    if negative:
        bare = bare[1:-1].strip()
    if bare.endswith("-") and not negative:
        bare, negative = bare[:-1].strip(), True
    elif bare[:1] in ("-", "+") and not negative:
        bare, negative = bare[1:].strip(), bare[0] == "-"
    number = _unsigned(bare, decimal)
    if number is None:
        raise ValueError(_NEEDS_NUMBER.format(example="1,234.50" if decimal == "." else "1.234,50"))
    return number.copy_negate() if negative else number  # a minus sign would round to 28 digits


def _unsigned(text: str, decimal: str) -> Decimal | None:
    grouped = _GROUPED.fullmatch(text)
    if grouped and grouped["group"] != (grouped["sign"] or decimal_sign(text) or decimal):
        whole = re.sub(r"\D", "", grouped["whole"])
        return Decimal(f"{whole}.{grouped['part']}" if grouped["part"] else whole)
    plain = _PLAIN.fullmatch(text)
    if not plain or not (plain["whole"] or plain["part"]):
        return None
    part = f".{plain['part']}" if plain["part"] else ""
    return Decimal(f"{plain['whole']}{part}{plain['power'] or ''}")


def format_decimal(number: Decimal, decimal: str = ".", group: str = "") -> str:
    """The inverse of `parse_decimal` for the same decimal sign; never an exponent."""
    text = f"{number:,f}"
    return text.translate({ord(","): group, ord("."): decimal})


def parse_integer(text: str, decimal: str = ".") -> int:
    """A whole number, grouped or not."""
    try:
        number = parse_decimal(text, decimal)
    except ValueError:
        number = Decimal("0.5")
    if number != number.to_integral_value():
        raise ValueError("Needs a whole number like 1,200" if decimal == "." else "Needs a whole number like 1.200")
    if abs(number) > LARGEST_WHOLE:
        raise ValueError(f"Needs a whole number of at most {len(str(LARGEST_WHOLE)) - 1} digits")
    return int(number)


def parse_percent(text: str, decimal: str = ".") -> Decimal:
    """The number before an optional percent sign: 65 for "65 %" and for "65"."""
    return parse_decimal(text.strip().removesuffix("%"), decimal)


def parse_money(text: str, decimal: str = ".") -> tuple[Decimal, str | None]:
    """An amount and the symbol or code beside it, if any; `currency_named` says which currency that is."""
    bare = text.strip().translate(_MINUS)
    outer = bare.startswith("(") and bare.endswith(")")
    if outer:
        bare = bare[1:-1].strip()
    lead = bare[:1] if bare[:1] in ("-", "+") else ""
    match = _CURRENCY.fullmatch(bare.removeprefix(lead).strip())
    names = [name for name in (match["before"], match["after"]) if name] if match else []
    if match is None or len(names) > 1 or not all(map(_is_currency, names)):
        raise ValueError("Needs an amount like 1,234.50 or €1,234.50")
    amount = parse_decimal(lead + match["number"].strip(), decimal)
    return amount.copy_negate() if outer else amount, names[0] if names else None


def parse_typed_money(text: str, decimal: str = ".") -> tuple[Decimal, str | None]:
    """As `parse_money`, also in thousands and millions as people say them: "80k", "€1.2M". No file writes so."""
    short = _SHORT.search(text)
    if short is None:
        return parse_money(text, decimal)
    amount, named = parse_money(text[: short.start()] + text[short.end() :], decimal)
    return amount.scaleb(3 if short[0].strip() in "kK" else 6), named


def format_money(amount: Decimal, currency: str, decimal: str = ".") -> str:
    """The inverse of `parse_money`: "1234.50 EUR"."""
    return f"{format_decimal(amount, decimal)} {currency}"


def _is_currency(name: str) -> bool:
    return name in _SYMBOLS or name in _SHARED_SYMBOLS or _CODE.fullmatch(name) is not None


def currency_named(name: str | None, *likely: str) -> str:
    """The code of the currency that a symbol or code names: of those that share a symbol the first that is likely here,
    else the one it means most often. Without a name the first likely one.
    """
    if name is None:
        return likely[0]
    shared = _SHARED_SYMBOLS.get(name, ())
    return next((code for code in likely if code in shared), shared[0] if shared else _SYMBOLS.get(name, name))


def parse_boolean(text: str) -> bool:
    """Yes or no in the languages of the program and of its neighbours."""
    word = text.strip().casefold()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise ValueError("Needs yes or no")


def names_boolean(text: str) -> bool:
    """Whether `text` says yes or no by itself, as a number or a sign does not."""
    word = text.strip().casefold()
    return word in _YES | _NO and (len(word) > 1 or word in "ynjtf是否")


def format_boolean(value: bool) -> str:
    """The inverse of `parse_boolean`."""
    return "yes" if value else "no"
