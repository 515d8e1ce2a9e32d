"""Every text can be translated; of English that is done for its plurals: one day, two days."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from PySide6.QtCore import QCoreApplication

import crm_desktop
from crm_desktop.gui import format
from crm_desktop.gui.theme import ThemeManager
from crm_desktop.gui.widgets.bulk_bar import BulkBar
from crm_desktop.gui.widgets.tabs import TabsBar
from crm_desktop.paths import resource

MARKS = ("tr", "self.tr", "QT_TR_NOOP")
NUMBER = 2
"""At which place of a call of `tr` its number stands, as in Qt."""


class Text(NamedTuple):
    """A text of the window, the class that tells it, and whether it is told with a number."""

    context: str
    source: str
    numbered: bool


def called(node: ast.AST, context: str = "") -> Iterator[Text]:
    """The texts below a node that are told, or marked to be told later."""
    if isinstance(node, ast.ClassDef):
        context = node.name
    name = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
    if isinstance(node, ast.Call) and name in MARKS and isinstance(text := node.args[0], ast.Constant):
        yield Text(context if name == "self.tr" else "", str(text.value), len(node.args) > NUMBER)
    for child in ast.iter_child_nodes(node):
        yield from called(child, context)


def written(path: Path) -> dict[Text, list[str]]:
    """The texts of a file of translations, each with its forms."""
    return {
        Text(str(context.findtext("name")), str(message.findtext("source")), message.get("numerus") == "yes"):
            [str(form.text) for form in message.iter("numerusform")]
        for context in ElementTree.parse(path).iter("context")
        for message in context.iter("message")
    }  # fmt: skip


FOLDER = Path(crm_desktop.__file__).parent
TEXTS = {text for path in FOLDER.rglob("*.py") for text in called(ast.parse(path.read_text("utf-8")))}
FORMS = written(resource("translations") / "crm_en.ts")


def test_who_translates_is_given_every_text(tmp_path: Path) -> None:
    search = Path(sys.executable).with_name("pyside6-lupdate")
    subprocess.run([search, "-extensions", "py", FOLDER, "-ts", tmp_path / "all.ts"], check=True, capture_output=True)
    assert set(written(tmp_path / "all.ts")) == TEXTS


def test_nobody_calls_tr_otherwise() -> None:
    """Under another name, or as that of another object, it would look where the text is not."""
    for path in FOLDER.rglob("*.py"):
        assert not re.search(r"(?<!\bself)\.tr\b|self\.tr\b(?!\()", path.read_text("utf-8")), path


def test_every_text_with_a_number_has_both_forms() -> None:
    assert set(FORMS) == {text for text in TEXTS if text.numbered}
    assert not any("%n" in text.source for text in FORMS), "thousands are grouped, as everywhere"
    assert all(len(forms) == 2 and forms[1] == text.source for text, forms in FORMS.items())


def test_what_was_written_is_what_is_spoken() -> None:
    for (context, source, _), forms in FORMS.items():
        for count, form in ((1, forms[0]), (2, forms[1]), (0, forms[1]), (50_000, forms[1])):
            spoken = QCoreApplication.translate(context, source, None, count)
            assert spoken == form.replace("%Ln", format.count_text(count))


def test_one_is_told_as_one(theme: ThemeManager) -> None:
    assert [format.days(count) for count in (0, 1, 2)] == ["0 days", "1 day", "2 days"]
    area = TabsBar(theme)
    bar = BulkBar(theme, area)
    bar.set_count(1)
    assert bar.count_label.text() == "1 selected"
    area.deleteLater()
