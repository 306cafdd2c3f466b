"""The three aids of a training grant, reckoned as the forms do: exact fractions, one cut below 100 yen on each sum."""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from firms.rules.figures import Figure
from grants.rules.facts import Cost, TrainingFacts, WorkerFacts
from grants.rules.judging import Verdict
from grants.rules.requirements import MINUTES_OF_HOUR, in_hours
from grants.rules.terms import Terms

PER_CENT = 100


class Amount(NamedTuple):
    """Base and uplift of one aid, with the arithmetic of each and the figures they rest on."""

    base: int
    uplift: int
    because: str
    uplift_because: str
    figures: tuple[Figure, ...]
    uplift_figures: tuple[Figure, ...]
    by_employment: dict[str, int]


NOTHING = Amount(0, 0, "", "", (), (), {})


def cut(numerator: int, denominator: int, unit: int) -> int:
    """100円未満切捨て of an exact fraction of yen."""
    return numerator // (denominator * unit) * unit


def share_of_cost(terms: Terms, facts: TrainingFacts) -> tuple[int, int, str, tuple[Figure, ...]]:
    """The eligible cost of one trainee as numerator and denominator, its wording, and the figures used."""
    cost = facts.cost
    if cost.kind == "external":
        return (*fee_counted(cost), ())
    most = terms.lecturer_hour.whole * (facts.planned_minutes or 0)
    fee = min(cost.lecturer_fee * MINUTES_OF_HOUR, most)
    travel, words = travel_counted(terms, cost)
    capped = f"（1時間 {terms.lecturer_hour.whole:,}円まで）" if fee == most else ""
    wording = f"（講師謝金 {yen(fee, MINUTES_OF_HOUR)}{capped}{words}）÷ 総受講者 {cost.trainees_total}人"
    figures = (terms.lecturer_hour, terms.travel, terms.travel_closed)
    return fee + travel * MINUTES_OF_HOUR, MINUTES_OF_HOUR * cost.trainees_total, wording, figures


def fee_counted(cost: Cost) -> tuple[int, int, str]:
    """What is asked of firms only because they claim a grant is no cost of the training (06022イ(ﾊ)); the rest is."""
    fee, usual = cost.fee_per_person, cost.fee_without_grant
    if usual is None or usual >= fee:
        return fee, 1, f"受講料等 {fee:,}円"
    return usual, 1, f"受講料等 {usual:,}円（助成金を使わない事業主の価格。差額 {fee - usual:,}円は対象外）"


def travel_counted(terms: Terms, cost: Cost) -> tuple[int, str]:
    if not cost.lecturer_travel:
        return 0, ""
    if cost.establishment_prefecture in terms.travel_closed.names:
        return 0, f"＋講師旅費 0円（{cost.establishment_prefecture}の事業所は対象外）"
    counted = min(cost.lecturer_travel, terms.travel.whole)
    return counted, f"＋講師旅費 {counted:,}円（{terms.travel.whole:,}円まで）"


def expense_aid(terms: Terms, facts: TrainingFacts, counts: dict[str, int]) -> Amount:
    return by_form(terms, facts, counts) if terms.form_steps else by_trainee(terms, facts, counts)


def hours_of(facts: TrainingFacts) -> int | None:
    return facts.standard_hours if facts.planned_minutes is None else facts.planned_minutes // MINUTES_OF_HOUR


def by_form(terms: Terms, facts: TrainingFacts, counts: dict[str, int]) -> Amount:
    """様式第6-1号(R8.8.3) 3(4)-(7): the cost of one is cut to yen, so is each rate's sum; the limit holds all of them together."""
    numerator, denominator, wording, more = share_of_cost(terms, facts)
    each, limit, unit = numerator // denominator, terms.limit(hours_of(facts)), terms.rounding.whole
    heads = sum(counts.values())
    rates = by_rate(terms, counts)
    sums = {rate: sum(counts[e] for e in found) for rate, found in rates.items()}
    points = terms.uplift_rate.whole if terms.uplift_rate and facts.uplift else 0
    exact = sum(each * n * rate.whole // PER_CENT for rate, n in sums.items())
    raised = sum(each * n * points // PER_CENT for n in sums.values())
    most = limit.whole * heads
    total = min(exact, most) // unit * unit
    extra = min(raised, most - total) // unit * unit
    words = " ＋ ".join(f"{each:,}円 × {n}人 × {rate.whole}%" for rate, n in sums.items())
    capped = f" → 限度額 {limit.whole:,}円 × {heads}人" if exact > most else ""
    figures = (*rates, limit, *more, terms.rounding)
    told = f"{wording}（1人 {each:,}円、円未満切捨て）"
    return Amount(
        base=total,
        uplift=extra,
        because=f"{told}、{words} = {exact:,}円{capped}、{unit}円未満切捨て = {total:,}円",
        uplift_because=(
            f"{told}、{points}%分 {raised:,}円（基本と合わせて{limit.whole:,}円 × {heads}人まで）、{unit}円未満切捨て = {extra:,}円"
            if points
            else ""
        ),
        figures=figures,
        uplift_figures=(terms.uplift_rate, limit, *more, terms.rounding) if terms.uplift_rate and points else (),
        by_employment={
            e: min(each * rate.whole // PER_CENT, limit.whole) for rate, found in rates.items() for e in found
        },
    )


def by_trainee(terms: Terms, facts: TrainingFacts, counts: dict[str, int]) -> Amount:
    """Each trainee's share is held under the limit, base and uplift together; the sum is cut once."""
    numerator, denominator, wording, more = share_of_cost(terms, facts)
    unit = denominator * PER_CENT
    limit = terms.limit(hours_of(facts))
    most = limit.whole * unit
    points = terms.uplift_rate.whole if terms.uplift_rate and facts.uplift else 0
    base = uplift = 0
    words, uplift_words, each = [], [], {}
    rates = by_rate(terms, counts)
    for rate, employments in rates.items():
        heads = sum(counts[e] for e in employments)
        one = min(numerator * rate.whole, most)
        raised = min(numerator * (rate.whole + points), most) - one
        base += one * heads
        uplift += raised * heads
        each.update(dict.fromkeys(employments, one // unit))
        exact = numerator * rate.whole
        words.append(f"{wording} × {rate.whole}% = {yen(exact, unit)}{held(exact, limit, unit)} × {heads}人")
        if points:
            uplift_words.append(
                f"{wording} × {points}%（基本と合わせて{limit.whole:,}円まで） = {yen(raised, unit)} × {heads}人"
            )
    figures = (*rates, limit, *more, terms.rounding)
    total, extra = cut(base, unit, terms.rounding.whole), cut(uplift, unit, terms.rounding.whole)
    return Amount(
        base=total,
        uplift=extra,
        because=f"{' ＋ '.join(words)}、{terms.rounding.whole}円未満切捨て = {total:,}円",
        uplift_because=f"{' ＋ '.join(uplift_words)}、{terms.rounding.whole}円未満切捨て = {extra:,}円"
        if points
        else "",
        figures=figures,
        uplift_figures=(terms.uplift_rate, limit, *more, terms.rounding) if terms.uplift_rate and points else (),
        by_employment=each,
    )


def by_rate(terms: Terms, counts: dict[str, int]) -> dict[Figure, list[str]]:
    """The employments present, those drawing by the same figure together."""
    found: dict[Figure, list[str]] = {}
    for employment in counts:
        found.setdefault(terms.rates[employment], []).append(employment)
    return found


def held(amount: int, limit: Figure, unit: int) -> str:
    return f" → 1人の限度額 {limit.whole:,}円" if amount > limit.whole * unit else ""


def wage_minutes(terms: Terms, worker: WorkerFacts, verdict: Verdict) -> int:
    if terms.wage is None or not verdict.supported or not verdict.draws_wage:
        return 0
    return min(worker.wage_minutes or 0, terms.wage_hours.whole * MINUTES_OF_HOUR)


def wage_aid(terms: Terms, minutes: int, *, uplift: bool) -> Amount:
    """様式第5号: minutes stay fractions of an hour until the sum of the sheet is cut."""
    if terms.wage is None:
        return NOTHING
    unit = terms.rounding.whole
    total = cut(minutes * terms.wage.whole, MINUTES_OF_HOUR, unit)
    because = f"{in_hours(minutes)} × {terms.wage.whole:,}円、{unit}円未満切捨て = {total:,}円"
    figures = (terms.wage, terms.wage_hours, terms.rounding)
    if not uplift or terms.uplift_wage is None:
        return Amount(total, 0, because, "", figures, (), {})
    extra = cut(minutes * terms.uplift_wage.whole, MINUTES_OF_HOUR, unit)
    more = f"{in_hours(minutes)} × {terms.uplift_wage.whole:,}円、{unit}円未満切捨て = {extra:,}円"
    return Amount(total, extra, because, more, figures, (terms.uplift_wage, terms.wage_hours, terms.rounding), {})


def ojt_aid(terms: Terms, supported: Sequence[WorkerFacts], *, uplift: bool) -> Amount:
    """様式第5号: (8割以上の人数 + やむを得ない人数 × ΣOJT受講時間 ÷ ΣOJT総時間) × 単価."""
    if terms.ojt is None:
        return NOTHING
    passed = len([w for w in supported if w.ojt_passed])
    excused = [w for w in supported if not w.ojt_passed and w.ojt_excused]
    more_heads, share = excused_heads(excused) if excused else (0, "")
    heads, unit = passed + more_heads, terms.rounding.whole
    total, because = ojt_sum(heads, terms.ojt, f"（{passed}人{share}）", unit)
    figures = (terms.ojt, terms.rounding)
    if not uplift or terms.uplift_ojt is None:
        return Amount(total, 0, because, "", figures, (), {})
    extra, more = ojt_sum(heads, terms.uplift_ojt, f"（{passed}人{share}）", unit)
    return Amount(total, extra, because, more, figures, (terms.uplift_ojt, terms.rounding), {})


def excused_heads(excused: Sequence[WorkerFacts]) -> tuple[Fraction, str]:
    """How many heads they count for by the hours they took part, and how that is written."""
    attended = sum((Fraction(w.ojt_attended_hours or 0) for w in excused), Fraction())
    planned = sum((Fraction(w.ojt_planned_hours or 0) for w in excused), Fraction())
    heads = len(excused) * attended / planned if planned else Fraction()
    return heads, f"＋{len(excused)}人 × {float_free(attended)}時間 ÷ {float_free(planned)}時間"


def ojt_sum(heads: Fraction | int, price: Figure, words: str, unit: int) -> tuple[int, str]:
    exact = heads * price.whole
    total = cut(exact.numerator, exact.denominator, unit)
    return total, f"{words} × {price.whole:,}円、{unit}円未満切捨て = {total:,}円"


def yen(numerator: int, denominator: int) -> str:
    whole, rest = divmod(numerator, denominator)
    return f"{whole:,}.{rest * PER_CENT // denominator:02d}円" if rest else f"{whole:,}円"


def float_free(value: Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else f"{value.numerator}/{value.denominator}"
