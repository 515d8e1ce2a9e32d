"""A file of invented people, of whom some are in it twice with the slips that people make."""

import csv
import random
import string
from collections.abc import Iterator
from pathlib import Path

COLUMNS = ("Number", "First name", "Last name", "Email", "Phone", "Street", "City", "Postcode", "Birthday", "Passport")
TWICE = 0.1
"""The share of rows that are somebody again."""

_SYLLABLES = ("an", "be", "chri", "do", "el", "fra", "gre", "ha", "is", "jo", "ka", "lu", "mar", "ni", "ol", "pe", "ro",
              "sa", "ti", "wal", "schmi", "wein", "hof", "berg", "lin", "ster", "ner", "son", "ley", "ton")  # fmt: skip
_MISSING = {"Email": 0.4, "Phone": 0.4, "Birthday": 0.3, "Passport": 0.5, "Street": 0.1}

Row = dict[str, str]


def people(count: int) -> Iterator[tuple[Row, int]]:
    """Rows, the same every time, each with the number of who it is."""
    dice = random.Random(20261122)
    first, last = _names(dice, 400, 2), _names(dice, 6000, 3)
    cities, streets = _names(dice, 300, 2), _names(dice, 2000, 3)
    known: list[Row] = []
    for number in range(count):
        if known and dice.random() < TWICE:
            who = dice.randrange(len(known))
            row = _again(dice, known[who])
        else:
            who = len(known)
            # Some names are common, most are not.
            row = _person(dice, first[int(len(first) * dice.random() ** 2)], last[int(len(last) * dice.random() ** 2)])
            place = dice.randrange(len(cities))
            row |= {"City": cities[place], "Postcode": f"{10000 + place * 37 + dice.randrange(9)}",
                    "Street": f"{dice.choice(streets)} street {dice.randrange(1, 120)}"}  # fmt: skip
            known.append(row)
        yield {"Number": f"{number}", **_with_gaps(dice, row)}, who


def write_csv(path: Path, count: int) -> list[int]:
    """The file that is imported; answers who each row is."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        who = []
        for row, each in people(count):
            writer.writerow(row)
            who.append(each)
    return who


def _names(dice: random.Random, count: int, length: int) -> list[str]:
    found: dict[str, None] = {}
    while len(found) < count:
        found["".join(dice.choices(_SYLLABLES, k=length)).capitalize()] = None
    return list(found)


def _person(dice: random.Random, first: str, last: str) -> Row:
    digits = "".join(dice.choices(string.digits, k=7))
    born = f"{dice.randrange(1930, 2006)}-{dice.randrange(1, 13):02}-{dice.randrange(1, 29):02}"
    host = dice.choice(("post", "mail", "home", "inbox"))
    return {
        "First name": first, "Last name": last, "Phone": f"+49 30 {digits}", "Birthday": born,
        "Email": f"{first}.{last}{dice.randrange(100)}@{host}.example".lower(),
        "Passport": f"{dice.choice(string.ascii_uppercase)}{dice.randrange(10**7, 10**8)}",
    }  # fmt: skip


def _with_gaps(dice: random.Random, row: Row) -> Row:
    return {name: "" if dice.random() < _MISSING.get(name, 0) else value for name, value in row.items()}


def _again(dice: random.Random, row: Row) -> Row:
    """The same person as somebody else typed it: letters wrong, names swapped, a new address or mail."""
    found = dict(row)
    for name in dice.sample(("First name", "Last name", "Street", "City"), dice.choice((0, 1, 1, 2))):
        found[name] = _slip(dice, found[name])
    if dice.random() < 0.05:
        found["First name"], found["Last name"] = found["Last name"], found["First name"]
    if dice.random() < 0.5:
        found["Email"] = f"{found['Last name']}{dice.randrange(1000)}@other.example".lower()
    if dice.random() < 0.3:
        found["Phone"] = f"+49 171 {dice.randrange(10**6, 10**7)}"
    return found


def _slip(dice: random.Random, text: str) -> str:
    at = dice.randrange(1, max(len(text) - 1, 2))
    match dice.randrange(3):
        case 0:
            return text[:at] + text[at + 1 :]
        case 1:
            return text[:at] + dice.choice(string.ascii_lowercase) + text[at + 1 :]
    return text[: at - 1] + text[at : at + 1] + text[at - 1 : at] + text[at + 1 :]
