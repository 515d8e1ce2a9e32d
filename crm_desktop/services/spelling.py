"""How values are written where the program runs: told by the language, the country and the currency that are set."""

from crm_desktop.formats.dates import Order
from crm_desktop.services.values import Spelling
from crm_desktop.settings import Settings

_ENGLISH = {"USD": "US", "CAD": "CA", "AUD": "AU", "NZD": "NZ", "INR": "IN", "ZAR": "ZA", "EUR": "IE"}
_COUNTRIES = {"de": "DE", "fr": "FR", "es": "ES", "ar": "AE"}


def spelling(settings: Settings) -> Spelling:
    """How values are written by these settings."""
    here = region(settings)
    return Spelling(settings.currency, decimal_sign(settings), date_order(here), here)


def region(settings: Settings) -> str:
    """The country whose dates and phones are meant where a text does not say; of English the currency tells it."""
    language, _, country = settings.language.partition("_")
    return country or _COUNTRIES.get(language) or _ENGLISH.get(settings.currency, "GB")


_COMMA = frozenset(
    "bg ca cs da de el es et eu fi fr hr hu id is it lt lv nb nl nn no pl pt ro ru sk sl sr sv tr uk vi".split()
)
_POINT = frozenset("CH LI MX US GT HN NI PA PE PR SV DO".split())
_ENGLISH_COMMA = frozenset("AT BE DE DK FI NL SE SI".split())
"""Countries in which English too is written with their comma."""


def decimal_sign(settings: Settings) -> str:
    """The sign before decimals where a number does not show it (Unicode CLDR, number symbols)."""
    language, _, country = settings.language.partition("_")
    comma = country in _ENGLISH_COMMA if language == "en" else language in _COMMA and country not in _POINT
    return "," if comma else "."


def date_order(country: str) -> Order:
    """The order in which a country writes dates in numbers (Unicode CLDR, short date formats)."""
    if country in ("US", "PH", "PW", "FM", "GU", "PR"):
        return Order.MDY
    return Order.YMD if country in ("CN", "HU", "JP", "KR", "LT", "MN", "SE", "TW", "CA") else Order.DMY
