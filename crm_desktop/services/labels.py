"""What kinds, fields and choices are called in a language, and what other programs and people call them."""

import json
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

from crm_desktop.domain.catalogue import Catalogue
from crm_desktop.domain.folding import fold, key
from crm_desktop.paths import resource

STANDARD = "en"
"""The language that has every label and is used where another has none."""


def languages() -> tuple[str, ...]:
    """The languages that labels exist in."""
    return tuple(sorted(path.suffixes[0][1:] for path in resource("translations").glob("catalogue.*.json")))


def lowered(noun: str) -> str:
    """A noun as it stands inside an English sentence; abbreviations keep their capitals."""
    return noun if noun.partition(" ")[0].isupper() else noun[:1].lower() + noun[1:]


class Labels:
    """The labels of one language; the synonyms are those of all languages, as files come in any."""

    def __init__(self, language: str = STANDARD, catalogue: Callable[[], Catalogue] | None = None) -> None:
        short = language.partition("_")[0]
        self.language = short if short in languages() else STANDARD
        self._catalogue = catalogue

    def kind(self, kind: str, plural: bool = False) -> str:
        """What one record of a kind, or many, are called."""
        number = "many" if plural else "one"
        return next((str(d["kinds"][kind][number]) for d in self._documents() if kind in d["kinds"]), kind)

    def field(self, kind: str, name: str) -> str:
        """What a field is called; one that the user made bears its label itself."""
        if own := self.own(kind, name):
            return own
        found = (_entry(document, kind, name) for document in self._documents())
        plain = name.replace("_", " ").capitalize()
        return next((str(entry["label"]) for entry in found if entry), plain)

    def own(self, kind: str, name: str) -> str | None:
        """The label of a field that the user made; None for any other."""
        field = self._catalogue().kind(kind).fields.get(name) if self._catalogue else None
        return field.label if field is not None else None

    def choice(self, kind: str, field: str, code: str) -> str:
        """What a value of a field with choices is called."""
        found = (document["choices"].get(f"{kind}.{field}", {}).get(code) for document in self._documents())
        return next((str(entry["label"]) for entry in found if entry), code)

    def title(self, kind: str, name: str) -> str:
        """What a record is called by its name; an activity without a subject goes by the code of its type."""
        return self.choice("activity", "type", name) if kind == "activity" else name

    def synonyms(self, kind: str, field: str) -> tuple[str, ...]:
        """Other names for a field in the files of other programs, the most telling first."""
        own = (n for document in _all_documents() for n in _names(document, kind, field))
        return tuple(dict.fromkeys(own))

    def kind_synonyms(self, kind: str) -> tuple[str, ...]:
        """Other names for a kind of record."""
        found = []
        for document in _all_documents():
            entry = document["kinds"].get(kind, {})
            found += [entry.get("one", kind), entry.get("many", kind), *entry.get("synonyms", ())]
        return tuple(dict.fromkeys(found))

    def codes(self, kind: str, field: str) -> dict[str, str]:
        """Folded names and synonyms of the choices of a field, with the code each stands for."""
        found: dict[str, str] = {}
        for document in _all_documents():
            for code, entry in document["choices"].get(f"{kind}.{field}", {}).items():
                for name in (code, entry["label"], *entry.get("synonyms", ())):
                    found.setdefault(key(name) or name, code)
        return found

    def phrases(self) -> dict[str, tuple[str, ...]]:
        """The small words of sentences in filters, folded, by what they mean: those of English count everywhere."""
        found: dict[str, tuple[str, ...]] = {}
        for document in self._documents():
            for name, words in document["phrases"].items():
                found[name] = (*found.get(name, ()), *map(fold, words))
        return found

    def offers(self) -> tuple[str, ...]:
        """Sentences of filters that are offered, with %1 for what they are about."""
        return tuple(_document(self.language)["phrases"]["offers"])

    def text(self, name: str) -> str:
        """A text that is written into the base of the user, as the subject of a note is; it may hold %1."""
        return next(str(document["texts"][name]) for document in self._documents() if name in document["texts"])

    def stages(self) -> dict[str, str]:
        """Folded names that other programs give to stages, with the stage of ours that each stands for."""
        found: dict[str, str] = {}
        for document in _all_documents():
            for stage, names in document["stages"].items():
                for name in (stage, *names):
                    found.setdefault(key(name), stage)
        return found

    def _documents(self) -> Iterator[Mapping[str, Any]]:
        yield _document(self.language)
        if self.language != STANDARD:
            yield _document(STANDARD)


@cache
def _document(language: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads(resource("translations", f"catalogue.{language}.json").read_text("utf-8"))
    return found


def _all_documents() -> list[Mapping[str, Any]]:
    return [_document(STANDARD), *(_document(each) for each in languages() if each != STANDARD)]


def _entry(document: Mapping[str, Any], kind: str, name: str) -> Mapping[str, Any]:
    fields = document["fields"]
    found: Mapping[str, Any] = fields.get(kind, {}).get(name) or fields["all"].get(name) or {}
    return found


def _names(document: Mapping[str, Any], kind: str, field: str) -> Iterator[str]:
    entry = _entry(document, kind, field)
    if entry:
        yield entry["label"]
    yield from entry.get("synonyms", ())
    yield from document["columns"].get(kind, {}).get(field, ())
