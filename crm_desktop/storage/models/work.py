"""What was done and what is to do, and the records it concerns."""

from crm_desktop.domain.catalogue import FieldType as T
from crm_desktop.domain.terms import ActivityType, Outcome, TaskType
from crm_desktop.storage.declare import (
    BREAKDOWN,
    COLUMN,
    NOTED,
    SEARCH,
    SORT,
    choice,
    day,
    derived,
    instant,
    integer,
    long_text,
    text,
    yes_no,
)
from crm_desktop.storage.models.base import Record, Table, exactly_one, owner
from crm_desktop.storage.models.contacts import Company, Lead, Person
from crm_desktop.storage.models.sales import Deal


class Activity(Record):
    """A call, visit, mail or note: something that happened."""

    plural = "activities"
    when = detail = "happened_on"

    type = choice(ActivityType, SORT, COLUMN, BREAKDOWN, default=ActivityType.NOTE)
    subject = text(SORT, SEARCH, COLUMN)
    note = long_text(SEARCH)
    outcome = choice(Outcome, COLUMN, BREAKDOWN)
    happened_on = day(SORT, COLUMN)
    happened_at = instant()
    minutes = integer()
    source_system = text(NOTED)
    source_id = text(NOTED)
    created_at = instant(NOTED)
    pinned = yes_no(later=True)

    row = {"name": derived(T.TEXT, "coalesce(nullif(trim(b.subject), ''), b.type)")}


class Task(Record):
    """A follow-up: a promise with a date."""

    plural = "tasks"
    when = detail = "due_on"

    title = text(SORT, SEARCH, COLUMN, required=True)
    type = choice(TaskType, SORT, COLUMN, BREAKDOWN, default=TaskType.TASK)
    due_on = day(SORT, COLUMN)
    due_at = text()
    done_at = instant(SORT)
    priority = integer(SORT)
    note = long_text(SEARCH)
    source_system = text(NOTED)
    source_id = text(NOTED)
    created_at = instant(NOTED)

    row = {"name": derived(T.TEXT, "b.title")}


CONCERNED = ("lead", "company", "person", "deal")
"""Kinds that activities and tasks are about, and that bear tags."""


class ActivityLink(Table):
    """One record an activity concerns."""

    activity = owner(Activity, null=False)
    lead = owner(Lead)
    company = owner(Company)
    person = owner(Person)
    deal = owner(Deal)

    class Meta:
        table_name = "activity_link"
        constraints = [exactly_one("lead_id", "company_id", "person_id", "deal_id")]


class TaskLink(Table):
    """One record a task concerns."""

    task = owner(Task, null=False)
    lead = owner(Lead)
    company = owner(Company)
    person = owner(Person)
    deal = owner(Deal)

    class Meta:
        table_name = "task_link"
        constraints = [exactly_one("lead_id", "company_id", "person_id", "deal_id")]


class Tag(Record):
    """A word put on records to find them together."""

    plural = "tags"

    name = text(SEARCH, required=True)


class TagLink(Table):
    """One record a tag is on."""

    tag = owner(Tag, null=False)
    lead = owner(Lead)
    company = owner(Company)
    person = owner(Person)
    deal = owner(Deal)

    class Meta:
        table_name = "tag_link"
        constraints = [exactly_one("lead_id", "company_id", "person_id", "deal_id")]
