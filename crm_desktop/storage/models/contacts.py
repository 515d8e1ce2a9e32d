"""Leads, companies and people, and the addresses they are reached at."""

from typing import Any

import peewee as pw

from crm_desktop.domain.catalogue import FieldType as T
from crm_desktop.domain.terms import BuyingRole, LeadStatus, Lifecycle, RelationType
from crm_desktop.storage.declare import (
    BREAKDOWN,
    COLUMN,
    NOTED,
    SEARCH,
    SORT,
    anniversary,
    choice,
    currency,
    day,
    derived,
    instant,
    integer,
    link,
    long_text,
    money,
    text,
    url,
    year,
    yes_no,
)
from crm_desktop.storage.models.base import Record, Table, exactly_one, owner
from crm_desktop.storage.models.sql import full_name, in_touch, named


class Company(Record):
    """A company: where people work and deals are made."""

    plural = "companies"
    detail = "industry"

    name = text(SORT, SEARCH, COLUMN, required=True)
    domain = text(SEARCH)
    website = url()
    industry = text(SORT, COLUMN, BREAKDOWN)
    segment = text(SORT, COLUMN, BREAKDOWN)
    employees = integer(SORT)
    revenue = money(SORT)
    revenue_currency = currency()
    founded = year()
    parent = link("company", "self")
    customer = yes_no()
    customer_since = day()
    lost = yes_no()
    lost_on = day()
    lost_reason = text(BREAKDOWN)
    note = long_text(SEARCH)
    source_system = text(NOTED)
    source_id = text(NOTED)
    created_at = instant(SORT, NOTED)
    merged_into = link("company", "self", edit=False)

    row = {
        **in_touch("company", COLUMN),
        "open_deals": derived(
            T.INTEGER,
            "(SELECT count(*) FROM deal d JOIN stage s ON s.id = d.stage_id"
            " WHERE d.company_id = b.id AND d.deleted_at IS NULL AND s.category = 'open')",
            SORT,
            COLUMN,
        ),
    }


class Person(Record):
    """Somebody we know at a company or as a private customer."""

    plural = "people"
    detail = "company"

    salutation = text()
    first_name = text(SEARCH)
    last_name = text(SEARCH)
    job_title = text()
    department = text()
    company = link("company", Company, SORT, COLUMN, BREAKDOWN)
    role = choice(BuyingRole)
    birthday = anniversary(SORT)
    segment = text(SORT, BREAKDOWN)
    opt_out = yes_no()
    customer = yes_no()
    customer_since = day()
    lost = yes_no()
    lost_on = day()
    lost_reason = text(BREAKDOWN)
    note = long_text(SEARCH)
    source_system = text(NOTED)
    source_id = text(NOTED)
    created_at = instant(SORT, NOTED)
    merged_into = link("person", "self", edit=False)

    row = {
        "name": derived(T.TEXT, full_name("b"), SORT, COLUMN),
        **in_touch("person", COLUMN),
    }
    searched = "(SELECT name FROM company WHERE id = b.company_id)"


class Status(Record):
    """A working state of leads: its name is the user's, the type behind it is fixed."""

    plural = "lead_statuses"
    detail = "type"

    name = text(SEARCH, required=True)
    type = choice(LeadStatus, default=LeadStatus.OPEN)
    position = integer()

    class Meta:
        table_name = "lead_status"


STATUS_CHECK = pw.Check(f"status IN ({', '.join(repr(code.value) for code in LeadStatus)})")


class Lead(Record):
    """Someone who showed interest and has not bought.

    `first_status` is what schema 1 kept of the state; a tracked column stays, nothing reads it.
    """

    plural = "leads"
    detail = "company_name"

    first_name = text(SEARCH)
    last_name = text(SEARCH)
    company_name = text(SORT, SEARCH)
    job_title = text()
    department = text()
    website = url()
    first_status = pw.TextField(column_name="status", default=LeadStatus.OPEN.value, constraints=[STATUS_CHECK])
    lifecycle = choice(Lifecycle, SORT, COLUMN, BREAKDOWN, default=Lifecycle.LEAD)
    source = text(SORT, COLUMN, BREAKDOWN)
    source_detail = text()
    segment = text(SORT, COLUMN, BREAKDOWN)
    industry = text(BREAKDOWN)
    score = integer(SORT, COLUMN, most=100)
    value = money(SORT, COLUMN)
    value_currency = currency()
    opt_out = yes_no()
    company = link("company", Company)
    person = link("person", Person)
    mql_on = day(NOTED)
    sql_on = day(NOTED)
    opportunity_on = day(NOTED)
    customer_on = day(NOTED)
    note = long_text(SEARCH)
    source_system = text(NOTED)
    source_id = text(NOTED)
    created_at = instant(SORT, NOTED)
    status = link("lead_status", Status, SORT, COLUMN, BREAKDOWN, required=True)
    status_reason = text(BREAKDOWN)
    return_on = day(SORT)
    qualification = long_text(SEARCH)
    subscriber_on = day(NOTED)
    lead_on = day(NOTED)
    evangelist_on = day(NOTED)
    converted_on = day(NOTED)
    merged_into = link("lead", "self", edit=False)

    row = {
        "name": derived(T.TEXT, f"coalesce({full_name('b')}, nullif(trim(b.company_name), ''), '')", SORT, COLUMN),
        **in_touch("lead"),
        "status_type": derived(
            T.CHOICE,
            "coalesce((SELECT type FROM lead_status WHERE id = b.status_id), 'open')",
            SORT,
            BREAKDOWN,
            choices=tuple(code.value for code in LeadStatus),
        ),
    }


def later_flag() -> Any:
    """A yes or no that came to a table after its first release."""
    return pw.BooleanField(default=False, constraints=[pw.SQL("DEFAULT 0")])


OWNERS = ("lead", "company", "person")
"""Kinds whose records are reached by e-mail, phone and post."""


class ContactPoint(Table):
    """Where exactly one lead, company or person is reached; the lowest position is the primary one."""

    position = pw.IntegerField(default=0)
    label = pw.TextField(null=True)

    OWNER_CHECK = exactly_one(*(f"{kind}_id" for kind in OWNERS))


class Email(ContactPoint):
    """An e-mail address; opt-out and invalid belong to the address, not to its owner."""

    lead = owner(Lead)
    company = owner(Company)
    person = owner(Person)
    address = pw.TextField(index=True)
    invalid = pw.BooleanField(default=False)
    opt_out = pw.BooleanField(default=False)

    class Meta:
        constraints = [ContactPoint.OWNER_CHECK]


class Phone(ContactPoint):
    """A phone number as entered, and its digits in the international form where that is known."""

    lead = owner(Lead)
    company = owner(Company)
    person = owner(Person)
    number = pw.TextField()
    e164 = pw.TextField(null=True, index=True)
    invalid = later_flag()
    opt_out = later_flag()

    class Meta:
        constraints = [ContactPoint.OWNER_CHECK]


class Address(ContactPoint):
    """A postal address."""

    lead = owner(Lead)
    company = owner(Company)
    person = owner(Person)
    street = pw.TextField(null=True)
    city = pw.TextField(null=True)
    region = pw.TextField(null=True)
    postcode = pw.TextField(null=True)
    country = pw.TextField(null=True)
    invalid = later_flag()
    opt_out = later_flag()

    class Meta:
        constraints = [ContactPoint.OWNER_CHECK]


class Employment(Record):
    """A person's role at a company, from a day to a day; without an end it lasts."""

    plural = "employments"
    when = "started_on"
    detail = "company"

    person = link("person", Person, COLUMN)
    company = link("company", Company, COLUMN)
    job_title = text(SEARCH, COLUMN)
    department = text()
    started_on = day(SORT, COLUMN)
    ended_on = day(SORT, COLUMN)
    note = long_text(SEARCH)
    created_at = instant(NOTED)

    row = {"name": derived(T.TEXT, f"coalesce(nullif(trim(b.job_title), ''), {named('company', 'b.company_id')}, '')")}


class Relation(Record):
    """How one person or company stands to another: read the other way round it is the inverse of its type."""

    plural = "relations"
    detail = "type"

    type = choice(RelationType, COLUMN, default=RelationType.KNOWS)
    person = link("person", Person, COLUMN)
    company = link("company", Company, COLUMN)
    other_person = link("person", Person, COLUMN)
    other_company = link("company", Company, COLUMN)
    note = text(SEARCH)
    created_at = instant(NOTED)

    row = {"name": derived(T.TEXT, "b.type")}

    class Meta:
        constraints = [exactly_one("person_id", "company_id"), exactly_one("other_person_id", "other_company_id")]


class Occasion(Record):
    """A day of a person or company that comes back each year, such as a birthday of the firm or a wedding."""

    plural = "occasions"
    detail = "day"

    name = text(SEARCH, COLUMN, required=True)
    person = link("person", Person, COLUMN)
    company = link("company", Company, COLUMN)
    day = anniversary(SORT, COLUMN)
    note = long_text(SEARCH)
    created_at = instant(NOTED)

    class Meta:
        constraints = [exactly_one("person_id", "company_id")]


class DistinctPair(Table):
    """Two records that look alike and are not the same; the lower id stands first."""

    lead = owner(Lead)
    other_lead = owner(Lead)
    company = owner(Company)
    other_company = owner(Company)
    person = owner(Person)
    other_person = owner(Person)

    class Meta:
        table_name = "distinct_pair"
        constraints = [
            exactly_one(*(f"{kind}_id" for kind in OWNERS)),
            exactly_one(*(f"other_{kind}_id" for kind in OWNERS)),
        ]
