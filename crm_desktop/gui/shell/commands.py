"""The commands that work on every page."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from crm_desktop.gui.actions import Command
from crm_desktop.gui.language import tr
from crm_desktop.gui.theme import SCALES

if TYPE_CHECKING:
    from crm_desktop.gui.shell.window import MainWindow

_TEXT_STEP = 10
_LINE = 24  # what is this near in height stands in a line


def add_window_commands(window: MainWindow) -> None:
    """Register what the window itself can do."""
    add = window.context.actions.add
    go, view = tr("Go to"), tr("View")
    for spec in window.pages.specs.values():
        words = tr("Go to %1").replace("%1", spec.title)
        run = partial(window.follow if spec.follows else window.open, spec.id)
        add(Command(f"go.{spec.id}", words, run, spec.key, spec.icon, group=go, also=spec.also))
    settings = window.context.settings_store

    def resize_text(step: int) -> None:
        size = settings.current.text_scale + step if step else 100
        settings.update(text_scale=max(SCALES[0], min(SCALES[1], size)))

    def fold() -> None:
        window.fold(not settings.current.sidebar_collapsed)

    def larger() -> None:
        resize_text(_TEXT_STEP)

    def smaller() -> None:
        resize_text(-_TEXT_STEP)

    def normal() -> None:
        resize_text(0)

    def search() -> None:
        window.palette_box.open()

    for command in (
        Command("palette.open", tr("Search or run"), search, "Ctrl+K", "search", in_palette=False),
        Command("keys.show", tr("All shortcuts"), window.show_keys, "F1", "keyboard"),
        Command("go.back", tr("Back"), lambda: window.pages.step(-1), "Alt+Left", "arrow-left", group=go),
        Command("go.forward", tr("Forward"), lambda: window.pages.step(1), "Alt+Right", "arrow-right", group=go),
        Command("go.escape", tr("One level back"), window.step_out, "Esc", group=go, in_palette=False),
        Command("view.sidebar", tr("Sidebar as icons"), fold, "Ctrl+B", "panel-left", group=view),
        Command("view.pane", tr("Next pane"), lambda: _step_pane(window, 1), "F6", group=view, in_palette=False),
        Command("view.pane_back", tr("Previous pane"), lambda: _step_pane(window, -1), "Shift+F6", group=view),
        Command("view.text_larger", tr("Text larger"), larger, "Ctrl++; Ctrl+=", "plus", group=view),
        Command("view.text_smaller", tr("Text smaller"), smaller, "Ctrl+-", "minus", group=view),
        Command("view.text_normal", tr("Text in normal size"), normal, "Ctrl+0", group=view),
    ):
        add(command)
    for look, words, also in (
        ("light", tr("Light colours"), tr("Light theme")),
        ("dark", tr("Dark colours"), tr("Dark theme")),
        ("system", tr("Colours like the system"), tr("System theme")),
    ):
        wear = partial(settings.update, theme=look)
        add(Command(f"view.{look}", words, wear, group=view, also=also))


def _step_pane(window: MainWindow, by: int) -> None:
    panes = [pane for pane in window.panes() if pane.isVisible()]
    focused = QApplication.focusWidget()
    at = next(
        (i for i, pane in enumerate(panes) if focused is not None and (pane is focused or pane.isAncestorOf(focused))),
        -1 if by > 0 else 0,
    )
    for step in range(1, len(panes) + 1):
        if focus_pane(panes[(at + by * step) % len(panes)]):
            return


def focus_pane(pane: QWidget) -> bool:
    """Focus the pane itself or the first widget in it that takes keys; False where there is none.

    The order of Tab is not asked for: PySide takes each widget for a part of the one before it in that order, and loses
    those that live on with those that are deleted.
    """
    # Of the window this asks nothing: the first page is focused before it is shown.
    around = pane.parentWidget() or pane
    inside = [
        widget
        for widget in (pane, *pane.findChildren(QWidget))
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisibleTo(around) and widget.isEnabled()
        and not _unchosen(widget)
    ]  # fmt: skip
    if not inside:
        return False
    first = pane if inside[0] is pane else min(inside, key=partial(_place_in, pane))
    first.setFocus(Qt.FocusReason.ShortcutFocusReason)
    if pane.isVisible():
        from crm_desktop.gui.widgets.tab_order import reveal

        reveal(first)
    return True


def _unchosen(widget: QWidget) -> bool:
    """Whether it is one of several of which another is chosen: keys enter a row of tabs at the chosen one."""
    if not isinstance(widget, QAbstractButton) or widget.isChecked():
        return False
    return widget.autoExclusive() or widget.group() is not None


def _place_in(pane: QWidget, widget: QWidget) -> tuple[int, int]:
    """Its line in the pane and its place in the line, as one reads."""
    middle = widget.mapTo(pane, widget.rect().center())
    mirrored = pane.layoutDirection() == Qt.LayoutDirection.RightToLeft
    return middle.y() // _LINE, -middle.x() if mirrored else middle.x()
