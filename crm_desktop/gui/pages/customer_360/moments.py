"""The lines of the timeline under their headings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from crm_desktop.domain.terms import Outcome
from crm_desktop.gui import format
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.language import tr
from crm_desktop.gui.records.moment_words import sign, text, title
from crm_desktop.services.timeline import Moment

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole + 1
WEEK = timedelta(days=7)
_TONES = {Outcome.POSITIVE.value: "ok", Outcome.NEUTRAL.value: "neutral", Outcome.NEGATIVE.value: "bad"}


@dataclass(frozen=True)
class Row:
    """A heading, or a line as it is shown. `first` and `last` tell where a group begins and ends."""

    title: str
    moment: Moment | None = None
    text: str = ""
    when: str = ""
    glyph: str = ""
    tone: str = "neutral"
    pill: tuple[str, str] = ("", "")
    first: bool = False
    last: bool = False

    @property
    def sentence(self) -> str:
        """All of it, for screen readers."""
        return ", ".join(part for part in (self.title, self.text, self.when, self.pill[0]) if part)


class MomentsModel(QAbstractListModel):
    """Headings cannot be chosen. `more_wanted` comes when the last line is near and there are more."""

    more_wanted = Signal()

    def __init__(self, context: AppContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self.rows: list[Row] = []
        self._more = False

    def show(self, moments: Sequence[Moment], more: bool) -> None:
        """Show these."""
        today = self._context.clock.today()
        self.beginResetModel()
        self.rows, heading = [], ""
        named = [(_group(moment, today), moment) for moment in moments]
        for at, (group, moment) in enumerate(named):
            if group != heading:
                self.rows.append(Row(group))
            last = at == len(named) - 1 or named[at + 1][0] != group
            self.rows.append(self._row(moment, today, first=group != heading, last=last))
            heading = group
        self._more = more
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.rows[index.row()].moment is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return row.sentence if row.moment is not None else row.title
        return row.title if role == Qt.ItemDataRole.DisplayRole else None

    def canFetchMore(self, parent: Index) -> bool:
        return self._more

    def fetchMore(self, parent: Index) -> None:
        self._more = False
        self.more_wanted.emit()

    def row_of(self, kind: str, record: int) -> int:
        """Where a record stands first; -1 where it does not."""
        for at, row in enumerate(self.rows):
            if row.moment is not None and (row.moment.kind, row.moment.id) == (kind, record):
                return at
        return -1

    def _row(self, moment: Moment, today: date, *, first: bool, last: bool) -> Row:
        glyph, tone = sign(moment)
        late = moment.open and moment.when is not None and moment.when < today
        when = format.day(moment.when, today) if moment.when is not None else ""
        if moment.when == today:
            when = format.clock_time(moment.at) if moment.at is not None else format.hour(moment.hour) or when
        pill = self._outcome(moment)
        if late and moment.when is not None:
            pill = tr("%Ln days late", "", (today - moment.when).days), "bad"
        labels = self._context.services.labels
        return Row(title(labels, moment), moment, text(labels, moment), when, glyph, "bad" if late else tone, pill,
                   first, last)  # fmt: skip

    def _outcome(self, moment: Moment) -> tuple[str, str]:
        if moment.outcome not in _TONES:
            return "", ""
        words = str(self._context.services.labels.choice("activity", "outcome", moment.outcome))
        return tr("Outcome: %1").replace("%1", words.lower()), _TONES[moment.outcome]


def _group(moment: Moment, today: date) -> str:
    if moment.pinned:
        return tr("Pinned")
    if moment.open:
        return tr("To do")
    if moment.when is not None and moment.when >= today:
        return tr("Today")
    if moment.when is not None and moment.when > today - WEEK:
        return tr("This week")
    return tr("Earlier")
