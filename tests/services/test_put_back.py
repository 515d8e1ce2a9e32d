"""Every field that can be set is put back to what it held after an earlier action."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from crm_desktop.domain.catalogue import FieldType
from crm_desktop.services import Services
from tests.services.test_every_field import KINDS, add_own, needed, opened, typed, walked


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    made = opened(tmp_path)
    yield made
    made.close()


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_is_put_back(services: Services, kind: str) -> None:
    add_own(services, kind)
    record, told = services.records.add(kind, needed(services, kind)).id, []
    for field in walked(services, kind):
        text = typed(services, kind, field)
        if text is None:
            continue
        if services.records.show(kind, record).values[field.name] == services.records.parse(kind, field.name, text):
            text = "no" if field.type is FieldType.YES_NO else field.choices[0]
        before = services.history.entries(1)[0].action
        services.records.set(kind, [record], {field.name: text})
        was = services.history.held(kind, record, before)
        assert field.name in was.back, field.name
        services.records.put_back(kind, record, was, list(was.back))
        now = services.history.held(kind, record, before)
        if now.changed:
            told.append((field.name, {name: (now.then[name], now.now[name]) for name in now.changed}))
    assert told == []
