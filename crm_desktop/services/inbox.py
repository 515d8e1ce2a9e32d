"""The inbox folder: business cards and mails that are put there become leads, tables wait to be imported."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crm_desktop.domain import alike
from crm_desktop.domain.change import Change
from crm_desktop.errors import UserError, file_problem
from crm_desktop.formats.business_card import cards
from crm_desktop.formats.letter import letter_text
from crm_desktop.formats.text_encoding import detect_encoding
from crm_desktop.services.duplicates import Duplicates
from crm_desktop.services.leads import Leads
from crm_desktop.services.progress import Progress
from crm_desktop.services.records import RecordService
from crm_desktop.storage.store import Store

CARDS, LETTERS, TABLES = frozenset({".vcf", ".vcard"}), frozenset({".eml"}), frozenset({".csv", ".tsv"})
TAKEN = "Taken in"
"""The folder inside the inbox folder where files lie once they were taken in."""

_LARGEST = 50_000_000  # bytes of a file of cards
_SAME = 80
"""The confidence from which somebody is taken for one who is there: the same address (semantics 4.9)."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Files of the inbox folder, the oldest first: those that become leads, and the tables; why it cannot be read."""

    people: tuple[Path, ...]
    tables: tuple[Path, ...]
    problem: str = ""

    @property
    def files(self) -> frozenset[Path]:
        """All of them."""
        return frozenset((*self.people, *self.tables))


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What came of files: the leads that are new, how many were there already, and why some told nothing."""

    change: Change
    leads: tuple[int, ...]
    known: int
    refused: tuple[str, ...]


class Inbox:
    """Takes files in; each time is one action, and every file stays, in a folder beside the others."""

    def __init__(self, store: Store, records: RecordService, leads: Leads, duplicates: Duplicates) -> None:
        self._store = store
        self._records = records
        self._leads = leads
        self._duplicates = duplicates

    def waiting(self, folder: Path) -> Waiting:
        """What lies in the folder."""
        try:
            files = [path for path in folder.iterdir() if path.is_file() and not path.name.startswith(".")]
            files.sort(key=lambda path: (path.stat().st_mtime_ns, path.name))
        except OSError as error:
            return Waiting((), (), file_problem(error, folder).sentence)
        people = (path for path in files if path.suffix.lower() in CARDS | LETTERS)
        return Waiting(tuple(people), tuple(path for path in files if path.suffix.lower() in TABLES))

    def take(self, files: Sequence[Path], progress: Progress | None = None) -> TakenIn:
        """Makes leads of the cards and mails in files, then puts the files aside; who is there already stays as is.

        Several cards and mails of one person are one lead, who has what any of them says.

        A file that cannot be read, or tells of nobody, stays where it is and is told with the reason.
        """
        read = [(path, *self._read(path)) for path in files]
        found = [values for _, people, _ in read for values in people]
        new = self._new(found)
        with self._store.action("add", "lead") as action:
            leads = self._records.insert_all(action, "lead", new, progress)
        refused = [why for _, _, why in read if why]
        refused += [why for path, people, _ in read if people and (why := put_aside(path)[1])]
        return TakenIn(action.change, tuple(leads), len(found) - len(leads), tuple(refused))

    def _read(self, path: Path) -> tuple[list[dict[str, Any]], str]:
        """Whom a file tells of, and why it tells of nobody."""
        try:
            texts = _texts(path)
            return [self._leads.read(text) for text in texts], "" if texts else f"There is no card in “{path.name}”."
        except OSError as error:
            return [], file_problem(error, path).sentence
        except UserError as error:
            return [], f"“{path.name}”: {error}"

    def _new(self, found: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        """Those who are not there yet, each once."""
        seen: dict[str, dict[str, Any]] = {}
        new = []
        for values in found:
            addresses = {alike.email(address) for address in values.get("email", ())}
            before = next((seen[address] for address in addresses if address in seen), None)
            if before is not None:
                _fill(before, values)
            elif not any(each.confidence >= _SAME for each in self._duplicates.like("lead", values)):
                new.append(values)
            seen |= dict.fromkeys(addresses, values if before is None else before)
        return new


def _fill(known: dict[str, Any], more: Mapping[str, Any]) -> None:
    """Adds what another card or mail of somebody says: what is blank, further numbers and addresses, and the note."""
    for name, value in more.items():
        before = known.get(name)
        if not before:
            known[name] = value
        elif isinstance(value, tuple):
            there = {_same(name, each) for each in before}
            known[name] = (*before, *(each for each in value if _same(name, each) not in there))
        elif name == "note" and value not in before:
            known[name] = f"{before}\n{value}"


def _same(name: str, address: str) -> str:
    """An address or number as it is compared."""
    return alike.email(address) if name == "email" else alike.phone(address) or address


def table_imported(table: Path, folder: str) -> str:
    """Puts a table aside once its rows are imported, if it lies in the inbox folder; why not, where that cannot be."""
    if not folder or table.parent.resolve() != Path(folder).resolve():
        return ""
    _, why = put_aside(table)
    return f"The rows are imported, but the file stays in the inbox folder: {why}" if why else ""


def put_aside(path: Path) -> tuple[Path, str]:
    """Moves a file into the folder of those taken in, under a name that is free; where it lies, and why not there."""
    folder = path.parent / TAKEN
    try:
        folder.mkdir(exist_ok=True)
        free = folder / path.name
        number = 1
        while free.exists():
            number += 1
            free = folder / f"{path.stem} {number}{path.suffix}"
        return path.rename(free), ""
    except OSError as error:
        return path, file_problem(error, path).sentence


def _texts(path: Path) -> list[str]:
    """Each card of a file, or the one mail that it is."""
    if path.stat().st_size > _LARGEST:
        raise UserError("It is too large to hold cards or a mail.")
    data = path.read_bytes()
    if path.suffix.lower() in LETTERS:
        return [_letter(data)]
    return cards(data.decode(detect_encoding(data, complete=True).name, "replace"))


def _letter(data: bytes) -> str:
    text = letter_text(data)
    if not text:
        raise UserError("It has no sender.")
    return text
