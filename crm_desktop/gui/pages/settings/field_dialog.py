"""Asks for a new field of the user's own."""

from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit, QPlainTextEdit, QWidget

from crm_desktop.domain.catalogue import FieldType
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.language import inside, tr
from crm_desktop.gui.records.ask_dialog import AskDialog, add_line
from crm_desktop.gui.widgets.switch import Switch
from crm_desktop.services.fields import Holds


def type_words(type_: FieldType) -> str:
    """What a type of field is called."""
    return {
        FieldType.TEXT: tr("Text"), FieldType.LONG_TEXT: tr("Text of several lines"),
        FieldType.EMAIL: tr("Email address"), FieldType.PHONE: tr("Phone number"), FieldType.URL: tr("Web address"),
        FieldType.INTEGER: tr("Whole number"), FieldType.NUMBER: tr("Number"), FieldType.MONEY: tr("Money"),
        FieldType.DATE: tr("Date"), FieldType.ANNIVERSARY: tr("Day of each year"),
        FieldType.INSTANT: tr("Date and time"), FieldType.YES_NO: tr("Yes or no"), FieldType.CHOICE: tr("Choice"),
        FieldType.LINK: tr("Link to another record"),
    }[type_]  # fmt: skip


class FieldDialog(AskDialog):
    """Name, type, and what the type needs to know; the answer is the name and what the field is to hold."""

    def __init__(self, context: AppContext, kind: str, parent: QWidget) -> None:
        super().__init__(context, parent)
        words = self.tr("New field of %1").replace("%1", inside(context.services.labels.kind(kind, True)))
        self.entitle(words, self.tr("Add"))
        self.name_edit = QLineEdit(self)
        self.name_edit.setMinimumWidth(context.theme.current.px(280))
        self.type_box = QComboBox(self)
        for type_ in FieldType:
            self.type_box.addItem(type_words(type_), type_.value)
        self.type_box.currentIndexChanged.connect(lambda _index: self._show_parts())
        self.choices_edit = QPlainTextEdit(self)
        self.choices_edit.setTabChangesFocus(True)
        self.choices_edit.setFixedHeight(context.theme.current.px(110))
        self.several_switch = Switch(context.theme, self, self.tr("Several may be chosen"))
        self.target_box = QComboBox(self)
        for target in context.services.fields.targets():
            self.target_box.addItem(context.services.labels.kind(target), target)
        self._form = self._lay_out()
        self._show_parts()
        self.name_edit.setFocus()

    def _lay_out(self) -> QFormLayout:
        form = self.add_form()
        for words, part in (
            (self.tr("Name"), self.name_edit), (self.tr("Holds"), self.type_box),
            (self.tr("Choices, one per line"), self.choices_edit),
            (self.tr("Several may be chosen"), self.several_switch), (self.tr("Leads to"), self.target_box),
        ):  # fmt: skip
            add_line(form, words, part)
        return form

    @property
    def holds(self) -> Holds:
        """What the field is to hold."""
        type_ = FieldType(self.type_box.currentData())
        if type_ is FieldType.CHOICE:
            choices = tuple(self.choices_edit.toPlainText().splitlines())
            return Holds(type_, choices, self.several_switch.isChecked())
        return Holds(type_, target=self.target_box.currentData() if type_ is FieldType.LINK else None)

    def answer(self) -> None:
        self.answered.emit((self.name_edit.text(), self.holds))

    def _show_parts(self) -> None:
        type_ = FieldType(self.type_box.currentData())
        for part in (self.choices_edit, self.several_switch):
            self._form.setRowVisible(part, type_ is FieldType.CHOICE)
        self._form.setRowVisible(self.target_box, type_ is FieldType.LINK)
        self.problem.hide()
        self.shrink()
