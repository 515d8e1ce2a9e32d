"""What was changed of a view and not saved follows the names of values, also where a renaming is taken back."""

from dataclasses import replace

import pytest

from crm_desktop.services import Services
from crm_desktop.services.views import View


@pytest.fixture
def renaming(services: Services) -> int:
    """A view and a draft that ask for New, which then is called Fresh; the action that did it."""
    wanted = services.lists.parse("lead", "status:New")
    services.views.save(View(0, "Mine", "lead", wanted))
    services.views.keep_drafts("lead", [View(0, "", "lead", wanted)])
    return services.statuses.rename(services.statuses.all()[0].id, "Fresh").action or 0


def asked(services: Services) -> tuple[str, str, str]:
    """The name of the status, and what the view and the draft ask for."""
    filters = services.views.list("lead")[1].filter, services.views.drafts("lead")[0].filter
    view, draft = (services.lists.text(wanted).rpartition(":")[2] for wanted in filters)
    return services.statuses.all()[0].name, view, draft


def test_a_draft_that_was_changed_since_goes_back_with_the_name(services: Services, renaming: int) -> None:
    services.views.keep_drafts("lead", [replace(services.views.drafts("lead")[0], density="compact")])
    assert asked(services) == ("Fresh",) * 3
    services.history.undo()
    assert asked(services) == ("New",) * 3
    services.history.redo()
    assert asked(services) == ("Fresh",) * 3


def test_a_draft_of_another_kind_that_is_kept_meanwhile_changes_nothing(services: Services, renaming: int) -> None:
    services.history.undo()
    services.views.keep_drafts("company", [])
    assert asked(services) == ("New",) * 3
    services.history.redo()
    assert asked(services) == ("Fresh",) * 3


def test_drafts_follow_a_renaming_that_is_taken_back_later(services: Services, renaming: int) -> None:
    services.records.add("lead", {"name": "Ada King"})
    back = services.history.revert(renaming)
    assert not back.conflicts and asked(services) == ("New",) * 3
    services.history.undo()
    assert asked(services) == ("Fresh",) * 3


def test_a_name_that_took_another_in_is_not_told_back(services: Services) -> None:
    number = services.fields.add("lead", "Drinks", "choice", ["Tea", "Coffee"]).id
    services.views.keep_drafts("lead", [View(0, "", "lead", services.lists.parse("lead", "drinks:Tea"))])
    services.fields.set_choices(number, ["Coffee"], {"Tea": "Coffee"})
    (draft,) = services.views.drafts("lead").values()
    assert services.lists.text(draft.filter) == "drinks=Coffee"
    services.history.undo()
    (draft,) = services.views.drafts("lead").values()
    assert services.lists.text(draft.filter) == "drinks=Tea"
    services.history.redo()
    services.views.keep_drafts("lead", [View(0, "", "lead", services.lists.parse("lead", "drinks:Coffee"))])
    services.history.undo()
    (draft,) = services.views.drafts("lead").values()
    assert services.lists.text(draft.filter) == "drinks=Coffee"
