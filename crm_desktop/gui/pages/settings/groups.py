"""The groups of plain settings and the words of each."""

from functools import partial

from crm_desktop.gui.context import AppContext
from crm_desktop.gui.currencies import CURRENCIES
from crm_desktop.gui.language import offered, tr
from crm_desktop.gui.pages.settings.panel import StorePanel
from crm_desktop.gui.pages.settings.rows import Choice, Line, Number, Toggle
from crm_desktop.gui.quota import quota_text, read_quota
from crm_desktop.gui.theme import SCALES


def appearance(context: AppContext) -> StorePanel:
    """How the program looks."""
    sizes = [(size, f"{size} %") for size in range(SCALES[0], SCALES[1] + 1, 10)]
    return StorePanel(
        context,
        tr("Appearance"),
        (
            Choice("theme", tr("Colours"), options=(
                ("light", tr("Light")), ("dark", tr("Dark")), ("system", tr("Like the system")))),
            Choice("text_scale", tr("Text size"), tr("Also with Ctrl and +, − or 0."), sizes),
            Choice("density", tr("Rows of tables"), options=(
                ("compact", tr("Compact")), ("normal", tr("Normal")), ("comfortable", tr("Comfortable")))),
            Toggle("hint_bar", tr("Show keys at the foot"), tr("The keys that work now, on every page.")),
            Toggle("letter_keys", tr("Single letters as keys"),
                   tr("Such as L for a log entry, while a list has the focus.")),
            Toggle("reduced_motion", tr("Less motion"), tr("Panels and messages appear at once.")),
        ),
    )  # fmt: skip


def region(context: AppContext) -> StorePanel:
    """Language, money and calendar."""
    languages = offered(context.settings_store.current.language)
    later = tr("Dates and numbers are written and read as in that country. Takes effect with the next start.")
    return StorePanel(
        context,
        tr("Language & region"),
        (
            Choice("language", tr("Language"), later, languages),
            Choice("currency", tr("Currency"),
                   tr("For new amounts and for reports. Amounts in other currencies are never added."),
                   [(code, code) for code in CURRENCIES], free=True),
            Choice("week_start", tr("The week begins on"), options=(
                ("monday", tr("Monday")), ("sunday", tr("Sunday")), ("saturday", tr("Saturday")))),
            Line("user_name", tr("Your name")),
            Line("monthly_quota", tr("Quota per month"), tr("What you are to win in a month."),
                 partial(read_quota, context), partial(quota_text, context)),
        ),
    )  # fmt: skip


def terms(context: AppContext) -> StorePanel:
    """The numbers behind the figures."""
    days = tr(" days")
    return StorePanel(
        context,
        tr("Terms & formulas"),
        (
            Number("churn_target", tr("Target of the churn rate"), tr("In a month. Months above it stand out."),
                   0, 100, 0.5, " %", scale=100, places=1),
            Number("gap_factor", tr("A customer has left after"),
                   tr("So many times their usual gap between purchases; from three purchases on."),
                   1, 20, 0.5, tr(" × usual gap"), places=1),
            Number("gap_days_min", tr("But not before"), "", 1, 3650, 10, days),
            Number("gap_days_single", tr("With fewer purchases after"), "", 1, 3650, 10, days),
            Number("at_risk_days", tr("A deal is at risk without contact for"), tr("From Proposal on."),
                   1, 365, 1, days),
            Number("score_hot", tr("A lead is hot from"), "", 0, 100, 5, tr(" points")),
            Number("score_warm", tr("A lead is warm from"), "", 0, 100, 5, tr(" points")),
        ),
    )  # fmt: skip
