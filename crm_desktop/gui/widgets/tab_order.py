"""Tab goes through a window as one reads it, whenever its parts were made: panels make many of theirs anew."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QScrollArea, QWidget


def step_focus(window: QWidget, forward: bool) -> bool:
    """Give the focus to the part after or before the one that has it; False where there is none.

    To be answered by `focusNextPrevChild` of the window.
    """
    parts = list(_reading_order(window))
    now = window.focusWidget()
    if not parts:
        return False
    at = parts.index(now) if now in parts else -1 if forward else 0
    wanted = parts[(at + (1 if forward else -1)) % len(parts)]
    wanted.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
    _reveal(wanted)
    return True


def _reading_order(parent: QWidget) -> Iterator[QWidget]:
    """What Tab stops at inside a widget: lines from the top, each from the side where reading begins."""
    for child in _in_lines(parent):
        if _stops(child):
            yield child
        if not isinstance(child, QAbstractItemView):
            yield from _reading_order(child)


def _in_lines(parent: QWidget) -> Iterator[QWidget]:
    found = parent.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    shown = sorted((each for each in found if not each.isHidden() and not each.isWindow()), key=QWidget.y)
    mirrored = parent.layoutDirection() == Qt.LayoutDirection.RightToLeft
    while shown:
        first = shown[0]
        line = [each for each in shown if each.geometry().center().y() <= first.geometry().bottom() or each is first]
        line += [each for each in shown if each not in line and _beside(each, line)]
        shown = [each for each in shown if each not in line]
        yield from sorted(line, key=lambda each: (-each.geometry().right() if mirrored else each.x(), each.y()))


def _beside(part: QWidget, line: list[QWidget]) -> bool:
    """Whether a part lies wholly beside a line that is higher than it."""
    box = part.geometry()
    return any(other.y() <= box.top() and box.bottom() <= other.geometry().bottom() for other in line)


def _stops(part: QWidget) -> bool:
    if not part.isEnabled() or part.focusProxy() is not None:
        return False
    hints = QGuiApplication.styleHints()
    if hints.tabFocusBehavior() is Qt.TabFocusBehavior.TabFocusAllControls:
        return bool(part.focusPolicy() & Qt.FocusPolicy.TabFocus)
    # macOS can be set to stop at texts and lists alone.
    return part.focusPolicy() in (Qt.FocusPolicy.StrongFocus, Qt.FocusPolicy.WheelFocus)


def _reveal(part: QWidget) -> None:
    around = part.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(part)
        around = around.parentWidget()
