"""Chooses: without a command the window opens, with one the command line answers."""

import gc
import sys


def main() -> int:
    """Runs the program; answers the exit code."""
    # What a start loads and makes stays: looking it through for garbage took a tenth of the time to the first page.
    gc.disable()
    from crm_desktop.cli import main as run

    return run()


if __name__ == "__main__":
    sys.exit(main())
