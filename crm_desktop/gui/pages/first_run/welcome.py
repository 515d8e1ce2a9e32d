"""What the first page shows: the panel at the side, three ways to start, and a few settings."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QGridLayout, QLabel, QLineEdit, QScrollArea, QWidget

from crm_desktop.gui.forms import Form
from crm_desktop.gui.pages.first_run.choice_card import ChoiceCard
from crm_desktop.gui.shell.brand import Brand
from crm_desktop.gui.theme import ThemeManager
from crm_desktop.gui.widgets.text import ElidedLabel
from crm_desktop.gui.widgets.tile import Tile

_BRAND = 44
_SIDE = 0.362  # share of the width
_CONTENT = 760
_NARROW = 960
_FIELDS = (136, 116, 116, 150)  # least widths of the first row of settings
_ROOM = 600  # height below which the air above the content is given up


class Welcome(Form, QWidget):
    """The form `first_run`."""

    ui = "first_run"
    welcome_side: QWidget
    content: QWidget
    welcome_brand: Brand
    page_layout: QBoxLayout
    side_layout: QBoxLayout
    main_layout: QBoxLayout
    network_tile: Tile
    file_title: QLabel
    file_line: ElidedLabel
    scroller: QScrollArea
    bring_card: ChoiceCard
    sample_card: ChoiceCard
    empty_card: ChoiceCard
    setup_grid: QGridLayout
    language_box: QComboBox
    currency_box: QComboBox
    week_box: QComboBox
    appearance_box: QComboBox
    name_edit: QLineEdit
    quota_edit: QLineEdit

    def __init__(self, theme: ThemeManager, base: Path, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.file_line.setText(_in_words(base))
        for box in (self.language_box, self.currency_box, self.week_box, self.appearance_box):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.name_edit.setPlaceholderText(self.tr("For example Maya Lindqvist"))
        theme.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        """Give the panel its share, the content its width, and what is left as air; stack them where room is short."""
        theme = self.theme.current
        self.welcome_brand.setFixedSize(theme.px(_BRAND), theme.px(_BRAND))
        stacked = self.width() < theme.px(_NARROW)
        way = QBoxLayout.Direction.BottomToTop if stacked else QBoxLayout.Direction.LeftToRight
        self.page_layout.setDirection(way)
        side = round(self.width() * (1 if stacked else _SIDE))
        self.welcome_side.setMinimumWidth(0 if stacked else side)
        self.welcome_side.setMaximumWidth(side)
        left = max(24, min(72, side // 7))
        top = max(24, min(150, (self.height() - theme.px(_ROOM)) // 2))
        self.side_layout.setContentsMargins(left, top, 24, 24)
        room = self.width() if stacked else self.width() - side
        outer = 24 if stacked else max(24, min(80, room // 20 * 2 - 10))
        far = max(outer, room - outer - theme.px(_CONTENT))
        self.main_layout.setContentsMargins(outer, top + 2, far, max(24, min(56, top // 2)))
        for column in range(4):
            self.setup_grid.setColumnStretch(column, 1)
            self.setup_grid.setColumnMinimumWidth(column, theme.px(_FIELDS[column]))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


def _in_words(path: Path) -> str:
    """The last folders of a path, as people read them."""
    return " › ".join(path.parts[-3:])
