"""Commands over fields of the user's own: fields, add-field, rename-field, set-choices, order-fields, delete-field."""

import argparse
from typing import Any

from crm_desktop.cli.arguments import pairs
from crm_desktop.cli.output import changed
from crm_desktop.cli.session import Session
from crm_desktop.domain.catalogue import Field
from crm_desktop.services.fields import TYPES, Holds


def add(command: Any) -> None:
    """Adds the commands of this group."""
    made = command("fields", _fields, "the fields of a kind; without one your own fields of every kind")
    made.add_argument("kind", nargs="?")
    made = command("add-field", _add, "a new field of your own")
    made.add_argument("kind")
    made.add_argument("label")
    made.add_argument("type", choices=[type_.value for type_ in TYPES], metavar="TYPE", help=", ".join(TYPES))
    made.add_argument("--choices", metavar="A,B", help="what a choice is one of")
    made.add_argument("--several", action="store_true", help="several of the choices may be taken")
    made.add_argument("--target", metavar="KIND", help="the kind of record that a link leads to")
    for name, run, text in (
        ("rename-field", _rename, "call a field of your own otherwise"),
        ("set-choices", _choices, "the choices of a field of your own, in their order"),
        ("delete-field", _delete, "delete a field of your own; undo brings it back"),
    ):
        made = command(name, run, text)
        made.add_argument("kind")
        made.add_argument("name")
        if run is _rename:
            made.add_argument("label")
        if run is _choices:
            made.add_argument("choices", metavar="A,B")
            text = "what records hold instead of a choice that goes; nothing after = empties"
            made.add_argument("--instead", action="append", default=[], metavar="OLD=NEW", help=text)
    made = command("order-fields", _order, "put your own fields of a kind in an order")
    made.add_argument("kind")
    made.add_argument("names", nargs="+", metavar="NAME")


def _fields(session: Session, options: argparse.Namespace) -> dict[str, Any]:
    services = session.reader()
    if options.kind:
        kind = services.catalogue.kind(options.kind)
        return {"kind": kind.name, "rows": [_row(services.labels, kind.name, f) for f in kind.fields.values()]}
    kinds = services.fields.kinds()
    rows = [{"kind": kind, **_row(services.labels, kind, f)} for kind in kinds for f in services.fields.own(kind)]
    return {"count": len(rows), "rows": rows}


def _row(labels: Any, kind: str, field: Field) -> dict[str, Any]:
    return {
        "name": field.name, "label": field.label or labels.field(kind, field.name), "type": field.type.value,
        "choices": list(field.choices), "several": field.multi, "target": field.target, "own": field.custom,
        "editable": field.editable,
    }  # fmt: skip


def _add(session: Session, options: argparse.Namespace) -> dict[str, Any]:
    services = session.writer()
    holds = Holds(options.type, _listed(options.choices or ""), options.several, options.target)
    made = services.fields.add(options.kind, options.label, holds)
    kind = services.catalogue.kind(options.kind).name
    name = next(field.name for field in services.fields.own(kind) if field.definition == made.id)
    return changed(made.change, kind=kind, id=made.id, name=name)


def _rename(session: Session, options: argparse.Namespace) -> dict[str, Any]:
    services = session.writer()
    field = services.fields.find(options.kind, options.name)
    return changed(services.fields.rename(_number(field), options.label), id=_number(field), name=field.name)


def _choices(session: Session, options: argparse.Namespace) -> dict[str, Any]:
    services = session.writer()
    field = services.fields.find(options.kind, options.name)
    change = services.fields.set_choices(_number(field), _listed(options.choices), pairs(options.instead))
    return changed(change, id=_number(field), name=field.name)


def _order(session: Session, options: argparse.Namespace) -> dict[str, Any]:
    services = session.writer()
    numbers = [_number(services.fields.find(options.kind, name)) for name in options.names]
    return changed(services.fields.order(options.kind, numbers))


def _delete(session: Session, options: argparse.Namespace) -> dict[str, Any]:
    services = session.writer()
    field = services.fields.find(options.kind, options.name)
    return changed(services.fields.delete(_number(field)), id=_number(field), name=field.name)


def _number(field: Field) -> int:
    assert field.definition is not None
    return field.definition


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.replace(";", ",").split(",") if part.strip()]
