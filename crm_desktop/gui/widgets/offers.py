"""What may be typed into a field, offered below it."""

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtWidgets import QCompleter, QStyledItemDelegate, QStyleOptionViewItem, QWidget

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


class _Roomy(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        size = super().sizeHint(option, index)
        size.setHeight(size.height() + _AIR)
        return size
