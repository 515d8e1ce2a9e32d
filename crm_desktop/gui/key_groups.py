"""The keys of all commands by group, in words: for the key sheet and the help page."""

from crm_desktop.gui.actions import ActionRegistry, Registered, Scope
from crm_desktop.gui.language import tr
from crm_desktop.gui.shell.palette import match_score


def this_page() -> str:
    """The heading of keys that hold on the page in front."""
    return tr("This page")


def key_groups(actions: ActionRegistry, text: str, hidden: bool = False) -> dict[str, list[tuple[str, str]]]:
    """Words and keys of commands that fit a text, by heading; with `hidden` also those of pages not in front."""
    headings = {
        Scope.VIEW: tr("The chosen record"),
        Scope.PAGE: this_page(),
        Scope.EVERYWHERE: tr("Everywhere"),
    }
    found: dict[str, list[tuple[str, str]]] = {}
    for entry in sorted(actions, key=_order):
        shown = hidden or entry.owner is None or entry.owner.isVisible()
        if entry.key_text and shown and match_score(entry.command.text, text):
            heading = entry.command.group or headings[entry.command.scope]
            found.setdefault(heading, []).append((entry.command.text, entry.key_text))
    return found


def _order(entry: Registered) -> int:
    return (Scope.VIEW, Scope.PAGE, Scope.EVERYWHERE).index(entry.command.scope)
