"""Why two records may be one, in words."""

from crm_desktop.domain.duplicates import Likeness, Reason
from crm_desktop.gui.language import inside, tr
from crm_desktop.services import Services


def reason_words(services: Services, kind: str, reason: Reason) -> str:
    """One reason as it stands inside a sentence: "same email", "similar street"."""
    usual = {
        "same_email": tr("same email"), "same_phone": tr("same phone number"), "same_name": tr("same name"),
        "similar_name": tr("similar name"), "same_domain": tr("same website"), "same_company": tr("same company"),
        "same_company_name": tr("same company"), "same_city": tr("same city"),
        "same_birthday": tr("same birthday"), "similar_birthday": tr("nearly the same birthday"),
        "swapped_first_name": tr("first and last name swapped"),
        "swapped_last_name": tr("first and last name swapped"),
    }  # fmt: skip
    if reason.code in usual:
        return usual[reason.code]
    known = services.catalogue.kind(kind).fields
    name = inside(services.labels.field(kind, reason.field)) if reason.field in known else reason.field
    return (tr("same %1") if reason.likeness is Likeness.SAME else tr("similar %1")).replace("%1", name)


def reasons_words(services: Services, kind: str, reasons: tuple[Reason, ...]) -> str:
    """The reasons in a row, each once."""
    return ", ".join(dict.fromkeys(reason_words(services, kind, reason) for reason in reasons))
