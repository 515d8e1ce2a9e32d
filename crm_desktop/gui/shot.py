"""Pictures of pages, for the manual and to compare with the mock-ups."""

import time
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QCoreApplication, QIODevice

from crm_desktop.errors import explaining
from crm_desktop.gui.jobs import Runner
from crm_desktop.gui.pages.page import RecordTarget
from crm_desktop.gui.records.places import WHOLE
from crm_desktop.gui.shell.window import MainWindow

PALETTE = "palette"  # asked for like a page: it is shown over the first one
EXAMPLE = "Hotel Astoria Park"
_QUIET = 0.3  # seconds without work after which all is drawn: panels and charts begin after a short pause
_WORK = 0.01  # seconds of a turn in which something was done


@dataclass(frozen=True)
class Look:
    """How the picture is taken."""

    theme: str = "light"
    size: tuple[int, int] = (1440, 900)
    text_scale: int = 100


def shot(window: MainWindow, page_id: str, out: Path, look: Look) -> bool:
    """Write a picture of a page once all it asked for has arrived; False if there is no such page.

    Raises EnvironmentProblem where the picture cannot be written.
    """
    # The user's own settings stay as they are.
    window.context.theme.apply(look.theme, look.text_scale)
    window.resize(*look.size)
    window.show()
    if not window.open(next(iter(window.pages.specs)) if page_id == PALETTE else page_id, _example(window, page_id)):
        return False
    if page_id == PALETTE:
        window.palette_box.open()
    window.count_pages()
    _settle(window.context.jobs)
    with explaining(out):
        out.write_bytes(_png(window))
    return True


def _example(window: MainWindow, page_id: str) -> RecordTarget | None:
    """The record of the sample data that the page of a customer shows; it finds one itself where this is not there."""
    if page_id != WHOLE["company"]:
        return None
    found = window.context.services.lists.search(EXAMPLE, ["company"], 1)
    return RecordTarget("company", found[0].id) if found else None


def _png(window: MainWindow) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    window.grab().save(buffer, "PNG")
    return bytes(buffer.data().data())


def _settle(jobs: Runner) -> None:
    quiet_since = time.monotonic()
    while time.monotonic() - quiet_since < _QUIET:
        if jobs.busy:
            jobs.wait_idle()
            quiet_since = time.monotonic()
        begun = time.monotonic()
        QCoreApplication.processEvents()
        if time.monotonic() - begun > _WORK:
            quiet_since = time.monotonic()  # what was drawn now may be followed by more
        time.sleep(0.005)
