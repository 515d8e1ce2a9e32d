"""The pipeline page: what the board shows and what is done with the chosen deal."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from crm_desktop.domain.change import Change
from crm_desktop.domain.figures import Report
from crm_desktop.domain.filter import Compare, Filter, Op, Ref, is_
from crm_desktop.gui.actions import Command, Scope
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.delegates.card_delegate import sentence
from crm_desktop.gui.models.board_model import BoardModel
from crm_desktop.gui.pages.page import Hint, Page
from crm_desktop.gui.pages.pipeline.deals import Deals
from crm_desktop.gui.pages.pipeline.view import PipelineView
from crm_desktop.gui.widgets.announce import announce
from crm_desktop.services.pipeline import AWAKE, SNOOZED, Card
from crm_desktop.services.progress import Progress

_NO_STEP = Compare("next_activity", Op.EMPTY, True)


class _Overview(NamedTuple):
    report: Report
    pipelines: list[Ref]
    snoozed: int


class PipelinePage(Page):
    """Open deals by stage. Figures and chips narrow what is shown."""

    help_term = "pipeline"
    kinds = frozenset({"deal", "stage", "pipeline"})

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.title = self.tr("Pipeline")
        self._asked = Filter("deal")
        self._report: Report | None = None
        self.deals = Deals(context, self)
        self.model = BoardModel(context.services, context.jobs, self._say_card, self)
        self.view = PipelineView(context.theme, self)
        self.board = self.view.board
        self.board.currency = context.settings_store.current.currency
        self.board.set_model(self.model, context.clock.today)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view)
        self._add_chips()
        self._add_commands()
        self._connect()

    # what it shows

    def header_actions(self) -> Sequence[str | QWidget]:
        return ("pipeline.new",)

    def hints(self) -> Sequence[Hint | str]:
        return (
            Hint("↑↓←→", self.tr("Choose card")),
            Hint("Shift ←→", self.tr("Move stage")),
            "pipeline.won", "pipeline.lost", "pipeline.snooze", "pipeline.stage",
            Hint("Enter", self.tr("Open")),
        )  # fmt: skip

    def panes(self) -> Sequence[QWidget]:
        column = self.board.column
        return (column.view if column is not None else self.board, self.view)

    def on_shown(self) -> None:
        self._load()
        self.model.cards.renew()

    def on_change(self, change: Change) -> None:
        self.model.cards.renew(change)
        self._load()

    def open_filter(self, target: Filter | object) -> None:
        if isinstance(target, Filter) and target.kind == "deal":
            self._asked = target
        self.on_shown()

    def on_escape(self) -> bool:
        if not any(chip.isChecked() for chip in self.view.chips.values()) and self._asked == Filter("deal"):
            return False
        self._show_all()
        return True

    def _load(self) -> None:
        self.context.jobs.read(self._look, self._show_overview, self.deals.fail, self)

    def _look(self, _progress: Progress) -> _Overview:
        services = self.context.services
        pipelines = services.pipeline.pipelines()
        pipeline = self.model.pipeline or pipelines[0].id
        scope = self._asked & is_("pipeline", pipeline)
        return _Overview(
            services.pipeline.summary(scope & AWAKE),
            pipelines,
            services.lists.count(scope & SNOOZED & is_("status", "open")),
        )

    def _show_overview(self, overview: _Overview) -> None:
        self._report = overview.report
        self.view.show_report(overview.report)
        shown = self.model.pipeline or overview.pipelines[0].id
        self.set_header(sub_line=next((p.name for p in overview.pipelines if p.id == shown), ""))
        snoozed = self.view.chips["snoozed"]
        snoozed.setVisible(overview.snoozed > 0 or snoozed.isChecked())
        self._show_board()

    def _show_board(self) -> None:
        """Ask for the cards that the figures and chips leave."""
        chips = self.view.chips
        wanted = self._asked & (SNOOZED if chips["snoozed"].isChecked() else AWAKE)
        for name in ("closing_this_month", "at_risk"):
            if chips[name].isChecked() and self._report is not None:
                wanted = wanted & self._report.figures[name].filter
        if chips["no_step"].isChecked():
            wanted = wanted & _NO_STEP
        self.model.load(wanted, self.model.pipeline)

    # how it is put together

    def _add_chips(self) -> None:
        for name, words in (
            ("closing_this_month", self.tr("Closing this month")), ("at_risk", self.tr("At risk")),
            ("no_step", self.tr("No next step")), ("snoozed", self.tr("Snoozed")),
        ):  # fmt: skip
            chip = self.view.add_chip(name, words)
            chip.toggled.connect(self._chip_toggled)
            figure = self.view.figures.get(name)
            if figure is not None:
                chip.toggled.connect(figure.setChecked)
                figure.toggled.connect(chip.setChecked)
        self.view.chips["snoozed"].hide()
        for name in ("open_value", "weighted_value"):
            self.view.figures[name].clicked.connect(self._show_all)

    def _chip_toggled(self, _on: bool) -> None:
        self._show_board()

    def _show_all(self) -> None:
        for chip in self.view.chips.values():
            chip.blockSignals(True)
            chip.setChecked(False)
            chip.blockSignals(False)
            chip.update()
        for figure in self.view.figures.values():
            figure.blockSignals(True)
            figure.setChecked(False)
            figure.blockSignals(False)
            figure.update()
        self._asked = Filter("deal")
        self._load()

    def _add_commands(self) -> None:
        tr, deals = self.tr, self.deals
        group = tr("Pipeline")
        new = partial(self._new, None)
        self.add_command(Command("pipeline.new", tr("New deal"), new, "Ctrl+N", "plus", scope=Scope.PAGE, group=group))
        for name, words, run, key, icon, hint in (
            ("open", tr("Open the deal"), deals.open, "", "pencil", ""),
            ("won", tr("Won"), deals.win, "W", "trophy", ""),
            ("lost", tr("Lost"), deals.lose, "X", "circle-x", ""),
            ("snooze", tr("Snooze until a date"), self._snooze, "Z", "alarm-clock", tr("Snooze")),
            ("stage", tr("Move to a stage"), self._stage_menu, "S", "square-kanban", tr("Stage")),
        ):
            self._add_deal_command(Command(
                f"pipeline.{name}", words, partial(self._with_deal, run), key, icon, self._has_deal, Scope.VIEW, group, hint,
            ))  # fmt: skip
        for name, words, key, step in (
            ("left", tr("Move a stage to the left"), "Shift+Left", partial(self._move_stage, -1)),
            ("right", tr("Move a stage to the right"), "Shift+Right", partial(self._move_stage, 1)),
            ("up", tr("Move up in its stage"), "Shift+Up", partial(self._move_row, -1)),
            ("down", tr("Move down in its stage"), "Shift+Down", partial(self._move_row, 1)),
        ):
            self._add_deal_command(Command(
                f"pipeline.{name}", words, step, key, f"arrow-{name}", self._has_deal, Scope.VIEW, group,
            ))  # fmt: skip
        action = self.context.actions.action
        self.view.add_zones(action("pipeline.won"), action("pipeline.lost"), action("pipeline.snooze"))

    def _add_deal_command(self, command: Command) -> None:
        self.add_command(command, self.board)

    def _connect(self) -> None:
        self.board.chose.connect(self.refresh_actions)
        self.board.opened.connect(self.deals.open)
        self.board.add_wanted.connect(self._new)
        self.board.menu_wanted.connect(self._show_menu)
        self.model.moved.connect(self._moved)
        self.model.failed.connect(self.deals.fail)
        self.deals.said.connect(self.say)
        self.deals.added.connect(self._added)
        zones = self.view.drop_strip.zones
        zones["won"].dropped.connect(self.deals.win)
        zones["lost"].dropped.connect(self.deals.lose)
        zones["snooze"].dropped.connect(self._snooze)

    # what is done

    def _has_deal(self) -> bool:
        return self.board.deal is not None

    def _with_deal(self, run: Callable[[int], object]) -> None:
        deal = self.board.deal
        if deal is not None:
            run(deal)

    def _new(self, stage: int | None) -> None:
        self.deals.new(stage, self.model.pipeline)

    def _added(self, deal: int) -> None:
        self.board.choose(deal)

    def _snooze(self, deal: int) -> None:
        if self.view.chips["snoozed"].isChecked():
            self.deals.wake(deal)
        else:
            self.deals.snooze(deal)

    def _move_stage(self, step: int) -> None:
        """To the stage beside it, at the top; left and right are what one sees, whatever the language."""
        deal = self.board.deal
        if deal is None:
            return
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            step = -step
        at = self.board.index + step
        if 0 <= at < len(self.model.stages):
            self.model.move(deal, self.model.stages[at].column.stage.id, 0)

    def _move_row(self, step: int) -> None:
        deal = self.board.deal
        stage = self.model.stage_of(deal) if deal is not None else None
        if deal is None or stage is None:
            return
        row = stage.ids.index(deal)
        if 0 <= row + step < len(stage.ids):
            self.model.move(deal, stage.column.stage.id, row + step + (step > 0))

    def _moved(self, card: Card, change: Change) -> None:
        stage = self.model.model(card.stage)
        if stage is None:
            return
        name = stage.column.stage.name
        row, count = stage.row_of(card.id) + 1, len(stage.ids)
        words = self.tr("%1, moved to %2, %3 of %4").replace("%2", name).replace("%3", str(row))
        announce(self.board, words.replace("%4", str(count)).replace("%1", change.subject))
        said = self.tr("%1 moved to %2").replace("%2", name).replace("%1", change.subject)
        self.say(said, partial(self.deals.undo, change.action))

    # menus

    def _stage_menu(self, deal: int) -> None:
        column = self.board.column
        if column is not None:
            view = column.view
            menu = QMenu(self)
            self._fill_stages(menu, deal)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(view.viewport().mapToGlobal(view.visualRect(view.currentIndex()).center()))

    def _show_menu(self, deal: int, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        action = self.context.actions.action
        menu.addAction(action("pipeline.open"))
        self._fill_stages(menu.addMenu(self.tr("Move to")), deal)
        menu.addSeparator()
        for name in ("won", "lost", "snooze"):
            menu.addAction(action(f"pipeline.{name}"))
        menu.popup(at)

    def _fill_stages(self, menu: QMenu, deal: int) -> None:
        menu.setAccessibleName(self.tr("Move to"))
        here = self.model.stage_of(deal)
        for model in self.model.stages:
            stage = model.column.stage
            entry = menu.addAction(stage.name)
            entry.setCheckable(True)
            entry.setChecked(model is here)
            entry.setEnabled(model is not here)
            entry.triggered.connect(partial(self._move_to, deal, stage.id))

    def _move_to(self, deal: int, stage: int, _checked: bool = False) -> None:
        self.model.move(deal, stage, 0)

    def _say_card(self, card: Card) -> str:
        return sentence(card, self.context.clock.today())
