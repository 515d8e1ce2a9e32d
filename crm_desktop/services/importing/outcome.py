"""What an import did, or would do."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crm_desktop.domain.change import Change
from crm_desktop.services.importing.model import ImportDraft, Question

SHOWN = 20
"""So many examples of each kind are kept."""

COMPARED = 500
"""So many rows are kept beside the record they match."""


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
