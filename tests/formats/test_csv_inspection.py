"""What `inspect` says about the columns of a file, and which exports it recognises."""

from pathlib import Path

import pytest

from crm_desktop.formats.csv_inspect import inspect
from crm_desktop.formats.csv_reader import open_table
from crm_desktop.formats.dates import Order
from crm_desktop.formats.preset import Preset, label_in_name
from crm_desktop.formats.presets import PRESETS, presets_of, recognise
from crm_desktop.formats.value_types import ColumnGuess, ValueType, guess_type


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ([], "empty"),
        (["yes", "No"], "boolean"),
        (["0", "1", "1"], "boolean"),
        (["1", "1"], "integer"),
        (["12", "-5", "0"], "integer"),
        (["08123", "10115"], "text"),
        (["1.5", "2"], "decimal"),
        (["1.234,56"], "decimal"),
        (["65 %", "5%"], "decimal"),
        (["€ 5", "7 EUR"], "money"),
        (["2026-11-20", "20 Nov 2026"], "date"),
        (["20261120", "20250101"], "date"),
        (["2026-11-20 10:00"], "datetime"),
        (["a@b.co", "c@d.org"], "email"),
        (["https://a.example", "www.b.example"], "url"),
        (["229.077.5154", "(496)978-3969x58947", "5153435776"], "phone"),
        (["+12015550123"], "phone"),
        (["x", "5"], "text"),
        (["5"] * 19 + ["n/a"], "integer"),
    ],
)
def test_types(values: list[str], kind: str) -> None:
    assert guess_type(values) == kind


def _columns(folder: Path, text: str) -> dict[str, ColumnGuess]:
    path = folder / "table.csv"
    path.write_text(text, encoding="utf-8")
    return {column.name: column for column in inspect(path).columns}


def test_the_order_of_dates_is_proved_by_a_row(tmp_path: Path) -> None:
    column = _columns(tmp_path, "name,on\nAnn,03/04/2026\nBob,05/06/2026\nEve,25/10/2026\n")["on"]
    assert (column.type, column.date_format, column.order) == (ValueType.DATE, "dd/mm/yyyy", Order.DMY)
    assert column.evidence == (4, "25/10/2026")
    assert not column.ambiguous


def test_the_proof_may_stand_far_down(tmp_path: Path) -> None:
    text = "name,on,sum\n" + 'Ann,03/04/2026,"1,234"\n' * 3000 + 'Bob,10/25/2026,"1,234.5"\n'
    columns = _columns(tmp_path, text)
    assert (columns["on"].date_format, columns["on"].evidence) == ("mm/dd/yyyy", (3002, "10/25/2026"))
    assert (columns["sum"].decimal, columns["sum"].evidence) == (".", (3002, "1,234.5"))


def test_without_a_proof_the_user_is_asked(tmp_path: Path) -> None:
    columns = _columns(tmp_path, 'name,on,sum\nAnn,03/04/2026,"1,234"\nBob,05/06/2026,"2,500"\n')
    assert columns["on"].ambiguous and columns["on"].evidence is None
    assert columns["sum"].ambiguous and columns["sum"].decimal is None


def test_dots_are_day_first_and_commas_are_told(tmp_path: Path) -> None:
    columns = _columns(tmp_path, "name;on;sum\nAnn;03.04.2026;1.234,50\nBob;05.06.2026;3,5\n")
    assert (columns["on"].date_format, columns["on"].ambiguous) == ("dd.mm.yyyy", False)
    assert columns["sum"].decimal == ","


def test_the_document(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(b"id;name\r\n1;Ann\r\n\r\n2\r\n")
    document = inspect(path).to_json()
    assert document["delimiter"] == ";"
    assert document["line_end"] == "\r\n"
    assert document["counts"] == {
        "rows": 2, "blank": 1, "short": 1, "wide": 0, "long": 0, "footer": 0, "repaired": 1,
    }  # fmt: skip
    assert [(repair["kind"], repair["count"], repair["first_row"]) for repair in document["repairs"]] == [
        ("blank", 1, 3),
        ("short", 1, 4),
    ]
    assert document["columns"][1] == {
        "name": "name",
        "type": "text",
        "date_format": None,
        "decimal": None,
        "ambiguous": False,
        "evidence": None,
        "samples": ["Ann"],
    }
    assert document["samples"] == [["1", "Ann"], ["2", ""]]


_SIGNATURES = {
    ("hubspot", "person"): "Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Lifecycle Stage",
    ("hubspot", "company"): "Record ID,Company name,Company Domain Name,Website URL,Industry",
    ("hubspot", "deal"): "Record ID,Deal Name,Deal Stage,Pipeline,Amount,Close Date",
    ("salesforce", "lead"): "Lead Owner,First Name,Last Name,Title,Company / Account,Email,Lead Status",
    ("salesforce", "person"): "Salutation,First Name,Last Name,Account Name,Mailing Zip/Postal Code,Account Owner",
    ("salesforce", "company"): "Account Name,Account Owner,Billing Street,Industry,Employees",
    ("salesforce", "deal"): "Opportunity Owner,Account Name,Opportunity Name,Stage,Probability (%),Close Date",
    ("salesforce", "activity"): "Assigned,Subject,Date,Status,Company / Account,Contact,Full Comments",
    ("zoho", "person"): "Record Id,Contact Owner.id,Contact Owner,First Name,Last Name",
    ("zoho", "lead"): "Record Id,Lead Owner.id,Is Converted,Company,Last Name",
    ("zoho", "deal"): "Record Id,Deal Owner.id,Amount,Deal Name,Probability (%)",
    ("bigin", "deal"): "Deal Id,Deal Owner.id,Deal Name,Company Name,Sub-Pipeline,Amount",
    ("linkedin", "person"): "First Name,Last Name,URL,Email Address,Company,Position,Connected On",
    ("outlook", "person"): "First Name,Last Name,Company,Business Country/Region,E-mail Address",
    ("outlook.com", "person"): "First Name,Last Name,E-mail Address,Company,Business Country",
    ("google", "person"): "First Name,Organization Name,E-mail 1 - Label,E-mail 1 - Value",
    ("pipedrive", "deal"): "Deal - ID,Deal - Title,Deal - Value",
    ("pipedrive", "company"): "Organization - Name,Organization - Address",
    ("act", "person"): "Company,Contact,Phone,Phone Ext-,E-mail",
    ("atomic", "person"): "first_name,last_name,first_seen,has_newsletter,email_work",
}


@pytest.mark.parametrize(("source", "columns"), _SIGNATURES.items(), ids=str)
def test_exports_are_recognised_by_their_columns(source: tuple[str, str], columns: str) -> None:
    for spelled in (columns, columns.upper(), ", ".join(columns.split(","))):
        found = recognise(spelled.split(","))
        assert [(preset.source, preset.kind) for preset in found] == [source]
        assert found[0].mapping(spelled.split(","))


def test_a_sheet_may_hold_several_kinds() -> None:
    found = recognise(["Deal - Title", "Person - Name", "Person - Email - Work", "Organization - Name"])
    assert [preset.kind for preset in found] == ["deal", "person", "company"]
    assert recognise(["name", "city"]) == ()


def test_multiple_values_and_labels_are_mapped_in_order(shared_data: Path) -> None:
    columns = open_table(shared_data / "contacts" / "google_contacts_current_headers.csv").columns
    mapping = recognise(columns)[0].mapping(columns)
    assert mapping["E-mail 1 - Value"] == "email"
    assert mapping["E-mail 2 - Value"] == "email_2"
    assert mapping["E-mail 2 - Label"] == "email_2_label"
    assert mapping["Organization Title"] == "job_title"
    assert "Middle Name" not in mapping


def test_the_first_column_of_a_single_field_wins() -> None:
    preset = Preset("x", "person", {"company": ("A", "B"), "phone": ("P", "Q")})
    assert preset.mapping(["Q", "B", "A", "P"]) == {"A": "company", "P": "phone", "Q": "phone_2"}


def test_labels_in_names() -> None:
    assert label_in_name("Mobile Phone") == "mobile"
    assert label_in_name("Person - Phone (Work)") == "work"
    assert label_in_name("phone_home") == "home"
    assert label_in_name("Phone") is None


def test_each_source_can_be_named() -> None:
    assert {preset.source for preset in PRESETS} >= {"google", "hubspot", "salesforce", "pipedrive", "zoho"}
    assert all(preset.kind == "person" for preset in presets_of("google"))
    assert presets_of("unknown") == ()
