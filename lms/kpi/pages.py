"""What a page of indicators draws from the facts: one breakdown at a time, and bars against the target."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from lms.kpi.shapes import ALL, IndicatorFacts, ReportFacts, Value
from lms.kpi.sheets import against_target, is_reached

WHOLE = Decimal(100)


@dataclass(frozen=True)
class Bar:
    """`width` and the place of the target are per cent of the drawing; None is not shown."""

    label: str
    value: Value
    width: str


@dataclass(frozen=True)
class Part:
    """One indicator as its section shows it."""

    facts: IndicatorFacts
    whole: Sequence[tuple[str, Value, str]]
    lines: Sequence[tuple[str, Sequence[tuple[str, Value, str]]]]
    bars: Sequence[Bar]
    bars_of: str
    bars_unit: str
    target_at: str
    figure: Value
    is_reached: bool | None


def parts_of(facts: ReportFacts, *, by: str) -> list[Part]:
    return [part_of(one, by=by) for one in facts["indicators"]]


def part_of(one: IndicatorFacts, *, by: str) -> Part:
    lines = [line for line in one["lines"] if line["by"] == by]
    codes = [column["code"] for column in one["columns"]]
    place = codes.index(one["target_of"]) if one["target_of"] else 0
    drawn = [(line["group"], line["values"][place]) for line in (one["lines"][0], *lines)]
    most = most_of([value for _label, value in drawn], one)
    return Part(
        facts=one,
        whole=named(one, one["lines"][0]["values"]),
        lines=[(line["group"], named(one, line["values"])) for line in lines],
        bars=[Bar(label, value, width_of(value, most)) for label, value in drawn],
        bars_of=one["columns"][place]["label"],
        bars_unit=one["columns"][place]["unit"],
        target_at="" if one["target"] is None else width_of(one["target"], most),
        figure=against_target(one) if one["target"] is not None else drawn[0][1],
        is_reached=is_reached(one),
    )


def named(one: IndicatorFacts, values: Sequence[Value]) -> list[tuple[str, Value, str]]:
    return [(column["label"], value, column["unit"]) for column, value in zip(one["columns"], values, strict=True)]


def most_of(values: Sequence[Value], one: IndicatorFacts) -> Decimal:
    """What fills the drawing: a hundred for shares, else the largest figure or the target."""
    place = next((column for column in one["columns"] if column["code"] == one["target_of"]), one["columns"][0])
    if place["unit"] == "%":
        return WHOLE
    known = [Decimal(value) for value in values if value not in (None, "")]
    return max([*known, Decimal(one["target"] or 0), Decimal(1)])


def width_of(value: Value, most: Decimal) -> str:
    return "0" if value is None or value == "" else f"{Decimal(value) * WHOLE / most:.2f}"


def dimension_asked(facts: ReportFacts, asked: str) -> str:
    return asked if asked in facts["dimensions"] else next(iter(facts["dimensions"]), ALL)
