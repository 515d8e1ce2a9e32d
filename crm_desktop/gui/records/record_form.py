"""A small form for a new record, made from the catalogue. Only a name is asked for; the rest can wait."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QStringListModel
from PySide6.QtWidgets import QWidget

from crm_desktop.domain.catalogue import Field, FieldType, Use
from crm_desktop.domain.change import Change
from crm_desktop.domain.duplicates import Lookalike
from crm_desktop.domain.filter import Ref
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.language import inside
from crm_desktop.gui.pages.page import Notice, Page, RecordTarget
from crm_desktop.gui.records.ask_dialog import AskDialog, add_line
from crm_desktop.gui.records.finder import finder
from crm_desktop.gui.records.lookalike_line import LookalikeLine
from crm_desktop.gui.records.places import place_of
from crm_desktop.gui.widgets.calendar import choose_day
from crm_desktop.gui.widgets.offers import FreeOffers
from crm_desktop.gui.widgets.value_edit import NEW, Editor, LineEdit, LinkEdit, Wording, filled, make_editor
from crm_desktop.services.records import Record

Done = Callable[[str, Any], object]
Write = Callable[[Mapping[str, Any]], Change]
Again = Callable[[Mapping[str, Any]], object]
"""Opens a form once more, with what was given."""

WIDTH = 280  # of an editor
_LONGEST_NAME = 48  # signs of a name in a title
_BY_NAME = ("company", "person")
"""Kinds of which a record that is linked to may come in with the new one: it needs nothing but its name."""


def value_editor(context: AppContext, kind: str, field: Field, held: Any, parent: QWidget) -> Editor:
    """The editor for a field of a kind; other records are looked up by name."""
    services = context.services
    wording = Wording(
        lambda text: services.records.parse(kind, field.name, text),
        lambda code: str(services.labels.choice(kind, field.name, code)),
        finder(context, field),
        services.settings.currency,
        partial(choose_day, context),
    )
    return make_editor(context.theme, field, held, wording, parent)


def about(words: str, given: Mapping[str, Any]) -> str:
    """What is asked, and about which one record: also where others are ticked."""
    name = next((value.name for value in given.values() if isinstance(value, Ref)), "")
    short = name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME].rstrip()}…"
    return f"{words}: {short}" if name.strip() else words


class ValuesDialog(AskDialog):
    """Asks for a few fields of a kind; `answered` carries their values by name once each of them could be read."""

    def __init__(self, context: AppContext, kind: str, held: Mapping[str, Any], parent: QWidget) -> None:
        super().__init__(context, parent)
        self.editors: dict[str, Editor] = {}
        form = self.add_form()
        known = context.services.catalogue.kind(kind).fields
        for name, value in held.items():
            editor = self.editors[name] = self.make_editor(kind, known[name], value)
            editor.setMinimumWidth(context.theme.current.px(WIDTH))
            add_line(form, context.services.labels.field(kind, name), editor)
        empty = (editor for name, editor in self.editors.items() if held[name] in (None, "", ()))
        next(empty, next(iter(self.editors.values()))).setFocus()

    def make_editor(self, kind: str, field: Field, held: Any) -> Editor:
        """The editor for one of the fields; those that reports count by offer the values in use."""
        editor = value_editor(self.context, kind, field, held, self)
        if Use.BREAKDOWN in field.uses and field.type is FieldType.TEXT and isinstance(editor, LineEdit):
            names, lists = QStringListModel(editor), self.context.services.lists
            editor.setCompleter(FreeOffers(editor, names, inside=True))
            used = partial(lists.values_in_use, kind, field.name)
            self.context.jobs.read(lambda _progress: used(), names.setStringList, owner=editor)
        return editor

    @property
    def values(self) -> dict[str, Any]:
        """What is given, by name."""
        return {name: editor.value for name, editor in self.editors.items()}

    def answer(self) -> None:
        wrong = next((editor for editor in self.editors.values() if not editor.accept()), None)
        if wrong is None:
            self.answered.emit(self.values)
        else:
            wrong.setFocus()


class RecordDialog(ValuesDialog):
    """The form for a new record; it tells of those that look like it.

    At least one field of `words` is to be filled, where it names any.
    """

    words: Sequence[str] = ()

    def __init__(
        self, context: AppContext, kind: str, fields: Sequence[str], given: Mapping[str, Any], parent: QWidget
    ) -> None:
        super().__init__(context, kind, {name: given.get(name) for name in fields}, parent)
        kind_words = inside(context.services.labels.kind(kind))
        self.entitle(self.tr("New %1").replace("%1", kind_words), self.tr("Add"))
        self.lookalike = LookalikeLine(context, kind, self)
        self.lookalike.watch(self.editors)
        self.content.addWidget(self.lookalike)

    def make_editor(self, kind: str, field: Field, held: Any) -> Editor:
        if field.name == "name":  # how a record is named may need other fields too
            return make_editor(self.context.theme, field, held, Wording(str.strip), self)
        editor = super().make_editor(kind, field, held)
        if isinstance(editor, LinkEdit):
            editor.adds = field.target in _BY_NAME
        return editor

    @property
    def values(self) -> dict[str, Any]:
        """What was given."""
        return {name: value for name, value in super().values.items() if value not in (None, "", ())}

    def answer(self) -> None:
        said = self.given()
        if self.words and said.keys().isdisjoint(self.words):
            self.editors[self.words[0]].setFocus()
            self.complain(self.tr("Say in a few words what happened."))
        else:
            super().answer()

    def given(self) -> dict[str, Any]:
        """What stands in the fields as far as it can be read, before anybody asked for it."""
        readable = {name for name, editor in self.editors.items() if filled(editor) and editor.accept()}
        return {name: value for name, value in self.values.items() if name in readable}


class RecordForm(QObject):
    """Asks for new records, and for other values of known ones, on behalf of a page."""

    def __init__(self, context: AppContext, page: QWidget) -> None:
        super().__init__(page)
        self._context = context
        self._page = page
        self.dialog: ValuesDialog | None = None

    def ask(
        self, kind: str, fields: Sequence[str], done: Done, preset: Mapping[str, Any] | None = None,
        again: Again | None = None,
    ) -> RecordDialog:  # fmt: skip
        """Open the form; `done` hears the sentence about it and what was added. It stays open until that worked.

        Values of `preset` stand in their fields; those without a field are added silently. What was given before it
        was left is offered to be taken up again, by `again` where that is not this alone.
        """
        preset = dict(preset or {})
        dialog = RecordDialog(self._context, kind, fields, preset, self._page.window())
        again, asked = again or partial(self.ask, kind, fields, done), dialog.given()

        def left() -> None:
            given, page = dialog.given(), self._host()
            if page is not None and given != asked:
                more = self.tr("Take it up again"), partial(again, preset | given)
                page.noticed.emit(Notice(self.tr("Nothing was added."), kind="info", more=more))

        dialog.answered.connect(partial(self._add, dialog, kind, preset, done))
        dialog.lookalike.wanted.connect(partial(self._open, dialog))
        dialog.rejected.connect(left)
        self.dialog = dialog
        dialog.open()
        return dialog

    def log(self, done: Done, given: Mapping[str, Any]) -> None:
        """Ask what happened with the record that is given."""
        preset = {"type": "call", "happened_on": self._context.clock.today(), **given}
        fields = ("type", "subject", "note", "outcome", "happened_on")
        dialog = self.ask("activity", fields, done, preset, partial(self.log, done))
        dialog.entitle(about(self.tr("Log"), given), self.tr("Add"))
        dialog.words = ("subject", "note", "outcome")

    def follow_up(self, done: Done, given: Mapping[str, Any]) -> None:
        """Ask for the next step with the record that is given."""
        preset = {"type": "call", "due_on": self._context.clock.today(), **given}
        fields = ("title", "type", "due_on", "note")
        dialog = self.ask("task", fields, done, preset, partial(self.follow_up, done))
        dialog.entitle(about(self.tr("Follow-up"), given), self.tr("Add"))

    def change(self, kind: str, record: int, fields: Sequence[str], done: Done) -> None:
        """Open a form with values of a record; `done` hears what was changed of them. It stays open until it worked."""
        show = self._context.services.records.show
        ask = partial(self._ask_change, kind, fields, done)
        self._context.jobs.read(lambda _progress: show(kind, record), ask, owner=self)

    def _ask_change(self, kind: str, fields: Sequence[str], done: Done, record: Record) -> None:
        held = {name: record.values[name] for name in fields}
        self.correct(kind, held, partial(self._context.services.records.set, kind, [record.id]), done)

    def correct(self, kind: str, held: Mapping[str, Any], write: Write, done: Done) -> None:
        """Open a form with these values; `write` is given those that were changed, `done` hears its answer."""
        dialog = ValuesDialog(self._context, kind, held, self._page.window())
        dialog.entitle(self._context.services.labels.kind(kind), self.tr("Keep"))

        def kept(change: Change | None) -> None:
            dialog.accept()
            if change is not None:
                done("", change)

        def keep(given: Mapping[str, Any]) -> None:
            new = {name: value for name, value in given.items() if value != held[name]}
            if new:
                dialog.write(lambda _progress: write(new), kept)
            else:
                kept(None)

        dialog.answered.connect(keep)
        self.dialog = dialog
        dialog.open()

    def _open(self, dialog: RecordDialog, found: Lookalike) -> None:
        """Go to the record that is already there instead of adding it again."""
        dialog.reject()
        page = self._host()
        if page is not None:
            target = RecordTarget(found.kind, found.id)
            page.opened.emit(place_of(target), target)

    def _host(self) -> Page | None:
        """The page that this stands on."""
        page: QWidget | None = self._page
        while page is not None and not isinstance(page, Page):
            page = page.parentWidget()
        return page

    def _add(
        self, dialog: RecordDialog, kind: str, preset: Mapping[str, Any], done: Done, given: Mapping[str, Any]
    ) -> None:
        services = self._context.services
        values = {**preset, **given}
        new = {name: value.name for name, value in values.items() if isinstance(value, Ref) and value.id == NEW}
        values = {name: value for name, value in values.items() if name not in new}
        words = self.tr("%1 added").replace("%1", services.labels.kind(kind))

        def added(answer: Any) -> None:
            dialog.accept()
            done(words, answer)

        dialog.write(lambda _progress: services.records.add(kind, values, new), added)
