"""Schema 4: lists of customers know the last outreach and the strength of the relation."""

import apsw

INDEXED = (
    "name", "type", "segment", "industry", "customer_since", "purchases", "revenue", "last_purchase", "last_touch",
    "last_outreach", "next_activity", "strength", "open_deals", "created_at",
)  # fmt: skip

STATEMENTS = (
    "DROP TABLE customer_row",
    "CREATE TABLE customer_row (id INTEGER NOT NULL PRIMARY KEY, name TEXT, type TEXT, segment TEXT, industry TEXT, "
    "customer_since TEXT, purchases INTEGER, revenue INTEGER, last_purchase TEXT, last_touch TEXT, "
    "last_outreach TEXT, next_activity TEXT, strength INTEGER, open_deals INTEGER, created_at TEXT)",
    *(f"CREATE INDEX customer_row_{name} ON customer_row ({name})" for name in INDEXED),
    "INSERT OR REPLACE INTO meta VALUES ('derived', 'stale')",
)


def upgrade(connection: apsw.Connection) -> None:
    """Adds the columns; the rows themselves are made anew when the base is opened."""
    for statement in STATEMENTS:
        connection.execute(statement)
