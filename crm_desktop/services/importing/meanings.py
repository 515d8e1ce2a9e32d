"""What the texts of a column with choices stand for: a stage, a status, a source of another program in our words."""

from collections import Counter
from collections.abc import Callable, Iterator

from crm_desktop.domain.catalogue import FieldType
from crm_desktop.domain.folding import key
from crm_desktop.errors import UserError
from crm_desktop.formats.csv_reader import CsvTable
from crm_desktop.formats.csv_source import version
from crm_desktop.formats.formulas import unneutralise
from crm_desktop.formats.several import parts
from crm_desktop.services.importing.deals import KnownStages
from crm_desktop.services.importing.links import MADE
from crm_desktop.services.importing.model import ColumnMatch, ImportDraft, Meaning
from crm_desktop.services.importing.targets import Target, base_name, codes, targets
from crm_desktop.services.labels import Labels
from crm_desktop.services.statuses import Statuses
from crm_desktop.storage.store import Store

MOST = 30
"""A column with more different texts has no choices."""

_NAMED = {("deal", "stage"), ("lead", "status")}
"""Links to records that are few and stand for choices."""


def meanings(store: Store, labels: Labels, draft: ImportDraft) -> tuple[Meaning, ...]:
    """The texts of the columns with choices, the most frequent first, and what each stands for."""
    known = targets(store.catalogue, draft.kind)
    goals = [(column, known.get(base_name(column.field or ""))) for column in draft.columns]
    asked = [(column, target) for column, target in goals if target is not None and _has_choices(draft, target)]
    if not asked or draft.ours:
        return ()
    found: dict[int, Counter[str]] = {column.at: Counter() for column, _ in asked}
    for _, cells in edited(draft, CsvTable(draft.path, draft.dialect).rows()):
        for at, counter in found.items():
            counter[cells[at].strip()] += 1
    read = _Reading(store, labels, draft)
    return tuple(each for column, target in asked for each in read.column(column, target, found[column.at]))


def edited(draft: ImportDraft, rows: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    """The rows of a file with the cells that were mended; UserError where rows may not be what they were then."""
    edits, places = draft.options.edits, {column.column: column.at for column in draft.columns}
    if (edits or draft.options.rows) and version(draft.path) != draft.version:
        raise UserError(f"“{draft.path.name}” was changed since it was opened. Open it again.")
    for number, cells in rows:
        for column, text in edits.get(number, {}).items():
            cells = [*cells[: places[column]], text, *cells[places[column] + 1 :]]
        yield number, cells


def _has_choices(draft: ImportDraft, target: Target) -> bool:
    return target.type is FieldType.CHOICE or (draft.kind, target.name) in _NAMED


class _Reading:
    """Knows what stages, statuses and choices there are."""

    def __init__(self, store: Store, labels: Labels, draft: ImportDraft) -> None:
        self._store = store
        self._labels = labels
        self._draft = draft

    def column(self, column: ColumnMatch, target: Target, texts: Counter[str]) -> list[Meaning]:
        """The meanings of the texts of one column; none where they are too many to be choices."""
        del texts[""]
        offered, find = self._of(target)
        said = self._draft.options.meanings.get(column.column, {})
        if target.multi:
            texts = _apart(texts, lambda part: said.get(part) or find(part))
        if len(texts) > MOST:
            return []
        made = target.field is not None and target.field.target in MADE
        answer = []
        for text, count in texts.most_common():
            here, choices = find(text), tuple(offered.items())
            new = made and here is None
            answer.append(Meaning(column.column, target.name, text, count, said.get(text) or here, choices, new))
        return answer

    def _of(self, target: Target) -> tuple[dict[str, str], Callable[[str], str | None]]:
        """What can be meant, and how that is found for a text."""
        if target.name == "stage":
            stages = KnownStages(self._store, self._labels)
            here = [stage.name for stage in stages.all.values() if stage.pipeline == stages.usual]

            def stage(text: str) -> str | None:
                found = stages.find(text, stages.usual)
                return found.name if found else None

            return {name: name for name in here}, stage
        if target.name == "status" and target.type is FieldType.LINK:
            statuses = Statuses(self._store)
            by_word = {word: statuses.unconverted(each).name for word, each in statuses.said().items()}
            return {name: name for name in by_word.values()}, lambda text: by_word.get(key(text))
        assert target.field is not None
        kind = "person" if self._draft.kind == "customer" else self._draft.kind  # of customers only people have some
        known = codes(self._labels, kind, target.field)
        choices = {code: self._labels.choice(kind, target.name, code) for code in target.field.choices}
        return choices, lambda text: known.get(key(text))


def _apart(cells: Counter[str], choose: Callable[[str], str | None]) -> Counter[str]:
    """The texts of cells that list several choices, each for itself."""
    found: Counter[str] = Counter()
    for cell, count in cells.items():
        for part, _ in parts(unneutralise(cell), choose):
            found[part] += count
    return found
