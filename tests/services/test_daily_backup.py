"""A backup every day on which something was written."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from crm_desktop.bootstrap import open_services
from crm_desktop.domain.clock import Clock
from crm_desktop.paths import DataDir
from crm_desktop.services import Services
from crm_desktop.settings import Settings

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def at(folder: Path, hours: float) -> Services:
    return open_services(DataDir(folder), Settings(), Clock.fixed(NOON + timedelta(hours=hours)))


def daily(folder: Path, hours: float, *, write: bool = False) -> bool:
    services = at(folder, hours)
    if write:
        services.records.add("lead", {"name": f"Lead {hours}"})
    made = services.safety.daily()
    services.close()
    assert made is None or made.stat().st_size > 0
    return made is not None


def test_there_is_a_backup_a_day_while_something_is_written(tmp_path: Path) -> None:
    assert not daily(tmp_path, 0), "an empty base needs none"
    assert daily(tmp_path, 1, write=True)
    assert not daily(tmp_path, 2, write=True), "the last one is an hour old"
    assert daily(tmp_path, 30), "a day passed since, and something was written"
    assert not daily(tmp_path, 60), "nothing was written since"
    assert daily(tmp_path, 61, write=True)
