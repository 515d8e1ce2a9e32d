"""Cards and mails of a folder become leads, each once; no file is lost."""

import os
from pathlib import Path

import pytest

from crm_desktop.domain.filter import Filter
from crm_desktop.services import Services
from crm_desktop.services.inbox import TAKEN, put_aside

CARD = "BEGIN:VCARD\nN:King;Ada\nEMAIL:ada@king.example\nTEL;TYPE=CELL:+44 20 7946 0182\nEND:VCARD\n"
MAIL = "From: Bo Lind <bo@lind.example>\nSubject: Prices\n\nPlease call.\n"


@pytest.fixture
def box(tmp_path: Path) -> Path:
    """An inbox folder."""
    made = tmp_path / "inbox"
    made.mkdir()
    return made


def _names(services: Services) -> list[str]:
    ids = services.lists.ids(Filter("lead"))
    return sorted(str(name) for _, name in services.lists.rows("lead", ids, ["name"]))


def test_what_waits_is_told_by_what_becomes_of_it(services: Services, box: Path) -> None:
    for name in ("a.vcf", "b.EML", "c.csv", "d.pdf", ".hidden.vcf"):
        (box / name).write_text("x")
    (box / "folder.vcf").mkdir()
    waiting = services.inbox.waiting(box)
    assert ([path.name for path in waiting.people], [path.name for path in waiting.tables]) == (
        ["a.vcf", "b.EML"], ["c.csv"],
    )  # fmt: skip
    nowhere = services.inbox.waiting(box / "nowhere")
    assert (nowhere.files, nowhere.problem) == (frozenset(), "“nowhere” was not found. Check the name and the folder.")


def test_cards_and_mails_become_leads_in_one_step(services: Services, box: Path) -> None:
    (box / "cards.vcf").write_text(CARD + CARD.replace("Ada", "Eva").replace("ada", "eva").replace("0182", "0183"))
    (box / "mail.eml").write_text(MAIL)
    taken = services.inbox.take(services.inbox.waiting(box).people)
    assert (len(taken.leads), taken.known, taken.refused) == (3, 0, ())
    assert _names(services) == ["Ada King", "Bo Lind", "Eva King"]
    assert sorted(path.name for path in (box / TAKEN).iterdir()) == ["cards.vcf", "mail.eml"]
    assert not services.inbox.waiting(box).files
    shown = services.records.show("lead", taken.leads[0]).values
    assert (shown["email"], shown["phone"]) == (("ada@king.example",), ("+44 20 7946 0182",))
    services.history.undo(taken.change.action)
    assert _names(services) == []


@pytest.mark.parametrize("kind", ["lead", "person"])
def test_who_is_there_already_stays_as_they_are(services: Services, box: Path, kind: str) -> None:
    services.records.add(kind, {"name": "A. King", "email": ("ADA@king.example",)})
    (box / "twice.vcf").write_text(CARD)
    (box / "again.vcf").write_text(CARD)
    taken = services.inbox.take(services.inbox.waiting(box).people)
    assert (taken.leads, taken.known, taken.change.action) == ((), 2, 0)
    assert len(list((box / TAKEN).iterdir())) == 2


def test_one_who_comes_twice_at_once_is_one_lead(services: Services, box: Path) -> None:
    (box / "cards.vcf").write_text(CARD * 2)
    taken = services.inbox.take(services.inbox.waiting(box).people)
    assert (len(taken.leads), taken.known, taken.change.subject) == (1, 1, "Ada King")


def test_several_cards_and_mails_of_one_make_one_lead_with_all_they_say(services: Services, box: Path) -> None:
    later = CARD.replace("TEL", "TITLE:Head\nTEL;TYPE=WORK:+44 20 7946 0199\nTEL").replace("ada@", "ADA@")
    mail = MAIL.replace("Bo Lind", "Ada King").replace("bo@lind", "ada@king")
    for number, text in enumerate((mail, CARD.replace("+44 ", "0044 "), later)):
        path = box / f"{number}.{'vcf' if number else 'eml'}"
        path.write_text(text)
        os.utime(path, (number, number))
    taken = services.inbox.take(services.inbox.waiting(box).people)
    assert (len(taken.leads), taken.known) == (1, 2)
    shown = services.records.show("lead", taken.leads[0]).values
    assert (shown["email"], shown["job_title"]) == (("ada@king.example",), "Head")
    assert shown["phone"] == ("0044 20 7946 0182", "+44 20 7946 0199")
    assert shown["note"].endswith("Please call.")


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("empty.vcf", b"", "no card"),
        ("other.vcf", b"\x89PNG", "no card"),
        ("nobody.vcf", b"BEGIN:VCARD\nNOTE:hello\nEND:VCARD", "No name"),
        ("none.eml", b"hello", "no sender"),
    ],
)
def test_a_file_that_tells_of_nobody_stays(services: Services, box: Path, name: str, data: bytes, why: str) -> None:
    (box / name).write_bytes(data)
    (box / "good.vcf").write_text(CARD)
    taken = services.inbox.take(services.inbox.waiting(box).people)
    assert len(taken.leads) == 1
    [sentence] = taken.refused
    assert why in sentence
    assert name in sentence
    assert [path.name for path in services.inbox.waiting(box).people] == [name]


def test_a_file_that_went_away_meanwhile_is_told(services: Services, box: Path) -> None:
    taken = services.inbox.take([box / "gone.vcf"])
    assert "gone.vcf" in taken.refused[0]


def test_a_name_that_is_taken_gets_a_number(box: Path) -> None:
    places = []
    for _ in range(3):
        (box / "card.vcf").write_text("x")
        places.append(put_aside(box / "card.vcf")[0].name)
    assert places == ["card.vcf", "card 2.vcf", "card 3.vcf"]


def test_a_folder_where_nothing_can_be_put_aside_is_said(services: Services, box: Path) -> None:
    (box / TAKEN).write_text("a file in its place")
    (box / "card.vcf").write_text(CARD)
    taken = services.inbox.take(services.inbox.waiting(box).people)
    assert (len(taken.leads), len(taken.refused)) == (1, 1)
    assert services.inbox.take(services.inbox.waiting(box).people).known == 1
