"""Schema 7: what an action took back by itself, so that the history tells and nobody takes it back twice."""

import apsw

STATEMENTS = (
    "ALTER TABLE action ADD COLUMN reverts INTEGER",
    "CREATE INDEX action_reverts ON action (reverts) WHERE reverts IS NOT NULL",
)


def upgrade(connection: apsw.Connection) -> None:
    """Adds the column; of what was taken back before nobody knows."""
    for statement in STATEMENTS:
        connection.execute(statement)
