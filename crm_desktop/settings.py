"""What the user chose: a frozen record, kept as JSON beside the database."""

import json
import locale
import os
import re
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from crm_desktop.errors import explaining

LANGUAGES = ("en_GB", "en_US", "en_DE")
"""The languages of the window, each with the country whose dates and numbers are written and read."""

_WEEK_STARTS = {"monday": 0, "saturday": 5, "sunday": 6}
_Check = Callable[[Any], bool]


def _setting(default: Any, check: _Check) -> Any:
    """A field whose value must have the type of its default and pass `check`."""
    return field(default=default, metadata={"check": check})


def _one_of(*choices: str) -> _Check:
    return lambda value: value in choices


def _between(low: float, high: float) -> _Check:
    return lambda value: low <= value <= high


def _matches(pattern: str) -> _Check:
    return lambda value: re.fullmatch(pattern, value) is not None


def _any(_value: object) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings with their defaults. A wrong value raises `ValueError`, naming the setting.

    Money is in minor units of `currency`, rates are fractions, gaps and risks are days.
    """

    theme: str = _setting("system", _one_of("system", "light", "dark"))
    language: str = _setting("en_GB", _matches(r"[a-z]{2,3}(_[A-Z]{2})?"))
    currency: str = _setting("EUR", _matches(r"[A-Z]{3}"))
    week_start: str = _setting("monday", _one_of(*_WEEK_STARTS))
    density: str = _setting("normal", _one_of("compact", "normal", "comfortable"))
    text_scale: int = _setting(100, _between(90, 160))
    reduced_motion: bool = _setting(False, _any)
    hint_bar: bool = _setting(True, _any)
    sidebar_collapsed: bool = _setting(False, _any)
    window_place: str = _setting("", _matches(r"[A-Za-z0-9+/=]*"))
    """Where the window stood when it was closed, as Qt tells it; empty: it was never open."""
    letter_keys: bool = _setting(True, _any)
    welcomed: bool = _setting(False, _any)
    """The user has chosen to start with an empty base: the first page does not come again."""
    recent: str = _setting("", _matches(r"([a-z]+:\d+( |$))*"))
    """The records opened last, as kind:id, the newest first."""
    user_name: str = _setting("", _any)
    inbox_folder: str = _setting("", _any)
    """Where business cards, mails and tables are put to be taken in; empty: nowhere."""
    monthly_quota: int = _setting(0, _between(0, 2**63 - 1))
    """0: none is set."""
    gap_factor: float = _setting(3.0, _between(1, 20))
    """A customer is lost after this many times the usual gap between purchases ..."""
    gap_days_min: int = _setting(90, _between(1, 3650))
    """... but never before this many days,"""
    gap_days_single: int = _setting(365, _between(1, 3650))
    """and after this many where a single purchase tells no usual gap."""
    churn_target: float = _setting(0.02, _between(0, 1))
    at_risk_days: int = _setting(7, _between(1, 365))
    score_hot: int = _setting(70, _between(0, 100))
    score_warm: int = _setting(40, _between(0, 100))
    unknown: Mapping[str, object] = field(default_factory=dict)
    """Keys of a newer version, kept so that going back and forth loses nothing."""

    def __post_init__(self) -> None:
        for each in fields(self):
            if each.name != "unknown" and not _fits(each.name, getattr(self, each.name)):
                raise ValueError(each.name)

    @property
    def first_weekday(self) -> int:
        """The weekday that weeks begin with, from 0 for Monday to 6."""
        return _WEEK_STARTS[self.week_start]


_RULES = {each.name: (each.default, each.metadata["check"]) for each in fields(Settings) if each.name != "unknown"}


def _fits(name: str, value: object) -> bool:
    default, check = _RULES[name]
    # JSON and people write 3 for 3.0; but True is no number here.
    alike = type(value) is type(default) or (type(default) is float and type(value) is int)
    return alike and bool(check(value))


def load(path: Path) -> Settings:
    """The settings of `path`. Without a file those that suit this computer; a wrong value alone falls back.

    A file that cannot be read as settings is renamed aside, so that nothing of it is lost.
    """
    start = Settings(currency=local_currency(), language=local_language())
    try:
        with explaining(path):
            document = json.loads(path.read_text("utf-8")) if path.exists() else {}
        if not isinstance(document, dict):
            raise ValueError("not an object")
    except ValueError:
        _set_aside(path)
        document = {}
    known = {name: value for name, value in document.items() if name in _RULES and _fits(name, value)}
    if known.get("language") == "en":
        # Once English had no country; whose dates it meant followed from elsewhere and was not what was shown.
        del known["language"]
    unknown = {name: value for name, value in document.items() if name not in _RULES}
    return replace(start, **known, unknown=unknown)


def save(path: Path, settings: Settings) -> None:
    """Write all settings, or leave the old file whole if that fails."""
    document = {name: getattr(settings, name) for name in _RULES} | dict(settings.unknown)
    text = json.dumps(document, indent=2, ensure_ascii=False) + "\n"
    with explaining(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".part")
        part = Path(name)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)


def local_currency() -> str:
    """The currency of this computer's locale, or EUR where it names none."""
    before = locale.setlocale(locale.LC_MONETARY)
    try:
        locale.setlocale(locale.LC_MONETARY, "")
        code = str(locale.localeconv()["int_curr_symbol"]).strip()
    except locale.Error:
        code = ""
    finally:
        locale.setlocale(locale.LC_MONETARY, before)
    return code if _fits("currency", code) else "EUR"


def local_language() -> str:
    """The language of the window, which is English, with the country of this computer's locale where it is offered."""
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        name = locale.setlocale(locale.LC_CTYPE, "")
    except locale.Error:
        name = ""
    finally:
        locale.setlocale(locale.LC_CTYPE, before)
    if re.search(r"_(US|United States)\b", name):
        return "en_US"
    return "en_DE" if re.match(r"(\w+_)?(DE|Germany)\b", name) else "en_GB"


def _set_aside(path: Path) -> None:
    number = 1
    while (aside := path.with_suffix(f".damaged-{number}.json")).exists():
        number += 1
    with explaining(path):
        path.rename(aside)
