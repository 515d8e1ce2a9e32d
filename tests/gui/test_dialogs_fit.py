"""Every dialog fits into the smallest window with the largest text: what is too much for it scrolls."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QPushButton, QScrollArea, QWidget

from crm_desktop.domain.filter import All, Compare, Days, Exists, Filter, Not, Op, Total, is_
from crm_desktop.domain.periods import Period
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.pages.analytics.period import PeriodDialog
from crm_desktop.gui.pages.leads.asking import PasteDialog
from crm_desktop.gui.pages.leads.convert_dialog import ConvertDialog
from crm_desktop.gui.pages.page import RecordTarget
from crm_desktop.gui.pages.settings.choices_dialog import ChoicesDialog
from crm_desktop.gui.pages.settings.field_dialog import FieldDialog
from crm_desktop.gui.pages.settings.passphrase import PassphraseDialog
from crm_desktop.gui.records.ask_dialog import AskDialog
from crm_desktop.gui.records.filter_editor import FilterEditor
from crm_desktop.gui.records.merge_dialog import MergeDialog
from crm_desktop.gui.records.point_dialog import PointDialog
from crm_desktop.gui.records.record_dialog import RecordDetailsDialog
from crm_desktop.gui.records.refused_cells import RefusedCells, RefusedLine
from crm_desktop.gui.shell.crash import CrashDialog
from crm_desktop.gui.shell.window import MainWindow
from crm_desktop.gui.widgets.content_area import ContentArea
from crm_desktop.gui.widgets.text import label

from .test_everywhere import DIALOGS, opened, window

__all__ = ["window"]
Make = Callable[[AppContext, QWidget], QDialog]
SIGNATURE = (
    "Best regards,\nDr. Anna-Lena Großmann\nHead of Procurement\nHotel Adler Betriebs GmbH & Co. KG\nMarktplatz 12\n"
    "79098 Freiburg im Breisgau\nGermany\n\nTel: +49 761 1234567\nMobil: 0171 / 234 56 78\nFax +49 761 1234599\n"
    "anna-lena.grossmann@hotel-adler.example\ninfo@hotel-adler.example\nwww.hotel-adler.example\n\n"
    "Diese E-Mail kann vertrauliche Informationen enthalten."
)


def _pasted(context: AppContext, parent: QWidget) -> QDialog:
    dialog = PasteDialog(context, parent)
    dialog.text_edit.setPlainText(SIGNATURE)
    dialog.read()
    return dialog


def _refused(context: AppContext, parent: QWidget) -> QDialog:
    lines = [RefusedLine(row, "Hotel Astoria Park", "Expected close", "soon", "Needs a date") for row in range(30)]
    return RefusedCells(context.theme, lines, parent)


def _choices(context: AppContext, parent: QWidget) -> QDialog:
    field = context.services.catalogue.field("lead", "lifecycle")
    return ChoicesDialog(context, field, dict.fromkeys(field.choices, 3), parent)


def _filtered(context: AppContext, parent: QWidget) -> QDialog:
    kept = is_("lifecycle", "sql")
    lately = Exists("activities", Compare("happened_on", Op.AT_LEAST, Days(-60)))
    where = All((kept, Not(Compare("note", Op.CONTAINS, "long")), lately, Total("tasks", Op.MORE, 2)))
    return FilterEditor(context, "lead", where, parent)


MADE: dict[str, Make] = {
    "filter": _filtered,
    "paste": _pasted,
    "refused": _refused,
    "choices": _choices,
    "convert": lambda context, parent: ConvertDialog(context, parent, lambda: _leads(context, 1)),
    "convert many": lambda context, parent: ConvertDialog(context, parent, lambda: _leads(context, 30)),
    "merge": lambda context, parent: MergeDialog(context, parent, "lead", 3, partial(_leads, context, 3)),
    "address": lambda context, parent: PointDialog(context, "address", None, _nothing, parent),
    "field": lambda context, parent: FieldDialog(context, "lead", parent),
    "entry": lambda context, parent: RecordDetailsDialog(context, RecordTarget("activity", 1), parent),
    "passphrase": lambda context, parent: PassphraseDialog(context.theme, True, _nothing, parent),
    "crash": lambda context, parent: CrashDialog(context.theme, "Traceback\n" * 80, parent),
    "period": lambda context, parent: PeriodDialog(context, Period(date(2026, 1, 1), date(2026, 12, 31)), parent),
}
"""Dialogs that no command of a page opens as it stands."""


def _leads(context: AppContext, count: int) -> list[int]:
    """As many leads of the sample."""
    return list(context.services.lists.ids(Filter("lead")))[:count]


def _nothing(*_of: Any) -> None:
    """Nobody listens."""


def outside(dialog: QDialog) -> list[str]:
    """Buttons and boxes that cannot be reached: they stick out of the dialog, or sideways out of what scrolls."""
    found = []
    parts: list[QWidget] = [*dialog.findChildren(QPushButton), *dialog.findChildren(QComboBox)]
    for part in parts:
        if not part.isVisible() or not part.width():
            continue
        around = part.parentWidget()
        while around is not None and around is not dialog and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        assert around is not None
        place, inside = QRect(part.mapTo(around, QPoint(0, 0)), part.size()), around.rect()
        cut = place.bottom() > inside.bottom() if around is dialog else False
        if place.left() < 0 or place.right() > inside.right() or cut:
            found.append(f"{part.accessibleName()} {part.objectName()} {place} of {inside}")
    return found


def check(dialog: QDialog, window: MainWindow) -> None:
    for _ in range(4):
        QApplication.processEvents()
    dialog.grab()
    assert dialog.width() <= window.width() and dialog.height() <= window.height(), dialog.size()
    assert outside(dialog) == []


def test_a_dialog_that_grows_with_its_content_does_not_scroll(window: MainWindow) -> None:
    dialog = AskDialog(window.context, window)
    texts = [label(role="small", wrap=True) for _ in range(6)]
    for text in texts:
        dialog.content.addWidget(text)
    dialog.open()
    for words in ("a few words", " ".join(["rather more words than there were"] * 3)):
        for text in texts:
            text.setText(words)
        for _ in range(4):
            QApplication.processEvents()
    [area] = dialog.findChildren(ContentArea)
    assert not area.verticalScrollBar().isVisible()


def test_a_dialog_that_grows_stays_in_the_window(window: MainWindow) -> None:
    window.resize(1024, 680)
    dialog = PasteDialog(window.context, window)
    dialog.text_edit.clear()
    dialog.open()
    dialog.text_edit.setPlainText("\n".join(f"{number}. {SIGNATURE}" for number in range(4)))
    dialog.read()
    for _ in range(4):
        QApplication.processEvents()
    assert window.frameGeometry().contains(dialog.frameGeometry())
    dialog.reject()


@pytest.fixture
def small(window: MainWindow) -> Iterator[MainWindow]:
    """The smallest window with the largest text."""
    window.context.theme.apply("dark", 160)
    window.resize(1024, 680)
    yield window
    window.context.theme.apply("light", 100)


@pytest.mark.parametrize("name", MADE)
def test_every_dialog_fits(name: str, small: MainWindow) -> None:
    opened(small, "leads")
    dialog = MADE[name](small.context, small)
    dialog.open()
    check(dialog, small)
    dialog.reject()


@pytest.mark.parametrize("command", DIALOGS)
def test_every_dialog_of_a_command_fits(command: str, small: MainWindow) -> None:
    page: Any = opened(small, DIALOGS[command])
    if DIALOGS[command] == "pipeline":
        page.board.choose(page.model.stages[0].ids[0])
    small.context.actions.refresh()
    assert small.context.actions.trigger(command)
    dialogs = [found for found in small.findChildren(QDialog) if found.isVisible()]
    assert dialogs
    for dialog in dialogs:
        check(dialog, small)
        dialog.reject()
