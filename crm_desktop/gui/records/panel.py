"""The side panel: looks the current record up and keeps what is edited of it."""

from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crm_desktop.errors import UserError
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.jobs import Latest
from crm_desktop.services.progress import Progress

if TYPE_CHECKING:
    from crm_desktop.gui.records.panel_body import Answer, PanelBody
    from crm_desktop.gui.widgets.value_edit import Editor

MOMENTS = 40
BUYERS = ("company", "person")
SALES = ("revenue", "purchases", "last_purchase")


class RecordPanel(QWidget):
    """Shows one record at a time; edits are kept at once."""

    closed = Signal()
    refused = Signal(object)
    built = Signal(object)  # the body, once, so that the page can put its buttons there

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._asked = Latest(context.jobs, self)
        self._asking = False
        self._focus_wanted = False
        self.kind, self.record = "", -1
        self.setProperty("kind", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("Details of the chosen record"))
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(1, 0, 0, 0)

    @cached_property
    def body(self) -> "PanelBody":
        """What is shown, loaded and made with the first record."""
        from crm_desktop.gui.records.panel_body import PanelBody

        body = PanelBody(self._context, self)
        body.closed.connect(self.closed)
        body.edited.connect(self._keep)
        self._layout.addWidget(body)
        self.built.emit(body)
        return body

    @property
    def open_editor(self) -> "Editor | None":
        """Where a value is being typed."""
        return self.body.details.editor if "body" in vars(self) else None

    def show_record(self, kind: str, record: int) -> None:
        """Show a record; -1 shows nothing."""
        self.kind, self.record = kind, record
        self._asked.forget()
        self._asking = record >= 0
        if self._asking or "body" in vars(self):
            self.body.setVisible(self._asking)
        if self._asking:
            self._asked.read(partial(self._look_up, kind, record), self._show, self._gone)

    def refresh(self) -> None:
        """Records have changed: ask again unless something is being typed here."""
        if self.record >= 0 and self.isVisible() and self.open_editor is None:
            self.show_record(self.kind, self.record)

    def take_focus(self) -> None:
        """Let the keys work here."""
        self._focus_wanted = self._asking
        if not self._focus_wanted:
            self.body.details.take_focus()

    def _look_up(self, kind: str, record: int, progress: Progress) -> "Answer":
        from crm_desktop.gui.records.around import look_around
        from crm_desktop.gui.records.panel_body import Answer

        services = self._context.services
        found = services.records.show(kind, record)
        progress.check_cancelled()
        moments = services.timeline.moments(kind, record, limit=MOMENTS)
        bought = services.lists.rows("customer", [record], SALES) if kind in BUYERS else []
        sales = dict(zip(SALES, bought[0][1:], strict=True)) if bought else {}
        return Answer(found, moments, sales, look_around(services, kind, record))

    def _show(self, answer: "Answer") -> None:
        self._asking = False
        self.body.show_answer(answer)
        if self._focus_wanted:
            self.take_focus()

    def _gone(self, _error: Exception) -> None:
        """The record was deleted meanwhile; the list will choose another."""
        self.show_record("", -1)

    def _keep(self, name: str, value: Any) -> None:
        services, kind, record = self._context.services, self.kind, self.record
        self._context.jobs.write(
            lambda _progress: services.records.set(kind, [record], {name: value}),
            lambda _change: None,
            partial(self._take_back, (kind, record), name, value),
        )

    def _take_back(self, target: tuple[str, int], name: str, value: Any, error: Exception) -> None:
        here = isinstance(error, UserError) and target == (self.kind, self.record)
        if here and self.body.details.refuse(name, value, str(error)):
            return
        self.refused.emit(error)
        self.show_record(*target)
