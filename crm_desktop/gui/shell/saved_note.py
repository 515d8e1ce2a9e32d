"""The promise at the foot of the sidebar: everything is on this laptop, and when it was last copied."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from crm_desktop.gui import icons, paint
from crm_desktop.gui.forms import promoted
from crm_desktop.gui.theme import ThemeManager


@promoted
class SavedNote(QAbstractButton):
    """Two lines and a mark; a click leads to the backups."""

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._backup = ""
        self._old = False
        self.compact = False
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_backup(self.tr("No backup yet"), old=False)

    def set_backup(self, words: str, old: bool) -> None:
        """When the last backup was made; `old` turns the mark amber."""
        self._backup, self._old = words, old
        self.setText(self.tr("Saved on this laptop"))
        self.setAccessibleName(f"{self.text()}. {words}")
        self.setToolTip(self.accessibleName())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.current.px(180), self._theme.current.px(38))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme.current
        painter = QPainter(self)
        side = theme.px(14)
        left = (self.width() - side) / 2 if self.compact else 8
        mark = QRectF(left, (self.height() - side) / 2, side, side)
        icons.draw(painter, "hard-drive", theme.color("warn" if self._old else "ok"), self._place(mark))
        if not self.compact:
            high = self.height() / 2
            left += side + 6
            for row, (words, font, colour) in enumerate((
                (self.text(), "small", "textSecondary"), (self._backup, "micro", "textMuted"),
            )):
                line = QRectF(left, 2 + row * (high - 2), self.width() - left, high - 2)
                paint.text(painter, self._place(line), words, theme.font(font), theme.color(colour))
        if self.hasFocus():
            paint.focus_ring(painter, QRectF(self.rect()), theme, theme.radius("control"))

    def _place(self, box: QRectF) -> QRectF:
        return paint.mirrored(box, self.rect(), self.layoutDirection())
