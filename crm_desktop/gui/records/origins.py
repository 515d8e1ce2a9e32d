"""Where a value comes from that cannot be edited where it stands, in one sentence."""

from crm_desktop.domain.catalogue import Kind
from crm_desktop.gui.language import tr

_TASKS = ("next_step", "next_activity")
_TOUCHES = ("last_touch", "last_outreach", "strength")
_STAGES = ("status", "stage_position", "stage_since", "cycle_days")
_PURCHASES = ("purchases", "revenue", "last_purchase", "customer_since")


def origin(kind: Kind, name: str, keys: dict[str, str]) -> str:
    """The sentence, with %1 for what the field is called; `keys` of the commands `follow_up`, `log` and `open`."""
    if name in _TASKS:
        return _told(keys["follow_up"], tr("%1 comes from the tasks; %2 adds one."), tr("%1 comes from the tasks."))
    if name in _TOUCHES:
        more = tr("%1 comes from what was logged; %2 logs more.")
        return _told(keys["log"], more, tr("%1 comes from what was logged."))
    if kind.writable:
        return _worked_out(kind, name)
    if name in _PURCHASES:
        return tr("%1 comes from the purchases.")
    more = tr("%1 is kept at the company or the person; %2 opens it.")
    return _told(keys["open"], more, tr("%1 is kept at the company or the person."))


def _told(key: str, with_key: str, without: str) -> str:
    """The sentence with the key that does something about it, where it has one."""
    return with_key.replace("%2", key) if key else without


def _worked_out(kind: Kind, name: str) -> str:
    if kind.name == "deal" and name in _STAGES:
        return tr("%1 follows the stages of the deal.")
    match name:
        case "open_deals":
            return tr("%1 counts the open deals.")
        case "weighted":
            return tr("%1 is the value times how likely the deal is.")
        case "status_type":
            return tr("%1 follows the status.")
        case "merged_into":
            return tr("%1 comes from merging.")
    return tr("%1 is worked out by the program.")
