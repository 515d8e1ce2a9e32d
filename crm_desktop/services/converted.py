"""Leads that were converted: they stay as they were, with links to what they became."""

from collections.abc import Sequence

from crm_desktop.errors import UserError
from crm_desktop.storage.store import Store
from crm_desktop.storage.unconvert import conversions


def refuse_converted(store: Store, kind: str, ids: Sequence[int]) -> None:
    """Raises UserError where leads are to be changed that were converted."""
    found = conversions(store, ids) if kind == "lead" else {}
    if len(found) == 1 and len(ids) == 1:
        raise UserError("A converted lead stays as it is; “Make it a lead again” takes its conversion back.")
    if found:
        raise UserError(f"{len(found):,} of these leads are converted and stay as they are; leave them out.")
