"""The search for duplicates, and the look while somebody types."""

import random
from functools import partial
from itertools import combinations
from pathlib import Path

from benchmarks.bases import open_base
from benchmarks.measure import Result, against, timed
from benchmarks.people import write_csv
from crm_desktop.services import Services
from crm_desktop.services.importing import ImportOptions

PEOPLE = 100_000
SECONDS, MILLISECONDS = 60.0, 20.0
_FEW = 3
"""Runs of the search; each takes many seconds."""


def search(folder: Path, pairs: int, people: int = PEOPLE) -> list[Result]:
    """All people of a base of their own, a tenth of whom are in it twice."""
    services = open_base(folder / "people")
    who = write_csv(folder / "people.csv", people)
    options = ImportOptions(mapping={"source_id": "Number"}, unmapped="custom")
    services.importing.from_files("person", [folder / "people.csv"], options)
    samples = [timed(lambda: services.duplicates.scan("person")) for _ in range(min(pairs, _FEW))]
    note = f"the limit is {SECONDS:.0f} s; F1 of pairs {_f1(services, who):.3f}"
    services.close()
    return [
        against(f"search for duplicates among {people:,} people", [each.wall for each in samples], SECONDS, "s", note)
    ]


def look(folder: Path, pairs: int) -> list[Result]:
    """What is typed for a lead, looked for in the base that the import left."""
    from crm_desktop.domain.filter import Filter

    services = open_base(folder)
    ids = services.lists.ids(Filter("lead"))
    dice = random.Random(20261122)
    values = ["first_name", "last_name", "company_name", "email", "phone", "city"]
    rows = services.lists.rows("lead", [dice.choice(ids) for _ in range(max(pairs, 2))], values)
    typed = [dict(zip(values, row[1:], strict=True)) for row in rows]
    services.duplicates.like("lead", typed[0])  # what the first one loads is loaded before anybody types
    samples = [timed(partial(services.duplicates.like, "lead", each)).wall * 1000 for each in typed]
    services.close()
    return [against("a look for duplicates while typing", samples, MILLISECONDS, "ms", "the limit is 20 ms")]


def _f1(services: Services, who: list[int]) -> float:
    """The harmonic mean of precision and recall over pairs of people."""
    groups = services.duplicates.scan("person")
    ids = [record for group in groups for record in group.ids]
    person = {record: who[int(row)] for record, row in services.lists.rows("person", ids, ["source_id"])}
    found = [pair for group in groups for pair in combinations(group.ids, 2)]
    right = sum(person[one] == person[other] for one, other in found)
    counts: dict[int, int] = {}
    for each in who:
        counts[each] = counts.get(each, 0) + 1
    return 2 * right / max(len(found) + sum(count * (count - 1) // 2 for count in counts.values()), 1)
