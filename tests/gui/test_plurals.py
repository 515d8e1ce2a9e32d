"""One day, two days: English too has a translation, of its plurals."""

import ast
from pathlib import Path
from xml.etree import ElementTree

from PySide6.QtCore import QCoreApplication

from crm_desktop.gui import format
from crm_desktop.gui.theme import ThemeManager
from crm_desktop.gui.widgets.bulk_bar import BulkBar
from crm_desktop.gui.widgets.tabs import TabsBar
from crm_desktop.paths import resource

GUI = Path(format.__file__).parent
PLACES = {"tr": (0, 1), "_tr": (0, 1), "translate": (1, 3)}
"""At which places of a call of each name text and number stand."""
FORMS = {
    (str(context.findtext("name")), str(message.findtext("source"))):
        [str(form.text) for form in message.iter("numerusform")]
    for context in ElementTree.parse(resource("translations") / "crm_en.ts").iter("context")
    for message in context.iter("message")
}  # fmt: skip


def counted() -> set[str]:
    """Every text of the window that is told with a number."""
    found = set()
    for path in GUI.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(call, ast.Call) or ast.unparse(call.func).split(".")[-1] not in PLACES:
                continue
            text, number = PLACES[ast.unparse(call.func).split(".")[-1]]
            if len(call.args) > number and isinstance(call.args[text], ast.Constant):
                found.add(str(ast.literal_eval(call.args[text])))
    return found


def test_every_text_with_a_number_has_both_forms() -> None:
    assert {source for _, source in FORMS} == counted()
    assert not any("%n" in source for _, source in FORMS), "thousands are grouped, as everywhere"
    assert all(len(forms) == 2 and forms[1] == source for (_, source), forms in FORMS.items())


def test_what_was_written_is_what_is_spoken() -> None:
    for (context, source), forms in FORMS.items():
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
