"""The bar of actions for the ticked rows, floating above the hint bar."""

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from crm_desktop.gui import paint
from crm_desktop.gui.theme import ThemeManager
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.gui.widgets.floating import Floating
from crm_desktop.gui.widgets.text import label


class _Line(QWidget):
    def __init__(self, theme: ThemeManager, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setFixedWidth(9)

    def paintEvent(self, event: QPaintEvent) -> None:
        colour = self._theme.current.color("disabled")
        colour.setAlphaF(0.45)
        QPainter(self).fillRect(4, 4, 1, self.height() - 8, colour)


class BulkBar(Floating):
    """Place it over a view; `set_count` shows and hides it. The view needs ROOM below its last row."""

    ROOM = 76
    cleared = Signal()  # Esc was pressed or clicked

    def __init__(self, theme: ThemeManager, area: QWidget) -> None:
        super().__init__(theme, area, inverted=True)
        self._area = area
        self._actions: list[Button] = []
        self.count_label: QLabel = label(role="bodyStrong")
        self.row.addWidget(self.count_label)
        self.row.addWidget(_Line(theme, self))
        self._escape = Button(theme, self, self.tr("Esc"), kind="bulk")
        self._escape.setAccessibleName(self.tr("Clear the selection"))
        self._escape.setToolTip(self._escape.accessibleName())
        self._escape.clicked.connect(self.cleared)
        self.row.addSpacing(18)
        self.row.addWidget(self._escape)
        self.setAccessibleName(self.tr("Actions for the selected rows"))
        area.installEventFilter(self)
        self.hide()

    def add(self, text: str, glyph: str) -> Button:
        """Add an action; connect its `clicked`. Where room is short it shows its icon alone."""
        button = Button(self.theme, self, text, glyph, "bulk")
        button.setAccessibleName(text)
        button.setToolTip(text)
        self._actions.append(button)
        self.row.insertWidget(self.row.count() - 2, button)
        return button

    def set_count(self, count: int) -> None:
        """How many rows are ticked."""
        self.count_label.setText(self.tr("%Ln selected", "", count))
        self.setVisible(count > 0)
        if count:
            self._place()
            self.raise_()

    def _place(self) -> None:
        self._show_words(True)
        if self.sizeHint().width() > self._area.width() + 2 * paint.SHADOW:
            self._show_words(False)
        self.float_at_foot(self._area.width(), self._area.height(), paint.SHADOW + 8)

    def _show_words(self, shown: bool) -> None:
        for button in self._actions:
            words = button.accessibleName() if shown else ""
            if button.text() != words:
                button.setText(words)
        self.row.activate()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False
