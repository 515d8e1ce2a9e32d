"""What a line of a timeline is called, and the sign before it."""

from crm_desktop.gui import format
from crm_desktop.gui.language import tr
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
        heads = {"opened": tr("New deal"), "won": tr("Deal won"), "lost": tr("Deal lost")}
        return " · ".join(part for part in (heads[moment.type], moment.title, amount) if part)
    if moment.kind == "purchase":
        return " · ".join(part for part in (tr("Purchase %1").replace("%1", amount).strip(), moment.title) if part)
    kind = str(labels.choice(moment.kind, "type", moment.type))
    length = tr("%Ln min", "", moment.minutes) if moment.minutes else ""
    who = moment.who if moment.who and moment.who not in moment.title else ""
    return " · ".join(part for part in (moment.title or kind, who, length) if part)


def said(labels: Labels, moment: Moment) -> str:
    """What was said of it, or why a deal was lost."""
    lost = (moment.kind, moment.type) == ("deal", "lost")
    return str(labels.choice("deal", "lost_reason", moment.text)) if lost else moment.text


def text(labels: Labels, moment: Moment) -> str:
    """The same in one line."""
    return " · ".join(part.strip() for part in said(labels, moment).splitlines() if part.strip())


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
