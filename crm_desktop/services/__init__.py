"""One public method for each verb of the user. `Services` holds them all; each part is made when first asked for."""

from functools import cached_property
from typing import TYPE_CHECKING

from crm_desktop.domain.catalogue import Catalogue
from crm_desktop.domain.change import Change, Touched
from crm_desktop.domain.churn import ChurnRule
from crm_desktop.domain.clock import Clock
from crm_desktop.paths import DataDir
from crm_desktop.settings import Settings
from crm_desktop.storage.store import Store

if TYPE_CHECKING:
    from crm_desktop.domain.rotting import RiskRule
    from crm_desktop.services.ageing import Ageing
    from crm_desktop.services.base import Base
    from crm_desktop.services.bin import Bin
    from crm_desktop.services.buyers import Buyers
    from crm_desktop.services.cells import Cells
    from crm_desktop.services.contact_points import ContactPoints
    from crm_desktop.services.conversion import Conversion
    from crm_desktop.services.customer_360 import Customer360
    from crm_desktop.services.demo import Demo
    from crm_desktop.services.duplicates import Duplicates
    from crm_desktop.services.employments import Employments
    from crm_desktop.services.exporting import Exporting
    from crm_desktop.services.fields import Fields
    from crm_desktop.services.hierarchy import Hierarchy
    from crm_desktop.services.history import History
    from crm_desktop.services.importing import Importing
    from crm_desktop.services.inbox import Inbox
    from crm_desktop.services.labels import Labels
    from crm_desktop.services.leads import Leads
    from crm_desktop.services.lists import ListService
    from crm_desktop.services.merging import Merging
    from crm_desktop.services.pipeline import Pipeline
    from crm_desktop.services.records import RecordService
    from crm_desktop.services.relations import Relations
    from crm_desktop.services.reports import Reports
    from crm_desktop.services.safety import Safety
    from crm_desktop.services.selections import Selections
    from crm_desktop.services.statuses import Statuses
    from crm_desktop.services.timeline import Timeline
    from crm_desktop.services.values import Values
    from crm_desktop.services.views import Views

_MADE_OF_SETTINGS = (
    "values", "records", "cells", "selections", "contact_points", "labels", "pipeline", "reports", "customer_360",
    "importing", "exporting", "demo", "merging", "conversion", "duplicates", "bin", "leads", "inbox",
)  # fmt: skip


class Services:
    """All that can be done with an open base. Parts load on first use, so that starting costs only what is shown."""

    def __init__(self, store: Store, data_dir: DataDir, settings: Settings, clock: Clock) -> None:
        self._store = store
        self.data_dir = data_dir
        self.settings = settings
        self.clock = clock

    @property
    def catalogue(self) -> Catalogue:
        """What can be known, the user's own fields included."""
        return self._store.catalogue

    @cached_property
    def lists(self) -> "ListService":
        """Which records, in which order."""
        from crm_desktop.services.lists import ListService

        return ListService(self._store, lambda: self.values.speech(self.catalogue, self.labels))

    @cached_property
    def values(self) -> "Values":
        """Text to values by the type of a field."""
        from crm_desktop.services.spelling import spelling
        from crm_desktop.services.values import Values

        return Values(self._store.lists, spelling(self.settings), self._store.clock, self.labels.phrases())

    @cached_property
    def records(self) -> "RecordService":
        """Single records and selections of them."""
        from crm_desktop.services.records import RecordService

        return RecordService(self._store, self.values, self.labels)

    @cached_property
    def timeline(self) -> "Timeline":
        """All that happened around a customer."""
        from crm_desktop.services.timeline import Timeline

        return Timeline(self._store)

    @cached_property
    def customer_360(self) -> "Customer360":
        """What is known of a customer, gathered."""
        from crm_desktop.services.customer_360 import Customer360

        return Customer360(self._store, self.reports, self._risk, self.settings.currency)

    @cached_property
    def leads(self) -> "Leads":
        """The verbs of leads: read a text, qualify, disqualify, recycle."""
        from crm_desktop.services.leads import Leads

        return Leads(self._store, self.labels)

    @cached_property
    def statuses(self) -> "Statuses":
        """The statuses that leads go through."""
        from crm_desktop.services.statuses import Statuses

        return Statuses(self._store)

    @cached_property
    def contact_points(self) -> "ContactPoints":
        """Where records are reached."""
        from crm_desktop.services.contact_points import ContactPoints

        return ContactPoints(self._store, self.values)

    @cached_property
    def employments(self) -> "Employments":
        """Who works where, now and before."""
        from crm_desktop.services.employments import Employments

        return Employments(self._store)

    @cached_property
    def hierarchy(self) -> "Hierarchy":
        """Companies that belong to companies."""
        from crm_desktop.services.hierarchy import Hierarchy

        return Hierarchy(self._store)

    @cached_property
    def relations(self) -> "Relations":
        """How people and companies stand to one another, and their days."""
        from crm_desktop.services.relations import Relations

        return Relations(self._store)

    @cached_property
    def buyers(self) -> "Buyers":
        """The part of people in deals."""
        from crm_desktop.services.buyers import Buyers

        return Buyers(self._store)

    @cached_property
    def ageing(self) -> "Ageing":
        """What changes with the day alone."""
        from crm_desktop.services.ageing import Ageing

        return Ageing(self._store)

    @cached_property
    def selections(self) -> "Selections":
        """One field of many records."""
        from crm_desktop.services.selections import Selections

        return Selections(self._store, self.records)

    @cached_property
    def cells(self) -> "Cells":
        """Blocks of cells."""
        from crm_desktop.services.cells import Cells

        return Cells(self._store, self.records, self.labels)

    @cached_property
    def history(self) -> "History":
        """Undo, redo and the journal."""
        from crm_desktop.services.history import History

        return History(self._store, lambda: self.merging, lambda: self.conversion)

    @cached_property
    def bin(self) -> "Bin":
        """What was deleted."""
        from crm_desktop.services.bin import Bin

        return Bin(self._store, self.records)

    @cached_property
    def views(self) -> "Views":
        """Saved views."""
        from crm_desktop.services.views import Views

        return Views(self._store)

    @cached_property
    def labels(self) -> "Labels":
        """What people read for names of the catalogue."""
        from crm_desktop.services.labels import Labels

        return Labels(self.settings.language, lambda: self.catalogue)

    @cached_property
    def pipeline(self) -> "Pipeline":
        """Stages and the moves of deals."""
        from crm_desktop.services.pipeline import Pipeline

        return Pipeline(self._store, self.reports, self._risk)

    @cached_property
    def reports(self) -> "Reports":
        """Figures with the filters of their records."""
        from crm_desktop.services.reports import Reports

        return Reports(self._store, self.settings.currency, churn=churn_rule(self.settings), risk=self._risk)

    @property
    def _risk(self) -> "RiskRule":
        return risk_rule(self.settings)

    @cached_property
    def importing(self) -> "Importing":
        """Files in."""
        from crm_desktop.services.importing import Importing

        return Importing(self._store, self.labels, self.values, self.fields)

    @cached_property
    def inbox(self) -> "Inbox":
        """Cards and mails in."""
        from crm_desktop.services.inbox import Inbox

        return Inbox(self._store, self.records, self.leads, self.duplicates)

    @cached_property
    def conversion(self) -> "Conversion":
        """What leads become."""
        from crm_desktop.services.conversion import Conversion

        return Conversion(self._store, self.records, self.labels)

    @cached_property
    def duplicates(self) -> "Duplicates":
        """Records that may be one and the same."""
        from crm_desktop.services.duplicates import Duplicates

        return Duplicates(self._store, self.values)

    @cached_property
    def merging(self) -> "Merging":
        """Records that are one and the same."""
        from crm_desktop.services.merging import Merging

        return Merging(self._store, self.labels)

    @cached_property
    def exporting(self) -> "Exporting":
        """Files out."""
        from crm_desktop.services.exporting import Exporting

        return Exporting(self._store, self.labels)

    @cached_property
    def fields(self) -> "Fields":
        """Fields of the user's own."""
        from crm_desktop.services.fields import Fields

        return Fields(self._store)

    @cached_property
    def safety(self) -> "Safety":
        """Backups, checks and encryption."""
        from crm_desktop.services.safety import Safety

        return Safety(self._store, self.data_dir)

    @cached_property
    def demo(self) -> "Demo":
        """Sample data."""
        from crm_desktop.services.demo import Demo

        return Demo(self._store, self.settings.currency)

    @cached_property
    def base(self) -> "Base":
        """What the base as a whole holds."""
        from crm_desktop.services.base import Base

        return Base(self._store)

    def follow(self, settings: Settings) -> Change:
        """Goes by other settings from now on; what was derived by another rule is made anew."""
        self.settings = settings
        for part in _MADE_OF_SETTINGS:
            self.__dict__.pop(part, None)
        rule = churn_rule(settings)
        if rule != self._store.rows.rule:
            self._store.rows.rule = rule
            self._store.rebuild()
        return Change(0, "settings", "", "", tuple(Touched(kind, 0, ()) for kind in self.catalogue.kinds))

    def close(self) -> None:
        """Closes the base."""
        self._store.close()


def churn_rule(settings: Settings) -> ChurnRule:
    """When a customer counts as lost, as set."""
    return ChurnRule(settings.gap_factor, settings.gap_days_min, settings.gap_days_single)


def risk_rule(settings: Settings) -> "RiskRule":
    """When a deal is at risk, as set."""
    from crm_desktop.domain.rotting import RiskRule

    return RiskRule(contact_days=settings.at_risk_days)
