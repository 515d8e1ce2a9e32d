"""Any leads converted in any way, and made leads again in any order: what lives is what was there before."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_desktop.domain.filter import Filter
from crm_desktop.errors import UserError
from crm_desktop.services import Services
from crm_desktop.services.conversion_plan import Choices, Take
from tests.services.people_desk import add, at
from tests.storage.equality import assert_derived_is_true, snapshot

LEADS = 4
CHECKED = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
MAYBE = st.none() | st.sampled_from(["x", "y"])
LEAD = st.fixed_dictionaries({
    "company_name": st.none() | st.sampled_from(["Acme", "Bolt"]), "note": MAYBE, "city": MAYBE, "job_title": MAYBE,
    "email": st.lists(st.sampled_from(["a@acme.example", "b@web.de", "A@acme.example"]), max_size=2).map(tuple),
    "tags": st.lists(st.sampled_from(["hot", "fair"]), max_size=2, unique=True).map(tuple), "opt_out": st.booleans(),
})  # fmt: skip
TAKE = st.sampled_from([Take.PROPOSED, Take.PROPOSED, Take.NEW, Take.NONE])
CHOICES = st.builds(Choices, TAKE, TAKE, TAKE)
SOME = st.lists(st.integers(0, LEADS - 1), min_size=1, max_size=LEADS, unique=True)
STEPS = st.lists(st.tuples(st.booleans(), SOME, CHOICES), min_size=1, max_size=6)


@contextmanager
def base() -> Iterator[Services]:
    with TemporaryDirectory() as folder:
        services = at(Path(folder))
        try:
            yield services
        finally:
            services.close()


def filled(services: Services, data: st.DataObject) -> list[int]:
    """A handful of leads that have much in common, beside records that they may be part of."""
    company = add(services, "company", name="Acme", domain="acme.example")
    person = add(services, "person", name="Ann Beck", email="a@acme.example", company=f"company:{company}", note="own")
    add(services, "deal", name="Grinder", person=f"person:{person}")
    leads = []
    for number, given_ in enumerate(data.draw(st.lists(LEAD, min_size=LEADS, max_size=LEADS))):
        lead = add(services, "lead", name=data.draw(st.sampled_from(["Ann Beck", f"Zed {number}"])), **given_)
        add(services, "task", title=f"ring {number}", lead=f"lead:{lead}")
        add(services, "activity", subject=f"met {number}", type="visit", lead=f"lead:{lead}")
        leads.append(lead)
    return leads


def living(services: Services) -> dict[str, Any]:
    """Every living record with all its values; the stages of a deal stay with it in the bin."""
    kinds = (kind for kind in services.catalogue if kind.name != "stage_log")
    return {kind.name: services.lists.values(Filter(kind.name), list(kind.fields)) for kind in kinds}


def step(services: Services, leads: list[int], converting: bool, choices: Choices) -> None:
    """Converts leads or takes that back; what cannot be is said and changes nothing."""
    before = snapshot(services._store)
    try:
        services.conversion.convert(leads, choices) if converting else services.conversion.unconvert(leads)
    except UserError:
        assert snapshot(services._store) == before


@CHECKED
@given(st.data(), STEPS, st.permutations(range(LEADS)))
def test_made_leads_again_in_any_order_all_that_lives_is_as_it_was(
    data: st.DataObject, steps: list[tuple[bool, list[int], Choices]], order: list[int]
) -> None:
    with base() as services:
        leads = filled(services, data)
        whole, alive = snapshot(services._store), living(services)
        for converting, chosen, choices in steps:
            step(services, [leads[each] for each in chosen], converting, choices)
        for each in order:
            step(services, [leads[each]], False, Choices())
        now = living(services)
        for kind, rows in alive.items():
            assert now[kind] == rows, kind
        assert_derived_is_true(services._store)
        while (entry := services.history.peek_undo()) and entry.verb in ("convert", "unconvert"):
            services.history.undo()
        assert snapshot(services._store) == whole
