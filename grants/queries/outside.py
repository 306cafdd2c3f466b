"""What was told of grants drawn outside Takumi, as the yearly limits count it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from grants.models import OutsideGrant
from grants.rules import fiscal_year


@dataclass(frozen=True)
class Outside:
    """None as `yen`, or no key for a person: nobody has said, which is not nothing. `ground` is what each figure rests on."""

    yen: int | None = None
    ground: tuple[str, ...] = ()
    times: Mapping[int, int] = field(default_factory=dict)
    e_learning: Mapping[int, int] = field(default_factory=dict)


def outside_in_year(establishment_id: int, scheme: str, *, as_of: date) -> Outside:
    rows = list(
        OutsideGrant.objects.of_year(establishment_id, scheme, fiscal_year(as_of))
        .held()
        .select_related("person", "establishment")
        .order_by("pk")
    )
    return Outside(
        ground=tuple(f"{row.in_words()}（{row.note}、{row.told_by}）" for row in rows),
        yen=next((row.yen for row in rows if row.person_id is None), None),
        times={row.person_id: row.times or 0 for row in rows if row.person_id},
        e_learning={row.person_id: row.e_learning_times or 0 for row in rows if row.person_id},
    )
