"""What people read of an import: kinds, columns, reasons, encodings."""

from collections.abc import Sequence

from crm_desktop.gui import format
from crm_desktop.gui.language import tr
from crm_desktop.services.importing import ColumnMatch, Counts, Outcome, Why
from crm_desktop.services.labels import Labels

_NAMED = 8  # statuses in one sentence
ENCODINGS = (("utf-8", "UTF-8"), ("utf-16", "UTF-16"), ("cp1252", "Windows-1252"))


def encoding(name: str) -> str:
    """What an encoding is called."""
    known = {"utf-8-sig": "UTF-8", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16", "latin-1": "ISO-8859-1"}
    return dict(ENCODINGS).get(name.lower()) or known.get(name.lower()) or name.upper()


def separator(sign: str) -> str:
    """What a separator is called."""
    names = {",": tr("Comma"), ";": tr("Semicolon"), "\t": tr("Tab"), "|": tr("Bar"), ":": tr("Colon")}
    return names.get(sign, sign)


def goal(labels: Labels, kind: str, column: ColumnMatch) -> str:
    """Where a column goes, as it stands in its box."""
    if column.field is not None:
        return place(labels, kind, column.field)
    if column.why is Why.OWN:
        return tr("New field")
    return tr("Note") if column.noted else tr("Do not import")


def place(labels: Labels, kind: str, name: str) -> str:
    """What a field is called where columns can go to it."""
    stem, _, number = name.rpartition("_")
    if stem and number.isdigit():
        return f"{_field(labels, kind, stem)} {number}"
    return _field(labels, kind, name)


def _field(labels: Labels, kind: str, name: str) -> str:
    """Customers are companies and people, and what those have goes by the same names but for that of companies."""
    own = labels.own(kind, name)
    return own or labels.field("company" if kind == "customer" else kind, name)


def reason(column: ColumnMatch, question: str) -> tuple[str, str, str]:
    """Why a column goes where it goes: icon, colour and words."""
    if question:
        asked = {"date": tr("Day or month first?"), "decimal": tr("Point or comma?")}
        scale = tr("Scale to 0–100?")
        return "circle-question-mark", "warn", asked.get(question, scale)
    words = {
        Why.CHOSEN: tr("You chose it") if column.field else tr("Skipped"),
        Why.NOTED: tr("You chose it"),
        Why.REMEMBERED: tr("As last time") if column.field else tr("Skipped, as last time"),
        Why.PRESET: tr("Known export"),
        Why.NAME: tr("Same name"),
        Why.SYNONYM: tr("Known synonym"),
        Why.VALUES: tr("Values look like %1").replace("%1", column.guess.type.value),
        Why.COMPUTED: tr("Worked out anew"),
        Why.LABEL: tr("Only names others"),
        Why.EMPTY: tr("No values"),
        Why.UNKNOWN: tr("No such field here"),
        Why.OWN: tr("Field of your own"),
    }[column.why]
    if column.field or column.why is Why.OWN:
        return "circle-check", "ok", words
    return ("sticky-note" if column.noted else "minus"), "textSecondary", words


def tally(columns: Sequence[ColumnMatch], asked: int) -> str:
    """ "12 columns · 9 matched · 2 to confirm · 1 skipped"."""
    own = sum(column.why is Why.OWN for column in columns)
    matched = sum(column.field is not None for column in columns) + own - asked
    noted = sum(column.noted for column in columns) - own
    skipped = len(columns) - matched - asked - noted
    parts = [tr("%Ln columns", "", len(columns)), tr("%Ln matched", "", matched)]
    others = ((asked, "%Ln to confirm"), (noted, "%Ln into the note"), (skipped, "%Ln skipped"))
    return " · ".join(parts + [tr(words, "", count) for count, words in others if count])


def summary(counts: Counts) -> str:
    """ "186 new, 19 updated, 7 skipped"."""
    parts = [(counts.new, tr("%1 new")), (counts.updated, tr("%1 updated")), (counts.unchanged, tr("%1 unchanged")),
             (counts.duplicate, tr("%1 repeated")), (counts.refused, tr("%1 left out"))]  # fmt: skip
    shown = [words.replace("%1", format.count_text(count)) for count, words in parts if count]
    return ", ".join(shown) or tr("no rows")


def with_statuses(outcome: Outcome, sentence: str) -> str:
    """A sentence, after one that names the statuses that are added with leads, where there are any."""
    made = outcome.statuses
    if not made:
        return sentence
    named = ", ".join(made[:_NAMED]) + " …" * (len(made) > _NAMED)
    added = tr("%Ln new statuses of leads: %1.", "", len(made)).replace("%1", named)
    return f"{added} {sentence}"


def nothing_to_import(counts: Counts) -> str:
    """ "Nothing to import: all 8,800 rows are here already"."""
    if counts.unchanged == counts.read and counts.read:
        return tr("Nothing to import: all %Ln rows are here already", "", counts.read)
    return tr("Nothing to import: %1").replace("%1", summary(counts))
