"""Pictures of every page, as the command line takes them."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from tests.cli.conftest import Run

PAGES = (
    "leads", "pipeline", "customers", "analytics", "importing", "history", "settings", "first_run", "glossary",
    "palette",
)  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_every_page_has_its_picture(page: str, run: Run, tmp_path: Path) -> None:
    run("demo")
    out = tmp_path / "page.png"
    assert run("shot", page, out, "--theme", "dark", "--size", "1024x680", "--text-scale", 110).code == 0
    image = QImage(str(out))
    assert (image.width(), image.height()) == (1024, 680)
    colours = {image.pixel(x, y) for x in range(0, 1024, 8) for y in range(0, 680, 8)}
    assert len(colours) > 10


def test_a_picture_may_speak_another_language(run: Run, tmp_path: Path, qapp: QApplication) -> None:
    out = tmp_path / "page.png"
    assert run("shot", "leads", out, "--locale", "ar").code == 0
    assert out.is_file() and qapp.layoutDirection() == Qt.LayoutDirection.RightToLeft


def test_a_page_that_is_not_there_is_named(run: Run, tmp_path: Path) -> None:
    answer = run("shot", "nowhere", tmp_path / "page.png")
    assert answer.code == 1
    assert "nowhere" in answer.err + answer.out and "glossary" in answer.err + answer.out
