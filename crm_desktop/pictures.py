"""Takes a picture of a page without a screen.

    python -m crm_desktop.pictures leads leads-dark.png --theme dark --data-dir sample
"""

import argparse
import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="pictures", description="Take a picture of a page.")
    parser.add_argument("page")
    parser.add_argument("out", type=Path)
    parser.add_argument("--theme", choices=("light", "dark"), default="light")
    parser.add_argument("--size", default="1440x900", help="width x height in pixels")
    parser.add_argument("--text-scale", type=int, default=100, help="percent")
    parser.add_argument("--data-dir", type=Path, required=True)
    parser.add_argument("--now", type=datetime.fromisoformat, help="the clock, as ISO text")
    return parser.parse_args(argv)


def main(argv: Sequence[str] | None = None) -> int:
    """Take one picture; answers the exit code."""
    given = _arguments(argv)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    # Qt chooses its platform when it is imported and the application made.
    from crm_desktop.app import build
    from crm_desktop.domain.clock import Clock
    from crm_desktop.gui.shot import Look, shot
    from crm_desktop.paths import DataDir

    width, height = map(int, given.size.split("x"))
    program = build(DataDir(given.data_dir), Clock.fixed(given.now) if given.now else Clock())
    try:
        look = Look(given.theme, (width, height), given.text_scale)
        return 0 if shot(program.window, given.page, given.out, look) else 1
    finally:
        program.close()


if __name__ == "__main__":
    raise SystemExit(main())
