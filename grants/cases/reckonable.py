"""The cases that are still open, each as the facts the rules would reckon with today."""

from collections.abc import Iterator
from datetime import date

from grants.facts import enrolments_of
from grants.models import GrantCase
from grants.models.cases import CaseQuerySet
from grants.queries import forecast
from grants.rules import FactError, TrainingFacts, training_facts
from grants.states import CaseState

UNCLAIMED = (CaseState.PREPARING, CaseState.PLANNED, CaseState.FILED, CaseState.CLAIM_READY)


def open_cases(*, on: date) -> Iterator[tuple[str, TrainingFacts]]:
    """By their number, everybody's."""
    for case, facts in reckonable(GrantCase.objects.all(), on=on):
        yield case.number, facts


def reckonable(cases: CaseQuerySet, *, on: date) -> Iterator[tuple[GrantCase, TrainingFacts]]:
    """Those of them whose amount is not yet claimed; without lessons or people there is nothing to reckon."""
    found = (
        cases.trainings()
        .filter(state__in=UNCLAIMED)
        .select_related("establishment__organisation", "run__course__college")
    )
    for case in found.order_by("pk"):
        facts = facts_of(case, on=on)
        if facts is not None:
            yield case, facts


def facts_of(case: GrantCase, *, on: date) -> TrainingFacts | None:
    """A frozen claim by what it froze; any other as if everybody attends, by the day its plan was or can be filed."""
    claim = case.claims.current_first().first()
    try:
        return training_facts(claim.lifted["grant"]) if claim else expected_facts(case, on=on)
    except FactError:
        return None


def expected_facts(case: GrantCase, *, on: date) -> TrainingFacts | None:
    filed = case.plans.filter(filing__isnull=False).select_related("filing").order_by("-number").first()
    enrolled = enrolments_of(case.run, case.establishment)
    employments = [one.employment for one in enrolled if one.employment]
    keys = {one.employment.pk: str(one.pk) for one in enrolled if one.employment}
    on = filed.filing.filed_on if filed else on
    found = forecast(case.run, case.establishment, employments, on, entry=case.entry, keys=keys)
    return found.facts if found else None
