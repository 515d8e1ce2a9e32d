"""Imports the widgets that every form may name, so that each has registered itself.

Widgets of a single page register when the page is imported.
"""

from crm_desktop.gui.shell.brand import Brand
from crm_desktop.gui.shell.header import PageHeader
from crm_desktop.gui.shell.hint_bar import HintBar
from crm_desktop.gui.shell.saved_note import SavedNote
from crm_desktop.gui.shell.sidebar import NavList
from crm_desktop.gui.widgets.buttons import Button, HelpMark, IconButton, SearchButton
from crm_desktop.gui.widgets.card import Card, PanelSection
from crm_desktop.gui.widgets.empty_state import EmptyState
from crm_desktop.gui.widgets.filter_bar import FilterBar
from crm_desktop.gui.widgets.key_cap import KeyCap
from crm_desktop.gui.widgets.pill import Pill
from crm_desktop.gui.widgets.segmented import Segmented
from crm_desktop.gui.widgets.stepper import Stepper
from crm_desktop.gui.widgets.switch import Switch
from crm_desktop.gui.widgets.tabs import TabsBar
from crm_desktop.gui.widgets.text import ElidedLabel

__all__ = [
    "Brand",
    "Button",
    "Card",
    "ElidedLabel",
    "EmptyState",
    "FilterBar",
    "HelpMark",
    "HintBar",
    "IconButton",
    "KeyCap",
    "NavList",
    "PageHeader",
    "PanelSection",
    "Pill",
    "SavedNote",
    "SearchButton",
    "Segmented",
    "Stepper",
    "Switch",
    "TabsBar",
]
