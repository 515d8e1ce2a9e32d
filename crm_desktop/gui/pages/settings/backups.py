"""Backups, going back to one, and encryption."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from crm_desktop.domain.change import Change, Touched
from crm_desktop.errors import PassphraseNeeded, WrongPassphrase
from crm_desktop.gui import format
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.pages.page import Notice
from crm_desktop.gui.pages.settings.panel import Panel
from crm_desktop.gui.pages.settings.passphrase import PassphraseDialog
from crm_desktop.gui.pages.settings.rows import SettingRow
from crm_desktop.gui.records.ask_dialog import AskDialog
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.gui.widgets.text import label
from crm_desktop.services.safety import Restored

SHOWN = 30


class BackupsPanel(Panel):
    """Back up now; the backups there are; encryption of the base."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context, self.tr("Backups"))
        self._copies: list[SettingRow] = []
        note = self.tr("A copy of everything, in the folder of the program. Older ones are thinned out by themselves.")
        self._add_offer(self.tr("Back up now"), note, self.tr("Back up now"), self.back_up)
        note = self.tr("A stolen laptop gives nothing away; backups are encrypted too.")
        self.lock_button = self._add_offer(self.tr("Encryption"), note, "", self._ask)

    def _add_offer(self, words: str, note: str, button_words: str, run: Any) -> Button:
        row = SettingRow(self.context.theme, words, note, self.card)
        button = Button(self.context.theme, row, button_words)
        button.clicked.connect(lambda: run())
        row.put(button)
        self.add_row(row)
        return button

    def refresh(self) -> None:
        safety = self.context.services.safety
        self.context.jobs.read(lambda _progress: safety.backups(), self._show, owner=self)
        self.lock_button.setText(self.tr("Decrypt ...") if safety.encrypted else self.tr("Encrypt ..."))

    def _show(self, backups: Sequence[Any]) -> None:
        focus: QWidget | None = self.focusWidget()
        focused = focus is not None and any(row.isAncestorOf(focus) for row in self._copies)
        for row in self._copies:
            self.rows.remove(row)
            row.deleteLater()
        self._copies = [self._copy_row(backup) for backup in backups[:SHOWN]]
        for row in self._copies:
            self.add_row(row)
            row.show()  # what is not shown yet takes no focus
        if focused and self._copies:
            for button in self._copies[0].findChildren(Button):
                button.setFocus()

    def _copy_row(self, backup: Any) -> SettingRow:
        today = self.context.clock.today()
        when, inside = format.moment(backup.at, today), format.moment_inside(backup.at, today)
        size = self.locale().formattedDataSize(backup.size)
        what = "" if backup.schema is None else self.tr("Before an update")
        note = " · ".join(filter(None, (what, size, backup.path.name)))
        row = SettingRow(self.context.theme, when, note, self.card)
        button = Button(self.context.theme, row, self.tr("Go back to this ..."))
        button.clicked.connect(lambda: self._look(backup.path, inside))
        row.put(button)
        return row

    # what the user does

    def back_up(self) -> None:
        """Make a backup now."""
        safety = self.context.services.safety
        self.context.jobs.write(
            lambda progress: safety.backup(progress=progress), self._backed_up, self.tell_refused, self.tr("Backing up")
        )

    def _backed_up(self, path: Path) -> None:
        self.say(Notice(self.tr("Backed up as %1").replace("%1", path.name)))
        self.refresh()

    def _look(self, path: Path, when: str, passphrase: str | None = None) -> None:
        safety = self.context.services.safety
        self.context.jobs.write(
            lambda _progress: safety.restore_backup(path, dry_run=True, passphrase=passphrase),
            partial(self._confirm, when, passphrase),
            partial(self._not_looked, path, when),
        )

    def _not_looked(self, path: Path, when: str, error: Exception) -> None:
        """A backup may be under a passphrase that the base has no more."""
        if not isinstance(error, PassphraseNeeded | WrongPassphrase):
            self.tell_refused(error)
            return
        dialog = PassphraseDialog(self.context.theme, False, partial(self._look, path, when), self.window())
        dialog.setWindowTitle(self.tr("Open the backup"))
        dialog.ok_button.setText(self.tr("Open"))
        dialog.note_label.setText(self.tr("The passphrase under which this backup was encrypted."))
        if isinstance(error, WrongPassphrase):
            dialog.tell(error.sentence, dialog.first_edit)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _confirm(self, when: str, passphrase: str | None, plan: Restored) -> None:
        """Going back cannot be undone by Ctrl+Z, so it is asked; what would change is said."""
        labels = self.context.services.labels
        lines = [
            self.tr("%1: %2 now, %3 then").replace("%1", labels.kind(kind, plural=True))
            .replace("%2", format.count_text(plan.now[kind])).replace("%3", format.count_text(count))
            for kind, count in plan.then.items()
            if count != plan.now[kind]
        ]  # fmt: skip
        dialog = AskDialog(self.context, self.window())
        title = self.tr("Go back to the backup of %1?").replace("%1", when)
        dialog.entitle(title, self.tr("Go back to this backup"))
        same = self.tr("The numbers of records are the same.")
        for line in lines or [same]:
            dialog.content.addWidget(label(line))
        kept = self.tr("What is there now is backed up first.")
        dialog.content.addWidget(label(kept, tone="secondary", wrap=True))
        dialog.answered.connect(lambda _answer: dialog.accept())
        dialog.accepted.connect(partial(self.restore, plan.path, passphrase))
        dialog.open()

    def restore(self, path: Path, passphrase: str | None = None) -> None:
        """Go back to a backup, which may be under a passphrase of its own."""
        restore = self.context.services.safety.restore_backup
        self.context.jobs.write(
            lambda _progress: restore(path, passphrase=passphrase), self._restored, self.tell_refused,
            self.tr("Going back"),
        )  # fmt: skip

    def _restored(self, _result: Restored) -> None:
        everything = tuple(Touched(kind, 0, ()) for kind in self.context.services.catalogue.kinds)
        self.context.changes.announce(Change(0, "restore_backup", "", "", everything))
        self.say(Notice(self.tr("The backup is in place. What was there before is in the list too.")))
        self.refresh()

    def _ask(self) -> None:
        safety = self.context.services.safety
        new = not safety.encrypted
        dialog = PassphraseDialog(self.context.theme, new, partial(self.lock, new), self.window())
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def lock(self, new: bool, passphrase: str) -> None:
        """Encrypt under a new passphrase, or decrypt by the known one."""
        safety = self.context.services.safety
        work = safety.encrypt if new else safety.decrypt
        title = self.tr("Encrypting") if new else self.tr("Decrypting")
        said = self.tr("Your customers are encrypted.") if new else self.tr("Your customers are a plain file again.")
        self.context.jobs.write(
            lambda _progress: work(passphrase), lambda _none: self._locked(said), self.tell_refused, title
        )

    def _locked(self, words: str) -> None:
        self.say(Notice(words))
        self.refresh()
