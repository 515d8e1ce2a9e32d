"""Rows of text become the fields of one kind of record, a block of rows at a time, column by column."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from crm_desktop.domain.catalogue import Catalogue, FieldType
from crm_desktop.domain.contact import FLAGS, Reach
from crm_desktop.domain.money import Money
from crm_desktop.formats.dates import Order
from crm_desktop.formats.preset import label_in_name
from crm_desktop.formats.values import currency_named
from crm_desktop.services.importing import cells
from crm_desktop.services.importing.cells import Fault, Manner
from crm_desktop.services.importing.model import ColumnMatch, ImportDraft, OnFault, Unmapped
from crm_desktop.services.importing.targets import Target, base_name, codes, number_of, targets
from crm_desktop.services.labels import Labels
from crm_desktop.storage.contact_rows import BY_TEXT

Rows = Sequence[tuple[int, Sequence[str]]]


@dataclass(slots=True)
class Block:
    """Some rows of a file as columns of values. `values` are what the file says, `new` what only new records get.

    `faults` are the reasons for which a row, by its place in the block, is left out; `rest` what goes to its note
    because it could not be read, as (column, text).
    """

    numbers: list[int]
    values: dict[str, list[Any]]
    new: dict[str, list[Any]] = field(default_factory=dict)
    faults: dict[int, list[tuple[str | None, Fault]]] = field(default_factory=dict)
    rest: dict[int, list[tuple[str, Fault]]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.numbers)

    def column(self, name: str) -> list[Any]:
        """The values of a field, nothing where the file has no such column."""
        return self.values.get(name) or [None] * len(self)

    def take(self, name: str) -> list[Any] | None:
        """The same, taken out."""
        return self.values.pop(name, None)

    def refuse(self, at: int, sentence: str, column: str | None = None) -> None:
        """Leaves a row out."""
        self.faults.setdefault(at, []).append((column, Fault(sentence, "")))

    def keep(self, at: int, column: str, text: str, sentence: str) -> None:
        """Keeps a text that fits nowhere for the note of its record."""
        self.rest.setdefault(at, []).append((column, Fault(sentence, text, refused=False)))


@dataclass(frozen=True, slots=True)
class Context:
    """What the reading of values depends on beside the file: choices, own fields, the usual currency, this year."""

    catalogue: Catalogue
    labels: Labels
    currency: str
    year: int
    order: Order = Order.DMY
    """How dates in numbers are written here, where a file proves nothing."""


class Shaper:
    """Reads rows of one draft as records of one kind; everything that can be worked out beforehand is."""

    def __init__(self, draft: ImportDraft, kind: str, columns: Sequence[ColumnMatch], context: Context) -> None:
        self._context = context
        self._targets = targets(context.catalogue, kind)
        self._parts: dict[str, list[tuple[ColumnMatch, cells.Reader]]] = {}
        self._loose: list[ColumnMatch] = []
        self._notes_of: dict[tuple[str, int], dict[str, tuple[ColumnMatch, cells.Reader]]] = {}
        self._kind = kind
        self._faults = draft.options.faults
        self._meant: dict[int, Mapping[str, str]] = {}
        order = _common_order(draft, context.order)
        for column in sorted(columns, key=_place):
            name = base_name(column.field) if column.field and column.field not in self._targets else column.field
            target = self._targets.get(name or "")
            if target is not None:
                manner = self._manner(draft, column, target, order)
                if manner.meant and not target.multi:
                    self._meant[column.at] = manner.meant
                read = column, cells.reader(target, manner)
                if target.of is None:
                    self._parts.setdefault(target.name, []).append(read)
                else:
                    beside = self._notes_of.setdefault((target.of, number_of(column.field or "")), {})
                    beside[target.name.removeprefix(f"{target.of}_")] = read
            elif column.noted or column.field:
                self._loose.append(column)
        if draft.options.unmapped is Unmapped.DROP:
            self._loose = []

    @property
    def fields(self) -> tuple[str, ...]:
        """The targets that the file has columns for."""
        return tuple(self._parts)

    @property
    def noting(self) -> bool:
        """Whether columns without a field go to the note."""
        return bool(self._loose)

    def block(self, rows: Rows) -> Block:
        """The values of some rows."""
        columns = list(zip(*(cells_ for _, cells_ in rows), strict=True))
        for at, said in self._meant.items():
            columns[at] = tuple([said.get(text.strip(), text) for text in columns[at]])
        block = Block([number for number, _ in rows], {})
        for name, parts in self._parts.items():
            read = [self._read(block, column, take, columns[column.at]) for column, take in parts]
            if name in BY_TEXT:
                read = [self._noted(block, name, column, values, columns)
                        for (column, _), values in zip(parts, read, strict=True)]  # fmt: skip
            block.values[name] = read[0] if len(read) == 1 else _merged(name, read)
        self._amounts(block)
        self._notes(block, columns)
        return block

    def _read(self, block: Block, column: ColumnMatch, take: cells.Reader, texts: Sequence[str]) -> list[Any]:
        values, faulty = take(texts)
        if faulty:
            for at, value in enumerate(values):
                if isinstance(value, Fault):
                    values[at] = None
                    decided = self._faults.get((column.column, value.sentence))
                    if decided is OnFault.EMPTY:
                        continue
                    if value.refused or decided is OnFault.SKIP:
                        block.faults.setdefault(at, []).append((column.column, value))
                    else:
                        block.rest.setdefault(at, []).append((column.column, value))
        return values

    def _noted(
        self, block: Block, name: str, column: ColumnMatch, values: list[Any], columns: Sequence[Sequence[str]]
    ) -> list[Any]:
        """Addresses with the label and flags that stand beside them; a label may also lie in the name of the column."""
        beside = self._notes_of.get((name, number_of(column.field or "")), {})
        usual = label_in_name(column.column) or ""
        if not beside and not usual:
            return values
        notes = {
            note: self._read(block, other, take, columns[other.at]) for note, (other, take) in beside.items()
        }
        nothing = [None] * len(block)
        labels, *flags = (notes.get(note, nothing) for note in ("label", *FLAGS))
        return [
            held and tuple(Reach(text, _label(label) or usual, *map(bool, known)) for text in held)
            for held, label, *known in zip(values, labels, *flags, strict=True)
        ]

    def _manner(self, draft: ImportDraft, column: ColumnMatch, target: Target, order: Order) -> Manner:
        guess = column.guess
        choices = target.field if target.type is FieldType.CHOICE else None
        return Manner(
            order=draft.options.date_order or guess.order or order,
            decimal=draft.options.decimal or guess.decimal or _common_decimal(draft),
            scale=draft.options.scales.get(column.column, 100) if target.name == "score" else 100,
            currency=self._context.currency,
            fractions=target.name == "probability" and cells.fractions(guess.samples),
            exact=draft.exact,
            single=draft.ours,
            year=self._context.year,
            codes=codes(self._context.labels, self._kind, choices) if choices else {},
            meant=draft.options.meanings.get(column.column, {}),
        )

    def _amounts(self, block: Block) -> None:
        """Amounts with the currency beside them, in their own text, or the usual one."""
        common = block.take("currency")
        for name, target in self._targets.items():
            if target.type is not FieldType.MONEY:
                continue
            beside = block.take(f"{name}_currency") or common
            amounts = block.values.get(name)
            if amounts is not None:
                usual = self._context.currency
                names = beside or [None] * len(amounts)
                memo: dict[Any, Money | None] = {(None, each): None for each in {*names}}
                for pair in set(zip(amounts, names, strict=True)) - memo.keys():
                    memo[pair] = _money(pair[0], pair[1], usual)
                block.values[name] = [memo[pair] for pair in zip(amounts, names, strict=True)]
                _check_money(block, name)

    def _notes(self, block: Block, columns: Sequence[Sequence[str]]) -> None:
        """What fits no field is kept as lines of the note: `Column: value`."""
        if not self._loose:
            return
        notes = block.values.get("note") or [None] * len(block)
        lines = [[f"{column.column}: {text.strip()}" if text.strip() else "" for text in columns[column.at]]
                 for column in self._loose]  # fmt: skip
        found = [filter(None, each) for each in zip(notes, *lines, strict=True)]
        block.values["note"] = ["\n".join(each) or None for each in found]


def _label(text: str | None) -> str:
    """A label as it is kept; other programs write `* Work` and `Business`."""
    bare = (text or "").strip().removeprefix("*").strip()
    return label_in_name(bare) or bare if len(bare.split()) == 1 else bare


def add_rest(block: Block) -> None:
    """Adds to the notes what could not be read, once every part of the row was looked at."""
    if block.rest:
        notes = block.values.setdefault("note", [None] * len(block))
        for at, kept in block.rest.items():
            lines = [notes[at], *(f"{column}: {fault.text}" for column, fault in kept)]
            notes[at] = "\n".join(filter(None, lines))


def _place(column: ColumnMatch) -> int:
    """Numbered columns in the order of their numbers, the others before them as they stand."""
    stem, _, number = (column.field or "").rpartition("_")
    return int(number) if stem and number.isdigit() else 1


def _common_order(draft: ImportDraft, usual: Order) -> Order:
    """One column that proves its order speaks for the others of the file."""
    return next((c.guess.order for c in draft.columns if c.guess.order and not c.guess.ambiguous), usual)


def _common_decimal(draft: ImportDraft) -> str:
    return next((c.guess.decimal for c in draft.columns if c.guess.decimal), ".")


def _merged(name: str, parts: list[list[Any]]) -> list[Any]:
    across = zip(*parts, strict=True)
    if name == "opt_out":
        return [True if any(each) else False if False in each else None for each in across]
    if name == "street":
        return [", ".join(dict.fromkeys(filter(None, each))) or None for each in across]
    return [tuple(dict.fromkeys(chain.from_iterable(filter(None, each)))) or None for each in across]


def _money(amount: Any, beside: str | None, usual: str) -> Any:
    if amount is None:
        return None
    number, own = amount
    named = (beside or "").strip().upper()
    if named and not (len(named) == 3 and named.isalpha()):
        return Fault("Needs a currency code like EUR", beside or "")
    try:
        return Money.of(number, currency_named(own, *filter(None, (named, usual))))
    except ValueError:
        return Fault("Needs a smaller amount", str(number))


def _check_money(block: Block, name: str) -> None:
    values = block.values[name]
    for at, value in enumerate(values):
        if isinstance(value, Fault):
            values[at] = None
            block.faults.setdefault(at, []).append((name, value))


def split_rows(rows: Rows, test: Callable[[Sequence[str]], bool]) -> tuple[list[Any], list[Any]]:
    """Rows that pass a test, and the others."""
    passed: list[Any] = []
    failed: list[Any] = []
    for row in rows:
        (passed if test(row[1]) else failed).append(row)
    return passed, failed
