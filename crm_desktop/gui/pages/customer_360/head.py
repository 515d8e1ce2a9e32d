"""The head of the page: where one came from, who it is, and what can be done."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.gui import format
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.widgets.avatar import Avatar
from crm_desktop.gui.widgets.buttons import Button, IconButton
from crm_desktop.gui.widgets.pill import Pill
from crm_desktop.gui.widgets.text import ElidedLabel, label
from crm_desktop.services.records import Record

TAGS = 3
"""So many tags stand beside the name; all of them are among the details."""


class Head(QWidget):
    """`list_wanted` asks for the list one came from; the buttons follow the commands of the page."""

    list_wanted = Signal()

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        theme = context.theme
        self.list_button = Button(theme, self, kind="link")
        self.list_button.clicked.connect(self.list_wanted)
        self.view_label = ElidedLabel(theme, self)
        self.view_label.setProperty("tone", "secondary")
        self.place_label = label(tone="secondary")
        self.up = IconButton(theme, self, "chevron-up")
        self.down = IconButton(theme, self, "chevron-down")
        self._avatar = Avatar(theme, 44, self, "card")
        self.name_label = ElidedLabel(theme, self)
        self.name_label.setProperty("role", "record")
        self.pills: list[Pill] = []
        self._pill_row = QHBoxLayout()
        self._pill_row.setSpacing(6)
        self.sub_label = ElidedLabel(theme, self)
        self.sub_label.setProperty("tone", "secondary")
        self.buttons: dict[Button, str] = {}
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        self._arrange()

    def _arrange(self) -> None:
        trail = QHBoxLayout()
        trail.setSpacing(2)
        trail.addWidget(self.list_button)
        trail.addWidget(self.view_label, 1)
        trail.addWidget(self.place_label)
        trail.addSpacing(4)
        trail.addWidget(self.up)
        trail.addWidget(self.down)
        first = QHBoxLayout()
        first.setSpacing(10)
        first.addWidget(self.name_label)
        first.addLayout(self._pill_row)
        first.addStretch(1)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addLayout(first)
        words.addWidget(self.sub_label)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.setContentsMargins(6, 0, 0, 0)  # the link above has room around its words
        row.addWidget(self._avatar)
        row.addLayout(words, 1)
        row.addLayout(self._buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 4, 16, 12)
        column.setSpacing(2)
        column.addLayout(trail)
        column.addLayout(row)

    def set_buttons(self, names: Sequence[str]) -> None:
        """Show these commands as buttons, the primary one last."""
        for name in names:  # the tool tip has the words of one that shows its icon alone
            entry = self._context.actions.find(name)
            assert entry is not None
            kind = "primary" if name == names[-1] else "secondary"
            button = Button(self._context.theme, self, entry.command.text, entry.command.icon, kind)
            button.follow(entry.action)
            self._buttons.addWidget(button)
            self.buttons[button] = entry.command.text

    def show_place(self, page: str, view: str, at: int, count: int) -> None:
        """Show the list one came from and where in it one is; `at` counts from 0, without a list it is -1."""
        self.list_button.setText(page)
        self.view_label.setText(f"›  {view}" if view else "")
        words = self.tr("%1 of %2").replace("%2", format.count_text(count)).replace("%1", format.count_text(at + 1))
        self.place_label.setText(words if at >= 0 else "")
        for button in (self.up, self.down):
            button.setVisible(at >= 0)
        self.up.setEnabled(at > 0)
        self.down.setEnabled(at < count - 1)

    def show_record(self, record: Record) -> None:
        """Show whose page this is."""
        values = record.values
        name = str(values.get("name") or record.title)
        self._avatar.show_name(name)
        self._avatar.update()
        self.name_label.setText(name)
        self.setAccessibleName(name)
        about = self._about(record.kind, values)
        self.sub_label.setText(" · ".join(about))
        self.sub_label.setVisible(bool(about))
        for pill in self.pills:
            pill.hide()
            pill.deleteLater()
        self.pills = [Pill(self._context.theme, self, words, tone) for words, tone in self._states(values)]
        for pill in self.pills:
            self._pill_row.addWidget(pill, 0, Qt.AlignmentFlag.AlignVCenter)
            pill.show()
        self._fit()

    def _states(self, values: Mapping[str, Any]) -> list[tuple[str, str]]:
        found = [(tag, "accent") for tag in (values.get("tags") or ())[:TAGS]]
        if values.get("lost"):
            found.append((self.tr("Lost"), "bad"))
        if values.get("opt_out"):
            found.append((self.tr("Opted out"), "bad"))
        return found

    def _about(self, kind: str, values: Mapping[str, Any]) -> list[str]:
        choice = self._context.services.labels.choice
        found = [str(values.get("job_title") or ""), str(values.get("company_name") or "")]
        company = values.get("company")
        found.append(company.name if company is not None else "")
        found += [str(choice(kind, name, values[name])) for name in ("segment",) if values.get(name)]
        found.append(", ".join(str(values[name]) for name in ("street", "city") if values.get(name)))
        since = values.get("customer_since")
        if since is not None:
            found.append(self.tr("customer since %1").replace("%1", format.month(since)))
        return [words for words in found if words]

    def _fit(self) -> None:
        """Where the name has too little room, the buttons beside the main one show their icon alone."""
        texts = [*self.buttons.items()][:-1]
        for button, words in texts:
            button.setText(words)
        parts = [self._avatar, self.name_label, *self.pills, *self.buttons]
        used = sum(part.sizeHint().width() for part in parts) + 8 * len(parts) + 60
        if used > self.width():
            for button, _ in texts:
                button.setText("")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(0, self.height() - 1, self.width(), 1, self._context.theme.current.color("border"))
