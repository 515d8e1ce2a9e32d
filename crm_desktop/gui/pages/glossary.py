"""Help & glossary: every term with its numbers here, and every key."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from crm_desktop.domain.filter import Filter
from crm_desktop.gui.actions import Command, Scope
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.delegates.choice_delegate import ChoiceDelegate
from crm_desktop.gui.key_groups import key_groups
from crm_desktop.gui.pages.page import Hint, Page
from crm_desktop.gui.term_teller import TermTeller
from crm_desktop.gui.terms import Term
from crm_desktop.gui.widgets.content_area import show_instead
from crm_desktop.gui.widgets.empty_state import EmptyState
from crm_desktop.gui.widgets.key_list import KeyList
from crm_desktop.gui.widgets.plain_list import VALUE, PlainList
from crm_desktop.gui.widgets.segmented import Segmented
from crm_desktop.gui.widgets.term_body import TermBody
from crm_desktop.gui.widgets.text import label

TERMS, KEYS = "terms", "keys"
_LIST_WIDTH, _TEXT_WIDTH = 216, 600


class GlossaryPage(Page):
    """Terms at the left and what they mean at the right, or all keys; one search over either."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.title = self.tr("Help & glossary")
        self._teller = TermTeller(context, self.go, lambda: "glossary", self)
        self.switch = Segmented(context.theme)
        self.switch.setAccessibleName(self.tr("Terms or keys"))
        parts = [(TERMS, self.tr("Terms"), "book-open"), (KEYS, self.tr("Shortcuts"), "keyboard")]
        self.switch.set_parts(parts, TERMS)
        self.search = QLineEdit(self)
        self.search.setClearButtonEnabled(True)
        self.list = PlainList(context.theme, self.tr("Terms"), self)
        self.list.setProperty("kind", "nav")
        self.list.setItemDelegate(ChoiceDelegate(context.theme, self.list, lambda _index: ""))
        self.about = self._scroll(self.tr("What it means"))
        self.keys = self._scroll(self.tr("Shortcuts"))
        self.empty = EmptyState(context.theme, self)
        self._arrange()
        self._connect()

    def _scroll(self, name: str) -> QScrollArea:
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setAccessibleName(name)
        area.setProperty("kind", "text")
        return area

    def _arrange(self) -> None:
        self.pile = QStackedWidget(self)
        for part in (self.about, self.keys, self.empty):
            self.pile.addWidget(part)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.search)
        left.addWidget(self.list, 1)
        left.addStretch()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(20, 14, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(left)
        layout.addWidget(self.pile, 1)
        self.theme.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        for part in (self.search, self.list):
            part.setFixedWidth(self.theme.current.px(_LIST_WIDTH))

    def _connect(self) -> None:
        self.switch.chosen.connect(lambda _part: self._fill())
        self.search.textChanged.connect(lambda _text: self._fill())
        self.list.selectionModel().currentChanged.connect(lambda *_: self._show_term())
        self.add_command(Command("glossary.find", self.tr("Find a term or a key"), self._start_search, "Ctrl+F",
                                 "search", scope=Scope.PAGE, group=self.title))  # fmt: skip

    # what the shell asks

    def header_actions(self) -> Sequence[str | QWidget]:
        return (self.switch,)

    def hints(self) -> Sequence[Hint | str]:
        return (Hint("↑↓", self.tr("Move")), "glossary.find", "keys.show")

    def panes(self) -> Sequence[QWidget]:
        if self.switch.current == KEYS:
            return (self.search, self.keys)
        return (self.list, self.about, self.search)

    def on_shown(self) -> None:
        self._fill()

    def open_filter(self, target: Filter | object) -> None:
        """Show a term by its name."""
        self.search.clear()
        self.switch.choose(TERMS)
        self._fill()
        names = [term.id for term in self.shown]
        if target in names:
            self.list.go_to(names.index(str(target)))

    def on_escape(self) -> bool:
        if not self.search.text():
            return False
        self.search.clear()
        self.panes()[0].setFocus()
        return True

    # what is shown

    @property
    def shown(self) -> list[Term]:
        """The terms that fit what was typed."""
        return [term for term in self._teller.terms.values() if term.fits(self.search.text())]

    @property
    def term(self) -> Term | None:
        """The chosen term."""
        return self._teller.terms.get(str(self.list.currentIndex().data(VALUE)))

    def _start_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _fill(self) -> None:
        keys = self.switch.current == KEYS
        words = self.tr("Find a shortcut") if keys else self.tr("Find a term")
        self.search.setPlaceholderText(words)
        self.search.setAccessibleName(words)
        found = self._fill_keys() if keys else self._fill_terms()
        if not found:
            self.empty.tell("search", self.tr("Nothing is called so."))
            self.empty.offer(self.tr("Show everything"), self.search.clear, "link")
        self.list.setVisible(not keys)
        self.pile.setCurrentWidget((self.keys if keys else self.about) if found else self.empty)

    def _fill_keys(self) -> bool:
        groups = key_groups(self.context.actions, self.search.text(), hidden=True)
        show_instead(self.keys, KeyList(self.theme, groups))
        return bool(groups)

    def _fill_terms(self) -> bool:
        chosen, terms = self.term, self.shown
        self.list.show_texts([(term.title, term.id) for term in terms], chosen.id if chosen else None)
        return bool(terms)

    def _show_term(self) -> None:
        term = self.term
        if term is None:
            return
        page = QWidget()
        page.setProperty("kind", "plain")
        page.setMaximumWidth(self.theme.current.px(_TEXT_WIDTH))
        about = TermBody(self.theme, page, term.text)
        layout = QVBoxLayout(page)
        layout.setContentsMargins(12, 2, 24, 16)
        layout.setSpacing(10)
        layout.addWidget(label(term.title, "figure", wrap=True))
        if term.also:
            words = self.tr("Also: %1").replace("%1", ", ".join(term.also))
            layout.addWidget(label(words, "small", "muted", wrap=True))
        layout.addWidget(about)
        layout.addStretch(1)
        show_instead(self.about, page)
        self._teller.fill(about, term, about.updateGeometry)
