"""Toasts: a sentence about what happened, with Undo, for eight seconds."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from shiboken6 import isValid

from crm_desktop.gui import icons
from crm_desktop.gui.actions import native_key
from crm_desktop.gui.theme import ThemeManager
from crm_desktop.gui.widgets.announce import announce
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.gui.widgets.floating import Floating
from crm_desktop.gui.widgets.key_cap import spaced
from crm_desktop.gui.widgets.text import ElidedLabel

_GAP = 120  # above the hint bar and the bulk bar
_ICONS = {
    "ok": ("check", "ok"),
    "info": ("info", "accentText"),
    "warn": ("triangle-alert", "warn"),
    "bad": ("circle-alert", "bad"),
}


class Toast(Floating):
    """One sentence. It goes after its time, but waits while the mouse or the focus is on it."""

    gone = Signal()

    def __init__(
        self,
        theme: ThemeManager,
        text: str,
        undo: Callable[[], object] | None = None,
        kind: str = "ok",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent)
        self._kind = kind
        self._before: QWidget | None = None  # what had the focus before one of its buttons took it
        self._icon = QLabel(self)
        self.sentence = ElidedLabel(theme, self, text)
        self.sentence.setProperty("role", "bodyMedium")
        self.setAccessibleName(text)
        self.row.addWidget(self._icon)
        self.row.addSpacing(2)
        self.row.addWidget(self.sentence, 1)
        self.row.addSpacing(24)
        if undo is not None:
            self._add_undo(undo)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._end)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._focus_moved)
        theme.changed.connect(self._restyle)
        self._restyle()
        self._wait()
        announce(self, text)

    def _add_undo(self, undo: Callable[[], object]) -> None:
        words = f"{self.tr('Undo')}  {spaced(native_key('Ctrl+Z'))}"
        self.undo_button = Button(self.theme, self, words, kind="link")
        self.undo_button.setAccessibleName(self.tr("Undo"))
        self.undo_button.clicked.connect(self._end)
        self.undo_button.clicked.connect(lambda: undo())
        self.row.addWidget(self.undo_button)

    def offer(self, words: str, run: Callable[[], object]) -> None:
        """Another button, before Undo."""
        self.more_button = Button(self.theme, self, words, kind="link")
        self.more_button.clicked.connect(self._end)
        self.more_button.clicked.connect(lambda: run())
        self.row.insertWidget(4, self.more_button)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._wait()
        super().leaveEvent(event)

    def _focus_moved(self, old: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self.isAncestorOf(now):
            self._timer.stop()
            if old is not None and not self.isAncestorOf(old):
                self._before = old
        elif not self._timer.isActive():
            self._wait()

    def _wait(self) -> None:
        focused = QApplication.focusWidget()
        if not self.underMouse() and not (focused is not None and self.isAncestorOf(focused)):
            self._timer.start(self.theme.current.tokens["motion"]["toastVisible"])

    def _end(self) -> None:
        self._timer.stop()
        held = self.isAncestorOf(QApplication.focusWidget() or self)
        if held and self._before is not None and isValid(self._before) and self._before.isVisible():
            self._before.setFocus()
        self.hide()
        self.gone.emit()
        self.deleteLater()

    def _restyle(self) -> None:
        theme = self.theme.current
        name, colour = _ICONS[self._kind]
        self._icon.setPixmap(icons.pixmap(name, theme.color(colour), theme.px(16), self.devicePixelRatioF()))


class Toasts(QObject):
    """Shows one toast at a time over the foot of an area."""

    def __init__(self, theme: ThemeManager, area: QWidget) -> None:
        super().__init__(area)
        self._theme = theme
        self._area = area
        self.current: Toast | None = None
        area.installEventFilter(self)

    def show(
        self,
        text: str,
        undo: Callable[[], object] | None = None,
        kind: str = "ok",
        more: tuple[str, Callable[[], object]] | None = None,
    ) -> None:
        """Replace the toast that is up. `more` is another button: its words and what it does."""
        if self.current is not None:
            self.current.hide()
            self.current.deleteLater()
        toast = Toast(self._theme, text, undo, kind, self._area)
        if more is not None:
            toast.offer(*more)
        toast.gone.connect(self._forget)
        self.current = toast
        self._place()
        toast.show()
        toast.raise_()

    def _forget(self) -> None:
        self.current = None

    def _place(self) -> None:
        if self.current is not None:
            self.current.float_at_foot(self._area.width(), self._area.height(), self._theme.current.px(_GAP))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False
