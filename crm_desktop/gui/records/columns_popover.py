"""The column picker: tick a field to show it, Alt+Up and Alt+Down move it."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QListWidget, QListWidgetItem, QWidget

from crm_desktop.domain.catalogue import Kind
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.gui.widgets.popover import Popover
from crm_desktop.gui.widgets.text import label

_FIELD = Qt.ItemDataRole.UserRole


class ColumnsPopover(Popover):
    """`chosen` carries the names of the fields to show, in order, after each change."""

    chosen = Signal(tuple)

    def __init__(self, context: AppContext, kind: str, shown: Sequence[str], parent: QWidget) -> None:
        super().__init__(context.theme, parent, "")
        title = self.tr("Columns")
        self.setAccessibleName(title)
        self.body.addWidget(label(title, "smallStrong"))
        self.list = QListWidget(self)
        self.list.setAccessibleName(title)
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.list.setMinimumSize(context.theme.current.px(240), context.theme.current.px(340))
        self.body.addWidget(self.list)
        self._fill(context, context.services.catalogue.kind(kind), shown)
        self._add_buttons()
        self.list.itemChanged.connect(lambda _item: self._tell())
        self.list.model().rowsMoved.connect(lambda *_moved: self._tell())
        self.list.setCurrentRow(0)
        self.list.setFocus()

    def _fill(self, context: AppContext, kind: Kind, shown: Sequence[str]) -> None:
        labels = context.services.labels
        others = sorted((name for name in kind.fields if name not in shown), key=lambda n: labels.field(kind.name, n))
        for name in (*shown, *others):
            item = QListWidgetItem(labels.field(kind.name, name), self.list)
            item.setData(_FIELD, name)
            item.setSizeHint(QSize(0, context.theme.current.px(26)))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if name in shown else Qt.CheckState.Unchecked)
            if name == "name":
                item.setFlags(item.flags() & ~(Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsDragEnabled))

    def _add_buttons(self) -> None:
        row = QHBoxLayout()
        for words, glyph, key, step in (
            (self.tr("Move up"), "arrow-up", "Alt+Up", -1),
            (self.tr("Move down"), "arrow-down", "Alt+Down", 1),
        ):
            button = Button(self.theme, self, words, glyph, "ghost")
            button.setToolTip(key)
            button.clicked.connect(lambda _=False, by=step: self._move(by))
            QShortcut(QKeySequence(key), self, lambda by=step: self._move(by))
            row.addWidget(button)
        self.body.addLayout(row)

    def _move(self, step: int) -> None:
        row = self.list.currentRow()
        first = 1 if self.list.item(0).data(_FIELD) == "name" else 0
        if first <= min(row, row + step) and row + step < self.list.count():
            item = self.list.takeItem(row)
            self.list.insertItem(row + step, item)
            self.list.setCurrentRow(row + step)
            self._tell()

    def _tell(self) -> None:
        self._lead_with_name()
        items = [self.list.item(row) for row in range(self.list.count())]
        self.chosen.emit(tuple(i.data(_FIELD) for i in items if i.checkState() == Qt.CheckState.Checked))

    def _lead_with_name(self) -> None:
        """Whatever was dropped above it."""
        for row in range(1, self.list.count()):
            if self.list.item(row).data(_FIELD) == "name":
                self.list.insertItem(0, self.list.takeItem(row))
