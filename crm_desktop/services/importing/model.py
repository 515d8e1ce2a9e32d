"""What an import is told, and what it proposes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from crm_desktop.formats.csv_dialect import Dialect
from crm_desktop.formats.dates import Order
from crm_desktop.formats.value_types import ColumnGuess


class OnMatch(StrEnum):
    """What happens to a record that is already there."""

    FILL = "fill"
    OVERWRITE = "overwrite"
    SKIP = "skip"
    ADD = "add"


class Unmapped(StrEnum):
    """What happens to the values of a column that fits no field."""

    CUSTOM = "custom"
    NOTE = "note"
    DROP = "drop"


class OnFault(StrEnum):
    """What happens to a row with a value that cannot be read: it stays out, or comes in without the value."""

    SKIP = "skip"
    EMPTY = "empty"


class Why(StrEnum):
    """How a column found its field, or why it has none."""

    CHOSEN = "chosen"
    REMEMBERED = "remembered"
    PRESET = "preset"
    NAME = "name"
    SYNONYM = "synonym"
    VALUES = "values"
    COMPUTED = "computed"
    LABEL = "label"
    EMPTY = "empty"
    UNKNOWN = "unknown"
    NOTED = "noted"
    """The user keeps it in the note."""
    OWN = "own"
    """A field of the user's own in an export of ours: it is made where it is missing."""


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What the user decided: columns by field, and what to do with matches, rests and doubtful dates.

    `dialect` and `decimal` say how the file is written where that was found wrong. `scales` gives for columns of scores
    what counts as 100. `faults` are decisions by column and
    sentence of a problem, `rows` those about single rows that are already there, by row number. With `by_hand` the
    user looks at the matching before it is used, so it need not be whole yet. `meanings` say by column what a text
    stands for: a choice by its code, a stage or status by its name. `edits` are mended cells, by row and column.
    """

    mapping: Mapping[str, str] = field(default_factory=dict)
    preset: str | None = None
    key: tuple[str, ...] = ()
    on_match: OnMatch | str = OnMatch.FILL
    unmapped: Unmapped | str = Unmapped.NOTE
    date_order: Order | None = None
    decimal: str | None = None
    dialect: Dialect | None = None
    scales: Mapping[str, int] = field(default_factory=dict)
    faults: Mapping[tuple[str, str], OnFault] = field(default_factory=dict)
    rows: Mapping[int, OnMatch] = field(default_factory=dict)
    by_hand: bool = False
    meanings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    edits: Mapping[int, Mapping[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "on_match", OnMatch(self.on_match))
        object.__setattr__(self, "unmapped", Unmapped(self.unmapped))

    def how(self, row: int) -> OnMatch:
        """What is done with a row whose record is there, by the number of the row."""
        return OnMatch(self.rows.get(row, self.on_match))


@dataclass(frozen=True, slots=True)
class Question:
    """Something the file does not tell; `answer` is what is taken unless the user says otherwise."""

    code: str
    sentence: str
    answer: str
    column: str | None = None

    def to_json(self) -> dict[str, Any]:
        """The form the command line prints."""
        return {"code": self.code, "column": self.column, "question": self.sentence, "answer": self.answer}


@dataclass(frozen=True, slots=True)
class ColumnMatch:
    """A column of the file, its first values, and where they go.

    `top` is the end of the scale, 5 or 10, where all values are whole numbers that small.
    """

    column: str
    at: int
    samples: tuple[str, ...]
    field: str | None
    why: Why
    guess: ColumnGuess
    question: Question | None = None
    top: int | None = None

    @property
    def noted(self) -> bool:
        """Whether its values are kept in the note, if no field is made for them."""
        return self.field is None and self.why in (Why.UNKNOWN, Why.NOTED, Why.OWN)


@dataclass(frozen=True, slots=True)
class ImportDraft:
    """How one file will be read: the kind of its records, and the field of each column.

    `system` names where the file's own record numbers come from; `exact` is an export of ours that must come back
    letter by letter; `rows` is an estimate; `version` tells whether the file is still the one that was looked at; where
    there is a `doubt`, the user must say what the rows are before it goes on.
    """

    path: Path
    kind: str
    preset: str | None
    columns: tuple[ColumnMatch, ...]
    options: ImportOptions
    dialect: Dialect
    system: str
    rows: int = 0
    ours: bool = False
    exact: bool = False
    version: tuple[int, int] = (0, 0)
    doubt: str = ""

    @property
    def questions(self) -> tuple[Question, ...]:
        """What the columns leave open."""
        return tuple(column.question for column in self.columns if column.question)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a text of a column stands for: `code` of a choice, or the name of a stage or status; None where unknown.

    `offered` is what it may stand for: codes or names, each with what people read. A text that is `made` comes in as a
    new record of that name where nothing else is said.
    """

    column: str
    field: str
    text: str
    count: int
    code: str | None
    offered: tuple[tuple[str, str], ...]
    made: bool = False
