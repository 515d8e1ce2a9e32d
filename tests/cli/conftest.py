"""A command line that is run in this process, on a folder of its own."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from crm_desktop.cli import main

NOW = "2026-11-12T10:05"


class Answer(NamedTuple):
    """What a command gave."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Its document."""
        return json.loads(self.out)


Run = Callable[..., Answer]


@pytest.fixture
def run(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> Run:
    """Runs a command with `--json`, on the data folder `tmp_path/data`, at a fixed time."""

    def call(*words: object, data: Path | None = None) -> Answer:
        capfd.readouterr()
        folder = str(data or tmp_path / "data")
        try:
            code = main(
                ["--data-dir", folder, "--json", *(() if "--now" in words else ("--now", NOW)), *map(str, words)]
            )
        except SystemExit as stop:
            code = int(str(stop.code))
        out, err = capfd.readouterr()
        return Answer(code, out, err)

    return call
