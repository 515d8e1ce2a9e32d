"""The bar of actions for the ticked rows, floating above the hint bar."""

from PySide6.QtCore import QEvent, QObject, QRect, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from crm_desktop.gui import paint
from crm_desktop.gui.theme import ThemeManager
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.gui.widgets.floating import Floating
from crm_desktop.gui.widgets.text import label

_MOVED = (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide)


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
    """Place it over a view; `set_count` shows and hides it. The view needs ROOM below its last row.

    It floats over `main`, a part of the area, beside the `panel` that may lie over its end.
    """

    ROOM = 76
    cleared = Signal()  # Esc was pressed or clicked

    def __init__(
        self, theme: ThemeManager, area: QWidget, main: QWidget | None = None, panel: QWidget | None = None
    ) -> None:
        super().__init__(theme, area, inverted=True)
        self._main = main or area
        self._panel = panel
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
        for part in (self._main, panel):
            if part is not None:
                part.installEventFilter(self)
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
        free = self._free()
        self._show_words(True)
        if not self._fits(free):
            self._show_words(False)
        room = free if self._fits(free) else self._whole()
        self.float_at_foot(room.width(), room.height(), paint.SHADOW + 8)
        self.move(self.pos() + room.topLeft())

    def _fits(self, room: QRect) -> bool:
        return self.sizeHint().width() <= room.width() + 2 * paint.SHADOW

    def _whole(self) -> QRect:
        return self._main.rect() if self._main is self.parent() else self._main.geometry()

    def _free(self) -> QRect:
        """What the panel leaves of the view."""
        whole = self._whole()
        if self._panel is None or self._panel.isHidden():
            return whole
        over = self._panel.geometry()
        if over.left() > whole.left():
            whole.setRight(min(whole.right(), over.left() - 1))
        else:
            whole.setLeft(max(whole.left(), over.right() + 1))
        return whole

    def _show_words(self, shown: bool) -> None:
        for button in self._actions:
            words = button.accessibleName() if shown else ""
            if button.text() != words:
                button.setText(words)
        self.row.activate()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _MOVED and self.isVisible():
            self._place()
            self.raise_()
        return False
