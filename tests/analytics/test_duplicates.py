"""Who may be the same: values in one form, confidences, groups."""

import csv
import itertools
import random
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_desktop.analytics.duplicates import Column, Role, Table, find
from crm_desktop.domain import alike
from crm_desktop.domain.duplicates import Group

PEOPLE = ("given", "family", "email", "phone", "city", "birthday", "number")
ROLES = {"given": Role.GIVEN, "family": Role.FAMILY, "email": Role.EMAIL, "phone": Role.PHONE, "city": Role.CITY,
         "birthday": Role.BIRTHDAY, "number": Role.NUMBER, "name": Role.NAME, "domain": Role.DOMAIN,
         "street": Role.STREET, "postcode": Role.POSTCODE}  # fmt: skip


def table(*rows: dict[str, str]) -> Table:
    names = list(dict.fromkeys(name for row in rows for name in row))
    many = {"email", "phone", "domain"}
    columns = [
        Column(name, ROLES[name], [(row[name],) if name in many and name in row else row.get(name) for row in rows])
        for name in names
    ]
    return Table(range(1, len(rows) + 1), columns)


def only(*rows: dict[str, str]) -> Group | None:
    """The one group of two records, if they are one."""
    found = find(table(*rows))
    assert len(found) <= 1
    return found[0] if found else None


def stranger(dice: random.Random) -> dict[str, str]:
    """Somebody whose names are like nobody's."""
    given, family = ("".join(dice.choices("abcdefghijklmnopqrstuvwxyz", k=9)) for _ in range(2))
    return {"given": given, "family": family}


def codes(group: Group | None) -> list[str]:
    return [reason.code for reason in group.reasons] if group else []


@pytest.mark.parametrize(
    ("form", "texts"),
    [
        (alike.organisation, ("Müller & Söhne GmbH & Co. KG", "MULLER Sohne", "müller söhne")),
        (alike.organisation, ("Acme S.A.", "ACME SA", "The Acme", "acme")),
        (alike.organisation, ("Fenwick Schools Ltd.", "Fenwick Schools Limited", "Fenwick Schools, Inc")),
        (alike.phone, ("+44 20 7946 0018", "0044 20 7946 0018", "+44 (20) 7946-0018")),
        (alike.domain, ("https://www.Fenwick.example/about", "fenwick.example", "anna@fenwick.example")),
        (alike.domain, ("fenwick.example", "https://fenwick.example:8080/@anna", "http://fenwick.example?to=a@b.c")),
        (alike.street, ("Hauptstraße 5", "Hauptstr. 5", "HAUPTSTRASSE 5")),
        (alike.street, ("12 Baker Street", "12 Baker St.")),
        (alike.turned, ("19630212", "19631202")),
        (alike.called, ("bob", "robert", "rob anthony")),
        (alike.sound, ("katrin", "catrin", "kathrin")),
        (alike.compact, ("SW1A 1AA", "sw1a1aa")),
    ],
)
def test_spellings_of_one_thing_are_equal(form: object, texts: Sequence[str]) -> None:
    assert callable(form)
    assert len({form(text) for text in texts}) == 1


def test_a_number_without_its_country_is_the_only_one_that_ends_so() -> None:
    joined = alike.phones_joined(["+442079460018", "2079460018", "+15550100", "550100", "+25550100"])
    assert joined["2079460018"] == "+442079460018"
    assert joined["550100"] == "550100"


def test_the_name_of_a_legal_form_is_still_a_name() -> None:
    assert alike.organisation("SA") == "sa"


ANNA = {"given": "Anna", "family": "Keller"}


@pytest.mark.parametrize(
    ("other", "shared", "confidence", "reason"),
    [
        (ANNA, {"email": "anna@keller.example"}, 100, "same_email"),
        ({"given": "A.", "family": "Keler"}, {"email": "anna@keller.example"}, 100, "same_email"),
        ({"given": "Keller", "family": "Anna"}, {"phone": "+44 20 7946 0018"}, 100, "swapped_family"),
        ({"given": "Bert", "family": "Ohm"}, {"email": "Office@keller.example"}, 80, "same_email"),
        ({"given": "Bert", "family": "Ohm"}, {"phone": "+442079460018"}, 40, "same_phone"),
    ],
)
def test_addresses_have_a_fixed_confidence(
    other: dict[str, str], shared: dict[str, str], confidence: int, reason: str
) -> None:
    found = only({**ANNA, **shared}, {**other, **shared})
    assert found is not None
    assert found.confidence == confidence
    assert reason in codes(found)


def test_one_domain_with_one_name_of_a_company() -> None:
    found = only({"name": "Acme GmbH", "domain": "acme.example"}, {"name": "ACME", "domain": "www.acme.example"})
    assert found is not None
    assert found.confidence >= 80
    assert set(codes(found)) == {"same_domain", "same_name"}


def test_nearly_one_name_in_one_city() -> None:
    other = {"given": "Anna", "family": "Kellner", "city": "Bern", "email": "b@y.example"}
    found = only({**ANNA, "city": "Bern", "email": "a@x.example"}, other)
    assert found is not None
    assert found.confidence >= 60


def test_another_birth_date_and_number_say_two() -> None:
    rest = {"city": "Bern"}
    one = {**ANNA, **rest, "birthday": "1961-03-05", "number": "88120034"}
    assert only(one, {**ANNA, **rest, "birthday": "1988-11-29", "number": "10457719"}) is None


def test_a_day_and_month_that_are_swapped_are_one_date() -> None:
    found = only({**ANNA, "birthday": "1961-03-05"}, {**ANNA, "birthday": "1961-05-03"})
    assert "similar_birthday" in codes(found)


def test_a_couple_in_one_house_is_two() -> None:
    home = {"family": "Oberhauser", "street": "Seeweg 4", "postcode": "3012", "city": "Bern"}
    crowd = [
        {"given": f"G{n}", "family": f"Family{n}", "street": f"Way {n}", "postcode": f"{n:04}", "city": f"C{n % 9}",
         "birthday": f"19{n % 90:02}-0{n % 9 + 1}-1{n % 7}"}
        for n in range(300)
    ]  # fmt: skip
    ruth = {**home, "given": "Ruth", "birthday": "1958-02-03"}
    couple = [ruth, {**home, "given": "Marcel", "birthday": "1955-10-21"}]
    assert not [group for group in find(table(*crowd, *couple)) if {301, 302} <= set(group.ids)]


def test_a_value_that_many_have_is_ignored() -> None:
    dice = random.Random(1)
    office = [{**stranger(dice), "phone": "+44 20 7946 0018"} for _ in range(21)]
    assert find(table(*office)) == []
    assert [len(group.ids) for group in find(table(*office[:20]))] == [20]


def test_what_came_in_thirty_times_is_one_group() -> None:
    row = {**ANNA, "city": "Bern", "birthday": "1961-03-05", "number": "88120034"}
    others = [{"given": f"G{n}", "family": f"Family{n}", "city": "Bern"} for n in range(50)]
    found = find(table(*[row] * 30, *others))
    assert [group.ids for group in found] == [tuple(range(1, 31))]


def test_pairs_that_are_known_to_be_two_are_left_out() -> None:
    row = {**ANNA, "email": "anna@keller.example"}
    assert find(table(row, row), {(1, 2)}) == []
    assert [group.ids for group in find(table(row, row, row), {(2, 1)})] in ([(1, 3)], [(2, 3)])


def test_a_weak_likeness_joins_no_strangers() -> None:
    """Two couples of doubles with one phone between them stay two."""
    anna = {**ANNA, "email": "anna@keller.example", "phone": "+442079460018", "birthday": "1961-03-05"}
    bert = {"given": "Bert", "family": "Ohm", "email": "bert@ohm.example", "birthday": "1990-07-19"}
    found = find(table(anna, anna, {**bert, "phone": "+442079460018"}, bert))
    assert [group.ids for group in found] == [(1, 2), (3, 4)]


NAMES = st.sampled_from(["Anna", "Ana", "Bert", "Robert", "Bob", "Keller", "Kellner", "Ohm", "Öhm", "Müller"])
PERSON = st.fixed_dictionaries(
    {"given": NAMES, "family": NAMES},
    optional={
        "email": st.sampled_from(["a@x.example", "b@x.example", "c@y.example"]),
        "phone": st.sampled_from(["+442079460018", "020 7946 0018", "+15550100"]),
        "city": st.sampled_from(["Bern", "Köln"]),
        "birthday": st.sampled_from(["1961-03-05", "1961-05-03", "1990-07-19", "--05-03"]),
    },
)


@settings(max_examples=40, deadline=None)
@given(st.lists(PERSON, max_size=12), st.randoms(use_true_random=False))
def test_any_order_of_rows_gives_the_same_groups(rows: list[dict[str, str]], dice: random.Random) -> None:
    whole = table(*rows)
    order = list(range(len(rows)))
    dice.shuffle(order)
    turned = Table(
        [whole.ids[at] for at in order],
        [Column(each.field, each.role, [each.values[at] for at in order]) for each in whole.columns],
    )
    assert find(turned) == find(whole)


@settings(max_examples=40, deadline=None)
@given(st.lists(PERSON, max_size=12))
def test_a_record_is_in_one_group_and_groups_hold_together(rows: list[dict[str, str]]) -> None:
    groups = find(table(*rows))
    members = [record for group in groups for record in group.ids]
    assert len(members) == len(set(members))
    for group in groups:
        assert len(group.ids) > 1
        assert 40 <= group.confidence <= 100
        assert all(match.first < match.second for match in group.matches)
        assert {record for match in group.matches for record in (match.first, match.second)} == set(group.ids)


def pairwise_f1(groups: list[Group], truth: dict[int, str]) -> float:
    """The harmonic mean of precision and recall over pairs of records."""
    entities: dict[str, list[int]] = {}
    for record, entity in truth.items():
        entities.setdefault(entity, []).append(record)
    right = {pair for ids in entities.values() for pair in itertools.combinations(sorted(ids), 2)}
    found = {pair for group in groups for pair in itertools.combinations(group.ids, 2)}
    return 2 * len(found & right) / (len(found) + len(right))


FEBRL = {
    "given_name": Role.GIVEN, "surname": Role.FAMILY, "address_1": Role.STREET, "suburb": Role.CITY,
    "postcode": Role.POSTCODE, "state": Role.REGION, "date_of_birth": Role.BIRTHDAY, "street_number": Role.OTHER,
    "soc_sec_id": Role.OTHER,
}  # fmt: skip


@pytest.mark.parametrize(("without", "least"), [((), 0.99), (("soc_sec_id",), 0.98), (("date_of_birth",), 0.98)])
def test_distorted_people_are_found_again(shared_data: Path, without: Sequence[str], least: float) -> None:
    folder = shared_data / "dedupe_febrl"
    with (folder / "febrl1_input.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    with (folder / "febrl1_truth.csv").open(encoding="utf-8") as file:
        truth = {int(row["Row"]): row["entity"] for row in csv.DictReader(file)}
    columns = [
        Column(name, role, [row[name] or None for row in rows]) for name, role in FEBRL.items() if name not in without
    ]
    groups = find(Table([int(row["Row"]) for row in rows], columns))
    assert pairwise_f1(groups, truth) >= least
