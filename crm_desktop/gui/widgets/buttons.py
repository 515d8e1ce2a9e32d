"""Buttons. Their look is the dynamic property `kind`: primary, secondary, ghost, danger, link, icon."""

from collections.abc import Callable

from PySide6.QtCore import Property, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QWidget,
)

from crm_desktop.gui import icons, paint
from crm_desktop.gui.actions import native_key
from crm_desktop.gui.forms import promoted
from crm_desktop.gui.theme import ThemeManager
from crm_desktop.gui.widgets.key_cap import cap_width, draw_cap

_GAP = 4  # between icon and words, beside the four pixels of Qt
_KEYPAD = Qt.KeyboardModifier.KeypadModifier
_ICON_COLOURS = {"primary": "onAccent", "danger": "bad", "link": "accentText", "bulk": "onFloat"}


class EnterButton(QAbstractButton):
    """A button that paints itself; Enter presses it as Space does."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


@promoted
class Button(QPushButton):
    """A push button with an icon by name that follows the theme.

    In forms: class Button, dynamic properties `kind` and `glyph`.
    """

    stopped = Signal()
    """It had the focus, and what it does cannot be done any more."""

    def __init__(
        self, theme: ThemeManager, parent: QWidget | None = None, text: str = "", glyph: str = "", kind: str = ""
    ) -> None:
        super().__init__(text, parent)
        self._theme = theme
        self._glyph = glyph
        self.setProperty("kind", kind or "secondary")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self._restyle)
        self._restyle()

    def _get_glyph(self) -> str:
        return self._glyph

    def _set_glyph(self, name: str) -> None:
        self._glyph = name
        self._restyle()

    glyph = Property(str, _get_glyph, _set_glyph)

    def setText(self, text: str) -> None:
        super().setText(text)
        self._restyle()

    def set_glyph(self, name: str) -> None:
        """Show another icon."""
        self._set_glyph(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus everywhere; Qt does so in dialogs only."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~_KEYPAD:
            self.click()
        else:
            super().keyPressEvent(event)

    def follow(self, action: QAction) -> None:
        """Be the button of an action: its words, tool tip, key and whether it can run."""
        self.clicked.connect(action.trigger)
        self._action = action
        # A method of the button, which Qt lets go with it; the action may live longer.
        action.changed.connect(self._copy)
        self._copy()

    def _copy(self) -> None:
        if self.hasFocus() and not self._action.isEnabled():
            self.stopped.emit()  # before Qt gives the focus to anything
        self.setEnabled(self._action.isEnabled())
        self.setToolTip(self._action.toolTip())
        self.setAccessibleName(self._action.text())

    def _restyle(self) -> None:
        if self._glyph:
            kind = self.property("kind")
            colour = _ICON_COLOURS.get(kind, "textSecondary")
            theme = self._theme.current
            side, gap = theme.px(16), _GAP if self.text() else 0
            self.setIcon(icons.icon(self._glyph, theme, colour, gap=gap))
            self.setIconSize(QSize(side + gap, side))


@promoted
class KeyButton(Button):
    """A button that shows the key of the action it follows, as long as the key works."""

    key = ""

    def follow(self, action: QAction) -> None:
        super().follow(action)
        self.show_key(action)

    def show_key(self, action: QAction) -> None:
        """Show the key of an action that does the same."""
        self._keyed = action
        action.changed.connect(self._copy_key)
        self._copy_key()

    def _copy_key(self) -> None:
        self.key = native_key(self._keyed.shortcut())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return super().sizeHint() + QSize(self._room, 0)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme.current
        painter = QStylePainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter.drawControl(QStyle.ControlElement.CE_PushButtonBevel, option)
        key = QRect(self.width() - self._room - theme.px(6), 0, self._room, self.height())
        option.rect = QStyle.visualRect(self.layoutDirection(), self.rect(), self.rect().adjusted(0, 0, -self._room, 0))
        painter.drawControl(QStyle.ControlElement.CE_PushButtonLabel, option)
        painter.setFont(theme.font("micro"))
        painter.setPen(theme.color("onAccent" if self.property("kind") == "primary" else "textMuted"))
        place = QStyle.visualRect(self.layoutDirection(), self.rect(), key)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, self.key)

    @property
    def _room(self) -> int:
        theme = self._theme.current
        return round(paint.width_of(self.key, theme.font("micro"))) + theme.px(2) if self.key else 0


@promoted
class IconButton(Button):
    """A button that shows only an icon; its name and key are its tool tip."""

    def __init__(
        self, theme: ThemeManager, parent: QWidget | None = None, glyph: str = "", name: str = "", key: str = ""
    ) -> None:
        super().__init__(theme, parent, "", glyph, "icon")
        self.set_name(name, key)

    def set_name(self, name: str, key: str = "") -> None:
        """What it does, for the tool tip and for screen readers."""
        self.setAccessibleName(name)
        self.setToolTip(f"{name}  {native_key(key)}".strip())


@promoted
class HelpMark(IconButton):
    """The "?" beside a term."""

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None, term: str = "") -> None:
        super().__init__(theme, parent, "circle-question-mark")
        self.setProperty("kind", "help")
        self.set_term(term)

    def set_term(self, term: str) -> None:
        """The term it explains; without one it hides."""
        self.term = term
        self.set_name(self.tr("What is this?"), "Shift+F1")
        if self.parentWidget() is not None:
            self.setVisible(bool(term))

    def _restyle(self) -> None:
        side = self._theme.current.px(14)
        self.setIcon(icons.icon("circle-question-mark", self._theme.current, "textMuted", 14))
        self.setIconSize(QSize(side, side))


@promoted
class SearchButton(QAbstractButton):
    """Looks like the search box and opens the command palette."""

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.compact = False
        self.setText(self.tr("Search or run..."))
        self.setAccessibleName(self.tr("Search or run a command"))
        self.setToolTip(f"{self.accessibleName()}  {native_key('Ctrl+K')}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.current.px(184), self._theme.current.size("input"))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme.current
        painter = QPainter(self)
        box = QRectF(self.rect())
        fill = theme.color("hover" if self.underMouse() and not theme.dark else "surface")
        paint.panel(painter, box, fill, theme.color("border"), 7)
        side = theme.px(14)
        left = (self.width() - side) / 2 if self.compact else 8
        icons.draw(painter, "search", theme.color("textMuted"), self._place(left, side, side))
        if not self.compact:
            self._draw_words(painter, side)
        if self.hasFocus():
            paint.focus_ring(painter, box, theme, 7)

    def _draw_words(self, painter: QPainter, side: int) -> None:
        theme = self._theme.current
        key = native_key("Ctrl+K").replace("+", " ")
        width = cap_width(key, theme)
        room = self.width() - width - side - 24
        words = self._place(side + 13, room, self.height())
        paint.text(painter, words, self.text(), theme.font("small"), theme.color("textMuted"))
        draw_cap(painter, self._place(self.width() - width - 6, width, theme.px(18)), key, theme)

    def _place(self, left: float, width: float, height: float) -> QRectF:
        box = QRectF(left, (self.height() - height) / 2, width, height)
        return paint.mirrored(box, self.rect(), self.layoutDirection())


def on_ctrl_enter(window: QWidget, run: Callable[[], object]) -> None:
    """What Enter with Ctrl does in a window: in a text of several lines Enter alone is a line of it."""
    for key in ("Ctrl+Return", "Ctrl+Enter"):
        QShortcut(QKeySequence(key), window).activated.connect(lambda: run())
