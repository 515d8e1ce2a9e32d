"""Loads what charts need while nobody waits for it."""

import threading


def preload() -> None:
    """Load in the background, once the window is idle, so that the first chart comes at once."""
    threading.Thread(target=_load, name="charts", daemon=True).start()


def _load() -> None:
    import crm_desktop.gui.charts.canvas  # noqa: F401
