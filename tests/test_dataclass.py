"""The quick dataclasses are like those of the standard library."""

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest

from crm_desktop.dataclass import dataclass


class Plain:
    """What both are made of."""

    __slots__ = ()


def made(by: Callable[..., Any], **options: bool) -> Any:
    class Value(Plain):
        first: int
        second: str = "b"
        more: list[int] = dataclasses.field(default_factory=list, compare=False, repr=False)

        def __post_init__(self) -> None:
            assert self.first >= 0

    return by(frozen=True, **options)(Value)


@pytest.fixture(params=[{}, {"slots": True}, {"eq": False}, {"order": True, "slots": True}], ids=str)
def pair(request: pytest.FixtureRequest) -> tuple[Any, Any]:
    """The same class by both."""
    return made(dataclass, **request.param), made(dataclasses.dataclass, **request.param)


def told(cls: Any) -> list[object]:
    """What a class does."""
    one, same, other = cls(1), cls(1, "b", [3]), cls(1, second="c")
    changed = dataclasses.replace(one, second="c")
    return [
        repr(one), one == same, one != other, changed == other, one == (1, "b"), len({one, same, other}),
        one.more, dataclasses.astuple(same), cls.__match_args__, hasattr(one, "__dict__"),
        one < other if "__lt__" in vars(cls) else None, cls.__doc__,
    ]  # fmt: skip


def test_a_value_does_as_that_of_the_standard_library(pair: tuple[Any, Any]) -> None:
    quick, standard = pair
    assert told(quick) == told(standard)


def test_what_a_class_says_itself_holds() -> None:
    @dataclass(frozen=True, slots=True)
    class Own:
        name: str

        def __eq__(self, other: object) -> bool:
            return isinstance(other, Own) and self.name.lower() == other.name.lower()

        def __hash__(self) -> int:
            return hash(self.name.lower())

        def __repr__(self) -> str:
            return self.name

    assert (Own("A") == Own("a"), len({Own("A"), Own("a")}), repr(Own("A"))) == (True, 1, "A")
