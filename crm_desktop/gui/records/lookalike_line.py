"""A quiet line in the form of a new record: who is already there with what is typed. It never stops anybody."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from crm_desktop.domain.duplicates import Lookalike
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.jobs import Latest
from crm_desktop.gui.records.likeness_words import reasons_words
from crm_desktop.gui.widgets.announce import announce
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.gui.widgets.text import label

PAUSE = 200
"""Milliseconds without a key, after which what is typed is looked for."""

_WATCHED = ("name", "first_name", "last_name", "email", "phone", "company", "company_name", "city", "domain", "website")


class LookalikeLine(QWidget):
    """Watches the editors of a form for a new record of a kind; `wanted` asks to open the record that was found."""

    wanted = Signal(object)  # Lookalike

    def __init__(self, context: AppContext, kind: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._kind = kind
        self._watched: dict[str, QLineEdit] = {}
        self._asked = Latest(context.jobs, self)
        self.found: Lookalike | None = None
        self.sentence = label(role="small", tone="warn", wrap=True)
        self.open_button = Button(context.theme, self, self.tr("Open it"), kind="link")
        self.open_button.setAutoDefault(False)
        self.open_button.clicked.connect(lambda: self.wanted.emit(self.found))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.sentence, 1)
        row.addWidget(self.open_button)
        self._pause = QTimer(self, interval=PAUSE, singleShot=True)
        self._pause.timeout.connect(self.look)
        self.hide()

    def watch(self, editors: Mapping[str, QWidget]) -> None:
        """Look each time when one of these is changed that tells who somebody is."""
        for name in _WATCHED:
            editor = editors.get(name)
            if isinstance(editor, QLineEdit):
                editor.textChanged.connect(lambda: self._pause.start())
                self._watched[name] = editor

    def look(self) -> None:
        """Look now for what is typed so far."""
        self.look_for({name: editor.text() for name, editor in self._watched.items()})

    def look_for(self, typed: Mapping[str, Any]) -> None:
        """Look now for who may have these values."""
        self._pause.stop()
        like = self._context.services.duplicates.like
        self._asked.read(lambda _progress: like(self._kind, typed), self._show)

    def _show(self, found: list[Lookalike]) -> None:
        self.found = next(iter(found), None)
        words = self._words(self.found) if self.found is not None else ""
        news = words != self.sentence.text()
        self.sentence.setText(words)
        self.open_button.setAccessibleDescription(words)
        self.setVisible(bool(words))
        if words and news:
            announce(self, words)

    def _words(self, found: Lookalike) -> str:
        who = ", ".join(filter(None, (found.name, found.detail)))
        reasons = reasons_words(self._context.services, found.kind, found.reasons)
        return self.tr("Looks like %1 (%2)").replace("%2", reasons).replace("%1", who)
