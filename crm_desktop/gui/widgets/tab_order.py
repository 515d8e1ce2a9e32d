"""Tab goes through a window as one reads it, whenever its parts were made: panels make many of theirs anew."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QAbstractSpinBox, QComboBox, QScrollArea, QWidget

_WHOLE = (QAbstractItemView, QAbstractSpinBox, QComboBox)
"""Parts that hand the focus on inside themselves. (Asking each for its focus proxy would let PySide delete that.)"""

_TOUCHING = 3  # pixels by which parts may overlap that stand beside each other


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
    reveal(wanted)
    return True


def _reading_order(parent: QWidget) -> Iterator[QWidget]:
    """What Tab stops at inside a widget: line by line, and inside a line column by column."""
    found = parent.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    for child in _ordered([each for each in found if not each.isHidden() and not each.isWindow()]):
        if _stops(child):
            yield child
        if not isinstance(child, _WHOLE):
            yield from _reading_order(child)


def _ordered(parts: list[QWidget]) -> Iterator[QWidget]:
    """Cut where nothing is in the way: across as often as that goes, else down, and so on in what is left."""
    for spans in (_upright, _sideways):
        pieces = _cut(parts, spans)
        if len(pieces) > 1:
            for piece in pieces:
                yield from _ordered(piece)
            return
    yield from sorted(parts, key=lambda part: (_upright(part), _sideways(part)))


def _cut(parts: list[QWidget], spans: Callable[[QWidget], tuple[int, int]]) -> list[list[QWidget]]:
    pieces: list[list[QWidget]] = []
    end = 0
    for part in sorted(parts, key=spans):
        first, last = spans(part)
        if not pieces or first > end - _TOUCHING:
            pieces.append([])
        pieces[-1].append(part)
        end = max(end, last) if len(pieces[-1]) > 1 else last
    return pieces


def _upright(part: QWidget) -> tuple[int, int]:
    return part.y(), part.y() + part.height()


def _sideways(part: QWidget) -> tuple[int, int]:
    """From where reading begins."""
    left, right = part.x(), part.x() + part.width()
    above = part.parentWidget()
    mirrored = above is not None and above.layoutDirection() == Qt.LayoutDirection.RightToLeft
    return (-right, -left) if mirrored else (left, right)


def _stops(part: QWidget) -> bool:
    if not part.isEnabled():
        return False
    hints = QGuiApplication.styleHints()
    if hints.tabFocusBehavior() is Qt.TabFocusBehavior.TabFocusAllControls:
        return bool(part.focusPolicy() & Qt.FocusPolicy.TabFocus)
    # macOS can be set to stop at texts and lists alone.
    return part.focusPolicy() in (Qt.FocusPolicy.StrongFocus, Qt.FocusPolicy.WheelFocus)


def reveal(part: QWidget) -> None:
    """Scroll whatever it lies in so far that it is seen."""
    around = part.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea):
            scroll_to(around, part)
        around = around.parentWidget()


def scroll_to(area: QScrollArea, part: QWidget, beside: int = 50, above: int = 50) -> None:
    """`QScrollArea.ensureWidgetVisible`, which takes a mirrored area for one that is not."""
    bar, view = area.horizontalScrollBar(), area.viewport()
    before = bar.value()
    area.ensureWidgetVisible(part, beside, above)
    if area.layoutDirection() == Qt.LayoutDirection.RightToLeft:
        bar.setValue(before)
        left = part.mapTo(view, QPoint()).x()
        over = left + part.width() + beside - view.width()
        bar.setValue(before - (over if over > 0 else min(left - beside, 0)))
