"""A filter taken apart for editing is put together the same."""

from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.domain.catalogue import Catalogue, Kind, Relation
from crm_desktop.domain.filter import (
    All,
    Compare,
    Days,
    Either,
    Exists,
    Node,
    Not,
    Op,
    Total,
    Words,
    between,
    both,
)
from crm_desktop.domain.filter_pieces import pieces, tidy
from crm_desktop.domain.filter_tree import Group, How, Item, Mode, Related, opened

RELATION = Relation("activities", "activity", "happened_on")
CATALOGUE = Catalogue(
    {
        "lead": Kind("lead", "leads", {}, {"activities": RELATION, "deals": Relation("deals", "deal")}),
        "activity": Kind("activity", "activities", {}),
        "deal": Kind("deal", "deals", {}, {"activities": RELATION}),
    }
)


def none_within(days: int, where: Node) -> Not:
    """No activity in the last days."""
    return Not(Exists("activities", both(where, Compare("happened_on", Op.AT_LEAST, Days(-days)))))


LEAVES: st.SearchStrategy[Node] = st.one_of(
    st.builds(Compare, st.sampled_from(["score", "source"]), st.sampled_from(Op), st.integers(0, 2)),
    st.builds(Compare, st.just("happened_on"), st.sampled_from([Op.AT_LEAST, Op.AT_MOST]), st.just(Days(-9))),
    st.builds(between, st.sampled_from(["score", "age"]), st.integers(0, 1), st.integers(0, 1)),
    st.builds(Words, st.sampled_from(["a", "b"])),
)
NODES: st.SearchStrategy[Node] = st.recursive(
    LEAVES,
    lambda inner: (
        st.builds(Not, inner)
        | st.builds(All, st.lists(inner, max_size=3).map(tuple))
        | st.builds(Either, st.lists(inner, max_size=3).map(tuple))
        | st.builds(Exists, st.sampled_from(["activities", "deals", "gone"]), inner)
        | st.builds(Total, st.just("deals"), st.just(Op.MORE), st.integers(0, 2), st.none() | st.just("amount"), inner)
        | st.builds(none_within, st.integers(0, 90), inner)
    ),
    max_leaves=8,
)


@given(NODES)
def test_what_is_taken_apart_is_put_together_the_same(node: Node) -> None:
    assert opened(CATALOGUE, "lead", node).whole() == tidy(node)


@given(NODES)
def test_tidy_things_stay(node: Node) -> None:
    assert tidy(tidy(node)) == tidy(node)


@given(NODES)
def test_pieces_are_the_whole(node: Node) -> None:
    assert tidy(both(*pieces(node))) == tidy(node)


def test_no_visit_in_the_last_days_is_a_form_of_its_own() -> None:
    visit = Compare("type", Op.IS, "visit")
    (item,) = opened(CATALOGUE, "lead", none_within(60, visit)).items
    assert isinstance(item, Related)
    assert (item.how, item.negated, item.days, item.where.kind) == (How.HAS, True, 60, "activity")
    (inner,) = item.where.items
    assert isinstance(inner, Item)
    assert inner.node == visit


def test_groups_say_how_many_must_hold() -> None:
    a, b = Words("a"), Words("b")
    modes = [opened(CATALOGUE, "lead", node).mode for node in (All((a, b)), Either((a, b)), Not(Either((a, b))))]
    assert modes == [Mode.ALL, Mode.ANY, Mode.NONE]


def test_what_is_not_said_to_the_end_does_not_count() -> None:
    made = Group("lead", Mode.ANY, [Item("lead"), Item("lead", Words("a")), Related("lead", RELATION, How.COUNT)])
    assert made.whole() == Either((Words("a"),))


@given(NODES, st.integers(0, 9), st.sampled_from([-1, 1]))
def test_moving_keeps_every_condition(node: Node, number: int, step: int) -> None:
    whole = opened(CATALOGUE, "lead", node)
    entries = list(whole.walk())
    if entries:
        whole.move(entries[number % len(entries)], step)
        assert set(whole.walk()) == set(entries)
        assert all(entry.kind == holder.kind for entry in entries if (holder := whole.holder(entry)))


def test_a_condition_moves_into_a_group_and_out_of_it() -> None:
    whole = opened(CATALOGUE, "lead", All((Words("a"), Either((Words("b"), Words("c"))))))
    first = whole.items[0]
    whole.move(first, 1)
    assert whole.whole() == Either((Words("a"), Words("b"), Words("c")))
    for _ in range(3):
        whole.move(first, 1)
    assert whole.whole() == All((Either((Words("b"), Words("c"))), Words("a")))
    whole.move(first, 1)
    assert whole.items[-1] is first
    whole.wrap(first)
    assert whole.whole() == All((Either((Words("b"), Words("c"))), Either((Words("a"),))))
    whole.remove(first)
    assert whole.whole() == Either((Words("b"), Words("c")))
