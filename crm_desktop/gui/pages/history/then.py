"""A record as it was after an action, beside its history; what is otherwise today is marked."""

from functools import partial

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QListView, QVBoxLayout, QWidget

from crm_desktop.domain.catalogue import Field
from crm_desktop.gui import format, icons
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.widgets.plain_list import soften
from crm_desktop.gui.widgets.text import label
from crm_desktop.services.history import Then
from crm_desktop.services.history_words import NOTHING, Words


def words_of(context: AppContext) -> Words:
    """Puts changes of fields into the words of the window."""
    services, today = context.services, context.clock.today()

    def telling(kind_field: Field, value: object) -> str:
        return format.value(kind_field, value, today)

    def spoken(code: str) -> str:
        words = {
            "deleted_at": _tr("In the bin"), "label": _tr("label"), "invalid": _tr("invalid"),
            "opt_out": _tr("opted out"), "work": _tr("work"), "home": _tr("home"), "mobile": _tr("mobile"),
            "other": _tr("other"),
        }  # fmt: skip
        return words.get(code, code)

    return Words(services.catalogue, services.labels, telling, spoken)


def _tr(text: str) -> str:
    return QCoreApplication.translate("history", text)


class ThenPanel(QWidget):
    """Reads only: one line for each field that the record held then or holds now."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.title = label(role="bodyStrong", wrap=True)
        self.sub_line = label(role="small", tone="muted", wrap=True)
        self.lines = QStandardItemModel(self)
        self.view = QListView(self)
        self.view.setModel(self.lines)
        self.view.setAccessibleName(self.tr("The record as it was"))
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setWordWrap(True)
        self.view.setSpacing(2)
        soften(self.view, context.theme)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(6)
        for widget in (self.title, self.sub_line):
            layout.addWidget(widget)
        layout.addWidget(self.view, 1)

    def show_record(self, kind: str, record: int, action: int, when: str) -> None:
        """Ask for the record as it was after an action."""
        history = self._context.services.history
        self._context.jobs.read(
            lambda _progress: history.held(kind, record, action), partial(self._show, kind, when), self._refused, self
        )

    def _show(self, kind: str, when: str, found: Then) -> None:
        self.title.setText(self.tr("As of %1").replace("%1", when))
        count = len(found.changed)
        self.sub_line.setText(self._state(found, count))
        words = words_of(self._context)
        labels, fields = self._context.services.labels, self._context.services.catalogue.kind(kind).fields
        theme = self._context.theme.current
        self.lines.clear()
        for name in fields:
            then, now = found.then.get(name), found.now.get(name)
            if then in (None, (), "") and now in (None, (), ""):
                continue
            said = words.value(kind, name, then) or NOTHING
            text = self.tr("%1: %2").replace("%1", labels.field(kind, name)).replace("%2", said)
            differs = name in found.changed
            if differs:
                text = self.tr("%1 (today: %2)").replace("%2", words.value(kind, name, now) or NOTHING).replace(
                    "%1", text
                )  # fmt: skip
            item = QStandardItem(text)
            item.setToolTip(text)
            if differs:
                item.setForeground(theme.color("accentText"))
                item.setIcon(icons.icon("pencil-line", theme, "accentText"))
            item.setData(name, Qt.ItemDataRole.UserRole)
            self.lines.appendRow(item)

    def _state(self, found: Then, count: int) -> str:
        if not found.there:
            return self.tr("It did not exist then.")
        if found.deleted:
            return self.tr("It was in the bin then.")
        return self.tr("%n values are otherwise today", None, count) if count else self.tr("As it is today")

    def _refused(self, error: Exception) -> None:
        self.lines.clear()
        self.title.setText("")
        self.sub_line.setText(str(error))
