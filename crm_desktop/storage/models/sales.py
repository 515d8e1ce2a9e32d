"""Pipelines, stages, deals and what they leave behind: products, purchases and the log of stages."""

import peewee as pw

from crm_desktop.domain.catalogue import FieldType as T
from crm_desktop.domain.terms import BuyingRole, ProbabilitySource, StageCategory
from crm_desktop.storage.declare import (
    BREAKDOWN,
    COLUMN,
    NOTED,
    SEARCH,
    SORT,
    choice,
    currency,
    day,
    derived,
    instant,
    integer,
    link,
    long_text,
    money,
    number,
    text,
    yes_no,
)
from crm_desktop.storage.models.base import Record, exactly_one
from crm_desktop.storage.models.contacts import Company, Lead, Person
from crm_desktop.storage.models.sql import full_name, named, touched, upcoming


class Pipeline(Record):
    """An ordered set of stages for one way of selling."""

    plural = "pipelines"

    name = text(SEARCH, required=True)
    position = integer()


class Stage(Record):
    """A step of a pipeline: what it means for a deal, its usual likelihood in percent, days until a deal rots."""

    plural = "stages"

    name = text(SEARCH, required=True)
    pipeline = link("pipeline", Pipeline)
    category = choice(StageCategory, default=StageCategory.OPEN)
    probability = integer(most=100)
    position = integer()
    rot_days = integer()


class Product(Record):
    """Something that is sold."""

    plural = "products"
    detail = "series"

    name = text(SORT, SEARCH, COLUMN, required=True)
    code = text(SEARCH, COLUMN)
    series = text(SORT, COLUMN, BREAKDOWN)
    price = money(SORT, COLUMN)
    price_currency = currency()
    active = yes_no()
    note = long_text(SEARCH)
    source_system = text(NOTED)
    source_id = text(NOTED)
    created_at = instant(NOTED)


CATEGORY = "(SELECT category FROM stage WHERE id = b.stage_id)"


class Deal(Record):
    """A possible sale with value, stage and close date (the glossary's opportunity)."""

    plural = "deals"
    when = "opened_on"
    detail = "company"

    name = text(SORT, SEARCH, COLUMN, required=True)
    company = link("company", Company, SORT, COLUMN, BREAKDOWN)
    person = link("person", Person)
    lead = link("lead", Lead)
    product = link("product", Product, BREAKDOWN)
    pipeline = link("pipeline", Pipeline)
    stage = link("stage", Stage, SORT, COLUMN, BREAKDOWN)
    rank = pw.TextField(default="U")
    amount = money(SORT, COLUMN)
    amount_currency = currency()
    probability = integer(SORT, COLUMN, most=100)
    probability_source = choice(ProbabilitySource, NOTED, default=ProbabilitySource.STAGE)
    opened_on = day(SORT)
    expected_close = day(SORT, COLUMN)
    closed_on = day(SORT)
    lost_reason = text(BREAKDOWN)
    lost_note = long_text()
    snoozed_until = day()
    source = text(BREAKDOWN)
    note = long_text(SEARCH)
    source_system = text(NOTED)
    source_id = text(NOTED)
    created_at = instant(SORT, NOTED)

    row = {
        "status": derived(T.CHOICE, CATEGORY, SORT, BREAKDOWN, choices=tuple(c.value for c in StageCategory)),
        "weighted": derived(T.MONEY, "CAST(round(b.amount * b.probability / 100.0) AS INTEGER)", SORT),
        "stage_position": derived(T.INTEGER, "(SELECT position FROM stage WHERE id = b.stage_id)", SORT),
        "stage_since": derived(  # the plus keeps SQLite from walking all deals of the stage
            T.DATE,
            "(SELECT max(g.entered_on) FROM stage_log g WHERE g.deal_id = b.id AND +g.stage_id = b.stage_id)",
            SORT,
        ),
        "cycle_days": derived(T.INTEGER, "CAST(julianday(b.closed_on) - julianday(b.opened_on) AS INTEGER)", SORT),
        "last_touch": derived(T.DATE, touched("deal", both=True), SORT),
        "last_outreach": derived(T.DATE, touched("deal", both=False)),
        "next_activity": derived(T.DATE, upcoming("deal", "t.due_on"), SORT),
        "next_step": derived(T.TEXT, upcoming("deal", "t.title"), COLUMN),
    }
    searched = (
        "coalesce((SELECT name FROM company WHERE id = b.company_id), '') || ' ' ||"
        f" coalesce((SELECT {full_name('p')} FROM person p WHERE p.id = b.person_id), '')"
    )


class StageLog(Record):
    """When a deal entered a stage. An imported deal has entries only for the dates its file gave."""

    plural = "stage_logs"
    when = "entered_on"

    deal = link("deal", Deal)
    stage = link("stage", Stage)
    entered_on = day(SORT)


class ContactRole(Record):
    """The part that a person has in the decision on a deal."""

    plural = "contact_roles"
    detail = "role"

    deal = link("deal", Deal, COLUMN)
    person = link("person", Person, COLUMN)
    role = choice(BuyingRole, COLUMN)
    created_at = instant(NOTED)

    row = {"name": derived(T.TEXT, f"coalesce((SELECT {full_name('p')} FROM person p WHERE p.id = b.person_id), '')")}

    class Meta:
        table_name = "contact_role"


class Conversion(Record):
    """What a lead became: which person, company and deal, and which of them it made."""

    plural = "conversions"
    when = "converted_on"

    lead = link("lead", Lead, COLUMN)
    person = link("person", Person, COLUMN)
    company = link("company", Company, COLUMN)
    deal = link("deal", Deal, COLUMN)
    person_made = yes_no()
    company_made = yes_no()
    deal_made = yes_no()
    converted_on = day(SORT, COLUMN)
    created_at = instant(NOTED)

    row = {"name": derived(T.TEXT, "coalesce(b.converted_on, '')")}


class Purchase(Record):
    """Something a customer bought: of exactly one company or person."""

    plural = "purchases"
    when = "bought_on"

    company = link("company", Company, COLUMN, BREAKDOWN)
    person = link("person", Person, COLUMN)
    deal = link("deal", Deal)
    product = link("product", Product, COLUMN, BREAKDOWN)
    bought_on = day(SORT, COLUMN)
    quantity = number(COLUMN)
    amount = money(SORT, COLUMN)
    amount_currency = currency()
    note = long_text(SEARCH)
    source_system = text(NOTED)
    source_id = text(NOTED)
    created_at = instant(NOTED)

    row = {"name": derived(T.TEXT, f"coalesce({named('product', 'b.product_id')}, b.bought_on, '')", COLUMN)}

    class Meta:
        constraints = [exactly_one("company_id", "person_id")]
