"""One period of a conversion put to the rules: what they say of its facts, and what the firm states beside."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from grants.claims.assessment import exempted_on
from grants.facts.careerup import for_claim, gather_conversion_claim, pay_of
from grants.facts.ground import newest_answers
from grants.models import Answer, GrantCase
from grants.rules import Condition, Line, assess_period
from grants.rules.outcome import State, condition_as_mapping, line_as_mapping
from grants.shapes.careerup import ConversionClaimFacts
from grants.subjects.careerup import AskedOfConversion, questions_of_period

STATES: dict[str, State] = {Answer.Value.YES: "met", Answer.Value.NO: "unmet"}


@dataclass(frozen=True)
class PeriodAssessment:
    """`facts` are those a claim of today would freeze; None while the pay of the period is not entered."""

    conditions: list[Condition]
    lines: list[Line]
    total: int
    facts: ConversionClaimFacts | None
    exempted: Mapping[str, str] = MappingProxyType({})

    @property
    def stopping(self) -> list[Condition]:
        """Open, and not set aside by an exemption in force."""
        return [one for one in self.open_ones if one.code not in self.exempted]

    @property
    def open_ones(self) -> list[Condition]:
        return [one for one in self.conditions if one.state != "met"]

    @property
    def outcome(self) -> dict[str, object]:
        """Ready for JSON; what may be paid is nothing while anything is open."""
        return {
            "conditions": [condition_as_mapping(one) for one in self.conditions],
            "lines": [line_as_mapping(one) for one in self.lines],
            "total": self.total,
            "payable_amount": 0 if self.stopping else self.total,
        }


def assess_conversion(case: GrantCase, *, on: date) -> PeriodAssessment | None:
    """None while what its days hang on is not told."""
    facts = for_claim(case, on=on)
    if facts is None:
        return None
    found = assess_period(facts, on=on)
    exempted = exempted_on(case, on)
    conditions = [with_exemption(one, exempted) for one in (*found.conditions, *stated_of(case))]
    frozen = gather_conversion_claim(case, facts, on=on) if pay_of(case) else None
    return PeriodAssessment(conditions, list(found.lines), found.total, frozen, exempted)


def with_exemption(one: Condition, exempted: Mapping[str, str]) -> Condition:
    is_set_aside = one.state != "met" and one.code in exempted
    return replace(one, because=f"{one.because} {exempted[one.code]}") if is_set_aside else one


def stated_of(case: GrantCase) -> Iterable[Condition]:
    assert case.conversion
    assert case.period
    newest = newest_answers(case)
    for asked in questions_of_period(case.period, case.conversion.origin):
        yield stated_condition(asked, newest.get(asked.code))


def stated_condition(asked: AskedOfConversion, said: Answer | None) -> Condition:
    state = STATES.get(said.value, "unknown") if said else "unknown"
    because = str(asked.when_no) if state == "unmet" else str(asked.help)
    if said and said.note:
        because = f"{because}（{said.note}）"
    return Condition(asked.code, str(asked.label), state, because, asked.source)
