"""What people read who do not ask for JSON."""

import re
from pathlib import Path

import pytest

from crm_desktop.cli import main
from tests.cli.conftest import NOW, Run


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("show company:{top}", ["name: Top", "revenue: 1200.500 KWD", "employees: 7", "tags: hot, fair"]),
        ("show deal:{deal}", ["amount: 42000 JPY", "probability: 5", "company: Sub", "opened_on: 2026-11-12"]),
        ("list deal", ["{deal} Fit-out Sub Lead generation 42000 JPY 5 - -", "count: 1"]),
        ("list deal --filter name:nothing", ["rows: ", "count: 0"]),
        ("list deal --count", ["kind: deal", "count: 1"]),
        ("group company:{sub}", ["open_deals: 1", "value_JPY: 42000 JPY", "0 Top {top} 0"]),
        ("show company:{sub} --portrait", ["open_deals: 42000 JPY", "deals:", "{deal} Fit-out .*"]),
        ("report sales", ["won_count: 0", "open_count: 1", "win_rate: -", "report: sales"]),
        ("report pipeline", ["open_value: 0.00 EUR", "Lead generation 1 .* JPY: 42000"]),
        ("check", ["sound: yes", "repaired: no"]),
        ("history --limit 1", ["action at state what", "3 .* Fit-out added"]),
        ("export deal {out}", ["path: .*deals.csv", "rows: 1"]),
        ("set deal:{deal} amount=", ["verb: set", "subject: Fit-out", "touched: deal: 1"]),
    ],
)
def test_values_stand_on_lines_and_rows_in_columns(
    run: Run, tmp_path: Path, capfd: pytest.CaptureFixture[str], words: str, lines: list[str]
) -> None:
    top = run("add", "company", "name=Top", "revenue=1,200.5 KWD", "employees=7", "tags=hot, fair").json["id"]
    sub = run("add", "company", "name=Sub", f"parent=company:{top}").json["id"]
    deal = run("add", "deal", "name=Fit-out", f"company=company:{sub}", "amount=42000 JPY").json["id"]
    told = [text.format(top=top, sub=sub, deal=deal, out=tmp_path / "deals.csv") for text in (words, *lines)]
    assert main(["--data-dir", str(tmp_path / "data"), "--now", NOW, *told[0].split()]) == 0
    said = [re.sub(r" +", " ", line) for line in capfd.readouterr().out.splitlines()]
    assert not [line for line in said if line.startswith("filter")]
    for line in told[1:]:
        assert any(re.fullmatch(line.strip(), each.strip()) for each in said), (line, said)
