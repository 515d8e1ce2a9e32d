"""The records that the palette finds, and those that were opened last."""

import re
from functools import partial

from PySide6.QtCore import QObject

from crm_desktop.domain.change import Change
from crm_desktop.gui.pages.page import RecordTarget
from crm_desktop.gui.records.places import LISTS, place_of
from crm_desktop.gui.shell.palette import PaletteItem, match_score
from crm_desktop.gui.shell.window import MainWindow
from crm_desktop.services.lists import Hit

KEPT = 8
_FOUND = 30

# What is found by its name, with its icon.
_ICONS = {"lead": "user-plus", "company": "building-2", "person": "user", "deal": "square-kanban"}
# What is found by its words and shown with the record that it is about.
_ABOUT = {
    "activity": "notebook-pen", "task": "list-checks", "purchase": "receipt", "occasion": "gift", "employment": "users",
    "relation": "users",
}  # fmt: skip
_PEOPLE = ("person", "company", "lead")


class FoundRecords(QObject):
    """Looks records up by their words; without words it gives those that were opened last, the newest first."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._services = window.context.services
        self._store = window.context.settings_store
        self._recent = [
            RecordTarget(kind, int(number)) for kind, number in re.findall(r"(\w+):(\d+)", self._store.current.recent)
        ]
        self._total: int | None = None
        self._heading = self.tr("Opened last")
        window.context.changes.changed.connect(self._forget_total)

    def remember(self, target: RecordTarget) -> None:
        """Note that a record was opened."""
        if target.kind in _ICONS:
            self._recent = [target, *(known for known in self._recent if known != target)][:KEPT]
            self._store.update(recent=" ".join(f"{known.kind}:{known.id}" for known in self._recent))

    def find(self, text: str, prefix: str) -> list[PaletteItem]:
        """Records that fit, the best first: by their name, then by how lately they were opened."""
        kinds = [kind for kind in (_PEOPLE if prefix == "@" else _ICONS) if self._shown(kind)]
        about = [] if prefix else list(_ABOUT)
        self._count()
        recent = list(self._recent)
        if not text:
            hits = [hit for target in recent if target.kind in kinds for hit in self._hits(target)]
            return [self._item(hit, self._heading) for hit in hits]
        hits = self._services.lists.search(text, [*kinds, *about], _FOUND)
        ages = {target: age for age, target in enumerate(recent)}
        hits.sort(key=lambda hit: (-match_score(hit.title, text), ages.get(RecordTarget(hit.kind, hit.id), KEPT)))
        items = []
        for hit, whose in zip(hits, self._services.lists.concerned(hits), strict=True):
            shown = hit if hit.kind in _ICONS else whose
            if shown is not None and self._shown(shown.kind):
                items.append(self._item(hit, self._services.labels.kind(hit.kind, plural=True), shown))
        return items

    def total(self) -> int:
        """How many records are looked through."""
        return self._total or 0

    def _hits(self, target: RecordTarget) -> list[Hit]:
        return self._services.lists.hits(target.kind, [target.id])

    def _shown(self, kind: str) -> bool:
        return kind in _ICONS and LISTS[kind] in self._window.pages.specs

    def _item(self, hit: Hit, group: str, shown: Hit | None = None) -> PaletteItem:
        """A line for a record; what is about another one opens that."""
        whose = shown or hit
        page, icon = LISTS[whose.kind], _ABOUT.get(hit.kind, _ICONS[whose.kind])
        detail = hit.detail if whose is hit else whose.title
        target = RecordTarget(whose.kind, whose.id)

        def opened() -> None:
            self.remember(target)
            whole = place_of(target)
            self._window.open(whole if whole in self._window.pages.specs else page, target)

        title = self._services.labels.title(hit.kind, hit.title)
        return PaletteItem(title, opened, icon, group, detail, peek=partial(self._window.open, page, target))

    def _count(self) -> None:
        if self._total is None:
            counts = self._services.base.counts()
            self._total = sum(counts.get(kind, 0) for kind in (*_ICONS, *_ABOUT))

    def _forget_total(self, _change: Change) -> None:
        self._total = None
