"""Whether two schemes may pay for the same training or person."""

from dataclasses import dataclass
from functools import lru_cache

from grants.rules.editions import Schemes


@dataclass(frozen=True, slots=True)
class Conflict:
    """How two schemes stand to each other for the same cost."""

    scheme: str
    mode: str
    because: str


@lru_cache(maxsize=4096)
def conflicts_of(known: Schemes, scheme: str, others: tuple[str, ...]) -> tuple[Conflict, ...]:
    pairs = ((other, conflict(known, scheme, other)) for other in others)
    return tuple(found for _, found in pairs if found)


def conflict(known: Schemes, one: str, other: str) -> Conflict | None:
    modes = {known.by_name[one].combination, known.by_name[other].combination}
    title = known.by_name[other].title
    if {one, other} == {"careerup", "trial"}:
        return Conflict(other, "exclusive", f"{title}とは同じ人について要件が両立しません。")
    if "trial" in (one, other):
        return Conflict(
            other, "by_table", "トライアル雇用の支給対象期間中は賃金助成を受けられません（経費助成は対象）。"
        )
    if "careerup" in (one, other):
        return None
    if "additive" in modes:
        return None
    if "exclusive" in modes:
        return Conflict(other, "exclusive", f"{title}と同じ訓練で重ねて受けられません。どちらかを選びます。")
    if "deductive" in modes:
        return Conflict(other, "deductive", f"{title}で受ける額が対象経費から差し引かれます。")
    return Conflict(other, "by_table", f"{title}と同じ経費・賃金について重ねて受けられません。")
