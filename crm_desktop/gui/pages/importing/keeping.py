"""An import that was begun and left: kept beside the base, so that it can go on after a restart."""

import json
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from crm_desktop.errors import EnvironmentProblem, explaining
from crm_desktop.services.importing import Dialect, ImportDraft, ImportOptions, OnMatch, Order, Why


@dataclass(frozen=True)
class Kept:
    """What the user had decided: the file, its kind, how it is written, and where each column goes."""

    path: Path
    kind: str
    dialect: Dialect
    columns: dict[str, tuple[str | None, Why]]
    order: Order | None
    decimal: str | None
    scales: dict[str, int]
    on_match: OnMatch
    meanings: dict[str, dict[str, str]]
    edits: dict[int, dict[str, str]]
    version: tuple[int, ...]

    def outdated(self, draft: ImportDraft) -> bool:
        """Whether cells were mended in a file that was changed since: its rows may be others now."""
        return bool(self.edits) and self.version != draft.version

    def applied(self, draft: ImportDraft) -> ImportDraft:
        """A fresh draft of the same file with these decisions."""
        columns = []
        for column in draft.columns:
            field, why = self.columns.get(column.column, (column.field, column.why))
            columns.append(replace(column, field=field, why=why))
        options = replace(
            draft.options, date_order=self.order, decimal=self.decimal, scales=self.scales, on_match=self.on_match,
            meanings=self.meanings, edits={} if self.outdated(draft) else self.edits,
        )  # fmt: skip
        return replace(draft, columns=tuple(columns), options=options)


def keep(place: Path, draft: ImportDraft, *, texts: bool) -> None:
    """Write down where an import stands, with or without `texts` from its rows: beside an encrypted base lie none.

    A disk without room is no reason to stop it.
    """
    options: ImportOptions = draft.options if texts else replace(draft.options, meanings={}, edits={})
    document = {
        "path": str(draft.path),
        "kind": draft.kind,
        "dialect": {each.name: getattr(draft.dialect, each.name) for each in fields(draft.dialect)},
        "columns": {column.column: [column.field, column.why.value] for column in draft.columns},
        "order": options.date_order,
        "decimal": options.decimal,
        "scales": dict(options.scales),
        "on_match": options.on_match,
        "meanings": {column: dict(said) for column, said in options.meanings.items()},
        "edits": {row: dict(cells) for row, cells in options.edits.items()},
        "version": draft.version,
    }
    try:
        with explaining(place):
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(json.dumps(document), encoding="utf-8")
    except EnvironmentProblem:
        return


def kept(place: Path) -> Kept | None:
    """The import that was left, if its file is still there."""
    try:
        document: dict[str, Any] = json.loads(place.read_text(encoding="utf-8"))
        found = Kept(
            Path(document["path"]),
            document["kind"],
            Dialect(**document["dialect"]),
            {name: (field, Why(why)) for name, (field, why) in document["columns"].items()},
            Order(document["order"]) if document["order"] else None,
            document["decimal"],
            document["scales"],
            OnMatch(document["on_match"]),
            document.get("meanings", {}),
            {int(row): cells for row, cells in document.get("edits", {}).items()},
            tuple(document.get("version", ())),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return found if found.path.is_file() else None
