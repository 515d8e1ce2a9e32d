"""Reports on the command line: the documents of sales, funnel, churn and pipeline on the sample data."""

import pytest

from tests.cli.conftest import Run


def test_each_report_has_its_figures_and_rows(run: Run) -> None:
    assert run("demo").code == 0
    sales = run("report", "sales").json
    assert set(sales["figures"]) == {
        "won_count", "lost_count", "open_count", "win_rate", "win_rate_value", "won_value", "average_won_value",
        "median_won_value", "cycle_days_mean", "cycle_days_median", "velocity_per_day",
    }  # fmt: skip
    funnel = run("report", "funnel").json
    assert funnel["rows"][0]["step"] == "lead"
    assert {"step", "count", "rate_next", "rate_total", "filter"} <= set(funnel["rows"][0])
    churn = run("report", "churn").json
    assert {"churn_rate", "retention_rate", "revenue_churn_rate", "lost", "active_at_start"} <= set(churn["figures"])
    pipeline = run("report", "pipeline").json
    assert {"stage", "count", "value", "weighted", "filter"} <= set(pipeline["rows"][0])


def test_every_row_opens_as_many_records_as_it_counts(run: Run) -> None:
    import json

    run("demo")
    for name in ("funnel", "pipeline"):
        rows = run("report", name).json["rows"]
        assert rows
        for row in rows:
            wanted = row["filter"]
            assert run("list", wanted["kind"], "--filter", json.dumps(wanted), "--count").json["count"] == row["count"]


def test_every_report_is_split_by_a_field(run: Run) -> None:
    run("demo")
    for name, field in (("sales", "source"), ("funnel", "source"), ("churn", "segment"), ("pipeline", "company.city")):
        rows = run("report", name, "--by", field).json["rows"]
        assert len({row[field] for row in rows}) > 1
    assert sum(row["count"] for row in rows) == 25


def test_a_rate_without_denominator_has_a_reason(run: Run) -> None:
    figure = run("report", "sales").json["figures"]["win_rate"]
    assert figure["value"] is None
    assert figure["reason"]


def test_people_read_a_table(run: Run) -> None:
    run("demo")
    document = run("report", "pipeline").json
    assert document["figures"]["open_value"]["value"] == {"amount": "303000.00", "currency": "EUR"}


@pytest.mark.parametrize(("words", "said"), [
    (["--to", "2026-11-01"], "--from"), (["--from", "2026-11-01", "--to", "2026-10-01"], "ends before it starts"),
    (["--from", "0001-01-01"], "lies between"), (["--from", "2026-01-01", "--to", "9999-12-31"], "lies between"),
    (["--from", "soon"], "not a date"), (["--filter", "ghost:1"], "no field"), (["--by", "ghost"], "no field"),
])  # fmt: skip
@pytest.mark.parametrize("name", ["sales", "funnel", "churn"])
def test_a_period_or_field_that_is_none_is_refused(run: Run, name: str, words: list[str], said: str) -> None:
    answer = run("report", name, *words)
    assert (answer.code, answer.out) == (1, "")
    assert said in answer.err


def test_the_pipeline_takes_no_period(run: Run) -> None:
    assert run("report", "pipeline", "--from", "2026-01-01").code == 1
    assert "no field" in run("report", "pipeline", "--by", "ghost").err
    assert run("report", "ghost").code == 2
