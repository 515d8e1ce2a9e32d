"""Importing matplotlib takes about a second; done beside the idle window, nobody waits for it."""

import threading


def _load() -> None:
    import matplotlib.backends.backend_qtagg  # noqa: F401


def preload() -> threading.Thread:
    """Import matplotlib in a thread of its own."""
    thread = threading.Thread(target=_load, name="charts", daemon=True)
    thread.start()
    return thread
