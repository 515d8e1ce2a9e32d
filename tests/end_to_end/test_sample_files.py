"""Other people's files: the figures that are known of them, undo, a second import, and tables nobody would expect."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.bootstrap import open_services
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.filter import Filter
from crm_desktop.paths import DataDir
from crm_desktop.services import Services
from crm_desktop.services.importing import ImportOptions
from crm_desktop.settings import Settings
from tests.cli.conftest import Run
from tests.end_to_end.bad_files import NOW
from tests.storage.equality import snapshot

FILES = (
    ("maven_crm/accounts.csv", "company"),
    ("maven_crm/products.csv", "product"),
    ("maven_crm/sales_pipeline.csv", "deal"),
    ("churn_bank/Churn_Modelling.csv", "customer"),
    ("hubspot_demo/hubspot_companies.csv", "company"),
    ("hubspot_demo/hubspot_contacts.csv", "person"),
    ("hubspot_demo/hubspot_deals.csv", "deal"),
    ("datablist/leads-100.csv", "lead"),
    ("datablist/customers-100.csv", "customer"),
    ("datablist/organizations-100.csv", "company"),
    ("datablist/people-1000.csv", "person"),
    ("contacts/google_contacts_current_headers.csv", "person"),
    ("contacts/google_contacts_legacy_headers.csv", "person"),
    ("contacts/outlook_thunderbird_all_fields.csv", "person"),
    ("contacts/thunderbird_address_book.csv", "person"),
    ("contacts/generic_rolodex.csv", "lead"),
    ("intl/people_by_locale.csv", "person"),
    ("dedupe_febrl/febrl1_input.csv", "person"),
)


def sample(shared_data: Path, name: str) -> Path:
    """One of the files, where it is there."""
    path = shared_data / name
    if not path.exists():
        pytest.skip(f"{name} is not beside the project")
    return path


def figures(report: dict[str, Any]) -> dict[str, Any]:
    """The values of a report; of money the amount."""
    values = {name: figure["value"] for name, figure in report["figures"].items()}
    return {name: value["amount"] if isinstance(value, dict) else value for name, value in values.items()}


def test_the_sales_of_a_hardware_seller(run: Run, shared_data: Path) -> None:
    names = ("accounts", "products", "sales_pipeline")
    paths = [sample(shared_data, f"maven_crm/{name}.csv") for name in names]
    document = run("import", "auto", *paths).json
    assert (document["read"], document["new"], document["refused"]) == (8892, 8892, 0)
    found = figures(run("report", "sales").json)
    counted = {name: found[name] for name in ("won_count", "lost_count", "open_count")}
    assert counted == {"won_count": 4238, "lost_count": 2473, "open_count": 2089}
    amounts = [found[name] for name in ("won_value", "average_won_value", "median_won_value")]
    assert amounts == ["10005534.00", "2360.91", "1117.00"]
    assert found["win_rate"] == pytest.approx(0.6315, abs=5e-5)
    assert found["cycle_days_mean"] == pytest.approx(51.78, abs=5e-3)
    assert found["cycle_days_median"] == 57
    quarters = (("01-01", "03-31"), ("04-01", "06-30"), ("07-01", "09-30"), ("10-01", "12-31"))
    won = [
        figures(run("report", "sales", "--from", f"2017-{start}", "--to", f"2017-{end}").json)["won_value"]
        for start, end in quarters
    ]
    assert won == ["1134672.00", "3086111.00", "2982255.00", "2802496.00"]
    rows = run("report", "sales", "--by", "company").json["rows"]
    largest = max((row for row in rows if row["company"]), key=lambda row: float(row["won_value"]["amount"]))
    assert (largest["company"], largest["won_value"]["amount"]) == ("Kan-code", "341455.00")
    assert run("list", "deal", "--filter", "company:none", "--count").json["count"] == 1425
    assert run("list", "product", "--count").json["count"] == 7
    spelled = run("list", "deal", "--filter", 'product:"GTX Pro"', "--count").json["count"]
    assert spelled == paths[2].read_text("utf-8").count(",GTXPro,")
    assert run("check").json["sound"]


def test_the_customers_a_bank_lost(run: Run, shared_data: Path) -> None:
    path = sample(shared_data, "churn_bank/Churn_Modelling.csv")
    assert run("import", "customer", path).json["new"] == 10_000
    report = run("report", "churn").json
    found = figures(report)
    assert (found["active_at_start"], found["lost"], found["churn_rate"]) == (10_000, 2_037, 0.2037)
    assert [(row["active_at_start"], row["lost"]) for row in report["rows"]] == [(10_000, 2_037)]


def test_the_deals_of_another_crm(run: Run, shared_data: Path) -> None:
    names = ("companies", "contacts", "deals")
    paths = [sample(shared_data, f"hubspot_demo/hubspot_{name}.csv") for name in names]
    document = run("import", "auto", *paths).json
    assert {kind: counts["new"] for kind, counts in document["kinds"].items()} == {
        "company": 200, "person": 950, "deal": 500,
    }  # fmt: skip
    found = figures(run("report", "sales").json)
    assert (found["won_count"], found["won_value"], found["lost_count"]) == (71, "8934361.48", 69)
    amounts = [row["amount"]["amount"] for row in run("list", "deal").json["rows"] if row["amount"]]
    assert sum(int(amount.replace(".", "")) for amount in amounts) == 62_499_790_17


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    """The services over an empty base."""
    made = open_services(DataDir(tmp_path / "data"), Settings(currency="EUR"), Clock.fixed(NOW))
    yield made
    made.close()


@pytest.mark.parametrize(("name", "kind"), FILES)
def test_an_import_is_undone_and_changes_nothing_twice(
    services: Services, shared_data: Path, name: str, kind: str
) -> None:
    path = sample(shared_data, name)
    importing = services.importing
    before = snapshot(services._store)
    first = importing.run(importing.propose([path], kind))
    counts = first.outcome.rows
    assert counts.read == counts.new + counts.updated + counts.unchanged + counts.duplicate + counts.refused > 0
    assert counts.new > 0
    after = snapshot(services._store)
    again = importing.run(importing.propose([path], kind))
    assert again.change is None, again.outcome.rows
    assert snapshot(services._store) == after
    services.history.undo()
    assert snapshot(services._store) == before
    services.history.redo()
    assert snapshot(services._store) == after
    assert services.safety.check().sound


def awkward(shared_data: Path) -> list[Path]:
    """Small tables with every fault."""
    folders = [sample(shared_data, "csv_spectrum/csvs"), sample(shared_data, "frictionless_csv")]
    return [path for folder in folders for path in sorted(folder.iterdir()) if path.suffix in (".csv", ".tsv")]


def test_tables_that_nobody_would_expect(run: Run, shared_data: Path, tmp_path: Path) -> None:
    paths = awkward(shared_data)
    assert len(paths) > 100
    imported = 0
    for number, path in enumerate(paths):
        data = tmp_path / f"data-{number}"
        looked = run("inspect", path, data=data)
        answer = run("import", "lead", path, "--unmapped", "custom", data=data)
        assert {looked.code, answer.code} <= {0, 1}, (path.name, looked.err, answer.err)
        for each in (looked, answer):
            assert len(each.err.splitlines()) == each.code, (path.name, each.err)
        if answer.code == 0:
            imported += 1
            counts = answer.json
            assert counts["read"] == looked.json["counts"]["rows"], path.name
            assert run("list", "lead", "--count", data=data).json["count"] <= counts["new"], path.name
            assert run("check", data=data).json["sound"], path.name
    assert imported > 20


def test_formulas_of_others_leave_as_texts(services: Services, shared_data: Path, tmp_path: Path) -> None:
    payloads = sample(shared_data, "csv_injection/csv-payload.txt").read_text("utf-8").splitlines()
    for text in filter(None, map(str.strip, payloads)):
        services.records.add("lead", {"last_name": text})
    out = tmp_path / "out.csv"
    done = services.exporting.export(Filter("lead"), ["last_name"], out)
    assert done.neutralised > 0
    assert not any(line.lstrip('"').startswith(("=", "@")) for line in out.read_text("utf-8-sig").splitlines())
    again = services.importing.run(services.importing.propose([out], "lead", ImportOptions()))
    assert again.outcome.rows.refused == 0
