"""The row of saved views under the header of a page."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from crm_desktop.gui import paint
from crm_desktop.gui.forms import promoted
from crm_desktop.gui.theme import ThemeManager
from crm_desktop.gui.widgets.buttons import IconButton
from crm_desktop.gui.widgets.menu import Menu

WIDEST = 220
"""A tab may be cut to this width."""


@dataclass(frozen=True)
class Tab:
    """A saved view: its count stands beside it, a dot says that it was changed and not saved.

    One that can be `movable` is drawn to another place among those.
    """

    id: str
    text: str
    count: str = ""
    changed: bool = False
    movable: bool = False


class TabButton(QAbstractButton):
    """One tab; `drawn` tells where in its bar it was let go after it was drawn along."""

    drawn = Signal(int)

    def __init__(self, theme: ThemeManager, tab: Tab, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # who clicks goes on in the list
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.show_tab(tab)

    def show_tab(self, tab: Tab) -> None:
        """Show other words, count or state."""
        self.tab = tab
        changed = self.tr("changed") if tab.changed else ""
        self.setAccessibleName(" ".join(word for word in (tab.text, tab.count, changed) if word))
        self.setToolTip(self.accessibleName())
        self.updateGeometry()
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        moved = event.buttons() & Qt.MouseButton.LeftButton and not self.rect().contains(event.position().toPoint())
        if moved and self.tab.movable:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        inside = self.rect().contains(event.position().toPoint())
        self.unsetCursor()
        super().mouseReleaseEvent(event)
        if not inside and self.tab.movable and event.button() is Qt.MouseButton.LeftButton:
            self.drawn.emit(self.mapToParent(event.position().toPoint()).x())

    def sizeHint(self) -> QSize:
        theme = self._theme.current
        width = theme.px(20) + paint.width_of(self.tab.text, theme.font("bodyStrong"))
        if self.tab.count:
            width += theme.px(7) + paint.width_of(self.tab.count, theme.font("bodyMedium", tabular=True))
        return QSize(width + (theme.px(10) if self.tab.changed else 0), theme.px(28))

    def minimumSizeHint(self) -> QSize:
        # Only the name of a view that would need the whole row is cut; the tool tip has all.
        return self.sizeHint().boundedTo(QSize(self._theme.current.px(WIDEST), self.sizeHint().height()))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme.current
        painter = QPainter(self)
        box = QRectF(self.rect())
        if self.isChecked() or self.underMouse():
            fill = theme.color("selectedInactive" if self.isChecked() else "hover")
            paint.panel(painter, box, fill, None, theme.radius("control"))
        strong = theme.color("text" if self.isChecked() else "textSecondary")
        font = theme.font("bodyStrong" if self.isChecked() else "bodyMedium")
        beside = self.sizeHint().width() - theme.px(20) - paint.width_of(self.tab.text, theme.font("bodyStrong"))
        room = min(paint.width_of(self.tab.text, font) + 2, self.width() - beside - theme.px(18))
        words = self._place(theme.px(10), room)
        paint.text(painter, words, self.tab.text, font, strong)
        left = theme.px(10) + room + theme.px(5)
        if self.tab.count:
            number = theme.font("bodyStrong" if self.isChecked() else "bodyMedium", tabular=True)
            paint.text(painter, self._place(left, box.width() - left), self.tab.count, number, strong)
        if self.tab.changed:
            dot = QRectF(box.width() - 13, box.center().y() - 2.5, 5, 5)
            place = paint.mirrored(dot, self.rect(), self.layoutDirection())
            paint.panel(painter, place, theme.color("accent"), None, 2.5)
        if self.hasFocus():
            paint.focus_ring(painter, box, theme, theme.radius("control"))

    def _place(self, left: float, width: float) -> QRectF:
        return paint.mirrored(QRectF(left, 0, width, self.height()), self.rect(), self.layoutDirection())


@promoted
class TabsBar(QWidget):
    """Tabs at the left, buttons of the page at the right. `chosen` carries the id of a tab.

    Tabs for which there is no room are in a menu; the chosen one is always there.
    """

    chosen = Signal(str)
    add_wanted = Signal()
    menu_wanted = Signal(str, object)  # id of the tab, global position
    moved = Signal(str, int)  # id of the tab, its new place among those that can be moved

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tabs: list[TabButton] = []
        self._beside: list[QWidget] = []
        self._row = QHBoxLayout()
        self._row.setSpacing(2)
        self._add = IconButton(theme, self, "plus", self.tr("New view"))
        self._add.clicked.connect(self.add_wanted)
        self._more = IconButton(theme, self, "chevron-down", self.tr("More views"))
        self._more.clicked.connect(self.open_more)
        self._more.hide()
        self._right = QHBoxLayout()
        self._right.setSpacing(6)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 0, 16, 0)
        layout.setSpacing(6)
        layout.addLayout(self._row)
        layout.addWidget(self._more)
        layout.addWidget(self._add)
        layout.addStretch(1)
        layout.addLayout(self._right)
        theme.changed.connect(self._resize)
        self._resize()

    def set_tabs(self, tabs: Sequence[Tab], current: str) -> None:
        """Show these tabs; where the one with the focus goes, the chosen one has it."""
        held = any(button.hasFocus() for button in self._tabs[len(tabs) :])
        for button in self._tabs[len(tabs):]:
            button.deleteLater()
        del self._tabs[len(tabs):]
        for index, tab in enumerate(tabs):
            if index < len(self._tabs):
                self._tabs[index].show_tab(tab)
            else:
                self._append(tab)
            self._tabs[index].setChecked(tab.id == current)
            if held and tab.id == current:
                self._tabs[index].setFocus()
        if self._tabs:
            # Tab goes through them as they stand, though "+" was made first.
            QWidget.setTabOrder(self._tabs[0], self._add)
        for one, following in pairwise(self._tabs):
            QWidget.setTabOrder(one, following)
        self._share_room()

    def open_more(self) -> None:
        """Offer the views for which there is no room."""
        menu = Menu(self)
        for button in self._tabs:
            if button.isHidden():
                words = "  ".join(part for part in (button.tab.text, button.tab.count) if part)
                menu.addAction(words, partial(self._choose_hidden, button))
        menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))

    def _choose_hidden(self, button: TabButton) -> None:
        button.click()
        self._share_room()

    def _share_room(self) -> None:
        """Show as many tabs as there is room for, the chosen one among them."""
        others = [part for part in (self._add, *self._beside) if not part.isHidden()]
        spacing = self._right.spacing()
        room = self.width() - 30 - sum(part.sizeHint().width() + spacing for part in others)
        needed = {button: button.minimumSizeHint().width() + self._row.spacing() for button in self._tabs}
        crowded = sum(needed.values()) > room
        if crowded:
            room -= self._more.sizeHint().width() + spacing
        room -= sum(width for button, width in needed.items() if button.isChecked())
        for button, width in needed.items():
            fits = room >= width
            room -= 0 if button.isChecked() else width
            button.setVisible(button.isChecked() or fits)
        self._more.setVisible(crowded)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()

    def name_more(self, words: str) -> None:
        """What the button is called that offers the tabs without room."""
        self._more.set_name(words)

    def allow_add(self, allowed: bool) -> None:
        """Whether there is a "+" for new views."""
        self._add.setVisible(allowed)

    def add_widget(self, widget: QWidget) -> None:
        """Put a button of the page at the right."""
        self._right.addWidget(widget)
        self._beside.append(widget)

    @property
    def tabs(self) -> list[Tab]:
        """The tabs in their order, also those for which there is no room."""
        return [button.tab for button in self._tabs]

    @property
    def current(self) -> str:
        """Id of the chosen tab; empty without tabs."""
        return next((button.tab.id for button in self._tabs if button.isChecked()), "")

    def place_of(self, tab_id: str) -> QRect | None:
        """Where a tab stands in the bar; None while there is no room for it."""
        return next((tab.geometry() for tab in self._tabs if tab.tab.id == tab_id and not tab.isHidden()), None)

    def choose(self, tab_id: str) -> None:
        """Choose a tab as if it was clicked."""
        for button in self._tabs:
            if button.tab.id == tab_id:
                button.click()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            step = -step
        focused = next((i for i, button in enumerate(self._tabs) if button.hasFocus()), None)
        if focused is None or not 0 <= focused + step < len(self._tabs) or not step:
            super().keyPressEvent(event)
            return
        self._tabs[focused + step].click()
        self._share_room()
        self._tabs[focused + step].setFocus()

    def _append(self, tab: Tab) -> None:
        button = TabButton(self._theme, tab, self)
        button.clicked.connect(lambda: self.chosen.emit(button.tab.id))
        button.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        button.customContextMenuRequested.connect(
            lambda at: self.menu_wanted.emit(button.tab.id, button.mapToGlobal(at))
        )
        button.drawn.connect(partial(self._draw, button))
        self._tabs.append(button)
        self._row.addWidget(button)

    def _draw(self, button: TabButton, at: int) -> None:
        """A tab was drawn to a place: it goes where the middle of another one is passed."""
        movable = [each for each in self._tabs if each.tab.movable and not each.isHidden()]
        others = [each for each in movable if each is not button]
        before = [each for each in others if each.geometry().center().x() < at]
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            before = [each for each in others if each.geometry().center().x() > at]
        places = [each for each in self._tabs if each.tab.movable]
        place = places.index(before[-1]) + (places.index(button) > places.index(before[-1])) if before else 0
        if place != places.index(button):
            self.moved.emit(button.tab.id, place)

    def _resize(self) -> None:
        self.setFixedHeight(self._theme.current.size("tabs"))
        for button in self._tabs:
            button.updateGeometry()
        self._share_room()
