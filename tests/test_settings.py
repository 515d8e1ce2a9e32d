import json
import locale
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop import settings as module
from crm_desktop.errors import EnvironmentProblem, Trouble
from crm_desktop.settings import LANGUAGES, Settings, load, local_language, save


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "settings.json"


def write(path: Path, document: object) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(document), "utf-8")


def test_without_a_file_the_defaults_hold_and_nothing_is_written(path: Path) -> None:
    assert load(path) == Settings(language=local_language())
    assert not path.parent.exists()


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("en_US.UTF-8", "en_US"), ("English_United States.1252", "en_US"), ("de_DE.UTF-8", "en_DE"),
        ("German_Germany.1252", "en_DE"), ("en_GB.UTF-8", "en_GB"), ("C", "en_GB"),
    ],
)  # fmt: skip
def test_english_begins_with_the_dates_of_this_country(
    path: Path, name: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locale, "setlocale", lambda *_: name)
    assert load(path).language == language
    write(path, {"language": "en"})  # as older versions kept it
    assert load(path).language == language
    write(path, {"language": "de"})
    assert load(path).language == "de"


def test_what_is_offered_says_whose_dates_are_meant() -> None:
    assert all(re.fullmatch("en_[A-Z]{2}", code) for code in LANGUAGES)


def test_what_is_saved_comes_back(path: Path) -> None:
    chosen = Settings(theme="dark", user_name="Žofie Ünal", text_scale=160, churn_target=0.035, hint_bar=False)
    save(path, chosen)
    assert load(path) == chosen
    assert [file.name for file in path.parent.iterdir()] == ["settings.json"]


def test_keys_of_a_newer_version_are_kept(path: Path) -> None:
    write(path, {"theme": "light", "hologram": {"depth": 3}})
    save(path, replace(load(path), theme="dark"))
    assert json.loads(path.read_text("utf-8"))["hologram"] == {"depth": 3}
    assert load(path).theme == "dark"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("theme", "pink"),
        ("theme", None),
        ("text_scale", 400),
        ("text_scale", True),
        ("text_scale", 100.5),
        ("hint_bar", "yes"),
        ("currency", "euro"),
        ("churn_target", float("nan")),
        ("monthly_quota", -1),
    ],
)
def test_one_wrong_value_falls_back_alone(path: Path, name: str, value: Any) -> None:
    write(path, {name: value, "user_name": "Maya"})
    assert load(path) == Settings(user_name="Maya")
    with pytest.raises(ValueError, match=name):
        replace(Settings(), **{name: value})


def test_a_whole_number_is_good_for_a_rate(path: Path) -> None:
    write(path, {"gap_factor": 4})
    assert load(path).gap_factor == 4


@pytest.mark.parametrize("content", [b"{", b"", b"[]", b"\xff\xfe{}", b'"text"'])
def test_a_damaged_file_is_renamed_aside(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    for number in (1, 2):
        path.write_bytes(content)
        assert load(path) == Settings()
        assert path.with_name(f"settings.damaged-{number}.json").read_bytes() == content
    assert not path.exists()


def test_a_failed_save_leaves_the_old_file_whole(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save(path, Settings(theme="dark"))

    def no_room(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", no_room)
    with pytest.raises(EnvironmentProblem) as caught:
        save(path, Settings(theme="light"))
    assert caught.value.trouble is Trouble.FULL
    assert load(path).theme == "dark"
    assert [file.name for file in path.parent.iterdir()] == ["settings.json"]


def test_a_folder_in_place_of_the_file_is_explained(path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(EnvironmentProblem):
        load(path)


@pytest.mark.parametrize(("symbol", "currency"), [("GBP ", "GBP"), ("", "EUR")])
def test_currency_comes_from_the_locale(
    path: Path, monkeypatch: pytest.MonkeyPatch, symbol: str, currency: str
) -> None:
    monkeypatch.setattr(locale, "localeconv", lambda: {"int_curr_symbol": symbol})
    assert load(path).currency == currency


def test_an_unknown_locale_means_euro_and_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    before = locale.setlocale(locale.LC_MONETARY)
    monkeypatch.setenv("LC_ALL", "xx_XX.nothing")
    assert module.local_currency() == "EUR"
    assert locale.setlocale(locale.LC_MONETARY) == before


@given(st.text(), st.integers(0, 2**62), st.floats(0, 1))
def test_any_valid_value_survives_the_file(
    tmp_path_factory: pytest.TempPathFactory, name: str, quota: int, target: float
) -> None:
    path = tmp_path_factory.mktemp("settings") / "settings.json"
    chosen = Settings(user_name=name, monthly_quota=quota, churn_target=target)
    save(path, chosen)
    assert load(path) == chosen
