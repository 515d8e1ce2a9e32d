"""Editing where the value stands: checked when leaving, the cell stays open with the sentence under it."""

from typing import Any

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QStyledItemDelegate, QWidget

from crm_desktop.gui.models.cells import Column
from crm_desktop.gui.widgets.leaving import Leaving
from crm_desktop.gui.widgets.value_edit import (
    ChoiceEdit,
    DayEdit,
    Editor,
    LineEdit,
    NoteEdit,
    TicksEdit,
    makes_line,
)

Index = QModelIndex | QPersistentModelIndex
_Hint = QAbstractItemDelegate.EndEditHint
_BESIDE = {Qt.Key.Key_Tab: _Hint.EditNextItem, Qt.Key.Key_Backtab: _Hint.EditPreviousItem}
_LEAVING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
_MIN_WIDTH = 120
_NOTE_WIDTH = 280


class CellEditing:
    """The editing half of the delegate of a record table, loaded when the first cell is opened."""

    def __init__(self, delegate: QStyledItemDelegate, table: Any) -> None:
        self._delegate = delegate
        self._table = table

    def make(self, parent: QWidget, index: Index) -> QWidget:
        """The editor of a cell, with its value."""
        table = self._table
        column: Column = table.records.column(index)
        values = table.records.values_at(index.row()) or {}
        editor: Editor = table.make_editor(column.field, values.get(column.name), parent)
        editor.setAccessibleName(column.title)
        if isinstance(editor, ChoiceEdit):
            # Its list is left first: a combo box does not outlive what closes it in the middle of a key.
            editor.activated.connect(lambda: self._finish(editor), Qt.ConnectionType.QueuedConnection)
            # With its list closed an arrow would choose at once; it opens when the editor stands in its place.
            QTimer.singleShot(0, editor, editor.showPopup)
        if isinstance(editor, TicksEdit | DayEdit):
            editor.chosen.connect(lambda: self._finish(editor))
        Leaving(editor, self._reveal, lambda: self._finish(editor))
        return editor

    def take(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Set what the editor holds, where it can be read."""
        assert isinstance(editor, LineEdit | ChoiceEdit | NoteEdit)
        if editor.accept():
            model.setData(index, editor.value)

    def place(self, editor: QWidget, rect: QRect) -> None:
        """Put the editor where its cell is, as wide as it needs to be."""
        theme = self._table.theme.current
        height = min(theme.size("input"), rect.height() - 2)
        width = max(rect.width(), theme.px(_MIN_WIDTH))
        if isinstance(editor, NoteEdit):
            height, width = editor.height(), max(width, theme.px(_NOTE_WIDTH))
        left = rect.right() - width + 1 if self._table.mirrored else rect.left()
        left = max(0, min(left, self._table.viewport().width() - width))
        top, area = rect.top() + max(0, rect.height() - height) // 2, self._table.viewport().rect()
        if rect.intersects(area):
            top = max(0, min(top, area.height() - height))
        editor.setGeometry(left, top, width, height)

    def filter(self, editor: QObject, event: QEvent) -> bool | None:
        """Whether an event ends here; None leaves it to Qt."""
        if isinstance(editor, NoteEdit) and isinstance(event, QKeyEvent) and event.key() in _LEAVING:
            return self._note_key(editor, event)
        if isinstance(event, QFocusEvent) and event.reason() == Qt.FocusReason.PopupFocusReason:
            # What it offers opens below it; nobody leaves.
            return False
        leaving = event.type() == QEvent.Type.FocusOut or (
            isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _LEAVING
        )
        if leaving and isinstance(editor, LineEdit | NoteEdit) and not editor.accept():
            # Keys are swallowed; losing the focus is only seen, so that the editor may lose it and stay.
            if event.type() != QEvent.Type.KeyPress:
                return False
            self._reveal()
            return True
        return None

    def _note_key(self, editor: NoteEdit, event: QKeyEvent) -> bool:
        """The keys that leave any cell leave a text of several lines too, which Qt spares; some make a line of it."""
        if makes_line(event):
            return False
        event.accept()
        if event.type() == QEvent.Type.KeyPress:
            if editor.accept():
                self._finish(editor, _BESIDE.get(Qt.Key(event.key()), _Hint.NoHint))
            else:
                self._reveal()
        return True

    def _reveal(self) -> None:
        """Scroll the open cell back into sight."""
        self._table.scrollTo(self._table.currentIndex())

    def _finish(self, editor: QWidget, hint: _Hint = _Hint.NoHint) -> None:
        self._delegate.commitData.emit(editor)
        self._delegate.closeEditor.emit(editor, hint)
