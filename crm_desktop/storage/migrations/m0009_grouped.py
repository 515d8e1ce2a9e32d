"""Schema 9: views keep what their lists are grouped by."""

import apsw


def upgrade(connection: apsw.Connection) -> None:
    """Adds the column; no view was grouped before."""
    connection.execute('ALTER TABLE saved_view ADD COLUMN "grouped" TEXT')
