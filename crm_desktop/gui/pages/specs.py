"""The pages of the sidebar, in order."""

from collections.abc import Callable
from importlib import import_module

from PySide6.QtCore import QT_TR_NOOP

from crm_desktop.domain.deals import AWAKE, OPEN
from crm_desktop.domain.filter import Filter
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.language import tr
from crm_desktop.gui.pages.page import Count, Page, PageSpec

_SELL, _KEEP, _LEARN = (
    QT_TR_NOOP("Sell"),
    QT_TR_NOOP("Keep"),
    QT_TR_NOOP("Learn"),
)
# Module, class, title, icon, group, key. Modules are imported on the first visit.
_PAGES = (
    ("leads", "LeadsPage", QT_TR_NOOP("Leads"), "user-plus", _SELL, "Ctrl+2"),
    ("pipeline", "PipelinePage", QT_TR_NOOP("Pipeline"), "square-kanban", _SELL, "Ctrl+4"),
    ("customers", "CustomersPage", QT_TR_NOOP("Customers"), "building-2", _KEEP, "Ctrl+3"),
    ("customer_360", "Customer360Page", QT_TR_NOOP("Customer"), "building-2", "hidden", ""),
    (
        "analytics", "AnalyticsPage", QT_TR_NOOP("Analytics"), "chart-no-axes-combined",
        _LEARN, "Ctrl+9",
    ),
    ("importing", "ImportPage", QT_TR_NOOP("Import & export"), "arrow-down-up", "foot", "Ctrl+I"),
    ("history", "HistoryPage", QT_TR_NOOP("History"), "history", "foot", "Ctrl+Shift+H"),
    ("settings", "SettingsPage", QT_TR_NOOP("Settings"), "settings", "foot", "Ctrl+,"),
    ("bin", "BinPage", QT_TR_NOOP("Bin"), "trash-2", "hidden", ""),
    ("duplicates", "DuplicatesPage", QT_TR_NOOP("Duplicates"), "merge", "hidden", ""),
    ("first_run", "FirstRunPage", QT_TR_NOOP("Welcome"), "handshake", "hidden", ""),
    ("glossary", "GlossaryPage", QT_TR_NOOP("Help & glossary"), "circle-question-mark", "foot", ""),
)
_PLACES = ("foot", "hidden")
_PACKAGE = "crm_desktop.gui.pages"
# The records behind the number beside a page, and the kinds it depends on.
_COUNTED = {
    "leads": (Filter("lead"), {"lead"}),
    "pipeline": (Filter("deal") & OPEN & AWAKE, {"deal", "stage"}),
    "customers": (Filter("customer"), {"company", "person", "deal", "purchase"}),
}


def page_specs() -> tuple[PageSpec, ...]:
    """Every page, with its words in the language of the window."""

    def words(text: object) -> str:
        return tr(text) if text else ""

    return tuple(
        PageSpec(
            module, words(title), icon, _factory(module, kind), group if group in _PLACES else words(group), key,
            count=_counter(module), kinds=frozenset(_COUNTED[module][1] if module in _COUNTED else ()),
            also=tr("Find duplicates") if module == "duplicates" else "", follows=module == "duplicates",
        )
        for module, kind, title, icon, group, key in _PAGES
    )


def _counter(module: str) -> Count | None:
    if module not in _COUNTED:
        return None
    return lambda context: context.services.lists.count(_COUNTED[module][0])


def _factory(module: str, kind: str) -> Callable[[AppContext], Page]:
    def make(context: AppContext) -> Page:
        page: Page = getattr(import_module(f"{_PACKAGE}.{module}"), kind)(context)
        return page

    return make
