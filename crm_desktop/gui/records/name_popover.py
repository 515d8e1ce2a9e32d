"""Asks for a name in place."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from crm_desktop.gui.theme import ThemeManager
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.gui.widgets.popover import Popover
from crm_desktop.gui.widgets.text import label


class NamePopover(Popover):
    """One field; Enter or the button answers with `named`."""

    named = Signal(str)

    def __init__(self, theme: ThemeManager, parent: QWidget, title: str, name: str) -> None:
        super().__init__(theme, parent, title)
        self.body.addWidget(label(title, "smallStrong"))
        self.name_edit = QLineEdit(name, self)
        self.name_edit.setAccessibleName(self.tr("Name"))
        self.name_edit.setPlaceholderText(self.tr("Name"))
        self.name_edit.setMinimumWidth(theme.current.px(220))
        self.name_edit.returnPressed.connect(self._answer)
        self._save = Button(theme, self, self.tr("Save"), kind="primary")
        self._save.clicked.connect(self._answer)
        self.name_edit.textChanged.connect(self._check)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.name_edit, 1)
        row.addWidget(self._save)
        self.body.addLayout(row)
        self._check()
        self.name_edit.setFocus()

    def _check(self) -> None:
        self._save.setEnabled(bool(self.name_edit.text().strip()))

    def _answer(self) -> None:
        if self.name_edit.text().strip():
            self.close()
            self.named.emit(self.name_edit.text().strip())
