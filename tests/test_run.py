"""The starter: what it decides, and one real start from nothing."""

import ast
import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

SCRIPT = Path(__file__).resolve().parents[1] / "run.py"
PRINTS_ARGUMENTS = "import os, sys\nprint(sys.argv[1:], os.getcwd())\nraise SystemExit(7)\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project whose locks name no library and whose program prints its arguments."""
    root = tmp_path / "a project"
    (root / "crm_desktop").mkdir(parents=True)
    (root / "crm_desktop" / "__main__.py").write_text(PRINTS_ARGUMENTS, "utf-8")
    for lock in ("requirements.lock", "requirements-dev.lock"):
        (root / lock).write_text(f"# {lock}\n", "utf-8")
    shutil.copy(SCRIPT, root)
    return root


@pytest.fixture
def run(project: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("run", project / "run.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_an_old_python_can_read_the_script() -> None:
    ast.parse(SCRIPT.read_text("utf-8"), feature_version=(3, 8))


def test_only_the_standard_library_is_needed() -> None:
    nodes = [node for node in ast.walk(ast.parse(SCRIPT.read_text("utf-8"))) if isinstance(node, ast.Import)]
    assert {alias.name for node in nodes for alias in node.names} <= sys.stdlib_module_names


def test_an_old_python_is_told_what_is_needed(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "sys", SimpleNamespace(version_info=(3, 10, 1), exit=sys.exit))
    with pytest.raises(SystemExit, match=r"needs Python 3\.11 or newer; this is 3\.10"):
        run.main()


def test_python_without_ensurepip_names_the_package(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    with pytest.raises(SystemExit, match="python3-venv"):
        run.make_environment()


def pretend_environment(run: ModuleType, version: str) -> None:
    run.PYTHON.parent.mkdir(parents=True)
    run.PYTHON.touch()
    (run.VENV / "pyvenv.cfg").write_text(f"home = somewhere\nversion = {version}\n", "utf-8")


def test_an_environment_of_this_python_is_kept(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend_environment(run, "{}.{}.{}".format(*sys.version_info[:3]))
    monkeypatch.setattr(run, "run_or_stop", pytest.fail)
    run.make_environment()


def test_an_environment_of_another_python_is_made_anew(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend_environment(run, "3.1.4")
    commands: list[list[str]] = []
    monkeypatch.setattr(run, "run_or_stop", commands.append)
    run.make_environment()
    assert "--clear" in commands[0]


def test_the_lock_for_tests_serves_the_program_too(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend_environment(run, "{}.{}.{}".format(*sys.version_info[:3]))
    commands: list[list[str]] = []
    monkeypatch.setattr(run, "run_or_stop", commands.append)
    run.install(run.PROGRAM)
    assert run.is_installed(run.PROGRAM)
    assert not run.is_installed(run.TESTS)
    run.install(run.TESTS)
    assert run.is_installed(run.PROGRAM)
    assert run.is_installed(run.TESTS)
    assert all("--require-hashes" in command for command in commands)
    run.PROGRAM.write_text("# another library\n", "utf-8")
    assert not run.is_installed(run.PROGRAM)


def test_missing_system_libraries_are_named(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "can_load", lambda library: library not in {"libEGL.so.1", "libxcb-cursor.so.0"})
    assert run.missing_packages({"QT_QPA_PLATFORM": "offscreen"}) == ["libegl1"]
    assert run.missing_packages({"WAYLAND_DISPLAY": "wayland-0"}) == ["libegl1"]
    assert run.missing_packages({}) == ["libegl1", "libxcb-cursor0"]


def test_a_library_that_is_nowhere_cannot_be_loaded(run: ModuleType) -> None:
    assert not run.can_load("libnowhere-to-be-found.so.0")


def test_from_nothing_to_the_command_line(project: Path, tmp_path: Path) -> None:
    (tmp_path / "crm_desktop").mkdir()
    (tmp_path / "crm_desktop" / "__main__.py").write_text("raise SystemExit('the wrong program')", "utf-8")
    command = [sys.executable, str(project / "run.py"), "import", "lead", "my leads.csv"]
    for start in ("first", "second"):
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 7, done.stderr
        assert done.stdout.strip() == f"['import', 'lead', 'my leads.csv'] {tmp_path}"
        assert ("Making the environment" in done.stderr) == (start == "first")
