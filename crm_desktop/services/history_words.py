"""What happened to the fields of a record, as a sentence for people: "Stage: Proposal → Closing"."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from crm_desktop.domain.catalogue import Catalogue, Field, FieldType
from crm_desktop.domain.contact import CONTACTS, FLAGS
from crm_desktop.services.labels import Labels
from crm_desktop.services.merge_words import Day, spoken
from crm_desktop.storage.history import FieldChange

Telling = Callable[[Field, Any], str]
"""Puts a value of a field into words."""

NOTHING = "–"
_ENGLISH = {"deleted_at": "In the bin", "restored": "Out of the bin", "opt_out": "opted out"}


def plain(code: str) -> str:
    """The English word for a label or flag of an address, or for the bin."""
    return _ENGLISH.get(code, code)


class Words:
    """Puts changes of fields into words.

    `telling` says a value, plain text where none is given; `naming` the labels and flags of addresses, and the bin.
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
        old, new = self.value(kind, change.field, change.old), self.value(kind, change.field, change.new)
        if change.old is None:
            return f"{name}: {new}"
        return f"{name}: {old} → {new if change.new is not None else NOTHING}"

    def name(self, kind: str, change: FieldChange) -> str:
        """What the field is called, with the label of the address or the address that it is about."""
        way, _, note = change.field.partition("_")
        if way in CONTACTS and note in ("label", *FLAGS):
            what = self._naming(note)
            return " ".join(filter(None, [self._labels.field(kind, way), change.of, what]))
        if change.field == "deleted_at":
            return self._naming(change.field)
        label = self._naming(change.of) if change.of else ""
        return " ".join(filter(None, [self._labels.field(kind, change.field), label]))

    def value(self, kind: str, field: str, value: Any) -> str:
        """A value in words, empty where there is none."""
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
