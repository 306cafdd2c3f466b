"""One case of the machine shop at each step of its way: three people, twelve hours, 22,000 yen each."""

from dataclasses import dataclass
from datetime import date

import pytest
import time_machine

from courses.models import AttendanceMark
from grants.actions.cases import open_case
from grants.actions.claims import file_claim, freeze_claim, record_decision
from grants.actions.plans import file_plan, freeze_plan
from grants.actions.statements import StatedPlan, add_cost, answer, save_plan_facts
from grants.claims.assessment import assess_claim, name_of, open_requirements
from grants.claims.checks import DECLARED
from grants.models import GrantCase
from tests.factories import EmploymentFactory, EnrolmentFactory, PersonFactory, at

FILED_ON = date(2026, 11, 24)
CLAIM_DAY = date(2027, 2, 15)
NAMES = (("糀谷", "コウジヤ"), ("雑色", "ゾウシキ"), ("矢口", "ヤグチ"))


def fresh(case: GrantCase) -> GrantCase:
    return GrantCase.objects.get(pk=case.pk)


def mark(enrolment, lesson, came="10:00", left="17:00", minutes=360, **extra):
    day = lesson.on
    return AttendanceMark.objects.create(
        enrolment=enrolment,
        lesson=lesson,
        came_at=at(day, came) if came else None,
        left_at=at(day, left) if came else None,
        minutes=minutes if came else 0,
        source="roster",
        recorded_by=enrolment.person,
        **extra,
    )


def freeze_anyway(case, *, by):
    """Every open requirement named, as one ticks them on the page."""
    opens = open_requirements(assess_claim(fresh(case), by.today).outcome)
    return freeze_claim(fresh(case), by=by, despite=[name_of(one) for one in opens])


@pytest.fixture
def enrolled(run, establishment, pattern):
    return [
        EnrolmentFactory(
            run=run,
            employment=EmploymentFactory(
                establishment=establishment,
                pattern=pattern,
                person=PersonFactory(family_name=name, family_kana=kana),
                insured_number=f"5001-00000{n}-2",
            ),
        )
        for n, (name, kana) in enumerate(NAMES, start=1)
    ]


@pytest.fixture
def case(run, establishment, manager, advisor, enrolled):
    return open_case(run, establishment, by=manager.acting())


@pytest.fixture
def stated(case, manager):
    """Everything the firm has to say is said."""
    plan = StatedPlan("dx", date(2027, 2, 1), None, "", "切削機にセンサをつけて稼働を見る", "旋盤の段取りに使う")
    save_plan_facts(case, plan, by=manager.acting())
    for declared in DECLARED:
        if declared.at_plan:
            answer(case, declared.code, value="yes", by=manager.acting())
    return fresh(case)


def say_at_the_claim(case, manager, *, on=CLAIM_DAY):
    """What can be said only once the training is over, or must still be so then."""
    with time_machine.travel(at(on, "09:00")):
        for declared in DECLARED:
            if declared.lasts or not declared.at_plan:
                answer(fresh(case), declared.code, value="yes", by=manager.acting(on))


@pytest.fixture
def planned(stated, advisor):
    freeze_plan(stated, by=advisor.acting(FILED_ON))
    return fresh(stated)


@pytest.fixture
def filed(planned, advisor):
    file_plan(planned, filed_on=FILED_ON, receipt_number="東リ-8-123", by=advisor.acting(FILED_ON))
    return fresh(planned)


@pytest.fixture
def attended(filed, enrolled):
    """Two attend both lessons; the third misses the second one."""
    first, second = filed.run.lessons.all()
    for enrolment in enrolled:
        mark(enrolment, first)
    for enrolment in enrolled[:2]:
        mark(enrolment, second)
    mark(enrolled[2], second, came=None)
    return filed


@pytest.fixture
def paid(attended, manager):
    add_cost(attended, amount_yen=66_000, paid_on=date(2027, 1, 29), payer="firm", by=manager.acting(CLAIM_DAY))
    say_at_the_claim(attended, manager)
    return fresh(attended)


@pytest.fixture
def frozen(paid, advisor):
    freeze_claim(paid, by=advisor.acting(CLAIM_DAY))
    return fresh(paid)


@pytest.fixture
def claimed(frozen, advisor):
    file_claim(frozen, filed_on=date(2027, 2, 16), receipt_number="", by=advisor.acting(date(2027, 2, 16)))
    return fresh(frozen)


@pytest.fixture
def approved(claimed, advisor):
    record_decision(
        claimed,
        decided_on=date(2027, 5, 10),
        is_approved=True,
        amount_yen=57_000,
        notice_number="18-1",
        reason="",
        by=advisor.acting(date(2027, 5, 12)),
    )
    return fresh(claimed)


@dataclass(frozen=True)
class Ways:
    """Every address of one case, for those who may and those who may not."""

    pages: list[str]
    posts: list[str]


@pytest.fixture
def ways(frozen):
    names = "case case_journal case_drop plan_facts conversion_plan answers costs plan_file claim claim_file decision payment papers"
    acts = "plan_freeze claim_freeze papers_make case_close"
    cost = frozen.costs.get()
    return Ways(
        [f"grants:{name}" for name in names.split()],
        [f"grants:{name}" for name in acts.split()] + [f"grants:cost_void {cost.pk}"],
    )
