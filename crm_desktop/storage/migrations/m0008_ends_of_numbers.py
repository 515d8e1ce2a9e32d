"""Schema 8: the search finds a phone number by its last digits too."""

import apsw


def upgrade(connection: apsw.Connection) -> None:
    """The search indexes are made anew when the base is opened."""
    connection.execute("INSERT OR REPLACE INTO meta VALUES ('derived', 'stale')")
