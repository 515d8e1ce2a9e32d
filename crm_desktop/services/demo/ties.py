"""What stands between the people and companies of the sample: addresses, former roles, relations, groups, days."""

from collections.abc import Iterator, Mapping
from typing import Any

from crm_desktop.domain.anniversary import Anniversary
from crm_desktop.services.demo.words import Words, load
from crm_desktop.services.demo.writer import Writer

Known = Mapping[str, Mapping[str, int]]
"""Records of each kind by their name."""


def write(words: Words, writer: Writer, known: Known) -> None:
    """Writes it all; entries about somebody who is not in the sample of this day are left out."""
    found = load("ties")
    for entry in _of("person", known, found["points"]):
        writer.point(known["person"][entry["person"]], entry)
    for entry in _of("person", known, found["birthdays"]):
        writer.set("person", known["person"][entry["person"]], {"birthday": _day(words, entry)})
    for parent, children in found["groups"].items():
        for child in children:
            writer.set("company", known["company"][child], {"parent": known["company"][parent]})
    writer.put("occasion", [
        {"name": entry["name"], "day": _day(words, entry), **_links(known, entry)} for entry in found["occasions"]
    ])  # fmt: skip
    writer.put("employment", [
        {
            "job_title": entry["title"], "started_on": words.ago(entry["from"]),
            "ended_on": words.ago(entry["to"]) if entry["to"] else None, **_links(known, entry),
        }
        for entry in found["roles"]
    ])  # fmt: skip
    writer.put("relation", [
        {"type": entry["type"], "note": entry.get("note"), **_links(known, entry)} for entry in found["relations"]
    ])  # fmt: skip
    writer.put("contact_role", [{"role": entry["role"], **_links(known, entry)} for entry in found["buyers"]])


def _of(kind: str, known: Known, entries: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    return (entry for entry in entries if entry[kind] in known[kind])


def _links(known: Known, entry: Mapping[str, Any]) -> dict[str, int]:
    """The records that an entry names."""
    names = ("person", "company", "other_person", "other_company", "deal")
    return {name: known[name.removeprefix("other_")][entry[name]] for name in names if name in entry}


def _day(words: Words, entry: Mapping[str, Any]) -> Anniversary:
    """A day so many days from today, with its year where the age is told."""
    day = words.ago(-entry["in"])
    if (day.month, day.day) == (2, 29):
        day = words.ago(-entry["in"] - 1)
    return Anniversary(day.month, day.day, day.year - entry["age"] if "age" in entry else None)
