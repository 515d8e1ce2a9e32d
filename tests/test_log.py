from collections.abc import Iterator
from pathlib import Path

import pytest

from crm_desktop import log


@pytest.fixture(autouse=True)
def fresh_log() -> Iterator[None]:
    yield
    log.stop()


def text_of(folder: Path) -> str:
    return (folder / "crm-desktop.log").read_text("utf-8")


def test_a_named_logger_writes_to_the_folder(tmp_path: Path) -> None:
    log.start(tmp_path / "logs")
    log.named("storage.journal").info("action %d of %s", 7, "import")
    assert text_of(tmp_path / "logs").endswith("INFO crm_desktop.storage.journal action 7 of import\n")
    assert log.tail()[-1].endswith("action 7 of import")


def test_details_are_left_out_unless_asked_for(tmp_path: Path) -> None:
    log.start(tmp_path)
    log.named("a").debug("detail")
    assert text_of(tmp_path) == ""


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("to Maya.L+x@example.co.uk now", "to <e-mail> now"),
        ("<maya@example.org>", "<<e-mail>>"),
        ("call +44 20 7946 0958", "call <phone>"),
        ("call 0171/234 56-78", "call <phone>"),
        ("call +46(0)8123456", "call <phone>"),
    ],
)
def test_personal_data_is_masked(said: str, written: str) -> None:
    assert log.mask(said) == written


@pytest.mark.parametrize("said", ["lead 1099511627777", "on 2026-03-01", "12:04:05", "0.02 of 100", "v0.1.0"])
def test_what_is_no_personal_data_stays(said: str) -> None:
    assert log.mask(said) == said


def test_the_home_folder_names_nobody() -> None:
    assert log.mask(f"open {Path.home() / 'x.csv'}") == f"open {Path('~') / 'x.csv'}"


def test_an_exception_is_logged_by_kind_and_place_only(tmp_path: Path) -> None:
    log.start(tmp_path)
    try:
        try:
            int("Maya Lindqvist")
        except ValueError as error:
            raise KeyError("Maya") from error
    except KeyError:
        log.named("a").exception("import failed")
    written = text_of(tmp_path)
    assert "builtins.ValueError\nled to" in written
    assert "builtins.KeyError" in written
    assert "test_log.py" in written
    assert "invalid literal" not in written


def test_a_suppressed_cause_is_not_told() -> None:
    try:
        try:
            raise OSError
        except OSError:
            raise KeyError from None
    except KeyError as error:
        assert "OSError" not in log.describe(error).splitlines()[-1]
        assert "led to" not in log.describe(error)


def test_the_log_rotates_and_stays_small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "_FILE_BYTES", 2000)
    log.start(tmp_path)
    for number in range(300):
        log.named("a").info("line %d", number)
    files = list(tmp_path.iterdir())
    assert len(files) == 4
    assert all(file.stat().st_size <= 2000 for file in files)


def test_the_tail_is_bounded_and_ends_with_the_newest(tmp_path: Path) -> None:
    log.start(tmp_path)
    for number in range(500):
        log.named("a").info("line %d", number)
    assert len(log.tail()) == 200
    assert log.tail()[-1].endswith("line 499")


def test_without_a_place_to_write_the_tail_remains(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("a file where a folder should be", "utf-8")
    log.start(tmp_path / "logs")
    log.named("a").info("still here")
    assert log.tail()[0].startswith("no log can be written")
    assert log.tail()[-1].endswith("still here")


def test_starting_again_moves_to_the_new_folder(tmp_path: Path) -> None:
    log.start(tmp_path / "one")
    log.start(tmp_path / "two")
    log.named("a").info("hello")
    assert text_of(tmp_path / "one") == ""
    assert text_of(tmp_path / "two").count("hello") == 1
