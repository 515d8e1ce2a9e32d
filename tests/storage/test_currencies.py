"""Amounts of two currencies never add."""

from datetime import date
from pathlib import Path

from crm_desktop.domain.filter import Filter
from crm_desktop.domain.money import Money
from crm_desktop.storage.store import Store


def test_revenue_is_counted_in_the_currency_a_customer_usually_pays_in(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "base.crm")
    with store.action("add"):
        company = store.records.insert("company", {"name": "Acme"})
        for amount, currency in ((100, "USD"), (200, "USD"), (999, "EUR")):
            store.records.insert(
                "purchase", {"company": company, "bought_on": date(2026, 1, 1), "amount": Money.of(amount, currency)}
            )
    assert store.lists.values(Filter("customer"), ["revenue", "purchases"]) == [(company, Money.of(300, "USD"), 3)]
    assert store.lists.sum(Filter("purchase"), "amount") == {"USD": 30000, "EUR": 99900}
    store.close()


def test_an_amount_nobody_named_a_currency_for_has_none(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "base.crm")
    with store.action("add"):
        deal = store.records.insert("deal", {"name": "D", "amount": Money.of(5, "XXX")})
        store.records.set_columns("deal", [deal], {"amount_currency": None})
    assert store.lists.sum(Filter("deal"), "amount") == {"XXX": 500}
    store.close()
