"""Where a value comes from that cannot be edited where it stands, in one sentence."""

from PySide6.QtCore import QCoreApplication

from crm_desktop.domain.catalogue import Kind

_TASKS = ("next_step", "next_activity")
_TOUCHES = ("last_touch", "last_outreach", "strength")
_STAGES = ("status", "stage_position", "stage_since", "cycle_days")
_PURCHASES = ("purchases", "revenue", "last_purchase", "customer_since", "lost")


def origin(kind: Kind, name: str, keys: dict[str, str]) -> str:
    """The sentence, with %1 for what the field is called; `keys` of the commands `follow_up`, `log` and `open`."""
    if name in _TASKS:
        return _tr("%1 comes from the tasks; %2 adds one.").replace("%2", keys["follow_up"])
    if name in _TOUCHES and keys["log"]:
        return _tr("%1 comes from what was logged; %2 logs more.").replace("%2", keys["log"])
    if not kind.writable and name in _PURCHASES:
        return _tr("%1 comes from the purchases.")
    if name == "open_deals":
        return _tr("%1 counts the open deals.")
    if kind.name == "deal" and name in _STAGES:
        return _tr("%1 follows the stages of the deal.")
    if name == "weighted":
        return _tr("%1 is the value times how likely the deal is.")
    if name == "status_type":
        return _tr("%1 follows the status.")
    if name == "merged_into":
        return _tr("%1 comes from merging.")
    if not kind.writable:
        return _tr("%1 is kept at the company or the person; %2 opens it.").replace("%2", keys["open"])
    return _tr("%1 is worked out by the program.")


def _tr(text: str) -> str:
    return QCoreApplication.translate("origins", text)
