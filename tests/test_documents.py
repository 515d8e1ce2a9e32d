"""What the documents of the project name is there, and what they say to type is understood."""

import re
import shlex
from pathlib import Path

import pytest

from crm_desktop.cli.parser import parse
from crm_desktop.domain.clock import Clock
from crm_desktop.errors import UserError
from crm_desktop.paths import DataDir
from crm_desktop.services import Services
from crm_desktop.settings import Settings
from crm_desktop.storage.store import Store

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
LATER = re.compile(r"dist/|\.venv/")
"""What is made, not kept."""


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.stem)
def test_every_place_a_document_names_is_there(document: Path) -> None:
    text = document.read_text("utf-8")
    named = set(re.findall(r"`((?:[\w.-]+/)+(?:[\w-]+\.py)?)`", text)) | set(re.findall(r"\]\(([^):]+)\)", text))
    places = [ROOT, ROOT / "crm_desktop", document.parent]
    missing = [name for name in named if not LATER.match(name) and not any((at / name).exists() for at in places)]
    assert missing == []


COMMANDS = [line.split(" # ")[0] for line in re.findall(r"^    python run\.py (\w.*)$", README, re.MULTILINE)]


@pytest.mark.parametrize("command", [each for each in COMMANDS if not each.startswith("test")])
def test_every_command_of_the_readme_is_one(command: str) -> None:
    assert parse(shlex.split(command)).run


def test_every_filter_of_the_readme_is_understood(tmp_path: Path) -> None:
    table = re.search(r"\| typed \| means \|\n\|[-|]+\n((?:\|.*\n)+)", README)
    assert table is not None
    typed = re.findall(r"`([^`]+)`", "".join(line.split("|")[1] for line in table[1].splitlines()))
    services = Services(Store.open(tmp_path / "c.crm"), DataDir(tmp_path), Settings(), Clock())
    kinds = ("lead", "company", "deal")
    understood = {text for text in typed for kind in kinds if _counts(services, kind, text)}
    services.close()
    assert set(typed) == understood


def _counts(services: Services, kind: str, text: str) -> bool:
    try:
        services.lists.count(services.lists.parse(kind, text))
    except UserError:
        return False
    return True
