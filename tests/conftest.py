"""What every test may rely on, whatever the machine it runs on."""

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backends.fail import Keyring as NoKeyring

# Defaults of the settings come from the locale, the day of an instant from the zone; a test must not depend on the
# developer's.
os.environ["LC_ALL"] = "C.UTF-8"
os.environ["TZ"] = "UTC"
if hasattr(time, "tzset"):
    time.tzset()
if sys.platform == "linux":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Sample files kept outside the project: other people's tables, too many and too varied to own."""
    folder = Path(__file__).parents[2] / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the sample files are not beside the project")
    return folder


@pytest.fixture
def berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A computer that stands in Berlin."""
    if not hasattr(time, "tzset"):
        pytest.skip("this system has no time zone of a process")
    with monkeypatch.context() as patched:
        patched.setenv("TZ", "Europe/Berlin")
        time.tzset()
        yield
    time.tzset()


@pytest.fixture(autouse=True)
def no_system_vault() -> None:
    """No test asks the vault of the person who runs it."""
    keyring.set_keyring(NoKeyring())  # type: ignore[no-untyped-call]


@pytest.fixture(autouse=True)
def nothing_left_open() -> Iterator[None]:
    """A window that one test leaves open, above all a question, would stand in the way of another."""
    yield
    if "PySide6.QtWidgets" not in sys.modules:
        return
    from PySide6.QtWidgets import QApplication

    if QApplication.instance() is None:
        return
    # Without a screen Qt keeps what was copied longer than Python lives, and then cannot let go of it.
    QApplication.clipboard().clear()
    left = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
    for widget in left:
        widget.close()
    assert not left
