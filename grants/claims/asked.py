"""What the rules and the firm say of a claim that is of no training."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from grants.claims.exempted import exempted_on
from grants.facts.ground import newest_answers
from grants.models import Answer, GrantCase
from grants.rules import Condition, Line
from grants.rules.outcome import State, condition_as_mapping, line_as_mapping
from grants.shapes import WindowFacts
from grants.subjects.asked import Asked

STATES: dict[str, State] = {Answer.Value.YES: "met", Answer.Value.NO: "unmet"}


@dataclass(frozen=True)
class Assessed[Facts: Mapping[str, object]]:
    """`facts` are those a claim of today would freeze; None while what they rest on is not entered."""

    conditions: list[Condition]
    lines: list[Line]
    total: int
    facts: Facts | None
    exempted: Mapping[str, str] = MappingProxyType({})

    @property
    def open_ones(self) -> list[Condition]:
        return [one for one in self.conditions if one.state != "met"]

    @property
    def stopping(self) -> list[Condition]:
        """Open, and not set aside by an exemption in force."""
        return [one for one in self.open_ones if one.code not in self.exempted]

    def with_exemptions(self, case: GrantCase, *, on: date) -> "Assessed[Facts]":
        """Each requirement that is set aside that day says so."""
        exempted = exempted_on(case, on)
        said = [
            replace(one, because=f"{one.because} {exempted[one.code]}")
            if one.state != "met" and one.code in exempted
            else one
            for one in self.conditions
        ]
        return replace(self, conditions=said, exempted=exempted)

    @property
    def window(self) -> WindowFacts | None:
        return self.facts["claim_window"] if self.facts else None  # type: ignore[return-value] # every claim's facts carry it

    @property
    def outcome(self) -> dict[str, object]:
        """Ready for JSON; what may be paid is nothing while anything stops the claim."""
        return {
            "conditions": [condition_as_mapping(one) for one in self.conditions],
            "lines": [line_as_mapping(one) for one in self.lines],
            "total": self.total,
            "payable_amount": 0 if self.stopping else self.total,
        }


def answered(case: GrantCase, asked: Iterable[Asked]) -> list[Condition]:
    newest = newest_answers(case)
    return [stated_condition(one, newest.get(one.code)) for one in asked]


def stated_condition(asked: Asked, said: Answer | None) -> Condition:
    state = STATES.get(said.value, "unknown") if said else "unknown"
    because = str(asked.when_no) if state == "unmet" else str(asked.help)
    if said and said.note:
        because = f"{because}（{said.note}）"
    return Condition(asked.code, str(asked.label), state, because, asked.source)
