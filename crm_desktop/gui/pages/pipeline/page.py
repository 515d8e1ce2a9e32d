"""The pipeline page: what board and list show and what is done with the chosen deal."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from crm_desktop.domain.change import Change
from crm_desktop.domain.figures import Report
from crm_desktop.domain.filter import EVERYTHING, Filter, Ordered, Sort, is_
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.delegates.card_delegate import sentence
from crm_desktop.gui.jobs import Latest
from crm_desktop.gui.models.board_model import BoardModel
from crm_desktop.gui.pages.page import Hint, RecordTarget
from crm_desktop.gui.pages.pipeline.commands import add_deal_commands, add_move_commands, add_page_commands
from crm_desktop.gui.pages.pipeline.deal_list import LISTING, DealList
from crm_desktop.gui.pages.pipeline.deals import Deals
from crm_desktop.gui.pages.pipeline.menus import DealMenus
from crm_desktop.gui.pages.pipeline.moves import BoardMoves
from crm_desktop.gui.pages.pipeline.overview import ALL_PIPELINES, Overview, Wanted, look_over
from crm_desktop.gui.pages.pipeline.scope import Scope, without_open
from crm_desktop.gui.pages.pipeline.seeking import Seeker
from crm_desktop.gui.pages.pipeline.view import NARROWING, PipelineView
from crm_desktop.gui.records.bulk import BulkActions
from crm_desktop.gui.records.commands import add_view_commands
from crm_desktop.gui.records.filter_row import FilterRow
from crm_desktop.gui.records.list_page import ListPage
from crm_desktop.gui.records.toolbar import Toolbar
from crm_desktop.gui.records.views_bar import ALL, Ground, ViewsBar
from crm_desktop.gui.widgets.segmented import Segmented
from crm_desktop.services.pipeline import Card


class PipelinePage(ListPage):
    """Open deals by stage. Figures, chips and filters narrow what is shown."""

    page_id = "pipeline"
    listings = (LISTING,)
    has_statuses = True
    help_term = "pipeline"
    kinds = frozenset({"deal", "stage", "pipeline", "saved_view"})

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.title = self.tr("Pipeline")
        self._report: Report | None = None
        self._pipeline: int | None = None
        self._before: int | None = None  # the pipeline that was shown before deals were looked at in passing
        self._seeking = False  # whether deals are to be shown in the pipelines where they are
        self._asked = Latest(context.jobs, self)
        self._anew = False  # whether another list was asked for than the one that is shown
        self.deals = Deals(self)
        self.menus = DealMenus(self)
        self.model = BoardModel(context.services, context.jobs, self._say_card, self)
        self._seeker = Seeker(self)
        self.make_table()
        self.list = DealList(self)
        self.view = PipelineView(context.theme, self.list, self)
        self.tabs, self.filter_bar = self.view.tabs, self.view.filter_bar
        self.filters = FilterRow(context, self.filter_bar)
        self.filters.show(Filter("deal"))
        ground = Ground(without_open, lambda wanted: Scope(wanted).base, lambda wanted: self._placed(Scope(wanted)))
        self.filters.counted = ground.counted
        self.views = ViewsBar(context, self.tabs, lambda: self.tr("Open deals"), ground)
        self.board = self.view.board
        self.board.currency = context.settings_store.current.currency
        self.board.set_model(self.model, context.clock.today)
        self.moves = BoardMoves(self.board, self.model, self.deals)
        self.switcher = Segmented(context.theme)
        parts = [("board", self.tr("Board"), "square-kanban"), ("list", self.tr("List"), "list")]
        self.switcher.set_parts(parts, "board")
        self.switcher.setAccessibleName(self.tr("Board or list"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view)
        self.toolbar = Toolbar(self)
        add_page_commands(self)
        add_view_commands(self)
        add_deal_commands(self)
        add_move_commands(self)
        action = context.actions.action
        self.bulk = BulkActions(self, {"set_status": action("pipeline.stage"), "delete": action("pipeline.delete")})
        self.add_cell_commands()
        self.view.follow(action)
        self._connect()

    # the list

    @property
    def group(self) -> str:
        return self.title

    @property
    def area(self) -> QWidget:
        return self.list

    @property
    def main(self) -> QWidget:
        return self.list

    def shows_list(self) -> bool:
        return self.listed

    def place_groups(self, bar: QWidget) -> None:
        self.list.put_above(bar)

    def sort(self, order: Sort | None) -> None:
        self.records.sort_by = order
        if self.scope.closed and not self.listed:  # also where a view or what was kept of it asks for them
            self.switcher.choose("list")
        self._tell_filters()
        self._load()

    # Page

    def header_actions(self) -> Sequence[str | QWidget]:
        return (self.switcher, "pipeline.export", "pipeline.new")

    def hints(self) -> Sequence[Hint | str]:
        own = self.filters.hints() or (self.cell_hints() if self.listed else ())
        if own:
            return own
        ids = [f"pipeline.{name}" for name in ("open", "won", "lost", "snooze", "follow_up", "stage", "filter")]
        if self.listed:
            rows: list[Hint | str] = ["pipeline.edit", *self.cells.taking_hints(), "pipeline.tick"]
            return [Hint("↑↓", self.tr("Move")), *rows, *ids]
        return [Hint("↑↓←→", self.tr("Choose card")), Hint("Shift ←→", self.tr("Move stage")), *ids]

    def panes(self) -> Sequence[QWidget]:
        column = self.board.column
        board = column.view if column is not None else self.board
        return (self.list.pile.pane if self.listed else board, self.view)

    def on_shown(self) -> None:
        self.model.cards.renew()
        if self.views.now is None:
            self.load_views()
        else:
            self._load()

    def on_change(self, change: Change) -> None:
        self.model.cards.renew(change)
        self.views.refresh()
        self._load(anew=False)

    def open_filter(self, target: Filter | object) -> None:
        """Show the deals of a filter: closed ones in the list, open ones where one is."""
        self.view.clear_chips()
        self._before = self._pipeline if self._before is None else self._before
        self.on_shown()
        if isinstance(target, Filter) and target.kind == "deal":
            self._seeking = True
            self.look_at(without_open(target))
            if self._seeking:  # the filter is the one that was
                self._load()
            if self.scope.closed and not self.listed:
                self.switcher.choose("list")
        elif isinstance(target, RecordTarget):
            self._seeker.seek(target.id)

    def on_called(self) -> None:
        super().on_called()
        if self._before is not None:
            self._use_pipeline(self._before)
            self._before = None
            self._load()

    def show_board(self, pipeline: int) -> None:
        """Show all open deals of a pipeline on the board."""
        self._use_pipeline(pipeline)
        self.switcher.choose("board")
        self.look_at(Filter("deal"))
        self._load()

    def on_escape(self) -> bool:
        if self.table.editing:
            return False
        if self.listed and self.leave_cells():
            return True
        if self.view.clear_chips():
            self._load()
            return True
        return self.leave_filter()

    # what is shown

    @property
    def listed(self) -> bool:
        """Whether the deals are shown as a list."""
        return self.view.pile.currentWidget() is self.list

    @property
    def one_pipeline(self) -> bool:
        """Whether the deals that are shown are all of the pipeline of the board."""
        return self._pipeline != ALL_PIPELINES and not self.scope.closed

    @property
    def deal(self) -> int | None:
        """The chosen deal."""
        return self.list.deal if self.listed else self.board.deal

    @property
    def scope(self) -> Scope:
        """Which deals are asked for."""
        chips = self.view.chips
        on = [self._report.figures[name] for name in NARROWING if chips[name].isChecked()] if self._report else []
        return Scope(self.filters.filter, chips["snoozed"].isChecked(), chips["no_step"].isChecked(), tuple(on))

    def show_all(self) -> None:
        """Show all open deals again."""
        self.view.clear_chips()
        self.tabs.choose(str(ALL))
        self.filters.clear()

    def switch(self) -> None:
        """From board to list and back."""
        self.switcher.choose("board" if self.listed else "list")

    def start_typing(self) -> None:
        """Open the typed filter."""
        self.filter_bar.show()
        self.filters.start_typing()

    def _switched(self, part: str) -> None:
        held = self.view.pile.isAncestorOf(self.window().focusWidget())
        self.view.pile.setCurrentIndex(1 if part == "list" else 0)
        if held:
            self.panes()[0].setFocus()
        self._tell_filters()
        self.toolbar.refresh()
        if part == "board" and self._pipeline == ALL_PIPELINES:
            self._use_pipeline(self.view.pipelines.itemData(0))
            self._load()
        else:
            self._show_deals()
        self.refresh_actions()

    def _load(self, anew: bool = True) -> None:
        self._anew = self._anew or anew
        wanted = Wanted(self.scope, self._pipeline, self._seeking)
        work = partial(look_over, self.context.services, wanted)
        self._asked.read(work, self._show_overview, self.tell_refused)

    def _show_overview(self, overview: Overview) -> None:
        if self._seeking and self._before is None:
            self._before = overview.pipelines[0].id
        self._report, self._seeking = overview.report, False
        self.view.show_overview(overview, closed=self.scope.closed)
        self._use_pipeline(overview.shown)
        self.set_header(sub_line=self.view.pipelines.currentText())
        if overview.shown == ALL_PIPELINES and not self.listed:
            self.switcher.choose("list")
        anew, self._anew = self._anew, False
        self._show_deals(anew)

    def _show_deals(self, anew: bool = True) -> None:
        scope = self.scope
        self.model.load(scope.shown, self._pipeline or None)
        if not self.listed:
            return
        if anew:
            self.records.show(self._placed(scope), self.records.sort_by)
        elif not self.renew_columns():
            self.list.refresh()

    def _placed(self, scope: Scope) -> Filter:
        """The deals of a scope: open ones only of the pipeline that is shown."""
        if scope.closed or not self._pipeline:
            return scope.shown
        return scope.shown & is_("pipeline", self._pipeline)

    def _use_pipeline(self, pipeline: int) -> None:
        if pipeline != self._pipeline:
            self._pipeline = pipeline
            self.views.count()

    @property
    def shown_list(self) -> Ordered:
        return Ordered(self._placed(self.scope), self.records.sort_by if self.listed else None)

    def _choose_pipeline(self) -> None:
        self._before = None
        self._use_pipeline(self.view.pipelines.currentData())
        self._load()

    @property
    def whole(self) -> int | None:
        return None if self.scope.closed else super().whole  # closed deals are none of the open ones

    def tell_count(self) -> None:
        if self.listed:
            super().tell_count()
        else:
            self.filter_bar.set_summary("")

    def _tell_filters(self) -> None:
        """The board has the bar only where there are filters, and no views."""
        filtered = self.listed or self.filters.typing or self.filters.filter.where != EVERYTHING
        self.filter_bar.setVisible(filtered)
        self.view.chips["add"].setVisible(not filtered)
        self.tabs.setVisible(self.listed)

    def _typing_left(self) -> None:
        self._tell_filters()
        self.panes()[0].setFocus()

    # how it is put together

    def _connect(self) -> None:
        self.switcher.chosen.connect(self._switched)
        self.view.narrowed.connect(lambda: self._show_deals())
        self.view.pipelines.currentIndexChanged.connect(self._choose_pipeline)
        self.connect_views()
        self.filters.left.connect(self._typing_left)
        for name in ("open_value", "weighted_value"):
            self.view.figures[name].clicked.connect(self.show_all)
        self.board.chose.connect(self.refresh_actions)
        self.board.opened.connect(self.deals.open)
        self.board.add_wanted.connect(self.new)
        self.board.menu_wanted.connect(self.menus.show_deal)
        self.list.chose.connect(self.refresh_actions)
        self.list.cleared.connect(self.show_all)
        self.list.told.connect(self.tell_count)
        self.model.failed.connect(self.tell_refused)
        self.deals.added.connect(self._added)
        self.deals.left.connect(partial(self.go, "customers"))
        self.deals.opened.connect(lambda deal: self.visited.emit(RecordTarget("deal", deal)))
        zones = self.view.drop_strip.zones
        zones["won"].dropped.connect(self.deals.win)
        zones["lost"].dropped.connect(self.deals.lose)
        zones["snooze"].dropped.connect(self.snooze)

    # what is done

    def new(self, stage: int | None = None) -> None:
        """Ask for a new deal, in a stage."""
        self.deals.new(stage, self._pipeline or None)

    def snooze(self, deal: int) -> None:
        """Ask until when; among the snoozed deals, bring it back."""
        if self.view.chips["snoozed"].isChecked():
            self.deals.wake(deal)
        else:
            self.deals.snooze(deal)

    def _added(self, deal: int) -> None:
        self.board.choose(deal)

    def delete(self, deal: int) -> None:
        """Into the bin; in the list all ticked ones."""
        if self.listed:
            self.bulk.delete()
        else:
            self.deals.delete(deal)

    def move_to(self, deal: int, stage: int) -> None:
        """Into a stage chosen from a menu; in the list all ticked ones."""
        if self.listed and self.records.ticked_count:
            self.bulk.set({"stage": stage})
        elif self.listed:
            self.deals.move(deal, stage)
        else:
            self.model.move(deal, stage, 0)

    def _say_card(self, card: Card) -> str:
        return sentence(card, self.context.clock.today())
