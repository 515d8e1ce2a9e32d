"""What texts of other programs stand for, and cells that are mended before a row comes in."""

from dataclasses import replace

import pytest

from crm_desktop.domain.terms import LeadStatus
from crm_desktop.errors import UserError
from crm_desktop.services.fields import Holds
from crm_desktop.services.importing import ImportOptions, Meaning
from crm_desktop.services.statuses import Statuses
from tests.services.import_desk import Desk, counts

DEALS = "Deal name,Company,Stage,Amount\nA,Acme,Engaging,5\nB,Acme,Won,6\nC,Acme,Engaging,7\nD,Acme,Odd,8\n"


def told(found: tuple[Meaning, ...]) -> dict[str, str | None]:
    return {each.text: each.code for each in found}


def test_what_stages_of_another_program_stand_for_is_said_once(desk: Desk) -> None:
    path = desk.file(DEALS)
    (draft,) = desk.importing.propose([path], "deal", ImportOptions(by_hand=True))
    found = desk.importing.meanings(draft)
    assert told(found) == {"Engaging": "Qualification", "Won": "Won", "Odd": None}
    assert [each.count for each in found] == [2, 1, 1]
    assert "Negotiation" in dict(found[0].offered)
    meant = {"Stage": {"Engaging": "Negotiation", "Odd": "Proposal"}}
    draft = replace(draft, options=replace(draft.options, meanings=meant))
    assert told(desk.importing.meanings(draft)) == {"Engaging": "Negotiation", "Won": "Won", "Odd": "Proposal"}
    desk.importing.run([draft])
    desk.importing.remember(draft)
    assert desk.all("deal", "name", "stage") == [
        ("A", "Negotiation"), ("B", "Won"), ("C", "Negotiation"), ("D", "Proposal"),
    ]  # fmt: skip
    (again,) = desk.importing.propose([path], "deal")
    assert again.options.meanings == meant
    assert counts(desk.importing.run([again]))[:2] == (0, 0)


def test_choices_are_told_by_their_labels(desk: Desk) -> None:
    path = desk.file("Last name,Lifecycle stage,Status\nLee,SQL,New\nKim,hot one,Zzz\n")
    (draft,) = desk.importing.propose([path], "lead", ImportOptions(by_hand=True))
    found = {each.text: each for each in desk.importing.meanings(draft)}
    assert (found["SQL"].code, found["hot one"].code, found["New"].code) == ("sql", None, "New")
    assert dict(found["hot one"].offered)["mql"] == "MQL"
    statuses = [name for name, _ in found["New"].offered]
    assert statuses == [each.name for each in Statuses(desk.store).all() if each.type is not LeadStatus.CONVERTED]
    assert statuses[0] == "New"
    meant = {"Lifecycle stage": {"hot one": "mql"}}
    desk.importing.run([replace(draft, options=replace(draft.options, meanings=meant))])
    assert desk.all("lead", "last_name", "lifecycle") == [("Lee", "sql"), ("Kim", "mql")]


def test_a_status_is_meant_by_its_name_then_by_its_type_as_they_are_ordered(desk: Desk) -> None:
    statuses = Statuses(desk.store)
    statuses.order([each.id for each in sorted(statuses.all(), key=lambda each: each.name != "Nurturing")])
    statuses.add("Open", LeadStatus.RECYCLED)
    path = desk.file("Last name,Status\nLee,working\nKim,open\nBo,RECYCLED\n")
    (draft,) = desk.importing.propose([path], "lead", ImportOptions(by_hand=True))
    meant = {"working": "Nurturing", "open": "Open", "RECYCLED": "Recycled"}
    assert {each.text: each.code for each in desk.importing.meanings(draft)} == meant
    desk.importing.run([draft])
    assert [status for (status,) in desk.all("lead", "status")] == list(meant.values())


def test_no_word_of_a_file_makes_a_lead_a_converted_one(desk: Desk) -> None:
    statuses = Statuses(desk.store)
    path = desk.file("Last name,Status\nLee,Converted\nKim,Closed Won\nBo,Customer\nCy,New Lead\nDi,CONVERTED LEAD\n")
    (draft,) = desk.importing.propose([path], "lead", ImportOptions(by_hand=True))
    found = desk.importing.meanings(draft)
    assert told(found) == {
        "Converted": "Qualified", "Closed Won": None, "Customer": None, "New Lead": "New",
        "CONVERTED LEAD": "Qualified",
    }  # fmt: skip
    assert statuses.first(LeadStatus.CONVERTED).name not in dict(found[0].offered)
    desk.importing.run([draft])
    seen = [
        ("Qualified", "qualified"), ("Closed Won", "qualified"), ("Customer", "qualified"), ("New", "open"),
        ("Qualified", "qualified"),
    ]  # fmt: skip
    assert desk.all("lead", "status", "status_type") == seen
    desk.load("lead", "Last name,Status\nLee,Converted\nCy,Converted\n", on_match="overwrite")
    seen[3] = seen[0]
    assert desk.all("lead", "status", "status_type") == seen
    meant = {"Status": {"x": "Converted"}}
    desk.load("lead", "Last name,Status\nEd,x\n", meanings=meant)
    assert desk.all("lead", "status")[-1] == ("Qualified",)


def test_each_of_several_choices_stands_for_one(desk: Desk) -> None:
    desk.fields.add("person", "Likes", Holds("choice", ("Tea, green", "Coffee", "Cake"), several=True))
    path = desk.file('Last name,Likes\nLee,"coffee, tee"\nKim,tee;Kuchen\nBo,coffee\nCy,"\'=x | Tea, green"\n')
    (draft,) = desk.importing.propose([path], "person", ImportOptions(by_hand=True))
    found = desk.importing.meanings(draft)
    assert told(found) == {"coffee": "Coffee", "tee": None, "Kuchen": None, "=x": None, "Tea, green": "Tea, green"}
    assert {each.text: each.count for each in found}["tee"] == 2
    meant = {"Likes": {"tee": "tea, green", "Kuchen": "Cake", "coffee": "Cake", "=x": "Coffee"}}
    draft = replace(draft, options=replace(draft.options, meanings=meant))
    preview = desk.importing.preview(draft, 0)
    assert preview is not None and preview.values["likes"] == ("Cake", "Tea, green")
    desk.importing.run([draft])
    likes = [set(each) for (each,) in desk.all("person", "likes")]
    green = "Tea, green"
    assert likes == [{"Cake", green}, {"Cake", green}, {"Cake"}, {"Coffee", green}]
    assert [note for (note,) in desk.all("person", "note")] == [None] * 4


def test_the_choices_of_customers_are_those_of_people(desk: Desk) -> None:
    path = desk.file("Name,Role in the decision\nAda King,Champion\nBo Lee,Chief\n")
    (draft,) = desk.importing.propose([path], "customer", ImportOptions(by_hand=True))
    found = desk.importing.meanings(draft)
    assert told(found) == {"Champion": "influences", "Chief": None}
    assert dict(found[0].offered)["influences"] == "Influences"


def test_a_mended_cell_lets_its_row_in(desk: Desk) -> None:
    path = desk.file("Last name,Email\nLee,lee at home\nKim,kim@x.example\n")
    (draft,) = desk.importing.propose([path], "lead")
    (problem,) = desk.importing.plan([draft]).outcome.problems.values()
    assert problem.cells == [(2, "lee at home")]
    draft = replace(draft, options=replace(draft.options, edits={2: {"Email": "lee@home.example"}}))
    preview = desk.importing.preview(draft, 0)
    assert preview is not None and not preview.problems
    assert counts(desk.importing.run([draft])) == (2, 0, 0, 0, 0)
    assert desk.all("lead", "email") == [(("lee@home.example",),), (("kim@x.example",),)]


def test_no_row_of_a_file_that_was_changed_gets_what_was_mended_in_another(desk: Desk) -> None:
    (draft,) = desk.importing.propose([desk.file("Last name,Email\nLee,lee at home\n")], "lead")
    draft = replace(draft, options=replace(draft.options, edits={2: {"Email": "lee@home.example"}}))
    desk.file("Last name,Email\nKim,kim@x.example\nLee,lee at home\n")
    for told in (lambda: desk.importing.preview(draft, 0), lambda: desk.importing.run([draft])):
        with pytest.raises(UserError, match="was changed since it was opened"):
            told()
    assert desk.all("lead", "email") == []
