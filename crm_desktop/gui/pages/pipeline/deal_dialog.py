"""A deal to fill in, new or known. Everything but the title can stay empty."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QStringListModel, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QScrollArea, QWidget

from crm_desktop.domain.filter import Ref
from crm_desktop.domain.terms import ProbabilitySource
from crm_desktop.errors import UserError
from crm_desktop.gui import format
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.pages.pipeline.asking import Asking
from crm_desktop.gui.records.ask_dialog import add_line
from crm_desktop.gui.records.buyers_list import BuyersList
from crm_desktop.gui.records.record_form import value_editor
from crm_desktop.gui.widgets.content_area import room_of
from crm_desktop.gui.widgets.offers import Offers
from crm_desktop.gui.widgets.text import label
from crm_desktop.gui.widgets.value_edit import Editor
from crm_desktop.services import Services
from crm_desktop.services.progress import Progress
from crm_desktop.services.records import Record
from crm_desktop.services.stages import Stage


def typed(services: Services, name: str, value: Any) -> str:
    """How a value of a deal is typed."""
    return format.edited(services.catalogue.field("deal", name), value, services.settings.currency)


class DealDialog(Asking):
    """Answers with values by field; links are offered while their names are typed.

    Of a known deal it shows the people with a part in the decision; what is done with these is kept at once. `left`
    carries the record that a line of theirs leads to.
    """

    left = Signal(object)

    ui = "deal_dialog"
    scroll_area: QScrollArea
    form_box: QWidget
    name_edit: QLineEdit
    company_edit: QLineEdit
    person_edit: QLineEdit
    amount_edit: QLineEdit
    stage_box: QComboBox
    probability_edit: QLineEdit
    expected_close_edit: QLineEdit
    source_edit: QLineEdit
    note_edit: QPlainTextEdit

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        self._context = context
        self._services = context.services
        self._record: Record | None = None
        self.buyers: BuyersList | None = None
        self.own: dict[str, Editor] = {}
        self._held: dict[str, Any] = {}
        super().__init__(context.theme, self._read_field, parent)
        for kind, edit in (("company", self.company_edit), ("person", self.person_edit)):
            self._offer_links(kind, edit)

    def _fit(self, most: int) -> None:
        """As high as all of it, but no higher than the window; then it scrolls."""
        around = self.sizeHint().height() - self.scroll_area.sizeHint().height()
        self.resize(self.theme.current.px(460), min(around + self.form_box.sizeHint().height() + 4, most))

    def edits(self) -> Mapping[str, QLineEdit]:
        return {
            "name": self.name_edit, "company": self.company_edit, "person": self.person_edit,
            "amount": self.amount_edit, "probability": self.probability_edit,
            "expected_close": self.expected_close_edit, "source": self.source_edit,
        }  # fmt: skip

    def values(self) -> dict[str, Any]:
        own = {name: editor.value for name, editor in self.own.items() if editor.value != self._held[name]}
        return {"stage": self.stage_box.currentData(), "note": self.note_edit.toPlainText().strip() or None} | own

    def answer(self) -> None:
        wrong = next((editor for editor in self.own.values() if not editor.accept()), None)
        if wrong is None:
            super().answer()
        else:
            wrong.setFocus()
            self.complain(wrong.accessibleDescription())  # the place below its line may be scrolled out of sight

    def fill_new(self, stage: int | None, pipeline: int | None) -> None:
        """A new deal in a stage; the first one where none is said."""
        self.title_label.setText(self.tr("New deal"))
        self.ok_button.setText(self.tr("Add deal"))
        self.probability_edit.setPlaceholderText(self.tr("as usual in its stage"))
        self._add_own({})
        self._ask_stages(pipeline, stage)

    def fill(self, record: Record) -> None:
        """A known deal."""
        self._record = record
        self.title_label.setText(record.title)
        for name, edit in self.edits().items():
            edit.setText(self._typed(name, record.values[name]))
        self.name_edit.setCursorPosition(0)
        self.note_edit.setPlainText(record.values["note"] or "")
        if record.values["probability_source"] == ProbabilitySource.STAGE.value:
            self.probability_edit.setToolTip(self.tr("Follows the stage until you change it"))
        pipeline, stage = record.values["pipeline"], record.values["stage"]
        self._ask_stages(pipeline.id if pipeline else None, stage.id if stage else None)
        self._add_own(record.values)
        self._add_buyers(record)

    def _add_own(self, held: Mapping[str, Any]) -> None:
        """Below the fields of every deal those of the user's own, where Tab comes to them too."""
        above: QWidget = self.note_edit
        for field in self._services.catalogue.kind("deal").fields.values():
            if field.custom and field.editable:
                editor = value_editor(self._context, "deal", field, held.get(field.name), self.form_box)
                editor.accept()  # only then it says what it holds
                self.own[field.name], self._held[field.name] = editor, editor.value
                add_line(self.form_layout, self._services.labels.field("deal", field.name), editor)
                self.setTabOrder(above, editor)
                above = editor
        self._fit(room_of(self).height())

    def _add_buyers(self, record: Record) -> None:
        buyers = self.buyers = BuyersList(self._context, self.form_box)
        self.form_layout.addRow(label(self.tr("People"), tone="secondary"), buyers)
        here = Ref(record.id, record.title)

        def ask(*_answer: object) -> None:
            read = self._services.buyers.of_deal
            self._context.jobs.read(lambda _progress: read(record.id), partial(buyers.show_buyers, "deal", here), None,
                                    self)  # fmt: skip

        def write(work: Callable[[], Any]) -> None:
            self._context.jobs.write(lambda _progress: work(), ask, lambda error: self.complain(str(error)))

        buyers.wanted.connect(write)
        buyers.told.connect(ask)
        buyers.opened.connect(self._leave)
        ask()

    def _leave(self, target: object) -> None:
        self.reject()
        self.left.emit(target)

    def _ask_stages(self, pipeline: int | None, stage: int | None) -> None:
        def read(_progress: Progress) -> list[Stage]:
            found: list[Stage] = self._services.pipeline.stages(pipeline)
            return found

        self._context.jobs.read(read, partial(self._show_stages, stage), None, self)

    def _show_stages(self, chosen: int | None, stages: list[Stage]) -> None:
        """Deals are won and lost with their reasons, not by choosing a stage here."""
        for stage in stages:
            if stage.category.value == "open" or stage.id == chosen:
                self.stage_box.addItem(stage.name, Ref(stage.id, stage.name))
                if stage.id == chosen:
                    self.stage_box.setCurrentIndex(self.stage_box.count() - 1)

    def _read_field(self, name: str, text: str) -> Any:
        """The value of a line; what was not touched stays exactly what it is."""
        if self._record is not None and text == self._typed(name, self._record.values[name]):
            return self._record.values[name]
        if name == "name" and not text.strip():
            raise UserError(self.tr("A deal needs a title."))
        return self._services.records.parse("deal", name, text)

    def _typed(self, name: str, value: Any) -> str:
        if isinstance(value, Ref):
            return value.name
        return typed(self._services, name, value)

    def _offer_links(self, kind: str, edit: QLineEdit) -> None:
        names = QStringListModel(self)
        completer = Offers(self, names)
        completer.setCompletionMode(Offers.CompletionMode.UnfilteredPopupCompletion)
        edit.setCompleter(completer)

        def read(text: str, _progress: Progress) -> list[Ref]:
            found: list[Ref] = self._services.records.links(kind, text)
            return found

        def show(text: str, found: list[Ref]) -> None:
            if edit.text() == text and edit.hasFocus():
                names.setStringList([ref.name for ref in found])
                completer.complete()

        def ask(text: str) -> None:
            if text.strip():
                self._context.jobs.read(partial(read, text), partial(show, text), None, self)

        edit.textEdited.connect(ask)
