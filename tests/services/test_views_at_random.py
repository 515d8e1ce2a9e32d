"""Statuses called otherwise, that taken back and done again in any order: views and drafts go on meaning the same."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from crm_desktop.domain.filter import Filter, is_
from crm_desktop.domain.terms import LeadStatus
from crm_desktop.errors import UserError
from crm_desktop.services import Services
from crm_desktop.services.views import View
from tests.services.people_desk import add, at

COUNT = 3
RENAME = st.tuples(st.integers(0, COUNT - 1), st.sampled_from(["Warm", "Cold", "Asked", "S0", "S1"]))
STEPS = st.lists(RENAME | st.sampled_from(["undo", "undo", "redo", "draft"]), max_size=12)


@given(STEPS)
@settings(max_examples=20, deadline=None)
def test_views_go_on_meaning_the_same(steps: list[tuple[int, str] | str]) -> None:
    with TemporaryDirectory() as folder:
        services = at(Path(folder))
        try:
            hold(services, steps)
        finally:
            services.close()


def hold(services: Services, steps: list[tuple[int, str] | str]) -> None:
    statuses = [services.statuses.add(f"S{number}", LeadStatus.WORKING).id for number in range(COUNT)]
    leads = [add(services, "lead", name=f"L{number}", status=f"S{number}") for number in range(COUNT)]
    views = [View(0, f"V{number}", "lead", Filter("lead", is_("status", f"S{number}"))) for number in range(COUNT)]
    saved = [services.views.save(view).id for view in views]
    first = services.history.entries(1)[0].action
    for step in steps:
        following = services.history.peek_undo()
        try:
            if isinstance(step, tuple):
                services.statuses.rename(statuses[step[0]], step[1])
            elif step == "draft":
                services.views.keep_drafts("lead", services.views.list("lead")[1:])
            elif step == "redo" or (following is not None and following.action > first):
                services.history.redo() if step == "redo" else services.history.undo()
        except UserError:
            continue
        shown = {view.id: view for view in services.views.list("lead")}
        for known in (shown, services.views.drafts("lead")):
            found = {number: list(services.lists.ids(known[number].filter)) for number in saved if number in known}
            assert found == {number: [lead] for number, lead in zip(saved, leads, strict=True) if number in known}
