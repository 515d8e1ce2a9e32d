"""What the search index is asked: words that people type, and whole texts of fields."""

from collections.abc import Sequence

from crm_desktop.domain.catalogue import FieldType, Use
from crm_desktop.domain.filter import Value
from crm_desktop.domain.folding import fold, looks_like_number, number_digits, words
from crm_desktop.domain.spellings import sought
from crm_desktop.storage.sources import Source


def match_text(text: str) -> str | None:
    """What people type as an FTS5 query: every word the beginning of a word; None where there is no word."""
    return " AND ".join(_any_way(ways) for ways in sought(text)) or None


def match_whole(source: Source, values: Sequence[Value]) -> str | None:
    """What the search finds every record by whose text is one of the values; None where it may miss one, or where the
    list row has an index of them.
    """
    field = source.field
    if not field.type.textual or Use.SEARCH not in field.uses or (field.sortable and not field.custom):
        return None
    found = [_whole_words(field.type, str(value)) for value in values]
    return " OR ".join(f"({' AND '.join(each)})" for each in found) if found and all(found) else None


def _whole_words(type_: FieldType, text: str) -> list[str]:
    """The words of a text; none where it has other signs than ASCII, which the search may part otherwise."""
    if not fold(text).isascii():
        return []
    number = type_ is FieldType.PHONE and looks_like_number(text)
    return [f'"{word}"' for word in ([number_digits(text)] if number else dict.fromkeys(words(text)))]


def _any_way(ways: list[list[str]]) -> str:
    found = [" AND ".join(f'"{word}"*' for word in way) for way in ways]
    return found[0] if len(found) == 1 else f"({' OR '.join(f'({way})' for way in found)})"
