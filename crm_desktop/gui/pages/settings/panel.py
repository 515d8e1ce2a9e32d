"""A group of settings as a form."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crm_desktop.domain.change import Change
from crm_desktop.errors import CrmError
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.pages.page import Notice
from crm_desktop.gui.pages.settings.rows import Setting, SettingRow, StoredRow
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.gui.widgets.card import Card
from crm_desktop.gui.widgets.text import label
from crm_desktop.settings import Settings

WIDTH = 720


class Panel(QWidget):
    """The right side of the page for one group. `said` carries a Notice."""

    said = Signal(object)

    def __init__(self, context: AppContext, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.title = title
        self.rows: list[SettingRow] = []
        self.setProperty("kind", "plain")
        self.setAccessibleName(title)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(24, 20, 24, 24)
        self.column.setSpacing(12)
        self.column.addWidget(label(title, "heading"))
        self.card = Card(context.theme, self)
        self.card.body.setSpacing(0)
        self.column.addWidget(self.card)
        self.column.addStretch(1)
        context.theme.changed.connect(self._resize)
        self._resize()

    def add_row(self, row: SettingRow) -> None:
        """Put a row below the others."""
        row.first = not self.rows
        self.rows.append(row)
        self.card.body.addWidget(row)

    def set_narrow(self, narrow: bool) -> None:
        """Stack words and controls."""
        for row in self.rows:
            row.set_narrow(narrow)

    def say(self, notice: Notice) -> None:
        """Show a toast."""
        self.said.emit(notice)

    def search(self, text: str) -> bool:
        """Show the rows that match a text, all of them where the title does; False where nothing matches."""
        whole = text.casefold() in self.title.casefold()
        found = [row for row in self.rows if whole or row.matches(text)]
        for row in self.rows:
            row.setVisible(row in found)
            row.first = bool(found) and row is found[0]
        return whole or bool(found)

    def write(
        self,
        work: Callable[[], Any],
        words: str,
        done: Callable[[], object] | None = None,
        refused: Callable[[str], object] | None = None,
    ) -> None:
        """Do one action, tell of it with Undo, and look again; a refusal goes to `refused`, else to a toast."""
        def kept(result: Any) -> None:
            if done is not None:
                done()
            self.kept(words, getattr(result, "change", result))

        def failed(error: Exception) -> None:
            if refused is not None and isinstance(error, CrmError):
                refused(error.sentence)
            else:
                self.tell_refused(error)

        self.context.jobs.write(lambda _progress: work(), kept, failed, words)

    def kept(self, words: str, change: Change) -> None:
        """Tell of an action with Undo, and look again."""
        if change.action:
            self.say(Notice(words, partial(self._undo, change)))
        self.refresh()

    def tell_refused(self, error: Exception) -> None:
        """Say why something was not done, and show what is there."""
        if isinstance(error, CrmError):
            self.say(Notice(error.sentence, kind="bad"))
        self.refresh()

    def _undo(self, change: Change) -> None:
        history = self.context.services.history
        self.context.jobs.write(
            lambda _progress: history.undo(change.action), lambda _change: self.refresh(), self.tell_refused
        )

    def focused_in(self, holder: QWidget) -> str:
        """The name of the control in a part that has the focus: its successor in a new one gets it."""
        focus: QWidget | None = self.focusWidget()
        return focus.objectName() if focus and holder.isAncestorOf(focus) else ""

    def refresh(self) -> None:
        """Look again at what the panel shows; the page calls it when it comes to the front."""

    def _resize(self) -> None:
        self.card.setMaximumWidth(self.context.theme.current.px(WIDTH))


class StorePanel(Panel):
    """Settings of the store, each change kept at once with Undo, all of them brought back to standard at once."""

    def __init__(self, context: AppContext, title: str, settings: Sequence[Setting]) -> None:
        super().__init__(context, title)
        for setting in settings:
            row = StoredRow(context.theme, context.settings_store, setting, self.card)
            row.on_change(self._keep)
            self.add_row(row)
        self._names = tuple(setting.name for setting in settings)
        self._words = {setting.name: setting.words for setting in settings}
        self.standard_button = Button(context.theme, self, self.tr("Back to standard"), kind="link")
        self.standard_button.clicked.connect(self._to_standard)
        self.column.insertWidget(self.column.count() - 1, self.standard_button, 0, Qt.AlignmentFlag.AlignLeading)

    def _keep(self, name: str, value: object) -> None:
        store = self.context.settings_store
        before = getattr(store.current, name)
        try:
            store.update(**{name: value})
        except ValueError:
            store.changed.emit(frozenset({name}))
            self.say(Notice(self.tr("%1 cannot be “%2”.").replace("%1", self._words[name]).replace("%2", str(value)),
                            kind="bad"))  # fmt: skip
            return
        words = self.tr("%1 changed").replace("%1", self._words[name])
        self.say(Notice(words, lambda: store.update(**{name: before})))

    def _to_standard(self) -> None:
        store, standard = self.context.settings_store, Settings()
        before = {name: getattr(store.current, name) for name in self._names}
        store.update(**{name: getattr(standard, name) for name in self._names})
        words = self.tr("%1: back to standard").replace("%1", self.title)
        self.say(Notice(words, lambda: store.update(**before)))
