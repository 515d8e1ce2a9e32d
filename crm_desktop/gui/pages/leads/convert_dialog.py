"""Turning leads into people, companies and deals: for each of the three a new record, one that is there, or none."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from crm_desktop.domain.filter import Ref
from crm_desktop.gui import format
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.deeds import by_kind
from crm_desktop.gui.jobs import Latest
from crm_desktop.gui.language import inside
from crm_desktop.gui.records.ask_dialog import AskDialog
from crm_desktop.gui.records.finder import finder
from crm_desktop.gui.widgets.text import label
from crm_desktop.gui.widgets.value_edit import LinkEdit
from crm_desktop.services.conversion_plan import PARTS, Choices, ConversionPlan, Take, Target, Why
from crm_desktop.services.progress import Progress

OTHER = "other"
_LISTED = 20  # leads whose conversion is shown line by line


class TargetRow(QWidget):
    """What one of the three becomes, and what that means for the record. `chosen` when it changed."""

    chosen = Signal()

    def __init__(self, context: AppContext, kind: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self.kind = kind
        labels = context.services.labels
        self.choice = QComboBox(self)
        self.choice.setAccessibleName(labels.kind(kind))
        # A field of the catalogue that links to such records knows how they are looked up.
        find = finder(context, context.services.catalogue.field("contact_role" if kind == "deal" else "deal", kind))
        assert find is not None
        self.other = LinkEdit(context.theme, None, find, self)
        self.other.setAccessibleName(self.tr("Other %1").replace("%1", labels.kind(kind).lower()))
        self.other.setPlaceholderText(self.tr("Type a name"))
        self.other.hide()
        self.words = label(role="small", tone="muted", wrap=True)
        self.clashes = label(role="small", tone="warn", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 4)
        layout.setSpacing(4)
        layout.addWidget(label(labels.kind(kind), "smallStrong"))
        layout.addWidget(self.choice)
        layout.addLayout(self.other.complaint.settle())
        layout.addWidget(self.words)
        layout.addWidget(self.clashes)
        self.choice.activated.connect(self._choose)
        self.other.editingFinished.connect(self._named)

    def accept(self) -> bool:
        """Whether it is clear what is chosen; a name typed for another record must be one of the list."""
        if self.choice.currentData() != OTHER or (self.other.accept() and self.other.value is not None):
            return True
        self.other.complaint.say(self.tr("Choose one from the list."))
        self.other.setFocus()
        return False

    @property
    def take(self) -> Take | int:
        """What is chosen: a record, a new one or none."""
        data = self.choice.currentData()
        if data == OTHER:
            ref = self.other.value
            return ref.id if isinstance(ref, Ref) else Take.PROPOSED
        return data if isinstance(data, int) else Take(data or Take.PROPOSED)

    def show_target(self, target: Target) -> None:
        """Show what was planned; the offers stay as they are once shown."""
        if not self.choice.count():
            self._offer(target)
        values = [self._value(name, value) for name, value in target.values.items() if value not in (None, "", ())]
        new = target.take is Take.NEW
        head = self.tr("New with: %1") if new else self.tr("Fills: %1")
        self.words.setText(head.replace("%1", " · ".join(values)) if values else "")
        self.words.setVisible(bool(values))
        kept = [self.tr("%1 stays “%2”, “%3” goes to a note")
                .replace("%1", self._label(clash.field)).replace("%2", self._spoken(clash.field, clash.kept))
                .replace("%3", self._spoken(clash.field, clash.offered)) for clash in target.clashes]  # fmt: skip
        self.clashes.setText("\n".join(kept))
        self.clashes.setVisible(bool(kept))

    def _offer(self, target: Target) -> None:
        kind = self._context.services.labels.kind(self.kind).lower()
        self.choice.addItem(self.tr("New %1").replace("%1", kind), Take.NEW.value)
        why = {
            Why.LINKED: self.tr("named by the lead"), Why.EMAIL: self.tr("same email"),
            Why.DOMAIN: self.tr("same domain"), Why.NAME: self.tr("same name"),
            Why.PERSON: self.tr("open deal of the person"), Why.COMPANY: self.tr("open deal of the company"),
        }  # fmt: skip
        for offer in target.offers:
            self.choice.addItem(f"{offer.record.name} ({why[offer.why]})", offer.record.id)
        if self.kind != "person":
            self.choice.addItem(self.tr("No %1").replace("%1", kind), Take.NONE.value)
        self.choice.addItem(self.tr("Another one…"), OTHER)  # the last, for it takes the focus from who steps by keys
        wanted = target.take if isinstance(target.take, int) else target.take.value
        self.choice.setCurrentIndex(max(0, self.choice.findData(wanted)))

    def offer_rule(self) -> None:
        """Of many leads each may have a record of its own: only the rule for them is chosen."""
        if not self.choice.count():
            kind = inside(self._context.services.labels.kind(self.kind))
            words = self.tr("Its %1 if there is one, else a new one"), self.tr("New %1"), self.tr("No %1")
            for text, take in zip(words, (Take.PROPOSED, Take.NEW, Take.NONE), strict=True):
                self.choice.addItem(text.replace("%1", kind), take.value)
        self.words.hide()
        self.clashes.hide()

    def _choose(self) -> None:
        other = self.choice.currentData() == OTHER
        self.other.setVisible(other)
        if other:
            self.other.setFocus()
        else:
            self.chosen.emit()

    def _named(self) -> None:
        if self.other.accept() and self.other.value is not None:
            self.chosen.emit()

    def _value(self, name: str, value: Any) -> str:
        return f"{self._label(name)} {self._spoken(name, value)}"

    def _label(self, name: str) -> str:
        return str(self._context.services.labels.field(self.kind, name))

    def _spoken(self, name: str, value: Any) -> str:
        services = self._context.services
        field = services.catalogue.kind(self.kind).fields[name]
        return format.value(
            field, value, self._context.clock.today(), lambda code: str(services.labels.choice(self.kind, name, code))
        )


class ConvertDialog(AskDialog):
    """Shows what a conversion would do while it is chosen; `answered` carries the `Choices`.

    Of `ids`, which may be many and are asked for once, `leads` are known with the first plan.
    """

    def __init__(self, context: AppContext, parent: QWidget, ids: Callable[[], Sequence[int]]) -> None:
        super().__init__(context, parent)
        self.entitle(self.tr("Convert"), self.tr("Convert"))
        self._ids = ids
        self._planned = Latest(context.jobs, self)
        self.leads: Sequence[int] = ()
        self.rows = {kind: TargetRow(context, kind, self) for kind in PARTS}
        self.carried = label(role="small", tone="secondary", wrap=True)
        self.several = label(tone="secondary", wrap=True)
        self.several.hide()
        self.content.addWidget(self.several)
        for row in self.rows.values():
            row.chosen.connect(self.plan)
            self.content.addWidget(row)
        self.content.addWidget(self.carried)
        self.content.addStretch(1)
        self.setMinimumWidth(context.theme.current.px(480))
        self.ok_button.setEnabled(False)
        self.rows["person"].choice.setFocus()
        self._wanted = self._known = False
        self.plan()

    def open(self) -> None:
        """Open once the first plan is there: it tells how high the dialog is, which then stays where it opened."""
        self._wanted = True
        if self._known:
            super().open()

    def _know(self) -> None:
        first, self._known = not self._known, True
        if first and self._wanted:
            super().open()

    @property
    def choices(self) -> Choices:
        """What is chosen."""
        person, company, deal = (
            row.take if row.choice.count() and row.choice.isEnabled() else Take.PROPOSED for row in self.rows.values()
        )
        return Choices(person, company, deal)

    def plan(self) -> None:
        """Ask what would happen."""
        conversion, choices = self.context.services.conversion, self.choices

        def work(_progress: Progress) -> tuple[Sequence[int], list[ConversionPlan]]:
            leads = self.leads or self._ids()
            return leads, [conversion.plan(lead, choices) for lead in leads[:_LISTED]]

        self._planned.read(work, self._show, self._failed)

    def _show(self, found: tuple[Sequence[int], list[ConversionPlan]]) -> None:
        first = not self.leads
        self.leads, plans = found
        plan, many = plans[0], len(self.leads) > 1
        self.entitle(self.tr("Convert %Ln leads", "", len(self.leads)), self.tr("Convert"))
        self.several.setText(self._lines(plans) if many else "")
        self.several.setVisible(many)
        self.problem.hide()
        self.ok_button.setEnabled(self._writing is None)
        if many and first:  # before the others are shut, for a key must not end on Cancel
            self.ok_button.setFocus()
        for kind, row in self.rows.items():
            row.choice.setEnabled(not many or kind == "deal")
            row.setVisible(not many or kind == "deal")
            if not many:
                row.show_target(getattr(plan, kind))
            elif kind == "deal":
                row.offer_rule()
        known = plans if len(plans) == len(self.leads) else []
        carried = sum((Counter(each.carried) for each in known), Counter[str]())
        came = by_kind(carried, self.context.services.labels.kind)
        self.carried.setText(self.tr("Comes along: %1").replace("%1", came) if came else "")
        self.carried.setVisible(bool(came))
        self._know()

    def _lines(self, plans: Sequence[ConversionPlan]) -> str:
        """What becomes of each lead, a line for each of the first ones."""
        lines = [self.tr("Each lead goes by the same rule: its record if there is one, else a new one.")]
        lines += [f"{plan.lead.name}: {', '.join(map(self._becomes, (plan.person, plan.company, plan.deal)))}"
                  for plan in plans]  # fmt: skip
        left = len(self.leads) - len(plans)
        return "\n".join([*lines, *([self.tr("+%1 more").replace("%1", format.count_text(left))] if left else [])])

    def _becomes(self, target: Target) -> str:
        if target.record is not None:
            return target.record.name
        kind = inside(self.context.services.labels.kind(target.kind))
        return (self.tr("no %1") if target.take is Take.NONE else self.tr("new %1")).replace("%1", kind)

    def _failed(self, error: Exception) -> None:
        self.ok_button.setEnabled(False)
        self.complain(error)
        self._know()

    def answer(self) -> None:
        if all(row.accept() for row in self.rows.values()):
            self.answered.emit(self.choices)
