"""Customers: companies and people who bought, read through views over the tracked tables, and when they were lost."""

import peewee as pw

from crm_desktop.domain.catalogue import FieldType as T
from crm_desktop.storage.declare import BREAKDOWN, COLUMN, SEARCH, SORT, derived
from crm_desktop.storage.models.base import Record
from crm_desktop.storage.models.sql import full_name, in_touch

BOUGHT = """
SELECT company_id AS customer_id, bought_on, amount, amount_currency FROM purchase
WHERE company_id IS NOT NULL AND deleted_at IS NULL
UNION ALL
SELECT person_id, bought_on, amount, amount_currency FROM purchase
WHERE person_id IS NOT NULL AND deleted_at IS NULL
UNION ALL
SELECT d.company_id, d.closed_on, d.amount, d.amount_currency FROM deal d
WHERE d.company_id IS NOT NULL AND d.deleted_at IS NULL
  AND d.stage_id IN (SELECT id FROM stage WHERE category = 'won')
  AND NOT EXISTS (SELECT 1 FROM purchase p WHERE p.deal_id = d.id AND p.deleted_at IS NULL)
UNION ALL
SELECT d.person_id, d.closed_on, d.amount, d.amount_currency FROM deal d
WHERE d.person_id IS NOT NULL AND d.company_id IS NULL AND d.deleted_at IS NULL
  AND d.stage_id IN (SELECT id FROM stage WHERE category = 'won')
  AND NOT EXISTS (SELECT 1 FROM purchase p WHERE p.deal_id = d.id AND p.deleted_at IS NULL)
"""
"""Every purchase; a won deal without linked purchases counts as one at its close date."""

_SHARED = "note, segment, customer_since, lost, lost_on, lost_reason, source_system, source_id, created_at, deleted_at"

CUSTOMER = f"""
SELECT id, 'company' AS type, name, industry, NULL AS company_id,
{_SHARED} FROM company
WHERE deleted_at IS NULL AND (customer OR id IN (SELECT customer_id FROM bought))
UNION ALL
SELECT id, 'person', {full_name("person")}, NULL, company_id,
{_SHARED} FROM person
WHERE deleted_at IS NULL AND (customer OR id IN (SELECT customer_id FROM bought))
"""
"""Companies and people with a purchase or a won deal, or marked as customers by hand or import."""

VIEWS = {"bought": BOUGHT, "customer": CUSTOMER}


def _bought(what: str) -> str:
    return f"(SELECT {what} FROM bought p WHERE p.customer_id = b.id)"


def _either(expression: str) -> str:
    return f"CASE b.type WHEN 'company' THEN {expression.format('company')} ELSE {expression.format('person')} END"


USUAL = (
    "(SELECT q.amount_currency FROM bought q WHERE q.customer_id = b.id AND q.amount IS NOT NULL"
    " GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1)"
)
"""The currency a customer usually pays in; revenue is counted in it, since amounts of two currencies never add."""


CUSTOMERS = ("company", "person")
"""Kinds whose records may be customers, which are read from theirs."""


class Customer(Record):
    """A company or person who bought; has the id of that record."""

    plural = "customers"

    row = {
        "name": derived(T.TEXT, "b.name", SORT, COLUMN, SEARCH),
        "type": derived(T.CHOICE, "b.type", SORT, BREAKDOWN, choices=("company", "person")),
        "segment": derived(T.TEXT, "b.segment", SORT, COLUMN, BREAKDOWN),
        "industry": derived(T.TEXT, "b.industry", SORT, BREAKDOWN),
        "company": derived(T.LINK, "b.company_id", target="company"),
        "customer_since": derived(T.DATE, f"coalesce(b.customer_since, {_bought('min(p.bought_on)')})", SORT),
        "purchases": derived(T.INTEGER, _bought("count(*)"), SORT, COLUMN),
        "revenue": derived(
            T.MONEY,
            _bought("sum(CASE WHEN p.amount_currency IS {usual} THEN p.amount END)").format(usual=USUAL),
            SORT,
            COLUMN,
        ),
        "last_purchase": derived(T.DATE, _bought("max(p.bought_on)"), SORT, COLUMN),
        **{name: own._replace(sql=_either(own.sql or "")) for name, own in in_touch("{}", COLUMN).items()},
        "open_deals": derived(
            T.INTEGER,
            "(SELECT count(*) FROM deal d JOIN stage s ON s.id = d.stage_id WHERE s.category = 'open'"
            " AND d.deleted_at IS NULL AND (d.company_id = b.id OR d.person_id = b.id))",
            SORT,
            COLUMN,
        ),
        "lost": derived(
            T.YES_NO,
            "EXISTS (SELECT 1 FROM loss l WHERE l.customer_id = b.id AND l.returned_on IS NULL"
            " AND (l.lost_on IS NULL OR l.lost_on <= today()))",
            BREAKDOWN,
        ),
        "lost_reason": derived(T.TEXT, "b.lost_reason", BREAKDOWN),
        "source_system": derived(T.TEXT, "b.source_system"),
        "source_id": derived(T.TEXT, "b.source_id"),
        "created_at": derived(T.INSTANT, "b.created_at", SORT),
    }


class Loss(Record):
    """When a customer was lost and, where it came back, when; worked out from purchases or marked by hand."""

    plural = "losses"
    when = "lost_on"

    customer = pw.IntegerField(column_name="customer_id", index=True)
    lost_on = pw.TextField(null=True)
    returned_on = pw.TextField(null=True)
    reason = pw.TextField()

    row = {
        "customer": derived(T.LINK, "b.customer_id", target="customer"),
        "lost_on": derived(T.DATE, "b.lost_on", SORT),
        "returned_on": derived(T.DATE, "b.returned_on", SORT),
        "reason": derived(T.CHOICE, "b.reason", choices=("gap", "hand")),
    }
