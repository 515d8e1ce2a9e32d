"""Taking an older action back: asks first where later work uses what it made."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtWidgets import QMessageBox

from crm_desktop.domain.change import Change
from crm_desktop.gui.deeds import by_kind, describe
from crm_desktop.gui.language import tr
from crm_desktop.gui.pages.page import Page
from crm_desktop.services.history import Entry, Reverted
from crm_desktop.services.progress import Cancelled, Progress

Told = Callable[[Reverted | Change], object]
"""Hears what was taken back: the last action whole, an older one as far as nobody touched it since."""


def take_back(page: Page, entry: Entry, done: Told, record: int | None = None) -> None:
    """Take an action back; of a merge of many groups only that of one `record` if given."""
    context, history = page.context, page.context.services.history

    def look(_progress: Progress) -> Mapping[str, int]:
        last = history.peek_undo()
        # Of the last action nothing can hang on what it made.
        return {} if last is not None and last.action == entry.action else history.used(entry.action)

    def go() -> None:
        context.jobs.write(work, done, refused, tr("Undoing"))

    def work(progress: Progress) -> Reverted | Change:
        last = history.peek_undo()
        whole = last is not None and last.action == entry.action and record is None
        return history.undo(entry.action, progress) if whole else history.revert(entry.action, record, progress)

    def refused(error: Exception) -> None:
        page.say(str(error), kind="warn" if isinstance(error, Cancelled) else "bad")

    def ask(used: Mapping[str, int]) -> None:
        if used:
            _ask(page, entry, used, go)
        else:
            go()

    context.jobs.read(look, ask, refused, page).title = tr("Undoing")


def _ask(page: Page, entry: Entry, used: Mapping[str, int], go: Callable[[], object]) -> None:
    box = QMessageBox(page.window())
    box.setIcon(QMessageBox.Icon.Warning)
    deed = describe(entry.deed, page.context.services.labels.kind)
    box.setWindowTitle(tr("Undo"))
    box.setText(tr("Undo “%1” although later work uses it?").replace("%1", deed))
    counted = by_kind(used, page.context.services.labels.kind)
    using = tr("These name a record that goes to the bin: %1.").replace("%1", counted)
    rest = tr("Work that concerns nothing else goes along, the rest stays as it is; the bin gives everything back.")
    box.setInformativeText(f"{using} {rest}")
    keep = box.addButton(tr("Leave it"), QMessageBox.ButtonRole.RejectRole)
    anyway = box.addButton(tr("Undo all the same"), QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(keep)
    box.setEscapeButton(keep)
    anyway.clicked.connect(partial(_call, go))
    box.finished.connect(box.deleteLater)
    box.open()


def _call(run: Callable[[], object], _checked: bool = False) -> None:
    run()
