"""Skills: gained with a certificate, wanted by a firm, shown with the courses that teach what is missing."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from courses import policies
from courses.actions.completion.skills import earn_skills, set_skill_target
from courses.models import EarnedSkill, SkillTarget
from courses.queries.completion.skills import skill_groups, skills_of
from courses.states import CourseState, RunState
from firms.errors import Refused
from firms.models import Employment, JournalEntry, Mandate
from tests.conftest import TODAY
from tests.courses.completion.skilled import CHANGE, LEARNING, SENSOR, bookable, certify, revoke, tag
from tests.factories import EmploymentFactory, EnrolmentFactory, RunFactory


def rows(firm, on=TODAY):
    return {row.item.key: (row.has, row.target, row.gap) for group in skill_groups(firm, on=on) for row in group.rows}


# --- gaining ---


def test_earn_skills_gives_the_items_of_the_course(earned, trainee):
    held = EarnedSkill.objects.filter(certificate=earned, person=trainee.person)

    assert set(held.values_list("item", flat=True)) == {SENSOR, CHANGE}


def test_earn_skills_twice_is_once(earned):
    assert (earn_skills(earned), EarnedSkill.objects.count()) == (2, 2)


def test_earn_skills_of_an_untagged_course_gives_none(run, trainee):
    certificate = certify(EnrolmentFactory(run=run, employment=trainee.person.employments.get()))

    assert (earn_skills(certificate), EarnedSkill.objects.exists()) == (0, False)


# --- the firm's gaps ---


def test_gap_is_what_is_wanted_less_who_has_it(earned, firm, manager):
    set_skill_target(firm, key=SENSOR, people=3, by=manager.acting())
    set_skill_target(firm, key=LEARNING, people=1, by=manager.acting())

    assert rows(firm) == {CHANGE: (1, 0, 0), LEARNING: (0, 1, 1), SENSOR: (1, 3, 2)}


def test_groups_stand_in_the_order_of_the_standards(earned, firm, manager):
    set_skill_target(firm, key="gxss-p:2.0:analyst", people=1, by=manager.acting())
    set_skill_target(firm, key="dss-l:1.1:how.3", people=5, by=manager.acting())

    held = [(group.edition, group.category) for group in skill_groups(firm, on=TODAY)]

    assert held == [
        ("DSS-L 1.1", "How（データ・技術の利活用）"),
        ("DSS-P 2.0", "ビジネス変革"),
        ("DSS-P 2.0", "テクノロジー"),
        ("GXSS-P 2.0", "GX推進の人材類型"),
    ]


def test_more_than_wanted_in_one_item_makes_up_for_none_in_another(earned, people, sensor_run, firm, manager):
    for employment in people(2):
        earn_skills(certify(EnrolmentFactory(run=sensor_run, employment=employment)))
    set_skill_target(firm, key=SENSOR, people=1, by=manager.acting())
    set_skill_target(firm, key="dss-p:2.0:3.1.1", people=2, by=manager.acting())

    [technology] = [group for group in skill_groups(firm, on=TODAY) if group.category == "テクノロジー"]

    assert (technology.covered, technology.wanted) == (1, 3)


def test_a_person_with_two_certificates_of_an_item_counts_once(earned, firm, trainee):
    again = EnrolmentFactory(run=RunFactory(course=earned.enrolment.run.course), employment=earned.enrolment.employment)
    earn_skills(certify(again))

    assert rows(firm)[SENSOR] == (1, 0, 0)


def test_a_revoked_certificate_takes_its_items_with_it(earned, firm, trainee):
    revoke(earned)

    assert (rows(firm), skills_of(trainee.person)) == ({}, [])


def test_one_who_left_the_firm_is_counted_no_more(earned, firm):
    Employment.objects.update(ended_on=TODAY - timedelta(days=1))

    assert (rows(firm), list(rows(firm, on=TODAY - timedelta(days=1)))) == ({}, [CHANGE, SENSOR])


def test_a_firm_does_not_read_what_somebody_earned_on_their_own(sensor_run, trainee, firm):
    earn_skills(
        certify(EnrolmentFactory(run=sensor_run, employment=None, person=trainee.person, applied_by=trainee.person))
    )

    assert (rows(firm), [one.item.key for one in skills_of(trainee.person)]) == ({}, [CHANGE, SENSOR])


def test_a_firm_does_not_read_what_somebody_earned_through_another(earned, trainee, stranger):
    employment = EmploymentFactory(person=trainee.person, establishment__organisation=stranger.organisation)

    assert (rows(stranger.organisation), employment.person) == ({}, trainee.person)


def test_an_item_no_standard_knows_is_shown_by_its_key_and_comes_last(earned, firm, manager):
    SkillTarget.objects.create(firm=firm, item="dss-p:3.0:new", people=1)

    assert list(rows(firm)) == [CHANGE, SENSOR, "dss-p:3.0:new"]


# --- where the missing can be learned ---


def offers(firm, key, on=TODAY):
    [row] = [row for group in skill_groups(firm, on=on) for row in group.rows if row.item.key == key]
    return [offer.course.title for offer in row.offers]


def test_missing_item_names_the_courses_one_can_book_the_next_to_begin_first(college, firm, manager):
    bookable(college, "あとの講座", date(2027, 3, 3))
    bookable(college, "さきの講座", date(2027, 2, 3))
    set_skill_target(firm, key=LEARNING, people=1, by=manager.acting())

    assert offers(firm, LEARNING) == ["さきの講座", "あとの講座"]


def test_missing_item_names_no_course_one_cannot_book(college, firm, manager):
    bookable(college, "下書き", date(2027, 2, 3), state=CourseState.DRAFT)
    bookable(college, "中止", date(2027, 2, 3)).__class__.objects.filter(course__title="中止").update(
        state=RunState.CANCELLED
    )
    set_skill_target(firm, key=LEARNING, people=1, by=manager.acting())

    assert (offers(firm, LEARNING), offers(firm, LEARNING, on=date(2027, 2, 1))) == ([], [])


def test_missing_item_names_three_courses_at_most(college, firm, manager):
    for n in range(5):
        bookable(college, f"講座{n}", date(2027, 2, 1 + n))
    set_skill_target(firm, key=LEARNING, people=1, by=manager.acting())

    assert offers(firm, LEARNING) == ["講座0", "講座1", "講座2"]


# --- targets ---


def test_set_target_writes_changes_and_takes_away(firm, manager):
    for people in (2, 2, 5, 0):
        set_skill_target(firm, key=SENSOR, people=people, by=manager.acting())

    told = JournalEntry.objects.filter(verb="skill_target.set").order_by("pk")
    assert [entry.details["skill_target"] for entry in told] == [[0, 2], [2, 5], [5, 0]]
    assert not SkillTarget.objects.exists()


def test_set_target_refuses_an_item_no_standard_knows(firm, manager):
    with pytest.raises(Refused, match="スキル標準にない項目"):
        set_skill_target(firm, key="dss-p:9.9:1", people=1, by=manager.acting())


def test_set_target_takes_away_an_item_no_standard_knows(firm, manager):
    SkillTarget.objects.create(firm=firm, item="dss-p:9.9:1", people=1)

    set_skill_target(firm, key="dss-p:9.9:1", people=0, by=manager.acting())

    assert not SkillTarget.objects.exists()


# --- constraints ---


def breaks(name, make):
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        make()
    assert name in str(refused.value) or "UNIQUE" in str(refused.value)


def test_course_skill_once(sensor_run):
    breaks("course_skill_once", lambda: tag(sensor_run.course, SENSOR))


def test_earned_skill_once(earned, trainee):
    breaks(
        "earned_skill_once",
        lambda: EarnedSkill.objects.create(certificate=earned, person=trainee.person, item=SENSOR),
    )


def test_skill_target_once(firm):
    SkillTarget.objects.create(firm=firm, item=SENSOR, people=1)

    breaks("skill_target_once", lambda: SkillTarget.objects.create(firm=firm, item=SENSOR, people=2))


def test_skill_target_wants_somebody(firm):
    breaks("skill_target_wants_somebody", lambda: SkillTarget.objects.create(firm=firm, item=SENSOR, people=0))


# --- who may ---


@pytest.fixture
def everyone(officer, coordinator, instructor, manager, trainee, advisor, stranger):
    cast_of = {
        "officer": officer,
        "coordinator": coordinator,
        "instructor": instructor,
        "manager": manager,
        "trainee": trainee,
        "advisor": advisor,
        "stranger": stranger,
    }
    return {name: one.acting() for name, one in cast_of.items()}


def test_may_see_firm_skills(everyone, firm):
    may = {name for name, acting in everyone.items() if policies.may_see_firm_skills(acting, firm.pk)}

    assert may == {"manager", "advisor"}


def test_may_set_skill_targets(everyone, firm):
    may = {name for name, acting in everyone.items() if policies.may_set_skill_targets(acting, firm.pk)}

    assert may == {"manager"}


def test_may_see_firm_skills_wants_a_mandate_for_training(advisor, firm):
    Mandate.objects.update(scopes=["career_up"])

    assert not policies.may_see_firm_skills(advisor.acting(), firm.pk)
