"""Rows of a settings form: words at the left, one control at the right, kept as soon as it changes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractSpinBox, QBoxLayout, QComboBox, QDoubleSpinBox, QSpinBox, QVBoxLayout, QWidget

from crm_desktop.gui.settings_store import SettingsStore
from crm_desktop.gui.theme import ThemeManager
from crm_desktop.gui.widgets.segmented import Segmented
from crm_desktop.gui.widgets.switch import Switch
from crm_desktop.gui.widgets.text import inset, label
from crm_desktop.gui.widgets.value_line import LineEdit

_NUMBER = 128  # wide enough for each, so that they stand in a column
SEGMENTS = 3  # so many choices are shown beside each other; more in a list
Change = Callable[[str, Any], None]
"""Told the name of a setting and the value the user gave it."""


@dataclass(frozen=True)
class Setting:
    """One setting: its name in the store, its words, and a sentence about it."""

    name: str
    words: str
    note: str = ""


@dataclass(frozen=True)
class Choice(Setting):
    """One of a few values."""

    options: Sequence[tuple[Any, str]] = ()
    free: bool = False  # other values may be typed


@dataclass(frozen=True)
class Toggle(Setting):
    """On or off."""


@dataclass(frozen=True)
class Number(Setting):
    """A number from `low` to `high`; what is kept is what is shown divided by `scale`."""

    low: float = 0
    high: float = 100
    step: float = 1
    suffix: str = ""
    scale: float = 1
    places: int = 0


@dataclass(frozen=True)
class Line(Setting):
    """A line of text; `read` makes its value, or raises UserError, and `show` the text of one."""

    read: Callable[[str], Any] = str.strip
    show: Callable[[Any], str] = str


def give_air(box: QAbstractSpinBox) -> None:
    """Room before the number: the padding of the style sheet does not reach the field inside."""
    box.lineEdit().setTextMargins(8, 0, 0, 0)


class SettingRow(QWidget):
    """Words, a sentence, and a control."""

    def __init__(self, theme: ThemeManager, words: str, note: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.first = False
        self.words, self.note = words, note
        self.controls: list[QWidget] = []
        self.name_label = label(words, "bodyMedium")
        said = QVBoxLayout()
        said.setSpacing(2)
        said.addWidget(self.name_label)
        if note:
            said.addWidget(label(note, "small", "secondary", wrap=True))
        self.row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self.row.setContentsMargins(0, 10, 0, 10)
        self.row.setSpacing(24)
        self.row.addLayout(said, 1)

    def put(self, control: QWidget) -> None:
        """Place the control and name it as the row."""
        control.setAccessibleName(self.words)
        control.setAccessibleDescription(self.note)
        self.name_label.setBuddy(control)
        self.row.addWidget(control, 0, Qt.AlignmentFlag.AlignVCenter)
        self.controls.append(control)

    def set_narrow(self, narrow: bool) -> None:
        """Controls below the words, where both do not fit beside each other."""
        way = QBoxLayout.Direction
        self.row.setDirection(way.TopToBottom if narrow else way.LeftToRight)
        self.row.setSpacing(6 if narrow else 24)
        across = Qt.AlignmentFlag.AlignLeading if narrow else Qt.AlignmentFlag.AlignTrailing
        for control in self.controls:
            self.row.setAlignment(control, across | Qt.AlignmentFlag.AlignVCenter)

    def matches(self, text: str) -> bool:
        """Whether the row has to do with a searched text."""
        return text.casefold() in f"{self.words} {self.note}".casefold()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.first:
            painter = QPainter(self)
            painter.fillRect(QRectF(0, 0, self.width(), 1), self._theme.current.color("divider"))


class StoredRow(SettingRow):
    """A row whose control shows a setting of the store, also when it is changed elsewhere."""

    def __init__(self, theme: ThemeManager, store: SettingsStore, setting: Setting, parent: QWidget) -> None:
        super().__init__(theme, setting.words, setting.note, parent)
        self.setting = setting
        self._store = store
        self._change: Change = lambda _name, _value: None
        self._show = self._control()
        store.changed.connect(self._follow)
        self._show(getattr(store.current, setting.name))

    def on_change(self, change: Change) -> None:
        """Who keeps the new value."""
        self._change = change

    def _follow(self, names: frozenset[str]) -> None:
        if self.setting.name in names:
            self._show(getattr(self._store.current, self.setting.name))

    def _give(self, value: Any) -> None:
        if value != getattr(self._store.current, self.setting.name):
            self._change(self.setting.name, value)

    def _control(self) -> Callable[[Any], None]:
        """Make the control; answers what shows a value in it."""
        setting = self.setting
        if isinstance(setting, Toggle):
            return self._switch()
        if isinstance(setting, Number):
            return self._spin(setting)
        if isinstance(setting, Line):
            return self._line(setting)
        assert isinstance(setting, Choice)
        few = len(setting.options) <= SEGMENTS and not setting.free
        return self._segments(setting) if few else self._list(setting)

    def _switch(self) -> Callable[[Any], None]:
        switch = Switch(self._theme, self, self.words)
        switch.toggled.connect(self._give)
        self.put(switch)
        return switch.setChecked

    def _segments(self, setting: Choice) -> Callable[[Any], None]:
        parts = [(str(value), words, "") for value, words in setting.options]
        segmented = Segmented(self._theme, self)
        segmented.set_parts(parts, str(getattr(self._store.current, setting.name)))
        segmented.chosen.connect(self._give)
        self.put(segmented)

        def show(value: Any) -> None:
            if segmented.current != str(value):
                segmented.choose(str(value))

        return show

    def _list(self, setting: Choice) -> Callable[[Any], None]:
        box = QComboBox(self)
        box.setEditable(setting.free)
        for value, words in setting.options:
            box.addItem(words, value)
        if setting.free:
            edit = box.lineEdit()
            assert edit is not None
            edit.editingFinished.connect(lambda: self._give(box.currentText().strip().upper()))
        box.activated.connect(lambda index: self._give(box.itemData(index)))
        self.put(box)

        def show(value: Any) -> None:
            at = box.findData(value)
            box.setCurrentIndex(at)
            if at < 0:
                box.setEditText(str(value))

        return show

    def _line(self, setting: Line) -> Callable[[Any], None]:
        edit = LineEdit(self._theme, setting.read, "", self)
        edit.setMinimumWidth(self._theme.current.px(200))

        def give() -> None:
            if edit.accept():
                self._give(edit.value)

        edit.editingFinished.connect(give)
        self.put(edit)
        return lambda value: edit.setText(setting.show(value))

    def _spin(self, setting: Number) -> Callable[[Any], None]:
        box: QSpinBox | QDoubleSpinBox = QDoubleSpinBox(self) if setting.places else QSpinBox(self)
        inset(box)
        if isinstance(box, QDoubleSpinBox):
            box.setDecimals(setting.places)
            box.setRange(setting.low, setting.high)
            box.setSingleStep(setting.step)
        else:
            box.setRange(int(setting.low), int(setting.high))
            box.setSingleStep(int(setting.step))
        box.setSuffix(setting.suffix)
        # A number half typed is no value yet.
        box.setKeyboardTracking(False)
        give_air(box)
        box.setMinimumWidth(self._theme.current.px(_NUMBER))
        whole = setting.places == 0 and setting.scale == 1
        box.valueChanged.connect(lambda value: self._give(int(value) if whole else round(value / setting.scale, 6)))
        self.put(box)

        def show(value: Any) -> None:
            shown = value * setting.scale
            box.setValue(round(shown, setting.places) if isinstance(box, QDoubleSpinBox) else round(shown))

        return show
