"""The quota of a month as it is typed and shown: an amount in the currency of the base."""

from crm_desktop.domain.money import Money, digits
from crm_desktop.errors import UserError
from crm_desktop.gui import format
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.language import tr


def read_quota(context: AppContext, text: str) -> int:
    """Minor units of what is typed, 0 for nothing; UserError where it is no amount in the currency of the base."""
    if not text.strip():
        return 0
    currency = context.settings_store.current.currency
    value: Money = context.services.records.parse("deal", "amount", text)
    if value.currency != currency or value.minor < 0:
        words = tr("Needs an amount in %1.")
        raise UserError(words.replace("%1", currency))
    return value.minor


def quota_text(context: AppContext, minor: int) -> str:
    """A quota as it stands in its field; nothing where none is set."""
    amount = Money(minor, context.settings_store.current.currency).amount
    places = 0 if amount == amount.to_integral_value() else digits(context.settings_store.current.currency)
    return format.number(float(amount), places) if minor else ""
