"""Schema 5: addresses that are bad are found without a look at the others."""

import apsw

STATEMENTS = (
    "CREATE INDEX email_flagged ON email (lower(address)) WHERE invalid OR opt_out",
    "CREATE INDEX phone_flagged ON phone (e164) WHERE invalid OR opt_out",
    "CREATE INDEX address_flagged ON address (id) WHERE invalid OR opt_out",
)


def upgrade(connection: apsw.Connection) -> None:
    """Adds the indexes, which are small: few addresses are bad."""
    for statement in STATEMENTS:
        connection.execute(statement)
