"""Money as whole minor units beside a currency code; never as a float."""

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

NO_MINOR = frozenset("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split())
THREE_DIGITS = frozenset("BHD IQD JOD KWD LYD OMR TND".split())

NO_CURRENCY = "XXX"
"""ISO 4217 for an amount whose currency nobody said."""

LARGEST = 10**15
"""The largest amount in major units: whatever the currency, the base holds its minor units."""


def digits(currency: str) -> int:
    """How many digits the minor unit of a currency has (ISO 4217)."""
    return 0 if currency in NO_MINOR else 3 if currency in THREE_DIGITS else 2


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount in one currency. `minor` counts its smallest units; amounts of two currencies never add."""

    minor: int
    currency: str

    @classmethod
    def of(cls, amount: Decimal | int | str, currency: str) -> "Money":
        """Money from an amount in major units, rounded half to even; ValueError if no base holds so much."""
        exact = Decimal(amount)
        if not exact.is_finite() or abs(exact) > LARGEST:
            raise ValueError(f"Needs an amount of at most {LARGEST:,}")
        return cls(int(exact.scaleb(digits(currency)).to_integral_value(ROUND_HALF_EVEN)), currency)

    @property
    def amount(self) -> Decimal:
        """The amount in major units, exact."""
        return Decimal(self.minor).scaleb(-digits(self.currency))

    def __add__(self, other: "Money") -> "Money":
        if self.currency != other.currency:
            raise ValueError(f"cannot add {other.currency} to {self.currency}")
        return Money(self.minor + other.minor, self.currency)

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"

    def to_json(self) -> dict[str, str]:
        """`{"amount": "1234.50", "currency": "EUR"}`."""
        return {"amount": str(self.amount), "currency": self.currency}
