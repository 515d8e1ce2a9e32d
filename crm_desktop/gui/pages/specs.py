"""The pages of the sidebar, in order."""

from collections.abc import Callable
from importlib import import_module

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from crm_desktop.domain.deals import AWAKE, OPEN
from crm_desktop.domain.filter import Filter
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.pages.page import Count, Page, PageSpec

_SELL, _KEEP, _LEARN = (
    QT_TRANSLATE_NOOP("pages", "Sell"),
    QT_TRANSLATE_NOOP("pages", "Keep"),
    QT_TRANSLATE_NOOP("pages", "Learn"),
)
# Module, class, title, icon, group, key. Modules are imported on the first visit.
_PAGES = (
    ("leads", "LeadsPage", QT_TRANSLATE_NOOP("pages", "Leads"), "user-plus", _SELL, "Ctrl+2"),
    ("pipeline", "PipelinePage", QT_TRANSLATE_NOOP("pages", "Pipeline"), "square-kanban", _SELL, "Ctrl+4"),
    ("customers", "CustomersPage", QT_TRANSLATE_NOOP("pages", "Customers"), "building-2", _KEEP, "Ctrl+3"),
    ("customer_360", "Customer360Page", QT_TRANSLATE_NOOP("pages", "Customer"), "building-2", "hidden", ""),
    (
        "analytics", "AnalyticsPage", QT_TRANSLATE_NOOP("pages", "Analytics"), "chart-no-axes-combined",
        _LEARN, "Ctrl+9",
    ),
    ("importing", "ImportPage", QT_TRANSLATE_NOOP("pages", "Import & export"), "arrow-down-up", "foot", "Ctrl+I"),
    ("history", "HistoryPage", QT_TRANSLATE_NOOP("pages", "History"), "history", "foot", "Ctrl+Shift+H"),
    ("settings", "SettingsPage", QT_TRANSLATE_NOOP("pages", "Settings"), "settings", "foot", "Ctrl+,"),
    ("bin", "BinPage", QT_TRANSLATE_NOOP("pages", "Bin"), "trash-2", "hidden", ""),
    ("duplicates", "DuplicatesPage", QT_TRANSLATE_NOOP("pages", "Duplicates"), "merge", "hidden", ""),
    ("first_run", "FirstRunPage", QT_TRANSLATE_NOOP("pages", "Welcome"), "handshake", "hidden", ""),
    ("glossary", "GlossaryPage", QT_TRANSLATE_NOOP("pages", "Help & glossary"), "circle-question-mark", "foot", ""),
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
        return QCoreApplication.translate("pages", str(text)) if text else ""

    return tuple(
        PageSpec(
            module, words(title), icon, _factory(module, kind), group if group in _PLACES else words(group), key,
            count=_counter(module), kinds=frozenset(_COUNTED[module][1] if module in _COUNTED else ()),
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
