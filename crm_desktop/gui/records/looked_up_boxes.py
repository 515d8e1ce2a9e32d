"""Editors for values of a condition that are looked up: ticked in a list, or another record."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from crm_desktop.domain.catalogue import FieldType
from crm_desktop.domain.filter import Ref, Scalar
from crm_desktop.errors import UserError
from crm_desktop.gui.records.filter_values import Asked, in_use
from crm_desktop.gui.records.known_names import UNKNOWN
from crm_desktop.gui.records.record_form import value_editor
from crm_desktop.gui.records.value_boxes import ValueBox
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.gui.widgets.popover import Popover
from crm_desktop.gui.widgets.ticks_edit import TickList


class TicksBox(ValueBox):
    """Several values, ticked in a list that opens below; of text others can be added."""

    def __init__(self, parent: QWidget, asked: Asked) -> None:
        super().__init__(parent)
        self._asked = asked
        self._ticked: list[str] = []
        self._listed = list(asked.field.choices)
        self.button = Button(asked.context.theme, self, kind="secondary")
        self.button.clicked.connect(self.choose)
        self.row.addWidget(self.button, 1)
        self.setFocusProxy(self.button)
        self._tell()
        if asked.field.type is not FieldType.CHOICE:
            in_use(asked, self._listed.extend, self.button)

    def choose(self) -> None:
        """Open the list."""
        asked = self._asked
        popover = Popover(asked.context.theme, self, self.tr("Values"))
        popover.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        codes = list(dict.fromkeys([*self._ticked, *self._listed]))
        ticks = TickList(asked.context.theme, [(self._said(code), code) for code in codes], self._ticked)
        ticks.setAccessibleName(self.tr("Values"))
        ticks.itemChanged.connect(lambda _item: self._choose(list(ticks.ticked)))
        ticks.done.connect(popover.close)
        popover.body.addWidget(ticks)
        if asked.field.type is not FieldType.CHOICE:
            self._add_other(popover)
        popover.open_at(self.button)
        ticks.setFocus()

    def _add_other(self, popover: Popover) -> None:
        other = QLineEdit(popover)
        other.setAccessibleName(self.tr("Another value"))
        other.setPlaceholderText(self.tr("Another value"))

        def add() -> None:
            if other.text().strip():
                self._choose(list(dict.fromkeys([*self._ticked, other.text().strip()])))
            popover.close()

        other.returnPressed.connect(add)
        popover.body.addWidget(other)

    def _choose(self, ticked: list[str]) -> None:
        self._ticked = ticked
        self._tell()
        self.changed.emit()

    def _said(self, code: str) -> str:
        return self._asked.words.value(self._asked.kind, self._asked.path, code)

    def _tell(self) -> None:
        words = ", ".join(map(self._said, self._ticked)) or self.tr("Choose…")
        self.button.setText(words.replace("&", "&&"))
        self.button.setToolTip(words)
        self.button.setAccessibleName(self.tr("Values: %1").replace("%1", words))

    def values(self) -> tuple[Scalar, ...]:
        if not self._ticked:
            raise UserError(self.tr("Choose at least one value."))
        return tuple(self._ticked)

    def show_values(self, values: Sequence[Scalar]) -> None:
        self._ticked = [str(value) for value in values]
        self._tell()


class LinkBox(ValueBox):
    """Another record, found by the words of its name."""

    def __init__(self, parent: QWidget, asked: Asked) -> None:
        super().__init__(parent)
        self._asked = asked
        self._editor: Any = None
        self._shown: tuple[Scalar, ...] = ()
        self._hold(None)
        asked.words.names.learned.connect(self._learn)

    def _learn(self) -> None:
        """The record was shown before its name was known."""
        if self._editor.text() == UNKNOWN:
            self.show_values(self._shown)

    def _hold(self, held: Ref | None) -> None:
        if self._editor is not None:
            self._editor.deleteLater()
        single = replace(self._asked.field, multi=False)
        self._editor = value_editor(self._asked.context, self._asked.owner, single, held, self)
        self._editor.setAccessibleName(self.tr("Record"))
        self._editor.textEdited.connect(lambda _text: self.changed.emit())
        if self._editor.completer() is not None:
            self._editor.completer().activated.connect(lambda _text: self.changed.emit())
        self._editor.setProperty("kind", "")
        self.row.addWidget(self._editor, 1)
        self.setFocusProxy(self._editor)

    def values(self) -> tuple[Scalar, ...]:
        if not self._editor.text().strip():
            raise UserError(self.tr("A value is missing."))
        if not self._editor.accept():
            # Said by the row once somebody wants to apply it, not while one types.
            said = self._editor.complaint.text()
            self._editor.complaint.say("")
            raise UserError(said)
        return (self._editor.value.id,)

    def show_values(self, values: Sequence[Scalar]) -> None:
        self._shown = tuple(values)
        number = values[0]
        if isinstance(number, int):
            words = self._asked.words.value(self._asked.kind, self._asked.path, number)
            self._hold(Ref(number, words))
