"""What stands where there is nothing to show, and how it comes and goes."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from crm_desktop.gui import icons
from crm_desktop.gui.forms import promoted
from crm_desktop.gui.theme import ThemeManager
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.gui.widgets.text import label


@promoted
class EmptyState(QWidget):
    """An icon, one sentence, at most one button and one link."""

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._glyph = ""
        self._offers: list[Button] = []
        self._picture = QLabel(self)
        self.sentence = label(role="body", tone="secondary", wrap=True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        layout.addStretch(2)
        layout.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self.sentence)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addLayout(self._buttons)
        row.addStretch(1)
        layout.addLayout(row)
        layout.addStretch(3)
        theme.changed.connect(self._restyle)

    def tell(self, glyph: str, sentence: str) -> None:
        """Say why there is nothing; takes earlier buttons away."""
        self._glyph = glyph
        self.sentence.setText(sentence)
        self.setAccessibleName(sentence)
        for button in self._offers:
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it lives on for a moment
            button.deleteLater()
        self._offers = []
        self._restyle()

    def offer(self, text: str, run: Callable[[], object], kind: str = "primary") -> Button:
        """Add the way out: kind "primary" for the button, "link" for the second one."""
        button = Button(self._theme, self, text, kind=kind)
        button.clicked.connect(lambda: run())
        self._buttons.addWidget(button)
        button.show()  # now, not with the next event: before it takes no focus
        self._offers.append(button)
        return button

    @property
    def way_out(self) -> Button | None:
        """The first button."""
        return self._offers[0] if self._offers else None

    def _restyle(self) -> None:
        if self._glyph:
            theme = self._theme.current
            ratio = self.devicePixelRatioF()
            self._picture.setPixmap(icons.pixmap(self._glyph, theme.color("textMuted"), theme.px(32), ratio))


class TableOrEmpty(QStackedWidget):
    """Shows one of them; who was in the one goes on in the other."""

    def __init__(self, table: QWidget, empty: EmptyState, parent: QWidget) -> None:
        super().__init__(parent)
        self.table, self.empty = table, empty
        self.addWidget(table)
        self.addWidget(empty)

    @property
    def pane(self) -> QWidget:
        """What is shown."""
        return self.empty if self.currentWidget() is self.empty else self.table

    def show_empty(self, empty: bool) -> None:
        """Show what is said, or the table."""
        held = self.window().focusWidget()
        stays = self.pane is self.table and not empty
        goes_on = self.isAncestorOf(held) and not stays
        self.setCurrentWidget(self.empty if empty else self.table)
        if goes_on:
            self.enter()

    def enter(self) -> None:
        """Go into what is shown."""
        entry = self.empty.way_out if self.pane is self.empty else self.table
        if entry is not None:
            entry.setFocus()
