"""What a mentor is paid: the tax withheld from fee and travel money."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from firms.rules.figures import Figure, sources
from mentors.rules.tables import Law, current_law

TABLE = "withholding"


@dataclass(frozen=True, slots=True)
class Withholding:
    """`paid` is what the mentor receives; money paid straight to a carrier is in neither."""

    withheld: int
    paid: int
    because: str
    source: str


def withholding(
    *, fee_yen: int, travel_yen: int, travel_paid_to_carrier: bool, paid_on: date = date.max, law: Law | None = None
) -> Withholding:
    """所得税法204条1項1号・205条1号: travel money handed to the mentor counts like the fee (所得税基本通達204-2・204-4)."""
    known = law or current_law()
    limit, low, high = (
        known.latest(TABLE, name, paid_on) for name in ("limit", "rate.up_to_limit", "rate.above_limit")
    )
    base = fee_yen if travel_paid_to_carrier else fee_yen + travel_yen
    withheld = tax(base, limit, low, high)
    travel = "交通機関へ直接払う交通費を除き" if travel_paid_to_carrier else "本人に渡す交通費を含め"
    because = f"{travel}{base:,}円に{in_percent(low)}"
    if base > limit.whole:
        because += f"（{limit.whole:,}円を超える部分は{in_percent(high)}）"
    because += f"、1円未満切捨てで{withheld:,}円を源泉徴収し、{base - withheld:,}円を支払います。"
    return Withholding(withheld, base - withheld, because, sources(limit, low, high))


def tax(base: int, limit: Figure, low: Figure, high: Figure) -> int:
    exact = min(base, limit.whole) * low.ratio + max(0, base - limit.whole) * high.ratio
    return int(exact)


def in_percent(rate: Figure) -> str:
    return f"{Decimal(100 * rate.ratio.numerator) / rate.ratio.denominator}%"
