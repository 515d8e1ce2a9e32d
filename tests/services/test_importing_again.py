"""The same file twice, later files, matches, duplicates: what is there is known again and changed only as told."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_desktop.domain.filter import Filter
from crm_desktop.errors import UserError
from crm_desktop.services.importing import OnMatch
from tests.services.import_desk import Desk, counts
from tests.storage.equality import assert_derived_is_true, snapshot

PEOPLE = "Name,Company,Email,Phone\nAda King,Acme,ada@king.org,030 1\nBen Long,Acme,,030 22222\nBen Long,,,\nCy,,,\n"


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("lead", "Name,Company,Email,Colour\nAda King,Acme,ada@king.org,red\nBen Long,Acme,,\n,Bolt,,\n,,x@y.de,\n"),
        ("person", PEOPLE.replace("030 1\n", "030 111\n")),
        ("company", "Company,Domain,City\nAcme,acme.com,Berlin\nBolt,,Bonn\n"),
        ("product", "Product,SKU,Price\nGTX Pro,,5\nMG,M-1,6\n"),
        ("deal", "Deal name,Company,Stage,Amount,Colour\nA,Acme,Won,5,red\nB,Acme,,6,\nC,,,,\n"),
        ("purchase", "Customer,Product,Order date,Amount\nAcme,A,2026-01-02,5\nAcme,A,2026-01-02,5\nBolt,,,7.10\n"),
        ("activity", "Type,Date,Subject,Note,Contact email\nCall,2026-01-02,Price,ok,a@b.de\nCall,2026-01-02,,,\n"),
        ("task", "Task,Due date,Contact person\nCall,2026-01-02,Ada King\nCall,,\n"),
        ("customer", "First name,Last name,Company,Lost\nAda,King,Acme,1\n,,Bolt,0\n"),
    ],
)
@pytest.mark.parametrize("unmapped", ["note", "custom", "drop"])
def test_a_file_without_numbers_is_known_again(desk: Desk, kind: str, text: str, unmapped: str) -> None:
    first = counts(desk.load(kind, text, unmapped=unmapped))
    after = snapshot(desk.store)
    second = desk.load(kind, text, unmapped=unmapped)
    assert counts(second) == (0, 0, first[0], 0, 0)
    assert second.change is None
    assert snapshot(desk.store) == after


@pytest.mark.parametrize("on_match", list(OnMatch)[:3])
def test_nothing_changes_whatever_is_done_with_matches(desk: Desk, on_match: OnMatch) -> None:
    desk.load("person", PEOPLE)
    assert counts(desk.load("person", PEOPLE, on_match=on_match))[1] == 0


def test_rows_that_say_the_same_are_duplicates(desk: Desk) -> None:
    text = (
        "Name,Company,Email,Phone\nA,,a@b.de,\nX,,A@B.de,030 5\nAda King,Acme,,\nKing Ada,Acme,,\nada KING,acme,,1234\n"
    )
    result = desk.load("lead", text + "B,,,030 1234\nB,,,030 1234\nB,,,030 9999\n")
    assert counts(result) == (5, 0, 0, 3, 0)
    assert [(d.row, d.name) for d in result.outcome.duplicates] == [(3, "X"), (6, "ada KING"), (8, "B")]


def test_people_of_one_name_are_different_people(desk: Desk) -> None:
    rows = "Name,Company,Email\nJohn Smith,Acme,john@acme.com\nJohn Smith,Acme,smith@acme.com\nJohn Smith,Bolt,\n"
    assert counts(desk.load("person", rows)) == (3, 0, 0, 0, 0)


def test_numbers_decide_before_everything(desk: Desk) -> None:
    text = "Contact ID,Name,Email\n1,Ada King,a@b.de\n2,Ada King,a@b.de\n1,Someone else,\n"
    assert counts(desk.load("person", text)) == (2, 0, 0, 1, 0)
    assert counts(desk.load("person", text)) == (0, 0, 2, 1, 0)


def test_a_later_export_fills_what_was_empty(desk: Desk) -> None:
    desk.load("person", "Contact ID,Name,Email,Phone,City\n1,Ada King,a@b.de,,Berlin\n2,Ben Long,,,\n")
    later = "Contact ID,Name,Email,Phone,City,Email opt out\n1,Ada Long,new@b.de,030 5555,Bonn,yes\n"
    result = desk.load("person", later + "2,Ben Long,,,,\n3,Cy,,,,\n")
    assert counts(result) == (1, 1, 1, 0, 0)
    assert desk.all("person", "name", "email", "phone", "city", "opt_out")[0] == (
        "Ada King", ("a@b.de", "new@b.de"), ("030 5555",), "Berlin", True,
    )  # fmt: skip
    assert_derived_is_true(desk.store)


def test_overwriting_takes_what_the_file_says_but_never_empties(desk: Desk) -> None:
    desk.load("person", "Contact ID,Name,Email,City,Email opt out\n1,Ada King,a@b.de,Berlin,yes\n")
    later = "Contact ID,Name,Email,City,Email opt out\n1,Ada Long,c@d.de,,no\n"
    assert counts(desk.load("person", later, on_match="overwrite")) == (0, 1, 0, 0, 0)
    assert desk.one("person", "name", "email", "city", "opt_out") == ("Ada Long", ("c@d.de",), "Berlin", True)


def test_skipping_leaves_and_adding_adds(desk: Desk) -> None:
    desk.load("lead", "Name,Email\nAda King,a@b.de\n")
    later = "Name,Email,City\nAda King,a@b.de,Bonn\n"
    assert counts(desk.load("lead", later, on_match="skip")) == (0, 0, 1, 0, 0)
    assert counts(desk.load("lead", later, on_match="add")) == (1, 0, 0, 0, 0)
    assert desk.store.lists.count(Filter("lead")) == 2


@pytest.mark.parametrize(
    "text", [PEOPLE + PEOPLE.partition("\n")[2], "Contact ID,Name\n7,Ada King\n7,Ada King\n7,Bo\n"]
)
def test_rows_that_are_alike_are_added_each_when_told(desk: Desk, text: str) -> None:
    rows = text.count("\n") - 1
    for already in (0, rows):
        assert counts(desk.load("person", text, on_match="add")) == (rows, 0, 0, 0, 0)
        assert desk.store.lists.count(Filter("person")) == already + rows
    numbers = [number for (number,) in desk.all("person", "source_id") if number]
    assert len(numbers) == len(set(numbers))
    assert_derived_is_true(desk.store)


def test_one_row_that_repeats_another_is_added_when_told(desk: Desk) -> None:
    text = "Name,Email\nAda,a@b.de\nAda,a@b.de\nAda,a@b.de\n"
    assert counts(desk.load("person", text, rows={3: OnMatch.ADD})) == (2, 0, 0, 1, 0)


def test_an_added_row_leaves_its_number_to_the_first(desk: Desk) -> None:
    text = "Lead ID,Name\n7,Ada King\n"
    desk.load("lead", text)
    assert counts(desk.load("lead", text, on_match="add")) == (1, 0, 0, 0, 0)
    assert desk.all("lead", "source_id") == [("7",), (None,)]


@pytest.mark.parametrize("kind", ["company", "person", "lead"])
def test_an_export_of_another_base_is_known_again(desk: Desk, tmp_path: Path, kind: str) -> None:
    head = "Name" if kind == "company" else "Last name"
    desk.load(kind, f"{head},City\nA,Bonn\nB,\nC,\n")
    out = tmp_path / "out.csv"
    desk.exporting.export(Filter(kind), None, out, True)
    other = Desk(tmp_path, "other")
    other.load(kind, f"{head},Created at\nZero,2020-01-02\n")
    assert counts(other.run(kind, out))[0] == 3
    before = snapshot(other.store)
    assert counts(other.run(kind, out)) == (0, 0, 3, 0, 0)
    assert snapshot(other.store) == before


def test_a_won_deal_moves_when_told(desk: Desk) -> None:
    head = "Deal ID,Deal name,Stage,Create date,Close date\n"
    desk.load("deal", f"{head}1,A,Proposal,2026-01-02,\n")
    desk.load("deal", f"{head}1,A,Closed Won,2026-01-02,2026-03-04\n", on_match="overwrite")
    assert desk.one("deal", "stage", "status", "probability", "closed_on") == ("Won", "won", 100, date(2026, 3, 4))
    desk.store.undo()
    assert desk.one("deal", "stage", "status", "probability", "closed_on") == ("Proposal", "open", 30, None)


def test_the_user_may_say_what_tells_records_apart(desk: Desk) -> None:
    text = "Name,Company,City\nA,Acme,Berlin\nB,Acme,Bonn\n"
    assert counts(desk.load("lead", text, key=("company_name",))) == (1, 0, 0, 1, 0)
    assert counts(desk.load("lead", text, key=("company_name", "city"))) == (1, 0, 1, 0, 0)


def test_a_key_must_be_a_field_of_the_file(desk: Desk) -> None:
    with pytest.raises(UserError, match="colour"):
        desk.load("lead", "Name\nA\n", key=("colour",))


def test_spellings_of_a_product_are_one(desk: Desk) -> None:
    desk.load("product", "Product,Price\nGTX Pro,5\n")
    assert counts(desk.load("product", "Product,Price\ngtx-pro,5\nGTXPro,5\n")) == (0, 0, 1, 1, 0)


def test_a_record_of_two_addresses_is_met_once(desk: Desk) -> None:
    desk.load("person", "Name,Email,Email 2\nAda King,a@b.de,c@d.de\n")
    assert counts(desk.load("person", "Name,Email\nAda King,a@b.de\nAda King,c@d.de\n")) == (0, 0, 1, 1, 0)


def test_records_in_the_bin_are_not_met(desk: Desk) -> None:
    text = "Lead ID,Name\n7,Ada King\n"
    desk.load("lead", text)
    with desk.store.action("delete", "lead"):
        desk.store.records.delete("lead", list(desk.store.lists.ids(Filter("lead"))), "2026-01-01T00:00:00.000Z")
    assert counts(desk.load("lead", text)) == (1, 0, 0, 0, 0)


def test_another_programs_number_stays_beside_the_first(desk: Desk) -> None:
    desk.load("person", "Contact ID,Name,Email\n1,Ada King,a@b.de\n")
    desk.load("person", "Person ID,Name,Email\n99,Ada King,a@b.de\n")
    assert desk.one("person", "source_system", "source_id") == ("contact id", "1")


def test_a_mixed_import_is_undone_as_one(desk: Desk) -> None:
    desk.load("person", "Contact ID,Name,Company\n1,Ada King,Acme\n")
    before = snapshot(desk.store)
    desk.load("person", "Contact ID,Name,Company,Phone,Tags\n1,Ada King,Acme,030 5555,hot\n2,Ben,Bolt,,new\n")
    after = snapshot(desk.store)
    desk.store.undo()
    assert snapshot(desk.store) == before
    desk.store.redo()
    assert snapshot(desk.store) == after


CELL = st.text(st.characters(codec="utf-8", exclude_characters="\r\n\0"), max_size=12) | st.sampled_from(
    [
        "a@b.de",
        "A@b.de",
        "x@",
        "Ada King",
        "Acme",
        "Acme GmbH",
        "2026-01-02",
        "31/12/2026",
        "1,234.50",
        "12",
        "-",
        "yes",
        "Won",
    ]
)
HEADERS = {
    "lead": ["Name", "Company", "Email", "Phone", "Score", "Value", "Lead status", "Colour", "MQL date"],
    "person": ["Contact ID", "Name", "Company", "Email", "Birthday", "Tags", "Do not call"],
    "deal": ["Deal ID", "Deal name", "Account", "Stage", "Amount", "Close date", "Probability", "Product"],
    "purchase": ["Customer", "Order date", "Amount", "Quantity", "Order ID"],
}


def test_a_name_of_signs_alone_is_known_again(desk: Desk) -> None:
    path = desk.table(["Name"], [[":"], ["?!"]])
    assert counts(desk.run("lead", path))[0] == 2
    assert counts(desk.run("lead", path))[:2] == (0, 0)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_whatever_a_file_holds_the_counts_add_up_and_it_comes_once(desk: Desk, data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(sorted(HEADERS)))
    header = HEADERS[kind]
    rows = data.draw(st.lists(st.lists(CELL, min_size=len(header), max_size=len(header)), min_size=1, max_size=12))
    path = desk.table(header, rows)
    try:
        first = desk.run(kind, path)
    except UserError:
        return
    new, updated, unchanged, duplicate, refused = counts(first)
    assert new + updated + unchanged + duplicate + refused <= len(rows)
    assert counts(desk.run(kind, path, on_match="skip"))[:2] == (0, 0)
    while desk.store.peek_undo():
        desk.store.undo()
    assert desk.store.lists.count(Filter(kind)) == 0


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("activity", "Type,Date,Subject\nZeppelin,2026-01-02,A\n,2026-01-02,B\n"),
        ("deal", "Deal name,Pipeline,Stage,Probability\nA,New business,Odd,\nB,Odd,Proposal,45\nC,,,\n"),
        ("purchase", "Company ID,Product,Date\nX7,A,2026-01-02\nX7,A,2026-01-02\nX8,,\n"),
        ("product", "Product,Active\nA,\nB,no\n"),
    ],
)
def test_what_is_filled_in_for_a_row_does_not_hide_it(desk: Desk, kind: str, text: str) -> None:
    rows = text.count("\n") - 1
    assert counts(desk.load(kind, text)) == (rows, 0, 0, 0, 0)
    assert counts(desk.load(kind, text)) == (0, 0, rows, 0, 0)


def test_a_moved_deal_enters_its_stage_on_the_day_the_file_tells(desk: Desk) -> None:
    head = "Deal ID,Deal name,Stage,Create date,Close date\n"
    desk.load("deal", f"{head}1,A,Proposal,2026-01-02,\n")
    desk.load("deal", f"{head}1,A,Closed Won,2026-01-02,2026-03-04\n", on_match="overwrite")
    assert desk.all("stage_log", "stage", "entered_on") == [
        ("Lead generation", date(2026, 1, 2)), ("Won", date(2026, 3, 4)),
    ]  # fmt: skip
    assert_derived_is_true(desk.store)


@pytest.mark.parametrize("kind", ["person", "lead"])
def test_of_two_of_one_name_neither_is_written_to_by_what_does_not_tell_them_apart(desk: Desk, kind: str) -> None:
    desk.load(kind, "Name,Phone\nAda King,030 111111\nAda King,040 222222\nBen Long,030 333333\n")
    told = "Name,Job title\nAda King,\nBen Long,CEO\n"
    assert counts(desk.load(kind, told)) == (0, 1, 1, 0, 0)
    assert counts(desk.load(kind, "Name,Job title\nAda King,CEO\n", on_match="overwrite")) == (1, 0, 0, 0, 0)
    held = [(phone, title) for _, phone, title in desk.all(kind, "name", "phone", "job_title") if phone]
    assert sorted(held) == [(("030 111111",), None), (("030 333333",), "CEO"), (("040 222222",), None)]
