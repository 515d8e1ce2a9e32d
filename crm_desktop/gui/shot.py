"""Pictures of pages, for the manual and to compare with the mock-ups."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from crm_desktop.gui.shell.window import MainWindow

_ROUNDS = 8  # after so many quiet ones all is drawn


@dataclass(frozen=True)
class Look:
    """How the picture is taken."""

    theme: str = "light"
    size: tuple[int, int] = (1440, 900)
    text_scale: int = 100


def shot(window: MainWindow, page_id: str, out: Path, look: Look) -> bool:
    """Write a picture of a page once everything it asked for has arrived; False if there is no such page."""
    # The user's own settings stay as they are.
    window.context.theme.apply(look.theme, look.text_scale)
    window.resize(*look.size)
    window.show()
    if not window.open(page_id):
        return False
    window.count_pages()
    # Answers may ask for more, and charts are drawn one in each turn of the event loop.
    for _ in range(_ROUNDS):
        window.context.jobs.wait_idle()
        QCoreApplication.processEvents()
    return window.grab().save(str(out))
