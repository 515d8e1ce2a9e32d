"""Asks for a name in place."""

from collections.abc import Collection

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from crm_desktop.domain.folding import fold
from crm_desktop.gui.theme import ThemeManager
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.gui.widgets.popover import Popover
from crm_desktop.gui.widgets.text import label


class NamePopover(Popover):
    """One field; Enter or the button answers with `named`, unless the name is one of those `taken`."""

    named = Signal(str)

    def __init__(
        self, theme: ThemeManager, parent: QWidget, title: str, name: str, taken: Collection[str] = ()
    ) -> None:
        super().__init__(theme, parent, title)
        self._taken = {fold(each) for each in taken}
        self._problem = label(role="small", tone="bad", wrap=True)
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
        self.body.addWidget(self._problem)
        self._check()
        self.name_edit.setFocus()

    @property
    def _name(self) -> str:
        return self.name_edit.text().strip()

    def _check(self) -> None:
        double = bool(self._name) and fold(self._name) in self._taken
        self._save.setEnabled(bool(self._name) and not double)
        sentence = self.tr("There is a view “%1” already.").replace("%1", self._name) if double else ""
        self._problem.setText(sentence)
        self._problem.setVisible(double)
        self.name_edit.setAccessibleDescription(sentence)
        self.adjustSize()

    def _answer(self) -> None:
        if self._save.isEnabled():
            self.close()
            self.named.emit(self._name)
