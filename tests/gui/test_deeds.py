"""Every verb that the program writes into the history has words and an icon of its own."""

import re
from pathlib import Path

import pytest

import crm_desktop
from crm_desktop.gui.deeds import Deed, describe, icon_of, taken_back

CODE = Path(crm_desktop.__file__).parent
BEGUN = re.compile(r"\.action\(\s*\"([a-z_]+)\"(?: if \w+ else \"([a-z_]+)\")?")
NAMED = re.compile(r"^(?:CONVERT|MERGE), [A-Z]+ = (.*)$", re.MULTILINE)


def verbs() -> list[str]:
    found = {"tag", "untag", "paste", "fill", "clear", "win", "lose", "move", "reopen", "snooze", "wake"}
    for layer in ("services", "storage"):
        for path in (CODE / layer).rglob("*.py"):
            text = path.read_text("utf-8")
            found |= {verb for pair in BEGUN.findall(text) for verb in pair if verb}
            found |= {verb for line in NAMED.findall(text) for verb in re.findall(r'"([a-z_]+)"', line)}
    return sorted(found)


def naming(_kind: str, many: bool) -> str:
    return "Leads" if many else "Lead"


@pytest.mark.parametrize("verb", verbs())
def test_a_verb_has_words(verb: str) -> None:
    words = describe(Deed(verb, "lead", 3), naming)
    assert verb == "set" or words != "3 leads changed"
    assert icon_of(verb)
    assert taken_back(words) == f"Taken back: {words}"


def test_verbs_are_found() -> None:
    assert {"convert", "unconvert", "merge", "unmerge", "distinct", "qualify", "recycle", "pin", "rename"} <= {*verbs()}


def test_what_went_along_is_counted() -> None:
    along = (("activity", 1), ("task", 2))
    words = describe(Deed("delete", "lead", 1, "Fenwick", along=along), lambda kind, many: kind + "s" * many)
    assert words == "Fenwick deleted, with 1 activity and 2 tasks"
