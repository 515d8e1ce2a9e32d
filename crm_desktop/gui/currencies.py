"""The currencies that are offered; any other can be typed by its code."""

from PySide6.QtCore import QT_TR_NOOP

from crm_desktop.gui import format
from crm_desktop.gui.language import tr

CURRENCIES = {
    "EUR": QT_TR_NOOP("Euro"),
    "USD": QT_TR_NOOP("US dollar"),
    "GBP": QT_TR_NOOP("Pound sterling"),
    "CHF": QT_TR_NOOP("Swiss franc"),
    "AED": QT_TR_NOOP("UAE dirham"),
    "AUD": QT_TR_NOOP("Australian dollar"),
    "BRL": QT_TR_NOOP("Brazilian real"),
    "CAD": QT_TR_NOOP("Canadian dollar"),
    "CZK": QT_TR_NOOP("Czech koruna"),
    "DKK": QT_TR_NOOP("Danish krone"),
    "INR": QT_TR_NOOP("Indian rupee"),
    "JPY": QT_TR_NOOP("Yen"),
    "MXN": QT_TR_NOOP("Mexican peso"),
    "NOK": QT_TR_NOOP("Norwegian krone"),
    "PLN": QT_TR_NOOP("Polish zloty"),
    "SEK": QT_TR_NOOP("Swedish krona"),
}


def named(held: str) -> list[tuple[str, str]]:
    """The codes to choose from with their names, the one that is `held` among them."""
    known = [(code, f"{tr(name)} {format.symbol(code)}") for code, name in CURRENCIES.items()]
    return known if held in CURRENCIES else [*known, (held, held)]
