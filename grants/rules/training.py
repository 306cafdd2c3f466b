"""What one training draws from 人材開発支援助成金: facts in, conditions, lines and sums out."""

from datetime import date
from functools import lru_cache

from firms.rules.figures import Figure
from grants.rules.amounts import NOTHING, Amount, expense_aid, ojt_aid, wage_aid, wage_minutes
from grants.rules.editions import Schemes
from grants.rules.facts import EMPLOYMENTS, TrainingFacts
from grants.rules.judging import Verdict, judge_worker
from grants.rules.loading import current_schemes
from grants.rules.outcome import Condition, Line, Outcome, WorkerPart, line
from grants.rules.requirements import judge_payment, judge_training, plan_taken, tri_state
from grants.rules.terms import Opening, Terms, opening, terms_of

AIDS = (("expense", "経費助成"), ("wage", "賃金助成"), ("ojt", "OJT実施助成"))


def assess(facts: TrainingFacts, *, schemes: Schemes | None = None) -> Outcome:
    """Pays every trainee who meets the requirements and says of each other why not.

    A fact nobody has told is an `unknown` condition; the sums then hold only if it turns out met."""
    known = schemes or current_schemes()
    edition = known.edition_of(facts.plan_filed)
    now = opening(known, facts.scheme, facts.menu, edition)
    if not now.is_open:
        return closed(known, facts, now)
    terms = terms_of(
        known, facts.scheme, facts.menu, edition, sme=facts.sme, method=facts.method, specialized=facts.specialized
    )
    training = judge_training(terms, now, facts)
    payment = judge_payment(terms, facts)
    verdicts = [judge_worker(terms, facts, w, w.key or f"#{n}") for n, w in enumerate(facts.workers, 1)]
    minutes = [wage_minutes(terms, w, v) for w, v in zip(facts.workers, verdicts, strict=True)]
    amounts = reckon(terms, facts, verdicts, minutes, training, payment)
    conditions = [*training, *payment]
    for verdict in verdicts:
        conditions += verdict.conditions
    return outcome(known, facts, tuple(conditions), amounts, parts(facts, verdicts, minutes, amounts))


def closed(known: Schemes, facts: TrainingFacts, now: Opening) -> Outcome:
    title = known.by_name[facts.scheme].menus[facts.menu]
    condition = plan_taken(title, now.opens, now.closes, False)
    parts = tuple(WorkerPart(w.key or f"#{n}", False, None, 0, 0, False) for n, w in enumerate(facts.workers, 1))
    return Outcome(
        payable=False, conditions=(condition,), lines=(), expense_aid=0, wage_aid=0, ojt_aid=0, total=0,
        uplift_expense_aid=0, uplift_wage_aid=0, uplift_ojt_aid=0, uplift_lines=(), calculated=0, payable_amount=0,
        unverified=(), workers=parts,
    )  # fmt: skip


def reckon(
    terms: Terms,
    facts: TrainingFacts,
    verdicts: list[Verdict],
    minutes: list[int],
    training: tuple[Condition, ...],
    payment: tuple[Condition, ...],
) -> tuple[Amount, Amount, Amount]:
    """Expense, wage and on-the-job aid; three times nothing where a requirement of the training is unmet."""
    if stopped(training):
        return NOTHING, NOTHING, NOTHING
    supported = [w for w, v in zip(facts.workers, verdicts, strict=True) if v.supported]
    heads = [w.employment for w in supported]
    counts = {e: n for e in EMPLOYMENTS if (n := heads.count(e))}
    expense = expense_aid(terms, facts, counts) if counts and not stopped(payment) else NOTHING
    wage = wage_aid(terms, sum(minutes), uplift=facts.uplift) if counts else NOTHING
    ojt = ojt_aid(terms, supported, uplift=facts.uplift) if counts else NOTHING
    return expense, wage, ojt


def stopped(conditions: tuple[Condition, ...]) -> bool:
    return "unmet" in [c.state for c in conditions]


def outcome(
    known: Schemes,
    facts: TrainingFacts,
    conditions: tuple[Condition, ...],
    amounts: tuple[Amount, Amount, Amount],
    workers: tuple[WorkerPart, ...],
) -> Outcome:
    expense, wage, ojt = amounts
    total = expense.base + wage.base + ojt.base
    limit, within = yearly_limit(known, facts, total)
    return Outcome(
        payable=total > 0,
        conditions=(*conditions, within),
        lines=base_lines(amounts),
        expense_aid=expense.base,
        wage_aid=wage.base,
        ojt_aid=ojt.base,
        total=total,
        uplift_expense_aid=expense.uplift,
        uplift_wage_aid=wage.uplift,
        uplift_ojt_aid=ojt.uplift,
        uplift_lines=uplift_lines(amounts),
        calculated=total,
        payable_amount=min(total, max(0, limit.whole - (facts.already_granted_in_claim_year or 0))),
        unverified=unverified(*(figures for a in amounts for figures in (a.figures, a.uplift_figures))),
        workers=workers,
    )


def yearly_limit(known: Schemes, facts: TrainingFacts, total: int) -> tuple[Figure, Condition]:
    """The second clock: the limit of the fiscal year the claim is filed in."""
    limit = limit_of(known, facts.scheme, facts.menu, known.edition_of(facts.claim_filed or facts.plan_filed))
    drawn = facts.already_granted_in_claim_year
    if drawn is None:
        return limit, untold_limit(limit)
    because = f"既に受けた {drawn:,}円 ＋ 今回 {total:,}円（限度額 {limit.whole:,}円）"
    within = tri_state(drawn + total <= limit.whole)
    return limit, Condition("yearly_limit", limit.label, within, because, limit.source)


@lru_cache(maxsize=64)
def untold_limit(limit: Figure) -> Condition:
    because = "支給申請をする年度に既に受けた額が入力されていません。"
    return Condition("yearly_limit", limit.label, "unknown", because, limit.source)


@lru_cache(maxsize=1024)
def limit_of(known: Schemes, scheme: str, menu: str, edition: date) -> Figure:
    return known.find(scheme, f"{menu}.yearly_limit", edition) or known.latest(scheme, "yearly_limit", edition)


@lru_cache(maxsize=65536)
def unverified(*used: tuple[Figure, ...]) -> tuple[str, ...]:
    names = (f"{f.table}/{f.name}" for figures in used for f in figures if not f.is_verified)
    return tuple(dict.fromkeys(names))


def base_lines(amounts: tuple[Amount, ...]) -> tuple[Line, ...]:
    return tuple(
        line(code, label, amount.base, amount.because, amount.figures)
        for (code, label), amount in zip(AIDS, amounts, strict=True)
        if amount.figures
    )


def uplift_lines(amounts: tuple[Amount, ...]) -> tuple[Line, ...]:
    return tuple(
        line(f"uplift_{code}", f"{label}（割増分）", amount.uplift, amount.uplift_because, amount.uplift_figures)
        for (code, label), amount in zip(AIDS, amounts, strict=True)
        if amount.uplift_figures
    )


def parts(
    facts: TrainingFacts, verdicts: list[Verdict], minutes: list[int], amounts: tuple[Amount, Amount, Amount]
) -> tuple[WorkerPart, ...]:
    each, draws_wage = amounts[0].by_employment, bool(amounts[1].figures)
    return tuple(
        [
            WorkerPart(
                verdict.subject,
                verdict.supported,
                verdict.percent,
                each.get(worker.employment, 0) if verdict.supported else 0,
                counted if draws_wage else 0,
                verdict.ojt_passed,
            )
            for worker, verdict, counted in zip(facts.workers, verdicts, minutes, strict=True)
        ]
    )
