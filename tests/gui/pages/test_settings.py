"""The settings page: each change is kept at once and can be taken back."""

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QSpinBox,
    QWidget,
)

from crm_desktop.domain.filter import Filter
from crm_desktop.errors import WrongPassphrase
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.pages.page import Notice
from crm_desktop.gui.pages.settings import SettingsPage
from crm_desktop.gui.pages.settings.backups import BackupsPanel
from crm_desktop.gui.pages.settings.data import SamplePanel
from crm_desktop.gui.pages.settings.page import LIST_WIDTH
from crm_desktop.gui.pages.settings.panel import StorePanel
from crm_desktop.gui.pages.settings.passphrase import PassphraseDialog
from crm_desktop.gui.pages.settings.rows import SettingRow, StoredRow
from crm_desktop.gui.pages.settings.stages import MOST, StagesPanel
from crm_desktop.gui.quota import quota_text
from crm_desktop.gui.records.ask_dialog import AskDialog
from crm_desktop.gui.shell.unlock import UnlockDialog
from crm_desktop.gui.widgets.segmented import Segmented
from crm_desktop.gui.widgets.switch import Switch
from crm_desktop.services import Services
from crm_desktop.settings import Settings

from ..conftest import destroy


@pytest.fixture
def page(served: AppContext) -> Iterator[SettingsPage]:
    made = SettingsPage(served)
    made.resize(1000, 700)
    made.show()
    made.on_shown()
    yield made
    made.close()
    destroy(made)


def said(page: SettingsPage) -> list[Notice]:
    found: list[Notice] = []
    page.noticed.connect(found.append)
    return found


def control_of(row: SettingRow) -> QWidget:
    """What stands at the right of a row."""
    item = row.row.itemAt(1)
    widget = item.widget() if item is not None else None
    assert widget is not None
    return widget


def control(page: SettingsPage, name: str) -> QWidget:
    """What changes a setting."""
    for panel in page.groups.values():
        for row in panel.rows:
            if isinstance(row, StoredRow) and row.setting.name == name:
                return control_of(row)
    raise KeyError(name)


def shown_groups(page: SettingsPage) -> list[str]:
    items = [page.body.groups_list.item(row) for row in range(page.body.groups_list.count())]
    return [item.text() for item in items if not item.isHidden()]


def test_each_kind_of_control_keeps_its_change_and_takes_it_back(page: SettingsPage) -> None:
    store, notices = page.context.settings_store, said(page)
    theme, hints, target, size = (control(page, n) for n in ("theme", "hint_bar", "churn_target", "text_scale"))
    assert isinstance(theme, Segmented) and isinstance(hints, Switch) and isinstance(size, QComboBox)
    theme.choose("dark")
    hints.click()
    target.setValue(3.5)  # type: ignore[attr-defined]
    size.activated.emit(size.findData(120))
    now = store.current
    assert (now.theme, now.hint_bar, now.churn_target, now.text_scale) == ("dark", False, 0.035, 120)
    for notice in reversed(notices):
        assert notice.undo is not None
        notice.undo()
    assert store.current == Settings(currency="EUR")
    assert (theme.current, hints.isChecked(), size.currentData()) == ("system", True, 100)


def test_what_is_changed_elsewhere_is_shown_here(page: SettingsPage) -> None:
    page.context.settings_store.update(text_scale=140, gap_days_min=120)
    size, days = control(page, "text_scale"), control(page, "gap_days_min")
    assert isinstance(size, QComboBox) and isinstance(days, QSpinBox)
    assert (size.currentData(), days.value()) == (140, 120)


def test_a_wrong_value_is_refused_in_words(page: SettingsPage) -> None:
    notices, box = said(page), control(page, "currency")
    assert isinstance(box, QComboBox)
    box.setEditText("euro")
    edit = box.lineEdit()
    assert edit is not None
    edit.editingFinished.emit()
    assert [notice.text for notice in notices] == ["Currency cannot be “EURO”."]
    assert page.context.settings_store.current.currency == "EUR" and box.currentText() == "EUR"
    box.setEditText("sek")
    edit.editingFinished.emit()
    assert page.context.settings_store.current.currency == "SEK"


def test_a_group_goes_back_to_standard_at_once(page: SettingsPage) -> None:
    store, notices, panel = page.context.settings_store, said(page), page.groups["terms"]
    store.update(churn_target=0.1, score_hot=90, theme="dark")
    assert isinstance(panel, StorePanel)
    panel.standard_button.click()
    assert (store.current.churn_target, store.current.score_hot, store.current.theme) == (0.02, 70, "dark")
    assert notices[-1].undo is not None
    notices[-1].undo()
    assert (store.current.churn_target, store.current.score_hot) == (0.1, 90)


def test_search_finds_settings_in_all_groups(page: SettingsPage) -> None:
    page.body.search_edit.setText("CHURN")
    assert shown_groups(page) == ["Terms & formulas"]
    assert page.current is page.groups["terms"]
    assert [row.words for row in page.groups["terms"].rows if row.isVisibleTo(page)] == ["Target of the churn rate"]
    page.body.search_edit.setText("no such thing")
    assert shown_groups(page) == [] and page.body.panels.currentWidget() is page.body.nothing
    assert page.on_escape() and not page.on_escape()
    assert len(shown_groups(page)) == len(page.groups)
    assert all(row.isVisibleTo(page.groups["terms"]) for row in page.groups["terms"].rows)


def test_other_pages_open_a_group_by_its_name(page: SettingsPage) -> None:
    for name, panel in page.groups.items():
        page.open_filter(name)
        assert page.current is panel and panel.isVisible()


def test_every_control_has_a_name(page: SettingsPage) -> None:
    for name in page.groups:
        page.open_filter(name)
        for kind in (QAbstractButton, QComboBox, QSpinBox):
            for widget in page.groups[name].findChildren(kind):
                assert widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text())


# stages


def stages(page: SettingsPage) -> StagesPanel:
    page.open_filter("pipeline")
    panel = page.groups["pipeline"]
    assert isinstance(panel, StagesPanel)
    return panel


def names(services: Services) -> list[str]:
    return [stage.name for stage in services.pipeline.stages()]


def test_stages_are_renamed_and_weighed(page: SettingsPage, services: Services) -> None:
    panel, notices = stages(page), said(page)
    edit, likely = panel._lines.findChildren(QLineEdit)[0], panel._lines.findChildren(QSpinBox)[2]
    edit.setText("First talk")
    edit.editingFinished.emit()
    likely.setValue(35)
    assert [s.probability for s in services.pipeline.stages()][:3] == [5, 15, 35]
    assert names(services)[0] == "First talk"
    notices[-1].undo()  # type: ignore[misc]
    assert services.pipeline.stages()[2].probability == 30
    assert [notice.text for notice in notices] == ["Stage Lead generation changed", "Stage Proposal changed"]


def press(panel: StagesPanel, name: str) -> None:
    for button in panel._lines.findChildren(QAbstractButton):
        if button.accessibleName() == name:
            button.click()


def test_stages_are_moved_in_one_step(page: SettingsPage, services: Services) -> None:
    panel, notices, before = stages(page), said(page), names(services)
    press(panel, "Move Proposal up")
    assert names(services)[:3] == ["Lead generation", "Proposal", "Qualification"]
    assert names(services)[-2:] == ["Won", "Lost"]
    notices[-1].undo()  # type: ignore[misc]
    assert names(services) == before


def test_stages_are_added_up_to_eight_and_deleted_down_to_three(page: SettingsPage, services: Services) -> None:
    panel = stages(page)
    while panel.add_button.isEnabled():
        panel.add_stage()
    assert len(panel.stages) == MOST and names(services)[-2:] == ["Won", "Lost"]
    for name in ("New stage", "Closing", "Negotiation", "Proposal", "Qualification"):
        press(panel, f"Delete {name}")
    assert len(panel.stages) == 3


def test_a_stage_with_deals_is_not_deleted(page: SettingsPage, services: Services) -> None:
    services.demo.fill()
    panel, notices = stages(page), said(page)
    press(panel, "Delete Proposal")
    assert "Proposal" in names(services) and notices[-1].kind == "bad"
    assert notices[-1].text == "5 deals are in this stage. Move them first."


def test_each_pipeline_has_its_own_stages(page: SettingsPage, services: Services) -> None:
    panel = stages(page)
    assert not panel.pipeline_box.isVisible()
    made = services.records.add("pipeline", {"name": "Renewals"}).id
    page.on_shown()
    box = panel.pipeline_box
    assert box.isVisible() and [box.itemText(row) for row in range(box.count())] == ["New business", "Renewals"]
    box.setCurrentIndex(1)
    box.activated.emit(1)
    assert not panel.stages
    panel.add_stage()
    panel.add_stage()
    press(panel, "Move New stage 2 up")
    assert [stage.name for stage in services.pipeline.stages(made)] == ["New stage 2", "New stage"]
    assert len(services.pipeline.stages()) == 7


# backups, encryption, sample data


def backups(page: SettingsPage) -> BackupsPanel:
    page.open_filter("backups")
    panel = page.groups["backups"]
    assert isinstance(panel, BackupsPanel)
    return panel


def test_what_was_kept_before_an_update_is_listed_as_that(page: SettingsPage, services: Services) -> None:
    made = services.safety.backup()
    made.rename(made.with_stem(f"{made.stem}-schema-7"))
    panel = backups(page)
    assert any("Before an update · " in each.text() for each in panel.findChildren(QLabel))


def test_a_backup_is_made_listed_and_gone_back_to(page: SettingsPage, services: Services) -> None:
    panel, notices = backups(page), said(page)
    services.records.add("lead", {"last_name": "Adler"})
    panel.back_up()
    assert len(panel._copies) == 1
    services.records.add("lead", {"last_name": "Bach"})
    button = control_of(panel._copies[0])
    assert isinstance(button, QAbstractButton)
    button.setFocus()
    button.click()
    [dialog] = [child for child in page.window().findChildren(AskDialog) if child.isVisible()]
    assert dialog.windowTitle() == "Go back to the backup of today 09:05?"
    assert "Leads: 2 now, 1 then" in [each.text() for each in dialog.findChildren(QLabel)]
    assert dialog.ok_button.text() == "Go back to this backup"
    dialog.ok_button.click()
    assert services.lists.count(Filter("lead")) == 1
    assert notices[-1].text.startswith("The backup is in place.")
    assert len(services.safety.backups()) == 2
    QApplication.processEvents()
    page.activateWindow()
    assert page.focusWidget() is control_of(panel._copies[0])


def test_a_new_passphrase_is_long_enough_and_typed_twice(page: SettingsPage) -> None:
    found: list[str] = []
    dialog = PassphraseDialog(page.theme, True, found.append, page)
    for first, again, problem in (
        ("short", "short", "Needs at least 8 letters or signs."),
        ("long enough", "long enouhg", "The two are not the same."),
        ("long enough", "long enough", ""),
    ):
        dialog.first_edit.setText(first)
        dialog.again_edit.setText(again)
        dialog.ok_button.click()
        assert dialog.problem_label.text() == problem
    assert found == ["long enough"] and dialog.result() == QDialog.DialogCode.Accepted


def test_a_wrong_passphrase_is_told_in_full(page: SettingsPage) -> None:
    def refuse(_passphrase: str) -> None:
        raise WrongPassphrase

    dialog = UnlockDialog(page.theme, refuse)
    dialog.show()
    QApplication.processEvents()
    dialog.first_edit.setText("wrong")
    dialog.ok_button.click()
    QApplication.processEvents()
    for told in (dialog.note_label, dialog.problem_label):
        assert told.isVisible() and told.height() >= told.heightForWidth(told.width())
    destroy(dialog)


@pytest.mark.slow
def test_the_base_is_encrypted_and_made_plain_again(page: SettingsPage, services: Services) -> None:
    panel, notices = backups(page), said(page)
    panel.lock(True, "correct horse")
    assert services.safety.encrypted and panel.lock_button.text() == "Decrypt ..."
    panel.lock(False, "wrong horse")
    assert notices[-1].kind == "bad"
    assert services.safety.encrypted
    panel.lock(False, "correct horse")
    assert notices[-1].kind == "ok" and panel.lock_button.text() == "Encrypt ..."


@pytest.mark.slow
def test_a_backup_under_a_passphrase_that_is_no_more_asks_for_it(page: SettingsPage, services: Services) -> None:
    panel = backups(page)
    services.safety.backup()
    services.records.add("lead", {"last_name": "Adler"})
    panel.lock(True, "correct horse")
    panel.lock(False, "correct horse")
    button = control_of(panel._copies[-1])
    assert isinstance(button, QAbstractButton)
    button.click()
    for typed, problem in (("wrong horse", ""), ("correct horse", "passphrase")):
        [asked] = [child for child in page.window().findChildren(PassphraseDialog) if child.isVisible()]
        assert problem in asked.problem_label.text() and asked.windowTitle() == "Open the backup"
        asked.first_edit.setText(typed)
        asked.ok_button.click()
    [dialog] = [child for child in page.window().findChildren(AskDialog) if child.isVisible()]
    dialog.ok_button.click()
    assert services.lists.count(Filter("lead")) == 0 and not services.safety.encrypted


def test_sample_data_comes_and_goes(page: SettingsPage, services: Services) -> None:
    page.open_filter("sample")
    panel = page.groups["sample"]
    assert isinstance(panel, SamplePanel)
    panel.button.click()
    assert services.demo.present() and panel.button.text() == "Remove sample data"
    panel.button.click()
    assert not services.demo.present() and panel.button.text() == "Add sample data"


@pytest.mark.parametrize(("words", "left"), [("Cancel", 248), ("Remove all", 0), ("Keep what I changed", 2)])
def test_sample_data_that_was_worked_on_is_not_removed_unasked(
    page: SettingsPage, services: Services, words: str, left: int
) -> None:
    services.demo.fill()
    services.records.set("lead", services.lists.ids(Filter("lead"), None, 2), {"job_title": "Owner"})
    page.open_filter("sample")
    panel = page.groups["sample"]
    assert isinstance(panel, SamplePanel)
    panel.button.click()
    [box] = page.window().findChildren(QMessageBox)
    assert box.text() == "You changed some of the sample data: 2 leads."
    next(each for each in box.buttons() if each.text() == words).click()
    assert services.lists.count(Filter("lead")) == left
    assert services.demo.present() is (words == "Cancel")


def test_services_count_by_the_new_rules_at_once(services: Services) -> None:
    company = services.records.add("company", {"name": "Astoria"}).id
    services.records.add("purchase", {"company": company, "bought_on": date(2026, 1, 5), "amount": "100"})
    assert services.reports.churn().figures["lost"].value == 0
    change = services.follow(Settings(currency="SEK", gap_days_single=100, gap_days_min=30))
    figure = services.reports.churn().figures["churn_rate"]
    assert figure.parameters["gap_days_single"] == 100
    assert {"customer", "loss"} <= change.kinds
    lost = services.lists.values(Filter("loss"), ("lost_on",))
    assert [on for _, on in lost] == [date(2026, 4, 15)]
    assert services.reports.sales().figures["won_value"].n == 0


@pytest.mark.parametrize("scale", [100, 160])
def test_every_control_is_seen_in_the_smallest_window(page: SettingsPage, scale: int) -> None:
    page.theme.apply("light", scale)
    page.resize(967, 560)
    page.show()
    QApplication.processEvents()
    for name in ("appearance", "region", "terms"):
        panel = page.groups[name]
        assert panel.minimumSizeHint().width() <= page.width() - page.theme.current.px(LIST_WIDTH) - 14
    page.theme.apply("light", 100)


def test_name_and_quota_of_the_first_page_are_changed_here(page: SettingsPage, served: AppContext) -> None:
    name, quota = control(page, "user_name"), control(page, "monthly_quota")
    assert isinstance(name, QLineEdit) and isinstance(quota, QLineEdit)
    for edit, text in ((name, "Maya Lindqvist"), (quota, "120,000.50")):
        edit.setText(text)
        edit.editingFinished.emit()
    now = served.settings_store.current
    assert (now.user_name, now.monthly_quota) == ("Maya Lindqvist", 12_000_050)
    assert quota.text() == quota_text(page.context, 12_000_050) == "120,000.50"
    assert quota_text(page.context, 12_000_000) == "120,000"
    for wrong in ("much", "5 USD"):
        quota.setText(wrong)
        quota.editingFinished.emit()
        assert quota.text() == wrong and quota.accessibleDescription()
    assert served.settings_store.current.monthly_quota == 12_000_050
    quota.setText("")
    quota.editingFinished.emit()
    assert served.settings_store.current.monthly_quota == 0
