"""What a cell of a record table shows: its words, made once per row, and how they are to be painted."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from enum import IntEnum
from typing import Any, NamedTuple

from crm_desktop.domain.catalogue import Field, FieldType
from crm_desktop.domain.terms import LeadStatus
from crm_desktop.gui import format
from crm_desktop.gui.language import tr


class Style(IntEnum):
    """How a cell is painted."""

    TICK = 0
    TEXT = 1
    NAME = 2
    SCORE = 3
    PILL = 4
    STEP = 5
    NUMBER = 6


class Cell(NamedTuple):
    """One cell. `detail` is the second line of a name and the day of a step; `share` the length of a bar."""

    style: Style
    text: str
    detail: str = ""
    tone: str = ""
    share: float = 0.0


class Column(NamedTuple):
    """A field as a column of a table."""

    field: Field
    title: str
    style: Style
    derived: bool = False  # its kind cannot be written

    @property
    def name(self) -> str:
        """The catalogue name of its field."""
        return self.field.name

    @property
    def editable(self) -> bool:
        """Whether a cell can be edited where it stands.

        The name of a lead or a person is made of its first and last name, and taken apart again by the services.
        """
        return self.field.editable or (self.style is Style.NAME and not self.derived)


_STYLES = {
    "name": Style.NAME, "score": Style.SCORE, "strength": Style.SCORE, "lifecycle": Style.PILL, "status": Style.PILL,
}  # fmt: skip
_NUMBERS = frozenset({FieldType.INTEGER, FieldType.NUMBER, FieldType.MONEY})
TONES = {
    "mql": "violet", "sql": "accent", "opportunity": "warn", "customer": "ok", "evangelist": "ok",
    "working": "accent", "qualified": "ok", "converted": "ok", "disqualified": "bad",
}  # fmt: skip
"""The tones of states; any other is neutral."""
DETAILS = {
    "lead": "company_name", "person": "company", "company": "industry", "customer": "industry", "deal": "company",
}  # fmt: skip
"""What stands under the name of a record of each kind."""
_OVER = (LeadStatus.CONVERTED, LeadStatus.DISQUALIFIED)
"""Types of statuses after which a lead needs no next step."""
_NEEDED = {"customer": ("type",), "lead": ("lifecycle", "status", "status_type", "qualification")}


def style_of(field: Field) -> Style:
    """How cells of a field are painted."""
    if field.name == "next_step":
        return Style.STEP
    if field.name in _STYLES:
        return _STYLES[field.name]
    return Style.NUMBER if field.type in _NUMBERS else Style.TEXT


class CellMaker:
    """Makes the cells of rows of one kind. `choice` gives the words for a field and a code."""

    def __init__(self, kind: str, choice: Callable[[str, str], str], today: Callable[[], date], hot: int) -> None:
        self._kind = kind
        self._choice = choice
        self._today = today
        self._hot = hot

    @property
    def needs(self) -> tuple[str, ...]:
        """Fields that cells are made of beside those of their columns."""
        return (DETAILS[self._kind], "next_activity", *_NEEDED.get(self._kind, ()))

    def cell(self, column: Column, row: Mapping[str, Any]) -> Cell:
        """The cell of a row, given as values by field."""
        held = row[column.name]
        match column.style:
            case Style.NAME:
                return self._name(held, row[self.needs[0]])
            case Style.SCORE:
                return strength(held) if column.name == "strength" else self._score(held)
            case Style.STEP:
                return self._step(held, row)
        words = format.value(column.field, held, self._today(), lambda code: self._choice(column.name, code))
        tone = self._tone(column, held, row) if column.style is Style.PILL else ""
        return Cell(column.style, words, tone=tone)

    def _tone(self, column: Column, held: Any, row: Mapping[str, Any]) -> str:
        """The tone of a state; a status of the user's naming has that of its type."""
        code = row.get("status_type") if column.field.type is FieldType.LINK else held
        return TONES.get(str(code), "neutral")

    def sentence(self, columns: Sequence[Column], row: Mapping[str, Any]) -> str:
        """The row in one sentence, for screen readers."""
        parts = []
        for column in columns:
            cell = self.cell(column, row)
            words = " ".join(part for part in (cell.text, cell.detail) if part)
            if words and column.style in (Style.SCORE, Style.NUMBER, Style.TEXT):
                words = tr("%1 %2").replace("%1", column.title).replace("%2", words)
            parts.append(words)
        return ", ".join(part for part in parts if part)

    def _name(self, held: Any, detail: Any) -> Cell:
        name, second = str(held or ""), str(detail or "")
        return Cell(Style.NAME, name or tr("Without a name"), "" if second == name else second, initials(name))

    def _score(self, held: Any) -> Cell:
        if held is None:
            return Cell(Style.SCORE, "")
        tone = "accent" if held >= self._hot else "chartOther"
        return Cell(Style.SCORE, format.count_text(held), tone=tone, share=held / 100)

    def _step(self, step: Any, row: Mapping[str, Any]) -> Cell:
        due: date | None = row["next_activity"]
        if not step:
            return self._no_step(row)
        if due is None:
            return Cell(Style.STEP, str(step))
        late = (self._today() - due).days
        if late > 0:
            return Cell(Style.STEP, str(step), tr("· %Ln days late", "", late), "bad")
        return Cell(Style.STEP, str(step), format.day_inside(due, self._today()), "text" if late == 0 else "")

    def _no_step(self, row: Mapping[str, Any]) -> Cell:
        """Nothing is missing where nothing more is to be done: what became of a lead is said by its status instead."""
        if self._kind != "lead":
            return Cell(Style.STEP, "")
        if row["status_type"] in _OVER:
            return Cell(Style.STEP, str(row["status"]))
        return Cell(Style.STEP, tr("No next step"), tone="warn")


STRONG, FAIR = 40, 15
"""From where on a relation counts as strong or fair: four visits, or one and a call, within a half-life."""


def strength(held: int | None) -> Cell:
    """How alive a relation is: number and bar, and for screen readers a word."""
    if held is None:
        return Cell(Style.SCORE, "")
    words = tr("strong") if held >= STRONG else tr("fair") if held >= FAIR else tr("weak")
    tone = "accent" if held >= STRONG else "chartOther"
    return Cell(Style.SCORE, format.count_text(held), words, tone, held / 100)


def initials(name: str) -> str:
    """At most two letters for an avatar: of the first and the last word."""
    words = [word for word in name.split() if word[0].isalnum()]
    chosen = words[:1] + words[-1:] if len(words) > 1 else words
    return "".join(word[0] for word in chosen).upper()
