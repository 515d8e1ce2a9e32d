"""What a line of a timeline is called, and the sign before it."""

from PySide6.QtCore import QCoreApplication

from crm_desktop.domain.terms import LostReason
from crm_desktop.gui import format
from crm_desktop.services.labels import Labels
from crm_desktop.services.timeline import Moment

ICONS = {
    "call": "phone", "visit": "map-pin", "meeting": "handshake", "email_in": "mail", "email_out": "mail",
    "email": "mail", "letter": "file-text", "voicemail": "phone-missed", "chat": "message-circle",
    "note": "sticky-note", "quote": "file-text",
}  # fmt: skip
_DEALS = {"opened": ("square-kanban", "accent"), "won": ("trophy", "ok"), "lost": ("circle-x", "neutral")}


def title(labels: Labels, moment: Moment) -> str:
    """What it was, and whom it was about."""
    amount = format.money(moment.amount) if moment.amount is not None else ""
    if moment.kind == "deal":
        heads = {"opened": _tr("New deal"), "won": _tr("Deal won"), "lost": _tr("Deal lost")}
        return " · ".join(part for part in (heads[moment.type], moment.title, amount) if part)
    if moment.kind == "purchase":
        return " · ".join(part for part in (_tr("Purchase %1").replace("%1", amount).strip(), moment.title) if part)
    kind = str(labels.choice(moment.kind, "type", moment.type))
    length = _tr("%Ln min", moment.minutes) if moment.minutes else ""
    who = moment.who if moment.who and moment.who not in moment.title else ""
    return " · ".join(part for part in (moment.title or kind, who, length) if part)


def text(moment: Moment) -> str:
    """What was said of it, in one line."""
    words = reason_words(moment.text) if (moment.kind, moment.type) == ("deal", "lost") else moment.text
    return " · ".join(part.strip() for part in words.splitlines() if part.strip())


def reason_words(code: str) -> str:
    """The reason of a loss in the language of the window; one that somebody typed as it stands."""

    def tr(text: str) -> str:
        return QCoreApplication.translate("lost", text)

    known = {
        LostReason.PRICE: tr("Price"), LostReason.COMPETITION: tr("Competition"), LostReason.BUDGET: tr("No budget"),
        LostReason.MISSING_FEATURE: tr("Something is missing"), LostReason.NO_ANSWER: tr("No answer"),
        LostReason.NO_NEED: tr("No need"), LostReason.OTHER: tr("Other"),
    }  # fmt: skip
    return {reason.value: words for reason, words in known.items()}.get(code, code)


def sign(moment: Moment) -> tuple[str, str]:
    """Its icon and the tone of it."""
    if moment.kind == "deal":
        return _DEALS[moment.type]
    if moment.kind == "purchase":
        return "shopping-bag", "neutral"
    if moment.kind == "task":
        return ICONS.get(moment.type, "bell") if moment.open else "check", "violet" if moment.open else "ok"
    talked = moment.type in ("call", "visit", "meeting")
    return ICONS.get(moment.type, "sticky-note"), "accent" if talked else "neutral"


def _tr(text: str, count: int = -1) -> str:
    return QCoreApplication.translate("moments", text, None, count)
