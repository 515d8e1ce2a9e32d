"""The command palette: one line to find anything and do anything."""

import time
from functools import partial

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QListView, QStyle, QWidget
from shiboken6 import isValid

from crm_desktop.gui import icons, paint
from crm_desktop.gui.actions import native_key
from crm_desktop.gui.format import count_text
from crm_desktop.gui.jobs import Latest, Runner
from crm_desktop.gui.shell.palette import PaletteItem, PaletteSource, arranged, split_prefix
from crm_desktop.gui.shell.palette_list import HEADING, LINE, PaletteDelegate, PaletteModel
from crm_desktop.gui.theme import ThemeManager
from crm_desktop.gui.widgets.key_cap import KeyCap, cap_width, draw_cap
from crm_desktop.gui.widgets.text import label
from crm_desktop.services.progress import Progress

WIDTH, TOP = 672, 96
_HEAD, _FOOT = 57, 40
"""Heights of the line that is typed in and of what stands below the list."""
_MOST_HEIGHT = 520
_GLYPH = 20
_PREFIX_ICONS = {"": "search", ">": "chevron-right", "?": "circle-question-mark", "@": "user"}


def _looked_up(source: PaletteSource, text: str, prefix: str, _progress: Progress) -> list[PaletteItem]:
    return source.search(text, prefix)


class Palette(QWidget):
    """Covers its window with the scrim; Esc or a click beside the box closes it."""

    closed = Signal()

    def __init__(self, theme: ThemeManager, jobs: Runner, window: QWidget) -> None:
        super().__init__(window)
        self._area = window
        self._theme = theme
        self._jobs = jobs
        self._sources: list[PaletteSource] = []
        self._found: dict[int, list[PaletteItem]] = {}
        self._asked: list[Latest] = []  # what is looked up in each source
        self._open_groups: frozenset[str] = frozenset()
        self._begun = 0.0
        self._before: QWidget | None = None
        self._typed = QLineEdit(self)
        self._list = QListView(self)
        self._model = PaletteModel(self)
        self._delegate = PaletteDelegate(theme, self)
        self._count = label(role="small", tone="muted")
        self._foot = self._make_foot()
        self._prepare()
        self.hide()

    def add_source(self, source: PaletteSource) -> None:
        """Let the palette find more; sources added first are shown first."""
        self._sources.append(source)
        self._asked.append(Latest(self._jobs, self))

    def open(self, text: str = "") -> None:
        """Show it over the window, with something typed already."""
        if not self.isVisible():
            self._before = self.window().focusWidget()
        self._open_groups = frozenset()
        self.setGeometry(self._area.rect())
        self.show()
        self.raise_()
        if self._typed.text() == text:
            self._search()
        self._typed.setText(text)
        self._typed.setFocus()

    def close_box(self) -> None:
        """Hide it and give the focus back."""
        self._hide(self._before)

    def _hide(self, before: QWidget | None) -> None:
        for asked in self._asked:
            asked.forget()
        self.hide()
        if before is not None and isValid(before):
            before.setFocus()
        self.closed.emit()

    def _focus_moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        """A key of the window led elsewhere (F6, a page's): what has the focus must not stay behind the scrim."""
        if not self.isHidden() and now is not None and now.window() is self.window() and not self.isAncestorOf(now):
            self._hide(None)

    @property
    def items(self) -> list[PaletteItem]:
        """The rows that are shown, headings included."""
        return self._model.items

    def _prepare(self) -> None:
        self.setAccessibleName(self.tr("Search or run a command"))
        self._typed.setProperty("kind", "bare")
        self._typed.setProperty("role", "palette")
        self._typed.setAccessibleName(self.accessibleName())
        self._typed.setPlaceholderText(self.tr("Customers, leads, deals, commands, terms"))
        self._typed.textChanged.connect(self._retyped)
        self._typed.installEventFilter(self)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._focus_moved)
        self._area.installEventFilter(self)
        self._list.setModel(self._model)
        self._list.setItemDelegate(self._delegate)
        self._list.setProperty("kind", "nav")
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setMouseTracking(True)
        self._list.setAccessibleName(self.tr("Results"))
        self._list.clicked.connect(lambda index: self._run(index.row()))
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)

    def _make_foot(self) -> QWidget:
        foot = QWidget(self)
        row = QHBoxLayout(foot)
        row.setContentsMargins(20, 0, 20, 0)
        row.setSpacing(7)
        hints = (
            ("↑↓", self.tr("Choose")), (native_key("Return"), self.tr("Open")), ("Ctrl+Return", self.tr("Peek")),
            (">", self.tr("Commands")), ("?", self.tr("Terms")),
        )
        for key, words in hints:
            row.addWidget(KeyCap(self._theme, foot, native_key(key) if len(key) > 2 else key))
            row.addWidget(label(words, "small", "muted"))
            row.addSpacing(8)
        row.addStretch(1)
        row.addWidget(self._count)
        return foot

    def _retyped(self) -> None:
        self._open_groups = frozenset()
        self._search()

    def _search(self) -> None:
        prefix, text = split_prefix(self._typed.text())
        self._delegate.text = text
        self._found = {}
        self._begun = time.perf_counter()
        for number, (source, asked) in enumerate(zip(self._sources, self._asked, strict=True)):
            asked.forget()
            if not self._answers(source, prefix):
                continue
            if source.background:
                asked.read(partial(_looked_up, source, text, prefix), partial(self._heard, number))
            else:
                self._found[number] = source.search(text, prefix)
        self._refresh()

    def _heard(self, number: int, items: list[PaletteItem]) -> None:
        self._found[number] = items
        self._refresh()

    def _answers(self, source: PaletteSource, prefix: str) -> bool:
        return not prefix or prefix in source.prefixes

    def _refresh(self) -> None:
        prefix, text = split_prefix(self._typed.text())
        # Before anything is typed, the records opened last lead; then what can be done with the chosen one.
        order = sorted(self._found, key=lambda number: (self._sources[number].background == bool(text), number))
        items = [item for number in order for item in self._found[number]]
        self._model.show(arranged(items, text, self._open_groups))
        self._count.setText(self._note(prefix) if items else self.tr("Nothing found"))
        self._move(1, from_row=-1)
        self._place()
        self.update()

    def _note(self, prefix: str) -> str:
        """What was looked through; of records also how fast."""
        asked = [number for number, source in enumerate(self._sources) if self._answers(source, prefix)]
        if any(number not in self._found for number in asked):
            return ""
        main = next((number for number in asked if self._sources[number].background), asked[0])
        note = self._sources[main].note(len(self._found[main]))
        if not self._sources[main].background:
            return note
        spent = max(1, round((time.perf_counter() - self._begun) * 1000))
        return self.tr("%1 · %2 ms").replace("%1", note).replace("%2", count_text(spent))

    def _move(self, by: int, from_row: int | None = None) -> None:
        row = self._list.currentIndex().row() if from_row is None else from_row
        items = self._model.items
        row += by
        while 0 <= row < len(items) and items[row].heading:
            row += by
        if 0 <= row < len(items):
            self._list.setCurrentIndex(self._model.index(row))
            if row == 1:
                self._list.scrollToTop()

    def _run(self, row: int, peek: bool = False) -> None:
        if not 0 <= row < len(self._model.items) or self._model.items[row].heading:
            return
        item = self._model.items[row]
        if item.more:
            self._open_groups |= {item.group}
            self._refresh()
            return
        self.close_box()
        (item.peek if peek and item.peek is not None else item.run)()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._area and event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._area.rect())
            self._place()
        if watched is self._typed and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
                # Else Esc would go to the page behind.
                event.accept()
                return True
            return event.type() == QEvent.Type.KeyPress and self._key(event)
        return False

    def _key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.close_box()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Tab):
            self._move(1)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Backtab):
            self._move(-1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            peek = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            self._run(self._list.currentIndex().row(), peek)
        else:
            return False
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._box().contains(event.position().toPoint()):
            self.close_box()

    def _box(self) -> QRect:
        theme = self._theme.current
        width = min(theme.px(WIDTH), self.width() - 32)
        head, foot = theme.px(_HEAD), theme.px(_FOOT)
        rows = sum(theme.px(HEADING if item.heading else LINE) for item in self._model.items) + 12
        room = self.height() - TOP - head - foot - 24
        return QRect((self.width() - width) // 2, TOP, width, head + foot + min(rows, room, theme.px(_MOST_HEIGHT)))

    def _place(self) -> None:
        theme = self._theme.current
        box = self._box()
        head, foot = theme.px(_HEAD), theme.px(_FOOT)
        left, cap = 30 + theme.px(_GLYPH), theme.px(44)
        typed = QRect(box.left() + left, box.top() + 2, box.width() - 8 - left - cap, head - 4)
        self._typed.setGeometry(QStyle.visualRect(self.layoutDirection(), box, typed))
        self._list.setGeometry(box.left() + 1, box.top() + head + 4, box.width() - 2, box.height() - head - foot - 6)
        self._foot.setGeometry(box.left(), box.bottom() + 1 - foot, box.width(), foot)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme.current
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("scrim"))
        box = self._box()
        paint.shadow(painter, box, theme, theme.radius("dialog"))
        edge = theme.color("borderControl" if theme.dark else "border")
        paint.panel(painter, QRectF(box), theme.color("raised"), edge, theme.radius("dialog"))
        head, foot = theme.px(_HEAD), theme.px(_FOOT)
        for line in (box.top() + head, box.bottom() - foot):
            painter.fillRect(box.left() + 1, line, box.width() - 2, 1, theme.color("border"))
        prefix, _ = split_prefix(self._typed.text())
        side = theme.px(_GLYPH)
        at = QRectF(box.left() + 20, box.top() + (head - side) / 2, side, side)
        turned = self.layoutDirection()
        icons.draw(painter, _PREFIX_ICONS[prefix], theme.color("textSecondary"), paint.mirrored(at, box, turned))
        escape = native_key("Esc")
        width, high = cap_width(escape, theme), theme.px(18)
        place = QRectF(box.right() - 18 - width, box.top() + (head - high) / 2, width, high)
        draw_cap(painter, paint.mirrored(place, box, turned), escape, theme)
