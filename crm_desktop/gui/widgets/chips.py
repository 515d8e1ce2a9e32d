"""Filter chips, and a row of them that folds where there is no room."""

from collections.abc import Sequence
from itertools import accumulate, pairwise

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QStyle, QWidget

from crm_desktop.gui import icons, paint
from crm_desktop.gui.theme import ThemeManager


class Chip(QAbstractButton):
    """A condition in words. Click opens it; the "×", Delete or Backspace takes it away.

    With `kind` "add" it is the dashed "+ Filter", with "option" a condition one can switch on, with "more" what others
    are folded into. `bad` says that it cannot work any more.
    """

    removed = Signal()

    def __init__(self, theme: ThemeManager, text: str, kind: str = "filter", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._kind = kind
        self.bad = False
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(kind == "option")
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        if kind == "filter":
            self.setToolTip(self.tr("%1. Delete takes it away.").replace("%1", text))
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return self.room_for(self.text())

    def room_for(self, text: str) -> QSize:
        """The size that shows all of a text."""
        theme = self._theme.current
        words = paint.width_of(text, theme.font("smallMedium"))
        extra = {"filter": 43, "add": 42, "option": 29, "more": 29}[self._kind]
        return QSize(words + theme.px(extra), theme.px(28))

    def minimumSizeHint(self) -> QSize:
        # Where room is short the words are cut; the tool tip has all of them.
        return self.sizeHint().boundedTo(QSize(self._theme.current.px(72), self.sizeHint().height()))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = self._draw_frame(painter)
        theme = self._theme.current
        font = theme.font("smallMedium")
        side = theme.px(12)
        left = theme.px(28 if self._kind == "add" else 14)
        cross = theme.px(16) if self._kind == "filter" else 0
        room = min(paint.width_of(self.text(), font) + 2, self.width() - left - theme.px(12) - cross)
        if self._kind == "add":
            self._icon(painter, "plus", theme.px(11), side, colour)
        paint.text(painter, self._place(left, room, self.height()), self.text(), font, theme.color(colour))
        if self._kind == "filter":
            self._icon(painter, "x", self.width() - theme.px(12) - side, side, colour)
        if self.hasFocus():
            paint.focus_ring(painter, QRectF(self.rect()), theme, self.height() / 2)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._kind == "filter" and self._on_cross(event.position().toPoint()):
            self.setDown(False)
            self.removed.emit()
        else:
            super().mouseReleaseEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._removes(event):
            event.accept()  # a page may have this key for its list
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._removes(event):
            self.removed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def _removes(self, event: QKeyEvent) -> bool:
        return self._kind == "filter" and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)

    def _draw_frame(self, painter: QPainter) -> str:
        theme = self._theme.current
        box = QRectF(self.rect())
        half = box.height() / 2
        if self.bad:
            paint.panel(painter, box, theme.color("badSoft"), None, half)
            return "bad"
        if self._kind == "filter" or self.isChecked():
            paint.panel(painter, box, theme.color("accentSoft"), None, half)
            return "accentText"
        if self._kind in ("option", "more"):
            fill = theme.color("hover" if self.underMouse() else "surface")
            paint.panel(painter, box, fill, theme.color("border"), half)
            return "textSecondary"
        pen = QPen(theme.color("borderControl"), 1, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(theme.color("hover") if self.underMouse() else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), half, half)
        return "textSecondary"

    def _icon(self, painter: QPainter, name: str, left: int, side: int, colour: str) -> None:
        icons.draw(painter, name, self._theme.current.color(colour), self._place(left, side, side))

    def _place(self, left: float, width: float, height: float) -> QRectF:
        box = QRectF(left, (self.height() - height) / 2, width, height)
        return paint.mirrored(box, self.rect(), self.layoutDirection())

    def _on_cross(self, at: QPoint) -> bool:
        # 24 px wide, as every target must be.
        return self._place(self.width() - 26, 26, self.height()).contains(at)


class ChipStrip(QWidget):
    """Chips in a row, `last` behind them. Those without room are folded into "+3 more", which opens the first one."""

    GAP = 6
    wanted = Signal(int)

    def __init__(self, theme: ThemeManager, last: Chip, parent: QWidget) -> None:
        super().__init__(parent)
        self.chips: list[Chip] = []
        self.shown = 0
        self._last = last
        last.setParent(self)
        self.more = Chip(theme, self.tr("More"), "more", self)
        self.more.clicked.connect(lambda: self.wanted.emit(self.shown))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._rearrange)

    def set_chips(self, chips: Sequence[Chip]) -> None:
        """Show these in the place of those before."""
        for chip in self.chips:
            chip.hide()
            chip.deleteLater()
        self.chips = list(chips)
        for one, following in pairwise([*self.chips, self.more, self._last]):
            QWidget.setTabOrder(one, following)
        self._rearrange()

    def sizeHint(self) -> QSize:
        widths = [chip.sizeHint().width() + self.GAP for chip in self.chips]
        return QSize(sum(widths) + self._last_width, self.more.sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        first = self.chips[0].minimumSizeHint().width() + self.GAP if self.chips else 0
        more = self._more_width + self.GAP if len(self.chips) > 1 else 0
        return QSize(first + more + self._last_width, self.sizeHint().height())

    @property
    def least(self) -> int:
        """The width at which the first chip is whole."""
        first = self.chips[0].sizeHint().width() - self.chips[0].minimumSizeHint().width() if self.chips else 0
        return self.minimumSizeHint().width() + first

    @property
    def _last_width(self) -> int:
        return 0 if self._last.isHidden() else self._last.sizeHint().width()

    @property
    def _more_width(self) -> int:
        return self.more.room_for(self._more_words(len(self.chips))).width()

    def _more_words(self, count: int) -> str:
        return self.tr("+%1 more").replace("%1", str(count))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fold()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._fold()

    def _rearrange(self) -> None:
        self.updateGeometry()
        self._fold()

    def _fold(self) -> None:
        """Place what has room from the start on; of the first at least its beginning."""
        ends = list(accumulate(chip.sizeHint().width() + self.GAP for chip in self.chips))
        room = self.width() - self._last_width
        self.shown = len(ends)
        if len(ends) > 1 and ends[-1] > room:
            room -= self._more_width + self.GAP
            self.shown = max(1, sum(end <= room for end in ends))
        left = 0
        for number, chip in enumerate(self.chips):
            chip.setVisible(number < self.shown)
            if number < self.shown:
                left = self._place(chip, left, min(chip.sizeHint().width(), room - self.GAP - left))
        left = self._tell_more(left)
        self._place(self._last, left, self._last_width)

    def _place(self, chip: Chip, left: int, width: int) -> int:
        box = QRect(left, 0, width, self.height())
        chip.setGeometry(QStyle.visualRect(self.layoutDirection(), self.rect(), box))
        return left + width + self.GAP

    def _tell_more(self, left: int) -> int:
        folded = self.chips[self.shown :]
        if not folded and self.more.hasFocus():
            self.chips[-1].setFocus()
        self.more.setVisible(bool(folded))
        self.more.bad = any(chip.bad for chip in folded)
        self.more.setText(self._more_words(len(folded)))
        words = "; ".join(chip.text() for chip in folded)
        self.more.setAccessibleName(f"{self.more.text()}: {words}")
        self.more.setToolTip(words)
        return self._place(self.more, left, self.more.sizeHint().width()) if folded else left
