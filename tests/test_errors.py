import ast
import errno
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from crm_desktop.errors import CrmError, EnvironmentProblem, Trouble, UserError, explaining, file_problem

_PROGRAM = Path(__file__).parents[1] / "crm_desktop"


@pytest.mark.parametrize(
    ("number", "trouble", "words"),
    [
        (errno.ENOSPC, Trouble.FULL, "no room left"),
        (errno.EBUSY, Trouble.LOCKED, "in use by another program"),
        (errno.EROFS, Trouble.READ_ONLY, "may not be opened or changed"),
        (errno.EACCES, Trouble.READ_ONLY, "may not be opened or changed"),
        (errno.ENOENT, Trouble.MISSING, "was not found"),
        (errno.EIO, Trouble.OTHER, "could not be used"),
    ],
)
def test_what_the_system_refused_is_said_in_one_sentence(number: int, trouble: Trouble, words: str) -> None:
    problem = file_problem(OSError(number, "the reason"), Path("folder") / "leads.csv")
    assert problem.trouble is trouble
    assert words in problem.sentence
    assert "leads.csv" in problem.sentence
    assert problem.sentence.endswith(".")


def test_a_file_open_in_another_windows_program_is_locked() -> None:
    error = PermissionError(errno.EACCES, "sharing violation")
    error.winerror = 32  # type: ignore[attr-defined, unused-ignore]
    assert file_problem(error, Path("leads.csv")).trouble is Trouble.LOCKED


def test_an_error_without_number_still_has_a_sentence() -> None:
    assert file_problem(OSError("odd"), Path("a")).sentence == "“a” could not be used: OSError."


def test_explaining_keeps_the_cause(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem) as caught, explaining(tmp_path / "none.csv"):
        (tmp_path / "none.csv").read_text("utf-8")
    assert caught.value.trouble is Trouble.MISSING
    assert isinstance(caught.value.__cause__, FileNotFoundError)


def test_explaining_leaves_our_own_bugs_alone(tmp_path: Path) -> None:
    with pytest.raises(KeyError), explaining(tmp_path):
        raise KeyError("bug")


@pytest.mark.parametrize("family", [UserError, EnvironmentProblem])
def test_each_family_carries_its_sentence(family: type[CrmError]) -> None:
    error = family("Choose a stage.")
    assert error.sentence == str(error) == "Choose a stage."


def _refusals(path: Path) -> Iterator[str]:
    """The texts of a module that it raises as sentences for people."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "UserError":
            for part in ast.walk(node):
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    yield part.value


def test_a_sentence_fits_the_window_and_the_command_line() -> None:
    """Below both nothing names a button, a page or an option."""
    below = [path for name in ("domain", "formats", "services", "storage") for path in (_PROGRAM / name).rglob("*.py")]
    own = re.compile(r"(?i)\b(click|button|menu|dialog|settings|drag)|\bpress\b|(?<!\w)--[a-z]{2}|“Make it")
    assert {text for path in below for text in _refusals(path) if own.search(text)} == set()
