"""Leads that were converted: they stay as they were, with links to what they became."""

from collections.abc import Sequence

from crm_desktop.domain.filter import Filter, Ref, is_
from crm_desktop.errors import UserError
from crm_desktop.services.conversion_plan import PARTS
from crm_desktop.storage.store import Store
from crm_desktop.storage.unconvert import conversions


def became(store: Store, lead: int) -> list[tuple[str, Ref]]:
    """The person, company and deal that a lead was converted to, each with its kind; without those in the bin."""
    done = store.lists.values(Filter("conversion", is_("lead", lead)), PARTS)
    links = zip(PARTS, done[-1][1:], strict=True) if done else ()
    return [(kind, ref) for kind, ref in links if ref is not None and store.lists.rows(kind, [ref.id], [])]


def refuse_converted(store: Store, kind: str, ids: Sequence[int]) -> None:
    """Raises UserError where leads are to be changed that were converted."""
    found = conversions(store, ids) if kind == "lead" else {}
    if len(found) == 1 and len(ids) == 1:
        raise UserError("A converted lead stays as it is; “Make it a lead again” takes its conversion back.")
    if found:
        raise UserError(f"{len(found):,} of these leads are converted and stay as they are; leave them out.")
