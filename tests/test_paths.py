from pathlib import Path

import pytest

from crm_desktop import paths
from crm_desktop.errors import EnvironmentProblem
from crm_desktop.paths import DataDir


def test_resources_and_forms_are_found_in_the_source_tree() -> None:
    assert paths.resource("icons", "sun.svg").is_file()
    assert paths.form("main_window") == paths.data_root() / "ui" / "main_window.ui"


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    package = tmp_path / "crm_desktop"
    package.mkdir()
    monkeypatch.setattr(paths, "PACKAGE", package)
    monkeypatch.setattr(paths, "data_root", paths.data_root.__wrapped__)
    return package


def test_data_inside_the_package_wins_over_the_folder_above(elsewhere: Path) -> None:
    for root in (elsewhere.parent, elsewhere / "_data"):
        for name in ("ui", "resources"):
            (root / name).mkdir(parents=True)
    assert paths.resource("x") == elsewhere / "_data" / "resources" / "x"


def test_half_a_copy_inside_the_package_is_not_used(elsewhere: Path) -> None:
    (elsewhere / "_data" / "ui").mkdir(parents=True)
    for name in ("ui", "resources"):
        (elsewhere.parent / name).mkdir()
    assert paths.data_root() == elsewhere.parent


def test_a_program_without_its_data_says_so(elsewhere: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no ui and resources"):
        paths.data_root()


def test_everything_of_the_user_lies_in_one_folder(tmp_path: Path) -> None:
    place = DataDir(tmp_path / "data")
    place.create()
    place.create()
    files = [place.database, place.vault, place.settings, place.lock]
    folders = [place.backups, place.logs, place.cache]
    assert all(path.parent == place.root for path in files + folders)
    assert len({path.name for path in files + folders}) == 7
    assert place.cache.is_dir()
    assert not any(path.exists() for path in (*files, place.backups, place.logs))


def test_a_file_in_the_place_of_the_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("mine", "utf-8")
    with pytest.raises(EnvironmentProblem, match="is a file, not a folder"):
        DataDir(tmp_path / "data").create()
    assert (tmp_path / "data").read_text("utf-8") == "mine"


def test_the_default_folder_is_ours_alone_and_absolute() -> None:
    assert DataDir.default().root.is_absolute()
    assert "crm-desktop" in DataDir.default().root.parts
