"""Parts of the side panel that paint themselves."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.gui import format, icons, paint
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.records.moment_words import ICONS
from crm_desktop.gui.theme import ThemeManager
from crm_desktop.gui.widgets.text import ElidedLabel, label
from crm_desktop.services.timeline import Moment


class PanelHead(QWidget):
    """The head of the panel, with the line below it."""

    def __init__(self, theme: ThemeManager, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(0, self.height() - 1, self.width(), 1, self._theme.current.color("border"))


class NextStep(QWidget):
    """The earliest open task, on sunken ground."""

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = context.theme
        self._today = context.clock.today
        self._glyph = "bell"
        self._title = ElidedLabel(context.theme, self)
        self._title.setProperty("role", "bodyMedium")
        self._when = label(role="small", tone="muted")
        row, column = QHBoxLayout(self), QVBoxLayout()
        row.setContentsMargins(10, 6, 10, 7)
        row.setSpacing(0)
        row.addSpacing(context.theme.current.px(28))  # a margin would stay at its side where reading is from the right
        row.addLayout(column, 1)
        column.setSpacing(0)
        column.addWidget(self._title)
        column.addWidget(self._when)

    def show_task(self, task: Moment) -> None:
        """Show a task of the timeline."""
        self._glyph = ICONS.get(task.type, "bell")
        self._title.setText(task.title)
        self._when.setText(format.day(task.when, self._today()))
        self.setAccessibleName(f"{task.title}, {self._when.text()}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme.current
        painter = QPainter(self)
        paint.panel(painter, QRectF(self.rect()), theme.color("sunken"), None, theme.radius("control"))
        side = theme.px(16)
        box = QRectF(theme.px(11), (self.height() - side) / 2, side, side)
        place = paint.mirrored(box, self.rect(), self.layoutDirection())
        icons.draw(painter, self._glyph, theme.color("textSecondary"), place)
