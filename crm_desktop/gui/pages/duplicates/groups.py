"""The groups of records that may be one, as painted lines: who, why, how sure."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from crm_desktop.domain.duplicates import Group
from crm_desktop.gui import paint
from crm_desktop.gui.delegates.line_delegate import Index, LineDelegate
from crm_desktop.gui.language import tr
from crm_desktop.gui.records.likeness_words import reasons_words
from crm_desktop.services import Services

ROW = Qt.ItemDataRole.UserRole + 1
SURE, LIKELY = 80, 60
_NOBODY = QModelIndex()


class GroupLine(NamedTuple):
    """A group, and the words for it."""

    group: Group
    names: str
    reasons: str


class GroupsModel(QAbstractListModel):
    """The lines in order."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.lines: list[GroupLine] = []

    def show_lines(self, lines: Sequence[GroupLine]) -> None:
        """Show these."""
        self.beginResetModel()
        self.lines = list(lines)
        self.endResetModel()

    def rowCount(self, parent: Index = _NOBODY) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.lines[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return line.names
            case Qt.ItemDataRole.ToolTipRole:
                return f"{line.names}\n{line.reasons}"
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{line.names}, {line.group.confidence} %, {line.reasons}"
            case _ if role == ROW:
                return line
        return None


class GroupsDelegate(LineDelegate):
    """Names over reasons, the confidence at the end."""

    def draw(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, line = self._theme.current, index.data(ROW)
        px, across, place = theme.px, option.rect.width(), partial(self.place, option)
        words = f"{line.group.confidence} %"
        width = paint.pill_width(words, theme)
        room = across - 2 * px(16) - width - px(10)
        sure = line.group.confidence
        tone = "ok" if sure >= SURE else "warn" if sure >= LIKELY else "neutral"
        paint.pill(painter, place(across - px(16) - width, px(16), width, px(20)), words, theme, tone)
        names, reasons = place(px(16), px(8), room, px(18)), place(px(16), px(27), room, px(17))
        paint.text(painter, names, line.names, theme.font("bodyStrong"), theme.color("text"))
        paint.text(painter, reasons, line.reasons, theme.font("small"), theme.color("textSecondary"))


def _counted(count: int, reasons: str) -> str:
    """The reasons; of more than two records it is told how many they are."""
    if count < 3:
        return reasons
    words = tr("%Ln records: %1", "", count)
    return words.replace("%1", reasons)


def lines_of(services: Services, kind: str, groups: Sequence[Group], names: Mapping[int, str]) -> list[GroupLine]:
    """The lines of groups, with the names of their records."""
    return [
        GroupLine(
            group,
            " · ".join(dict.fromkeys(names.get(number) or str(number) for number in group.ids)),
            _counted(len(group.ids), reasons_words(services, kind, group.reasons)),
        )
        for group in groups
    ]
