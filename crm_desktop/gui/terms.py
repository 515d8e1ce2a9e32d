"""The glossary: what each term means and how it is counted here, in the language of the window."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from crm_desktop.domain.churn import ENOUGH_PURCHASES
from crm_desktop.domain.folding import fold, words
from crm_desktop.domain.terms import HALF_LIFE, WEIGHTS
from crm_desktop.gui import format
from crm_desktop.paths import resource
from crm_desktop.services import risk_rule
from crm_desktop.settings import Settings

STANDARD = "en"
"""The language that explains every term and is used where another does not."""


@dataclass(frozen=True)
class Term:
    """A word of the trade. `also` are its other names."""

    id: str
    title: str
    text: str
    counted: str
    also: tuple[str, ...] = ()

    def fits(self, typed: str) -> bool:
        """Whether every typed word begins one of its names or of its text."""
        known = words(" ".join((self.title, *self.also, self.text)))
        return all(any(word.startswith(part) for word in known) for part in words(typed))


def glossary(settings: Settings) -> dict[str, Term]:
    """All terms by id, in the order of their titles; rules are told with the numbers that are set."""
    rules = _rules(settings)
    entries = {**_document(STANDARD), **_document(settings.language.partition("_")[0])}
    terms = [
        Term(name, entry["title"], entry["text"], entry["counted"].format_map(rules), tuple(entry["also"]))
        for name, entry in entries.items()
    ]
    return {term.id: term for term in sorted(terms, key=lambda term: fold(term.title))}


def _rules(settings: Settings) -> dict[str, str]:
    risk = risk_rule(settings)
    return {
        "gap_factor": _short(settings.gap_factor),
        "gap_days_min": format.count_text(settings.gap_days_min),
        "gap_days_single": format.count_text(settings.gap_days_single),
        "churn_target": format.percent(settings.churn_target, 1),
        "score_hot": format.count_text(settings.score_hot),
        "score_warm": format.count_text(settings.score_warm),
        "from_probability": format.count_text(risk.from_probability),
        "slow_factor": _short(risk.slow_factor),
        "contact_days": format.count_text(risk.contact_days),
        "half_life": format.count_text(HALF_LIFE),
        "enough_purchases": format.count_text(ENOUGH_PURCHASES),
        **{f"points_{type_.value}": format.count_text(points) for type_, points in WEIGHTS.items()},
    }


def _short(value: float) -> str:
    return format.number(value, 0 if float(value).is_integer() else 1)


@cache
def _document(language: str) -> Mapping[str, Mapping[str, str]]:
    path = resource("translations", f"terms.{language}.json")
    found: Mapping[str, Mapping[str, str]] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return found
