"""What an import is told, what it proposes, and what it did."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from crm_desktop.domain.change import Change
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
        """Whether its values are kept in the note."""
        return self.field is None and self.why in (Why.UNKNOWN, Why.NOTED)


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


@dataclass(slots=True)
class Counts:
    """What became of the rows read; `read` is always the sum of the others."""

    new: int = 0
    updated: int = 0
    unchanged: int = 0
    duplicate: int = 0
    refused: int = 0

    @property
    def read(self) -> int:
        """Rows read."""
        return self.new + self.updated + self.unchanged + self.duplicate + self.refused

    @property
    def incoming(self) -> int:
        """Rows that change something."""
        return self.new + self.updated

    def add(self, other: "Counts") -> None:
        """Adds other counts to these."""
        for name in _COUNTED:
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def to_json(self) -> dict[str, int]:
        """`read` and its five parts."""
        return {"read": self.read, **{name: getattr(self, name) for name in _COUNTED}}


_COUNTED = ("new", "updated", "unchanged", "duplicate", "refused")


@dataclass(slots=True)
class Problem:
    """Rows that need the same mending: what is wrong in which column, how often, and where first.

    `refused` rows are left out; the others come in, with the original value in the note.
    """

    code: str
    column: str | None
    sentence: str
    refused: bool
    count: int = 0
    rows: list[int] = field(default_factory=list)
    values: list[str] = field(default_factory=list)
    cells: list[tuple[int, str]] = field(default_factory=list)
    """The rows, each with its text."""


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A row that says what an earlier row of the file, or a record, already says."""

    file: str
    row: int
    kind: str
    record: int | None
    name: str


@dataclass(frozen=True, slots=True)
class Match:
    """A row whose record is already there: what the row says beside what the record holds, by field."""

    row: int
    kind: str
    record: int
    name: str
    said: Mapping[str, Any]
    there: Mapping[str, Any]


@dataclass(slots=True)
class Outcome:
    """All that one pass over the files found."""

    kinds: dict[str, Counts] = field(default_factory=dict)
    rows: Counts = field(default_factory=Counts)
    problems: dict[tuple[str, str | None, str], Problem] = field(default_factory=dict)
    duplicates: list[Duplicate] = field(default_factory=list)
    matches: list[Match] = field(default_factory=list)
    samples: list[dict[str, Any]] = field(default_factory=list)
    questions: dict[tuple[str, str | None], Question] = field(default_factory=dict)
    left_out: set[int] = field(default_factory=set)
    """The rows that are refused, for whatever column."""
    statuses: list[str] = field(default_factory=list)
    """The names of the statuses of leads that are new."""

    def kind(self, name: str) -> Counts:
        """The counts of one kind."""
        return self.kinds.setdefault(name, Counts())

    def problem(self, problem: Problem, row: int, value: str = "") -> None:
        """Notes a row that has a problem."""
        found = self.problems.setdefault((problem.code, problem.column, problem.sentence), problem)
        found.count += 1
        if problem.refused:
            self.left_out.add(row)
        if len(found.cells) < COMPARED:
            found.cells.append((row, value))
        if len(found.rows) < SHOWN:
            found.rows.append(row)
            if value and value not in found.values:
                found.values.append(value)

    def ask(self, question: Question) -> None:
        """Notes a question once."""
        self.questions.setdefault((question.code, question.column), question)


SHOWN = 20
"""So many examples of each kind are kept."""

COMPARED = 500
"""So many rows are kept beside the record they match."""


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


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import would do; nothing has been written."""

    drafts: tuple[ImportDraft, ...]
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did. `save_left_out` writes the rows that were left out to a file, if any were."""

    outcome: Outcome
    change: Change | None
    save_left_out: Callable[[Path], None] | None = None

    def to_json(self) -> dict[str, Any]:
        """The document the command line prints."""
        return {
            **self.outcome.rows.to_json(),
            "action": self.change.action if self.change else None,
            "questions": [question.to_json() for question in self.outcome.questions.values()],
            "kinds": {kind: counts.to_json() for kind, counts in self.outcome.kinds.items()},
            **({"statuses": self.outcome.statuses} if self.outcome.statuses else {}),
            "problems": [
                {"code": p.code, "column": p.column, "problem": p.sentence, "refused": p.refused, "count": p.count,
                 "rows": p.rows}
                for p in self.outcome.problems.values()
            ],
        }  # fmt: skip
