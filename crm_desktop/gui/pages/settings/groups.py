"""The groups of plain settings and the words of each."""

from functools import partial

from PySide6.QtCore import QCoreApplication

from crm_desktop.gui.context import AppContext
from crm_desktop.gui.language import offered
from crm_desktop.gui.pages.settings.panel import StorePanel
from crm_desktop.gui.pages.settings.rows import Choice, Line, Number, Toggle
from crm_desktop.gui.quota import quota_text, read_quota
from crm_desktop.gui.theme import SCALES

CURRENCIES = ("EUR", "USD", "GBP", "CHF", "SEK", "NOK", "DKK", "PLN", "CZK", "CAD", "AUD", "JPY", "INR", "BRL", "MXN")


def _tr(text: str) -> str:
    return QCoreApplication.translate("settings", text)


def appearance(context: AppContext) -> StorePanel:
    """How the program looks."""
    sizes = [(size, f"{size} %") for size in range(SCALES[0], SCALES[1] + 1, 10)]
    return StorePanel(
        context,
        _tr("Appearance"),
        (
            Choice("theme", _tr("Colours"), options=(
                ("light", _tr("Light")), ("dark", _tr("Dark")), ("system", _tr("Like the system")))),
            Choice("text_scale", _tr("Text size"), _tr("Also with Ctrl and +, − or 0."), sizes),
            Choice("density", _tr("Rows of tables"), options=(
                ("compact", _tr("Compact")), ("normal", _tr("Normal")), ("comfortable", _tr("Comfortable")))),
            Toggle("hint_bar", _tr("Show keys at the foot"), _tr("The keys that work now, on every page.")),
            Toggle("letter_keys", _tr("Single letters as keys"),
                   _tr("Such as L for a log entry, while a list has the focus.")),
            Toggle("reduced_motion", _tr("Less motion"), _tr("Panels and messages appear at once.")),
        ),
    )  # fmt: skip


def region(context: AppContext) -> StorePanel:
    """Language, money and calendar."""
    languages = offered(context.settings_store.current.language)
    later = _tr("Dates and numbers are written and read as in that country. Takes effect with the next start.")
    return StorePanel(
        context,
        _tr("Language & region"),
        (
            Choice("language", _tr("Language"), later, languages),
            Choice("currency", _tr("Currency"),
                   _tr("For new amounts and for reports. Amounts in other currencies are never added."),
                   [(code, code) for code in CURRENCIES], free=True),
            Choice("week_start", _tr("The week begins on"), options=(
                ("monday", _tr("Monday")), ("sunday", _tr("Sunday")), ("saturday", _tr("Saturday")))),
            Line("user_name", _tr("Your name")),
            Line("monthly_quota", _tr("Quota per month"), _tr("What you are to win in a month."),
                 partial(read_quota, context), partial(quota_text, context)),
        ),
    )  # fmt: skip


def terms(context: AppContext) -> StorePanel:
    """The numbers behind the figures."""
    days = _tr(" days")
    return StorePanel(
        context,
        _tr("Terms & formulas"),
        (
            Number("churn_target", _tr("Target of the churn rate"), _tr("In a month. Months above it stand out."),
                   0, 100, 0.5, " %", scale=100, places=1),
            Number("gap_factor", _tr("A customer has left after"),
                   _tr("So many times their usual gap between purchases; from three purchases on."),
                   1, 20, 0.5, _tr(" × usual gap"), places=1),
            Number("gap_days_min", _tr("But not before"), "", 1, 3650, 10, days),
            Number("gap_days_single", _tr("With fewer purchases after"), "", 1, 3650, 10, days),
            Number("at_risk_days", _tr("A deal is at risk without contact for"), _tr("From Proposal on."),
                   1, 365, 1, days),
            Number("score_hot", _tr("A lead is hot from"), "", 0, 100, 5, _tr(" points")),
            Number("score_warm", _tr("A lead is warm from"), "", 0, 100, 5, _tr(" points")),
        ),
    )  # fmt: skip
