"""The group “Fields” of the settings: own fields are made, renamed, ordered, given other choices and deleted."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit

from crm_desktop.domain.catalogue import FieldType
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.pages.page import Notice
from crm_desktop.gui.pages.settings import SettingsPage
from crm_desktop.gui.pages.settings.choices_dialog import ChoicesDialog
from crm_desktop.gui.pages.settings.field_dialog import FieldDialog, type_words
from crm_desktop.gui.pages.settings.fields import FieldsPanel
from crm_desktop.services import Services
from crm_desktop.services.fields import Holds

from ..conftest import destroy

K = Qt.Key


@pytest.fixture
def panel(served: AppContext) -> Iterator[FieldsPanel]:
    page = SettingsPage(served)
    page.resize(1000, 700)
    page.show()
    page.open_filter("fields")
    found = page.current
    assert isinstance(found, FieldsPanel)
    yield found
    page.close()
    destroy(page)


def settled(panel: FieldsPanel) -> None:
    assert panel.context.jobs.wait_idle()


def press(panel: FieldsPanel, name: str) -> None:
    panel._lines.findChildren(QAbstractButton, name)[0].click()
    settled(panel)


def labels(services: Services, kind: str = "lead") -> list[str | None]:
    return [field.label for field in services.fields.own(kind)]


def asked(panel: FieldsPanel) -> FieldDialog:
    panel.add_button.click()
    assert isinstance(panel.dialog, FieldDialog)
    return panel.dialog


def test_a_field_is_asked_for_and_made(panel: FieldsPanel, services: Services) -> None:
    notices: list[Notice] = []
    panel.said.connect(notices.append)
    dialog = asked(panel)
    dialog.type_box.setCurrentIndex(dialog.type_box.findData(FieldType.CHOICE.value))
    assert dialog.choices_edit.isVisible() and not dialog.target_box.isVisible()
    QApplication.processEvents()
    height = dialog.height()
    dialog.type_box.setCurrentIndex(dialog.type_box.findData(FieldType.LINK.value))
    QApplication.processEvents()
    assert dialog.target_box.isVisible() and dialog.height() < height - 80
    dialog.type_box.setCurrentIndex(dialog.type_box.findData(FieldType.CHOICE.value))
    dialog.ok_button.click()
    settled(panel)
    assert dialog.problem.text() == "A field needs a name." and dialog.isVisible()
    dialog.name_edit.setText("Interested in")
    dialog.choices_edit.setPlainText("Roof\nSolar\n\nRoof")
    dialog.several_switch.setChecked(True)
    dialog.ok_button.click()
    settled(panel)
    [field] = services.fields.own("lead")
    assert (field.label, field.choices, field.multi) == ("Interested in", ("Roof", "Solar"), True)
    assert panel._lines.findChildren(QLineEdit)[0].text() == "Interested in"
    assert notices[-1].text == "Field Interested in added"
    assert notices[-1].undo is not None
    notices[-1].undo()
    settled(panel)
    assert services.fields.own("lead") == panel.things == []


def test_a_link_is_asked_where_it_leads(panel: FieldsPanel, services: Services) -> None:
    panel.kind_box.setCurrentIndex(panel.kind_box.findData("deal"))
    dialog = asked(panel)
    dialog.name_edit.setText("Advisor")
    dialog.type_box.setCurrentIndex(dialog.type_box.findData(FieldType.LINK.value))
    dialog.target_box.setCurrentIndex(dialog.target_box.findData("person"))
    dialog.ok_button.click()
    settled(panel)
    assert [(f.label, f.target) for f in services.fields.own("deal")] == [("Advisor", "person")]


def test_fields_are_renamed_moved_and_deleted(panel: FieldsPanel, services: Services) -> None:
    first = services.fields.add("lead", "A", "text").id
    services.fields.add("lead", "B", "text")
    panel.refresh()
    press(panel, f"arrow-down{first}")
    assert labels(services) == ["B", "A"]
    edit = panel._lines.findChildren(QLineEdit, f"name{first}")[0]
    edit.setText("Alpha")
    edit.editingFinished.emit()
    settled(panel)
    assert labels(services) == ["B", "Alpha"]
    press(panel, f"trash-2{first}")
    assert labels(services) == ["B"]
    services.history.undo()
    assert labels(services) == ["B", "Alpha"]


def test_every_type_is_made_by_keys_alone(panel: FieldsPanel, services: Services) -> None:
    for row, type_ in enumerate(FieldType):
        dialog = asked(panel)
        dialog.activateWindow()
        QApplication.processEvents()
        QTest.keyClicks(dialog.focusWidget(), f"Own {type_.value}")
        QTest.keyClick(dialog.focusWidget(), K.Key_Tab)
        for _ in range(row):
            QTest.keyClick(dialog.focusWidget(), K.Key_Down)
        if type_ is FieldType.CHOICE:
            QTest.keyClick(dialog.focusWidget(), K.Key_Tab)
            QTest.keyClicks(dialog.focusWidget(), "One")
        QTest.keyClick(dialog.focusWidget(), K.Key_Return, Qt.KeyboardModifier.ControlModifier)
        settled(panel)
        QApplication.processEvents()
    assert [(field.label, field.type) for field in services.fields.own("lead")] == [
        (f"Own {type_.value}", type_) for type_ in FieldType
    ]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (" ", "A field needs a name."), ("colour", "A lead already has a field “colour”."),
        ("Score", "A lead already has a field “Score”."),
        ("x" * 300, "The name of a field has at most 100 characters; these are 300."),
    ],
)  # fmt: skip
def test_a_name_that_cannot_be_is_told(panel: FieldsPanel, services: Services, name: str, said: str) -> None:
    services.fields.add("lead", "Colour", "text")
    dialog = asked(panel)
    dialog.name_edit.setText(name)
    dialog.ok_button.click()
    settled(panel)
    assert dialog.problem.text() == said and dialog.isVisible()
    dialog.reject()


def test_sixty_choices_fit_into_their_dialog(panel: FieldsPanel, services: Services) -> None:
    number = services.fields.add("lead", "Size", Holds("choice", [f"Size {n}" for n in range(60)])).id
    dialog = choices_of(panel, number)
    QApplication.processEvents()
    assert dialog.height() <= 680 and dialog.focusWidget() is dialog.findChildren(QLineEdit, "choice0")[0]
    dialog.add_choice()
    QTest.keyClicks(dialog.focusWidget(), "Size 60")
    dialog.ok_button.click()
    settled(panel)
    assert len(services.catalogue.field("lead", "size").choices) == 61


def test_keys_go_on_where_a_line_was_deleted_or_cannot_move(panel: FieldsPanel, services: Services) -> None:
    numbers = [services.fields.add("lead", name, "text").id for name in "ABC"]
    panel.refresh()

    def act(glyph: str, number: int) -> str:
        panel._lines.findChildren(QAbstractButton, f"{glyph}{number}")[0].setFocus()
        press(panel, f"{glyph}{number}")
        focus = panel.focusWidget()
        return focus.objectName() if focus is not panel.add_button else "add"

    assert act("arrow-down", numbers[0]) == f"arrow-down{numbers[0]}"
    assert act("arrow-down", numbers[0]) == f"name{numbers[0]}"
    assert act("trash-2", numbers[1]) == f"trash-2{numbers[2]}"
    assert act("trash-2", numbers[0]) == f"trash-2{numbers[2]}"
    assert act("trash-2", numbers[2]) == "add"


def test_how_many_records_lose_a_value_is_said(panel: FieldsPanel, services: Services) -> None:
    number = services.fields.add("lead", "Colour", "text").id
    for name in ("Ann", "Bo"):
        services.records.add("lead", {"name": name, "colour": "red"})
    notices: list[Notice] = []
    panel.said.connect(notices.append)
    panel.refresh()
    press(panel, f"trash-2{number}")
    assert notices[-1].text == "Field Colour deleted with what %n records have in it".replace("%n", "2")
    assert notices[-1].undo is not None
    notices[-1].undo()
    settled(panel)
    assert [thing.name for thing in panel.things] == ["Colour"]


def test_names_have_room_where_the_window_is_narrow(panel: FieldsPanel, services: Services) -> None:
    services.fields.add("lead", "A rather long name", "long_text")
    panel.refresh()
    panel.resize(500, 600)
    for narrow in (True, False, True):
        panel.set_narrow(narrow)
        QApplication.processEvents()
        [edit] = panel._lines.findChildren(QLineEdit)
        [delete] = [b for b in panel._lines.findChildren(QAbstractButton) if b.objectName().startswith("trash")]
        assert (edit.geometry().bottom() < delete.y()) is narrow
    assert edit.width() > 380


def choices_of(panel: FieldsPanel, number: int) -> ChoicesDialog:
    panel.refresh()
    press(panel, f"list-checks{number}")
    assert isinstance(panel.dialog, ChoicesDialog)
    return panel.dialog


def test_choices_are_renamed_added_and_replaced_as_one_action(panel: FieldsPanel, services: Services) -> None:
    number = services.fields.add("lead", "Size", Holds("choice", ("S", "M", "L"))).id
    leads = [services.records.add("lead", {"name": f"L {size}", "size": size}).id for size in ("S", "M", "M")]
    dialog = choices_of(panel, number)
    dialog.findChildren(QLineEdit, "choice0")[0].setText("Small")
    dialog.findChildren(QLineEdit, "choice0")[0].textEdited.emit("Small")
    dialog.remove(1)
    box = dialog.findChildren(QComboBox, "choice1")[0]
    assert "2 records hold “M”" in box.accessibleName()
    assert [box.itemText(n) for n in range(box.count())] == ["Nothing", "Small", "L"]
    box.setCurrentIndex(2)
    box.activated.emit(2)
    dialog.add_choice()
    dialog.lines[-1].now = "XL"
    dialog.ok_button.click()
    settled(panel)
    assert services.catalogue.field("lead", "size").choices == ("Small", "L", "XL")
    held = [services.records.show("lead", lead).values["size"] for lead in leads]
    assert held == ["Small", "L", "L"]
    services.history.undo()
    assert [services.records.show("lead", lead).values["size"] for lead in leads] == ["S", "M", "M"]


def test_the_focus_returns_to_the_line_whose_choices_were_kept(panel: FieldsPanel, services: Services) -> None:
    number = services.fields.add("lead", "Size", Holds("choice", ("S",))).id
    panel.refresh()
    panel._lines.findChildren(QAbstractButton, f"list-checks{number}")[0].setFocus()
    panel.refresh()
    focus = panel.window().focusWidget()
    assert focus.objectName() == f"list-checks{number}" and focus.isVisible()


def test_choices_that_stay_as_they_are_are_not_told_of(panel: FieldsPanel, services: Services) -> None:
    number = services.fields.add("lead", "Size", Holds("choice", ("S",))).id
    notices: list[Notice] = []
    panel.said.connect(notices.append)
    dialog = choices_of(panel, number)
    dialog.ok_button.click()
    settled(panel)
    assert not notices and not dialog.isVisible()


def test_a_choice_that_cannot_be_is_told_in_the_dialog(panel: FieldsPanel, services: Services) -> None:
    number = services.fields.add("lead", "Size", Holds("choice", ("S",))).id
    dialog = choices_of(panel, number)
    dialog.lines[0].now = "a; b"
    dialog.ok_button.click()
    settled(panel)
    assert "stand between choices" in dialog.problem.text() and dialog.isVisible()
    dialog.reject()


def test_every_type_has_words(panel: FieldsPanel) -> None:
    assert len({type_words(type_) for type_ in FieldType}) == len(FieldType)
    assert panel.search("custom") and not panel.search("nothing like it")
