"""One period of a conversion put to the rules: what they say of its facts, and what the firm states beside."""

from datetime import date

from firms.words.tongues import in_japanese
from grants.claims.asked import Assessed, answered
from grants.facts.careerup import for_claim, gather_conversion_claim, pay_of
from grants.models import GrantCase
from grants.rules import Condition, assess_period
from grants.shapes.careerup import ConversionClaimFacts
from grants.subjects.careerup import questions_of_period

type PeriodAssessment = Assessed[ConversionClaimFacts]


@in_japanese
def assess_conversion(case: GrantCase, *, on: date) -> PeriodAssessment | None:
    """None while what its days hang on is not told."""
    facts = for_claim(case, on=on)
    if facts is None:
        return None
    found = assess_period(facts, on=on)
    frozen = gather_conversion_claim(case, facts, on=on) if pay_of(case) else None
    assessed = Assessed([*found.conditions, *stated_of(case)], list(found.lines), found.total, frozen)
    return assessed.with_exemptions(case, on=on)


def stated_of(case: GrantCase) -> list[Condition]:
    assert case.conversion
    assert case.period
    return answered(case, questions_of_period(case.period, case.conversion.origin))
