"""Telling screen readers what happened."""

from PySide6 import QtGui
from PySide6.QtWidgets import QWidget


def announce(widget: QWidget, text: str) -> None:
    """Let a screen reader say `text`, where one is listening and Qt knows announcements."""
    # Looked up only here: Qt takes a while to make its many codes of roles and events known.
    from PySide6.QtGui import QAccessible

    event = getattr(QtGui, "QAccessibleAnnouncementEvent", None)
    if event is not None and QAccessible.isActive():
        QAccessible.updateAccessibility(event(widget, text))
