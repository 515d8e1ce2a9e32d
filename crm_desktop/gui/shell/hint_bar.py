"""The line at the foot: the keys that work now, or long work under way with its Cancel."""

import time
from collections.abc import Iterator, Sequence

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QTextEdit,
    QWidget,
)

from crm_desktop.gui import paint
from crm_desktop.gui.actions import ActionRegistry, Registered, Scope, native_key
from crm_desktop.gui.format import count_text
from crm_desktop.gui.forms import promoted
from crm_desktop.gui.jobs import Job, Runner
from crm_desktop.gui.language import tr
from crm_desktop.gui.pages.page import Hint, Page
from crm_desktop.gui.theme import ThemeManager
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.gui.widgets.key_cap import cap_width, draw_cap, spaced
from crm_desktop.gui.widgets.text import label

_TYPED_INTO = (QLineEdit, QPlainTextEdit, QTextEdit)
_LONG = 1.0  # seconds after which work is worth telling


class _Hints(QWidget):
    """Key caps with their words, as many as fit."""

    def __init__(self, theme: ThemeManager, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._hints: list[Hint] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_hints(self, hints: Sequence[Hint]) -> None:
        self._hints = [Hint(spaced(hint.keys), hint.text) for hint in hints]
        self.setAccessibleName(", ".join(f"{hint.keys} {hint.text}" for hint in hints))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme.current
        painter = QPainter(self)
        font = theme.font("small")
        left = 0.0
        high = theme.px(18)
        for keys, words in self._hints:
            cap, room = cap_width(keys, theme), paint.width_of(words, font) + 2
            if left + cap + 8 + room > self.width():
                return
            draw_cap(painter, self._place(left, cap, high), keys, theme)
            paint.text(painter, self._place(left + cap + 7, room, high), words, font, theme.color("textMuted"))
            left += cap + 7 + room + theme.px(18)

    def _place(self, left: float, width: float, height: float) -> QRectF:
        box = QRectF(left, (self.height() - height) / 2, width, height)
        return paint.mirrored(box, self.rect(), self.layoutDirection())


@promoted
class HintBar(QWidget):
    """Keys valid now; while work takes longer than a second, its progress instead."""

    keys_wanted = Signal()

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._job: Job | None = None
        self._keys_allowed = True
        self._hints = _Hints(theme, self)
        self._message = label(role="small", tone="secondary")
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(160)
        self._cancel = Button(theme, self, self.tr("Cancel"), kind="link")
        self._cancel.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # it goes with the work; who clicks stays where one is
        self._cancel.clicked.connect(self._stop)
        key = native_key("F1")
        self._all_keys = QPushButton(self.tr("%1 all shortcuts").replace("%1", key), self)
        self._all_keys.setProperty("kind", "quiet")
        self._all_keys.clicked.connect(self.keys_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 1, 12, 0)
        row.setSpacing(10)
        for widget in (self._hints, self._message, self._bar, self._cancel):
            row.addWidget(widget)
        row.addWidget(self._all_keys, 0, Qt.AlignmentFlag.AlignRight)
        self._timer = QTimer(self)
        self._timer.setInterval(250)
        self._timer.timeout.connect(self._tell)
        theme.changed.connect(self._resize)
        self._resize()
        self._tell()

    def watch(self, jobs: Runner) -> None:
        """Tell of the long work of this runner."""
        self._jobs = jobs
        jobs.busy_changed.connect(self._busy)

    def show_hints(self, hints: Sequence[Hint]) -> None:
        """Show these keys."""
        self._hints.show_hints(hints)

    def allow_keys(self, allowed: bool) -> None:
        """Whether the keys are shown; progress always is."""
        self._keys_allowed = allowed
        self._tell()

    def _busy(self, busy: bool) -> None:
        if busy:
            self._timer.start()
        else:
            self._timer.stop()
        self._tell()

    def _long_job(self) -> Job | None:
        if not self._timer.isActive():
            return None
        since = time.monotonic() - _LONG
        return next((job for job in self._jobs.running if job.title and job.started < since), None)

    def _tell(self) -> None:
        job = self._job = self._long_job()
        self._hints.setVisible(job is None)
        for widget in (self._message, self._bar, self._cancel):
            widget.setVisible(job is not None)
        self.setVisible(self._keys_allowed or job is not None)
        if job is None:
            return
        progress = job.progress
        self._message.setText(self._words(job))
        self._bar.setRange(0, progress.total)
        self._bar.setValue(progress.step)
        self._bar.setAccessibleName(self._message.text())
        self._cancel.setEnabled(not progress.cancelled)

    def _words(self, job: Job) -> str:
        progress = job.progress
        words = progress.message or job.title
        if not progress.total:
            return words
        steps = self.tr("%1: %2 of %3")
        return (
            steps.replace("%1", words)
            .replace("%2", count_text(progress.step))
            .replace("%3", count_text(progress.total))
        )

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._cancel.setEnabled(False)

    def _resize(self) -> None:
        self.setFixedHeight(self._theme.current.size("hintBar"))

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(0, 0, self.width(), 1, self._theme.current.color("border"))


def hints_at(here: QWidget | None, page: Page, actions: ActionRegistry) -> Iterator[Hint]:
    """What a page names, as far as it works at the widget with the focus.

    What it names without a command, as arrows, is of the list or the board that its letter keys are for.
    """
    named = page.hints()
    found = [entry for entry in (actions.find(hint) for hint in named if isinstance(hint, str)) if entry is not None]
    letters = [entry for entry in found if entry.command.scope is Scope.VIEW]
    if here is None or not letters or _in_view(here, letters):
        yield from _told(named, actions)
        return
    yield from _own(here)
    working = [entry.command.id for entry in found if entry not in letters or _reaches(entry, here)]
    yield from _told([*working, "view.pane"], actions)


def _told(named: Sequence[Hint | str], actions: ActionRegistry) -> Iterator[Hint]:
    for hint in named:
        entry = actions.find(hint) if isinstance(hint, str) else None
        if isinstance(hint, Hint):
            yield hint
        elif entry is not None and entry.usable and entry.key_text:
            yield Hint(entry.key_text, entry.command.hint or entry.command.text)


def _in_view(here: QWidget, letters: Sequence[Registered]) -> bool:
    """Whether the focus is in the list or board itself, not at a button beside it."""
    inside = any(_reaches(entry, here) for entry in letters)
    return any(entry.owner is here for entry in letters) or (inside and not isinstance(here, QAbstractButton))


def _reaches(entry: Registered, here: QWidget) -> bool:
    owner = entry.owner
    typing = isinstance(here, _TYPED_INTO)
    return not typing and (owner is None or owner is here or owner.isAncestorOf(here))


def _own(here: QWidget) -> Iterator[Hint]:
    """The keys that a kind of widget has by itself."""
    if isinstance(here, QAbstractButton):
        yield Hint(native_key("Space"), tr("Press"))
    elif isinstance(here, QAbstractItemView):
        yield Hint("↑↓", tr("Move"))
        yield Hint(native_key("Return"), tr("Open"))
    yield Hint("Tab", tr("Next"))
