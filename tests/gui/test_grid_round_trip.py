"""Whatever a cell holds is the same after it was copied and pasted elsewhere, whatever the type of its field."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_desktop.bootstrap import open_services
from crm_desktop.domain.catalogue import FieldType
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.money import Money
from crm_desktop.gui.records.cell_work import cell_text
from crm_desktop.paths import DataDir
from crm_desktop.services import Services
from crm_desktop.services.cells import read_block, write_block
from crm_desktop.services.fields import Holds
from crm_desktop.settings import Settings

CHOICES = ("One", "Two, three", "Größer")
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"), max_size=12).map(str.strip)
DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31))
VALUES: dict[FieldType, st.SearchStrategy[Any]] = {
    FieldType.TEXT: WORDS,
    FieldType.LONG_TEXT: WORDS,
    FieldType.EMAIL: st.sampled_from(["ada@example.org", "Grace.Hopper+x@example.org"]),
    FieldType.PHONE: st.sampled_from(["+49 30 123456", "030 / 12 34 56", "123"]),
    FieldType.URL: st.sampled_from(["https://example.org/a?b=1&c=2", "example.org"]),
    FieldType.INTEGER: st.integers(-(2**53), 2**53),
    FieldType.NUMBER: st.decimals(-(10**6), 10**6, places=3),
    FieldType.MONEY: st.builds(
        Money, st.integers(-(10**9), 10**9), st.sampled_from(["EUR", "USD", "JPY", "BHD"])
    ),
    FieldType.DATE: DAYS,
    FieldType.INSTANT: st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)).map(
        lambda moment: moment.replace(microsecond=0)
    ),
    FieldType.YES_NO: st.booleans(),
    FieldType.CHOICE: st.sampled_from(CHOICES),
    FieldType.ANNIVERSARY: st.sampled_from(["15 Jun 1985", "29 Feb", "1 Jan 2000"]),
    FieldType.LINK: st.sampled_from(["Brightwater", "Fenwick; Sons"]),
}


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """Two leads with a field of the user's own for every type."""
    clock = Clock.fixed(datetime(2026, 11, 12, 10, 5, tzinfo=UTC))
    made = open_services(DataDir(tmp_path_factory.mktemp("trip")), Settings(currency="EUR"), clock)
    for type_ in FieldType:
        holds = Holds(type_, CHOICES if type_ is FieldType.CHOICE else (), target="company")
        made.fields.add("lead", f"Own {type_}", holds if type_ is FieldType.LINK else Holds(type_, holds.choices))
    for name in ("Brightwater", "Fenwick; Sons"):
        made.records.add("company", {"name": name})
    for name in ("Ada", "Grace"):
        made.records.add("lead", {"name": name})
    yield made
    made.close()


@pytest.mark.parametrize("type_", FieldType)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_copied_and_pasted_it_is_the_same(services: Services, type_: FieldType, data: st.DataObject) -> None:
    field = services.fields.find("lead", f"Own {type_}")
    ada, grace = sorted(services.lists.ids(services.lists.parse("lead", "")))
    services.records.set("lead", [ada], {field.name: data.draw(st.one_of(st.none(), VALUES[type_]))})
    ((_, held),) = services.lists.rows("lead", [ada], [field.name])
    block = read_block(write_block([[cell_text(services, "lead", field, held)]]))
    pasted = services.cells.paste("lead", [grace], [field.name], block)
    assert pasted.refused == ()
    assert services.lists.rows("lead", [grace], [field.name]) == [(grace, held)]
