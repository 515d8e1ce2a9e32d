"""A card with one chart: its sentence, its buttons, the same rows as a table, and what is missing for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QStackedLayout, QWidget

from crm_desktop.gui.pages.analytics.shown import Content
from crm_desktop.gui.pages.analytics.table import RowsView
from crm_desktop.gui.theme import ThemeManager
from crm_desktop.gui.widgets.announce import announce
from crm_desktop.gui.widgets.buttons import IconButton
from crm_desktop.gui.widgets.card import Card
from crm_desktop.gui.widgets.empty_state import EmptyState
from crm_desktop.gui.widgets.text import label

if TYPE_CHECKING:
    from crm_desktop.gui.charts.canvas import ChartCanvas

HEIGHT = 306


class ChartCard(Card):
    """`fill` says what to show, `draw` draws it; the frame stands before either."""

    opened = Signal(object)  # Filter
    export_wanted = Signal()
    enlarge_wanted = Signal()
    split_offered = Signal()
    split_wanted = Signal(object)  # the path of a field, None for none
    reached = Signal()  # the focus came into the card

    def __init__(self, theme: ThemeManager, parent: QWidget, name: str, title: str) -> None:
        super().__init__(theme, parent, title, term=name)
        self.name = name
        self.split: str | None = None
        """The path of the field that it is to be split by."""
        self._usual_title = title
        self.content: Content | None = None
        self.undrawn = False
        self._canvas: ChartCanvas | None = None
        self._rows = RowsView(theme, self)
        self._rows.setAccessibleName(title)
        self._rows.opened.connect(self.opened)
        self._rows.installEventFilter(self)
        self._empty = EmptyState(theme, self)
        self._waiting = label(self.tr("Counting ..."), "small", "muted")
        self._waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedLayout()
        for widget in (self._waiting, self._rows, self._empty):
            self._stack.addWidget(widget)
        self.body.addLayout(self._stack, 1)
        self._add_buttons()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self._resize)
        self._resize()

    def _add_buttons(self) -> None:
        wanted = (
            ("bars-decreasing", self.tr("Split by a field"), "Alt+G", self.split_offered),
            ("table-2", self.tr("Show as table"), "V", self.switch_table),
            ("download", self.tr("Export chart"), "Ctrl+E", self.export_wanted),
            ("maximize-2", self.tr("Enlarge"), "", self.enlarge_wanted),
        )
        made = []
        for glyph, name, key, run in wanted:
            button = IconButton(self._theme, self, glyph, name, key)
            button.clicked.connect(run)
            button.installEventFilter(self)
            self.add_button(button)
            made.append(button)
        self.split_button, self._table_button, self.export_button, self._enlarge_button = made

    def fill(self, content: Content) -> None:
        """Take what to show; the chart is drawn when it is its turn."""
        self.content = content
        title = content.title or self._usual_title
        if title != self.title_label.text():
            self._call(title)
            announce(self, f"{title}. {content.missing or content.sentence}")
        self.set_sentence(content.missing or content.sentence)
        self._rows.show_table(content.table)
        self.undrawn = True
        if self.as_table:
            return
        if content.missing:
            self._empty.tell("chart-no-axes-combined", content.missing)
            self.set_sentence("")
            self._stack.setCurrentWidget(self._empty)

    def _call(self, title: str) -> None:
        self.set_title(title)
        for shown in (self._rows, self._canvas):
            if shown is not None:
                shown.setAccessibleName(title)

    def draw(self) -> None:
        """Draw the chart if there is enough for one."""
        self.undrawn = False
        if self.content is None or self.content.missing or self.as_table:
            return
        canvas = self._canvas or self._make_canvas()
        canvas.setAccessibleDescription(self.content.sentence)
        self._stack.setCurrentWidget(canvas)
        frame = self.layout()
        assert frame is not None
        frame.activate()
        canvas.show_chart(self.content.chart())

    def fail(self, sentence: str) -> None:
        """Say why nothing can be counted."""
        self._empty.tell("circle-alert", sentence)
        self._stack.setCurrentWidget(self._empty)

    @property
    def shown(self) -> QWidget:
        """The chart, its rows, or why there are none."""
        return self._stack.currentWidget() or self

    @property
    def as_table(self) -> bool:
        """Whether the rows stand in place of the chart."""
        return self._stack.currentWidget() is self._rows

    def switch_table(self) -> None:
        """From chart to table and back."""
        self.show_table(not self.as_table)

    def show_table(self, on: bool) -> None:
        """Show the rows as a table, or the chart again."""
        self._table_button.set_glyph("chart-no-axes-combined" if on else "table-2")
        self._table_button.set_name(self.tr("Show as chart") if on else self.tr("Show as table"), "V")
        if on:
            self._stack.setCurrentWidget(self._rows)
            self._rows.setFocus()
            return
        self._stack.setCurrentWidget(self._waiting)
        if self.content is not None:
            self.fill(self.content)
            self.draw()
        self.take_focus()

    def show_enlarged(self, on: bool) -> None:
        """Say what its button does now."""
        self._enlarge_button.set_glyph("minimize-2" if on else "maximize-2")
        self._enlarge_button.set_name(self.tr("Make small again") if on else self.tr("Enlarge"))

    def take_focus(self) -> None:
        """Focus what the card shows."""
        target: QWidget = self._table_button
        if self.as_table:
            target = self._rows
        elif self.content is not None and not self.content.missing:
            target = self._canvas or target
        target.setFocus()

    def _make_canvas(self) -> ChartCanvas:
        from crm_desktop.gui.charts.canvas import ChartCanvas

        self._canvas = ChartCanvas(self._theme, self)
        self._canvas.setAccessibleName(self.title_label.text())
        self._canvas.opened.connect(self.opened)
        self._canvas.installEventFilter(self)
        self._stack.addWidget(self._canvas)
        return self._canvas

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self.reached.emit()
        return super().eventFilter(watched, event)

    def _resize(self) -> None:
        self.setMinimumHeight(self._theme.current.px(HEIGHT))
