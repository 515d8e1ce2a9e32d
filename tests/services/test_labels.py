"""Every kind, field and choice has a label in each language, and no synonym of a choice is claimed twice."""

from datetime import timedelta
from pathlib import Path

import pytest

from crm_desktop.bootstrap import open_services
from crm_desktop.domain.catalogue import Catalogue
from crm_desktop.domain.filter import Filter
from crm_desktop.domain.folding import key
from crm_desktop.domain.terms import LostReason
from crm_desktop.paths import DataDir
from crm_desktop.services import labels as module
from crm_desktop.services.labels import Labels
from crm_desktop.settings import Settings
from crm_desktop.storage.store import Store

LANGUAGES = module.languages()


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    store = Store.open(Path(tmp_path_factory.mktemp("base")) / "base.crm")
    try:
        return store.catalogue
    finally:
        store.close()


def test_the_standard_language_is_there() -> None:
    assert {"en", "de"} <= set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_field_and_choice_has_a_label(language: str, catalogue: Catalogue) -> None:
    document = module._document(language)
    missing = []
    for kind in catalogue:
        if not document["kinds"].get(kind.name, {}).get("many"):
            missing.append(kind.name)
        for field in kind.fields.values():
            if not module._entry(document, kind.name, field.name).get("label"):
                missing.append(f"{kind.name}.{field.name}")
            choices = document["choices"].get(f"{kind.name}.{field.name}", {})
            missing += [f"{kind.name}.{field.name}={code}" for code in field.choices if code not in choices]
    assert missing == []


def test_labels_name_things_known_to_the_catalogue_only(catalogue: Catalogue) -> None:
    for language in LANGUAGES:
        for path, codes in module._document(language)["choices"].items():
            kind, _, field = path.partition(".")
            # Any other reason may be typed too: those that are known are no choices.
            known = list(LostReason) if field == "lost_reason" else catalogue.field(kind, field).choices
            assert set(codes) == set(known), path


def test_a_language_with_a_country_is_the_language() -> None:
    assert Labels("de_AT").field("lead", "first_name") == "Vorname"
    assert Labels("xx").field("lead", "first_name") == "First name"


def test_an_unknown_name_is_spelled_out() -> None:
    assert Labels().field("lead", "favourite_colour") == "Favourite colour"
    assert Labels().choice("lead", "status", "sleeping") == "sleeping"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_written_into_the_base_is_said_in_each_language(language: str, tmp_path: Path) -> None:
    texts, english = module._document(language)["texts"], module._document(module.STANDARD)["texts"]
    assert {name: text.count("%1") for name, text in texts.items()} == {n: t.count("%1") for n, t in english.items()}
    services = open_services(DataDir(tmp_path), Settings(language=language))
    try:
        ada, other, later = (services.records.add("lead", {"name": name}).id for name in ("Ada", "Bo", "Cy"))
        services.merging.merge("lead", ada, [other])
        services.leads.recycle([later], services.clock.today() + timedelta(days=9))
        [[_, note]] = services.lists.values(Filter("activity"), ["subject"])
        [[_, task]] = services.lists.values(Filter("task"), ["title"])
        assert (note, task) == (texts["merged"].replace("%1", "Bo"), texts["contact_again"])
    finally:
        services.close()


def test_kinds_have_one_and_many() -> None:
    assert (Labels().kind("person"), Labels().kind("person", plural=True)) == ("Person", "People")
    assert "Kontakte" in Labels().kind_synonyms("person") or "kontakte" in Labels().kind_synonyms("person")


@pytest.mark.parametrize(
    ("kind", "field", "text", "code"),
    [
        ("lead", "status_type", "New", "open"),
        ("lead", "lifecycle", "Marketing Qualified Lead", "mql"),
        ("deal", "status", "Closed Won", "won"),
        ("activity", "type", "Anruf", "call"),
    ],
)
def test_values_of_other_programs_are_known(kind: str, field: str, text: str, code: str) -> None:
    assert Labels().codes(kind, field)[key(text)] == code


def test_synonyms_hold_all_languages() -> None:
    found = Labels().synonyms("person", "last_name")
    assert {"surname", "Nachname", "apellidos"} <= set(found)


def test_stages_of_other_programs_are_known() -> None:
    stages = Labels().stages()
    assert stages[key("Prospecting")] == "Lead generation"
    assert stages[key("Engaging")] == "Qualification"
    assert stages[key("closed won")] == "Won"
