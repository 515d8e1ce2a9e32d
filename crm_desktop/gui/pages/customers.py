"""Customers: everyone who bought, and all companies and people we know."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from crm_desktop.domain.filter import Days, Filter, Sort, between
from crm_desktop.gui.actions import Command, Scope
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.pages.page import RecordTarget, Walk
from crm_desktop.gui.records.list_page import Listing
from crm_desktop.gui.records.page import RecordsPage
from crm_desktop.gui.records.places import place_of
from crm_desktop.gui.widgets.segmented import Segmented

SOON = 14  # days in which a birthday comes soon


class CustomersPage(RecordsPage):
    """The same table over customers, companies or people; the switch stands in the header."""

    page_id = "customers"
    help_term = "customer"
    kinds = frozenset({"customer", "company", "person", "purchase", "deal", "task", "activity", "loss", "saved_view",
                       "employment", "relation", "occasion", "contact_role"})
    listings = (
        Listing(
            "customer",
            ("name", "segment", "revenue", "open_deals", "last_purchase", "last_touch", "next_step"),
            Sort("revenue", descending=True),
        ),
        Listing(
            "company",
            ("name", "industry", "segment", "open_deals", "strength", "last_touch", "next_step"),
            Sort("name"),
            ("name", "industry", "segment", "website", "email", "phone", "city"),
        ),
        Listing(
            "person",
            ("name", "job_title", "segment", "strength", "last_touch", "next_step"),
            Sort("name"),
            ("name", "company", "job_title", "email", "phone"),
        ),
    )

    def __init__(self, context: AppContext) -> None:
        self._switch = Segmented(context.theme)
        super().__init__(context)
        self.title = self.tr("Customers")
        self.table.setAccessibleName(self.title)
        self._switch.setAccessibleName(self.tr("What is listed"))
        self._show_switch()
        self._switch.chosen.connect(self._choose)
        self._add_commands()

    def _add_commands(self) -> None:
        for kind in (listing.kind for listing in self.listings):
            words = self.services.labels.kind(kind, plural=True)
            self.add_command(Command(f"customers.list_{kind}", words, partial(self._switch.choose, kind),
                                     icon="table-2", scope=Scope.PAGE, group=self.title))
        for kind, icon in (("company", "building-2"), ("person", "user-plus")):
            words = self.tr("New %1").replace("%1", self.services.labels.kind(kind).lower())
            self.add_command(Command(f"customers.new_{kind}", words, partial(self._add, kind), icon=icon,
                                     scope=Scope.PAGE, group=self.title))
        self.add_command(Command("customers.new", self.tr("New"), self._add_listed, "Ctrl+N", "plus",
                                 scope=Scope.PAGE, group=self.title, in_palette=False))
        self.add_command(Command("customers.import", self.tr("Import CSV"), self._import, icon="file-input",
                                 scope=Scope.PAGE))
        self.add_command(Command("customers.near", self.tr("Near here"), self.show_near, icon="map-pin",
                                 when=lambda: self.table.current_row >= 0, scope=Scope.PAGE, group=self.title))
        self.add_command(Command("customers.birthdays", self.tr("Birthdays in the next 14 days"), self.show_birthdays,
                                 icon="gift", scope=Scope.PAGE, group=self.title))

    def all_words(self) -> str:
        return self.tr("All")

    def header_actions(self) -> Sequence[str | QWidget]:
        return (self._switch, "customers.import", "customers.new")

    def record_kind(self, record: int) -> str:
        """A customer is written as the company or person it is."""
        if self.listing.kind != "customer":
            return self.listing.kind
        values = self.records.values_at(self.records.row_of(record))
        return str(values["type"]) if values else "company"

    def open_current(self) -> None:
        """Open the page of the current record, from which one can go on through this list."""
        record = self.table.current_id
        view = (self.views.now.name if self.views.now is not None else "") or self.all_words()
        walk = Walk(RecordTarget(self.record_kind(record), record), self.records.ids, view, self.page_id,
                    self._kind_anywhere, self.table.go_to)
        self.go(place_of(walk.target), walk)

    def _kind_anywhere(self, record: int) -> str:
        """The kind of a record of the list, on any thread and whether its row was read or not."""
        if self.listing.kind != "customer":
            return self.listing.kind
        rows = self.services.lists.rows("customer", [record], ["type"])
        return str(rows[0][1]) if rows else "company"

    def tell_nothing(self) -> None:
        words = {
            "customer": self.tr("No customers yet. Who buys appears here."),
            "company": self.tr("No companies yet."),
            "person": self.tr("No people yet."),
        }
        self.empty.tell("building-2", words[self.listing.kind])
        self.empty.offer(self.tr("Import CSV"), lambda: self.context.actions.trigger("customers.import"))
        self.empty.offer(self.tr("New"), self._add_listed, "link")

    def open_filter(self, target: Filter | object) -> None:
        super().open_filter(target)
        self._show_switch()

    def show_near(self) -> None:
        """List the customers in the neighbourhood of the current record, by its postcode or its town."""
        record = self.table.current_id
        near = partial(self.services.contact_points.near, self.record_kind(record), record)
        self.context.jobs.read(lambda _progress: near(), self.open_filter, self.tell_refused, self)

    def show_birthdays(self) -> None:
        """List the people whose birthday comes within two weeks."""
        soon = Filter("person", between("birthday", Days(0), Days(SOON)))
        self.open_filter(soon)
        self.set_columns((*self.listing.columns[:2], "birthday", *self.listing.columns[2:]), {})
        self.records.show(soon, Sort("birthday"))

    def _choose(self, kind: str) -> None:
        self.show_listing(next(listing for listing in self.listings if listing.kind == kind))

    def _show_switch(self) -> None:
        parts = [(listing.kind, self.services.labels.kind(listing.kind, plural=True), "") for listing in self.listings]
        self._switch.set_parts(parts, self.listing.kind)

    def _import(self) -> None:
        """What is listed; customers are companies or people, and not every file of those is of customers."""
        kind = self.listing.kind
        self.go("importing", "auto" if kind == "customer" else kind)

    def _add_listed(self) -> None:
        self._add("person" if self.listing.kind == "person" else "company")

    def _add(self, kind: str) -> None:
        listing = next(known for known in self.listings if known.kind == kind)
        self.ask_new(listing)
