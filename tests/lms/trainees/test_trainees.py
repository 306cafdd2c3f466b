# The fixtures of trials are asked for by their names.
# ruff: noqa: F401, F811
"""A firm follows all its trainees on one page, and each employee's card says what they learned through the firm."""

from datetime import date

import pytest
from django.urls import reverse

from courses.frameworks import shown
from courses.models import AttendanceMark, EarnedSkill, Enrolment
from firms.models import Employment, Person
from grants.models import GrantCase
from lms.trainees.following import on_trial, sent_to
from lms.trainees.policies import may_follow_trainees
from lms.trainees.record import record_of
from tests.conftest import TODAY
from tests.courses.completion.skilled import LEARNING, certify, revoke
from tests.factories import EmploymentFactory, EnrolmentFactory, LessonFactory, RunFactory, at
from tests.trials.conftest import adviser, agency, posting, round, trial
from trials.models import Placement

pytestmark = pytest.mark.django_db
PAST = [date(2026, 11, day) for day in (2, 3, 4, 5)]


@pytest.fixture
def held(college):
    """Four lessons of six hours that are over, and one to come."""
    run = RunFactory(course__college=college, course__title="現場IoT")
    days = [*PAST, date(2026, 12, 1)]
    return run, [LessonFactory(run=run, number=n, day=day) for n, day in enumerate(days, start=1)]


def came(enrolment, lessons):
    for lesson in lessons:
        span = {"came_at": lesson.starts_at, "left_at": lesson.ends_at, "minutes": 360}
        AttendanceMark.objects.create(
            enrolment=enrolment, lesson=lesson, source="roster", recorded_by=enrolment.person, **span
        )


def stayed_away(enrolment, lesson):
    AttendanceMark.objects.create(
        enrolment=enrolment, lesson=lesson, source="roster", recorded_by=enrolment.person, minutes=0
    )


@pytest.fixture
def employed(establishment, pattern):
    return lambda **fields: EmploymentFactory(establishment=establishment, pattern=pattern, **fields)


def test_page_says_where_everybody_is_and_how_far(held, employed, manager):
    run, lessons = held
    good, risky = (EnrolmentFactory(run=run, employment=employed()) for _n in range(2))
    came(good, lessons[:4])
    came(risky, lessons[:3])
    stayed_away(risky, lessons[3])

    (sent,) = sent_to(manager.acting())

    assert (sent.run, sent.next, sent.is_over) == (run, lessons[4], False)
    assert sent.cost_yen == 2 * 22_000
    assert [(one.enrolment, one.pace.attended, one.pace.planned, one.is_worrying) for one in sent.trainees] == [
        (good, 1440, 1800, False),
        # Another lesson missed, and eighty of a hundred are out of reach.
        (risky, 1080, 1800, True),
    ]


def test_page_shows_who_is_at_risk_first(held, employed, manager):
    run, lessons = held
    risky = EnrolmentFactory(run=run, employment=employed(person__family_name="蒲田"))
    came(risky, lessons[:3])
    stayed_away(risky, lessons[3])

    page = manager.client().get(reverse("trainees:trainees")).content.decode()

    first = page[page.index('id="worrying"') : page.index('id="now"')]
    assert "蒲田" in first
    assert "あと1コマ休むと届かない" in first
    assert "次のコマ：2026年12月1日（火）" in page


def test_expected_grant_stands_beside_the_cost(held, employed, manager, establishment):
    run, _lessons = held
    EnrolmentFactory(run=run, employment=employed())
    case = GrantCase.objects.create(establishment=establishment, run=run, scheme="reskilling", menu="reskilling")
    GrantCase.objects.create(
        establishment=establishment, run=run, scheme="reskilling", menu="reskilling", state="dropped"
    )

    (sent,) = sent_to(manager.acting())
    page = manager.client().get(reverse("trainees:trainees")).content.decode()

    assert sent.cases == [case]
    assert case.number in page
    assert "22,000円" in page


def test_nobody_of_another_firm_is_on_the_page(held, employed, manager):
    run, _lessons = held
    EnrolmentFactory(run=run)
    waiting = EnrolmentFactory(run=run, employment=employed(), state="waitlisted")

    assert sent_to(manager.acting()) == []
    assert waiting.person.full_name not in manager.client().get(reverse("trainees:trainees")).content.decode()


def test_runs_that_are_over_stand_below(employed, manager):
    done, ahead = RunFactory(), RunFactory()
    LessonFactory(run=done, day=PAST[0])
    LessonFactory(run=ahead, day=date(2026, 12, 24))
    EnrolmentFactory(run=done, employment=employed(), state="completed")
    EnrolmentFactory(run=ahead, employment=employed())

    assert [(one.run, one.is_over) for one in sent_to(manager.acting())] == [(ahead, False), (done, True)]


def test_trial_stands_with_its_next_step_and_day(trial):
    trial.matching()
    due = trial.placement.proposals.get().answer_by

    (found,) = on_trial(trial.manager.acting())
    page = trial.manager.client().get(reverse("trainees:trainees")).content.decode()

    assert (found.placement, found.due_on) == (trial.placement, due)
    assert f"次にすること：{found.step}" in page


def fill(count, run, lesson, establishment, pattern):
    people = Person.objects.bulk_create(
        Person(email=f"many{n}@example.jp", family_name="多", given_name=f"{n}", password="!") for n in range(count)
    )
    hired = Employment.objects.bulk_create(
        Employment(
            person=one, establishment=establishment, pattern=pattern, insured_number=f"9000-{n:06d}-0",
            contract="regular", started_on=date(2025, 4, 1),
        )
        for n, one in enumerate(people)
    )  # fmt: skip
    terms = EnrolmentFactory(run=run).terms_kept
    seated = Enrolment.objects.bulk_create(
        Enrolment(run=run, person=one.person, employment=one, state="accepted", terms_kept=terms, applied_by=one.person)
        for one in hired
    )
    AttendanceMark.objects.bulk_create(
        AttendanceMark(
            enrolment=one, lesson=lesson, source="roster", recorded_by=one.person,
            came_at=lesson.starts_at, left_at=lesson.ends_at, minutes=360,
        )
        for one in seated
    )  # fmt: skip


@pytest.mark.parametrize("count", [3, 300])
def test_queries_are_the_same_for_three_people_and_three_hundred(
    count, held, manager, establishment, pattern, django_assert_num_queries
):
    run, lessons = held
    fill(count, run, lessons[0], establishment, pattern)
    browser = manager.client()

    with django_assert_num_queries(11):
        page = browser.get(reverse("trainees:trainees"))

    assert page.context["people_count"] == count


def test_may_follow_trainees(manager, trainee, officer, advisor, coordinator, stranger):
    assert may_follow_trainees(manager.acting())
    assert not any(may_follow_trainees(one.acting()) for one in (trainee, officer, advisor, coordinator))


@pytest.mark.parametrize("who", ["trainee", "officer", "advisor", "coordinator", "instructor"])
def test_nobody_but_managers_opens_the_page(who, request, manager):
    assert request.getfixturevalue(who).client().get(reverse("trainees:trainees")).status_code == 403


# --- the card ---


@pytest.fixture
def learned(held, trainee):
    run, lessons = held
    enrolment = EnrolmentFactory(run=run, employment=trainee.person.employments.get(), person=trainee.person)
    came(enrolment, lessons[:4])
    certificate = certify(enrolment)
    EarnedSkill.objects.create(certificate=certificate, person=trainee.person, item=LEARNING)
    return certificate


def card(who, employment):
    return who.client().get(reverse("firms:employment", args=[employment.pk]))


def test_card_shows_courses_hours_certificates_and_skills(learned, trainee, manager):
    page = card(manager, trainee.person.employments.get()).content.decode()

    assert "24時間 / 30時間（80%）" in page
    assert learned.number in page
    assert shown(LEARNING).label in page


def test_card_holds_nothing_somebody_learned_elsewhere(learned, trainee, manager, establishment):
    own = Enrolment.objects.create(
        run=RunFactory(course__title="夜の講座"), person=trainee.person, state="accepted", applied_by=trainee.person
    )
    certify(own)

    record = record_of(trainee.person.employments.get(), on=TODAY)

    assert [one.enrolment for one in record.courses] == [learned.enrolment]
    assert record.certificates == [learned]
    assert "夜の講座" not in card(manager, trainee.person.employments.get()).content.decode()


def test_revoked_certificate_and_its_skills_are_gone_from_the_card(learned, trainee):
    revoke(learned)

    record = record_of(trainee.person.employments.get(), on=TODAY)

    assert (record.certificates, record.skills) == ([], [])


def test_person_and_office_see_no_record_on_the_card(learned, trainee, advisor):
    for who in (trainee, advisor):
        answer = card(who, trainee.person.employments.get())
        assert answer.status_code in (200, 404)
        assert 'id="learned"' not in answer.content.decode()


def test_card_says_who_came_by_a_trial_and_nothing_before_the_contract(trial, manager, employed):
    """Under an ordinary dispatch a host may not know who it is, were it somebody it employs already."""
    work = employed(person=trial.placement.person)
    trial.matching()

    assert record_of(work, on=TODAY).placements == []

    days = {"starts_on": PAST[0], "started_on": PAST[0], "last_on": PAST[1], "hired_on": PAST[2]}
    Placement.objects.filter(pk=trial.placement.pk).update(employment=work, state="retention_1", **days)
    assert record_of(work, on=TODAY).placements == [trial.placement]
