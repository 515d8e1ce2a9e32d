"""Make the environment if need be, then start CRM Desktop, its command line or its tests.

    python run.py                   opens the window
    python run.py test [...]        runs the tests; what follows goes to pytest
    python run.py import lead x.csv any other word goes to the command line

Standard library only, and no syntax newer than Python 3.8, so that an old Python can say it is old.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "installed.txt"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
PROGRAM, TESTS = ROOT / "requirements.lock", ROOT / "requirements-dev.lock"

# What Qt's wheels expect of the system: file name and the Debian package that brings it.
QT_NEEDS = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
}
SCREEN_NEEDS = {
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
}


def digest(lock: Path) -> str:
    """What must be in the environment: these libraries, for this Python."""
    version = "{}.{}".format(*sys.version_info[:2])
    return version + " " + lock.name + " " + hashlib.sha256(lock.read_bytes()).hexdigest()


def is_installed(lock: Path) -> bool:
    return PYTHON.exists() and STAMP.exists() and digest(lock) in STAMP.read_text("utf-8").splitlines()


def make_environment() -> None:
    """Create `.venv` unless one of this Python stands already."""
    config = VENV / "pyvenv.cfg"
    version = "version = {}.{}.".format(*sys.version_info[:2])
    if PYTHON.exists() and config.exists() and version in config.read_text("utf-8"):
        return
    # Debian ships Python without it, and venv then explains itself at length.
    try:
        import ensurepip  # noqa: F401
    except ImportError:
        sys.exit("This Python cannot make environments. Install it with: sudo apt install python3-venv")
    print("Making the environment in .venv (once) ...", file=sys.stderr, flush=True)
    run_or_stop([sys.executable, "-m", "venv", "--clear", str(VENV)])


def install(lock: Path) -> None:
    """Bring the environment to what the lock says and note that it was done."""
    make_environment()
    print(f"Installing the libraries of {lock.name} ...", file=sys.stderr, flush=True)
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    run_or_stop([*pip, "--require-hashes", "--no-deps", "--only-binary", ":all:", "-r", str(lock)])
    # The lock for tests holds everything the program needs, at the same versions.
    done = [PROGRAM, TESTS] if lock == TESTS else [PROGRAM]
    STAMP.write_text("\n".join(digest(each) for each in done) + "\n", "utf-8")


def run_or_stop(command: list[str]) -> None:
    if subprocess.run(command, stdout=sys.stderr, check=False).returncode:
        sys.exit("That did not work; the lines above say why. Nothing else was changed.")


def missing_packages(environment: dict[str, str]) -> list[str]:
    """The Debian packages Qt needs here and does not find."""
    needs = dict(QT_NEEDS)
    if "QT_QPA_PLATFORM" not in environment and "WAYLAND_DISPLAY" not in environment:
        needs.update(SCREEN_NEEDS)
    return [package for library, package in needs.items() if not can_load(library)]


def can_load(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def hand_over(command: list[str], environment: dict[str, str]) -> None:
    """Become that program; Windows has no such thing, so there wait for it."""
    if os.name == "nt":
        sys.exit(subprocess.run(command, env=environment, check=False).returncode)
    os.execve(command[0], command, environment)


def main() -> None:
    if sys.version_info < (3, 11):
        sys.exit("CRM Desktop needs Python 3.11 or newer; this is {}.{}.".format(*sys.version_info[:2]))
    arguments = sys.argv[1:]
    testing = arguments[:1] == ["test"]
    lock = TESTS if testing else PROGRAM
    if not is_installed(lock):
        install(lock)
    environment = dict(os.environ, PYTHONPATH=str(ROOT))
    if testing and sys.platform == "linux":
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    if sys.platform == "linux" and (testing or not arguments):
        packages = missing_packages(environment)
        if packages:
            sys.exit("Qt needs system libraries. Install: sudo apt install " + " ".join(packages))
    if testing:
        os.chdir(str(ROOT))
        hand_over([str(PYTHON), "-m", "pytest", *arguments[1:]], environment)
    # -P: the folder the user stands in is no place to import from.
    hand_over([str(PYTHON), "-P", "-m", "crm_desktop", *arguments], environment)


if __name__ == "__main__":
    main()
