"""What a file does not tell by itself: two readings, the proof for one of them, and the answer."""

import re
from datetime import date

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QWidget

from crm_desktop.gui import format, icons
from crm_desktop.gui.pages.importing.draft import Import
from crm_desktop.gui.pages.importing.option_row import OptionRow
from crm_desktop.gui.theme import ThemeManager
from crm_desktop.gui.widgets.card import Card
from crm_desktop.gui.widgets.text import label
from crm_desktop.services.importing import ColumnMatch, Order

_DATE = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})")


class QuestionCard(Card):
    """Asks about the current column, if there is anything to ask."""

    def __init__(self, theme: ThemeManager, task: Import, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent, tone="warn")
        self._theme = theme
        self._task = task
        self._kind = ""
        self._icon = QLabel(self)
        self._title = label(role="bodyStrong", wrap=True)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._icon)
        head.addWidget(self._title, 1)
        self.body.addLayout(head)
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self._answer)
        self.options = (OptionRow(theme, self), OptionRow(theme, self))
        for index, row in enumerate(self.options):
            self._group.addButton(row, index)
            self.body.addWidget(row)
        self.proof = label(role="small", tone="secondary", wrap=True)
        self.body.addWidget(self.proof)
        theme.changed.connect(self._restyle)
        self._restyle()
        self.hide()

    def ask(self, column: ColumnMatch | None) -> None:
        """Ask about a column; hide where nothing could be read in two ways."""
        self._kind = self._task.asked(column) if column is not None else ""
        self.setVisible(bool(self._kind))
        if column is None or not self._kind:
            return
        sample = self._sample(column)
        self._title.setText(self.tr("How is %1 written?").replace("%1", sample))
        self.setAccessibleName(self._title.text())
        self._column = column
        options = self._choices(sample)
        for row, (text, detail) in zip(self.options, options, strict=True):
            row.set_words(text, detail)
        self.options[self._held(column)].setChecked(True)
        self.proof.setText(self._evidence(column))

    def _choices(self, sample: str) -> list[tuple[str, str]]:
        if self._kind == "date":
            return self._date_options(sample)
        return self._number_options() if self._kind == "decimal" else self._scale_options(sample)

    def _scale_options(self, sample: str) -> list[tuple[str, str]]:
        top = self._column.top or 100
        words = self.tr("%1 of %2 is %3").replace("%1", sample).replace("%2", str(top))
        spread = str(round(int(sample) * 100 / top)) if sample.isdecimal() else "100"
        kept = self.tr("%1 is %1 of 100").replace("%1", sample)
        title = self.tr("A scale to %1").replace("%1", str(top))
        return [(title, words.replace("%3", spread)), (self.tr("Points of 100"), kept)]

    def _sample(self, column: ColumnMatch) -> str:
        guess = column.guess
        found = guess.samples or column.samples
        if self._kind == "date":
            return found[0].partition(" ")[0] if found else ""
        return next((text for text in found if "." in text or "," in text), found[0] if found else "")

    def _date_options(self, sample: str) -> list[tuple[str, str]]:
        day, month = _read(sample, day_first=True), _read(sample, day_first=False)
        words = self.tr("%1 is %2").replace("%1", sample)
        never = self.tr("%1 is no date then").replace("%1", sample)
        return [
            (self.tr("Day first"), words.replace("%2", format.full_day(day)) if day else never),
            (self.tr("Month first"), words.replace("%2", format.full_day(month)) if month else never),
        ]

    def _number_options(self) -> list[tuple[str, str]]:
        return [(self.tr("Point before decimals"), "1,234.50"), (self.tr("Comma before decimals"), "1.234,50")]

    def _held(self, column: ColumnMatch) -> int:
        """Which answer holds: 0 or 1."""
        options, guess = self._task.draft.options, column.guess
        if self._kind == "date":
            return int((options.date_order or guess.order or self._task.usual_order) is Order.MDY)
        if self._kind == "scale":
            return int(options.scales.get(column.column, 100) == 100)
        return int((options.decimal or guess.decimal or ".") == ",")

    def _evidence(self, column: ColumnMatch) -> str:
        guess = column.guess
        if self._kind == "scale":
            return self.tr("No value is above %1.").replace("%1", str(column.top))
        if guess.evidence is None:
            both = self._date_options("") if self._kind == "date" else self._number_options()
            first = both[self._held(column)][0]
            words = self.tr("No value proves it. “%1” is taken unless you say otherwise.")
            return words.replace("%1", first)
        row, value = guess.evidence
        fits = self._date_options("")[guess.order is Order.MDY][0] if self._kind == "date" else (
            self._number_options()[guess.decimal == ","][0]
        )  # fmt: skip
        words = self.tr("Row %1 has %2, so %3 fits all %4 rows.")
        words = words.replace("%1", format.count_text(row)).replace("%2", value.partition(" ")[0])
        return words.replace("%3", fits.lower()).replace("%4", format.count_text(self._task.rows))

    def _answer(self, index: int) -> None:
        if self._kind == "date":
            self._task.set_order((Order.DMY, Order.MDY)[index])
        elif self._kind == "scale":
            self._task.set_scale(self._column.column, (self._column.top or 100, 100)[index])
        else:
            self._task.set_decimal(".,"[index])

    def _restyle(self) -> None:
        theme = self._theme.current
        ratio = self.devicePixelRatioF()
        self._icon.setPixmap(icons.pixmap("circle-question-mark", theme.color("warn"), theme.px(16), ratio))


def _read(text: str, *, day_first: bool) -> date | None:
    match = _DATE.match(text)
    if match is None:
        return None
    one, two, year = int(match[1]), int(match[2]), int(match[3])
    day, month = (one, two) if day_first else (two, one)
    try:
        return date(year if year > 99 else 2000 + year, month, day)
    except ValueError:
        return None
