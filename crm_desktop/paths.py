"""Where things lie: what the program brings along, and what belongs to the user."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from crm_desktop.errors import EnvironmentProblem, explaining

PACKAGE = Path(__file__).resolve().parent


@cache
def data_root() -> Path:
    """The folder that holds `ui/` and `resources/`: inside a wheel or bundle, else the source tree."""
    for root in (PACKAGE / "_data", PACKAGE.parent):
        if (root / "ui").is_dir() and (root / "resources").is_dir():
            return root
    raise FileNotFoundError(f"no ui and resources beside {PACKAGE}")


def resource(*parts: str) -> Path:
    """A file of `resources/`, such as `resource("icons", "sun.svg")`."""
    return data_root().joinpath("resources", *parts)


def form(name: str) -> Path:
    """The Qt Designer form of that name."""
    return data_root() / "ui" / f"{name}.ui"


@dataclass(frozen=True, slots=True)
class DataDir:
    """The user's folder: everything of one installation, so that copying it copies all."""

    root: Path

    @classmethod
    def default(cls) -> "DataDir":
        """The system's place for user data."""
        # Imported here: it takes 40 ms and a given folder does not need it.
        from platformdirs import user_data_path

        return cls(user_data_path("crm-desktop", appauthor=False))

    def create(self) -> None:
        """Make the folder, for its owner alone, with its cache; backups and logs are made by who writes them."""
        if self.root.exists() and not self.root.is_dir():
            raise EnvironmentProblem(
                f"“{self.root.name}” is a file, not a folder for your data. Nothing was changed; choose another place."
            )
        with explaining(self.root):
            self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        with explaining(self.cache):
            self.cache.mkdir(exist_ok=True)

    @property
    def database(self) -> Path:
        """The one file that holds the customers."""
        return self.root / "customers.crm"

    @property
    def vault(self) -> Path:
        """The key of an encrypted base, itself under the passphrase."""
        return self.root / "vault.db"

    @property
    def backups(self) -> Path:
        """Folder of the daily copies."""
        return self.root / "backups"

    @property
    def logs(self) -> Path:
        """Folder of the rotating log."""
        return self.root / "logs"

    @property
    def settings(self) -> Path:
        """What the user chose, as JSON."""
        return self.root / "settings.json"

    @property
    def cache(self) -> Path:
        """What can be made anew at any time."""
        return self.root / "cache"

    @property
    def begun_import(self) -> Path:
        """What was decided in an import that is under way."""
        return self.cache / "import.json"

    @property
    def device(self) -> Path:
        """A random name of this installation: a base that comes from another one learns that it moved."""
        return self.root / "device"

    @property
    def lock(self) -> Path:
        """Held by the running program, so that a second one knows."""
        return self.root / "lock"
