"""Every verb that the program writes into the history has words that a person would say, and an icon of its own."""

import re
from pathlib import Path

import pytest

import crm_desktop
from crm_desktop.domain.change import Change
from crm_desktop.gui.deeds import Deed, describe, icon_of
from crm_desktop.services import deed_words
from crm_desktop.services.deed_words import _UNDOES, VERBS, Telling

CODE = Path(crm_desktop.__file__).parent
BEGUN = re.compile(r"\.action\(\s*\"([a-z_]+)\"(?: if \w+ else \"([a-z_]+)\")?")
NAMED = re.compile(r"^(?:CONVERT|MERGE), [A-Z]+ = (.*)$", re.MULTILINE)


def verbs() -> list[str]:
    found = {"tag", "untag", "paste", "fill", "clear", "clear_cell", "win", "lose", "move", "reopen", "snooze", "wake"}
    for layer in ("services", "storage"):
        for path in (CODE / layer).rglob("*.py"):
            text = path.read_text("utf-8")
            found |= {verb for pair in BEGUN.findall(text) for verb in pair if verb}
            found |= {verb for line in NAMED.findall(text) for verb in re.findall(r'"([a-z_]+)"', line)}
    return sorted(found)


def naming(_kind: str, many: bool) -> str:
    return "Leads" if many else "Lead"


def told(verb: str, count: int, subject: str = "") -> tuple[str, str, str]:
    """That it was done, undone and redone."""
    deed = Deed(verb, "lead", count, subject)
    return describe(deed, naming), describe(deed.undone, naming), describe(deed.redone, naming)


SAID = {
    "add": "Ada King added", "set": "Ada King changed", "delete": "Ada King deleted", "win": "Ada King won",
    "wake": "Ada King no longer snoozed", "merge": "Ada King merged", "convert": "Ada King converted",
    "delete_view": "View “Ada King” deleted", "demo": "Sample data added",
}  # fmt: skip
TURNED = {"unmerge": "Ada King merged", "unconvert": "Ada King converted", "revert": "Ada King changed"}


@pytest.mark.parametrize("verb", verbs())
def test_a_verb_has_words(verb: str) -> None:
    """Once each: what was done, that it was undone, that it was redone; of one by name, of one without, of many."""
    assert (verb in VERBS or verb in _UNDOES) and icon_of(verb)
    for count, subject in ((1, "Ada King"), (1, ""), (3, "")):
        done, undone, redone = told(verb, count, subject)
        assert verb == "set" or done != told("set", count, subject)[0]
        assert len({done, undone, redone}) == (2 if verb in _UNDOES else 3)
        for sentence in (done, undone, redone):
            assert "%" not in sentence and sentence[0] in "“" + sentence[0].upper()
            assert not re.search(r"(Undone|Redone).+(Undone|Redone)", sentence), sentence
            assert not count > 1 or verb not in ("merge", "unmerge", "convert", "unconvert", "set") or "3 l" in sentence


@pytest.mark.parametrize("verb", SAID)
def test_it_is_said_as_a_person_would(verb: str) -> None:
    assert told(verb, 1, "Ada King") == (SAID[verb], f"Undone: {SAID[verb]}", f"Redone: {SAID[verb]}")


@pytest.mark.parametrize("verb", TURNED)
def test_what_undoes_another_is_told_by_that(verb: str) -> None:
    undone, redone = f"Undone: {TURNED[verb]}", f"Redone: {TURNED[verb]}"
    assert told(verb, 1, "Ada King") == (undone, redone, undone)


def test_a_merge_is_told_by_the_record_that_stays() -> None:
    assert told("merge", 3, "Ada King") == told("merge", 1, "Ada King")
    assert told("field_choices", 3, "Size")[0] == "Choices of Size changed"
    assert told("distinct", 2, "Ada King")[0] == "2 leads marked as not the same"


def test_what_has_no_name_is_counted() -> None:
    assert told("convert", 1) == ("Lead converted", "Undone: Lead converted", "Redone: Lead converted")
    assert told("unmerge", 2)[0] == "Undone: 2 leads merged"
    assert told("order", 4)[:2] == ("Leads put in order", "Undone: Leads put in order")
    assert told("polish", 1)[0] == "Lead changed"
    assert describe(Deed("import", "", 0), naming) == "Records imported"


def test_what_wrote_nothing_says_so() -> None:
    assert describe(Deed.of(Change(0, "set", "", "", ())), naming) == "Nothing was changed"


def test_where_it_came_is_told() -> None:
    deed = Deed("move", "deal", 1, "Offices", "Closing")
    assert describe(deed, naming) == "Offices moved to Closing"
    assert describe(deed.undone, naming) == "Undone: Offices moved to Closing"


def test_verbs_are_found() -> None:
    assert {"convert", "unconvert", "merge", "unmerge", "distinct", "qualify", "recycle", "pin", "rename"} <= {*verbs()}
    assert {*VERBS} - {*verbs()} == {"undo", "redo", "nothing"}


def test_every_text_is_one_that_translators_find() -> None:
    """`lupdate` finds what stands in QT_TR_NOOP, whatever that is."""
    marked = set(re.findall(r'QT_TR_NOOP\("([^"]*)"\)', Path(deed_words.__file__).read_text("utf-8")))
    said = []

    def say(text: str) -> str:
        said.append(text)
        return text

    for verb in (*verbs(), "nothing", "undo", "redo"):
        for deed in (
            Deed(verb, "deal", 2, along=(("task", 1), ("x", 1))), Deed(verb, "", 0), Deed(verb, "deal", 1, "", "Won"),
            Deed(verb, "deal", 1, "Fenwick"),
        ):  # fmt: skip
            for told_as in (deed, deed.undone, deed.redone):
                deed_words.describe(told_as, naming, Telling(say, str, str.lower))
    assert {*said} == marked


def test_what_went_along_is_counted() -> None:
    along = (("activity", 1), ("task", 2))
    words = describe(Deed("delete", "lead", 1, "Fenwick", along=along), lambda kind, many: kind + "s" * many)
    assert words == "Fenwick deleted, with 1 activity and 2 tasks"
