"""What a card shows, and the cells of its table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crm_desktop.domain.money import Money
from crm_desktop.gui import format
from crm_desktop.gui.pages.analytics.table import Cell, Table

if TYPE_CHECKING:
    from crm_desktop.gui.charts.drawing import Chart

NEEDED = 5  # records below which a chart or a rate would only show chance


@dataclass(frozen=True)
class Content:
    """What a card shows. `missing` says what is needed where there is too little for a chart.

    `title` is set where the card is called otherwise than usually.
    """

    sentence: str
    table: Table
    chart: Callable[[], Chart]
    missing: str = ""
    title: str = ""


def text(words: str) -> Cell:
    """Words that are their own value."""
    return words, words


def count(number: int) -> Cell:
    """A number of records."""
    return format.count_text(number), number


def share(part: float | None, places: int = 0) -> Cell:
    """A share of 1."""
    return format.percent(part, places), part


def money(amount: Money) -> Cell:
    """An amount."""
    return format.money(amount), amount
