"""Schema 6: the journal in fewer trees, since every edit writes a page of each."""

import apsw

STATEMENTS = (
    "ALTER TABLE action ADD COLUMN changeset BLOB",
    "DROP INDEX action_state",
    "CREATE INDEX action_undone ON action (id) WHERE state = 'undone'",
    "ALTER TABLE journal_row RENAME TO old_row",
    "CREATE TABLE journal_row (kind TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, action INTEGER "
    "NOT NULL REFERENCES action (id), PRIMARY KEY (kind, first, last, action)) WITHOUT ROWID",
    "INSERT INTO journal_row SELECT DISTINCT kind, first, last, action FROM old_row ORDER BY kind, first, last, action",
    "DROP TABLE old_row",
)


def upgrade(connection: apsw.Connection) -> None:
    """Moves the lines over as they are: what was done before can be undone as before."""
    for statement in STATEMENTS:
        connection.execute(statement)
