"""Schema 10: lists of deals are ordered by stage; stages and statuses stand in the order that the user gave them."""

import apsw

INDEXED = (
    "name", "company", "stage", "amount", "probability", "opened_on", "expected_close", "closed_on", "created_at",
    "status", "weighted", "stage_position", "stage_since", "cycle_days", "last_touch", "next_activity",
)  # fmt: skip

STATEMENTS = (
    "DROP TABLE deal_row",
    "CREATE TABLE deal_row (id INTEGER NOT NULL PRIMARY KEY, name TEXT, company TEXT, stage TEXT, amount INTEGER, "
    "probability INTEGER, opened_on TEXT, expected_close TEXT, closed_on TEXT, created_at TEXT, status TEXT, "
    "weighted INTEGER, stage_position INTEGER, stage_since TEXT, cycle_days INTEGER, last_touch TEXT, "
    "next_activity TEXT)",
    *(f"CREATE INDEX deal_row_{name} ON deal_row ({name})" for name in INDEXED),
    "INSERT OR REPLACE INTO meta VALUES ('derived', 'stale')",
)


def upgrade(connection: apsw.Connection) -> None:
    """Adds the column; the rows themselves are made anew when the base is opened."""
    for statement in STATEMENTS:
        connection.execute(statement)
