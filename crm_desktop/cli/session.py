"""One run of the command line: its options, the services it opened, what it answers."""

import argparse
import contextlib
import gc
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from crm_desktop.cli import output
from crm_desktop.domain.clock import Clock
from crm_desktop.paths import DataDir
from crm_desktop.services import Services
from crm_desktop.settings import Settings, load


class Session:
    """Opens what a command asks for and closes it again."""

    def __init__(self, options: argparse.Namespace) -> None:
        self._options = options
        self._services: Services | None = None
        self._stack = contextlib.ExitStack()
        self.clock = Clock.fixed(options.now) if options.now else Clock()
        self.data = DataDir(options.data_dir) if options.data_dir else DataDir.default()

    @property
    def settings(self) -> Settings:
        """What the user chose."""
        return load(self.data.settings)

    def passphrase(self) -> str | None:
        """The first line of the file given by --passphrase-file."""
        path = cast("Path | None", self._options.passphrase_file)
        if path is None:
            return None
        from crm_desktop.errors import UserError, explaining

        try:
            with explaining(path):
                return path.read_text("utf-8").partition("\n")[0].rstrip("\r")
        except UnicodeDecodeError as error:
            raise UserError(f"“{path.name}” is not a text file. Save the passphrase as text in UTF-8.") from error

    def reader(self) -> Services:
        """The services, for a command that changes nothing."""
        if self._services is None:
            from crm_desktop.bootstrap import open_services

            self._services = open_services(self.data, self.settings, self.clock, passphrase=self.passphrase())
            self._stack.callback(self._services.close)
        return self._services

    def writer(self) -> Services:
        """The services, for a command that writes: one writer at a time, so an open window refuses it."""
        from crm_desktop.services.lock import writing

        self.data.create()
        self._stack.enter_context(writing(self.data))
        services = self.reader()
        services.ageing.bring_up()
        return services

    def window(self) -> int:
        """Opens the window."""
        try:
            from crm_desktop.app import run

            return run(_Start(self._options.data_dir, self.clock, self.passphrase()))
        finally:
            gc.unfreeze()
            gc.enable()

    def say(self, text: str) -> None:
        """A message, on standard error."""
        if not self._options.quiet:
            print(text, file=sys.stderr)

    def show(self, result: Any) -> None:
        """The answer, on standard output: JSON if asked, else lines for people."""
        if result is None:
            return
        if self._options.json:
            print(json.dumps(result, ensure_ascii=False, indent=1, default=output.plain))
        elif not self._options.quiet:
            print(output.text(result))

    def report_bug(self, error: Exception) -> str:
        """Keeps a report of an error that is ours, without what it may quote of records, and names it."""
        from crm_desktop import __version__, log

        text = f"CRM Desktop {__version__}\n\n{log.mask(log.describe(error))}\n"
        name = f"crash-{datetime.now(UTC):%Y%m%d-%H%M%S}.txt"
        try:
            self.data.logs.mkdir(parents=True, exist_ok=True)
            (self.data.logs / name).write_text(text, "utf-8")
        except OSError:
            return f"Something went wrong in the program; your data is safe.\n{text}"
        return f"Something went wrong in the program; your data is safe. The report is {self.data.logs / name}."

    def close(self) -> None:
        """Closes what was opened, in reverse order."""
        self._stack.close()


class _Start:
    """What the window is told of its start."""

    def __init__(self, data_dir: Path | None, clock: Clock, passphrase: str | None = None) -> None:
        self.data_dir = data_dir
        self.clock = clock
        self.passphrase = passphrase
