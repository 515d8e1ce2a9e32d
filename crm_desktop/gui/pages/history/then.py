"""A record as it was, beside its history; what differs today stands first and can be put back."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.domain.catalogue import Field
from crm_desktop.gui import format
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.jobs import Latest
from crm_desktop.gui.language import tr
from crm_desktop.gui.pages.history.then_table import ThenLine, ThenTable
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.gui.widgets.text import label
from crm_desktop.services.history import Then
from crm_desktop.services.history_words import NOTHING, Words

Record = tuple[str, int]
"""Kind and id."""

_NOTHING = Then(False, False, {}, {}, {})
_EMPTY = (None, (), "")


def words_of(context: AppContext) -> Words:
    """Puts changes of fields into the words of the window."""
    services, today = context.services, context.clock.today()

    def telling(kind_field: Field, value: object) -> str:
        return format.value(kind_field, value, today)

    def spoken(code: str) -> str:
        words = {
            "deleted_at": tr("In the bin"), "restored": tr("Out of the bin"), "label": tr("label"),
            "invalid": tr("invalid"), "opt_out": tr("opted out"), "work": tr("work"), "home": tr("home"),
            "mobile": tr("mobile"), "other": tr("other"), "primary": tr("Primary %1"), "merged": tr("Merged with"),
        }  # fmt: skip
        return words.get(code, code)

    return Words(services.catalogue, services.labels, telling, spoken)


class ThenPanel(QWidget):
    """What a `record` held at a time, `found`. `changed` when other values stand there, or another line is chosen."""

    changed = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._asked = Latest(context.jobs, self)
        self.record: Record | None = None
        self.found = _NOTHING
        self.title = label(role="bodyStrong", wrap=True)
        self.sub_line = label(role="small", tone="muted", wrap=True)
        self.view = ThenTable(context.theme, self)
        self.view.selectionModel().currentRowChanged.connect(lambda *_: self.changed.emit())
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        self._buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(6)
        for widget in (self.title, self.sub_line):
            layout.addWidget(widget)
        layout.addWidget(self.view, 1)
        layout.addLayout(self._buttons)

    def add_button(self, action: QAction) -> None:
        """Put a button for a command below."""
        button = Button(self._context.theme, self, action.text(), kind="secondary")
        button.follow(action)
        self._buttons.addWidget(button)

    @property
    def chosen(self) -> Sequence[str]:
        """The field of the chosen line, none where its value cannot be given again."""
        row = self.view.currentIndex().row()
        name = self.view.lines.lines[row].field if 0 <= row < len(self.view.lines.lines) else ""
        return [name] if name in self.found.back else []

    def show_record(self, record: Record, ask: Callable[[], Then], when: str) -> None:
        """Show the record as it was, which `ask` answers; `when` that was.

        Until then nothing of another one can be put back; what is seen of the same one can, and its buttons keep the
        focus.
        """
        if record != self.record:
            self.forget()
        self._asked.read(lambda _progress: ask(), partial(self._show, record, when), self._refused)

    def forget(self) -> None:
        """No record's values can be put back any more, also those that are still looked up."""
        self._asked.forget()
        self.record, self.found = None, _NOTHING
        self.changed.emit()

    def _show(self, record: Record, when: str, found: Then) -> None:
        self.record, self.found = record, found
        kind = record[0]
        self.title.setText(self.tr("As of %1").replace("%1", when))
        self.sub_line.setText(self._state(found, len(found.changed)))
        words, labels = words_of(self._context), self._context.services.labels
        lines = []
        for name in self._context.services.catalogue.kind(kind).fields:
            then, now = found.then.get(name), found.now.get(name)
            if then in _EMPTY and now in _EMPTY:
                continue
            held, holds = (words.value(kind, name, value) or NOTHING for value in (then, now))
            lines.append(ThenLine(name, labels.field(kind, name), held, holds, name in found.changed))
        self._fill(lines)

    def _fill(self, lines: list[ThenLine]) -> None:
        row = self.view.currentIndex().row()
        self.view.lines.show_lines(lines)
        self.view.setCurrentIndex(self.view.lines.index(max(0, min(row, len(lines) - 1)), 0))
        self.changed.emit()

    def _state(self, found: Then, count: int) -> str:
        if not found.there:
            return self.tr("It did not exist then.")
        if found.deleted:
            return self.tr("It was in the bin then.")
        return self.tr("%Ln values are different today", None, count) if count else self.tr("As it is today")

    def _refused(self, error: Exception) -> None:
        self.title.setText("")
        self.sub_line.setText(str(error))
        self._fill([])
