"""What happened with a record and what is to do, newest first, as painted lines."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from crm_desktop.gui import format, icons, paint
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.records.moment_words import said, sign, text, title
from crm_desktop.services.timeline import Moment

_MOMENT = Qt.ItemDataRole.UserRole


class _Lines(QStyledItemDelegate):
    def __init__(self, context: AppContext, view: QListWidget) -> None:
        super().__init__(view)
        self._context = context
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        moment = index.data(_MOMENT)
        return QSize(40, self._context.theme.current.px(46 if moment.text else 28))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme, moment = self._context.theme.current, index.data(_MOMENT)
        area = option.rect
        px = theme.px

        def place(left: float, top: float, width: float, height: float) -> QRectF:
            box = QRectF(area.left() + left, area.top() + top, width, height)
            return paint.mirrored(box, area, self._view.layoutDirection())

        line = px(28)
        side = px(14)
        icons.draw(painter, sign(moment)[0], theme.color("textMuted"), place(0, (line - side) / 2, side, side))
        when = format.day(moment.when, self._context.clock.today())
        small = theme.font("small")
        width = paint.width_of(when, small) + 2
        left = side + px(9)
        head = place(left, 0, area.width() - left - width - 8, line)
        words = index.data(Qt.ItemDataRole.DisplayRole)
        paint.text(painter, head, words, theme.font("body"), theme.color("text"))
        paint.text(painter, place(area.width() - width, 0, width, line), when, small, theme.color("textMuted"))
        if moment.text:
            paint.text(painter, place(left, px(23), area.width() - left, px(18)),
                       text(self._context.services.labels, moment), small, theme.color("textSecondary"))
        if self._view.hasFocus() and index.row() == self._view.currentRow():
            paint.focus_ring(painter, QRectF(area), theme, 4)


class TimelineList(QListWidget):
    """All lines at once: the panel around it scrolls."""

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self.setItemDelegate(_Lines(context, self))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(self.tr("Activity"))
        context.theme.changed.connect(self._fit)

    def keyboardSearch(self, search: str) -> None:
        """Letters are keys of commands here; they do not jump."""

    def show_moments(self, moments: Sequence[Moment]) -> None:
        """Show these."""
        self.clear()
        for moment in moments:
            item = QListWidgetItem(title(self._context.services.labels, moment), self)
            item.setData(_MOMENT, moment)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, _sentence(item.text(), moment, self._context))
            item.setToolTip(said(self._context.services.labels, moment))
        self._fit()

    def _fit(self) -> None:
        self.doItemsLayout()
        self.setFixedHeight(sum(self.sizeHintForRow(row) for row in range(self.count())) + 2)


def _sentence(head: str, moment: Moment, context: AppContext) -> str:
    words, when = text(context.services.labels, moment), format.day(moment.when, context.clock.today())
    return ", ".join(part for part in (head, words, when) if part)
