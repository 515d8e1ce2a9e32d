"""The settings of the running program: who changes one tells everybody, and it is kept at once."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from crm_desktop import settings
from crm_desktop.settings import Settings


class SettingsStore(QObject):
    """`changed` carries the names of the settings that have another value now."""

    changed = Signal(object)  # frozenset[str]

    def __init__(self, path: Path, current: Settings | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = path
        self.current = current if current is not None else settings.load(path)

    def update(self, **values: Any) -> None:
        """Change and keep settings; `ValueError` names a wrong one and nothing changes."""
        after = replace(self.current, **values)
        changed = frozenset(name for name in values if getattr(after, name) != getattr(self.current, name))
        if not changed:
            return
        settings.save(self._path, after)
        self.current = after
        self.changed.emit(changed)
