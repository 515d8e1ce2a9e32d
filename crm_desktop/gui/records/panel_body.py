"""What the side panel shows of a record: head, status, next step, sales, details and activity."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from crm_desktop.domain.filter import Ref
from crm_desktop.domain.terms import LeadStatus, Lifecycle
from crm_desktop.gui import format
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.models.cells import DETAILS
from crm_desktop.gui.records.around import ELSEWHERE, SECTIONS, Around, AroundView
from crm_desktop.gui.records.details import HIDDEN, Details
from crm_desktop.gui.records.lifecycle_path import STEPS, LifecyclePath
from crm_desktop.gui.records.panel_parts import NextStep, PanelHead
from crm_desktop.gui.records.timeline_list import TimelineList
from crm_desktop.gui.widgets.avatar import Avatar
from crm_desktop.gui.widgets.buttons import Button, IconButton
from crm_desktop.gui.widgets.card import PanelSection
from crm_desktop.gui.widgets.text import ElidedLabel, label
from crm_desktop.services.conversion_plan import PARTS
from crm_desktop.services.timeline import Moment


class Answer(NamedTuple):
    """What was looked up for the panel; `sales` are figures of a customer."""

    found: Any
    moments: list[Moment]
    sales: Mapping[str, Any]
    around: Around


class PanelBody(QWidget):
    """Shows one record at a time. `edited` tells the field and the value that were given here."""

    closed = Signal()
    edited = Signal(str, object)

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._shown = ("", -1)  # the kind and number of the record
        self.actions_by_name: dict[str, Button] = {}
        self.actions_row = QHBoxLayout()
        self.actions_row.setSpacing(6)
        self.qualify_row = QVBoxLayout()
        self._build_head()
        self._build_sections()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._head)
        layout.addWidget(self.scroll_area, 1)

    # building

    def _build_head(self) -> None:
        theme = self._context.theme
        self._head = PanelHead(theme, self)
        self._avatar = Avatar(theme, 40, self._head)
        self.name_label = ElidedLabel(theme, self._head)
        self.name_label.setProperty("role", "heading")
        self._sub_label = ElidedLabel(theme, self._head)
        self._sub_label.setProperty("role", "small")
        self._sub_label.setProperty("tone", "secondary")
        close = IconButton(theme, self._head, "x", self.tr("Close"), "Esc")
        close.clicked.connect(self.closed)
        names = QVBoxLayout()
        names.setSpacing(1)
        names.addWidget(self.name_label)
        names.addWidget(self._sub_label)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._avatar)
        row.addLayout(names, 1)
        row.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self._head)
        column.setContentsMargins(20, 16, 16, 13)
        column.setSpacing(14)
        column.addLayout(row)
        column.addLayout(self.actions_row)

    def _build_sections(self) -> None:
        theme = self._context.theme
        inner = QWidget(self)
        inner.setProperty("kind", "plain")
        labels = self._context.services.labels
        self._status = PanelSection(theme, inner, self.tr("Lifecycle"))
        self.path = LifecyclePath(theme, lambda code: str(labels.choice("lead", "lifecycle", code)), self._status)
        self.status_line = label(role="small", tone="secondary", wrap=True)
        self._status.body.addWidget(self.path)
        self._status.body.addWidget(self.status_line)
        self._status.body.addLayout(self.qualify_row)
        self._next = PanelSection(theme, inner, self.tr("Next step"))
        self.next_step = NextStep(self._context, self._next)
        self._next.body.addWidget(self.next_step)
        self._sales = PanelSection(theme, inner, self.tr("Sales"))
        self.sales = Details(self._context, self._sales)
        self._sales.body.addWidget(self.sales)
        self._about = PanelSection(theme, inner, self.tr("Details"))
        self.details = Details(self._context, self._about)
        self.details.edited.connect(self.edited)
        self.details.opened.connect(self._reveal)
        self._about.body.addWidget(self.details)
        self.contact = AroundView(self._context, inner, SECTIONS[:2])
        self.around = AroundView(self._context, inner, SECTIONS[2:])
        self._activity = PanelSection(theme, inner, self.tr("Activity"))
        self.timeline = TimelineList(self._context, self._activity)
        self._nothing = label(self.tr("Nothing yet."), "small", "muted")
        self._activity.body.addWidget(self.timeline)
        self._activity.body.addWidget(self._nothing)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for section in (self._status, self._next, self._sales, self.contact, self._about, self.around, self._activity):
            column.addWidget(section)
        column.addStretch(1)
        self.scroll_area = QScrollArea(self)
        self.scroll_area.setWidgetResizable(True)
        self.scroll_area.setFrameShape(QFrame.Shape.NoFrame)
        self.scroll_area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroll_area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.scroll_area.setWidget(inner)

    def set_actions(self, buttons: Mapping[str, Button], qualify: Button | None) -> None:
        """The buttons of the page under the name, and the one under the lifecycle."""
        self.actions_by_name = dict(buttons)
        for button in buttons.values():
            self.actions_row.addWidget(button)
        self.actions_row.addStretch(1)
        if qualify is not None:
            self.qualify_row.addWidget(qualify)

    # showing

    def show_answer(self, answer: Answer) -> None:
        """Show what was looked up."""
        found, moments = answer.found, answer.moments
        values: Mapping[str, Any] = found.values
        name = str(values.get("name") or found.title)
        self._avatar.show_name(name)
        self.name_label.setText(name)
        below = [values.get(field) for field in (DETAILS[found.kind], "job_title")]
        self._sub_label.setText(" · ".join(str(part) for part in below if part and str(part) != name))
        for action, needed in (("call", "phone"), ("email", "email")):
            self.actions_by_name[action].setVisible(bool(values.get(needed)))
        self._status.setVisible(found.kind == "lead")
        self.path.show_reached(values.get("lifecycle"))
        settled = values.get("status_type") == LeadStatus.CONVERTED.value
        self.path.setDisabled(settled)
        self.details.setDisabled(settled)
        self.status_line.setText(self._said_status(values))
        task = next((moment for moment in moments if moment.open and moment.kind == "task"), None)
        self._next.setVisible(task is not None)
        if task is not None:
            self.next_step.show_task(task)
        self._sales.setVisible(bool(answer.sales))
        self.sales.show_values("customer", answer.sales)
        self.details.hidden = HIDDEN | ELSEWHERE | (set(PARTS) if answer.around.became else set())
        if not self.details.editing or self._shown != (found.kind, found.id):
            self.details.show_values(found.kind, values)
        for part in (self.contact, self.around):
            part.show_around(found.kind, Ref(found.id, name), answer.around, fixed=settled)
        self.timeline.show_moments(moments)
        self.timeline.setVisible(bool(moments))
        self._nothing.setVisible(not moments)
        if self._shown != (found.kind, found.id):
            self._shown = found.kind, found.id
            self.scroll_area.verticalScrollBar().setValue(0)

    def _said_status(self, values: Mapping[str, Any]) -> str:
        """The status of a lead by name, with what follows from it or why it is so; a step beside the path first."""
        step = values.get("lifecycle")
        beside = "" if step is None or Lifecycle(step) in STEPS else self._context.services.labels.choice(
            "lead", "lifecycle", step)  # fmt: skip
        said = [str(beside), str(values.get("status") or "")]
        type_, back = values.get("status_type"), values.get("return_on")
        if type_ == LeadStatus.RECYCLED.value and back is not None:
            day = format.dated(back, self._context.clock.today())
            said.append(self.tr("Comes back %1").replace("%1", day))
        if type_ in (LeadStatus.RECYCLED.value, LeadStatus.DISQUALIFIED.value) and values.get("status_reason"):
            said.append(str(values["status_reason"]))
        if type_ == LeadStatus.CONVERTED.value:
            said.append(self.tr("stays as it is"))
        return " · ".join(filter(None, said))

    def _reveal(self, editor: QWidget) -> None:
        # Its place is known only once the layout has made room.
        QTimer.singleShot(0, editor, lambda: self.scroll_area.ensureWidgetVisible(editor))
