"""The user's own fields: names, order, choices; one kind of record at a time."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtWidgets import QWidget

from crm_desktop.domain.catalogue import Field, FieldType
from crm_desktop.domain.filter import Compare, Filter, Op
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.language import inside
from crm_desktop.gui.pages.settings.choices_dialog import ChoicesDialog
from crm_desktop.gui.pages.settings.field_dialog import FieldDialog, type_words
from crm_desktop.gui.pages.settings.ordered import Deed, OrderedPanel
from crm_desktop.gui.widgets.text import label
from crm_desktop.services.fields import Holds


class Named(NamedTuple):
    """A field as a line of the panel."""

    id: int
    name: str
    field: Field


class FieldsPanel(OrderedPanel):
    """A line for each field; every edit is one action and can be undone."""

    def __init__(self, context: AppContext) -> None:
        note = self.tr("Fields of your own can be shown, filtered, sorted, imported and exported like all others.")
        super().__init__(context, self.tr("Fields"), note, self.tr("Add a field"))
        self.add_button.clicked.connect(self.ask_field)
        self.kind_box = self.add_choice(self.tr("Fields of"))
        for kind in context.services.fields.kinds():
            self.kind_box.addItem(context.services.labels.kind(kind, True), kind)
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
        fields = self.context.services.fields.own(self.kind)
        self.show_things([Named(field.definition or 0, field.label or "", field) for field in fields])

    # what a line has

    def heads(self) -> Sequence[str]:
        return (self.tr("Field"), self.tr("Holds"))

    def name_words(self, index: int) -> str:
        return self.tr("Name of field %1").replace("%1", str(index + 1))

    def own_part(self, thing: Named, holder: QWidget) -> QWidget:
        return label(self._holds(thing.field), "body", "secondary")

    def own_buttons(self, thing: Named) -> Sequence[Deed]:
        ask = partial(self.ask_choices, thing.field)
        return (("list-checks", self.tr("Choices of %1"), ask, bool(thing.field.choices)),)

    def may_delete(self, thing: Named) -> bool:
        return True

    def _holds(self, field: Field) -> str:
        """What a field holds, in words."""
        if field.type is FieldType.LINK and field.target:
            return self.tr("Link to %1").replace("%1", inside(self.context.services.labels.kind(field.target)))
        return self.tr("Several choices") if field.multi else type_words(field.type)

    # what the user does

    def ask_field(self) -> None:
        """Ask for a new field."""
        dialog = self.dialog = FieldDialog(self.context, self.kind, self.window())
        dialog.answered.connect(partial(self._add, dialog))
        dialog.open()

    def _add(self, dialog: FieldDialog, answer: tuple[str, Holds]) -> None:
        fields, kind = self.context.services.fields, self.kind
        name, holds = answer
        words = self.tr("Field %1 added").replace("%1", name)
        self.write(lambda: fields.add(kind, name, holds), words, dialog.accept, dialog.complain)

    def ask_choices(self, field: Field) -> None:
        """Ask for other choices of a field."""
        fields, number = self.context.services.fields, field.definition or 0

        def ask(used: dict[str, int]) -> None:
            dialog = self.dialog = ChoicesDialog(self.context, field, used, self.window())
            dialog.answered.connect(lambda _answer: self._set_choices(dialog, field))
            dialog.open()

        self.context.jobs.read(lambda _progress: fields.used(number), ask, owner=self)

    def _set_choices(self, dialog: ChoicesDialog, field: Field) -> None:
        fields, choices, moved = self.context.services.fields, dialog.choices, dialog.moved
        words = self.tr("Choices of %1 changed").replace("%1", str(field.label))
        number = field.definition or 0
        self.write(lambda: fields.set_choices(number, choices, moved), words, dialog.accept, dialog.complain)

    def renaming(self, thing: Named, name: str) -> tuple[Callable[[], object], str]:
        rename = partial(self.context.services.fields.rename, thing.id, name)
        return rename, self.tr("Field %1 renamed").replace("%1", " ".join(name.split()))

    def order(self, ids: list[int], moved: str) -> None:
        fields, kind = self.context.services.fields, self.kind
        self.write(lambda: fields.order(kind, ids), self.tr("Field %1 moved").replace("%1", moved))

    def delete(self, thing: Named) -> None:
        lists = self.context.services.lists
        held = Filter(self.kind, Compare(thing.field.name, Op.EMPTY, False))
        self.context.jobs.read(lambda _progress: lists.count(held), partial(self._delete, thing), owner=self)

    def _delete(self, thing: Named, held: int) -> None:
        fields = self.context.services.fields
        words = self.tr("Field %1 deleted").replace("%1", thing.name)
        if held:
            words = self.tr("Field %1 deleted with what %Ln records have in it", "", held).replace("%1", thing.name)
        self.write(lambda: fields.delete(thing.id), words)
