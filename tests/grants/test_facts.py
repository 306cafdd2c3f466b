"""What a plan and a claim freeze, against numbers reckoned by hand."""

import json
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.models import LessonBreak
from firms.models import Employment, Holiday
from grants.claims.assessment import assess_claim
from grants.facts import canonical, digest, gather_claim, gather_plan
from grants.queries.forecast import wage_minutes
from grants.time.lessons import lessons_of
from tests.factories import EmploymentFactory, EnrolmentFactory, LessonFactory, RunFactory, at
from tests.grants.conftest import CLAIM_DAY, FILED_ON, fresh, mark

TODAY = date(2026, 11, 20)


def test_plan_facts_are_plain_json_with_the_agreed_parts(stated):
    facts = gather_plan(stated, on=TODAY)

    assert json.loads(canonical(facts)) == facts
    assert (
        list(facts)
        == (
            "shape frozen_on form_edition scheme firm establishment contact agent course training reskilling_plan "
            "conversion_plan notice lecturers confirmation channel workers answers plan_window claim_window"
        ).split()
    )


def test_plan_facts_say_who_is_planned(stated, enrolled):
    facts = gather_plan(stated, on=TODAY)

    assert facts["workers"][0] == {
        "key": str(enrolled[0].pk),
        "name": "糀谷 太郎",
        "kana": "コウジヤ タロウ",
        "insured_number": "5001-000001-2",
        "contract": "regular",
        "contract_label": "正規雇用",
        "employment": "regular",
        "hired_on": "2022-04-01",
        "job_title": "旋盤加工",
    }
    assert [worker["name"] for worker in facts["workers"]] == ["糀谷 太郎", "雑色 太郎", "矢口 太郎"]


def test_plan_facts_keep_the_day_of_hire_when_the_terms_changed(stated, enrolled):
    employment = enrolled[0].employment
    Employment.objects.filter(pk=employment.pk).update(started_on=date(2026, 4, 1))
    EmploymentFactory(
        person=employment.person,
        establishment=employment.establishment,
        pattern=employment.pattern,
        contract="fixed_term",
        started_on=date(2024, 10, 1),
        ended_on=date(2026, 3, 31),
    )

    facts = gather_plan(stated, on=TODAY)

    days = {worker["key"]: worker["hired_on"] for worker in facts["workers"]}
    assert days[str(enrolled[0].pk)] == "2024-10-01"


def test_plan_facts_name_the_agent_while_the_mandate_holds(stated, office):
    named = gather_plan(stated, on=TODAY)["agent"]
    before = gather_plan(stated, on=date(2025, 3, 31))["agent"]

    assert (named["office"], named["capacity_label"]) == (office.name, "提出代行者")
    assert before is None


def test_plan_windows_are_those_of_the_rules(stated):
    facts = gather_plan(stated, on=TODAY)

    assert (facts["plan_window"]["first"], facts["plan_window"]["last"]) == ("2026-08-03", "2027-01-04")
    assert (facts["claim_window"]["first"], facts["claim_window"]["last"]) == ("2027-02-11", "2027-04-12")


def test_digest_is_that_of_the_facts_whatever_their_order():
    assert digest({"a": 1, "b": [2]}) == digest({"b": [2], "a": 1})
    assert digest({"a": 1}) != digest({"a": 2})


def test_claim_reckons_the_worked_case_by_hand(paid, enrolled):
    """22,000 × 75% × 2 people; 12 hours × 2 people × 1,000 yen; the third falls out with 50%."""
    facts = gather_claim(paid, CLAIM_DAY)

    assert facts["grant"] == {
        "scheme": "reskilling",
        "menu": "reskilling",
        "plan_filed": FILED_ON.isoformat(),
        "claim_filed": CLAIM_DAY.isoformat(),
        "sme": True,
        "method": "class",
        "planned_minutes": 720,
        "cost": {
            "kind": "external",
            "fee_per_person": 22_000,
            "paid_partly_by": "nobody",
            "paid_on": "2027-01-29",
            "provider_rebate": False,
        },
        "workers": [
            {
                "key": str(enrolment.pk),
                "employment": "regular",
                "attended_minutes": minutes,
                "wage_minutes": minutes,
                "excused_minutes": 0,
                "in_trial_support_period": False,
                "grants_this_year": 0,
                "e_learning_grants_this_year": 0,
            }
            for enrolment, minutes in zip(enrolled, (720, 720, 360), strict=True)
        ],
        "uplift": False,
        "already_granted_in_claim_year": 0,
    }
    assert [(worker["percent"], worker["passes"]) for worker in facts["workers"]] == [
        (100, True),
        (100, True),
        (50, False),
    ]


def test_claim_draws_what_was_reckoned_by_hand(paid, enrolled):
    outcome = assess_claim(paid, CLAIM_DAY).outcome

    assert (outcome["expense_aid"], outcome["wage_aid"], outcome["total"]) == (33_000, 24_000, 57_000)
    assert sum(line["amount"] for line in outcome["lines"]) == outcome["total"] == outcome["payable_amount"]
    assert [part["supported"] for part in outcome["workers"]] == [True, True, False]


def test_claim_names_a_lesson_with_its_record(paid, enrolled):
    worker = gather_claim(paid, CLAIM_DAY)["workers"][2]
    first = paid.run.lessons.first()
    held = enrolled[2].marks.get(lesson=first)

    assert worker["lessons"][0] == {
        "id": first.pk,
        "number": 1,
        "on": "2027-02-03",
        "topic": "センサの選び方と取付け",
        "starts_at": "10:00",
        "ends_at": "17:00",
        "excluded_minutes": 60,
        "planned_minutes": 360,
        "came_at": "10:00",
        "left_at": "17:00",
        "attended_minutes": 360,
        "wage_minutes": 360,
        "lecturer": "講元 太郎",
        "source": "roster",
        "mark_id": held.pk,
        "away": [],
    }
    assert (worker["lessons"][1]["came_at"], worker["lessons"][1]["attended_minutes"]) == ("", 0)


def test_lateness_costs_its_minutes(filed, enrolled):
    first, second = filed.run.lessons.all()
    mark(enrolled[0], first, came="10:20", left="16:30", minutes=310)
    mark(enrolled[0], second)

    worker = gather_claim(filed, CLAIM_DAY)["workers"][0]

    assert (worker["attended_minutes"], worker["wage_minutes"], worker["percent"]) == (670, 670, 93)


def test_correction_of_a_mark_is_what_counts(filed, enrolled):
    first = filed.run.lessons.first()
    wrong = mark(enrolled[0], first, came="10:00", left="11:00", minutes=60)
    mark(enrolled[0], first, corrects=wrong, reason="書き間違い")

    worker = gather_claim(filed, CLAIM_DAY)["workers"][0]

    assert worker["lessons"][0]["attended_minutes"] == 360


def test_wage_minutes_end_with_the_working_hours(run, establishment, pattern, manager, advisor):
    """A lesson 15:00–20:00 without meal: 150 of its 300 minutes lie before 17:30."""
    LessonFactory(
        run=run, number=3, starts_at=at(date(2027, 2, 17), "15:00"), ends_at=at(date(2027, 2, 17), "20:00"), meal=False
    )
    employment = EmploymentFactory(establishment=establishment, pattern=pattern)

    assert wage_minutes(employment, lessons_of(run)) == 360 + 360 + 150


def test_wage_minutes_are_none_on_the_firms_own_day_off(attended, establishment):
    Holiday.objects.create(establishment=establishment, on=date(2027, 2, 3), name="創立記念日")

    worker = gather_claim(attended, CLAIM_DAY)["workers"][0]

    assert (worker["attended_minutes"], worker["wage_minutes"]) == (720, 360)


def test_wage_minutes_follow_the_employment_in_force_that_day(attended, enrolled):
    employment = enrolled[0].employment
    type(employment).objects.filter(pk=employment.pk).update(ended_on=date(2027, 2, 5))

    worker = gather_claim(attended, CLAIM_DAY)["workers"][0]

    assert (worker["attended_minutes"], worker["wage_minutes"]) == (720, 360)


def test_long_breaks_count_thirty_minutes_each_and_sixty_a_day(db):
    """40, 45 and 5 minutes: one counts up to 30, the day up to 60, so 30 of the 90 fall away."""
    run = RunFactory()
    lesson = LessonFactory(run=run, meal=False)
    for start, end in (("10:30", "11:10"), ("13:00", "13:45"), ("15:00", "15:05")):
        LessonBreak.objects.create(lesson=lesson, starts_at=at(lesson.on, start), ends_at=at(lesson.on, end))

    (found,) = lessons_of(run)

    assert found.counted_minutes == 420 - 30
    assert found.excluded_minutes == 30


def test_break_limit_is_one_of_the_day_over_its_lessons(db):
    run = RunFactory()
    for n, (start, end) in enumerate((("09:00", "12:00"), ("13:00", "16:00"), ("16:00", "18:00")), start=1):
        lesson = LessonFactory(
            run=run, number=n, starts_at=at(date(2027, 2, 3), start), ends_at=at(date(2027, 2, 3), end), meal=False
        )
        LessonBreak.objects.create(lesson=lesson, starts_at=lesson.starts_at, ends_at=at(lesson.on, f"{start[:2]}:30"))

    assert [found.counted_minutes for found in lessons_of(run)] == [180, 180, 90]


@pytest.mark.django_db
def test_gathering_asks_the_same_number_of_queries_for_more_people(paid, run, establishment, pattern):
    with CaptureQueriesContext(connection) as few:
        gather_claim(fresh(paid), CLAIM_DAY)
    for _ in range(5):
        EnrolmentFactory(run=run, employment=EmploymentFactory(establishment=establishment, pattern=pattern))
    LessonFactory(run=run, number=3, day=date(2027, 2, 17))

    with CaptureQueriesContext(connection) as many:
        gather_claim(fresh(paid), CLAIM_DAY)

    assert len(few) == len(many)
