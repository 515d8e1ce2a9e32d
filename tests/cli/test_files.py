"""Files in and out by the command line."""

from pathlib import Path

from tests.cli.conftest import Run


def test_what_values_stand_for_can_be_said(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "deals.csv"
    path.write_text("Deal name,Company,Stage\nA,Acme,Engaging\n", "utf-8")
    for words in ("Stage:Engaging", "Nothing:Engaging=Won"):
        refused = run("import", "deal", path, "--value", words)
        assert refused.code and words.partition(":")[0] in refused.err
    assert run("import", "deal", path, "--value", "Stage:Engaging=Negotiation").json["new"] == 1
    assert run("list", "deal", "--filter", "stage:Negotiation", "--count").json["count"] == 1


def test_each_of_several_choices_can_be_said(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text('Name,Likes\nAda King,"tee, coffee"\n', "utf-8")
    assert run("add-field", "person", "Likes", "choice", "--choices", "Tea,Coffee", "--several").code == 0
    assert run("import", "person", path, "--value", "Likes:tee=Tea").json["problems"] == []
    assert run("list", "person").json["rows"][0]["likes"] == ["Tea", "Coffee"]


def test_statuses_that_are_new_are_named(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "leads.csv"
    path.write_text("Name,Status\nAda King,Hot\nBo Lee,Parked\nCy Vane,New\nDi Hart,hot\n", "utf-8")
    for words in (["--dry-run"], []):
        assert run("import", "lead", path, *words).json["statuses"] == ["Hot", "Parked"]
    assert "statuses" not in run("import", "lead", path).json


def test_named_fields_go_out_by_their_labels_unless_raw(run: Run, tmp_path: Path) -> None:
    run("add", "lead", "name=Ada", "lifecycle=sql")
    spoken, exact = tmp_path / "spoken.csv", tmp_path / "exact.csv"
    assert run("export", "lead", spoken, "--fields", "name,lifecycle").code == 0
    assert run("export", "lead", exact, "--fields", "name,lifecycle", "--raw").code == 0
    assert spoken.read_text("utf-8-sig").splitlines() == ['"Name","Lifecycle"', '"Ada","SQL"']
    assert exact.read_text("utf-8-sig").splitlines() == ['"name","lifecycle"', '"Ada","sql"']
