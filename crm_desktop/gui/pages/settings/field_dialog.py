"""Asks for a new field of the user's own."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from crm_desktop.domain.catalogue import FieldType
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.gui.widgets.switch import Switch
from crm_desktop.gui.widgets.text import label
from crm_desktop.services.fields import Holds


def type_words(type_: FieldType) -> str:
    """What a type of field is called."""
    return {
        FieldType.TEXT: _tr("Text"), FieldType.LONG_TEXT: _tr("Text of several lines"),
        FieldType.EMAIL: _tr("E-mail address"), FieldType.PHONE: _tr("Phone number"), FieldType.URL: _tr("Web address"),
        FieldType.INTEGER: _tr("Whole number"), FieldType.NUMBER: _tr("Number"), FieldType.MONEY: _tr("Money"),
        FieldType.DATE: _tr("Date"), FieldType.ANNIVERSARY: _tr("Day of each year"),
        FieldType.INSTANT: _tr("Date and time"), FieldType.YES_NO: _tr("Yes or no"), FieldType.CHOICE: _tr("Choice"),
        FieldType.LINK: _tr("Link to another record"),
    }[type_]  # fmt: skip


def _tr(text: str) -> str:
    return QCoreApplication.translate("types", text)


class FieldDialog(QDialog):
    """Name, type, and what the type needs to know; `ready` comes when it is to be made."""

    ready = Signal()

    def __init__(self, context: AppContext, kind: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        words = self.tr("New field of %1").replace("%1", context.services.labels.kind(kind, True))
        self.setWindowTitle(words)
        self.name_edit = QLineEdit(self)
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
        self.complaint = label(role="small", tone="bad", wrap=True)
        self.complaint.hide()
        self._form = self._lay_out(words)
        self._show_parts()
        self.name_edit.setFocus()

    def _lay_out(self, title: str) -> QFormLayout:
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(10)
        for words, part in (
            (self.tr("Name"), self.name_edit), (self.tr("Holds"), self.type_box),
            (self.tr("Choices, one per line"), self.choices_edit),
            (self.tr("Several may be chosen"), self.several_switch), (self.tr("Leads to"), self.target_box),
        ):  # fmt: skip
            part.setAccessibleName(words)
            form.addRow(label(words, tone="secondary"), part)
        self.name_edit.setMinimumWidth(self._context.theme.current.px(280))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(14)
        layout.addWidget(label(title, "heading"))
        layout.addLayout(form)
        layout.addWidget(self.complaint)
        layout.addLayout(self._buttons())
        return form

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch(1)
        cancel = Button(self._context.theme, self, self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        self.add_button = Button(self._context.theme, self, self.tr("Add"), kind="primary")
        self.add_button.setDefault(True)
        self.add_button.clicked.connect(self.ready)
        row.addWidget(cancel)
        row.addWidget(self.add_button)
        return row

    @property
    def label(self) -> str:
        """The name that was given."""
        return self.name_edit.text()

    @property
    def holds(self) -> Holds:
        """What the field is to hold."""
        type_ = FieldType(self.type_box.currentData())
        choices = tuple(self.choices_edit.toPlainText().splitlines())
        several = type_ is FieldType.CHOICE and self.several_switch.isChecked()
        return Holds(type_, choices, several, self.target_box.currentData())

    def say(self, sentence: str) -> None:
        """Why it could not be made; what was typed stays."""
        self.complaint.setText(sentence)
        self.complaint.show()

    def _show_parts(self) -> None:
        type_ = FieldType(self.type_box.currentData())
        for part in (self.choices_edit, self.several_switch):
            self._form.setRowVisible(part, type_ is FieldType.CHOICE)
        self._form.setRowVisible(self.target_box, type_ is FieldType.LINK)
        self.complaint.hide()
        self.adjustSize()
