"""What a filter means in SQL agrees with what it says: held against a plain evaluation in Python."""

import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_desktop.domain import filter as f
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.filter import All, Compare, Days, Either, Exists, Filter, Node, Not, Op, Sort, Total, Words
from crm_desktop.domain.folding import fold, words
from crm_desktop.domain.money import Money
from crm_desktop.errors import UserError
from crm_desktop.storage import database, lists
from crm_desktop.storage.database import Interrupted, stoppable
from crm_desktop.storage.store import Store
from tests.storage.conftest import NOON, Adder

TODAY = NOON.date()
SIGN: dict[Op, Callable[[Any, Any], bool]] = {
    Op.IS: operator.eq, Op.IS_NOT: operator.ne, Op.LESS: operator.lt, Op.AT_MOST: operator.le, Op.MORE: operator.gt,
    Op.AT_LEAST: operator.ge,
}  # fmt: skip


@dataclass
class Thing:
    """A record as a test knows it: its values, and by relation what belongs to it."""

    id: int
    values: Mapping[str, Any]
    links: dict[str, "Thing | None"] = field(default_factory=dict)
    related: dict[str, list["Thing"]] = field(default_factory=dict)


def holds(node: Node, thing: Thing) -> bool:
    """Whether a condition holds, in plain Python."""
    match node:
        case All():
            return all(holds(part, thing) for part in node.parts)
        case Either():
            return any(holds(part, thing) for part in node.parts)
        case Not():
            return not holds(node.part, thing)
        case Words():
            mine = words(" ".join(str(thing.values.get(name) or "") for name in ("name", "title", "note")))
            return all(any(own.startswith(word) for own in mine) for word in words(node.text))
        case Exists():
            return any(holds(node.where, other) for other in thing.related[node.relation])
        case Total():
            found = [other for other in thing.related[node.relation] if holds(node.where, other)]
            value = len(found) if node.of is None else sum(other.values.get(node.of) or 0 for other in found)
            return SIGN[node.op](value, node.value)
        case Compare():
            return compared(node, thing)


def compared(node: Compare, thing: Thing) -> bool:
    if node.op is Op.IS_NOT:
        return not compared(Compare(node.path, Op.IS, node.value), thing)
    first, _, rest = node.path.partition(".")
    if rest:
        other = thing.links[first]
        if other is None:
            return node.op is Op.EMPTY and bool(node.value)
        return compared(Compare(rest, node.op, node.value), other)
    held = thing.values.get(first)
    if node.op is Op.EMPTY:
        return (held in (None, "")) is bool(node.value)
    if node.op is Op.ANY_OF:
        assert isinstance(node.value, tuple)
        return any(compared(Compare(first, Op.IS, value), thing) for value in node.value)
    wanted: Any = TODAY + timedelta(node.value.offset) if isinstance(node.value, Days) else node.value
    if held is None:
        return False
    if isinstance(held, str):
        held, wanted = fold(held.strip()), fold(str(wanted).strip())
        if node.op is Op.CONTAINS:
            return bool(held) and wanted in held
        if node.op is Op.STARTS:
            return bool(held) and held.startswith(wanted)
        return bool(held) and SIGN[node.op](held, wanted)
    return SIGN[node.op](held, wanted)


TEXTS = st.sampled_from(["Äpfel", "apfel", "Birne", "birnen", "Zoë", "x y", "ß", "10"])
NUMBERS = st.integers(-3, 6)
DATES = st.integers(-5, 5).map(lambda days: TODAY + timedelta(days))
OPTIONAL_TEXT = st.none() | TEXTS
COMPANY = st.fixed_dictionaries(
    {"name": TEXTS, "industry": OPTIONAL_TEXT, "note": OPTIONAL_TEXT, "employees": st.none() | NUMBERS}
)
PERSON = st.fixed_dictionaries({"last_name": TEXTS, "job_title": OPTIONAL_TEXT, "company": st.none() | NUMBERS})
TASK = st.fixed_dictionaries(
    {"title": TEXTS, "due_on": st.none() | DATES, "priority": st.none() | NUMBERS, "person": NUMBERS}
)
WORLD = st.tuples(
    st.lists(COMPANY, min_size=1, max_size=4), st.lists(PERSON, min_size=1, max_size=5), st.lists(TASK, max_size=6)
)

MANY = [Op.IS, Op.IS_NOT, Op.LESS, Op.AT_MOST, Op.MORE, Op.AT_LEAST]


def simple(texts: list[str], numbers: list[str], dates: list[str]) -> st.SearchStrategy[Node]:
    """Conditions on the fields of one kind."""
    options: list[st.SearchStrategy[Node]] = []
    if texts:
        how = st.sampled_from([Op.IS, Op.IS_NOT, Op.CONTAINS, Op.STARTS])
        options.append(st.builds(Compare, st.sampled_from(texts), how, TEXTS | st.sampled_from(["apf", "b", " "])))
        options.append(st.builds(Compare, st.sampled_from(texts), st.just(Op.ANY_OF), st.tuples(TEXTS, TEXTS)))
    for names, values in ((numbers, NUMBERS), (dates, DATES | st.integers(-5, 5).map(Days))):
        if names:
            options.append(st.builds(Compare, st.sampled_from(names), st.sampled_from(MANY), values))
    options.append(st.builds(Compare, st.sampled_from(texts + numbers + dates), st.just(Op.EMPTY), st.booleans()))
    return st.one_of(options)


def nested(leaves: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    return st.recursive(
        leaves,
        lambda inner: (
            st.builds(Not, inner)
            | st.builds(All, st.lists(inner, max_size=3).map(tuple))
            | st.builds(Either, st.lists(inner, max_size=3).map(tuple))
        ),
        max_leaves=5,
    )


WORDS = st.builds(Words, st.sampled_from(["apf", "bir", "x y", "zoe", ""]))
TASKS = nested(simple(["title"], ["priority"], ["due_on"]) | WORDS)
PEOPLE = nested(
    simple(["last_name", "job_title"], [], [])
    | simple(["company.name", "company.industry"], ["company.employees"], [])
    | st.builds(Exists, st.just("tasks"), TASKS)
    | st.builds(Total, st.just("tasks"), st.sampled_from(MANY), NUMBERS, st.none(), TASKS)
    | st.builds(Total, st.just("tasks"), st.sampled_from(MANY), NUMBERS, st.just("priority"), TASKS)
)
COMPANIES = nested(
    simple(["name", "industry"], ["employees"], [])
    | WORDS
    | st.builds(Exists, st.just("people"), PEOPLE)
    | st.builds(Total, st.just("people"), st.sampled_from(MANY), NUMBERS, st.none(), PEOPLE)
    | st.builds(lambda node: Not(Exists("people", node)), PEOPLE)
)


@pytest.fixture(scope="module")
def world() -> Iterator[Store]:
    with TemporaryDirectory() as place:
        store = Store.open(Path(place) / "c.crm", clock=Clock.fixed(NOON))
        yield store
        store.close()


def build(store: Store, drawn: tuple[list[Any], list[Any], list[Any]]) -> dict[str, list[Thing]]:
    """Writes what was drawn and tells it as things."""
    companies, people, tasks = drawn
    with store.action("add"):
        firms = [Thing(store.records.insert("company", values), values, {}, {"people": []}) for values in companies]
        found = []
        for values in people:
            firm = firms[values["company"] % len(firms)] if values["company"] is not None else None
            number = store.records.insert("person", values | {"company": firm.id if firm else None})
            thing = Thing(number, values, {"company": firm}, {"tasks": []})
            found.append(thing)
            if firm:
                firm.related["people"].append(thing)
        for values in tasks:
            person = found[values["person"] % len(found)]
            task = Thing(store.records.insert("task", values | {"person": person.id}), values)
            person.related["tasks"].append(task)
    return {"company": firms, "person": found}


def agree(store: Store, kind: str, node: Node, things: list[Thing]) -> None:
    wanted = {thing.id for thing in things if holds(node, thing)}
    filter_ = Filter(kind, node)
    assert set(store.lists.ids(filter_)) == wanted
    assert store.lists.count(filter_) == len(wanted)
    again = Filter.from_json(filter_.absolute(TODAY).to_json())
    assert set(store.lists.ids(again)) == wanted
    # The first page is looked for row by row, the whole list by sets.
    assert store.lists.ids(filter_, limit=2) == store.lists.ids(filter_)[:2]


@given(drawn=WORLD, companies=COMPANIES, people=PEOPLE)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_sql_agrees_with_a_plain_evaluation(
    world: Store, drawn: tuple[list[Any], list[Any], list[Any]], companies: Node, people: Node
) -> None:
    things = build(world, drawn)
    try:
        agree(world, "company", companies, things["company"])
        agree(world, "person", people, things["person"])
    finally:
        world.undo()


TEXTS = st.text(
    st.characters(exclude_characters="\0", exclude_categories=["Cs"]) | st.sampled_from("aA .-@1ıſßﬁ"), min_size=1
)


@given(texts=st.lists(TEXTS, min_size=1, max_size=6), asked=TEXTS)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_text_that_the_search_knows_is_found_as_a_whole(world: Store, texts: list[str], asked: str) -> None:
    with world.action("add"):
        for text in texts:
            world.records.insert("lead", {"note": text, "email": (text,)})
    try:
        values: list[str | tuple[str, ...]] = [*texts, *map(str.upper, texts), asked, (asked, *texts), ()]
        for value in values:
            meant = {fold(each.strip()) for each in (value if isinstance(value, tuple) else (value,))} - {""}
            wanted = sum(fold(text.strip()) in meant for text in texts)
            op = Op.ANY_OF if isinstance(value, tuple) else Op.IS
            assert [world.lists.count(Filter("lead", Compare(n, op, value))) for n in ("note", "email")] == [wanted] * 2
    finally:
        world.undo()


@pytest.fixture
def customer(store: Store, add: Adder) -> int:
    """A company with deals in three currencies and calls on several days."""
    company = add("company", name="Acme")
    for minor, currency in ((1050, "EUR"), (2000, "USD"), (15, "JPY"), (7000, "KWD")):
        add("deal", name=f"{currency} deal", company=company, amount=Money(minor, currency))
    for days in (3, 40, 70):
        add("activity", type="visit", happened_on=TODAY - timedelta(days), company=company)
    return company


def found(store: Store, kind: str, node: Node, name: str = "name") -> list[str]:
    return sorted(str(row[1]) for row in store.lists.values(Filter(kind, node), [name]))


@pytest.mark.parametrize(("op", "value", "names"), [
    (Op.IS, Money(1050, "EUR"), ["EUR deal"]),
    (Op.MORE, Money(1000, "EUR"), ["EUR deal"]),
    (Op.MORE, Money(1000, "USD"), ["USD deal"]),
    (Op.LESS, Money(1, "EUR"), []),
    (Op.AT_LEAST, 15, ["JPY deal", "USD deal"]),
    (Op.IS, "10.5", ["EUR deal"]),
    (Op.IS, 7, ["KWD deal"]),
    (Op.ANY_OF, (Money(15, "JPY"), Money(2000, "USD")), ["JPY deal", "USD deal"]),
    (Op.IS_NOT, Money(15, "JPY"), ["EUR deal", "KWD deal", "USD deal"]),
])  # fmt: skip
def test_money_is_compared_in_its_own_currency(
    store: Store, customer: int, op: Op, value: f.Value, names: list[str]
) -> None:
    assert found(store, "deal", Compare("amount", op, value)) == names


def test_sums_and_groups_keep_currencies_apart(store: Store, customer: int) -> None:
    assert store.lists.sum(Filter("deal"), "amount") == {"EUR": 1050, "USD": 2000, "JPY": 15, "KWD": 7000}
    [(key, count, sums)] = store.lists.groups(Filter("deal"), "company", "amount")
    assert (key.id, count, sums) == (customer, 4, {"EUR": 1050, "USD": 2000, "JPY": 15, "KWD": 7000})


def none_within(days: int, where: f.Node = f.EVERYTHING) -> f.Not:
    """No activity in the last days."""
    return f.Not(f.Exists("activities", f.both(where, Compare("happened_on", Op.AT_LEAST, f.Days(-days)))))


@pytest.mark.parametrize(("days", "matches"), [(2, True), (3, False), (30, False), (100, False)])
def test_none_within_days_counts_the_first_day_in(store: Store, customer: int, days: int, matches: bool) -> None:
    assert store.lists.count(Filter("company", none_within(days))) == int(matches)


def test_who_was_never_visited_is_absent_too(store: Store, customer: int, add: Adder) -> None:
    add("company", name="Bolt")
    assert found(store, "company", none_within(30)) == ["Bolt"]
    visits = Compare("type", Op.IS, "call")
    assert found(store, "company", none_within(30, visits)) == ["Acme", "Bolt"]


def test_counts_two_links_deep(store: Store, customer: int, add: Adder) -> None:
    person = add("person", last_name="Beck", company=customer)
    for priority in (1, 2):
        add("task", title="Call", priority=priority, person=person)
    heavy = Total("tasks", Op.AT_LEAST, 3, "priority")
    assert found(store, "company", Exists("people", heavy)) == ["Acme"]
    assert found(store, "company", Total("people", Op.IS, 1, None, heavy)) == ["Acme"]
    assert found(store, "company", Exists("people", Total("tasks", Op.MORE, 3, "priority"))) == []
    assert found(store, "company", Exists("people", Exists("tasks", Words("cal")))) == ["Acme"]
    assert found(store, "company", Exists("people", Exists("tasks", Words("mail")))) == []
    inner = Exists("tasks", Compare("person.company.name", Op.IS, "acme"))
    assert found(store, "company", Exists("people", inner)) == ["Acme"]


@pytest.mark.parametrize(("op", "day", "matches"), [
    (Op.IS, 20, True), (Op.IS, 19, False), (Op.IS_NOT, 20, False), (Op.LESS, 20, False), (Op.LESS, 21, True),
    (Op.AT_MOST, 20, True), (Op.AT_MOST, 19, False), (Op.MORE, 20, False), (Op.MORE, 19, True),
    (Op.AT_LEAST, 20, True), (Op.AT_LEAST, 21, False),
])  # fmt: skip
@pytest.mark.parametrize("hour", [0, 12, 23])
def test_an_instant_belongs_to_its_whole_day(
    store: Store, add: Adder, op: Op, day: int, matches: bool, hour: int
) -> None:
    add("lead", last_name="x", created_at=datetime(2026, 11, 20, hour, 59, 59, 999_000, UTC))
    node = Compare("created_at", op, date(2026, 11, day))
    assert store.lists.count(Filter("lead", node)) == int(matches)


def test_the_day_of_an_instant_is_the_one_of_the_place(base: Path) -> None:
    """At half past midnight in Tokyo it is still yesterday in UTC."""
    tokyo = Clock.fixed(datetime(2026, 11, 20, 0, 30, tzinfo=timezone(timedelta(hours=9))))
    store = Store.open(base, clock=tokyo)
    with store.action("add"):
        store.records.insert("lead", {"last_name": "x", "created_at": tokyo.now()})
    for op, day, matches in (
        (Op.IS, 20, 1),
        (Op.IS, 19, 0),
        (Op.AT_LEAST, 20, 1),
        (Op.LESS, 20, 0),
        (Op.AT_MOST, 19, 0),
    ):
        assert store.lists.count(Filter("lead", Compare("created_at", op, date(2026, 11, day)))) == matches
    assert store.lists.count(Filter("lead", Compare("created_at", Op.IS, Days(0)))) == 1
    assert store.lists.count(Filter("lead", Compare("created_at", Op.AT_MOST, date.max))) == 1
    store.close()


def test_an_instant_is_compared_to_the_moment(store: Store, add: Adder) -> None:
    add("lead", last_name="x", created_at=NOON)
    for value in (NOON, "2026-11-20T12:00:00Z", "2026-11-20T13:00:00+01:00"):
        assert store.lists.count(Filter("lead", Compare("created_at", Op.IS, value))) == 1
        assert store.lists.count(Filter("lead", Compare("created_at", Op.MORE, value))) == 0


@pytest.mark.parametrize(("op", "value", "holds"), [
    (Op.MORE, 20, False), (Op.MORE, 19.99, True), (Op.AT_LEAST, 20, True), (Op.LESS, 20, False), (Op.LESS, 21, True),
    (Op.IS, 15, True), (Op.IS, 1, False), (Op.IS_NOT, 15, False), (Op.IS_NOT, 1, True),
    (Op.MORE, Money(1000, "EUR"), True), (Op.MORE, Money(1050, "EUR"), False), (Op.IS, Money(15, "JPY"), True),
    (Op.LESS, Money(1, "GBP"), True), (Op.AT_LEAST, Money(7000, "KWD"), True),
])  # fmt: skip
def test_sums_of_money_hold_for_each_currency_alone(
    store: Store, customer: int, op: Op, value: f.Value, holds: bool
) -> None:
    """10.50 EUR, 20 USD, 15 JPY and 7 KWD never come to 52.50 of anything."""
    assert not isinstance(value, tuple)
    assert bool(found(store, "company", Total("deals", op, value, "amount"))) is holds


def test_who_has_no_amounts_has_a_sum_of_nothing(store: Store, customer: int, add: Adder) -> None:
    bolt = add("company", name="Bolt")
    add("deal", name="Talk", company=bolt)
    assert found(store, "company", Total("deals", Op.LESS, 1, "amount")) == ["Bolt"]
    assert found(store, "company", Total("deals", Op.IS, 0, "amount")) == ["Bolt"]
    assert found(store, "company", Total("deals", Op.AT_MOST, Money(0, "CHF"), "amount")) == ["Acme", "Bolt"]
    of_yen = Compare("name", Op.STARTS, "jpy")
    assert found(store, "company", Total("deals", Op.MORE, 15, "amount", of_yen)) == []
    assert found(store, "company", Total("deals", Op.AT_LEAST, 15, "amount", of_yen)) == ["Acme"]


def test_an_amount_without_a_currency_is_found_as_one(store: Store, add: Adder) -> None:
    add("lead", last_name="x", value=Money(500, "XXX"))
    with store.action("set"):
        store.database.execute_sql("UPDATE lead SET value_currency = NULL")
    assert found(store, "lead", Compare("value", Op.IS, Money(500, "XXX")), "last_name") == ["x"]
    assert found(store, "lead", Compare("value", Op.IS, 5), "last_name") == ["x"]


def test_work_is_found_by_each_record_it_concerns(store: Store, add: Adder) -> None:
    acme, bolt = add("company", name="Acme"), add("company", name="Bolt")
    visit = add("activity", type="visit", subject="Fair", company=acme)
    with store.action("link"):
        store.database.execute_sql(
            "INSERT INTO activity_link (id, activity_id, company_id) VALUES (1, ?, ?)", (visit, bolt)
        )
    for wanted in (acme, bolt, "acme", "Bolt"):
        assert found(store, "activity", Compare("company", Op.IS, wanted)) == ["Fair"]
    assert found(store, "activity", Compare("company", Op.IS_NOT, "bolt")) == []


def test_thousands_of_values_are_compared_at_once(store: Store, add: Adder) -> None:
    person = add("person", last_name="Beck")
    add("task", title="Call", person=person)
    many = tuple(range(1, 5000))
    assert found(store, "task", Compare("person", Op.ANY_OF, (*many, person))) == ["Call"]
    assert found(store, "task", Compare("title", Op.ANY_OF, tuple(map(str, many)))) == []
    assert found(store, "task", All(tuple(Compare("priority", Op.IS_NOT, n) for n in range(2000)))) == ["Call"]


@pytest.mark.parametrize("text", ["0% _", "%", "_", "a[b]", "\\", "'"])
def test_signs_that_stand_for_others_elsewhere_stand_for_themselves(store: Store, add: Adder, text: str) -> None:
    add("company", name="100% _x a[b] \\ '")
    add("company", name="100x yx ab")
    assert found(store, "company", Compare("name", Op.CONTAINS, text)) == ["100% _x a[b] \\ '"]
    assert len(found(store, "company", Compare("name", Op.IS_NOT, text))) == 2


def test_records_linked_to_any_of_very_many_are_found(store: Store, add: Adder) -> None:
    firm = add("company", name="Acme")
    person = add("person", last_name="Beck", company=firm)
    call = add("activity", subject="Call", person=person)
    add("activity", subject="Nobody's", person=add("person", last_name="Ray"))
    many = range(40_000)
    assert list(store.lists.ids(Filter("person", f.any_of("company", [*many, firm])))) == [person]
    assert list(store.lists.ids(Filter("activity", f.any_of("person", [*many, person])))) == [call]
    assert store.lists.count(Filter("activity", Not(f.any_of("person", [*many, person])))) == 1
    assert store.lists.count(Filter("person", f.any_of("company", ()))) == 0


def test_several_values_mean_any_of_them(store: Store, add: Adder) -> None:
    add("lead", last_name="Beck", tags=("Fair", "VIP"), email=("a@x.com", "b@y.com"))
    add("lead", last_name="Cole", tags=("old",))
    add("lead", last_name="Dorn")
    for node, names in (
        (Compare("tags", Op.IS, "vip"), ["Beck"]),
        (Compare("tags", Op.IS_NOT, "vip"), ["Cole", "Dorn"]),
        (Compare("tags", Op.ANY_OF, ("vip", "old")), ["Beck", "Cole"]),
        (Compare("tags", Op.EMPTY, True), ["Dorn"]),
        (Compare("tags", Op.EMPTY, False), ["Beck", "Cole"]),
        (Compare("email", Op.STARTS, "b@"), ["Beck"]),
        (Compare("email", Op.IS, "A@X.com"), ["Beck"]),
        (Not(Compare("email", Op.CONTAINS, "y.com")), ["Cole", "Dorn"]),
    ):
        assert found(store, "lead", node, "last_name") == names


def test_a_link_to_a_record_in_the_bin_leads_nowhere(store: Store, customer: int, add: Adder) -> None:
    add("person", last_name="Beck", company=customer)
    with store.action("delete"):
        store.records.delete("company", [customer], "2026-11-20T12:00:00.000Z")
    assert found(store, "person", Compare("company", Op.IS, "acme"), "last_name") == ["Beck"]
    assert found(store, "person", Compare("company.name", Op.IS, "acme"), "last_name") == []
    assert found(store, "person", Compare("company.name", Op.EMPTY, True), "last_name") == ["Beck"]


def test_not_lets_empty_fields_pass(store: Store, add: Adder) -> None:
    for name, industry in (("A", "Steel"), ("B", None), ("C", "Wood")):
        add("company", name=name, industry=industry)
    steel = Compare("industry", Op.IS, "steel")
    assert found(store, "company", Not(steel)) == ["B", "C"]
    assert found(store, "company", Compare("industry", Op.IS_NOT, "Steel")) == ["B", "C"]
    assert found(store, "company", Not(Not(steel))) == ["A"]
    assert found(store, "company", Not(All((steel, Compare("employees", Op.MORE, 3))))) == ["A", "B", "C"]


def test_links_are_found_by_id_by_name_and_by_path(store: Store, customer: int, add: Adder) -> None:
    add("person", last_name="Beck", company=customer)
    add("person", last_name="Cole")
    for node in (
        Compare("company", Op.IS, customer),
        Compare("company", Op.IS, "ACME"),
        Compare("company.name", Op.STARTS, "ac"),
    ):
        assert found(store, "person", node, "last_name") == ["Beck"]
    assert found(store, "person", Compare("company", Op.EMPTY, True), "last_name") == ["Cole"]


def test_a_number_that_is_not_meant_leaves_all_others(store: Store, customer: int, add: Adder) -> None:
    add("company", name="Bolt")
    assert found(store, "company", Compare("id", Op.IS_NOT, customer)) == ["Bolt"]
    assert found(store, "company", Compare("id", Op.IS, customer)) == ["Acme"]


def test_phones_are_found_as_typed_or_as_digits(store: Store, add: Adder) -> None:
    add("lead", last_name="Beck", phone=("+49 (30) 123-456",))
    for text in ("30 123 456", "123456", "(30) 123"):
        assert store.lists.count(Filter("lead", Compare("phone", Op.CONTAINS, text))) == 1
    for text, count in (("49/30/123456", 1), ("3", 0)):
        assert store.lists.count(Filter("lead", Compare("phone", Op.IS, text))) == count
    assert store.lists.search("49 30 1234", ["lead"], 9)[0].title == "Beck"


@pytest.mark.parametrize("node", [
    Compare("score", Op.IS, "many"), Compare("created_at", Op.IS, "yesterday"), Compare("value", Op.MORE, "much"),
    Compare("score", Op.IS, ("a", 1)), Exists("unicorns"), Total("unicorns", Op.IS, 1), Compare("source.x", Op.IS, 1),
    Total("tasks", Op.IS, 1, "unicorn"), Compare("unicorn", Op.IS, 1), Compare("score", Op.STARTS, "1"),
    Compare("created_at", Op.STARTS, "2026-11-20"), Compare("value", Op.CONTAINS, "1"),
    Total("tasks", Op.STARTS, 1), Total("tasks", Op.IS, "many"), Total("tasks", Op.IS, 1, "title"),
    Compare("score", Op.LESS, (1, 2)), Compare("created_at", Op.IS, "T"), Compare("score", Op.IS, (1, 2)),
    Compare("id", Op.IS, "x"), Compare("id", Op.ANY_OF, (1, 2.5)), Compare("id", Op.MORE, 1),
    Compare("id", Op.IS, 10**30), Compare("company", Op.IS, 10**30), Compare("company", Op.ANY_OF, (1, 10**30)),
    Compare("company", Op.LESS, 1),
])  # fmt: skip
def test_a_filter_that_makes_no_sense_is_refused_in_a_sentence(store: Store, node: Node) -> None:
    with pytest.raises(UserError):
        store.lists.ids(Filter("lead", node))


@pytest.mark.parametrize("text", ["'; DROP TABLE lead; --", '"x" OR "y"', "a*b", "NEAR(a b)", "-", "%", "{", "\x00"])
def test_no_text_is_taken_for_a_command(store: Store, add: Adder, text: str) -> None:
    add("lead", last_name="Beck")
    assert store.lists.count(Filter("lead", Compare("name", Op.IS, text))) == 0
    store.lists.count(Filter("lead", Words(text)))
    store.lists.search(text, ["lead"], 9)
    assert store.lists.count(Filter("lead")) == 1


def test_a_long_read_can_be_stopped(store: Store, add: Adder) -> None:
    for _ in range(3):
        add("person", last_name="Pine")
    everybody = Filter("person", Total("tasks", Op.LESS, 3))
    many = f"WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {10**7}) SELECT count(*) FROM n"
    with pytest.raises(Interrupted), stoppable(store.database, lambda: True):
        store.database.execute_sql(many).fetchall()
    assert len(store.lists.ids(everybody, stop=lambda: False)) == 3
    assert store.lists.count(everybody) == 3


def test_rare_records_are_found_though_the_walk_is_given_up(
    store: Store, add: Adder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "WALK", -1.0)
    monkeypatch.setattr(database, "_STEPS", 1)
    wanted = [add("lead", last_name=f"Pine {n}", score=n) for n in range(4)][1:]
    assert list(store.lists.ids(Filter("lead", Compare("score", Op.MORE, 0)), Sort("score"), 10)) == wanted


def test_a_relation_is_of_both_its_sides(store: Store, add: Adder) -> None:
    one, other = add("person", last_name="Ash"), add("person", last_name="Elm")
    add("person", last_name="Fir")
    add("relation", type="knows", person=one, other_person=other)
    assert found(store, "person", Exists("relations")) == ["Ash", "Elm"]
    assert found(store, "person", Total("relations", Op.IS, 0)) == ["Fir"]
