"""Schema 3: a name for each of the user's fields that stays when it is called otherwise, and days that come back."""

import apsw

STATEMENTS = (
    'ALTER TABLE custom_field ADD COLUMN "name" TEXT',
    "DROP TABLE person_row",
    "CREATE TABLE person_row (id INTEGER NOT NULL PRIMARY KEY, name TEXT, company TEXT, birthday TEXT, segment TEXT, "
    "created_at TEXT, last_touch TEXT, last_outreach TEXT, next_activity TEXT, strength INTEGER)",
    "CREATE INDEX person_row_name ON person_row (name)",
    "CREATE INDEX person_row_company ON person_row (company)",
    "CREATE INDEX person_row_birthday ON person_row (birthday)",
    "CREATE INDEX person_row_segment ON person_row (segment)",
    "CREATE INDEX person_row_created_at ON person_row (created_at)",
    "CREATE INDEX person_row_last_touch ON person_row (last_touch)",
    "CREATE INDEX person_row_last_outreach ON person_row (last_outreach)",
    "CREATE INDEX person_row_next_activity ON person_row (next_activity)",
    "CREATE INDEX person_row_strength ON person_row (strength)",
    "DROP TABLE occasion_row",
    "CREATE TABLE occasion_row (id INTEGER NOT NULL PRIMARY KEY, day TEXT)",
    "CREATE INDEX occasion_row_day ON occasion_row (day)",
    "INSERT OR REPLACE INTO meta VALUES ('derived', 'stale')",
)


def upgrade(connection: apsw.Connection) -> None:
    """Adds the column, and list rows that are in the order of the year."""
    for statement in STATEMENTS:
        connection.execute(statement)
