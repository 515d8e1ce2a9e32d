"""Why two records may be one, in words."""

from PySide6.QtCore import QCoreApplication

from crm_desktop.domain.duplicates import Likeness, Reason
from crm_desktop.gui.deeds import inside
from crm_desktop.services import Services


def _tr(text: str) -> str:
    return QCoreApplication.translate("likeness", text)


def reason_words(services: Services, kind: str, reason: Reason) -> str:
    """One reason as it stands inside a sentence: "same email", "similar street"."""
    usual = {
        "same_email": _tr("same email"), "same_phone": _tr("same phone number"), "same_name": _tr("same name"),
        "similar_name": _tr("similar name"), "same_domain": _tr("same website"), "same_company": _tr("same company"),
        "same_company_name": _tr("same company"), "same_city": _tr("same city"),
        "same_birthday": _tr("same birthday"), "similar_birthday": _tr("nearly the same birthday"),
        "swapped_first_name": _tr("first and last name swapped"),
        "swapped_last_name": _tr("first and last name swapped"),
    }  # fmt: skip
    if reason.code in usual:
        return usual[reason.code]
    known = services.catalogue.kind(kind).fields
    name = inside(services.labels.field(kind, reason.field)) if reason.field in known else reason.field
    return (_tr("same %1") if reason.likeness is Likeness.SAME else _tr("similar %1")).replace("%1", name)


def reasons_words(services: Services, kind: str, reasons: tuple[Reason, ...]) -> str:
    """The reasons in a row, each once."""
    return ", ".join(dict.fromkeys(reason_words(services, kind, reason) for reason in reasons))
