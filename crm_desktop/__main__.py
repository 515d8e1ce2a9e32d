"""Chooses: without a command the window opens, with one the command line answers."""

import sys

from crm_desktop.cli import main

if __name__ == "__main__":
    sys.exit(main())
