"""賃金要件・資格等手当要件: did each trainee's wage rise enough?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from firms.rules.reading import FactError
from grants.rules.editions import Schemes
from grants.rules.loading import current_schemes

COMMON = "hrd_common"
KINDS = {"wage": "uplift_test.wage_percent", "allowance": "uplift_test.allowance_percent"}


@dataclass(frozen=True, slots=True)
class UpliftTest:
    """Every trainee must pass, not the average; `each` answers in the order asked."""

    passes: bool
    each: tuple[bool, ...]
    because: str
    source: str


def uplift_test(
    kind: str, pairs: Iterable[tuple[int, int]], *, on: date | None = None, schemes: Schemes | None = None
) -> UpliftTest:
    """`pairs`: the wages of three months before and of three months after, per trainee."""
    if kind not in KINDS:
        raise FactError(f"kind は {'・'.join(KINDS)} のいずれかで指定してください（「{kind}」は不明です）。")
    needed = (schemes or current_schemes()).latest(COMMON, KINDS[kind], on or date.max)
    each = tuple(after * 100 >= before * (100 + needed.whole) for before, after in pairs)
    if not each:
        raise FactError("workers が空です。1人以上指定してください。")
    short = each.count(False)
    because = f"3か月分の賃金が{needed.whole}%以上増えていない人が{short}人います。" if short else (
        f"{len(each)}人全員の3か月分の賃金が{needed.whole}%以上増えています。"
    )  # fmt: skip
    return UpliftTest(not short, each, because, needed.source)
