"""The user's own fields: names, order, choices; one kind of record at a time."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QWidget

from crm_desktop.domain.catalogue import Field, FieldType
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.deeds import inside
from crm_desktop.gui.pages.settings.choices_dialog import ChoicesDialog
from crm_desktop.gui.pages.settings.field_dialog import FieldDialog, type_words
from crm_desktop.gui.pages.settings.panel import Panel
from crm_desktop.gui.widgets.buttons import Button, IconButton
from crm_desktop.gui.widgets.text import label


class FieldsPanel(Panel):
    """A line for each field; every edit is one action and can be undone."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context, self.tr("Fields"))
        note = self.tr("Fields of your own can be shown, filtered, sorted, imported and exported like all others.")
        self.column.insertWidget(1, label(note, "body", "secondary", wrap=True))
        self.kind_box = QComboBox(self)
        self.kind_box.setAccessibleName(self.tr("Fields of"))
        for kind in context.services.fields.kinds():
            self.kind_box.addItem(context.services.labels.kind(kind, True), kind)
        self.kind_box.activated.connect(lambda _index: self.refresh())
        head = QHBoxLayout()
        head.addWidget(label(self.tr("Fields of"), "bodyMedium"))
        head.addWidget(self.kind_box)
        head.addStretch(1)
        self.column.insertLayout(2, head)
        self._lines = QWidget(self.card)
        self.card.body.addWidget(self._lines)
        self.add_button = Button(context.theme, self, self.tr("Add a field"), "plus")
        self.add_button.clicked.connect(self.ask_field)
        self.column.insertWidget(self.column.count() - 1, self.add_button, 0, Qt.AlignmentFlag.AlignLeading)
        self.fields: list[Field] = []
        self.dialog: FieldDialog | ChoicesDialog | None = None

    @property
    def kind(self) -> str:
        """The kind whose fields are shown."""
        return str(self.kind_box.currentData())

    def search(self, text: str) -> bool:
        """Found by the title, by what a field is made of, or by the name of one."""
        own = self.context.services.fields
        names = [str(field.label) for kind in own.kinds() for field in own.own(kind)]
        words = (self.title, self.tr("Custom fields"), self.tr("Choices"), *names)
        return any(text.casefold() in word.casefold() for word in words)

    def refresh(self) -> None:
        self.fields = self.context.services.fields.own(self.kind)
        holder = QWidget(self.card)
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 1)
        if not self.fields:
            grid.addWidget(label(self.tr("None yet."), "body", "secondary"), 0, 0)
        for index, field in enumerate(self.fields):
            self._add_line(grid, index, field)
        focused = self.focused_in(self._lines)
        self.card.body.replaceWidget(self._lines, holder)
        self._lines.hide()
        self._lines.deleteLater()
        self._lines = holder
        for edit in holder.findChildren(QWidget, focused) if focused else ():
            edit.setFocus()

    def _add_line(self, grid: QGridLayout, index: int, field: Field) -> None:
        holder = grid.parentWidget()
        name = QLineEdit(field.label or "", holder)
        name.setObjectName(f"name{field.definition}")
        name.setAccessibleName(self.tr("Name of field %1").replace("%1", str(index + 1)))
        name.editingFinished.connect(lambda: self._rename(field, name))
        grid.addWidget(name, index, 0)
        grid.addWidget(label(self._holds(field), "body", "secondary"), index, 1)
        buttons = (
            ("list-checks", self.tr("Choices of %1"), partial(self.ask_choices, field), bool(field.choices)),
            ("arrow-up", self.tr("Move %1 up"), partial(self._move, index, -1), index > 0),
            ("arrow-down", self.tr("Move %1 down"), partial(self._move, index, 1), index + 1 < len(self.fields)),
            ("trash-2", self.tr("Delete %1"), partial(self._delete, field), True),
        )
        for place, (glyph, words, run, allowed) in enumerate(buttons, 2):
            button = IconButton(self.context.theme, holder, glyph, words.replace("%1", str(field.label)))
            button.setObjectName(f"{glyph}{field.definition}")
            button.setEnabled(allowed)
            button.clicked.connect(run)
            grid.addWidget(button, index, place)

    def _holds(self, field: Field) -> str:
        """What a field holds, in words."""
        if field.type is FieldType.LINK and field.target:
            return self.tr("Link to %1").replace("%1", inside(self.context.services.labels.kind(field.target)))
        return self.tr("Several choices") if field.multi else type_words(field.type)

    # what the user does

    def ask_field(self) -> None:
        """Ask for a new field."""
        dialog = self.dialog = FieldDialog(self.context, self.kind, self.window())
        dialog.ready.connect(partial(self._add, dialog))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _add(self, dialog: FieldDialog) -> None:
        fields, kind = self.context.services.fields, self.kind
        words = self.tr("Field %1 added").replace("%1", dialog.label)
        label_, holds = dialog.label, dialog.holds
        self.write(lambda: fields.add(kind, label_, holds), words, dialog.accept, dialog.say)

    def ask_choices(self, field: Field) -> None:
        """Ask for other choices of a field."""
        fields, number = self.context.services.fields, field.definition or 0

        def ask(used: dict[str, int]) -> None:
            dialog = self.dialog = ChoicesDialog(self.context, field, used, self.window())
            dialog.ready.connect(partial(self._set_choices, dialog, field))
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()

        self.context.jobs.read(lambda _progress: fields.used(number), ask, owner=self)

    def _set_choices(self, dialog: ChoicesDialog, field: Field) -> None:
        fields, choices, moved = self.context.services.fields, dialog.choices, dialog.moved
        words = self.tr("Choices of %1 changed").replace("%1", str(field.label))
        number = field.definition or 0
        self.write(lambda: fields.set_choices(number, choices, moved), words, dialog.accept, dialog.say)

    def _rename(self, field: Field, edit: QLineEdit) -> None:
        name = " ".join(edit.text().split())
        if not name:
            edit.setText(field.label or "")
        elif name != field.label:
            fields, number = self.context.services.fields, field.definition or 0
            self.write(lambda: fields.rename(number, name), self.tr("Field %1 renamed").replace("%1", name))

    def _move(self, index: int, by: int) -> None:
        order = [field.definition or 0 for field in self.fields]
        order.insert(index + by, order.pop(index))
        fields, kind = self.context.services.fields, self.kind
        words = self.tr("Field %1 moved").replace("%1", str(self.fields[index].label))
        self.write(lambda: fields.order(kind, order), words)

    def _delete(self, field: Field) -> None:
        fields, number = self.context.services.fields, field.definition or 0
        self.write(lambda: fields.delete(number), self.tr("Field %1 deleted").replace("%1", str(field.label)))
