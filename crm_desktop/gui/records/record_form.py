"""A small form for a new record, made from the catalogue. Only a name is asked for; the rest can wait."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.domain.catalogue import Field
from crm_desktop.domain.duplicates import Lookalike
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.pages.page import Page, RecordTarget
from crm_desktop.gui.records.finder import finder
from crm_desktop.gui.records.lookalike_line import LookalikeLine
from crm_desktop.gui.records.places import place_of
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.gui.widgets.text import label
from crm_desktop.gui.widgets.value_edit import Editor, Wording, make_editor

Done = Callable[[str, Any], object]


def value_editor(context: AppContext, kind: str, field: Field, held: Any, parent: QWidget) -> Editor:
    """The editor for a field of a kind; other records are looked up by name."""
    services = context.services
    wording = Wording(
        lambda text: services.records.parse(kind, field.name, text),
        lambda code: str(services.labels.choice(kind, field.name, code)),
        finder(context, field),
    )
    return make_editor(context.theme, field, held, wording, parent)


class RecordDialog(QDialog):
    """The form itself; `values` are those that were given. `ready` comes once each of them could be read."""

    ready = Signal()

    def __init__(
        self, context: AppContext, kind: str, fields: Sequence[str], given: Mapping[str, Any], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._kind = kind
        labels = context.services.labels
        self.setWindowTitle(self.tr("New %1").replace("%1", labels.kind(kind).lower()))
        self.editors: dict[str, Editor] = {}
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(10)
        for name in fields:
            known = context.services.catalogue.kind(kind).fields[name]
            editor = self._editor(name, known, given.get(name))
            editor.setMinimumWidth(context.theme.current.px(280))
            words = labels.field(kind, name)
            editor.setAccessibleName(words)
            self.editors[name] = editor
            form.addRow(label(words, tone="secondary"), editor)
        self.lookalike = LookalikeLine(context, kind, self)
        self.lookalike.watch(self.editors)
        self.complaint = label(role="small", tone="bad", wrap=True)
        self.complaint.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(14)
        layout.addWidget(label(self.windowTitle(), "heading"))
        layout.addLayout(form)
        layout.addWidget(self.lookalike)
        layout.addWidget(self.complaint)
        layout.addLayout(self._buttons())

    def _editor(self, name: str, known: Field, held: Any) -> Editor:
        if name == "name":
            return make_editor(self._context.theme, known, held, Wording(str.strip), self)
        return value_editor(self._context, self._kind, known, held, self)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch(1)
        cancel = Button(self._context.theme, self, self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        self.add_button = Button(self._context.theme, self, self.tr("Add"), kind="primary")
        self.add_button.setDefault(True)
        self.add_button.clicked.connect(self._check)
        row.addWidget(cancel)
        row.addWidget(self.add_button)
        return row

    @property
    def values(self) -> dict[str, Any]:
        """What was given."""
        return {name: editor.value for name, editor in self.editors.items() if editor.value not in (None, "", ())}

    def say(self, sentence: str) -> None:
        """Why the record could not be added."""
        self.complaint.setText(sentence)
        self.complaint.show()

    def _check(self) -> None:
        for editor in self.editors.values():
            if not editor.accept():
                editor.setFocus()
                return
        self.ready.emit()


class RecordForm(QObject):
    """Asks for new records on behalf of a page."""

    def __init__(self, context: AppContext, page: QWidget) -> None:
        super().__init__(page)
        self._context = context
        self._page = page
        self.dialog: RecordDialog | None = None

    def ask(
        self, kind: str, fields: Sequence[str], done: Done, preset: Mapping[str, Any] | None = None
    ) -> RecordDialog:
        """Open the form; `done` hears the sentence about it and what was added. It stays open until that worked.

        Values of `preset` stand in their fields; those without a field are added silently.
        """
        dialog = RecordDialog(self._context, kind, fields, preset or {}, self._page.window())
        dialog.ready.connect(partial(self._add, dialog, kind, dict(preset or {}), done))
        dialog.lookalike.wanted.connect(partial(self._open, dialog))
        dialog.finished.connect(dialog.deleteLater)
        self.dialog = dialog
        dialog.open()
        return dialog

    def _open(self, dialog: RecordDialog, found: Lookalike) -> None:
        """Go to the record that is already there instead of adding it again."""
        dialog.reject()
        page: QWidget | None = self._page
        while page is not None and not isinstance(page, Page):
            page = page.parentWidget()
        if page is not None:
            target = RecordTarget(found.kind, found.id)
            page.opened.emit(place_of(target), target)

    def _add(self, dialog: RecordDialog, kind: str, preset: Mapping[str, Any], done: Done) -> None:
        services = self._context.services
        values = {**preset, **dialog.values}
        words = self.tr("%1 added").replace("%1", services.labels.kind(kind))

        def added(answer: Any) -> None:
            dialog.accept()
            done(words, answer)

        self._context.jobs.write(
            lambda _progress: services.records.add(kind, values), added, lambda error: dialog.say(str(error))
        )
