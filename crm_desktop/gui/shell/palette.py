"""What the command palette can find: sources, matching, order. The view lies in palette_box.py."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QT_TR_NOOP

from crm_desktop.domain.folding import fold
from crm_desktop.gui.actions import ActionRegistry, Registered, Scope
from crm_desktop.gui.format import count_text
from crm_desktop.gui.language import tr

PREFIXES = ">?@"
PER_GROUP = 3


@dataclass(frozen=True)
class PaletteItem:
    """One thing to choose. `peek` is what Ctrl+Enter does, where it can do something else."""

    title: str
    run: Callable[[], object]
    icon: str = "arrow-right"
    group: str = ""
    detail: str = ""
    key: str = ""
    peek: Callable[[], object] | None = None
    heading: bool = False
    more: bool = False  # opens the rest of its group


class PaletteSource(Protocol):
    """Where items come from. `prefixes` are those it answers to beside none at all.

    A background source looks things up in a reader thread and must not touch Qt.
    """

    prefixes: str
    background: bool

    def search(self, text: str, prefix: str) -> list[PaletteItem]:
        """What fits the text (without prefix), best first; for an empty text what is wanted most often."""
        ...

    def note(self, found: int) -> str:
        """How much was looked through, for the foot."""
        ...


def split_prefix(typed: str) -> tuple[str, str]:
    """The prefix and the words of what was typed."""
    typed = typed.lstrip()
    return (typed[0], typed[1:].strip()) if typed[:1] and typed[0] in PREFIXES else ("", typed.strip())


def match_score(title: str, text: str) -> int:
    """How well a title fits, whatever its accents: 3 starts with it, 2 words start words, 1 letters in order, or 0."""
    low, words = fold(title), fold(text).split()
    if not words or low.startswith(" ".join(words)):
        return 3
    starts = low.replace("-", " ").replace("&", " ").split()
    if all(any(start.startswith(word) for start in starts) for word in words):
        return 2
    letters = iter(low)
    return int(all(letter in letters for letter in "".join(words)))


def matched(title: str, text: str) -> list[tuple[int, int]]:
    """Places (start, length) of the typed words in a title, in order and without overlap."""
    folded = [fold(sign) for sign in title]
    low = "".join(folded)
    places = [place for place, signs in enumerate(folded) for _ in signs]
    found: list[tuple[int, int]] = []
    for word in fold(text).split():
        at = next((i for i in _starts(low) if low.startswith(word, i)), low.find(word))
        if at >= 0:
            found.append((places[at], places[at + len(word) - 1] - places[at] + 1))
    result: list[tuple[int, int]] = []
    for at, length in sorted(found):
        if not result or at >= sum(result[-1]):
            result.append((at, length))
    return result


def _starts(text: str) -> Iterable[int]:
    return (i for i in range(len(text)) if i == 0 or not text[i - 1].isalnum())


def arranged(items: Sequence[PaletteItem], text: str, open_groups: frozenset[str]) -> list[PaletteItem]:
    """Items under their headings: the best match first, then at most three of each group and a row for more."""
    rows: list[PaletteItem] = []
    rest = list(items)
    best = _best(rest, text)
    if best is not None:
        rest.remove(best)
        rows += [_heading(tr("Best match")), best]
    for group in dict.fromkeys(item.group for item in rest):
        members = [item for item in rest if item.group == group]
        shown = members if group in open_groups else members[:PER_GROUP]
        rows += [_heading(group), *shown]
        if len(shown) < len(members):
            words = tr("%Ln more", "", len(members) - len(shown))
            rows.append(PaletteItem(words, lambda: None, "ellipsis", group, more=True))
    return rows


def _heading(title: str) -> PaletteItem:
    return PaletteItem(title, lambda: None, heading=True)


def _best(items: Sequence[PaletteItem], text: str) -> PaletteItem | None:
    """A record whose name fits best; commands already lead their own group."""
    if len(text) < 2:
        return None
    records = [item for item in items if item.peek is not None and match_score(item.title, text) >= 2]
    return max(records, key=lambda item: match_score(item.title, text), default=None)


class ActionSource:
    """Commands that can run now; those for the chosen record first."""

    prefixes = ">"
    background = False

    def __init__(self, actions: ActionRegistry) -> None:
        self._actions = actions

    def search(self, text: str, prefix: str) -> list[PaletteItem]:
        """Usable commands whose words fit: a page whose name is typed first, then those for the chosen record."""
        found = [
            (0 if text and score > 1 and entry.command.id.startswith(_PAGES) else _ORDER.index(entry.command.scope),
             -score, self._item(entry))
            for entry in self._actions
            if entry.command.in_palette and entry.usable and (score := _score(entry, text))
        ]  # fmt: skip
        # Letters that merely follow each other are worth showing only when nothing fits better.
        strong = [row for row in found if row[1] < -1] or found
        return [item for _, _, item in sorted(strong, key=lambda row: row[:2])]

    def note(self, found: int) -> str:
        """How many of the commands that can run were found."""
        usable = sum(entry.command.in_palette and entry.usable for entry in self._actions)
        words = tr("%1 of %2 commands")
        return words.replace("%1", count_text(found)).replace("%2", count_text(usable))

    def _item(self, entry: Registered) -> PaletteItem:
        command = entry.command
        group = tr(_HEADINGS[command.scope])
        return PaletteItem(
            entry.words, entry.action.trigger, command.icon or "chevron-right", group, key=entry.key_text
        )


def _score(entry: Registered, text: str) -> int:
    return max(match_score(entry.words, text), match_score(entry.command.also, text) if entry.command.also else 0)


_PAGES = "go."
_ORDER = (None, Scope.VIEW, Scope.PAGE, Scope.EVERYWHERE)
_HEADINGS: dict[Scope, object] = {
    Scope.VIEW: QT_TR_NOOP("For the chosen record"),
    Scope.PAGE: QT_TR_NOOP("On this page"),
    Scope.EVERYWHERE: QT_TR_NOOP("Everywhere"),
}


@dataclass
class RecordSource:
    """Records found by a function of (text, prefix), which runs in a reader thread, among so many in `total`."""

    find: Callable[[str, str], list[PaletteItem]]
    total: Callable[[], int]
    prefixes: str = "@"
    background: bool = True

    def search(self, text: str, prefix: str) -> list[PaletteItem]:
        """What the function finds."""
        return self.find(text, prefix)

    def note(self, found: int) -> str:
        """How many records there are."""
        return tr("%1 records").replace("%1", count_text(self.total()))
