"""What becomes of rows: values by type, names, links, deals and their stages, notes, refusals."""

import csv
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from crm_desktop.domain.filter import Filter, is_
from crm_desktop.domain.money import Money
from crm_desktop.errors import UserError
from crm_desktop.services.fields import Holds
from crm_desktop.services.importing import OnMatch, run
from crm_desktop.services.progress import Cancelled, Progress
from tests.services.import_desk import NOW, Desk, counts
from tests.services.statements import asked
from tests.storage.equality import assert_derived_is_true, snapshot


def test_a_lead_gets_what_a_lead_needs(desk: Desk) -> None:
    desk.load("lead", "Name,Email\nAda van der King,ada@king.org\n")
    names = ("first_name", "last_name", "name", "status", "lifecycle", "created_at", "email")
    assert desk.one("lead", *names) == (
        "Ada", "van der King", "Ada van der King", "New", "lead", NOW, ("ada@king.org",),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("King", None, "King"),
        ("Ada King", "Ada", "King"),
        ("King, Ada", "Ada", "King"),
        ("Ada Maria King", "Ada Maria", "King"),
        ("Ludwig van Beethoven", "Ludwig", "van Beethoven"),
    ],
)
def test_a_whole_name_is_split(desk: Desk, name: str, first: str | None, last: str) -> None:
    desk.run("person", desk.table(["Name"], [[name]]))
    assert desk.one("person", "first_name", "last_name") == (first, last)


def test_who_has_no_name_goes_by_an_address(desk: Desk) -> None:
    result = desk.load("lead", "Name,Company,Email,Phone\n,,a@b.de,\n,,,030 12345\n,Acme,,\n,,,\nx,,,\n,,,--\n")
    assert counts(result) == (4, 0, 0, 0, 1)
    assert desk.all("lead", "name") == [("a@b.de",), ("030 12345",), ("Acme",), ("x",)]


def test_lifecycles_and_their_dates_come_from_the_file(desk: Desk) -> None:
    desk.load(
        "lead",
        "Name,Lifecycle stage,MQL date,Became a customer date,Lead status,Create date\n"
        "A,Marketing Qualified Lead,2026-03-01,,Open,2026-02-01 10:30\n"
        "B,Customer,,2026-05-05,Unqualified,\n",
    )
    assert desk.all("lead", "lifecycle", "mql_on", "customer_on", "status", "status_type", "created_at") == [
        ("mql", date(2026, 3, 1), None, "New", "open", datetime(2026, 2, 1, 10, 30, tzinfo=UTC)),
        ("customer", None, date(2026, 5, 5), "Unqualified", "disqualified", NOW),
    ]


@pytest.mark.usefixtures("berlin")
def test_times_of_a_file_are_those_of_the_clock_on_the_wall(desk: Desk) -> None:
    told = (
        "2026-02-01", "2026-07-01 10:30:00", "1 Jul 2026 10:30", "2026-07-01T10:30:00Z", "0001-01-01 00:00:00+05:00",
    )  # fmt: skip
    rows = (f"A{number},{text}" for number, text in enumerate(told))
    desk.load("lead", "\n".join(("Name,Create date", *rows)))
    assert [created for (created,) in desk.all("lead", "created_at")] == [
        datetime(2026, 1, 31, 23, tzinfo=UTC), datetime(2026, 7, 1, 8, 30, tzinfo=UTC),
        datetime(2026, 7, 1, 8, 30, tzinfo=UTC), datetime(2026, 7, 1, 10, 30, tzinfo=UTC),
    ]  # fmt: skip


@pytest.mark.usefixtures("berlin")
def test_what_has_a_time_has_the_day_of_the_clock_on_the_wall(desk: Desk) -> None:
    told = ("2026-07-01 00:30:00", "2026-01-31T23:30:00Z", "2026-03-29 03:15:00", "9999-12-31T23:30:00Z")
    desk.load("activity", "\n".join(("Subject,Happened at", *(f"A,{text}" for text in told))))
    assert desk.all("activity", "happened_on") == [
        (date(2026, 7, 1),), (date(2026, 2, 1),), (date(2026, 3, 29),), (date(9999, 12, 31),),
    ]  # fmt: skip


def test_unknown_choices_are_asked_about_and_kept(desk: Desk) -> None:
    result = desk.load("lead", "Name,Lifecycle stage\nA,Sleeping\nB,\n")
    assert desk.all("lead", "lifecycle", "note") == [("lead", "Lifecycle stage: Sleeping"), ("lead", None)]
    assert [(q.code, q.column) for q in result.outcome.questions.values()] == [("value", "Lifecycle stage")]


def test_a_status_of_another_name_is_a_status_from_then_on(desk: Desk) -> None:
    desk.load("lead", "Name,Lead status\nA,Sleeping\nB,Unqualified\nC,contacted\nD,working\nE,\n")
    assert desk.all("lead", "status", "status_type") == [
        ("Sleeping", "working"), ("Unqualified", "disqualified"), ("Contacted", "working"), ("Contacted", "working"),
        ("New", "open"),
    ]  # fmt: skip
    assert desk.all("lead_status", "name")[-2:] == [("Sleeping",), ("Unqualified",)]
    assert [place for (place,) in desk.all("lead_status", "position")] == [1, 2, 3, 4, 5, 6, 7, 8, 9]


def test_money_has_its_currency_beside_it_or_in_it(desk: Desk) -> None:
    desk.load(
        "deal",
        'Deal name,Amount,Currency\nA,"1,234.50",usd\nB,€99,\nC,1000,\nD,$5.00,CAD\nE,,USD\nF,1500,JPY\n',
    )
    assert [amount for (amount,) in desk.all("deal", "amount")] == [
        Money(123_450, "USD"), Money(9_900, "EUR"), Money(100_000, "EUR"), Money(500, "CAD"), None, Money(1500, "JPY"),
    ]  # fmt: skip


def test_a_decimal_comma_is_found(desk: Desk) -> None:
    desk.load("product", "Name;Preis\nA;1.234,50\nB;5,5\nC;1.000\n")
    assert [price.minor for (price,) in desk.all("product", "price")] == [123_450, 550, 100_000]
    assert desk.all("product", "active") == [(True,)] * 3


def test_values_that_are_none_refuse_their_row(desk: Desk) -> None:
    result = desk.load(
        "deal",
        "Deal name,Amount,Close date,Email\n"
        "A,10,2026-01-01,a@b.de\nB,20,2026-01-02,\nC,much,2026-01-03,\nD,30,2026-02-31,\nE,40,2026-01-05,x@@y\n"
        "F,50,2026-01-06,\n",
    )
    assert counts(result) == (4, 0, 0, 0, 2)
    problems = {(p.column, p.refused): (p.count, p.rows) for p in result.outcome.problems.values()}
    assert problems[("Amount", True)] == (1, [4])
    assert problems[("Close date", True)] == (1, [5])


def test_wrong_addresses_refuse_their_row_with_a_sentence(desk: Desk, tmp_path: Path) -> None:
    path = desk.file("Name,Email\nA,a@b.de\nB,no at\nC,c@d.de\n")
    out = tmp_path / "refused.csv"
    drafts = desk.importing.propose([path], "lead")
    result = desk.importing.run(drafts, refused=out)
    assert counts(result) == (2, 0, 0, 0, 1)
    assert result.save_left_out is None
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows == [["Name", "Email", "reason"], ["B", "no at", "Row 3: Email: An email address needs an @"]]


def test_left_out_rows_are_in_memory_until_they_are_saved(desk: Desk, tmp_path: Path) -> None:
    path = desk.table(["Name", "Email"], [["A", "a@b.de"], ["B\n; é", "no at"]])
    before = set(tmp_path.iterdir())
    result = desk.importing.run(desk.propose("lead", path))
    assert set(tmp_path.iterdir()) == before and result.save_left_out is not None
    with pytest.raises(UserError, match="is the file that is read"):
        result.save_left_out(path)
    for name in ("one.csv", "again.csv"):
        result.save_left_out(tmp_path / name)
        with (tmp_path / name).open(encoding="utf-8-sig", newline="") as file:
            assert [row[0] for row in csv.reader(file)] == ["Name", "B\n; é"]


def test_mended_refusals_come_in_without_their_reasons(desk: Desk, tmp_path: Path) -> None:
    out = tmp_path / "refused.csv"
    drafts = desk.importing.propose([desk.file("Name,Email\nA,a@b.de\nB,no at\n")], "lead")
    desk.importing.run(drafts, refused=out)
    mended = desk.file(out.read_text("utf-8-sig").replace("no at", "no@at.de"), "mended.csv")
    assert counts(desk.run("lead", mended)) == (1, 0, 0, 0, 0)
    assert desk.all("lead", "email", "note")[1] == (("no@at.de",), None)


def test_phones_that_are_none_are_kept_in_the_note(desk: Desk) -> None:
    desk.load("person", "Name,Phone\nA,030 12345\nB,see note\nC,0170 555 ::: 0171 666\n")
    assert desk.all("person", "phone", "note") == [
        (("030 12345",), None), ((), "Phone: see note"), (("0170 555", "0171 666"), None),
    ]  # fmt: skip


def test_web_addresses_that_are_none_are_kept_in_the_note(desk: Desk) -> None:
    desk.load("company", "Name,Website\nA,https://a.de\nB,a b\nC,c.de ::: d.de/x\n")
    assert desk.all("company", "website", "note") == [
        ("https://a.de", None), (None, "Website: a b"), ("c.de; d.de/x", None),
    ]  # fmt: skip


def test_do_not_contact_is_any_of_its_columns(desk: Desk) -> None:
    desk.load("person", "Name,Email opt out,Do not call\nA,no,no\nB,no,yes\nC,1,\nD,,\n")
    assert [value for (value,) in desk.all("person", "opt_out")] == [False, True, True, False]


@pytest.mark.parametrize(
    ("unmapped", "note", "own"),
    [("note", "hello\nShoe size: 38", False), ("drop", "hello", False), ("custom", "hello", True)],
)
def test_what_fits_nowhere_goes_where_the_user_says(desk: Desk, unmapped: str, note: str, own: bool) -> None:
    desk.load("lead", "Name,Note,Shoe size,Blank\nA,hello,38,\nB,,,\n", unmapped=unmapped)
    assert desk.all("lead", "note") == [(note,), (None,)]
    fields = desk.store.catalogue.kind("lead").fields
    assert ("shoe_size" in fields) is own
    assert "blank" not in fields
    if own:
        assert desk.all("lead", "shoe_size") == [(38,), (None,)]
        assert counts(desk.load("lead", "Name,Note,Shoe size,Blank\nA,hello,38,\nB,,,\n", unmapped=unmapped))[2] == 2


@pytest.mark.parametrize("kind", ["lead", "person"])
def test_a_link_of_ones_own_comes_from_any_file(desk: Desk, kind: str) -> None:
    desk.load("company", "Name,Domain\nAcme,acme.example\n")
    desk.fields.add(kind, "Met by", Holds("link", target="company"))
    assert {"met_by", "met_by_domain"} <= {target.name for target in desk.importing.targets(kind)}
    desk.load(kind, "Last name,Met by\nLee,Acme\nKim,\nBo,Bolt\n")
    linked = dict(desk.all(kind, "last_name", "met_by"))
    assert linked == {"Lee": "Acme", "Kim": None, "Bo": "Bolt"}


@pytest.mark.parametrize(
    ("on_match", "rows", "counted", "linked"),
    [
        ("fill", {}, (0, 2, 2, 0, 0), ["Acme", "Acme", "Bolt", "Cogs"]),
        ("fill", {4: OnMatch.SKIP}, (0, 1, 3, 0, 0), ["Acme", "Acme", None, "Cogs"]),
        ("overwrite", {}, (0, 3, 1, 0, 0), ["Acme", "Bolt", "Bolt", "Cogs"]),
        ("skip", {}, (0, 0, 4, 0, 0), ["Acme", "Acme", None, None]),
    ],
)
def test_a_link_of_ones_own_is_decided_like_all_else(
    desk: Desk, on_match: str, rows: dict[int, OnMatch], counted: tuple[int, ...], linked: list[str | None]
) -> None:
    desk.load("company", "Name\nAcme\nBolt\n")
    desk.fields.add("lead", "Met by", Holds("link", target="company"))
    desk.load("lead", "Last name,Met by\nLee,Acme\nKim,Acme\nBo,\nNo,\n")
    text = "Last name,Met by\nLee,Acme\nKim,Bolt\nBo,Bolt\nNo,Cogs\n"
    planned = desk.load("lead", text, on_match=on_match, rows=rows)
    assert counts(planned) == counted
    assert [met for (met,) in desk.all("lead", "met_by")] == linked
    sides = [(match.said["met_by"].name, match.there["met_by"]) for match in planned.outcome.matches]
    assert [(said, here and here.name) for said, here in sides] == [("Bolt", "Acme"), ("Bolt", None), ("Cogs", None)]


def test_new_rows_keep_their_links_where_others_are_skipped(desk: Desk) -> None:
    desk.fields.add("lead", "Met by", Holds("link", target="company"))
    desk.load("lead", "Last name,Met by\nLee,Acme\n")
    desk.load("lead", "Last name,Met by\nLee,Bolt\nKim,Cogs\n", on_match="skip")
    assert dict(desk.all("lead", "last_name", "met_by")) == {"Lee": "Acme", "Kim": "Cogs"}


def test_another_parent_is_a_match_to_decide(desk: Desk) -> None:
    desk.load("company", "Name,Parent\nAcme,Bolt\nCogs,\n")
    text = "Name,Parent\nAcme,Cogs\n"
    kept = desk.load("company", text)
    [match] = kept.outcome.matches
    assert (match.said["parent"].name, match.there["parent"].name) == ("Cogs", "Bolt")
    assert counts(kept) == (0, 0, 1, 0, 0)
    desk.load("company", text, on_match="overwrite")
    assert dict(desk.all("company", "name", "parent"))["Acme"] == "Cogs"


def test_tags_are_made_once(desk: Desk) -> None:
    desk.load("person", 'Name,Tags\nA,"fair, hot"\nB,Fair;new\nC,\n')
    assert desk.all("person", "tags") == [(("fair", "hot"),), (("fair", "new"),), ((),)]
    assert sorted(desk.all("tag", "name")) == [("fair",), ("hot",), ("new",)]
    assert_derived_is_true(desk.store)


def test_people_link_to_companies_that_are_there_or_new(desk: Desk) -> None:
    desk.load("company", "Company,Company domain\nAcme GmbH,acme.com\n")
    result = desk.load(
        "person", "Name,Company,Company domain\nA,ACME  gmbh,\nB,Acme,acme.com\nC,Bolt,\nD,bolt,\nE,,\nF,,cogs.io\n"
    )
    assert [company for (company,) in desk.all("person", "company")] == [
        "Acme GmbH", "Acme GmbH", "Bolt", "Bolt", None, "cogs.io",
    ]  # fmt: skip
    assert result.outcome.kinds["company"].new == 2
    assert desk.all("company", "name", "domain")[-2:] == [("Bolt", None), ("cogs.io", "cogs.io")]


def test_left_out_rows_make_no_companies(desk: Desk) -> None:
    desk.load("person", "Name,Company,Email\nA,Acme,a@b.de\nB,Bolt,nothing\n")
    assert desk.all("company", "name") == [("Acme",)]


def test_customers_are_companies_or_people(desk: Desk) -> None:
    result = desk.load(
        "customer",
        "First name,Last name,Company,Email,Exited,Employees\n"
        "Ada,King,Acme,a@b.de,0,\n,,Bolt Ltd,info@bolt.com,1,12\n,Solo,,,1,5\n",
    )
    assert counts(result) == (3, 0, 0, 0, 0)
    assert desk.all("person", "name", "company", "customer", "lost", "note") == [
        ("Ada King", "Acme", True, False, None), ("Solo", None, True, True, "Employees: 5"),
    ]  # fmt: skip
    firms = dict(zip(*zip(*desk.all("company", "name", "customer"), strict=True), strict=True))
    assert firms == {"Acme": False, "Bolt Ltd": True}
    assert desk.store.lists.count(Filter("customer", is_("lost", True))) == 2


def test_a_customer_of_one_name_is_told_by_its_legal_form(desk: Desk) -> None:
    desk.load("customer", "Customer name,City\nAcme GmbH,Berlin\nAda King,Bonn\n")
    assert (desk.all("company", "name"), desk.all("person", "name")) == ([("Acme GmbH",)], [("Ada King",)])


def test_each_customer_is_told_by_what_its_row_holds(desk: Desk) -> None:
    firms = ["Vanguard,,Steel,,", "Bolt,Bolt,Steel,,", "Acme GmbH,,,,", "Lodestar,,,,12"]
    people = ["Ada King,,,,", "Bo Derek,,Film,Actor,", "Cy Young,Sox,Sport,,"]
    rows = "\n".join([*firms, *people])
    desk.load("customer", f"Name,Company,Industry,Job title,Employees\n{rows}\n")
    marked = [name for name, customer in desk.all("company", "name", "customer") if customer]
    assert marked == ["Vanguard", "Bolt", "Acme GmbH", "Lodestar"]
    assert desk.all("person", "name", "company", "note") == [
        ("Ada King", None, None), ("Bo Derek", None, "Industry: Film"), ("Cy Young", "Sox", "Industry: Sport"),
    ]  # fmt: skip


def test_a_parent_may_stand_below_its_child(desk: Desk) -> None:
    desk.load("company", "Company,Subsidiary of\nChild,Parent\nParent,\nOther,Elsewhere\nOwn,Own\n")
    assert sorted(desk.all("company", "name", "parent"), key=str) == [
        ("Child", "Parent"), ("Elsewhere", None), ("Other", "Elsewhere"), ("Own", None), ("Parent", None),
    ]  # fmt: skip
    again = desk.load("company", "Company,Subsidiary of\nChild,Parent\nParent,\nOther,Elsewhere\nOwn,Own\n")
    assert counts(again) == (0, 0, 4, 0, 0)


DEALS = (
    "Deal ID,Deal name,Account,Product,Stage,Create date,Close date,Amount,Probability\n"
    "1,Grinders,Acme,GTX Pro,Proposal,2026-01-05,2026-09-01,100,\n"
    "2,,Acme,GTXPro,Closed Won,2026-01-05,2026-02-04,200,80\n"
    "3,,,GTXPro,Closed lost,2026-01-10,2026-01-30,300,\n"
    "4,Odd,Acme,,Somewhere,,,400,45 %\n"
    "5,,,,Proposal,,,,\n"
)


def test_deals_come_with_stages_dates_and_likelihoods(desk: Desk) -> None:
    result = desk.load("deal", DEALS)
    assert counts(result) == (5, 0, 0, 0, 0)
    names = ("name", "company", "product", "stage", "status", "probability", "probability_source")
    assert desk.all("deal", *names) == [
        ("Grinders", "Acme", "GTX Pro", "Proposal", "open", 30, "stage"),
        ("Acme, GTXPro", "Acme", "GTX Pro", "Won", "won", 100, "stage"),
        ("GTXPro", None, "GTX Pro", "Lost", "lost", 0, "stage"),
        ("Odd", "Acme", None, "Lead generation", "open", 45, "manual"),
        ("5", None, None, "Proposal", "open", 30, "stage"),
    ]
    assert desk.all("deal", "opened_on", "expected_close", "closed_on", "cycle_days")[:2] == [
        (date(2026, 1, 5), date(2026, 9, 1), None, None), (date(2026, 1, 5), None, date(2026, 2, 4), 30),
    ]  # fmt: skip
    assert desk.all("deal", "note")[3] == ("Stage: Somewhere",)
    assert [q.column for q in result.outcome.questions.values()] == ["Stage"]


def test_only_proved_entries_are_in_the_stage_log(desk: Desk) -> None:
    desk.load("deal", DEALS)
    assert desk.all("stage_log", "deal", "stage", "entered_on") == [
        ("Grinders", "Lead generation", date(2026, 1, 5)),
        ("Acme, GTXPro", "Lead generation", date(2026, 1, 5)),
        ("Acme, GTXPro", "Won", date(2026, 2, 4)),
        ("GTXPro", "Lead generation", date(2026, 1, 10)),
        ("GTXPro", "Lost", date(2026, 1, 30)),
    ]


def test_the_date_of_the_present_stage_is_proved_too(desk: Desk) -> None:
    desk.load("deal", "Deal name,Stage,Last stage change\nA,Negotiation,2026-05-01\nB,Proposal,\n")
    assert desk.all("deal", "stage_since") == [(date(2026, 5, 1),), (None,)]


def test_a_status_decides_over_the_stage(desk: Desk) -> None:
    desk.load("deal", "Deal name,Deal stage,Won/Lost,Pipeline\nA,Proposal,won,\nB,Proposal,,Big deals\nC,,lost,\n")
    assert desk.all("deal", "stage", "note") == [("Won", None), ("Proposal", "Pipeline: Big deals"), ("Lost", None)]


def test_likelihoods_may_be_fractions(desk: Desk) -> None:
    desk.load("deal", "Deal name,Probability\nA,0.25\nB,0.5\nC,1\n")
    assert [value for (value,) in desk.all("deal", "probability")] == [25, 50, 100]


def test_deals_find_people_by_address(desk: Desk) -> None:
    desk.load("person", "Name,Email\nAda King,ada@king.org\n")
    desk.load("deal", "Deal name,Contact email,Contact person\nA,ADA@king.org,\nB,new@x.de,Ben New\nC,,Ada King\n")
    assert [person for (person,) in desk.all("deal", "person")] == ["Ada King", "Ben New", "Ada King"]
    assert desk.all("person", "name", "email")[1] == ("Ben New", ("new@x.de",))


def test_purchases_are_of_somebody(desk: Desk) -> None:
    desk.load("company", "Company\nAcme\n")
    result = desk.load(
        "purchase",
        "Customer,Customer email,Product,Order date,Qty,Amount\n"
        "Acme,,A1,2026-01-02,2,10\n,ada@king.org,A1,2026-01-03,1.5,5\n,,A1,2026-01-04,1,5\nAcme,,A1,2026-01-02,2,10\n",
    )
    assert counts(result) == (3, 0, 0, 0, 1)
    assert desk.all("purchase", "company", "person", "product", "quantity", "bought_on")[:2] == [
        ("Acme", None, "A1", Decimal(2), date(2026, 1, 2)),
        (None, "ada@king.org", "A1", Decimal("1.5"), date(2026, 1, 3)),
    ]
    assert desk.store.lists.count(Filter("customer")) == 2


def test_lines_of_an_order_are_several_purchases(desk: Desk) -> None:
    text = "Order ID,Customer,Product,Amount\n7,Acme,A1,10\n7,Acme,B2,20\n7,Acme,A1,10\n8,Acme,A1,10\n"
    assert counts(desk.load("purchase", text)) == (3, 0, 0, 1, 0)
    assert [number for (number,) in desk.all("purchase", "source_id")] == ["7", "7#2", "8"]
    assert counts(desk.load("purchase", text)) == (0, 0, 3, 1, 0)


def test_customers_known_by_a_number_alone_get_a_record(desk: Desk) -> None:
    desk.load("purchase", "Customer ID,Date,Amount\n17,2026-01-02,5\n17,2026-02-02,6\n18,2026-01-02,7\n")
    assert desk.all("person", "name", "source_id") == [("17", "17"), ("18", "18")]
    assert [person for (person,) in desk.all("purchase", "person")] == ["17", "17", "18"]


def test_roles_bring_people_and_say_where_they_work(desk: Desk) -> None:
    text = "Person,Company,Job title,From,Until\nZed Roe,Acme,Chef,2020-01-01,\nAmy Poe,Acme,Cook,,2020-02-02\n"
    assert counts(desk.load("employment", text)) == (2, 0, 0, 0, 0)
    assert sorted(desk.all("person", "name", "company", "job_title"), key=str) == [
        ("Amy Poe", None, None), ("Zed Roe", "Acme", "Chef"),
    ]  # fmt: skip
    assert counts(desk.load("employment", text)) == (0, 0, 2, 0, 0)
    assert_derived_is_true(desk.store)


def test_activities_and_tasks_link_and_count_as_touch(desk: Desk) -> None:
    desk.load("person", "Name,Email,Company\nAda King,ada@king.org,King Ltd\n")
    desk.load(
        "activity",
        "Activity type,Date,Subject,Contact email,Duration,Outcome\n"
        "Anruf,2026-03-01,Price,ada@king.org,15,good\nZeppelin,2026-03-02,,ada@king.org,,\n",
    )
    desk.load("task", "Task,Due date,Due time,Contact email\nCall back,2026-12-01,9:05,ada@king.org\n")
    assert desk.all("activity", "type", "happened_on", "person", "minutes", "outcome") == [
        ("call", date(2026, 3, 1), "Ada King", 15, "positive"), ("note", date(2026, 3, 2), "Ada King", None, None),
    ]  # fmt: skip
    for kind in ("person", "company"):  # what was done with a person was done with the company
        assert desk.one(kind, "last_touch", "next_step", "next_activity") == (
            date(2026, 3, 1), "Call back", date(2026, 12, 1),
        )  # fmt: skip
    assert desk.one("task", "due_at") == "09:05"
    assert_derived_is_true(desk.store)


def test_a_cancelled_import_leaves_nothing(desk: Desk) -> None:
    before = snapshot(desk.store)
    path = desk.table(["Name", "Size"], [[f"Name {n}", str(n)] for n in range(12_000)])
    drafts = desk.propose("lead", path, unmapped="custom")
    progress = Progress(lambda p: p.cancel() if p.step >= 5000 else None)
    with pytest.raises(Cancelled):
        desk.importing.run(drafts, progress)
    assert snapshot(desk.store) == before
    assert "size" not in desk.store.catalogue.kind("lead").fields
    assert desk.store.peek_undo() is None


def test_progress_tells_how_far_it_is(desk: Desk) -> None:
    heard: list[tuple[int, int]] = []
    path = desk.table(["Name"], [[f"Name {n}"] for n in range(11_000)])
    desk.importing.run(desk.propose("lead", path), Progress(lambda p: heard.append((p.step, p.total))))
    assert [step for step, _ in heard][:2] == [5000, 10_000]
    assert all(step <= total for step, total in heard)


def test_a_plan_writes_nothing(desk: Desk) -> None:
    before = snapshot(desk.store)
    drafts = desk.propose("deal", desk.file(DEALS), unmapped="custom")
    plan = desk.importing.plan(drafts)
    assert plan.outcome.rows.new == 5
    assert plan.outcome.samples[0]["name"] == "Grinders"
    assert snapshot(desk.store) == before


def test_the_command_line_gets_one_document(desk: Desk) -> None:
    path = desk.file("Name,Email\nA,a@b.de\nA,a@b.de\nB,wrong\n")
    from crm_desktop.services.importing import ImportOptions

    planned = desk.importing.from_files("lead", [path], ImportOptions(), dry_run=True)
    done = desk.importing.from_files("lead", [path], ImportOptions())
    found = {"read": 3, "new": 1, "updated": 0, "unchanged": 0, "duplicate": 1, "refused": 1}
    assert {name: done[name] for name in found} == found
    assert done["kinds"] == {"lead": found}
    assert (planned["action"], done["action"], done["questions"]) == (None, 1, [])


def test_left_out_rows_of_different_files_need_files_of_their_own(desk: Desk, tmp_path: Path) -> None:
    first, second = desk.file("Name\nA\n", "a.csv"), desk.file("Name,Email\nB,b@c.de\n", "b.csv")
    with pytest.raises(UserError, match="one by one"):
        desk.importing.run(desk.propose("lead", first, second), refused=tmp_path / "out.csv")


def test_people_of_one_name_at_two_companies_are_two(desk: Desk) -> None:
    desk.load(
        "deal",
        "Deal name,Company,Contact person\nA,Acme,Ada King\nB,Bolt,Ada King\nC,Acme,ada king\nD,,Ada King\n",
    )
    assert desk.all("person", "name", "company") == [("Ada King", "Acme"), ("Ada King", "Bolt")]
    assert desk.all("deal", "company", "person")[3] == (None, "Ada King")


def test_numbers_of_linked_records_are_kept_to_know_them_again(desk: Desk) -> None:
    head = "Record ID,Deal Name,Deal Stage,Associated Company,Associated Company IDs\n"
    desk.load("deal", f"{head}1,A,Proposal,Acme,77;78\n2,B,Proposal,Acme,99\n")
    assert desk.all("company", "name", "source_system", "source_id") == [
        ("Acme", "hubspot", "77"),
        ("Acme", "hubspot", "99"),
    ]
    later = desk.load("company", "Record ID,Company name,City\n77,Acme Inc,Berlin\n99,Acme Ltd,Bonn\n5,New,Ulm\n")
    assert counts(later) == (1, 2, 0, 0, 0)
    assert desk.all("company", "name", "city") == [("Acme", "Berlin"), ("Acme", "Bonn"), ("New", "Ulm")]


def test_a_name_made_of_an_address_gives_way_to_the_own_one(desk: Desk) -> None:
    desk.load("deal", "Deal name,Company domain,Contact email\nA,acme.com,ada@acme.com\n")
    desk.load("purchase", "Customer ID,Date\nX7,2026-01-02\n")
    desk.load("company", "Company,Domain\nAcme Inc,acme.com\n")
    desk.load("person", "Customer ID,Name,Email\nX7,Ben Long,\n8,Ada King,ada@acme.com\n")
    assert desk.all("company", "name") == [("Acme Inc",)]
    assert sorted(desk.all("person", "name")) == [("Ada King",), ("Ben Long",)]


def test_no_company_comes_to_stand_above_itself(desk: Desk) -> None:
    found = desk.load("company", "Company,Subsidiary of\nOne,Three\nTwo,One\nThree,Two\nFour,Two\n")
    assert sorted(desk.all("company", "name", "parent"), key=str) == [
        ("Four", "Two"), ("One", "Three"), ("Three", None), ("Two", "One"),
    ]  # fmt: skip
    [problem] = found.outcome.problems.values()
    assert (problem.column, problem.rows, problem.values, problem.refused) == ("parent", [4], ["Two"], False)
    again = desk.load("company", "Company,Subsidiary of\nTop,\nThree,Four\nFour,Top\nOne,\n", on_match="overwrite")
    assert counts(again) == (1, 2, 1, 0, 0)
    assert sorted(desk.all("company", "name", "parent"), key=str) == [
        ("Four", "Top"), ("One", "Three"), ("Three", "Four"), ("Top", None), ("Two", "One"),
    ]  # fmt: skip


@pytest.mark.parametrize("rows", ["A,B\nB,C\nC,\n", "B,C\nA,B\nC,\n", "C,\nB,C\nA,B\n"])
def test_parents_may_change_places_in_any_order_of_rows(desk: Desk, rows: str) -> None:
    desk.load("company", "Company,Subsidiary of\nB,A\nA,\nC,\n")
    found = desk.load("company", "Company,Subsidiary of\n" + rows, on_match="overwrite")
    assert not found.outcome.problems
    assert counts(found) == (0, 2, 1, 0, 0)
    assert sorted(desk.all("company", "name", "parent")) == [("A", "B"), ("B", "C"), ("C", None)]


def test_a_parent_that_cannot_be_is_told_once_with_both_names(desk: Desk) -> None:
    desk.load("company", "Company,Subsidiary of\nB,A\nA,P\nP,\n")
    found = desk.load("company", "Company,Subsidiary of\nA,B\nP,\n", on_match="overwrite")
    [problem] = found.outcome.problems.values()
    assert problem.sentence == "“A” cannot belong to “B”, which belongs to it"
    assert (problem.count, problem.rows, counts(found)) == (1, [2], (0, 0, 2, 0, 0))
    assert sorted(desk.all("company", "name", "parent")) == [("A", "P"), ("B", "A"), ("P", None)]
    # What A keeps is no way out either once P has come to stand below it.
    desk.load("company", "Company,Subsidiary of\nP,\nB,P\n", on_match="overwrite")
    found = desk.load("company", "Company,Subsidiary of\nP,A\nA,B\n", on_match="overwrite")
    assert [problem.rows for problem in found.outcome.problems.values()] == [[3], [2]]
    assert sorted(desk.all("company", "name", "parent")) == [("A", "P"), ("B", "P"), ("P", None)]


def test_thousands_of_new_tags_come_in_at_once(desk: Desk) -> None:
    few, many = ([f"{name} {n}" for n in range(count)] for name, count in (("one", 30), ("two", 3_000)))
    asked_for = []
    for tags in (few, many):
        rows = [[f"{tags[0]} King", "; ".join(tags), "x"], *([f"{tags[0]} {n}", "Vip", "y"] for n in range(20))]
        path = desk.table(["Name", "Tags", "Source"], rows)
        drafts = desk.propose("lead", path)
        with asked(desk.store) as questions:
            desk.importing.run(drafts)
        asked_for.append(len(questions))
    assert asked_for[1] <= asked_for[0]
    held = dict(desk.all("lead", "name", "tags"))
    assert held["two 0 King"] == tuple(many) and held["one 0 3"] == ("Vip",)


def test_leads_without_a_status_ask_for_the_first_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "CHUNK", 5)
    drafts = desk.propose("lead", desk.table(["Name", "E-mail"], [[f"P{n}", f"p{n}@x.example"] for n in range(30)]))
    with asked(desk.store) as questions:
        desk.importing.run(drafts)
    assert sum("FROM lead_status_row r" in sql for sql in questions) == 1
    assert {status for (status,) in desk.all("lead", "status")} == {"New"}


def test_a_lead_is_one_since_the_file_says_or_since_it_came(desk: Desk) -> None:
    desk.load("lead", "Name,Created date,Lifecycle stage\nAda King,2024-03-02,\nBo Lee,,Lead\nCy Ray,,\nDi Fox,,MQL\n")
    assert desk.all("lead", "first_name", "lifecycle", "lead_on", "mql_on") == [
        ("Ada", "lead", date(2024, 3, 2), None), ("Bo", "lead", NOW.date(), None),
        ("Cy", "lead", NOW.date(), None), ("Di", "mql", None, None),
    ]  # fmt: skip
