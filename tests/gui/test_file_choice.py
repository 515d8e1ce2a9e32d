"""Dialogs for files begin where the last one ended."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from crm_desktop.gui import file_choice


def test_the_next_dialog_begins_where_the_last_one_ended(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_choice, "_used", [])
    parent, begun = QWidget(), []
    qtbot.addWidget(parent)

    def answer(_parent: QWidget, _title: str, where: str, *_patterns: str) -> tuple[str, str]:
        begun.append(Path(where))
        return str(tmp_path / "leads.csv"), ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", answer)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    assert file_choice.file_to_open(parent, "", "") == tmp_path / "leads.csv"
    file_choice.file_to_save(parent, "", "out.csv", "")
    assert begun[0].is_dir()
    assert begun[1] == tmp_path / "out.csv"
