"""What is open in a group of companies, of any shape, is what is open in its parts."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from crm_desktop.domain.figures import Figure
from crm_desktop.domain.money import Money
from crm_desktop.services import Services
from tests.services.people_desk import add, at

AMOUNTS = st.lists(st.sampled_from(["5 EUR", "7 USD", "1 JPY"]), max_size=3)
COMPANIES = st.lists(st.tuples(st.integers(-1, 6), AMOUNTS), min_size=1, max_size=7)
"""Each with the place of the one before it that it belongs to, if any, and the amounts of its open deals."""


@given(COMPANIES)
@settings(max_examples=15, deadline=None)
def test_a_group_adds_up(companies: list[tuple[int, list[str]]]) -> None:
    with TemporaryDirectory() as folder:
        services = at(Path(folder))
        try:
            hold(services, companies)
        finally:
            services.close()


def hold(services: Services, companies: list[tuple[int, list[str]]]) -> None:
    ids: list[int] = []
    for number, (above, amounts) in enumerate(companies):
        ids.append(add(services, "company", name=f"C{number}"))
        if 0 <= above < number:
            services.records.set("company", [ids[-1]], {"parent": f"company:{ids[above]}"})
        for amount in amounts:
            add(services, "deal", name="D", company=f"company:{ids[-1]}", amount=amount)
    for number in reversed(range(len(ids))):
        found = services.hierarchy.rollup(ids[number])
        parts = [ids[at] for at, (above, _) in enumerate(companies) if above == number < at]
        wanted, count = Counter(companies[number][1]), len(companies[number][1])
        for part in map(services.hierarchy.rollup, parts):
            wanted += Counter(amounts_of(part.value))
            count += part.count.n
        assert (Counter(amounts_of(found.value)), found.count.n) == (wanted, count)
        tree = [each.id for each in services.hierarchy.tree(ids[number])]
        assert len(tree) == len({*tree}) and {*parts} <= {*tree}


def amounts_of(figures: Mapping[str, Figure]) -> dict[str, int]:
    """How often the amount that deals have is in the sum of each currency."""
    each = {"EUR": 500, "USD": 700, "JPY": 1}
    values = [figure.value for figure in figures.values() if isinstance(figure.value, Money)]
    names = {"EUR": "5 EUR", "USD": "7 USD", "JPY": "1 JPY"}
    return {names[value.currency]: value.minor // each[value.currency] for value in values}
