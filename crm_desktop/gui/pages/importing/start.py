"""The start of the page: a file to drop, what to export, and the imports there were."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from crm_desktop.gui import format, icons
from crm_desktop.gui.actions import ActionRegistry
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.theme import ThemeManager
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.gui.widgets.card import Card
from crm_desktop.gui.widgets.text import ElidedLabel, label
from crm_desktop.services.history import Entry

_SHOWN = 12
_COLUMNS = 4  # of buttons that export
_AROUND = 96  # margins of page and card, and the scroll bar


class DropArea(QWidget):
    """Takes one file; a button for those who do not drag."""

    dropped = Signal(object)  # Path

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._over = False
        self.setAcceptDrops(True)
        self.setAccessibleName(self.tr("Drop a CSV file here"))
        self.action_text = self.tr("Import a file")
        self.button = Button(theme, self, self.action_text, kind="primary")
        column = QVBoxLayout(self)
        column.setContentsMargins(20, theme.current.px(64), 20, 24)
        column.setSpacing(6)
        title = label(self.tr("Drop a CSV file here"), "heading")
        words = label(
            self.tr("From a spreadsheet, phone, mail program or another CRM. You check every column first."),
            tone="secondary", wrap=True,
        )  # fmt: skip
        for part in (title, words):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(part)
        column.addSpacing(8)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignCenter)
        self.resume_button = Button(theme, self, kind="link")
        self.resume_button.hide()
        column.addWidget(self.resume_button, 0, Qt.AlignmentFlag.AlignCenter)
        self.problem = label(role="body", tone="bad", wrap=True)
        self.problem.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.problem.hide()
        column.addWidget(self.problem)

    def tell(self, sentence: str) -> None:
        """Why the file cannot be imported."""
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))

    def offer_resume(self, path: Path | None) -> None:
        """Offer to go on with the file of an import that was left."""
        self.resume_button.setVisible(path is not None)
        if path is not None:
            self.resume_button.setText(self.tr("Go on with %1").replace("%1", path.name))

    def set_busy(self, busy: bool) -> None:
        """Whether a file is being looked at."""
        self.button.setEnabled(not busy)
        self.button.setText(self.tr("Reading the file...") if busy else self.action_text)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()
            self._mark(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._mark(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._mark(False)
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.dropped.emit(paths[0])

    def _mark(self, over: bool) -> None:
        self._over = over
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.current.px(480), super().sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme.current
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(theme.color("accentSoft" if self._over else "card"))
        pen = QPen(theme.color("accent" if self._over else "borderControl"), 2 if self._over else 1)
        pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(box, theme.radius("column"), theme.radius("column"))
        side = theme.px(28)
        place = QRectF((self.width() - side) / 2, theme.px(26), side, side)
        icons.draw(painter, "file-input", theme.color("accentText"), place)


class PastImports(Card):
    """The imports of the history, newest first; each can be taken back."""

    undo_wanted = Signal(object)  # Entry

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context.theme, parent, " ")
        self.set_title(self.tr("Past imports"))
        self._context = context
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 1)
        self.body.addLayout(self._grid)
        self.undo_buttons: list[Button] = []
        self.show_entries(())

    def show_entries(self, entries: Sequence[Entry]) -> bool:
        """Show these; False where a button of the list had the focus and there is none any more that could."""
        focused = next((at for at, button in enumerate(self.undo_buttons) if button.hasFocus()), None)
        while (item := self._grid.takeAt(0)) is not None:
            held = item.widget()
            if held is not None:
                held.hide()
                held.deleteLater()
        self.undo_buttons = []
        if not entries:
            self._grid.addWidget(label(self.tr("None yet. Each import can be undone here."), tone="muted"), 0, 0)
        for row, entry in enumerate(entries[:_SHOWN]):
            self._add(row, entry)
        if focused is None:
            return True
        for button in self.undo_buttons[: focused + 1][-1:]:
            button.show()  # what is not shown yet takes no focus
            button.setFocus()
        return bool(self.undo_buttons)

    def _add(self, row: int, entry: Entry) -> None:
        labels = self._context.services.labels
        name = ElidedLabel(self._context.theme, self, entry.subject)
        name.setProperty("role", "bodyMedium")
        kind = labels.kind(entry.kind, plural=entry.count != 1).lower() if entry.kind else self.tr("records")
        count = f"{format.count_text(entry.count)} {kind}"
        when = format.moment(datetime.fromisoformat(entry.at), self._context.clock.today())
        self._grid.addWidget(name, row, 0)
        self._grid.addWidget(label(count, tone="secondary"), row, 1)
        self._grid.addWidget(label(when, tone="secondary"), row, 2)
        if entry.state != "done":
            self._grid.addWidget(label(self.tr("Undone"), tone="muted"), row, 3, Qt.AlignmentFlag.AlignTrailing)
            return
        button = Button(self._context.theme, self, self.tr("Undo"), "undo-2")
        button.setAccessibleName(self.tr("Undo the import of %1").replace("%1", entry.subject))
        button.clicked.connect(partial(self._ask, entry))
        self.undo_buttons.append(button)
        self._grid.addWidget(button, row, 3)

    def _ask(self, entry: Entry, _checked: bool = False) -> None:
        self.undo_wanted.emit(entry)


class StartView(QScrollArea):
    """What the page shows while no import is under way."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.drop = DropArea(context.theme, self)
        self.past = PastImports(context, self)
        self.exports = Card(context.theme, self, self.tr("Export"))
        self.exports.set_sentence(self.tr("CSV files for spreadsheets and other programs."))
        self.sample = Card(context.theme, self, self.tr("Sample data"))
        self._grid = QGridLayout()
        self._export_buttons: list[Button] = []
        self._columns = 0
        body = QWidget(self)
        body.setProperty("kind", "plain")
        column = QVBoxLayout(body)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(16)
        for part in (self.drop, self.exports, self.past, self.sample):
            column.addWidget(part)
        column.addStretch(1)
        self.setWidget(body)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def offer_exports(self, kinds: Sequence[str], export: Callable[[str], object]) -> None:
        """A button for each kind."""
        self._grid.setSpacing(8)
        for kind in kinds:
            words = self._context.services.labels.kind(kind, plural=True)
            button = Button(self._context.theme, self, words, "download")
            button.clicked.connect(partial(self._export, export, kind))
            self._export_buttons.append(button)
        self.exports.body.addLayout(self._grid)
        self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._lay_out()
        super().resizeEvent(event)

    def _lay_out(self) -> None:
        """As many buttons in a row as there is room for."""
        widest = max((button.sizeHint().width() for button in self._export_buttons), default=1)
        columns = max(1, min(_COLUMNS, (self.viewport().width() - _AROUND) // (widest + self._grid.spacing())))
        if columns != self._columns:
            self._columns = columns
            for at, button in enumerate(self._export_buttons):
                self._grid.addWidget(button, at // columns, at % columns)

    def _export(self, export: Callable[[str], object], kind: str, _checked: bool = False) -> None:
        export(kind)

    def offer_everything(self, action: QAction) -> None:
        """The button for all kinds at once."""
        button = Button(self._context.theme, self, action.text(), "download")
        button.follow(action)
        self.exports.add_button(button)

    def offer_sample(self, actions: ActionRegistry, action: str) -> None:
        """The way to take the sample data out again."""
        button = Button(self._context.theme, self, actions.action(action).text(), "trash-2")
        button.follow(actions.action(action))
        row = QHBoxLayout()
        words = self.tr("The records of the invented company, and nothing of yours.")
        row.addWidget(label(words, tone="secondary", wrap=True), 1)
        row.addWidget(button)
        self.sample.body.addLayout(row)
