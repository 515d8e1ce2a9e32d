"""What lies between the header and the hint bar: figures and chips, the board, the places to drop on."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QHBoxLayout, QStackedWidget, QWidget

from crm_desktop.domain.figures import Figure
from crm_desktop.domain.filter import Ref
from crm_desktop.domain.money import Money
from crm_desktop.gui import format
from crm_desktop.gui.forms import Form
from crm_desktop.gui.pages.pipeline.figures import FigureButton
from crm_desktop.gui.pages.pipeline.overview import ALL_PIPELINES, Overview
from crm_desktop.gui.theme import ThemeManager
from crm_desktop.gui.widgets.board import Board
from crm_desktop.gui.widgets.chips import Chip
from crm_desktop.gui.widgets.drop_strip import DropStrip, DropZone
from crm_desktop.gui.widgets.filter_bar import FilterBar
from crm_desktop.gui.widgets.tabs import TabsBar

_APART = 24  # between figures and chips
NARROWING = ("closing_this_month", "at_risk")
"""Figures that are chips too: either is on when the other is."""
FIGURES = ("open_value", "weighted_value", *NARROWING)


class PipelineView(Form, QWidget):
    """The form `page_pipeline` with its figures, chips and drop zones in place. `narrowed` tells of a chip."""

    narrowed = Signal()

    ui = "page_pipeline"
    strip_layout: QBoxLayout
    figures_layout: QHBoxLayout
    chips_layout: QHBoxLayout
    tabs: TabsBar
    filter_bar: FilterBar
    pile: QStackedWidget
    board: Board
    drop_strip: DropStrip

    def __init__(self, theme: ThemeManager, listed: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.pile.addWidget(listed)
        self.tabs.hide()
        self.filter_bar.hide()
        self.figures = {name: FigureButton(theme, "warn" if name == "at_risk" else "text", self) for name in FIGURES}
        for name, button in self.figures.items():
            button.setCheckable(name in NARROWING)
            self.figures_layout.addWidget(button)
        self.pipelines = QComboBox(self)
        self.pipelines.setAccessibleName(self.tr("Pipeline"))
        self.pipelines.view().setAccessibleName(self.tr("Pipelines"))
        self.pipelines.hide()
        self.chips_layout.addWidget(self.pipelines)
        self._add_chips()

    def _add_chips(self) -> None:
        words = {
            "closing_this_month": self.tr("Closing this month"), "at_risk": self.tr("At risk"),
            "no_step": self.tr("No next step"), "snoozed": self.tr("Snoozed"), "add": self.tr("Filter"),
        }  # fmt: skip
        self.chips = {name: Chip(self.theme, text, "add" if name == "add" else "option", self)
                      for name, text in words.items()}  # fmt: skip
        for name, chip in self.chips.items():
            self.chips_layout.addWidget(chip)
            if name != "add":
                chip.toggled.connect(self.narrowed)
        self.chips["snoozed"].hide()
        for name in NARROWING:
            self.chips[name].toggled.connect(self.figures[name].setChecked)
            self.figures[name].toggled.connect(self.chips[name].setChecked)

    def follow(self, action: Callable[[str], QAction]) -> None:
        """Let the last chip and the places below the board do what the commands of these names do."""
        add = action("pipeline.add_filter")
        self.chips["add"].setAccessibleName(add.text())
        self.chips["add"].clicked.connect(add.trigger)
        for name, glyph, tone, words in (
            ("won", "trophy", "ok", self.tr("Won")),
            ("lost", "circle-x", "bad", self.tr("Lost · ask for the reason")),
            ("snooze", "alarm-clock", "textSecondary", self.tr("Snooze until a date")),
        ):
            self.drop_strip.add(name, DropZone(self.theme, glyph, tone, action(f"pipeline.{name}"), words))

    def clear_chips(self) -> bool:
        """Switch all conditions off without telling anybody; whether one was on."""
        buttons = (*self.chips.values(), *self.figures.values())
        found = any(button.isChecked() for button in buttons)
        for button in buttons:
            button.blockSignals(True)
            button.setChecked(False)
            button.blockSignals(False)
            button.update()
        return found

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._stack_strip()

    def _stack_strip(self) -> None:
        """Figures above the chips where both do not fit side by side."""
        margins = self.strip_layout.contentsMargins()
        self.chips_layout.setContentsMargins(0, 0, 0, 0)
        wanted = self.figures_layout.sizeHint().width() + _APART + self.chips_layout.sizeHint().width()
        narrow = wanted > self.width() - margins.left() - margins.right()
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self.strip_layout.setDirection(way)
        align = Qt.AlignmentFlag.AlignLeading if narrow else Qt.AlignmentFlag(0)
        for row in (self.figures_layout, self.chips_layout):
            self.strip_layout.setAlignment(row, align)
        inset = 8 if narrow else 0  # figures have as much around their words
        self.chips_layout.setContentsMargins(inset, 0, inset, 0)

    def show_overview(self, overview: Overview, *, closed: bool) -> None:
        """Show pipelines and figures, these not where it is `closed` deals that are asked for and none of them is open.

        What can be chosen comes first: how the figures lie depends on the room it takes.
        """
        self._show_pipelines(overview.pipelines, overview.shown)
        snoozed = self.chips["snoozed"]
        snoozed.setVisible(overview.snoozed > 0 or snoozed.isChecked())
        self._show_figures(overview.report.figures, closed)
        self._stack_strip()

    def _show_pipelines(self, pipelines: Sequence[Ref], shown: int) -> None:
        """Offer the pipelines where there are several, and all of them together."""
        with QSignalBlocker(self.pipelines):
            self.pipelines.clear()
            for pipeline in (*pipelines, Ref(ALL_PIPELINES, self.tr("All pipelines"))):
                self.pipelines.addItem(pipeline.name, pipeline.id)
            self.pipelines.setCurrentIndex(self.pipelines.findData(shown))
        self.pipelines.setVisible(len(pipelines) > 1)

    def _show_figures(self, figures: Mapping[str, Figure], closed: bool) -> None:
        words = {
            "open_value": self.tr("Open · %Ln deals", "", figures["open_value"].n),
            "weighted_value": self.tr("Weighted · by stage"),
            "closing_this_month": self.tr("Closing this month · %Ln deals", "", figures["closing_this_month"].n),
            "at_risk": self.tr("At risk · %Ln deals", "", figures["at_risk"].n),
        }
        for name, button in self.figures.items():
            figure = figures[name]
            button.setVisible(not closed or figures["open_value"].n > 0)
            value = figure.value if isinstance(figure.value, Money) else None
            others = figure.parameters.get("other_currencies", {})
            amounts = [format.money(value), *(format.money(Money.of(held, code)) for code, held in others.items())]
            button.show_figure(" + ".join(amounts), words[name], self.tr("Show these deals"))
