"""Head, figures and three columns, arranged by the room there is."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSpacerItem, QVBoxLayout, QWidget

from crm_desktop.gui.context import AppContext
from crm_desktop.gui.pages.customer_360.column import GAP
from crm_desktop.gui.pages.customer_360.head import Head
from crm_desktop.gui.pages.customer_360.left import Left
from crm_desktop.gui.pages.customer_360.right import Right
from crm_desktop.gui.pages.customer_360.timeline_card import TimelineCard
from crm_desktop.gui.shell.commands import focus_pane
from crm_desktop.gui.widgets.kpi_strip import KpiStrip
from crm_desktop.gui.widgets.segmented import Segmented

SIDE = 284  # width of the left column
RIGHT = 296
WIDE = 1200  # width of the window from which the right column stands beside the timeline
ENOUGH = 800  # width of the page from which the left one does


class Body(QWidget):
    """Columns for which there is no room stand behind a switch."""

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = context.theme
        self.head = Head(context, self)
        self.strip = KpiStrip(context.theme, self)
        self.strip.setAccessibleName(self.tr("Figures"))
        self.switch = Segmented(context.theme, self)
        self.switch.setAccessibleName(self.tr("What is shown"))
        self.switch.chosen.connect(self.show_part)
        self.left = Left(context, self)
        self.timeline = TimelineCard(context, self)
        self.right = Right(context, self)
        self._parts: tuple[str, ...] = ()  # the columns that share a place
        self._gap = QSpacerItem(GAP, 0)
        self._arrange()
        context.theme.changed.connect(self._fit)
        self._fit()

    def _arrange(self) -> None:
        columns = self._columns = QHBoxLayout()
        columns.setSpacing(0)
        columns.addWidget(self.left)
        columns.addWidget(self.timeline, 1)
        columns.addItem(self._gap)
        columns.addWidget(self.right)
        content = self._content = QVBoxLayout()
        content.setContentsMargins(20, 12, 16, 12)
        content.setSpacing(12)
        content.addWidget(self.strip)
        content.addWidget(self.switch, 0, Qt.AlignmentFlag.AlignLeft)
        content.addLayout(columns, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.head)
        whole.addLayout(content, 1)

    def show_part(self, chosen: str) -> None:
        """Show this one of the columns that share a place: "timeline", "left" or "right"; the focus goes on in it."""
        if chosen in self._parts and self.switch.current != chosen:
            self.switch.choose(chosen)
            return
        px, parts = self._theme.current.px, self._parts
        front = chosen if chosen in parts else "timeline"
        focused, goes_on = QApplication.focusWidget() or self, False
        for name, part in (("timeline", self.timeline), ("left", self.left), ("right", self.right)):
            shown = name not in parts or name == front
            goes_on = goes_on or (not shown and part.isAncestorOf(focused))
            part.setVisible(shown)
        if goes_on:
            focus_pane({"timeline": self.timeline.lines, "left": self.left, "right": self.right}[front])
        self.left.limit(None if "left" in parts else px(SIDE))
        self.right.limit(None if "right" in parts else px(RIGHT))
        self._gap.changeSize(0 if "right" in parts else GAP, 0)
        self._columns.invalidate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        px = self._theme.current.px
        parts: tuple[str, ...] = ()
        if self.width() < px(ENOUGH):
            parts = ("timeline", "left", "right")
        elif self.window().width() < px(WIDE):
            parts = ("timeline", "right")
        if parts != self._parts:
            self._parts = parts
            words = {"timeline": self.tr("Timeline"), "left": self.tr("About"), "right": self.tr("Deals and purchases")}
            self.switch.set_parts([(part, words[part], "") for part in parts], "timeline")
            if "left" in parts:  # where room is shortest the figures go with what is known of the customer
                self.left.lead_with(self.strip)
            else:
                self._content.insertWidget(0, self.strip)
        self.switch.setVisible(bool(parts))
        self.show_part(self.switch.current if parts else "timeline")
