"""The tracked tables, by area."""

from crm_desktop.storage.models.base import Record, Table
from crm_desktop.storage.models.contacts import (
    Address,
    Company,
    DistinctPair,
    Email,
    Employment,
    Lead,
    Occasion,
    Person,
    Phone,
    Relation,
    Status,
)
from crm_desktop.storage.models.customers import VIEWS, Customer, Loss
from crm_desktop.storage.models.sales import (
    ContactRole,
    Conversion,
    Deal,
    Pipeline,
    Product,
    Purchase,
    Stage,
    StageLog,
)
from crm_desktop.storage.models.shape import CustomField, SavedView
from crm_desktop.storage.models.work import Activity, ActivityLink, Tag, TagLink, Task, TaskLink

RECORDS: tuple[type[Record], ...] = (
    Lead, Company, Person, Deal, Product, Purchase, Activity, Task, Pipeline, Stage, StageLog, Tag,
    Status, Employment, Relation, Occasion, ContactRole, Conversion,
)  # fmt: skip
"""The kinds of record, in the order people meet them."""

PARTS: tuple[type[Table], ...] = (Email, Phone, Address, ActivityLink, TaskLink, TagLink)
"""Tables whose rows are a part of some record."""

SHAPE: tuple[type[Table], ...] = (CustomField, SavedView, DistinctPair)
"""What the user shaped or said of records."""

CUSTOMISED = ("lead", "company", "person", "deal", "product", "purchase", "activity", "task")
"""Kinds that can have fields of the user; each has a table `<kind>_custom` for their values."""

DERIVED: tuple[type[Record], ...] = (Customer, Loss)
"""Kinds worked out from the others."""

KINDS: tuple[type[Record], ...] = RECORDS + DERIVED

TABLES: tuple[type[Table], ...] = RECORDS + PARTS + SHAPE

__all__ = [
    "CUSTOMISED",
    "DERIVED",
    "KINDS",
    "PARTS",
    "RECORDS",
    "SHAPE",
    "TABLES",
    "VIEWS",
    "Activity",
    "ActivityLink",
    "Address",
    "Company",
    "ContactRole",
    "Conversion",
    "CustomField",
    "Customer",
    "Deal",
    "DistinctPair",
    "Email",
    "Employment",
    "Lead",
    "Loss",
    "Occasion",
    "Person",
    "Phone",
    "Pipeline",
    "Product",
    "Purchase",
    "Record",
    "Relation",
    "SavedView",
    "Stage",
    "StageLog",
    "Status",
    "Table",
    "Tag",
    "TagLink",
    "Task",
    "TaskLink",
]  # fmt: skip
