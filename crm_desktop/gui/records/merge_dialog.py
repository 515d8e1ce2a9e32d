"""Asks how the ticked records become one."""

from typing import Any

from PySide6.QtWidgets import QWidget

from crm_desktop.gui.context import AppContext
from crm_desktop.gui.records.ask_dialog import AskDialog
from crm_desktop.gui.records.merge_box import Ids, MergeBox


class MergeDialog(AskDialog):
    """Field by field; `answered` carries the record that stays, the others, and whose values are kept."""

    def __init__(self, context: AppContext, parent: QWidget, kind: str, count: int, ids: Ids) -> None:
        super().__init__(context, parent)
        self.entitle(self.tr("Merge %Ln records", "", count), self.tr("Merge"))
        self.box = MergeBox(context, self)
        self.box.planned.connect(lambda _plan: self.ok_button.setEnabled(True))
        self.box.failed.connect(self._cannot)
        self.content.addWidget(self.box)
        self.resize(context.theme.current.px(820), context.theme.current.px(520))
        self.ok_button.setEnabled(False)
        self.box.show_records(kind, ids)
        self.box.table.setFocus()

    def _cannot(self, error: Any) -> None:
        self.ok_button.setEnabled(False)
        self.complain(error)

    def answer(self) -> None:
        if not self.box.settled:
            return
        survivor, *losers = self.box.ids
        self.answered.emit((survivor, losers, self.box.choices))
