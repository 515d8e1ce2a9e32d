"""Columns find their fields: by choice, memory, preset, name, synonym and values; and each says why."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from crm_desktop.bootstrap import open_services
from crm_desktop.domain.filter import Filter
from crm_desktop.errors import UserError
from crm_desktop.paths import DataDir
from crm_desktop.services.importing import ImportOptions, Why
from crm_desktop.settings import Settings
from tests.services.import_desk import Desk, columns, counts


@pytest.mark.parametrize(
    ("kind", "header", "field"),
    [
        ("lead", "Vorname", "first_name"),
        ("lead", "apellidos", "last_name"),
        ("lead", "Prénom", "first_name"),
        ("lead", "Company / Account", "company_name"),
        ("lead", "Lead Source", "source"),
        ("lead", "Zip/Postal Code", "postcode"),
        ("lead", "E-MAIL ADDRESS", "email"),
        ("person", "Handynummer", "phone"),
        ("person", "Date of Birth", "birthday"),
        ("company", "Number of Employees", "employees"),
        ("company", "Anzahl Mitarbeiter", "employees"),
        ("deal", "Opportunity Name", "name"),
        ("deal", "Expected Closing Date", "expected_close"),
        ("product", "SKU", "code"),
        ("task", "Due date", "due_on"),
    ],
)
def test_headers_of_many_languages_are_known(desk: Desk, kind: str, header: str, field: str) -> None:
    named = "Last name" if kind in ("lead", "person") else "Title" if kind == "task" else "Name"
    header_row = [header] if field in ("name", "last_name") else [named, header]
    values = {"employees": "12", "birthday": "2001-02-03", "expected_close": "2026-01-31", "due_on": "2026-01-31"}
    row = [*["Adler"] * (len(header_row) - 1), values.get(field, "Adler 12345 a@b.de" if field == "email" else "12345")]
    (draft,) = desk.propose(kind, desk.table(header_row, [row]))
    assert columns(draft)[header] == field


def test_a_numbered_heading_of_no_field_is_none_of_ours(desk: Desk) -> None:
    path = desk.file('\ufeff"Name","Amount currency 2"\r\n"Grinders","EUR"\r\n')
    (draft,) = desk.propose("deal", path)
    assert columns(draft)["Name"] == "name"


def test_every_column_says_why(desk: Desk) -> None:
    path = desk.table(
        ["First name", "Surname", "Contact (private)", "Shoe size", "Fax?"], [["Ada", "King", "ada@king.org", "38", ""]]
    )
    (draft,) = desk.propose("lead", path, mapping={"job_title": "Shoe size"})
    assert {c.column: (c.field, c.why) for c in draft.columns} == {
        "First name": ("first_name", Why.NAME),
        "Surname": ("last_name", Why.SYNONYM),
        "Contact (private)": ("email", Why.VALUES),
        "Shoe size": ("job_title", Why.CHOSEN),
        "Fax?": (None, Why.EMPTY),
    }


def test_a_program_is_recognised_by_its_columns(desk: Desk) -> None:
    path = desk.table(["Record ID", "First Name", "Last Name", "Lifecycle Stage", "Contact owner", "Email"],
                      [["7", "Ada", "King", "Lead", "me", "ada@king.org"]])  # fmt: skip
    (draft,) = desk.propose("lead", path)
    assert (draft.preset, draft.system) == ("hubspot", "hubspot")
    assert columns(draft)["Record ID"] == "source_id"
    desk.run("lead", path)
    assert desk.one("lead", "source_system", "source_id", "lifecycle", "note") == (
        "hubspot", "7", "lead", "Contact owner: me",
    )  # fmt: skip


def test_a_preset_can_be_asked_for(desk: Desk) -> None:
    path = desk.table(["Deal Name", "Closing Date", "Stage"], [["Grinders", "2026-03-01", "Proposal"]])
    (draft,) = desk.propose("deal", path, preset="zoho")
    assert columns(draft)["Closing Date"] == "expected_close"
    with pytest.raises(UserError, match="no preset"):
        desk.propose("deal", path, preset="nothing")


def test_what_was_confirmed_is_remembered(desk: Desk) -> None:
    path = desk.table(["Name", "Colour"], [["Ada King", "red"]])
    (draft,) = desk.propose("lead", path, mapping={"segment": "Colour"})
    desk.importing.remember(draft)
    (again,) = desk.propose("lead", path)
    assert [(c.field, c.why) for c in again.columns] == [("name", Why.REMEMBERED), ("segment", Why.REMEMBERED)]


def test_what_is_kept_in_the_note_stays_there_until_there_is_a_field(desk: Desk) -> None:
    path = desk.table(["Name", "Shade", "City", "Town"], [["Ada King", "red", "Ulm", "Bonn"]])
    (draft,) = desk.propose("lead", path)
    by_hand = {2: Why.NOTED, 3: Why.CHOSEN}
    chosen = [replace(c, field=None, why=by_hand[c.at]) if c.at in by_hand else c for c in draft.columns]
    desk.importing.remember(replace(draft, columns=tuple(chosen)))
    (again,) = desk.propose("lead", path)
    assert [c.why for c in again.columns] == [Why.REMEMBERED, Why.UNKNOWN, Why.NOTED, Why.REMEMBERED]
    desk.importing.run([again])
    assert desk.all("lead", "note") == [("Shade: red\nCity: Ulm",)]
    desk.fields.add("lead", "Shade", "text")
    (again,) = desk.propose("lead", path)
    assert again.columns[1].field == "shade"


def test_a_column_goes_where_its_values_fit(desk: Desk) -> None:
    path = desk.table(["Name", "Employees", "Founded"], [["Acme", "51-200", "1999"], ["Bolt", "10000+", "2001"]])
    (draft,) = desk.propose("company", path)
    assert columns(draft) == {"Name": "name", "Employees": None, "Founded": "founded"}
    desk.run("company", path)
    assert desk.all("company", "employees", "note")[0] == (None, "Employees: 51-200")


@pytest.mark.parametrize(
    ("kind", "named"), [("activity", "an activity"), ("lead", "a lead"), ("contact_role", "a contact role")]
)
def test_what_no_column_names_is_told_in_words(desk: Desk, kind: str, named: str) -> None:
    with pytest.raises(UserError, match=f"names {named}; it has: Colour"):
        desk.propose(kind, desk.table(["Colour"], [["red"]]))


@pytest.mark.parametrize(
    ("mapping", "sentence"),
    [
        ({"first_name": "Nothing"}, "has no column “Nothing”"),
        ({"shoe_size": "Name"}, "no field “shoe_size”"),
        ({"first_name": "Name", "last_name": "Name"}, "given to two fields"),
    ],
)
def test_a_choice_that_cannot_be_is_refused(desk: Desk, mapping: dict[str, str], sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        desk.propose("lead", desk.table(["Name", "Email"], [["Ada", "a@b.de"]]), mapping=mapping)


def test_several_columns_of_one_kind_are_numbered(desk: Desk) -> None:
    header = ["Name", "Email", "E-mail 2", "Email 7", "Phone", "Mobile", "Street", "Street 2"]
    row = ["Ada King", "a@b.de", "c@d.de", "a@b.de", "030 123456", "0170 123456", "Road 1", "2nd floor"]
    desk.run("lead", desk.table(header, [row]))
    assert desk.one("lead", "email", "phone", "street") == (
        ("a@b.de", "c@d.de"), ("030 123456", "0170 123456"), "Road 1, 2nd floor",
    )  # fmt: skip


def test_a_title_is_a_job_unless_there_is_another(desk: Desk) -> None:
    (one,) = desk.propose("person", desk.table(["Name", "Title"], [["Ada King", "CEO"]]))
    (both,) = desk.propose("person", desk.table(["Name", "Title", "Job Title"], [["Ada King", "Dr.", "CEO"]]))
    assert columns(one)["Title"] == "job_title"
    assert columns(both) == {"Name": "name", "Title": "salutation", "Job Title": "job_title"}


def test_owners_are_nobodys_address(desk: Desk) -> None:
    (draft,) = desk.propose("lead", desk.table(["Name", "Lead Owner"], [["Ada King", "me@us.com"]]))
    assert columns(draft)["Lead Owner"] is None


def test_a_column_of_equal_values_is_no_number(desk: Desk) -> None:
    rows = [[f"Name {n}", "A"] for n in range(40)]
    (draft,) = desk.propose("lead", desk.table(["Name", "Reference"], rows))
    assert columns(draft)["Reference"] is None


@pytest.mark.parametrize(
    ("header", "row", "kind"),
    [
        (["Company", "Industry", "Employees"], ["Acme", "Steel", "12"], "company"),
        (["First name", "Last name", "Birthday"], ["Ada", "King", "1990-01-02"], "person"),
        (["Deal name", "Stage", "Amount"], ["Grinders", "Proposal", "100"], "deal"),
        (["SKU", "Product name", "Price"], ["A1", "Grinder", "100"], "product"),
        (["Customer", "Product", "Order date", "Amount", "Qty"], ["Acme", "A1", "2026-01-02", "5", "2"], "purchase"),
        (["Surname", "CustomerId", "Exited"], ["King", "77", "0"], "customer"),
        (["Task", "Due date"], ["Call Ada", "2026-01-02"], "task"),
        (["First name", "Last name", "Lead status", "Lead source"], ["Ada", "King", "New", "Web"], "lead"),
    ],
)
def test_the_kind_is_told_by_the_columns(desk: Desk, header: list[str], row: list[str], kind: str) -> None:
    (draft,) = desk.propose("auto", desk.table(header, [row, row]))
    assert draft.kind == kind


@pytest.mark.parametrize(
    "columns",
    [
        ["Ticket ID", "Ticket Name", "Ticket Status", "Pipeline", "Ticket Priority", "Create Date", "Close Date"],
        ["Ticket number", "Subject", "Status", "Priority", "Company"],
        ["Case Number", "Account Name", "Priority", "Subject", "Date/Time Opened"],
    ],
)
def test_tickets_become_nothing_else_unless_the_user_says_so(desk: Desk, columns: list[str]) -> None:
    path = desk.table(columns, [["7", "Acme", "New", "Acme", "High", "2026-01-02", ""][: len(columns)]])
    with pytest.raises(UserError, match="tickets, which cannot be imported yet"):
        desk.propose("auto", path)
    (draft,) = desk.propose("auto", path, by_hand=True)
    assert "cannot be imported yet" in draft.doubt
    (draft,) = desk.propose("deal", path, by_hand=True)
    assert (draft.kind, draft.doubt) == ("deal", "")


def test_tickets_of_an_event_are_no_matter_of_support(desk: Desk) -> None:
    header = ["First Name", "Last Name", "Email", "Ticket Type", "Ticket Quantity", "Attendee Status"]
    path = desk.table(header, [["Ada", "King", "ada@king.example", "Adult", "2", "Attending"]])
    assert desk.propose("auto", path)[0].kind in ("lead", "person")


def test_numbers_and_names_alone_are_no_export_of_ours(desk: Desk) -> None:
    table = [["id", "name"], ["1", "Ada King"]]
    for name, kind in (("people.csv", "person"), ("list.csv", "lead"), ("tags.csv", "tag")):
        (draft,) = desk.propose("auto", desk.table(table[0], table[1:], name), by_hand=True)
        assert (draft.kind, draft.ours) == (kind, kind == "tag")


def test_the_name_of_the_file_helps(desk: Desk) -> None:
    table = ["Name", "E-mail"], [["Ada King", "a@b.de"]]
    assert desk.propose("auto", desk.table(*table, name="my leads.csv"))[0].kind == "lead"
    assert desk.propose("auto", desk.table(*table, name="contacts_2026.csv"))[0].kind == "person"


def test_files_come_in_the_order_of_their_links(desk: Desk) -> None:
    deals = desk.table(["Deal name", "Stage"], [["Grinders", "Proposal"]], "deals.csv")
    firms = desk.table(["Company", "Industry"], [["Acme", "Steel"]], "firms.csv")
    assert [draft.kind for draft in desk.propose("auto", deals, firms)] == ["company", "deal"]


def test_a_doubtful_date_is_asked_about_and_the_answer_heard(desk: Desk) -> None:
    path = desk.table(["Deal name", "Close date", "Stage"], [["A", "03/04/2026", "Won"], ["B", "05/06/2026", "Won"]])
    (draft,) = desk.propose("deal", path)
    assert [(q.code, q.column, q.answer) for q in draft.questions] == [("date_order", "Close date", "dmy")]
    desk.run("deal", path, date_order="mdy")
    assert desk.all("deal", "closed_on")[0] == (date(2026, 3, 4),)


def test_one_date_proves_the_order_for_all(desk: Desk) -> None:
    path = desk.table(["Deal name", "Close date", "Stage"], [["A", "03/04/2026", "Won"], ["B", "10/25/2026", "Won"]])
    assert desk.propose("deal", path)[0].questions == ()
    desk.run("deal", path)
    assert desk.all("deal", "closed_on") == [(date(2026, 3, 4),), (date(2026, 10, 25),)]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("empty.csv", b"", "is empty"),
        ("picture.csv", b"\x89PNG\r\n\x1a\n" + bytes(200), "picture"),
        ("zeros.csv", bytes(4000), "is empty|not a text file"),
        ("other.csv", b"Colour,Shape\nred,round\n", "cannot be told|No column"),
    ],
)
@pytest.mark.parametrize("kind", ["auto", "lead"])
def test_what_is_no_table_is_refused_in_a_sentence(
    desk: Desk, kind: str, name: str, content: bytes, sentence: str
) -> None:
    path = desk.folder / name
    path.write_bytes(content)
    with pytest.raises(UserError, match=sentence):
        desk.propose(kind, path)
    assert desk.store.peek_undo() is None


@pytest.mark.parametrize("kind", ["auto", "lead"])
def test_a_folder_or_nothing_is_refused_in_a_sentence(desk: Desk, kind: str) -> None:
    for wrong in (desk.folder, desk.folder / "missing.csv"):
        with pytest.raises(UserError):
            desk.propose(kind, wrong)
    with pytest.raises(UserError, match="No file"):
        desk.importing.propose([], kind)


def test_unknown_kinds_are_refused(desk: Desk) -> None:
    path = desk.table(["Name"], [["Ada"]])
    for kind in ("loss", "nonsense"):
        with pytest.raises(UserError):
            desk.propose(kind, path)


def test_a_header_without_rows_changes_nothing(desk: Desk) -> None:
    result = desk.run("lead", desk.table(["Name", "Email"], []))
    assert counts(result) == (0, 0, 0, 0, 0)
    assert result.change is None


def test_inspect_says_what_is_in_a_file(desk: Desk) -> None:
    found = desk.importing.inspect(desk.table(["Name", "Size"], [["Ada", "3"]]))
    assert ([column.name for column in found.columns], found.rows) == (["Name", "Size"], 1)


def test_a_path_may_hold_any_letters(desk: Desk) -> None:
    path = desk.table(["Name"], [["Ada"]], "ärger 株 'x'.csv")
    assert counts(desk.run("lead", Path(path))) == (1, 0, 0, 0, 0)


@pytest.mark.parametrize(
    ("language", "day"), [("en_US", "2026-11-05"), ("en_GB", "2026-05-11"), ("en_DE", "2026-05-11")]
)
def test_dates_that_prove_nothing_are_read_as_this_country_writes_them(
    tmp_path: Path, language: str, day: str
) -> None:
    services = open_services(DataDir(tmp_path / "base"), Settings(language=language))
    path = tmp_path / "leads.csv"
    path.write_text("Name,Email,MQL on\nAnn Lee,ann@x.example,11/05/2026\n", encoding="utf-8")
    answer = services.importing.from_files("lead", [path], ImportOptions())
    assert [question["answer"] for question in answer["questions"]] == ["mdy" if language == "en_US" else "dmy"]
    assert [str(row[1]) for row in services.lists.values(Filter("lead"), ["mql_on"])] == [day]
    services.close()
