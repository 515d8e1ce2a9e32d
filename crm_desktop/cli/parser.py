"""The words of the command line."""

import argparse
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from crm_desktop import __version__


def parse(words: Sequence[str]) -> argparse.Namespace:
    """What was asked for; without a command only the window, for which no command is loaded."""
    alone = argparse.ArgumentParser(prog="crm-desktop", add_help=False, allow_abbrev=False)
    alone.set_defaults(command=None)
    _common(alone, first=True)
    options, rest = alone.parse_known_args(words)
    return build().parse_args(words) if rest else options


def build() -> argparse.ArgumentParser:
    """The whole parser; options for every command may stand before or after it."""
    from crm_desktop.cli import (
        bin,
        duplicates,
        fields,
        files,
        finding,
        history,
        inbox,
        joining,
        people,
        pictures,
        records,
        reports,
        safety,
    )

    parser = argparse.ArgumentParser(prog="crm-desktop", description="CRM Desktop. Without a command the window opens.")
    parser.add_argument("--version", action="version", version=f"CRM Desktop {__version__}")
    _common(parser, first=True)
    shared = argparse.ArgumentParser(add_help=False)
    _common(shared, first=False)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    about_records = (records, finding, people, fields, files, inbox, reports, duplicates, joining)
    for group in (*about_records, history, bin, safety, pictures):
        group.add(_Adder(commands, shared))
    return parser


class _Adder:
    """Adds a command that also understands the options for every command."""

    def __init__(self, commands: Any, shared: argparse.ArgumentParser) -> None:
        self._commands = commands
        self._shared = shared

    def __call__(self, name: str, run: Any, help: str) -> argparse.ArgumentParser:
        made: argparse.ArgumentParser = self._commands.add_parser(
            name, help=help, description=help, parents=[self._shared]
        )
        made.set_defaults(run=run)
        return made


def _common(parser: argparse.ArgumentParser, *, first: bool) -> None:
    # Behind the command an option that is not given must not take back what was given before it.
    def default(value: Any) -> Any:
        return value if first else argparse.SUPPRESS

    parser.add_argument("--data-dir", type=Path, default=default(None), help="where everything of yours lies")
    parser.add_argument("--passphrase-file", type=Path, default=default(None), help="a file with the passphrase")
    parser.add_argument("--json", action="store_true", default=default(False), help="answer one JSON document")
    parser.add_argument("--quiet", action="store_true", default=default(False), help="no messages")
    parser.add_argument("--now", type=_instant, default=default(None), metavar="ISO", help="set the clock")


def _instant(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is not a date or time like 2026-11-20T09:00") from None
