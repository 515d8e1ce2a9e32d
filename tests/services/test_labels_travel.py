"""Labels and flags of addresses go out in files and come in again."""

import csv
import shutil
from pathlib import Path

from crm_desktop.domain.contact import known_of
from crm_desktop.domain.filter import Filter, is_
from crm_desktop.services import Services
from crm_desktop.services.importing import ImportOptions
from tests.services.people_desk import add, at


def people(services: Services) -> dict[str, list[tuple[str, str, bool, bool]]]:
    """Every address with what is known of it, by the name of its person."""
    found = {}
    for number, name in services.lists.values(Filter("person"), ("name",)):
        points = services.contact_points.of("person", number)
        found[name] = [(p.value, p.label, p.invalid, p.opt_out) for p in points]
    return found


def filled(folder: Path) -> Services:
    services = at(folder)
    ada = add(services, "person", name="Ada King", email="ada@work.example, ada@home.example", phone="+49 30 123456")
    add(services, "person", name="Bob Ray", email="bob@work.example")
    work, home, phone = services.contact_points.of("person", ada)
    services.contact_points.change("email", work.id, label="work")
    services.contact_points.change("email", home.id, label="Cabin in the woods")
    services.contact_points.flag("email", home.id, "opt_out")
    services.contact_points.flag("phone", phone.id, "invalid")
    return services


def test_an_export_brings_labels_and_flags_back(tmp_path: Path) -> None:
    one, out = filled(tmp_path / "one"), tmp_path / "people.csv"
    ada = one.lists.ids(Filter("person", is_("name", "Ada King")))[0]
    for street, label in (("12 Quay", "work"), ("3 Hill", "home")):
        one.contact_points.add("person", ada, "address", {"street": street, "city": "Bristol"}, label)
    one.exporting.export(Filter("person"), None, out, raw=True)
    with out.open(encoding="utf-8-sig", newline="") as file:
        header = next(csv.reader(file))
    at_ = header.index("email")
    assert header[at_ : at_ + 6] == [
        "email", "email_label", "email_opt_out", "email_2", "email_2_label", "email_2_opt_out",
    ]  # fmt: skip
    two = at(tmp_path / "two")
    assert two.importing.from_files("person", [out], ImportOptions())["new"] == 2
    assert people(two) == people(one)
    again = two.importing.from_files("person", [out], ImportOptions())
    assert (again["unchanged"], again["updated"]) == (2, 0)
    one.close()
    two.close()


def test_a_label_that_was_changed_in_the_file_is_taken_over(tmp_path: Path) -> None:
    services, out = filled(tmp_path / "one"), tmp_path / "people.csv"
    services.exporting.export(Filter("person"), None, out)
    changed = out.read_text("utf-8-sig").replace('"bob@work.example",""', '"bob@work.example","home"').replace(
        "Cabin in the woods", "Summer house"
    )
    out.write_text(changed, "utf-8")
    services.importing.from_files("person", [out], ImportOptions())
    found = people(services)
    assert found["Bob Ray"] == [("bob@work.example", "home", False, False)]
    assert found["Ada King"][1][1:] == ("Cabin in the woods", False, True)
    answer = services.importing.from_files("person", [out], ImportOptions(on_match="overwrite"))
    assert answer["updated"] == 1
    assert people(services)["Ada King"][1] == ("ada@home.example", "Summer house", False, True)
    services.close()


def test_other_programs_tell_labels_by_columns_and_beside_them(tmp_path: Path) -> None:
    google = tmp_path / "google.csv"
    google.write_text(
        "First Name,Last Name,Organization Name,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,E-mail 2 - Value,"
        "Phone 1 - Label,Phone 1 - Value\n"
        "Ada,King,Works,* Work,ada@work.example,Cabin,ada@home.example,Mobile,+49 30 123456\n", "utf-8",
    )  # fmt: skip
    pipedrive = tmp_path / "pipedrive.csv"
    pipedrive.write_text(
        "Person - ID,Person - Name,Person - Email - Work,Person - Email - Home,Person - Phone - Mobile\n"
        "7,Bob Ray,bob@work.example,bob@home.example,+49 30 654321\n", "utf-8",
    )  # fmt: skip
    services = at(tmp_path)
    for file in (google, pipedrive):
        assert services.importing.from_files("person", [file], ImportOptions())["new"] == 1
    assert {name: [(value, label) for value, label, *_ in points] for name, points in people(services).items()} == {
        "Ada King": [("ada@work.example", "work"), ("ada@home.example", "Cabin"), ("+49 30 123456", "mobile")],
        "Bob Ray": [("bob@work.example", "work"), ("bob@home.example", "home"), ("+49 30 654321", "mobile")],
    }
    services.close()


def test_an_opt_out_in_a_file_holds_for_who_is_there_already(tmp_path: Path) -> None:
    services, file = at(tmp_path), tmp_path / "people.csv"
    lead = add(services, "lead", name="A. King", email="ada@work.example")
    file.write_text("first_name,last_name,email,email_opt_out\nAda,King,ada@work.example,yes\n", "utf-8")
    services.importing.from_files("person", [file], ImportOptions())
    assert services.contact_points.usable("lead", lead, "email") == (None, 1)
    services.history.undo()
    assert services.contact_points.usable("lead", lead, "email")[1] == 0
    assert known_of("plain") == ("", False, False)
    services.close()


def test_everything_around_people_travels_with_them(tmp_path: Path) -> None:
    one, two = at(tmp_path / "one"), at(tmp_path / "two")
    one.demo.fill()
    one.exporting.export_all(tmp_path / "all.zip")
    shutil.unpack_archive(tmp_path / "all.zip", tmp_path / "all")
    files = sorted((tmp_path / "all").iterdir())
    two.importing.from_files("auto", files, ImportOptions())
    for kind, fields in AROUND.items():
        assert seen(two, kind, fields) == seen(one, kind, fields) != []
    again = two.importing.from_files("auto", files, ImportOptions())
    assert {kind: counts["new"] for kind, counts in again["kinds"].items() if counts["new"]} == {}
    one.close()
    two.close()


AROUND = {
    "employment": ("person", "company", "job_title", "started_on", "ended_on"),
    "relation": ("type", "person", "company", "other_person", "other_company", "note"),
    "occasion": ("person", "company", "name", "day"),
    "contact_role": ("deal", "person", "role"),
    "company": ("name", "parent"),
}


def seen(services: Services, kind: str, fields: tuple[str, ...]) -> list[tuple[str, ...]]:
    return sorted(tuple(map(str, row[1:])) for row in services.lists.values(Filter(kind), fields))


def test_rows_that_hang_in_the_air_stay_out(tmp_path: Path) -> None:
    services, file = at(tmp_path), tmp_path / "relations.csv"
    add(services, "person", name="Ada King")
    file.write_text("type,person,other_person\nknows,Ada King,\nknows,,\n", "utf-8")
    answer = services.importing.from_files("relation", [file], ImportOptions())
    assert (answer["refused"], answer["new"]) == (2, 0)
    services.close()
