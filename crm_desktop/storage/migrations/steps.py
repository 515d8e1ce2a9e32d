"""Every step in order, loaded only where a base is made or is older than the program."""

from collections.abc import Callable

import apsw

from crm_desktop.storage.migrations import (
    m0001_first,
    m0002_relations,
    m0003_own_fields,
    m0004_customers,
    m0005_flagged,
    m0006_journal,
    m0007_reverted,
    m0008_ends_of_numbers,
    m0009_grouped,
    m0010_placed,
)

Step = Callable[[apsw.Connection], None]
STEPS: tuple[Step, ...] = (
    m0001_first.upgrade, m0002_relations.upgrade, m0003_own_fields.upgrade, m0004_customers.upgrade,
    m0005_flagged.upgrade, m0006_journal.upgrade, m0007_reverted.upgrade, m0008_ends_of_numbers.upgrade,
    m0009_grouped.upgrade, m0010_placed.upgrade,
)  # fmt: skip
