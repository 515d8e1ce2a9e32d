"""Pictures of pages, for the manual and to compare with the mock-ups.

    python -m crm_desktop.gui.shot leads leads-dark.png --theme dark --data-dir sample
"""

import argparse
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from crm_desktop.gui.shell.window import MainWindow


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
    # Answers may ask for more, such as charts drawn one per turn; two quiet rounds mean rest.
    for _ in range(2):
        window.context.jobs.wait_idle()
        QCoreApplication.processEvents()
    return window.grab().save(str(out))


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="shot", description="Take a picture of a page.")
    parser.add_argument("page")
    parser.add_argument("out", type=Path)
    parser.add_argument("--theme", choices=("light", "dark"), default="light")
    parser.add_argument("--size", default="1440x900", help="width x height in pixels")
    parser.add_argument("--text-scale", type=int, default=100)
    parser.add_argument("--data-dir", type=Path, required=True)
    parser.add_argument("--now", type=datetime.fromisoformat, help="the clock, as ISO text")
    return parser.parse_args(argv)


def main(argv: Sequence[str] | None = None) -> int:
    """Take one picture, without a screen; answers the exit code."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from crm_desktop.app import build
    from crm_desktop.domain.clock import Clock
    from crm_desktop.paths import DataDir

    given = _arguments(argv)
    width, height = map(int, given.size.split("x"))
    program = build(DataDir(given.data_dir), Clock.fixed(given.now) if given.now else Clock())
    look = Look(given.theme, (width, height), given.text_scale)
    try:
        return 0 if shot(program.window, given.page, given.out, look) else 1
    finally:
        program.close()


if __name__ == "__main__":
    raise SystemExit(main())
