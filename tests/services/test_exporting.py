"""What goes out comes back: exact files, files for spreadsheets, everything at once."""

import csv
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_desktop.domain.anniversary import Anniversary
from crm_desktop.domain.filter import Filter, Ordered, Sort, is_
from crm_desktop.domain.money import Money
from crm_desktop.domain.terms import LeadStatus
from crm_desktop.errors import CrmError, UserError
from crm_desktop.services.fields import Fields
from crm_desktop.services.progress import Cancelled, Progress
from crm_desktop.services.statuses import Statuses
from tests.services.import_desk import Desk, columns, counts
from tests.storage.equality import assert_derived_is_true, snapshot


def read(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def fill(desk: Desk) -> None:
    """Some of everything, with the awkward cases."""
    desk.load("company", "Company,Domain,Subsidiary of,Employees\nAcme,acme.com,,12\nChild,,Acme,\nAcme,other.com,,\n")
    desk.load("customer", "Name,Email,Colour\nAda King,a@b.de,red\nBolt GmbH,,blue\n", unmapped="custom")
    desk.load(
        "person",
        'Name,Company,Email,Email 2,Tags,Birthday,Note,Do not call\nBen Long,Acme,b@c.de,d@e.de,"hot;new",--06-15,'
        '"two\nlines",yes\n',
    )
    desk.load("lead", "Name,Company,Value,Currency,Lifecycle stage,MQL date\n,Firm,12.50,USD,MQL,2026-01-02\nCy,,,,,\n")
    desk.load(
        "deal",
        "Deal ID,Deal name,Account,Product,Stage,Create date,Close date,Amount,Probability\n"
        "1,A,Acme,GTX,Won,2026-01-02,2026-02-03,100,\n2,A,Child,,Proposal,2026-01-02,,5,45\n3,B,,,Lost,,,,\n",
    )
    desk.load("purchase", "Customer,Product,Date,Amount,Qty\nAcme,GTX,2026-01-02,5,1.5\nAcme,GTX,2026-01-02,5,1.5\n")
    desk.load("activity", "Type,Date,Subject,Contact email,Deal\nCall,2026-03-01,Price,b@c.de,B\n")
    desk.load("task", "Task,Due date,Contact person,Done at\nCall,2026-04-01,Ben Long,\nMail,,,2026-04-02 10:00\n")


@pytest.fixture
def filled(desk: Desk) -> Desk:
    """Some of everything."""
    fill(desk)
    return desk


def unpacked(desk: Desk) -> list[Path]:
    out = desk.folder / "all.zip"
    desk.exporting.export_all(out)
    with zipfile.ZipFile(out) as archive:
        archive.extractall(desk.folder / "all")
    return sorted((desk.folder / "all").iterdir())


def test_everything_comes_back_into_an_empty_base(desk: Desk, other: Desk) -> None:
    fill(desk)
    other.run("auto", *unpacked(desk))
    assert other.seen() == desk.seen()
    assert_derived_is_true(other.store)


def test_everything_into_the_same_base_changes_nothing(desk: Desk) -> None:
    fill(desk)
    before = snapshot(desk.store)
    result = desk.run("auto", *unpacked(desk))
    assert counts(result) == (0, 0, result.outcome.rows.read, 0, 0)
    assert snapshot(desk.store) == before


def test_settings_of_an_export_are_never_doubled(desk: Desk) -> None:
    fill(desk)
    kinds = ("tag", "stage", "pipeline")
    before = {kind: desk.all(kind, "name") for kind in kinds}
    result = desk.run("auto", *unpacked(desk), on_match="add")
    assert {kind: desk.all(kind, "name") for kind in kinds} == before
    assert result.outcome.kinds["company"].new


def test_what_was_deleted_leaves_nothing_behind_in_an_export(desk: Desk, other: Desk) -> None:
    fill(desk)
    deals = {name: number for number, name in desk.store.lists.values(Filter("deal"), ["name"])}
    people = {name: number for number, name in desk.store.lists.values(Filter("person"), ["name"])}
    (acme, child, *_) = sorted(desk.store.lists.ids(Filter("company")))
    with desk.store.action("add", "contact_role"):
        insert = desk.store.records.insert
        for deal in deals.values():
            insert("contact_role", {"deal": deal, "person": people["Ben Long"], "role": "decides"})
        for person in ("Ben Long", "Ada King"):
            insert("employment", {"person": people[person], "company": acme})
            insert("occasion", {"person": people[person], "name": "Party", "day": Anniversary(6, 1, None)})
            insert("relation", {"person": people[person], "other_company": child, "type": "partner"})
    with desk.store.action("delete", "deal"):
        desk.store.records.delete("deal", [deals["B"]], desk.store.clock.stamp())
        desk.store.records.delete("person", [people["Ada King"]], desk.store.clock.stamp())
    files = {path.stem: read(path) for path in unpacked(desk)}
    assert {name: len(files[name]) - 1 for name in ("employments", "occasions", "relations", "contact_roles")} == {
        "employments": 1, "occasions": 1, "relations": 1, "contact_roles": 1,
    }  # fmt: skip
    at = files["stage_logs"][0].index("deal")
    assert {row[at] for row in files["stage_logs"][1:]} == {"A"}
    result = other.run("auto", *sorted((desk.folder / "all").iterdir()))
    assert not result.outcome.problems
    assert other.all("activity", "subject", "deal", "person") == [("Price", None, "Ben Long")]


def test_samples_come_back_into_an_empty_base(desk: Desk, other: Desk, shared_data: Path) -> None:
    for name in ("accounts", "products", "sales_pipeline"):
        desk.run("auto", shared_data / "maven_crm" / f"{name}.csv", unmapped="custom")
    desk.run("auto", shared_data / "contacts" / "google_contacts_current_headers.csv")
    other.run("auto", *unpacked(desk))
    assert other.seen() == desk.seen()


@pytest.mark.parametrize(
    "kind", ["lead", "company", "person", "deal", "product", "purchase", "activity", "task", "customer"]
)
@pytest.mark.parametrize("raw", [True, False])
def test_a_list_comes_back_unchanged(desk: Desk, kind: str, raw: bool) -> None:
    fill(desk)
    before = snapshot(desk.store)
    out = desk.folder / "view.csv"
    done = desk.exporting.export(Filter(kind), None, out, raw)
    result = desk.run(kind, out)
    assert counts(result) == (0, 0, done.rows, 0, 0)
    assert snapshot(desk.store) == before


def test_chosen_fields_are_the_columns(desk: Desk) -> None:
    fill(desk)
    out = desk.folder / "view.csv"
    done = desk.exporting.export(Filter("deal", is_("status", "won")), ["name", "company", "amount", "closed_on"], out,
                                 raw=True)  # fmt: skip
    assert (done.rows, done.path) == (1, out)
    assert read(out) == [
        ["name", "company", "amount", "amount_currency", "closed_on"], ["A", "Acme", "100.00", "EUR", "2026-02-03"],
    ]  # fmt: skip


def test_fields_of_linked_records_may_be_chosen(desk: Desk) -> None:
    fill(desk)
    out = desk.folder / "view.csv"
    desk.exporting.export(Filter("person", is_("last_name", "Long")), ["name", "email", "company.domain"], out, True)
    assert read(out) == [["name", "email", "email_2", "company.domain"], ["Ben Long", "b@c.de", "d@e.de", "acme.com"]]


def test_a_list_goes_out_as_people_see_it(desk: Desk) -> None:
    fill(desk)
    out = desk.folder / "view.csv"
    desk.exporting.export(Filter("lead"), ["name", "company_name", "lifecycle", "value"], out)
    assert read(out)[:2] == [["Name", "Company", "Lifecycle", "Value", "Value currency"],
                             ["Firm", "Firm", "MQL", "12.50", "USD"]]  # fmt: skip
    fields = ["name", "email", "birthday", "company.domain", "company.name"]
    desk.exporting.export(Filter("person", is_("last_name", "Long")), fields, out)
    assert read(out) == [["Name", "Email", "Email 2", "Birthday", "Company: Domain", "Company: Name"],
                         ["Ben Long", "b@c.de", "d@e.de", "15 Jun", "acme.com", "Acme"]]  # fmt: skip


ORIGIN = ("created_at", "source_system", "source_id")
NAMED = {
    "lead": ("name", "company_name", "email"), "company": ("name", "domain"), "person": ("name", "company", "email"),
    "deal": ("name", "company", "stage"), "customer": ("name", "type", "company"),
}  # fmt: skip
"""What tells in a list which record a row is."""


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kind=st.sampled_from(sorted(NAMED)), data=st.data())
def test_a_list_as_shown_comes_back_unchanged(filled: Desk, kind: str, data: st.DataObject) -> None:
    catalogue = filled.store.catalogue.kind(kind)
    others = [name for name in catalogue.fields if name not in {*NAMED[kind], *ORIGIN}]
    more = data.draw(st.lists(st.sampled_from(others), unique=True, max_size=8))
    out = filled.folder / f"{catalogue.plural}.csv"
    before = snapshot(filled.store)
    done = filled.exporting.export(Filter(kind), [*NAMED[kind], *more], out)
    new, updated, unchanged, repeated, refused = counts(filled.run(kind, out))
    assert (new, updated, refused) == (0, 0, 0), (kind, more)
    assert unchanged + repeated == done.rows
    assert snapshot(filled.store) == before


def test_who_has_a_phone_is_known_again_without_it(desk: Desk) -> None:
    desk.load("customer", "Name,Phone\nAda King,+44 115 496 0037\nBolt GmbH,\n")
    out = desk.folder / "customers.csv"
    desk.exporting.export(Filter("customer"), ["name", "type", "company", "revenue"], out)
    assert counts(desk.run("auto", out)) == (0, 0, 2, 0, 0)
    assert counts(desk.run("auto", out.rename(desk.folder / "my best ones.csv"))) == (0, 0, 2, 0, 0)


@pytest.mark.parametrize(
    ("separator", "ends", "encoding"), [(",", "\n", "utf-8"), (";", "\r\n", "cp1252"), ("\t", "\r", "utf-16")]
)
def test_a_list_saved_by_another_program_is_still_ours(desk: Desk, separator: str, ends: str, encoding: str) -> None:
    desk.load("customer", "Name,Amount,Industry\nBolt GmbH,120,Steel\nAda Köng,,\n")
    desk.load("purchase", "Company,Amount,Date\nBolt GmbH,90,2026-01-05\n")
    out = desk.folder / "my best ones.csv"
    desk.exporting.export(Filter("customer"), ["name", "type", "revenue", "customer_since", "last_touch", "lost"], out)
    rows = read(out)
    with out.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=separator, lineterminator=ends).writerows(rows)
    before = snapshot(desk.store)
    assert counts(desk.run("auto", out)) == (0, 0, 2, 0, 0)
    assert snapshot(desk.store) == before


def test_a_list_of_others_with_headings_like_ours_is_none_of_ours(desk: Desk) -> None:
    for bom in ("", "\ufeff"):
        path = desk.file(f"{bom}Name,Email,Revenue,Purchases\nBolt GmbH,info@bolt.de,120,3\n", "customers.csv")
        (draft,) = desk.propose("customer", path)
        assert columns(draft)["Revenue"] == "revenue"


def test_customers_come_back_unchanged_with_fields_of_one_name(desk: Desk) -> None:
    fields = Fields(desk.store)
    own = [fields.add("company", "Size", "text"), fields.add("person", "Size", "number")]
    desk.load("customer", "Name,Size,Amount\nBolt GmbH,Large,120\n")
    out = desk.folder / "customers.csv"
    desk.exporting.export(Filter("customer"), ["name", "revenue", "size", f"size_{own[1].id}"], out)
    assert read(out)[0][-2:] == ["Size", "Size (person)"]
    assert counts(desk.run("auto", out)) == (0, 0, 1, 0, 0)
    out.write_text(out.read_text("utf-8").replace("Size (person)", "Size"), "utf-8")
    assert counts(desk.run("auto", out)) == (0, 0, 1, 0, 0)


def test_deals_as_shown_with_their_status_come_back_unchanged(filled: Desk) -> None:
    out = filled.folder / "deals.csv"
    done = filled.exporting.export(Filter("deal"), [*NAMED["deal"], "status"], out)
    new, updated, unchanged, repeated, refused = counts(filled.run("deal", out))
    assert (new, updated, unchanged + repeated, refused) == (0, 0, done.rows, 0)


@pytest.mark.parametrize("name", ["nothing", "company.nothing", "company.email"])
def test_fields_that_are_none_are_refused(desk: Desk, name: str) -> None:
    fill(desk)
    with pytest.raises(UserError):
        desk.exporting.export(Filter("person"), [name], desk.folder / "view.csv")
    assert not (desk.folder / "view.csv").exists()


PAYLOADS = [
    "=1+1",
    "@SUM(A1)",
    "'=1+1",
    "''=x",
    "+cmd|' /C calc'!A0",
    "-2+3",
    " = 5",
    "+49 30 123",
    "-5",
    "\t=1",
    "'plain",
]


@pytest.mark.parametrize("raw", [True, False])
def test_texts_that_look_like_formulas_come_back(desk: Desk, other: Desk, raw: bool) -> None:
    with desk.store.action("add", "lead"):
        for payload in PAYLOADS:
            desk.store.records.insert(
                "lead", {"last_name": payload, "note": payload, "created_at": desk.store.clock.now()}
            )
    out = desk.folder / "leads.csv"
    done = desk.exporting.export(Filter("lead"), None, out, raw)
    assert bool(done.neutralised) is not raw
    other.run("lead", out)
    wanted = PAYLOADS if raw else [payload.strip(" ") for payload in PAYLOADS]
    assert [note for (note,) in other.all("lead", "note")] == wanted


def test_a_file_for_spreadsheets_runs_nothing(desk: Desk) -> None:
    desk.run("lead", desk.table(["Name", "Note"], [["A", "=HYPERLINK(1)"], ["B", "plain"]]))
    out = desk.folder / "view.csv"
    assert desk.exporting.export(Filter("lead"), ["name", "note"], out).neutralised == 1
    assert read(out)[1:] == [["A", "'=HYPERLINK(1)"], ["B", "plain"]]
    assert counts(desk.run("lead", out)) == (0, 0, 2, 0, 0)


def test_amounts_keep_their_currency(desk: Desk, other: Desk) -> None:
    desk.load("deal", "Deal name,Amount,Currency\nA,1500,JPY\nB,1.5,KWD\nC,-2.25,USD\n")
    other.run("auto", *unpacked(desk))
    assert [amount for (amount,) in other.all("deal", "amount")] == [
        Money(1500, "JPY"), Money(1500, "KWD"), Money(-225, "USD"),
    ]  # fmt: skip


def test_fields_of_the_users_come_back_with_their_types(desk: Desk, other: Desk) -> None:
    desk.fields.add("lead", "Shoe size", "number")
    desk.fields.add("lead", "Level", "choice", ["low", "very high"])
    desk.fields.add("lead", "Budget", "money")
    with desk.store.action("add", "lead"):
        values = {
            "status": Statuses(desk.store).first(LeadStatus.OPEN).id,
            "shoe_size": 38,
            "level": "very high",
            "budget": Money(500, "USD"),
            "created_at": desk.store.clock.now(),
        }
        desk.store.records.insert("lead", {"last_name": "King", **values})
    other.run("auto", *unpacked(desk))
    mine, theirs = (each.store.catalogue.kind("lead").fields for each in (desk, other))
    assert [(f.label, f.type, f.choices) for f in theirs.values() if f.custom] == [
        (f.label, f.type, f.choices) for f in mine.values() if f.custom
    ]
    assert other.seen() == desk.seen()


def test_own_pipelines_and_stages_come_along(desk: Desk, other: Desk) -> None:
    with desk.store.action("add", "pipeline"):
        pipeline = desk.store.records.insert("pipeline", {"name": "Renewals", "position": 2})
        for position, (name, category) in enumerate((("Talk", "open"), ("Yes", "won"), ("No", "lost"))):
            values = {"name": name, "pipeline": pipeline, "category": category, "position": position, "probability": 20}
            desk.store.records.insert("stage", values)
    desk.load("deal", "Deal name,Pipeline,Stage\nA,Renewals,Talk\nB,Renewals,Yes\nC,,Proposal\n")
    assert desk.all("deal", "pipeline", "stage") == [
        ("Renewals", "Talk"),
        ("Renewals", "Yes"),
        ("New business", "Proposal"),
    ]
    other.run("auto", *unpacked(desk))
    assert other.seen() == desk.seen()


def test_an_empty_list_is_a_header(desk: Desk) -> None:
    out = desk.folder / "view.csv"
    assert desk.exporting.export(Filter("lead"), ["name"], out).rows == 0
    assert read(out) == [["Name"]]


def test_an_export_that_fails_leaves_nothing(desk: Desk) -> None:
    fill(desk)
    for out in (desk.folder / "no" / "view.csv", desk.folder / "no" / "all.zip"):
        with pytest.raises(CrmError):
            desk.exporting.export_all(out) if out.suffix == ".zip" else desk.exporting.export(Filter("lead"), None, out)
    before = sorted(desk.folder.iterdir())
    desk.load("lead", "Name\n" + "".join(f"N{n}\n" for n in range(5000)))
    progress = Progress(lambda p: p.cancel())
    with pytest.raises(Cancelled):
        desk.exporting.export(Filter("lead"), None, desk.folder / "view.csv", progress=progress)
    with pytest.raises(Cancelled):
        desk.exporting.export_all(desk.folder / "all.zip", progress)
    assert [path for path in sorted(desk.folder.iterdir()) if path not in before and path.suffix != ".csv"] == []


def test_the_oldest_record_stands_first(desk: Desk) -> None:
    desk.load("lead", "Name\nFirst\nSecond\n")
    out = desk.folder / "view.csv"
    desk.exporting.export(Filter("lead"), ["name"], out)
    assert [row[0] for row in read(out)[1:]] == ["First", "Second"]
    assert [r[1] for r in desk.store.lists.values(Filter("lead"), ["name"], Sort("name"))] == ["First", "Second"]


def test_a_list_goes_out_in_its_order(desk: Desk) -> None:
    desk.load("lead", "Name,Score\nBea,20\nAda,30\nCid,10\n")
    out = desk.folder / "view.csv"
    for order, names in (
        (Sort("score", True), ["Ada", "Bea", "Cid"]),
        (Sort("name"), ["Ada", "Bea", "Cid"]),
        (None, ["Bea", "Ada", "Cid"]),
    ):
        desk.exporting.export(Ordered(Filter("lead"), order), ["name"], out)
        assert [row[0] for row in read(out)[1:]] == names


def test_the_rows_of_a_chart_open_in_spreadsheets_and_run_nothing(desk: Desk, tmp_path: Path) -> None:
    out = tmp_path / "rows.csv"
    done = desk.exporting.export_table(("Stage", "Value"), [("=1+1", 3), ("Über", "1200.00"), ("Lost", None)], out)
    assert read(out) == [["Stage", "Value"], ["'=1+1", "3"], ["Über", "1200.00"], ["Lost", ""]]
    assert (done.rows, done.neutralised) == (3, 1)
