"""A file of invented leads."""

import csv
import random
from collections.abc import Iterator
from pathlib import Path

COLUMNS = (
    "First name", "Last name", "Company", "Job title", "Email", "Phone", "Street", "City", "Postcode", "Country",
    "Source", "Score", "Value", "Website", "Note",
)  # fmt: skip

_FIRST = [f"{a}{b}" for a in ("An", "Bo", "Cla", "Do", "El", "Fra", "Gre", "Han")
          for b in ("na", "ris", "ra", "ne", "ke")]  # fmt: skip
_LAST = [f"{a}{b}{c}" for a in ("Ber", "Sch", "Lind", "Hal", "Mar", "Nov") for b in ("g", "m", "st", "v") for c in
         ("er", "qvist", "ak", "in", "orsen", "owski", "ano", "ley")]  # fmt: skip
_FIRMS = [f"{a} {b} {c}" for a in ("North", "Riverside", "Linden", "Old Town", "Harbour", "Green", "Cedar", "Summit")
          for b in ("Hotels", "Clinic", "Schools", "Bakery", "Logistics", "Offices")
          for c in ("Ltd", "Group", "GmbH", "AB")]  # fmt: skip
_CITIES = ("London", "Berlin", "Lyon", "Madrid", "Malmö", "Gdańsk", "Utrecht", "Porto", "Turin", "Graz")


def leads(count: int) -> Iterator[tuple[str, ...]]:
    """Invented leads, the same every time."""
    dice = random.Random(20261122)
    for number in range(count):
        first, last, firm = dice.choice(_FIRST), dice.choice(_LAST), dice.choice(_FIRMS)
        yield (
            first, last, f"{firm} {number % 5000}", dice.choice(("Buyer", "Owner", "Manager")),
            f"{first}.{last}.{number}@example.com".lower(), f"+49 30 {number:07}", f"Street {number % 300}",
            dice.choice(_CITIES), f"{10000 + number % 89999}", "Germany",
            dice.choice(("Website", "Trade fair", "Referral", "Cold call")), str(number % 101),
            f"{dice.randrange(500, 90000)}.00", f"https://www.firm{number % 5000}.example",
            dice.choice(("asked for a price list", "wants a demo", "call in spring")),
        )  # fmt: skip


def write_csv(path: Path, count: int) -> None:
    """The file that is imported."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(leads(count))
