"""Import & export as the user sees it: a file by five steps, undone again; refusals; exports; the keyboard alone."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLabel, QMessageBox
from pytestqt.qtbot import QtBot

from crm_desktop.domain.filter import Filter
from crm_desktop.domain.money import Money
from crm_desktop.errors import EnvironmentProblem
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.pages.importing import ImportPage
from crm_desktop.gui.pages.importing.columns_model import Place
from crm_desktop.gui.pages.importing.wizard import Step
from crm_desktop.gui.pages.page import PageSpec
from crm_desktop.gui.shell.window import MainWindow
from crm_desktop.services import Services
from crm_desktop.services.fields import Holds
from crm_desktop.services.importing import OnMatch
from tests.gui.conftest import PlainPage, destroy

SPECS = (
    PageSpec("leads", "Leads", "user-plus", lambda c: PlainPage(c, "Leads"), "Sell", "Ctrl+2"),
    PageSpec("importing", "Import & export", "arrow-down-up", ImportPage, "foot", "Ctrl+I"),
)
HEAD = "First Name;Surname;Organisation;Mail;Scanned;Hall"
ROWS = (
    "Joanna;Whitlock;Fenwick Schools;j.whitlock@fenwick.example;06/11/2026;Hall 4",
    "Luca;Ferrante;Trattoria Luce;l.ferrante@luce.example;07/11/2026;Hall 4",
    "Marta;Kowalczyk;Linden Clinic;marta at home;25/10/2026;Hall 2",
)


@pytest.fixture
def window(served: AppContext, qtbot: QtBot) -> Iterator[MainWindow]:
    """The window on the page."""
    made = MainWindow(served, SPECS)
    made.open("importing")
    made.show()
    made.activateWindow()
    QApplication.processEvents()
    yield made
    made.close()
    destroy(made)


@pytest.fixture
def page(window: MainWindow) -> ImportPage:
    """Import & export."""
    current = window.pages.current
    assert isinstance(current, ImportPage)
    return current


@pytest.fixture
def fair(tmp_path: Path) -> Path:
    """Leads of a fair; one row has an e-mail address without @."""
    path = tmp_path / "fair-leads.csv"
    path.write_text("\n".join((HEAD, *ROWS)) + "\n", encoding="utf-8")
    return path


def drop(page: ImportPage, path: Path) -> None:
    """Let a file fall on the page."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    event = QDropEvent(QPointF(5, 5), action, data, button, Qt.KeyboardModifier.NoModifier)
    page.start.drop.dropEvent(event)


def step_of(page: ImportPage) -> Step:
    """The step that is shown."""
    return page.wizard.step


def shown(page: ImportPage, row: int, place: Place) -> str:
    """What a cell of the table of columns shows."""
    model = page.wizard.match.columns
    return str(model.index(row, place).data())


def answer(monkeypatch: pytest.MonkeyPatch, method: str, path: Path) -> None:
    """Let the dialog of the system answer with a path."""
    monkeypatch.setattr(QFileDialog, method, lambda *_: (str(path), ""))


def import_all(page: ImportPage, path: Path) -> None:
    """Take a file through all steps."""
    page.open_file(path)
    for _ in range(5):
        page.wizard.advance()


def test_a_file_comes_in_step_by_step_and_goes_again(page: ImportPage, fair: Path, services: Services) -> None:
    wizard = page.wizard
    drop(page, fair)
    assert wizard.step is Step.FILE
    assert page.sub_line.startswith("fair-leads.csv · 3 rows · UTF-8 · semicolon")
    wizard.advance()
    assert shown(page, 1, Place.GOAL) == "Last name"
    assert shown(page, 1, Place.WHY) == "Known synonym"
    assert wizard.tally_label.text() == "6 columns · 4 matched · 2 into the note"
    assert wizard.match.preview.name.text() == "Joanna Whitlock"
    wizard.advance()
    assert [card.problem.count for card in wizard.check.cards] == [1]
    assert wizard.tally_label.text() == "2 new, 1 left out"
    wizard.advance()
    assert wizard.duplicates.empty.isVisible() and wizard.next_button.hasFocus()
    wizard.advance()
    assert wizard.next_button.text() == "Import 2 rows"
    assert services.base.is_empty()
    wizard.advance()
    assert services.base.counts()["lead"] == 2
    assert services.safety.backups()
    page.undo_import()
    assert services.base.is_empty()
    assert not page.running
    assert not page.start.past.undo_buttons
    page.context.changes.announce(services.history.redo())
    assert len(page.start.past.undo_buttons) == 1


def test_one_row_is_told_as_one(page: ImportPage, fair: Path) -> None:
    fair.write_text(f"{HEAD}\n{ROWS[0]}\n", encoding="utf-8")
    page.open_file(fair)
    assert page.sub_line.startswith("fair-leads.csv · 1 row · UTF-8")
    page.wizard.advance()
    page.wizard.advance()
    assert page.wizard.check.empty.sentence.text() == "The row can be read."


def test_an_import_undone_by_the_key_is_not_told_as_done(page: ImportPage, fair: Path, services: Services) -> None:
    import_all(page, fair)
    assert page.running and page.wizard.result.line.isVisible()
    page.context.changes.announce(services.history.undo())
    assert not page.running


def test_a_value_left_empty_lets_the_row_in(page: ImportPage, fair: Path, services: Services) -> None:
    page.open_file(fair)
    page.wizard.advance()
    page.wizard.advance()
    page.wizard.check.cards[0].choice.choose("empty")
    assert page.wizard.tally_label.text() == "3 new"
    for _ in range(3):
        page.wizard.advance()
    found = services.lists.values(Filter("lead"), ["last_name", "email"])
    assert sorted((name, bool(email)) for _, name, email in found) == [
        ("Ferrante", True), ("Kowalczyk", False), ("Whitlock", True),
    ]  # fmt: skip


def test_what_values_stand_for_is_shown_changed_and_remembered(
    page: ImportPage, tmp_path: Path, services: Services
) -> None:
    path = tmp_path / "deals.csv"
    path.write_text("Deal name,Company,Stage,Amount\nA,Acme,Engaging,5\nB,Acme,Won,6\n", encoding="utf-8")
    page.open_file(path)
    page.wizard.advance()
    page.wizard.advance()
    (card,) = page.wizard.check.meanings
    assert card.accessibleName() == "What “Stage” stands for in Stage"
    assert [box.currentText() for box in card.boxes.values()] == ["Qualification", "Won"]
    box = card.boxes["Engaging"]
    box.setCurrentText("Negotiation")
    box.activated.emit(box.currentIndex())
    for _ in range(3):
        page.wizard.advance()
    assert [str(row[1]) for row in services.lists.values(Filter("deal"), ["stage"])] == ["Won", "Negotiation"]
    page.leave()
    page.open_file(path)
    page.wizard.advance()
    page.wizard.advance()
    assert page.wizard.check.meanings[0].boxes["Engaging"].currentText() == "Negotiation"


def test_each_of_several_choices_is_asked_about(page: ImportPage, tmp_path: Path, services: Services) -> None:
    services.fields.add("person", "Likes", Holds("choice", ("Tea", "Coffee"), several=True))
    path = tmp_path / "people.csv"
    path.write_text('First name,Last name,Likes\nAda,King,"tee, coffee"\nBo,Lee,coffee\n', encoding="utf-8")
    page.task.look(path, "person")
    page.wizard.advance()
    page.wizard.advance()
    (card,) = page.wizard.check.meanings
    shown = {text: box.currentText() for text, box in card.boxes.items()}
    assert shown == {"tee": "Not known here", "coffee": "Coffee"}
    box = card.boxes["tee"]
    box.setCurrentText("Tea")
    assert page.wizard.check.cards[0].heading.text().startswith("1 row · Likes")
    box.activated.emit(box.currentIndex())
    assert page.wizard.check.cards[0].heading.text().startswith("0 rows · Likes")
    for _ in range(3):
        page.wizard.advance()
    found = {row[1]: set(row[2]) for row in services.lists.values(Filter("person"), ["name", "likes"])}
    assert found == {"Ada King": {"Tea", "Coffee"}, "Bo Lee": {"Coffee"}}


def test_tickets_go_on_only_as_what_the_user_says(page: ImportPage, tmp_path: Path) -> None:
    path = tmp_path / "tickets.csv"
    path.write_text("Ticket ID,Subject,Priority,Status,Email\n1,Broken,High,New,a@b.example\n", encoding="utf-8")
    page.open_file(path)
    wizard, kinds = page.wizard, page.wizard.file.kind_box
    assert "tickets, which cannot be imported yet" in wizard.tally_label.text()
    assert (kinds.currentText(), wizard.next_button.isEnabled(), page.title) == ("", False, "Import & export")
    kinds.setCurrentIndex(kinds.findData("task"))
    kinds.activated.emit(kinds.currentIndex())
    assert (wizard.tally_label.text(), wizard.next_button.isEnabled(), page.task.draft.kind) == ("", True, "task")


def test_a_status_that_is_not_there_is_added_and_told(page: ImportPage, tmp_path: Path, services: Services) -> None:
    path = tmp_path / "leads.csv"
    path.write_text("Last name,Status,Lifecycle stage\nLee,New,SQL\nKim,Hot one,odd\n", "utf-8")
    page.open_file(path)
    page.wizard.advance()
    page.wizard.advance()
    boxes = {text: box for card in page.wizard.check.meanings for text, box in card.boxes.items()}
    assert (boxes["Hot one"].currentText(), boxes["odd"].currentText()) == ("Add as a new status", "Not known here")
    page.task.decide_meaning("Status", "Hot one", "New")
    page.wizard.check.show_problems()
    box = next(card.boxes["Hot one"] for card in page.wizard.check.meanings if "Hot one" in card.boxes)
    assert (box.currentText(), box.itemText(0)) == ("New", "Add as a new status")
    box.setCurrentIndex(0)
    box.activated.emit(0)
    page.wizard.advance()
    page.wizard.advance()
    told = page.wizard.result.told
    assert told.text().startswith("1 new status of leads: Hot one. A backup is made first.")
    page.wizard.advance()
    assert told.text().startswith("1 new status of leads: Hot one. The import is one step")
    assert "Hot one" in [row[1] for row in services.lists.values(Filter("lead_status"), ["name"])]


def test_a_refused_row_is_mended_in_place(page: ImportPage, fair: Path, services: Services) -> None:
    page.open_file(fair)
    page.wizard.advance()
    page.wizard.advance()
    (card,) = page.wizard.check.cards
    QApplication.processEvents()
    card.fix_button.click()
    assert card.table is not None and card.table.isVisible()
    cells = card.table.mending
    assert [cells.index(0, at).data() for at in range(3)] == ["4", "marta at home", "Left out"]
    assert not cells.setData(cells.index(0, 1), "marta at home")
    assert cells.setData(cells.index(0, 1), "marta at work")
    assert card.examples.text() == "Row 4: “marta at work”"
    assert cells.index(0, 2).data() == "Left out"
    assert cells.setData(cells.index(0, 1), "marta@linden.example")
    assert cells.index(0, 2).data() == "Comes in"
    assert page.wizard.tally_label.text() == "3 new"
    kept = page.task.kept()
    assert kept is not None and kept.edits == {4: {"Mail": "marta@linden.example"}}
    for _ in range(3):
        page.wizard.advance()
    assert services.base.counts()["lead"] == 3


def test_a_mended_row_stays_out_while_another_column_refuses_it(page: ImportPage, tmp_path: Path) -> None:
    path = tmp_path / "leads.csv"
    path.write_text("Last name,Email,Score\nLee,lee at home,many\nKim,kim@x.example,5\nRay,ray at home,6\n", "utf-8")
    page.open_file(path)
    page.wizard.advance()
    page.wizard.advance()
    mail, score = sorted(page.wizard.check.cards, key=lambda card: str(card.problem.column))
    for card in (mail, score):
        card.fix_button.click()
    assert mail.table is not None and score.table is not None
    cells = mail.table.mending
    assert cells.setData(cells.index(0, 1), "lee@home.example")
    assert cells.index(0, 2).data() == "Left out"
    assert page.wizard.tally_label.text() == "1 new, 2 left out"
    assert mail.heading.text().startswith("1 row · Email") and mail.examples.text() == "Row 4: “ray at home”"
    assert score.heading.text().startswith("1 row · Score") and score.examples.text() == "Row 2: “many”"
    other = score.table.mending
    assert other.setData(other.index(0, 1), "7")
    assert cells.index(0, 2).data() == other.index(0, 2).data() == "Comes in"
    assert page.wizard.tally_label.text() == "2 new, 1 left out"
    assert score.heading.text().startswith("0 rows") and score.examples.isHidden()
    QApplication.processEvents()
    assert mail.table.columnWidth(2) >= mail.table.sizeHintForColumn(2)


def test_rows_left_out_are_saved_with_their_reasons(
    page: ImportPage, fair: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_all(page, fair)
    out = tmp_path / "left-out.csv"
    answer(monkeypatch, "getSaveFileName", out)
    assert page.context.actions.trigger("import.skipped")
    text = out.read_text(encoding="utf-8-sig")
    assert "marta at home" in text and "needs an @" in text


def test_nothing_of_the_rows_lies_in_plain_beside_an_encrypted_base(
    page: ImportPage, fair: Path, services: Services
) -> None:
    page.open_file(fair)
    page.task.mend(2, "Surname", "Whitlocke")
    kept = services.data_dir.begun_import
    assert "Whitlocke" in kept.read_text("utf-8")
    services.safety.encrypt("a passphrase")
    assert not kept.exists()
    page.task.mend(2, "Surname", "Whitelock")
    for _ in range(5):
        page.wizard.advance()
    assert page.context.actions.action("import.skipped").isEnabled()
    files = [path for path in services.data_dir.root.rglob("*") if path.is_file() and path != fair]
    told = (b"marta at home", b"Whitelock")
    assert not [path for path in files if any(each in path.read_bytes() for each in told)]


def test_an_import_that_failed_can_be_tried_again_by_the_same_key(
    page: ImportPage, fair: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.open_file(fair)
    for _ in range(4):
        page.wizard.advance()

    def full(*_: object) -> None:
        raise EnvironmentProblem("The disk is full.")

    monkeypatch.setattr(page.context.services.importing, "run", full)
    page.wizard.next_button.click()
    assert page.wizard.tally_label.text() == "The disk is full."
    assert page.wizard.next_button.isEnabled() and page.wizard.next_button.hasFocus()


def test_two_columns_to_one_field_are_refused_in_place(page: ImportPage, fair: Path, qtbot: QtBot) -> None:
    page.open_file(fair)
    page.wizard.advance()
    match = page.wizard.match
    match.table.setCurrentIndex(match.columns.index(5, 0))
    match.choose(5)
    match.picker.search.setText("last name")
    match.picker.accept()
    assert match.refusal.isVisible() and "Surname" in match.refusal.text()
    assert shown(page, 5, Place.GOAL) == "Note"
    match.choose(5)
    match.picker.search.setText("source detail")
    match.picker.accept()
    assert not match.refusal.isVisible()
    assert shown(page, 5, Place.GOAL) == "Source detail"


def test_a_file_without_a_name_must_be_matched_first(page: ImportPage, tmp_path: Path) -> None:
    path = tmp_path / "strange.csv"
    path.write_text("alpha,beta\none,two\nthree,four\n", encoding="utf-8")
    page.task.look(path, "lead")
    page.wizard.advance()
    page.wizard.advance()
    assert step_of(page) is Step.MATCH
    assert "names a lead" in page.wizard.tally_label.text()
    assert page.task.give(0, "last_name") == ""
    page.wizard.advance()
    assert step_of(page) is Step.CHECK


def test_the_order_of_dates_is_asked_with_evidence(page: ImportPage, fair: Path) -> None:
    page.open_file(fair)
    page.wizard.advance()
    page.task.give(4, "created_at")
    match = page.wizard.match
    match.table.setCurrentIndex(match.columns.index(4, 0))
    assert match.question.isVisible()
    assert "Row 4 has 25/10/2026" in match.question.proof.text()


def test_doubtful_dates_are_to_be_confirmed(page: ImportPage, tmp_path: Path) -> None:
    path = tmp_path / "leads.csv"
    path.write_text("Name,Email,MQL on\nAnn Lee,ann@x.example,06/11/2026\n", encoding="utf-8")
    page.task.look(path, "lead")
    page.wizard.advance()
    assert "1 to confirm" in page.wizard.tally_label.text()
    assert shown(page, 2, Place.WHY) == "Day or month first?"
    page.wizard.match.question.options[1].click()
    assert "1 to confirm" not in page.wizard.tally_label.text()
    for _ in range(4):
        page.wizard.advance()
    (row,) = page.context.services.lists.values(Filter("lead"), ["mql_on"])
    assert row[1].isoformat() == "2026-06-11"


def test_how_a_file_is_written_can_be_said(page: ImportPage, tmp_path: Path) -> None:
    path = tmp_path / "old.csv"
    path.write_bytes("Name;Stadt\nJosé Peña;Köln\n".encode("cp1252"))
    page.task.look(path, "lead")
    file = page.wizard.file
    assert "Windows" in file.encoding_box.currentText() or "8859" in file.encoding_box.currentText()
    box = file.separator_box
    box.setCurrentIndex(box.findData(","))
    box.activated.emit(box.currentIndex())
    assert page.task.looked_at is not None
    assert len(page.task.looked_at.inspection.columns) == 1
    file.header_switch.click()
    assert page.task.looked_at.inspection.rows == 2


def test_matches_are_shown_side_by_side_and_decided(page: ImportPage, fair: Path, services: Services) -> None:
    services.records.add("lead", {"last_name": "Whitlock", "email": "j.whitlock@fenwick.example"})
    page.open_file(fair)
    for _ in range(3):
        page.wizard.advance()
    step = page.wizard.duplicates
    assert [match.name for match in step.matches] == ["Whitlock"]
    assert "1 updated" in page.wizard.tally_label.text()
    step.for_all.choose(OnMatch.SKIP.value)
    assert "1 unchanged" in page.wizard.tally_label.text()
    step.for_one.setCurrentIndex(step.for_one.findData(OnMatch.ADD.value))
    step.for_one.activated.emit(step.for_one.currentIndex())
    assert page.wizard.tally_label.text() == "2 new, 1 left out"


def test_rows_added_all_the_same_can_be_thought_over(page: ImportPage, fair: Path, services: Services) -> None:
    services.records.add("lead", {"last_name": "Whitlock", "email": "j.whitlock@fenwick.example"})
    page.open_file(fair)
    for _ in range(3):
        page.wizard.advance()
    step = page.wizard.duplicates
    step.for_all.choose(OnMatch.ADD.value)
    page.wizard.go_back()
    page.wizard.advance()
    assert step.for_all.isVisible() and not step.matches
    step.for_all.choose(OnMatch.FILL.value)
    assert "1 updated" in page.wizard.tally_label.text()


def test_a_match_is_told_by_names_not_by_codes(page: ImportPage, tmp_path: Path, services: Services) -> None:
    deals = tmp_path / "deals.csv"
    deals.write_text("Deal ID,Deal name,Company,Stage,Amount\nD-1,A,Acme,Proposal,5\n", encoding="utf-8")
    import_all(page, deals)
    deals.write_text("Deal ID,Deal name,Company,Stage,Amount\nD-1,A,Acme,Won,5\n", encoding="utf-8")
    leads = tmp_path / "leads.csv"
    leads.write_text("First name,Last name,Lifecycle\nAnn,Lee,MQL\n", encoding="utf-8")
    page.leave()
    import_all(page, leads)
    leads.write_text("First name,Last name,Lifecycle\nAnn,Lee,SQL\n", encoding="utf-8")
    for file, name, said, here in ((deals, "Stage", "Won", "Proposal"), (leads, "Lifecycle", "SQL", "MQL")):
        page.leave()
        page.open_file(file)
        for _ in range(3):
            page.wizard.advance()
        texts = page.wizard.duplicates.sides.texts
        rows = [[str(texts.index(row, at).data()) for at in range(3)] for row in range(texts.rowCount())]
        assert [name, said, here] in rows
        assert not any(text.isdigit() and len(text) > 4 for row in rows for text in row)


def test_a_file_that_says_nothing_new_is_told_so_and_closed(page: ImportPage, fair: Path, services: Services) -> None:
    fair.write_text("\n".join((HEAD, *ROWS[:2])) + "\n", encoding="utf-8")
    import_all(page, fair)
    page.leave()
    page.open_file(fair)
    page.wizard.advance()
    assert page.wizard.match.preview.pill.accessibleName() == "Lead"
    page.wizard.advance()
    page.wizard.advance()
    assert not page.wizard.duplicates.matches
    assert "2 rows are here already" in page.wizard.duplicates.empty.sentence.text()
    page.wizard.advance()
    assert page.wizard.result.figures.text() == "Nothing to import: all 2 rows are here already"
    assert page.wizard.next_button.text() == "Close" and page.wizard.next_button.hasFocus()
    assert not page.wizard.result.line.isVisible()
    actions = len(services.history.entries())
    page.wizard.next_button.click()
    assert not page.running and len(services.history.entries()) == actions


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", None])
def test_what_is_no_table_is_told_in_one_sentence(content: bytes | None, page: ImportPage, tmp_path: Path) -> None:
    path = tmp_path / "thing"
    path.mkdir() if content is None else path.write_bytes(content)
    drop(page, path)
    assert not page.running
    assert page.start.drop.problem.isVisible()
    assert page.start.drop.problem.text().endswith(".")


def test_a_past_import_is_undone_from_the_list(page: ImportPage, fair: Path, services: Services) -> None:
    import_all(page, fair)
    page.leave()
    services.records.add("lead", {"last_name": "Later"})
    page.on_shown()
    assert len(page.start.past.undo_buttons) == 1
    page.start.past.undo_buttons[0].click()
    assert [row[1] for row in services.lists.values(Filter("lead"), ["last_name"])] == ["Later"]


def test_undo_of_what_later_work_uses_asks_first(
    window: MainWindow, page: ImportPage, tmp_path: Path, services: Services
) -> None:
    firms = tmp_path / "firms.csv"
    firms.write_text("Company,Domain\nAcme,acme.example\nBolt,bolt.example\n", encoding="utf-8")
    import_all(page, firms)
    page.leave()
    acme = services.records.links("company", "Acme")[0].id
    for name in ("A", "B"):
        services.records.add("deal", {"name": name, "company": acme})
    page.on_shown()
    page.start.past.undo_buttons[0].click()
    (box,) = window.findChildren(QMessageBox)
    assert "2 deals" in box.informativeText() and "goes along" in box.informativeText()
    assert box.defaultButton() is not None and box.defaultButton().text() == "Leave it"
    box.defaultButton().click()
    assert services.base.counts()["company"] == 2
    destroy(box)
    page.start.past.undo_buttons[0].click()
    (box,) = window.findChildren(QMessageBox)
    next(button for button in box.buttons() if button.text() == "Undo all the same").click()
    assert services.base.counts()["company"] == 0
    assert not page.start.past.undo_buttons
    QApplication.processEvents()
    assert "Undone" in [each.text() for each in page.start.past.findChildren(QLabel) if each.isVisible()]
    told = [entry.deed for entry in services.history.entries(4)]
    assert (told[0].verb, told[0].again) == ("undo", "import")


def test_the_new_records_open_in_their_list(page: ImportPage, fair: Path, services: Services) -> None:
    import_all(page, fair)
    opened: list[Any] = []
    page.opened.connect(lambda place, target: opened.append((place, target)))
    assert page.context.actions.trigger("import.show")
    ((place, target),) = opened
    assert place == "leads"
    assert services.lists.count(target) == 2


@pytest.mark.parametrize("more", ["", ",Created"])
def test_new_customers_open_as_such_be_they_people_or_companies(
    page: ImportPage, tmp_path: Path, services: Services, more: str
) -> None:
    path = tmp_path / "customers.csv"
    day = more and ",2020-01-02"
    path.write_text(f"Name,Company,Industry{more}\nAda King,Sox,{day}\nBolt GmbH,,Steel{day}\n", encoding="utf-8")
    page.task.look(path, "customer")
    for _ in range(5):
        page.wizard.advance()
    opened: list[Any] = []
    page.opened.connect(lambda place, target: opened.append((place, target)))
    assert page.context.actions.trigger("import.show")
    ((place, target),) = opened
    assert (place, target.kind, services.lists.count(target)) == ("customers", "customer", 2)


def test_leaving_the_page_keeps_the_import(window: MainWindow, page: ImportPage, fair: Path) -> None:
    page.open_file(fair)
    page.wizard.advance()
    window.open("leads")
    window.open("importing")
    assert step_of(page) is Step.MATCH
    assert page.on_escape()
    assert step_of(page) is Step.FILE
    assert page.on_escape()
    assert not page.running


def test_a_finished_import_makes_room_for_the_next(
    window: MainWindow, page: ImportPage, fair: Path, services: Services
) -> None:
    import_all(page, fair)
    window.open("leads")
    window.pages.step(-1)
    assert page.wizard.finished and page.running
    window.open("importing")
    assert not page.running
    assert page.start.drop.button.hasFocus()
    assert len(page.start.past.undo_buttons) == 1


def test_the_focus_stays_in_the_list_of_past_imports(page: ImportPage, fair: Path, qtbot: QtBot) -> None:
    import_all(page, fair)
    page.leave()
    fair.write_text(f"{HEAD}\nAda;King;Acme;a@king.example;;\n", encoding="utf-8")
    import_all(page, fair)
    page.leave()
    page.on_shown()
    QApplication.processEvents()
    page.start.past.undo_buttons[0].setFocus()
    qtbot.keyClick(page.start.past.undo_buttons[0], Qt.Key.Key_Return)
    (left,) = page.start.past.undo_buttons
    assert left.hasFocus()
    qtbot.keyClick(left, Qt.Key.Key_Return)
    assert not page.start.past.undo_buttons
    assert page.start.drop.button.hasFocus()


def test_a_matching_is_remembered(page: ImportPage, fair: Path) -> None:
    page.open_file(fair)
    page.wizard.advance()
    page.task.give(5, "source_detail")
    for _ in range(4):
        page.wizard.advance()
    page.leave()
    page.open_file(fair)
    assert page.task.draft.columns[5].field == "source_detail"
    assert shown(page, 5, Place.WHY) == "As last time"


def test_the_keyboard_alone_is_enough(
    window: MainWindow, page: ImportPage, fair: Path, services: Services, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, "getOpenFileName", fair)
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(window, Qt.Key.Key_O, control)
    qtbot.keyClick(window, Qt.Key.Key_Return, control)
    table = page.wizard.match.table
    assert table.hasFocus()
    for _ in range(5):
        qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    picker = page.wizard.match.picker
    qtbot.keyClicks(picker.search, "source x")
    assert picker.nothing.isVisible() and not picker.list.isVisible()
    qtbot.keyClick(picker.search, Qt.Key.Key_Backspace)
    qtbot.keyClicks(picker.search, "d")
    qtbot.keyClick(picker.search, Qt.Key.Key_Return)
    assert shown(page, 5, Place.GOAL) == "Source detail"
    for _ in range(4):
        qtbot.keyClick(window, Qt.Key.Key_Return, control)
    assert page.wizard.finished
    assert services.base.counts()["lead"] == 2


def test_sample_data_goes_by_one_button(page: ImportPage, services: Services) -> None:
    services.demo.fill()
    page.on_shown()
    assert page.start.sample.isVisible()
    page.remove_sample()
    assert services.base.is_empty()
    assert not page.start.sample.isVisible()


@pytest.mark.parametrize("scale", [90, 160])
def test_every_step_fits_the_smallest_window(scale: int, window: MainWindow, page: ImportPage, fair: Path) -> None:
    window.context.theme.apply("dark", scale)
    window.resize(1024, 680)
    page.open_file(fair)
    for step in (Step.FILE, Step.MATCH, Step.CHECK, Step.DUPLICATES, Step.RESULT):
        QApplication.processEvents()
        assert page.wizard.step is step
        assert window.width() <= 1024
        assert page.wizard.next_button.geometry().right() < page.wizard.width()
        window.grab()
        page.wizard.advance()


def test_records_of_a_kind_are_exported(
    window: MainWindow, page: ImportPage, services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    services.records.add("lead", {"last_name": "=Noor"})
    out = tmp_path / "leads.csv"
    answer(monkeypatch, "getSaveFileName", out)
    page.export("lead")
    assert "Noor" in out.read_text(encoding="utf-8-sig")
    toast = window.toasts.current
    assert toast is not None
    assert toast.sentence.text().startswith("1 lead exported to leads.csv")
    assert "apostrophe" in toast.sentence.text()


def test_everything_is_exported(
    page: ImportPage, services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    services.records.add("lead", {"last_name": "Noor"})
    out = tmp_path / "all.zip"
    answer(monkeypatch, "getSaveFileName", out)
    assert page.context.actions.trigger("import.export_all")
    assert "leads.csv" in ZipFile(out).namelist()


def test_what_was_exported_goes_through_the_steps_and_says_nothing_new(
    page: ImportPage, services: Services, tmp_path: Path
) -> None:
    acme = services.records.add("company", {"name": "Acme"}).id
    services.fields.add("lead", "Met by", Holds("link", target="company"))
    services.records.add("lead", {"last_name": "Noor", "met_by": acme, "tags": ("fair",)})
    services.records.add("deal", {"name": "Roof", "company": acme})
    services.exporting.export_all(tmp_path / "all.zip")
    with ZipFile(tmp_path / "all.zip") as packed:
        packed.extractall(tmp_path / "all")
    for path in sorted((tmp_path / "all").glob("*.csv")):
        page.open_file(path)
        if not page.task.rows:
            continue
        assert page.wizard.file.kind_box.currentText(), path.name
        for _ in range(4):
            page.wizard.advance()
        assert page.wizard.result.figures.text().startswith("Nothing to import"), path.name
        page.leave()


def test_fields_of_ones_own_that_are_missing_are_told_and_made(
    page: ImportPage, services: Services, tmp_path: Path
) -> None:
    services.fields.add("lead", "Budget", Holds("money"))
    for name, amount in (("Noor", Money.of("12.50", "EUR")), ("Lee", Money.of("-0.01", "EUR"))):
        services.records.add("lead", {"last_name": name, "budget": amount})
    out = tmp_path / "leads.csv"
    services.exporting.export(Filter("lead"), None, out)
    while not services.base.is_empty() or services.fields.own("lead"):
        services.history.undo()
    page.open_file(out)
    page.wizard.advance()
    [at] = [at for at, column in enumerate(page.task.draft.columns) if column.column.startswith("Budget")]
    assert (shown(page, at, Place.GOAL), shown(page, at, Place.WHY)) == ("New field", "Field of your own")
    assert "into the note" not in page.wizard.tally_label.text()
    for _ in range(4):
        page.wizard.advance()
    assert page.wizard.tally_label.text() == "2 new"
    rows = services.lists.rows("lead", services.lists.ids(Filter("lead")), ["last_name", "budget", "note"])
    assert {row[1:] for row in rows} == {
        ("Noor", Money.of("12.50", "EUR"), None),
        ("Lee", Money.of("-0.01", "EUR"), None),
    }
    page.undo_import()
    assert not services.fields.own("lead")


def test_a_dialog_left_without_a_file_does_nothing(page: ImportPage, monkeypatch: pytest.MonkeyPatch) -> None:
    for method in ("getSaveFileName", "getOpenFileName"):
        monkeypatch.setattr(QFileDialog, method, lambda *_: ("", ""))
    page.ask_file()
    page.export("lead")
    assert not page.running


def test_an_import_that_was_left_goes_on_after_a_restart(
    page: ImportPage, fair: Path, served: AppContext, qtbot: QtBot
) -> None:
    page.open_file(fair)
    page.wizard.advance()
    page.task.give(5, "source_detail")
    page.task.give(0, None)
    destroy(page)
    again = ImportPage(served)
    qtbot.addWidget(again)
    again.on_shown()
    assert "fair-leads.csv" in again.start.drop.resume_button.text()
    again.start.drop.resume_button.click()
    assert again.running
    assert [again.task.draft.columns[at].field for at in (0, 5)] == [None, "source_detail"]
    again.leave()
    assert again.task.kept() is None


@pytest.mark.parametrize("changed", ["\n".join((HEAD, ROWS[0], *ROWS)) + "\n", "Surname\nWhitlock\n"])
def test_what_was_mended_is_asked_for_again_where_the_file_was_changed(
    page: ImportPage, fair: Path, changed: str
) -> None:
    page.open_file(fair)
    page.task.mend(4, "Mail", "marta@linden.example")
    page.task.clear()
    fair.write_text(changed, encoding="utf-8")
    page.task.resume()
    assert "fair-leads.csv” was changed since" in page.wizard.tally_label.text()
    assert not page.task.draft.options.edits
    page.wizard.advance()
    page.wizard.advance()
    assert step_of(page) is Step.CHECK


def test_a_scale_of_five_is_stretched_when_confirmed(page: ImportPage, tmp_path: Path, services: Services) -> None:
    path = tmp_path / "leads.csv"
    path.write_text("Surname,Interest\nLee,4\nKim,5\nRao,2\n", encoding="utf-8")
    page.task.look(path, "lead")
    page.wizard.advance()
    page.task.give(1, "score")
    assert "1 to confirm" in page.wizard.tally_label.text()
    match = page.wizard.match
    match.table.setCurrentIndex(match.columns.index(1, 0))
    assert match.question.proof.text() == "No value is above 5."
    match.question.options[0].click()
    assert "to confirm" not in page.wizard.tally_label.text()
    for _ in range(4):
        page.wizard.advance()
    assert sorted(row[1] for row in services.lists.values(Filter("lead"), ["score"])) == [40, 80, 100]


def test_all_of_it_is_reached_with_large_text_in_the_smallest_window(
    window: MainWindow, page: ImportPage, fair: Path
) -> None:
    window.context.theme.apply("light", 160)
    window.resize(1024, 680)
    for _ in range(4):
        QApplication.processEvents()
    start = page.start
    assert start.drop.width() < start.viewport().width()
    page.open_file(fair)
    wizard = page.wizard
    for _ in range(4):
        QApplication.processEvents()
    side: Any = wizard.file.encoding_box.parentWidget()
    boxes = [each for each in side.findChildren(QComboBox) if each.isVisible()]
    words = [each for each in side.findChildren(QLabel) if each.isVisible() and each.text()]
    assert boxes and words
    assert not [each.text() for each in words for box in boxes if each.geometry().intersects(box.geometry())]
    current, other, *_ = wizard.stepper._steps
    assert not current.short and other.short and current.width() >= current.sizeHint().width()
    window.context.theme.apply("light", 100)
