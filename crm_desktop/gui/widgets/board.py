"""The board: columns side by side that scroll together, and the one chosen card that keys act on."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QScrollBar, QWidget

from crm_desktop.gui.delegates.card_delegate import CardDelegate
from crm_desktop.gui.forms import promoted
from crm_desktop.gui.models.board_model import BoardModel
from crm_desktop.gui.theme import ThemeManager
from crm_desktop.gui.widgets.board_column import RAMP, BoardColumn
from crm_desktop.gui.widgets.tab_order import scroll_to

EDGE = 40
_SCROLL_EVERY, _SCROLL_BY = 16, 12
_GAP, _MARGIN = 10, 20


@promoted
class Board(QScrollArea):
    """Shows a BoardModel. `chose` comes when another card was chosen."""

    chose = Signal()
    opened = Signal(object)
    add_wanted = Signal(object)
    menu_wanted = Signal(object, QPoint)
    lifted = Signal(object)

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._model: BoardModel | None = None
        self._delegate: CardDelegate | None = None
        self._at = 0
        self._deal: int | None = None
        self._row = 0
        self.currency = "EUR"
        self.columns: list[BoardColumn] = []
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # until there are columns to have it
        content = QWidget()
        content.setProperty("kind", "plain")
        self._layout = QHBoxLayout(content)
        self._layout.setContentsMargins(_MARGIN, 0, _MARGIN, 0)
        self._layout.setSpacing(_GAP)
        self.setWidget(content)
        self._edge = QTimer(self, interval=_SCROLL_EVERY)
        self._edge.timeout.connect(self._scroll_at_edge)
        theme.changed.connect(self._resize_columns)

    def set_model(self, model: BoardModel, today: Callable[[], date]) -> None:
        """Show these stages from now on."""
        self._model = model
        self._delegate = CardDelegate(self._theme, today, self)
        model.rebuilt.connect(self._rebuild)
        model.loaded.connect(self._loaded)
        model.placed.connect(self.choose)

    # the chosen card

    @property
    def deal(self) -> int | None:
        """The chosen deal."""
        return self.columns[self._at].view.deal if self.columns else None

    @property
    def column(self) -> BoardColumn | None:
        """The column of the chosen card."""
        return self.columns[self._at] if self.columns else None

    @property
    def index(self) -> int:
        """Which column that is."""
        return self._at

    def choose(self, deal: int) -> bool:
        """Choose a card wherever it stands; the focus follows if the board has it. False if it is not shown."""
        for at, column in enumerate(self.columns):
            row = column.model.row_of(deal)
            if row >= 0:
                self._choose(at, row)
                return True
        return False

    def _choose(self, at: int, row: int) -> None:
        focused = self._has_focus()
        for other in self.columns:
            if other is not self.columns[at]:
                other.view.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
                other.view.choose(-1)
        self._at = at
        view = self.columns[at].view
        view.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        view.choose(row)
        if focused:
            view.setFocus()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll_to(self, self.columns[at], _MARGIN, 0)
        self._note()

    def _has_focus(self) -> bool:
        focused = self.focusWidget() if not self.window().isActiveWindow() else self.window().focusWidget()
        return focused is self or any(column.view is focused for column in self.columns)

    def _note(self) -> None:
        self._deal, self._row = self.deal, self.columns[self._at].view.currentIndex().row()
        self.chose.emit()

    def _entered(self, column: BoardColumn) -> None:
        at = self.columns.index(column)
        row = column.view.currentIndex().row()
        if row >= 0 and (at != self._at or column.view.deal != self._deal):
            self._choose(at, row)

    def _sideways(self, step: int) -> None:
        at = self._at + step
        while 0 <= at < len(self.columns):
            count = self.columns[at].model.rowCount()
            if count:
                self._choose(at, min(max(self._row, 0), count - 1))
                return
            at += step

    # what is shown

    def _rebuild(self) -> None:
        assert self._model is not None and self._delegate is not None
        for column in self.columns:
            column.deleteLater()
        self._at = 0
        ramp = len(RAMP) - 1
        last = max(1, len(self._model.stages) - 1)
        self.columns = [
            BoardColumn(self._theme, stage, self._delegate, RAMP[round(n * ramp / last)])
            for n, stage in enumerate(self._model.stages)
        ]
        for column in self.columns:
            self._connect(column)
            self._layout.addWidget(column, 1)
        self._resize_columns()

    def _connect(self, column: BoardColumn) -> None:
        view = column.view
        view.sideways.connect(self._sideways)
        view.opened.connect(self.opened)
        view.menu_wanted.connect(self.menu_wanted)
        view.lifted.connect(self._lift)
        view.selectionModel().currentChanged.connect(lambda _now, _before: self._entered(column))
        column.add_wanted.connect(self.add_wanted)

    def _loaded(self, changed: bool) -> None:
        for column in self.columns:
            column.tell(self.currency)
        if not changed or not self.columns:
            return
        if self._deal is not None and self.choose(self._deal):
            return
        # What was chosen is gone: its neighbour follows, else the first card there is.
        for at in (self._at, *range(len(self.columns))):
            count = self.columns[at].model.rowCount()
            if count:
                self._choose(at, min(max(self._row, 0), count - 1))
                return
        self._note()

    def _resize_columns(self) -> None:
        for column in self.columns:
            column.setMinimumWidth(self._theme.current.size("kanbanColumnMin"))

    # dragging

    def _lift(self, deal: int | None) -> None:
        assert self._delegate is not None
        self._delegate.dragged = deal
        if deal is None:
            self._edge.stop()
            for column in self.columns:
                column.close_gap()
        else:
            self._edge.start()
        self.viewport().update()
        self.lifted.emit(deal)

    def _scroll_at_edge(self) -> None:
        at = self.viewport().mapFromGlobal(QCursor.pos())
        _push(self.horizontalScrollBar(), at.x(), self.viewport().width())
        for column in self.columns:
            view = column.view.viewport()
            here = view.mapFromGlobal(QCursor.pos())
            if view.rect().contains(here):
                _push(column.view.verticalScrollBar(), here.y(), view.height())


def _push(bar: QScrollBar, at: int, length: int) -> None:
    if 0 <= at < EDGE:
        bar.setValue(bar.value() - _SCROLL_BY)
    elif length - EDGE < at <= length:
        bar.setValue(bar.value() + _SCROLL_BY)
