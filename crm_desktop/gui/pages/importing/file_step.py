"""Step 1: the file, how it is written, and what its rows are."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFormLayout, QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.gui.context import AppContext
from crm_desktop.gui.pages.importing import words
from crm_desktop.gui.pages.importing.draft import Import
from crm_desktop.gui.pages.importing.text_table import TextTable
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.gui.widgets.card import Card
from crm_desktop.gui.widgets.content_area import ContentArea
from crm_desktop.gui.widgets.switch import Switch
from crm_desktop.gui.widgets.text import ElidedLabel, label
from crm_desktop.gui.widgets.tile import Tile
from crm_desktop.services.importing import DELIMITERS, Inspection

_SIDE = 340


class FileStep(QWidget):
    """What was found at the left, as it stands in the file; what can be said otherwise at the right."""

    def __init__(self, context: AppContext, task: Import, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._task = task
        theme = context.theme
        self.kind_box, self.encoding_box, self.separator_box, self.decimal_box = (QComboBox(self) for _ in range(4))
        self.header_switch = Switch(theme, self, self.tr("The first row names the columns"))
        self.name = ElidedLabel(theme, self)
        self.name.setProperty("role", "cardTitle")
        self.facts = label(role="small", tone="secondary", wrap=True)
        self.table = TextTable(theme, self.tr("First rows of the file"), self)
        self.other_button = Button(theme, self, self.tr("Choose another file"), "folder-open")
        self._arrange()
        self._fill()
        self.kind_box.activated.connect(lambda _: task.look(kind=self.kind_box.currentData()))
        self.encoding_box.activated.connect(lambda _: self._write(encoding=self.encoding_box.currentData(), bom=False))
        self.separator_box.activated.connect(lambda _: self._write(delimiter=self.separator_box.currentData()))
        self.decimal_box.activated.connect(lambda _: task.set_decimal(self.decimal_box.currentData()))
        self.header_switch.clicked.connect(lambda on: self._write(header=on))
        task.looked.connect(self.renew)

    def _arrange(self) -> None:
        theme = self._context.theme
        tile = Tile(theme, self)
        tile.set("file-spreadsheet", "accent", 44)
        lines = QVBoxLayout()
        lines.setSpacing(2)
        lines.addWidget(self.name)
        lines.addWidget(self.facts)
        head = QHBoxLayout()
        head.setSpacing(14)
        head.addWidget(tile)
        head.addLayout(lines, 1)
        rows = Card(theme, self)
        rows.body.addLayout(head)
        rows.body.addWidget(self.table, 1)
        side = Card(theme, self, self.tr("How it is written"))
        form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 4)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.setVerticalSpacing(6)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for title, box in (
            (self.tr("Each row is"), self.kind_box), (self.tr("Encoding"), self.encoding_box),
            (self.tr("Separator"), self.separator_box), (self.tr("Decimals after"), self.decimal_box),
        ):  # fmt: skip
            box.setAccessibleName(title)
            form.addRow(label(title, "small", "secondary"), box)
        line = QHBoxLayout()
        line.addWidget(label(self.tr("The first row names the columns"), wrap=True), 1)
        line.addWidget(self.header_switch)
        side.body.addLayout(form)
        side.body.addLayout(line)
        side.body.addSpacing(8)
        side.body.addWidget(self.other_button)
        self._side = ContentArea(self)
        self._side.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._side.content.addWidget(side)
        self._side.content.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 16, 20, 16)
        row.setSpacing(16)
        row.addWidget(rows, 1)
        row.addWidget(self._side)
        theme.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self._side.setFixedWidth(min(_SIDE, self._context.theme.current.px(240)))

    def _fill(self) -> None:
        services = self._context.services
        for kind in services.importing.kinds():
            self.kind_box.addItem(services.labels.kind(kind, plural=True), kind)
        self.kind_box.setPlaceholderText(self.tr("Choose"))
        for name, text in words.ENCODINGS:
            self.encoding_box.addItem(text, name)
        for sign in DELIMITERS:
            self.separator_box.addItem(words.separator(sign), sign)
        self.decimal_box.addItem(self.tr("Point: 1,234.50"), ".")
        self.decimal_box.addItem(self.tr("Comma: 1.234,50"), ",")

    def renew(self) -> None:
        """Show what was found."""
        assert self._task.path is not None and self._task.looked_at is not None
        inspection, draft = self._task.looked_at.inspection, self._task.draft
        self.name.setText(self._task.path.name)
        self.facts.setText(self._told(inspection))
        columns = [column.name for column in inspection.columns]
        self.table.texts.show(columns, [cells for _, cells in inspection.samples])
        _choose(self.kind_box, draft.kind, self._context.services.labels.kind(draft.kind, plural=True))
        if draft.doubt:
            self.kind_box.setCurrentIndex(-1)
        _choose(self.encoding_box, inspection.dialect.encoding, words.encoding(inspection.dialect.encoding))
        _choose(self.separator_box, inspection.dialect.delimiter, words.separator(inspection.dialect.delimiter))
        found = next((column.decimal for column in inspection.columns if column.decimal), ".")
        _choose(self.decimal_box, draft.options.decimal or found, "")
        self.header_switch.setChecked(inspection.dialect.header)

    def _told(self, inspection: Inspection) -> str:
        rows = self.tr("%Ln rows", "", inspection.rows)
        columns = self.tr("%Ln columns", "", len(inspection.columns))
        parts = [rows, columns]
        mended = inspection.counts["repaired"]
        if mended:
            parts.append(self.tr("%Ln faults mended", "", mended))
        return " · ".join(parts) if inspection.rows else self.tr("No rows below the names of the columns")

    def _write(self, **values: object) -> None:
        assert self._task.looked_at is not None
        dialect = replace(self._task.looked_at.inspection.dialect, **values)  # type: ignore[arg-type]
        self._task.look(dialect=dialect)

    def sub_line(self) -> str:
        """The file in one line, for the head of the page."""
        assert self._task.path is not None and self._task.looked_at is not None
        inspection = self._task.looked_at.inspection
        rows = self.tr("%Ln rows", "", inspection.rows)
        dialect = inspection.dialect
        separator = words.separator(dialect.delimiter).lower()
        parts = [self._task.path.name, rows, words.encoding(dialect.encoding), separator]
        if self._task.imported is None:
            parts.append(self.tr("nothing is saved until the last step"))
        return " · ".join(parts)


def _choose(box: QComboBox, value: str, text: str) -> None:
    """Choose what was found; what is not among the usual ones is added."""
    at = box.findText(text) if text and box.findData(value) < 0 else box.findData(value)
    if at < 0:
        box.addItem(text, value)
        at = box.count() - 1
    box.setCurrentIndex(at)
