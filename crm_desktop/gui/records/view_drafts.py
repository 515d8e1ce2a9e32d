"""What was changed of views and not saved: never lost, not even with the end of the program."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from crm_desktop.gui.context import AppContext
from crm_desktop.services.views import View

KEPT_AFTER = 120
"""Milliseconds after the last change until it is kept: widths change many times while a border is drawn."""


class ViewDrafts(QObject):
    """The drafts of the views of a kind, by the number of the view; kept in the base a moment after a change."""

    def __init__(self, context: AppContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._kind = ""
        self._held: dict[int, View] = {}
        self._known = False  # whether those in the base are known
        self._unkept = False  # whether some are not in the base yet
        self._on_their_way = 0  # how often they are being written into the base
        self._keeping = QTimer(self, interval=KEPT_AFTER, singleShot=True)
        self._keeping.timeout.connect(self.keep)
        program = QCoreApplication.instance()
        assert program is not None
        program.aboutToQuit.connect(self.keep)

    def begin(self, kind: str) -> None:
        """Go on with those of another kind, which are heard of later."""
        self.keep()
        self._kind, self._held, self._known = kind, {}, False

    def hear(self, found: Mapping[int, View]) -> None:
        """These are in the base; what was changed meanwhile is newer."""
        if self._known and (self._on_their_way or self._unkept):
            return
        fresh = {} if self._known else self._held
        self._held = {**found, **fresh}
        self._known = True
        if self._unkept:
            self._keeping.start()

    def of(self, number: int) -> View | None:
        """The draft of a view."""
        return self._held.get(number)

    def put(self, draft: View) -> None:
        """A view is shown so now."""
        if self._held.get(draft.id) != draft:
            self._held[draft.id] = draft
            self._keep_soon()

    def drop(self, number: int) -> None:
        """A view is shown as it was saved."""
        if self._held.pop(number, None) is not None:
            self._keep_soon()

    def _keep_soon(self) -> None:
        self._unkept = True
        self._keeping.start()

    def keep(self) -> None:
        """Keep them in the base, where they are found after the next start."""
        if not self._unkept or not self._known:
            return
        self._unkept = False
        self._keeping.stop()
        self._on_their_way += 1
        kind, drafts, views = self._kind, list(self._held.values()), self._context.services.views
        self._context.jobs.write(lambda _progress: views.keep_drafts(kind, drafts), self._kept)

    def _kept(self, _none: None) -> None:
        self._on_their_way -= 1
