"""What the program loads until its first page is painted: the rest waits until somebody asks for it."""

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.bases import open_base

ROOT = Path(__file__).resolve().parents[2]
PROBE = """
import gc, sys
from benchmarks import windows

def tell():
    from PySide6.QtWidgets import QApplication
    print(gc.isenabled(), *sorted(sys.modules))
    QApplication.quit()

windows._tell = tell
windows.started(sys.argv[1])
"""
OWN_MODULES = 130
"""So many of ours are loaded by then. Raise it only for what the first page shows."""
LATER = (
    "matplotlib", "numpy", "rapidfuzz", "statistics", "secrets", "PySide6.QtNetwork",
    "crm_desktop.analytics", "crm_desktop.domain.rotting", "crm_desktop.domain.speech",
    "crm_desktop.domain.filter_tree", "crm_desktop.domain.filter_typing", "crm_desktop.storage.records",
    "crm_desktop.gui.promoted", "crm_desktop.gui.records.filter_words", "crm_desktop.gui.records.typed_filter",
    "crm_desktop.gui.shell.crash",
    "crm_desktop.formats", "crm_desktop.services.reports", "crm_desktop.services.pipeline",
    "crm_desktop.services.importing", "crm_desktop.services.exporting", "crm_desktop.services.safety",
    "crm_desktop.services.demo", "crm_desktop.gui.charts", "crm_desktop.gui.shell.palette_box",
    "crm_desktop.gui.shell.rescue", "crm_desktop.gui.shell.key_sheet", "crm_desktop.gui.records.panel_body",
    "crm_desktop.gui.records.record_form", "crm_desktop.gui.widgets.toast", "crm_desktop.gui.widgets.bulk_bar",
    "crm_desktop.gui.widgets.value_edit", "crm_desktop.storage.journal", "crm_desktop.storage.rows",
    "crm_desktop.gui.pages.pipeline", "crm_desktop.gui.pages.analytics", "crm_desktop.gui.pages.settings",
)  # fmt: skip


@pytest.fixture(scope="module")
def first_paint(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Whether the collector runs, and the modules that are loaded, when a page with records is painted."""
    folder = tmp_path_factory.mktemp("start")
    services = open_base(folder)
    services.demo.fill()
    services.close()
    command = [sys.executable, "-c", PROBE, str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_the_first_page_needs_little_of_the_program(first_paint: list[str]) -> None:
    ours = [name for name in first_paint if name.startswith("crm_desktop.")]
    assert len(ours) <= OWN_MODULES, ours


@pytest.mark.parametrize("part", LATER)
def test_a_part_that_is_not_shown_is_not_loaded(first_paint: list[str], part: str) -> None:
    assert [name for name in first_paint if name == part or name.startswith(f"{part}.")] == []


def test_nothing_is_collected_before_the_first_page(first_paint: list[str]) -> None:
    assert first_paint[0] == "False"
