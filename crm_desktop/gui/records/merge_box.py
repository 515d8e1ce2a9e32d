"""What a merge would do, field by field, and the choices about it."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.gui import format
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.deeds import by_kind
from crm_desktop.gui.jobs import Latest, Work
from crm_desktop.gui.widgets.merge_table import MergeLine, MergeTable
from crm_desktop.gui.widgets.switch import Switch
from crm_desktop.gui.widgets.text import label
from crm_desktop.services.merge_plan import MergeField, MergePlan, MergeRecord
from crm_desktop.services.merging import Merging
from crm_desktop.services.progress import Progress

Ids = Callable[[], Sequence[int]]
"""Answers which records; it may have to look them up."""


class MergeBox(QWidget):
    """Shows some records as a merge of them; `planned` when what would happen is known, `failed` when it cannot be."""

    planned = Signal(object)
    failed = Signal(object)

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self.kind = ""
        self.plan: MergePlan | None = None
        self.wanted: tuple[int, ...] = ()
        """The records that were asked about, the one to stay first; empty until it is known which one that is."""
        self._choices: dict[str, int] = {}
        self._asked = Latest(context.jobs, self)
        self._waiting = False
        self.survivor = QComboBox(self)
        self.survivor.setAccessibleName(self.tr("The record that stays"))
        self.survivor.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.survivor.activated.connect(self._other_survivor)
        self.all_fields = Switch(context.theme, self)
        self.all_fields.setAccessibleName(self.tr("Show all fields"))
        self.all_fields.toggled.connect(self._tell)
        self.table = MergeTable(context.theme, self)
        self.table.kept.connect(self._keep)
        self.summary = label(role="small", tone="secondary", wrap=True)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label(self.tr("Stays"), tone="secondary"))
        head.addWidget(self.survivor, 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.summary, 1)
        foot.addWidget(self.all_fields)
        foot.addWidget(label(self.tr("Show all fields"), "small"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self.table, 1)
        layout.addLayout(foot)

    @property
    def ids(self) -> tuple[int, ...]:
        """The records, the one that stays first."""
        return tuple(record.id for record in self.plan.records) if self.plan is not None else ()

    @property
    def settled(self) -> bool:
        """Whether what is shown is what was asked for last, so that it may be done."""
        return self.plan is not None and not self._waiting

    @property
    def choices(self) -> dict[str, int]:
        """Whose value is kept, by field, where it was chosen by hand."""
        return dict(self._choices)

    def show_records(self, kind: str, ids: Ids) -> None:
        """Show what merging these would do; the most complete one stays unless another is chosen."""
        self.kind, self._choices, self.plan, self.wanted = kind, {}, None, ()
        merging: Merging = self._context.services.merging

        def work(_progress: Progress) -> MergePlan:
            found = ids()
            first = merging.survivor(kind, found)
            return merging.preview(kind, first, [each for each in found if each != first])

        self._ask(work)

    def clear(self) -> None:
        """Show nothing."""
        self._drop()
        self.plan, self.wanted = None, ()
        self.survivor.clear()
        self.table.lines.show_lines([], [])
        self.summary.setText("")

    def keep_other(self) -> None:
        """Let the next of the records stay."""
        if self.wanted:
            self._again(self.wanted[1])

    def _again(self, survivor: int) -> None:
        merging, kind, choices = self._context.services.merging, self.kind, self.choices
        losers = [each for each in self.wanted if each != survivor]
        self.wanted = (survivor, *losers)
        self._ask(lambda _progress: merging.preview(kind, survivor, losers, choices))

    def _ask(self, work: Work[MergePlan]) -> None:
        self._waiting = True
        self._asked.read(work, self._show, self._fail)

    def _drop(self) -> None:
        self._asked.forget()
        self._waiting = False

    def _other_survivor(self) -> None:
        if self.plan is not None:
            self._again(int(self.survivor.currentData()))

    def _keep(self, field: str, place: int) -> None:
        """While other records are looked up, what stands here is of those before."""
        if self.plan is not None:
            self._choices[field] = self.ids[place]
            self._again(self.wanted[0])

    def _fail(self, error: Exception) -> None:
        self.clear()
        self.failed.emit(error)

    def _show(self, plan: MergePlan) -> None:
        self.plan, self._waiting = plan, False
        self.wanted = self.ids
        self.survivor.clear()
        for record in plan.records:
            self.survivor.addItem(self._told(record), record.id)
        self._tell()
        self.planned.emit(plan)

    def _told(self, record: MergeRecord) -> str:
        """What tells it from another one of its name."""
        words = self.tr("%1, %Ln values", "", record.filled)
        if record.created_at is not None:
            added = format.moment_inside(record.created_at, self._context.clock.today())
            words = self.tr("%2, added %3").replace("%3", added).replace("%2", words)
        return words.replace("%1", record.name)

    def _tell(self) -> None:
        plan = self.plan
        if plan is None:
            return
        place = self.table.currentIndex()
        shown = [field for field in plan.fields if field.telling or self.all_fields.isChecked()]
        first, *others = (record.name for record in plan.records)
        names = [self.tr("Stays: %1").replace("%1", first), *others]
        self.table.lines.show_lines(names, [self._line(plan, field) for field in shown])
        self.table.setCurrentIndex(self.table.lines.index(max(0, place.row()), max(1, place.column())))
        labels = self._context.services.labels
        coming = by_kind(plan.children, labels.kind)
        equal = self.tr("Nothing differs.") if not any(field.differs for field in plan.fields) else ""
        comes = self.tr("Comes along: %1.").replace("%1", coming) if coming else ""
        kept = self.tr("Values that lose are kept as a note.") if not equal else ""
        self.summary.setText(" ".join(part for part in (equal, comes, kept) if part))

    def _line(self, plan: MergePlan, field: MergeField) -> MergeLine:
        texts = tuple(self._spoken(field.field, value) for value in field.values)
        ids = [record.id for record in plan.records]
        kept = ids.index(field.winner) if field.winner in ids else -1
        title = str(self._context.services.labels.field(plan.kind, field.field))
        return MergeLine(field.field, title, texts, kept, self._spoken(field.field, field.value))

    def _spoken(self, name: str, value: Any) -> str:
        services, kind = self._context.services, self.kind
        field = services.catalogue.kind(kind).fields[name]
        words = format.value(
            field, value, self._context.clock.today(), lambda code: str(services.labels.choice(kind, name, code))
        )
        return str(words)
