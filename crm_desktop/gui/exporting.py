"""Exports of what a page shows: asks where to, writes away from the window, says what was written."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from crm_desktop.domain.filter import Ordered
from crm_desktop.gui import format
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.file_choice import file_and_pattern, file_to_save
from crm_desktop.gui.language import tr
from crm_desktop.gui.models.cells import DETAILS
from crm_desktop.gui.pages.page import Page
from crm_desktop.services.progress import Progress

if TYPE_CHECKING:
    from crm_desktop.services.exporting import Exported


_TELLING = {"customer": ("type", "company")}
"""By these an import knows again what a row is."""


def export_view(context: AppContext, page: Page, wanted: Ordered, fields: Sequence[str] | None) -> None:
    """Ask for a file and write a list there as it is shown, with these fields or all; all where None is given."""
    export_records(context, page, wanted.kind, lambda: wanted, fields)


def export_records(
    context: AppContext, page: Page, kind: str, wanted: Callable[[], Ordered], fields: Sequence[str] | None
) -> None:
    """The same for records of a kind whose filter takes time to make: it is asked for where the work is done."""
    name = f"{context.services.catalogue.kind(kind).plural}.csv"
    shown, whole = tr("As shown (*.csv)"), tr("All fields, to be imported again (*.csv)")
    patterns = f"{shown};;{whole}" if fields else whole
    out, pattern = file_and_pattern(page, tr("Export"), name, patterns)
    if out is None:
        return
    seen = _as_seen(kind, fields) if fields and pattern != whole else None
    exporting = context.services.exporting

    def write(progress: Progress) -> "Exported":
        return exporting.export(wanted(), seen, out, progress=progress)

    def tell(done: "Exported") -> None:
        _tell(page, context.services.labels.kind(kind, plural=done.rows != 1).lower(), done)

    context.jobs.read(write, tell, partial(_refused, page), page)


def _as_seen(kind: str, fields: Sequence[str]) -> list[str]:
    """These fields, and behind the name what stands under it and what tells what it is."""
    wanted = [_TELLING.get(kind, ()), (DETAILS.get(kind),)]
    more = [name for names in wanted for name in names if name is not None and name not in fields]
    behind = fields.index("name") + 1 if "name" in fields else 0
    return [*fields[:behind], *(more if behind else ()), *fields[behind:]]


def export_everything(context: AppContext, page: Page) -> None:
    """Ask for a file and write every record there, one table for each kind."""
    today = context.clock.today().isoformat()
    out = file_to_save(page, tr("Export everything"), f"crm-{today}.zip", tr("ZIP files (*.zip)"))
    if out is None:
        return
    exporting = context.services.exporting

    def write(progress: Progress) -> "Exported":
        return exporting.export_all(out, progress)

    context.jobs.read(write, partial(_tell, page, tr("records")), partial(_refused, page), page)


def _tell(page: Page, kind: str, done: "Exported") -> None:
    words = tr("%1 %2 exported to %3").replace("%1", format.count_text(done.rows)).replace("%2", kind)
    words = words.replace("%3", Path(done.path).name)
    if done.neutralised:
        note = tr("%Ln texts that a spreadsheet would run as a formula begin with an apostrophe", "", done.neutralised)
        words = f"{words}. {note}"
    page.say(words)


def _refused(page: Page, error: Exception) -> None:
    page.say(str(error), kind="bad")
