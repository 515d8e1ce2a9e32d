"""Leads that were converted: they stay as they were, with links to what they became."""

from collections.abc import Sequence

from crm_desktop.domain.filter import Filter, Ref, is_
from crm_desktop.domain.terms import LeadStatus
from crm_desktop.errors import UserError
from crm_desktop.services.conversion_plan import PARTS
from crm_desktop.storage.store import Store
from crm_desktop.storage.unconvert import conversions

STAYS = "A converted lead stays as it is; take its conversion back to change it."
"""What is said where such a lead is to be changed."""


def became(store: Store, lead: int) -> list[tuple[str, Ref]]:
    """The person, company and deal that a lead was converted to, each with its kind; without those in the bin.

    Of one that came in as converted they are those that are linked with it.
    """
    done = store.lists.values(Filter("conversion", is_("lead", lead)), PARTS)
    links = zip(PARTS, done[-1][1:] if done else _linked(store, lead), strict=True)
    return [(kind, ref) for kind, ref in links if ref is not None and store.lists.rows(kind, [ref.id], [])]


def _linked(store: Store, lead: int) -> tuple[Ref | None, ...]:
    rows = store.lists.rows("lead", [lead], ["status_type", "person", "company"])
    if not rows or rows[0][1] != LeadStatus.CONVERTED:
        return (None,) * len(PARTS)
    deals = [Ref(number, name) for number, name in store.lists.values(Filter("deal", is_("lead", lead)), ["name"])]
    return (*rows[0][2:], next(iter(deals), None))


def refuse_converted(store: Store, kind: str, ids: Sequence[int]) -> None:
    """Raises UserError where leads are to be changed that were converted."""
    found = conversions(store, ids) if kind == "lead" else {}
    if len(found) == 1 and len(ids) == 1:
        raise UserError(STAYS)
    if found:
        raise UserError(f"{len(found):,} of these leads are converted and stay as they are; leave them out.")
