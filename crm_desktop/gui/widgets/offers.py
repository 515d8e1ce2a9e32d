"""What may be typed into a field, offered below it."""

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QCompleter, QStyledItemDelegate, QStyleOptionViewItem, QWidget

_AIR = 8


class Offers(QCompleter):
    """A completer, whatever the case, whose list looks like that of a box with choices."""

    def __init__(self, parent: QWidget, model: QAbstractItemModel, *, inside: bool = False) -> None:
        """With `inside` what is typed may stand anywhere in what is offered, else it begins it."""
        super().__init__(model, parent)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        if inside:
            self.setFilterMode(Qt.MatchFlag.MatchContains)
        popup = self.popup()
        assert popup is not None
        self.view = popup
        popup.setProperty("kind", "offers")
        popup.setItemDelegate(_Roomy(popup))


class FreeOffers(Offers):
    """Offers beside which anything else may be typed: Enter goes on with that as if nothing were offered."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._goes_on(event):
            self.view.hide()
            QApplication.sendEvent(self.widget(), QKeyEvent(event.type(), event.key(), event.modifiers(), event.text()))
            return True
        return super().eventFilter(watched, event)

    def _goes_on(self, event: QKeyEvent) -> bool:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        return enter and self.view.isVisible() and not self.view.currentIndex().isValid()


class _Roomy(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        size = super().sizeHint(option, index)
        size.setHeight(size.height() + _AIR)
        return size
