"""The reckoning of an invoice: fees per trainee, sums and the tax inside them by rate (適格請求書, 消費税法57条の4)."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class InvoiceItem:
    """One line as it is asked for: what, for whom, tax included, and the rate that is in it (0: 非課税)."""

    label: str
    yen: int
    tax_percent: int


@dataclass(frozen=True)
class RateSum:
    """All lines of one rate. The tax is rounded down once per rate and invoice, as 消費税法施行令70条の10 asks."""

    tax_percent: int
    total_yen: int

    @property
    def tax_yen(self) -> int:
        return self.total_yen * self.tax_percent // (100 + self.tax_percent)


def sums_by_rate(items: Iterable[InvoiceItem]) -> list[RateSum]:
    """The highest rate first."""
    totals: dict[int, int] = {}
    for item in items:
        totals[item.tax_percent] = totals.get(item.tax_percent, 0) + item.yen
    return [RateSum(rate, totals[rate]) for rate in sorted(totals, reverse=True)]
