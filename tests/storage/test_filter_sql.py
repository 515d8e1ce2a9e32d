"""What a filter means in SQL agrees with what it says: held against a plain evaluation in Python."""

import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_desktop.domain import filter as f
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.filter import All, Compare, Days, Either, Exists, Filter, Node, Not, Op, Total, Words
from crm_desktop.domain.folding import fold, words
from crm_desktop.domain.money import Money
from crm_desktop.errors import UserError
from crm_desktop.storage.store import Store
from tests.storage.conftest import NOON, Adder

TODAY = NOON.date()
SIGN: dict[Op, Callable[[Any, Any], bool]] = {
    Op.IS: operator.eq, Op.LESS: operator.lt, Op.AT_MOST: operator.le, Op.MORE: operator.gt, Op.AT_LEAST: operator.ge,
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
            mine = words(" ".join(str(thing.values.get(name) or "") for name in ("name", "note")))
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
    first, _, rest = node.path.partition(".")
    if rest:
        other = thing.links[first]
        return other is not None and compared(Compare(rest, node.op, node.value), other)
    held = thing.values.get(first)
    if node.op is Op.EMPTY:
        return (held in (None, "")) is bool(node.value)
    if node.op is Op.IS_NOT:
        return not compared(Compare(first, Op.IS, node.value), thing)
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

MANY = [Op.IS, Op.LESS, Op.AT_MOST, Op.MORE, Op.AT_LEAST]


def simple(texts: list[str], numbers: list[str], dates: list[str]) -> st.SearchStrategy[Node]:
    """Conditions on the fields of one kind."""
    options: list[st.SearchStrategy[Node]] = []
    if texts:
        how = st.sampled_from([Op.IS, Op.IS_NOT, Op.CONTAINS, Op.STARTS])
        options.append(st.builds(Compare, st.sampled_from(texts), how, TEXTS | st.sampled_from(["apf", "b", " "])))
        options.append(st.builds(Compare, st.sampled_from(texts), st.just(Op.ANY_OF), st.tuples(TEXTS, TEXTS)))
    for names, values in ((numbers, NUMBERS), (dates, DATES | st.integers(-5, 5).map(Days))):
        if names:
            options.append(st.builds(Compare, st.sampled_from(names), st.sampled_from([*MANY, Op.IS_NOT]), values))
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


TASKS = nested(simple(["title"], ["priority"], ["due_on"]))
PEOPLE = nested(
    simple(["last_name", "job_title"], [], [])
    | simple(["company.name", "company.industry"], ["company.employees"], [])
    | st.builds(Exists, st.just("tasks"), TASKS)
    | st.builds(Total, st.just("tasks"), st.sampled_from(MANY), NUMBERS, st.none(), TASKS)
    | st.builds(Total, st.just("tasks"), st.sampled_from(MANY), NUMBERS, st.just("priority"), TASKS)
)
COMPANIES = nested(
    simple(["name", "industry"], ["employees"], [])
    | st.builds(Words, st.sampled_from(["apf", "bir", "x y", "zoe", ""]))
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


@pytest.mark.parametrize(("days", "matches"), [(2, True), (3, False), (30, False), (100, False)])
def test_none_within_days_counts_the_first_day_in(store: Store, customer: int, days: int, matches: bool) -> None:
    node = f.none_within("activities", "happened_on", days)
    assert store.lists.count(Filter("company", node)) == int(matches)


def test_who_was_never_visited_is_absent_too(store: Store, customer: int, add: Adder) -> None:
    add("company", name="Bolt")
    assert found(store, "company", f.none_within("activities", "happened_on", 30)) == ["Bolt"]
    visits = Compare("type", Op.IS, "call")
    assert found(store, "company", f.none_within("activities", "happened_on", 30, visits)) == ["Acme", "Bolt"]


def test_counts_two_links_deep(store: Store, customer: int, add: Adder) -> None:
    person = add("person", last_name="Beck", company=customer)
    for priority in (1, 2):
        add("task", title="Call", priority=priority, person=person)
    heavy = Total("tasks", Op.AT_LEAST, 3, "priority")
    assert found(store, "company", Exists("people", heavy)) == ["Acme"]
    assert found(store, "company", Total("people", Op.IS, 1, None, heavy)) == ["Acme"]
    assert found(store, "company", Exists("people", Total("tasks", Op.MORE, 3, "priority"))) == []
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


def test_phones_are_found_as_typed_or_as_digits(store: Store, add: Adder) -> None:
    add("lead", last_name="Beck", phone=("+49 (30) 123-456",))
    for text in ("30 123 456", "123456", "(30) 123"):
        assert store.lists.count(Filter("lead", Compare("phone", Op.CONTAINS, text))) == 1
    assert store.lists.search("49 30 1234", ["lead"], 9)[0].title == "Beck"


@pytest.mark.parametrize("node", [
    Compare("score", Op.IS, "many"), Compare("created_at", Op.IS, "yesterday"), Compare("value", Op.MORE, "much"),
    Compare("score", Op.IS, ("a", 1)), Exists("unicorns"), Total("unicorns", Op.IS, 1), Compare("source.x", Op.IS, 1),
    Total("tasks", Op.IS, 1, "unicorn"), Compare("unicorn", Op.IS, 1), Compare("score", Op.STARTS, "1"),
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
