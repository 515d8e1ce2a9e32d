"""The typed form of a filter, with names and values offered while one types."""

from PySide6.QtCore import QEvent, QModelIndex, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from crm_desktop.domain.filter_typing import Place
from crm_desktop.domain.filter_values import quoted
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.widgets.offers import Offers
from crm_desktop.gui.widgets.value_line import Complaint

LEAST = 2
"""Letters of a name after which names are offered."""


class TypedFilter(QLineEdit):
    """A line that offers the names of fields, then the values that they have."""

    left = Signal()

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._kind = ""
        self._place: Place | None = None
        self._offered: dict[str, str] = {}
        self._used: dict[tuple[str, str], list[str]] = {}
        self._words = QStringListModel(self)
        self._names = Offers(self, self._words)
        self._names.setWidget(self)
        self._names.activated.connect(self._complete)
        self.complaint = Complaint(self)
        self.setClearButtonEnabled(True)
        self.textEdited.connect(self._offer)

    def show_kind(self, kind: str) -> None:
        """What is typed is about records of this kind; values in use are asked for anew."""
        if kind != self._kind:
            self._kind = kind
            self._used = {}

    def _offer(self, _text: str) -> None:
        lists = self._context.services.lists
        found = self._place = lists.place(self._kind, self.text()[: self.cursorPosition()])
        offered: dict[str, str] = lists.suggestions(found)
        if found.field is not None and (found.field.type.textual or found.field.target):
            offered = {value: quoted(value) for value in self._in_use(found)} | offered
        if found.field is None and len(found.begun) < LEAST and not found.before:
            offered = {}
        self._offered = offered
        self._show(found)

    def _show(self, found: Place) -> None:
        self._words.setStringList(list(self._offered))
        self._names.setCompletionPrefix(found.begun)
        popup = self._names.view
        count = self._names.completionCount()
        if not count or (count == 1 and self._names.currentCompletion() == found.begun):
            popup.hide()
            return
        popup.setAccessibleName(self.tr("Values") if found.field is not None else self.tr("Fields"))
        popup.setCurrentIndex(QModelIndex())
        self._names.complete()

    def _in_use(self, found: Place) -> list[str]:
        """The values that a field has, as far as they are known; the others come a moment later."""
        assert found.field is not None
        wanted = (found.kind, found.field.name)
        if wanted not in self._used:
            self._used[wanted] = []
            lists = self._context.services.lists
            kind, name = (found.field.target, "name") if found.field.target else wanted

            def heard(used: list[str]) -> None:
                self._used[wanted] = used
                if used and self.hasFocus() and self._place == found:
                    self._offer(self.text())

            self._context.jobs.read(lambda _progress: lists.values_in_use(kind, name), heard, owner=self)
        return self._used[wanted]

    def _complete(self, chosen: str) -> None:
        found = self._place
        if found is None:
            return
        words = self._offered.get(chosen, chosen)
        rest = self.text()[self.cursorPosition() :]
        self.setText(f"{self.text()[: found.start]}{words}{rest}")
        self.setCursorPosition(found.start + len(words))
        self.textEdited.emit(self.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        popup = self._names.view
        if not popup.isVisible():
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and popup.currentIndex().isValid():
            # The list has it second, and chooses what was gone to.
            event.ignore()
        else:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                popup.hide()
            super().keyPressEvent(event)

    def _complete_offered(self) -> bool:
        """Take the first that is offered, or the one that was gone to; False where nothing is."""
        popup = self._names.view
        if not popup.isVisible():
            return False
        chosen = str(popup.currentIndex().data() or self._names.completionModel().index(0, 0).data())
        popup.hide()
        self._complete(chosen)
        return True

    def event(self, event: QEvent) -> bool:
        tab = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Tab
        if tab and event.type() == QEvent.Type.KeyPress and self._complete_offered():
            # Else the focus would go on.
            return True
        # Esc belongs to this field first; else the window's key would take it.
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                if self._names.view.isVisible():
                    self._names.view.hide()
                else:
                    self.left.emit()
                return True
        return super().event(event)
