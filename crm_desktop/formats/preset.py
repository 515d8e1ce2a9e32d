"""How the export of one program is recognised by its columns, and where each column belongs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

MULTIPLE = frozenset({"email", "phone", "street", "opt_out"})
"""Fields that take every column named for them: email, email_2, email_3 ..."""

_LABELLED = frozenset({"email", "phone"})
_LABEL_WORDS = {
    "mobile": "mobile",
    "cell": "mobile",
    "fax": "fax",
    "home": "home",
    "business": "work",
    "work": "work",
    "other": "other",
}
_VALUE, _LABELS = " - value", (" - label", " - type")

Fields = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Preset:
    """What one kind of record looks like in the exports of one program.

    A file is recognised by having `all_of` and one of `any_of`, and none of `none_of`; a name
    ending in * stands for every column that starts so. `fields` names, for each of our fields, its
    columns, the most telling first.
    """

    source: str
    kind: str
    fields: Fields = field(hash=False)
    all_of: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()

    def matches(self, columns: Sequence[str]) -> bool:
        """Whether a file with these columns was exported by this program."""
        have = {_key(column) for column in columns}
        return (
            all(_has(have, name) for name in self.all_of)
            and (not self.any_of or any(_has(have, name) for name in self.any_of))
            and not any(_has(have, name) for name in self.none_of)
        )

    def mapping(self, columns: Sequence[str]) -> dict[str, str]:
        """Column to field, for the columns that are there; the labels of addresses included."""
        have = {_key(column): column for column in columns}
        found: dict[str, str] = {}
        for name, wanted in self.fields.items():
            present = [have[_key(column)] for column in wanted if _key(column) in have]
            if name not in MULTIPLE:
                present = present[:1]
            for number, column in enumerate(present, 1):
                target = name if number == 1 else f"{name}_{number}"
                found[column] = target
                if name in _LABELLED and (label := _label_column(column, have)):
                    found[label] = f"{target}_label"
        return found


def label_in_name(column: str) -> str | None:
    """The label a column's own name gives its values: "mobile" for `Mobile Phone`."""
    words = _key(column).replace("-", " ").replace("_", " ").replace("(", " ").replace(")", " ").split()
    return next((_LABEL_WORDS[word] for word in words if word in _LABEL_WORDS), None)


def _label_column(column: str, have: Mapping[str, str]) -> str | None:
    key = _key(column)
    if not key.endswith(_VALUE):
        return None
    stem = key.removesuffix(_VALUE)
    return next((have[stem + ending] for ending in _LABELS if stem + ending in have), None)


def _has(have: set[str], name: str) -> bool:
    key = _key(name)
    if key.endswith("*"):
        return any(column.startswith(key[:-1]) for column in have)
    return key in have


def _key(column: str) -> str:
    return column.strip().strip("\ufeff").lower()
