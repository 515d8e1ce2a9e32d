"""What happened to the fields of a record, as a sentence for people: "Stage: Proposal → Closing"."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from crm_desktop.domain.catalogue import Catalogue, Field, FieldType
from crm_desktop.domain.contact import CONTACTS, FLAGS
from crm_desktop.services.labels import Labels, lowered
from crm_desktop.services.merge_words import Day, spoken
from crm_desktop.storage.history import FieldChange
from crm_desktop.storage.ties import FIRST

Telling = Callable[[Field, Any], str]
"""Puts a value of a field into words."""

NOTHING = "–"
_ENGLISH = {
    "deleted_at": "In the bin", "restored": "Out of the bin", "opt_out": "opted out", "primary": "Primary %1",
    "merged": "Merged with",
}  # fmt: skip


def plain(code: str) -> str:
    """The English words for a label or flag of an address, for the bin and for merges."""
    return _ENGLISH.get(code, code)


class Words:
    """Puts changes of fields into words.

    `telling` says a value, plain text where none is given; `naming` what is no field: labels and flags of addresses,
    the bin, merges.
    """

    def __init__(
        self, catalogue: Catalogue, labels: Labels, telling: Telling | None = None,
        naming: Callable[[str], str] = plain, day: Day = datetime.date,
    ) -> None:  # fmt: skip
        self._catalogue = catalogue
        self._labels = labels
        self._telling = telling
        self._naming = naming
        self._day = day

    def line(self, kind: str, change: FieldChange) -> str:
        """One change in words, such as "Email work: a@b.c → d@e.f"; what is there for the first time has no arrow."""
        if change.field == "deleted_at" and change.new is None:
            return self._naming("restored")
        name = self.name(kind, change)
        # A note of several lines is told in one.
        old, new = (" ".join(self.value(kind, change.field, held).split()) for held in (change.old, change.new))
        if change.old is None:
            return f"{name}: {new}"
        return f"{name}: {old} → {new if change.new is not None else NOTHING}"

    def name(self, kind: str, change: FieldChange) -> str:
        """What the field is called, with the label of the address, or the address or tie that it is about."""
        tie, _, said = change.field.partition(".")
        if said:
            more = "" if said in FIRST[tie] else self._labels.field(tie, said)
            return " · ".join(filter(None, [self._labels.kind(tie), change.of, more]))
        way, _, note = change.field.partition("_")
        if way in CONTACTS and note == "primary":
            return self._naming(note).replace("%1", lowered(self._labels.field(kind, way)))
        if way in CONTACTS and note in ("label", *FLAGS):
            what = self._naming(note)
            return " ".join(filter(None, [self._labels.field(kind, way), change.of, what]))
        if change.field in ("deleted_at", "merged"):
            return self._naming(change.field)
        label = self._naming(change.of) if change.of else ""
        return " ".join(filter(None, [self._labels.field(kind, change.field), label]))

    def value(self, kind: str, field: str, value: Any) -> str:
        """A value in words, empty where there is none."""
        tie, _, said = field.partition(".")
        kind, field = (tie, said) if said else (kind, field)
        # When something went into the bin is told as when it was added is.
        known = self._catalogue.kind(kind).fields.get("created_at" if field == "deleted_at" else field)
        if value is None or value == ():
            return ""
        single = known is not None and known.multi and isinstance(value, str)
        coded = known is not None and known.type in (FieldType.CHOICE, FieldType.TEXT)
        if self._telling is not None and known is not None and not single and not coded:
            return self._telling(known, value)
        if field.partition("_")[2] == "label":
            return self._naming(str(value))
        return spoken(self._labels, (kind, field), value, self._day)
