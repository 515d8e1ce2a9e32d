"""What every table has in common in which values are read, not written."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

_PAD = 5


class Padded(QStyledItemDelegate):
    """Texts stand under the names of their columns; the chosen row has no cell of its own."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, option.palette.highlight())
        option.state &= ~QStyle.StateFlag.State_HasFocus
        option.rect = option.rect.adjusted(_PAD, 0, -_PAD, 0)
        super().paint(painter, option, index)


def plain(view: QTableView) -> None:
    """No editing, no grid, one line a row, Tab leaves the table; titles begin where the columns do."""
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setTabKeyNavigation(False)
    view.setWordWrap(False)
    view.setShowGrid(False)
    view.verticalHeader().hide()
    view.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
    view.horizontalHeader().setHighlightSections(False)
