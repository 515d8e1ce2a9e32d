"""Editing one field of all ticked records: which field, what becomes of it, and how many records that changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QSpinBox,
    QStackedWidget,
    QWidget,
)

from crm_desktop.domain.catalogue import Field, FieldType
from crm_desktop.errors import CrmError
from crm_desktop.gui import format
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.jobs import Latest
from crm_desktop.gui.language import inside
from crm_desktop.gui.records.ask_dialog import AskDialog, add_line
from crm_desktop.gui.records.record_form import value_editor
from crm_desktop.gui.widgets.plain_list import PlainList
from crm_desktop.gui.widgets.text import inset, label
from crm_desktop.gui.widgets.value_edit import ChoiceEdit, Editor, LineEdit, NoteEdit
from crm_desktop.services.selections import Edit, How, Preview

PAUSE = 250
"""Milliseconds after the last key until what would change is counted."""
_FIRST = ("status", "stage", "segment")
"""The field it begins with: what many records are most often given at once."""
_FURTHEST = 36_500
_WEEK = 7
Ids = Callable[[], Sequence[int]]


class BulkEdit(AskDialog):
    """`done_with` carries the change once it is made. `count` says how many records `ids` answers."""

    done_with = Signal(object)  # Change

    def __init__(self, context: AppContext, kind: str, ids: Ids, count: int, parent: QWidget) -> None:
        super().__init__(context, parent)
        self._kind, self._ids = kind, ids
        self._asked = Latest(context.jobs, self)
        self.entitle(self._counted(self.tr("Edit %1 %2"), count), self.tr("Change"))
        self.fields, self.ways = QComboBox(self), QComboBox(self)
        self.values = QStackedWidget(self)
        self.days, self.unit = QSpinBox(self), QComboBox(self)
        self._days = _WEEK
        self.editor: Editor | None = None
        self.told = label(tone="secondary", wrap=True)
        self.samples = PlainList(context.theme, self.tr("What would change"), self)
        self._pause = QTimer(self, interval=PAUSE, singleShot=True)
        self._pause.timeout.connect(self.look)
        self._arrange()
        self._fill()
        self.fields.setFocus()

    # building

    def _arrange(self) -> None:
        px = self.context.theme.current.px
        form = self.add_form()
        add_line(form, self.tr("Field"), self.fields)
        add_line(form, self.tr("Change"), self.ways)
        self.values.addWidget(self._shifting())
        form.addRow(label(self.tr("Value"), tone="secondary"), self.values)
        self.samples.setMinimumHeight(px(6 * 28 + 8))
        self.content.addWidget(self.told)
        self.content.addWidget(self.samples, 1)
        self.setMinimumWidth(px(480))

    def _shifting(self) -> QWidget:
        row = QWidget(self)
        inner = QHBoxLayout(row)
        inner.setContentsMargins(0, 0, 0, 0)
        inset(self.days)
        self.days.setRange(-_FURTHEST, _FURTHEST)
        self.days.setValue(_WEEK)
        self.days.setAccessibleName(self.tr("By how many; a minus is earlier"))
        for words, size in ((self.tr("days"), 1), (self.tr("weeks"), _WEEK)):
            self.unit.addItem(words, size)
        self.unit.setAccessibleName(self.tr("Unit"))
        inner.addWidget(self.days, 1)
        inner.addWidget(self.unit)
        return row

    def _fill(self) -> None:
        services = self.context.services
        known = [(services.labels.field(self._kind, f.name), f.name) for f in services.selections.fields(self._kind)]
        for words, name in sorted(known):
            self.fields.addItem(words, name)
        first = next((at for at in map(self.fields.findData, _FIRST) if at >= 0), 0)
        self.fields.setCurrentIndex(first)
        self.fields.currentIndexChanged.connect(self._field_chosen)
        self.ways.currentIndexChanged.connect(self._way_chosen)
        self.days.valueChanged.connect(self._days_changed)
        self.unit.currentIndexChanged.connect(self._changed)
        self._field_chosen()

    # what is chosen

    @property
    def field(self) -> Field:
        """The field that is chosen."""
        return self.context.services.catalogue.field(self._kind, self.fields.currentData())

    def choose(self, name: str, how: How = How.SET) -> None:
        """Choose a field and what becomes of it; the value is what is left to give."""
        self.fields.setCurrentIndex(self.fields.findData(name))
        self.ways.setCurrentIndex(self.ways.findData(how))
        (self.editor or self.days).setFocus()

    def _field_chosen(self) -> None:
        words = {
            How.SET: self.tr("Set to"), How.ADD: self.tr("Add a tag"), How.REMOVE: self.tr("Take a tag off"),
            How.SHIFT: self.tr("Move by"),
        }  # fmt: skip
        self.ways.blockSignals(True)
        self.ways.clear()
        for how in self.context.services.selections.ways(self._kind, self.field.name):
            self.ways.addItem(words[how], how)
        self.ways.blockSignals(False)
        self.ways.setEnabled(self.ways.count() > 1)
        self._way_chosen()

    def _way_chosen(self) -> None:
        if self.editor is not None:
            self.values.removeWidget(self.editor)
            self.editor.deleteLater()
            self.editor = None
        shifting = self.ways.currentData() == How.SHIFT
        if not shifting:
            self.editor = self._make_editor()
            self.editor.setAccessibleName(self.tr("Value"))
            self.values.addWidget(self.editor)
            self.values.setCurrentWidget(self.editor)
        else:
            self.values.setCurrentIndex(0)
        self._forget()
        if shifting or isinstance(self.editor, ChoiceEdit):
            self._changed()

    def _make_editor(self) -> Editor:
        editor = value_editor(self.context, self._kind, self.field, None, self)
        if isinstance(editor, ChoiceEdit):
            editor.currentIndexChanged.connect(self._changed)
        else:
            editor.textChanged.connect(self._changed)
        return editor

    def _days_changed(self, days: int) -> None:
        if days != self._days:  # Enter tells the same again, and then presses the button
            self._days = days
            self._changed()

    def _changed(self) -> None:
        self._forget()
        self._pause.start()

    def _forget(self) -> None:
        self.problem.hide()
        self._pause.stop()
        self._asked.forget()
        self.ok_button.setText(self.tr("Change"))
        self.ok_button.setEnabled(False)
        self.told.setText(self.tr("Give a value to see what would change."))
        self.samples.show_texts([])

    @property
    def edit(self) -> Edit | None:
        """What is to be done; None where what was typed is no value, which the editor then says."""
        how = self.ways.currentData()
        if how == How.SHIFT:
            return Edit(self.field.name, How.SHIFT, self.days.value() * self.unit.currentData())
        if self.editor is None or (isinstance(self.editor, LineEdit | NoteEdit) and not self.editor.accept()):
            return None
        if how in (How.ADD, How.REMOVE):
            tags = self.editor.value or ()
            return Edit(self.field.name, how, tags[0]) if tags else None
        return Edit(self.field.name, How.SET, self.editor.value)

    # what would change

    def look(self) -> None:
        """Count what would change, and show the first records."""
        edit = self.edit
        if edit is not None:
            work = partial(self.context.services.selections.preview, self._kind)
            self._asked.read(
                lambda progress: work(self._ids(), edit, progress), partial(self._show, edit), self._cannot
            )

    def _show(self, edit: Edit, found: Preview) -> None:
        words = self._counted(self.tr("Changes %3 of %1 %2."), found.total)
        self.told.setText(words.replace("%3", format.count_text(found.changed)))
        rows = [
            (
                self.tr("%1: %2 → %3").replace("%1", sample.name).replace("%2", self._words(sample.before))
                .replace("%3", self._words(sample.after)),
                sample.id,
            )
            for sample in found.samples
        ]  # fmt: skip
        if found.changed > len(rows):
            rows.append((self.tr("and %1 more").replace("%1", format.count_text(found.changed - len(rows))), 0))
        self.samples.show_texts(rows)
        self.ok_button.setText(self._counted(self.tr("Change %1 %2"), found.changed))
        self.ok_button.setEnabled(found.changed > 0)

    def _counted(self, words: str, count: int) -> str:
        noun = inside(self.context.services.labels.kind(self._kind, plural=count != 1))
        return words.replace("%1", format.count_text(count)).replace("%2", noun)

    def _words(self, value: Any) -> str:
        services, field = self.context.services, self.field
        name = partial(services.labels.choice, self._kind, field.name)
        if field.type is FieldType.CHOICE and field.multi:
            return "; ".join(map(name, value or ())) or format.DASH
        return format.value(field, value, self.context.clock.today(), name) or format.DASH

    # doing it

    def answer(self) -> None:
        """Change the records; the form stays open where that is refused."""
        edit = self.edit
        if edit is not None:
            apply, kind, ids = self.context.services.selections.apply, self._kind, self._ids
            self.write(lambda progress: apply(kind, ids(), edit, progress), self._done)

    def _done(self, change: Any) -> None:
        self.accept()
        self.done_with.emit(change)

    def _cannot(self, error: Exception) -> None:
        if isinstance(error, CrmError):
            self.complain(error)
