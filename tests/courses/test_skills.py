"""Skills: gained with a certificate, wanted by a firm, shown with the courses that teach what is missing."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.timezone import localdate

from courses import frameworks, policies
from courses.actions.skills import earn_skills, set_skill_target
from courses.models import Certificate, CertificateRevocation, CourseSkill, EarnedSkill, SkillTarget
from courses.queries.skills import skill_groups, skills_of
from courses.states import CourseState, RunState
from firms.errors import Refused
from firms.models import Employment, JournalEntry, Mandate
from tests.conftest import TODAY
from tests.factories import CourseFactory, EmploymentFactory, EnrolmentFactory, LessonFactory, RunFactory

SENSOR, CHANGE, LEARNING = "dss-p:2.0:3.2.1", "dss-p:2.0:1.3.5", "dss-p:2.0:2.2.2"


def tag(course, *items):
    for key in items:
        CourseSkill.objects.create(course=course, item=key)


def certify(enrolment, issued_on=date(2026, 10, 1)):
    n = Certificate.objects.count()
    return Certificate.objects.create(
        enrolment=enrolment,
        number=f"T-{n:04d}",
        check_code=f"check{n:08d}",
        status_index=n,
        facts={},
        issued_on=issued_on,
        issued_by=enrolment.person,
    )


def revoke(certificate):
    CertificateRevocation.objects.create(
        certificate=certificate, reason="出席の誤り", revoked_by=certificate.enrolment.person
    )


@pytest.fixture
def sensor_run(run):
    tag(run.course, SENSOR, CHANGE)
    return run


@pytest.fixture
def earned(sensor_run, trainee):
    """Our trainee's certificate of 現場IoT, its items gained."""
    certificate = certify(EnrolmentFactory(run=sensor_run, employment=trainee.person.employments.get()))
    earn_skills(certificate)
    return certificate


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


def bookable(college, title, day, **fields):
    course = CourseFactory(college=college, title=title, **fields)
    run = RunFactory(course=course)
    LessonFactory(run=run, day=day)
    tag(course, LEARNING)
    return run


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

    told = JournalEntry.objects.filter(verb="courses.skill_target_set").order_by("pk")
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


# --- pages ---


def test_standards_are_open_to_a_visitor_with_versions_and_sources(client, sensor_run):
    page = client.get(reverse("courses:skills"), {"edition": "dss-p:2.0"}).content.decode()

    [edition] = [one for one in frameworks.current() if one.key == "dss-p:2.0"]
    for words in (edition.source, edition.note, edition.published, f"?skill={SENSOR}", "講座 1件"):
        assert words in page
    assert "自社の目標にする" not in page


def test_standards_count_listed_courses_alone(client, sensor_run, college):
    tag(CourseFactory(college=college, state=CourseState.DRAFT), SENSOR)

    assert client.get(reverse("courses:skills")).context["counts"] == {SENSOR: 1, CHANGE: 1}


@pytest.mark.parametrize("words", ["ｾﾝｻ", "ふぃじかる"])
def test_standards_are_searched_by_words(client, db, words):
    page = client.get(reverse("courses:skills"), {"q": words})

    assert [one.key for one in page.context["found"]] == [SENSOR]


def test_standards_say_what_to_do_where_nothing_is_found(client, db):
    assert "そのことばを含む項目はありません" in client.get(reverse("courses:skills"), {"q": "盆栽"}).content.decode()


def test_standards_of_an_edition_nobody_knows_show_the_first(client, db):
    page = client.get(reverse("courses:skills"), {"edition": "nothing"})

    assert page.context["chosen"] == frameworks.editions()[0]


def test_standards_offer_a_manager_to_set_a_target(manager):
    page = manager.client().get(reverse("courses:skills"), {"edition": "dss-p:2.0"}).content.decode()

    assert f"{reverse('courses:firm_skills')}?item={SENSOR}#add" in page


def set_by_page(client, **data):
    return client.post(reverse("courses:firm_skills"), data, follow=True)


def test_manager_sets_a_target_in_full_width(manager, firm):
    page = set_by_page(manager.client(), item=SENSOR, people="３").content.decode()

    assert dict(SkillTarget.objects.values_list("item", "people")) == {SENSOR: 3}
    assert "「フィジカルコンピューティング」の目標を3人にしました。" in page
    assert "目標まで、あとのべ3人分" in page


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        pytest.param({"item": SENSOR, "people": "三人"}, "人数を数字で入れてください", id="words"),
        pytest.param({"item": SENSOR, "people": "-1"}, "0人以上で入れてください", id="below zero"),
        pytest.param({"item": SENSOR, "people": "5000"}, "999人まで", id="too many"),
        pytest.param({"item": "nothing", "people": "1"}, "一覧にある項目を選んでください", id="unknown item"),
        pytest.param(
            {"item": "dss-p:1.x:data.1", "people": "1"}, "一覧にある項目を選んでください", id="replaced edition"
        ),
    ],
)
def test_a_target_that_makes_no_sense_is_refused_with_a_sentence(manager, data, sentence):
    page = set_by_page(manager.client(), **data).content.decode()

    assert sentence in page
    assert not SkillTarget.objects.exists()


def test_manager_takes_a_target_of_a_replaced_edition_away(manager, firm):
    SkillTarget.objects.create(firm=firm, item="dss-p:1.x:data.1", people=1)

    page = set_by_page(manager.client(), item="dss-p:1.x:data.1", people="0").content.decode()

    assert not SkillTarget.objects.exists()
    assert "の目標を消しました。" in page


def test_empty_firm_is_told_what_to_do(manager):
    page = manager.client().get(reverse("courses:firm_skills")).content.decode()

    assert "会社で必要な項目を一つ選んで目標にしてください" in page


def test_firm_without_targets_is_told_to_set_one(earned, manager):
    page = manager.client().get(reverse("courses:firm_skills")).content.decode()

    assert "目標がまだありません" in page
    assert earned.enrolment.person.full_name in page


def test_firm_that_has_all_it_wants_is_told_so(earned, manager, firm):
    SkillTarget.objects.create(firm=firm, item=SENSOR, people=1)

    page = manager.client().get(reverse("courses:firm_skills")).content.decode()

    assert "目標にした項目は、すべて足りています" in page
    assert "足りています</span>" in page


def test_firm_page_is_its_managers_alone(trainee, coordinator, officer):
    answers = {one.client().get(reverse("courses:firm_skills")).status_code for one in (trainee, coordinator, officer)}

    assert answers == {403}


def test_only_a_manager_sets_targets(trainee, firm):
    assert set_by_page(trainee.client(), item=SENSOR, people="3").status_code == 403
    assert not SkillTarget.objects.exists()


def test_advisor_finds_the_client_and_looks_without_touching(earned, advisor, firm):
    SkillTarget.objects.create(firm=firm, item=LEARNING, people=1)
    client = advisor.client()
    clients = client.get(reverse("courses:firm_skills")).content.decode()
    page = client.get(reverse("courses:client_skills", args=[firm.pk])).content.decode()

    assert reverse("courses:client_skills", args=[firm.pk]) in clients
    assert earned.enrolment.person.full_name in page
    assert "目標にする" not in page
    assert set_by_page(client, item=SENSOR, people="3").status_code == 200
    assert set(SkillTarget.objects.values_list("item", flat=True)) == {LEARNING}


def test_advisor_without_clients_is_told_so(advisor_without_mandate):
    page = advisor_without_mandate.client().get(reverse("courses:firm_skills")).content.decode()

    assert "見られる企業がありません" in page


def test_client_page_is_nobody_elses(firm, stranger, trainee, officer):
    url = reverse("courses:client_skills", args=[firm.pk])

    assert {one.client().get(url).status_code for one in (stranger, trainee, officer)} == {404}


def test_my_skills_show_certificate_and_day(earned, trainee):
    page = trainee.client().get(reverse("courses:my_skills")).content.decode()

    for words in ("フィジカルコンピューティング", earned.number, "2026年10月1日", earned.enrolment.run.course.title):
        assert words in page


def test_my_skills_are_ones_own(earned, manager):
    page = manager.client().get(reverse("courses:my_skills")).content.decode()

    assert "身についた項目はまだありません" in page


# --- queries ---


def crowd(firm, sensor_run, people, college, n):
    """n people with certificates, n missing items, n courses that teach each."""
    for employment in people(n):
        earn_skills(certify(EnrolmentFactory(run=sensor_run, employment=employment)))
    missing = frameworks.current()[1].items[:n]
    for key in [SENSOR, *(one.key for one in missing)]:
        SkillTarget.objects.create(firm=firm, item=key, people=20)
    for m in range(n):
        course = bookable(college, f"講座{n}-{m}", localdate() + timedelta(days=60)).course
        tag(course, *(one.key for one in missing))


@pytest.mark.parametrize("n", [1, 3])
def test_firm_page_asks_the_same_however_many(n, firm, sensor_run, people, college, manager, django_assert_num_queries):
    crowd(firm, sensor_run, people, college, n)
    client = manager.client()

    with django_assert_num_queries(8):
        page = client.get(reverse("courses:firm_skills"))

    assert sum(len(group.rows) for group in page.context["groups"]) == n + 2


@pytest.mark.parametrize("n", [1, 3])
def test_my_skills_ask_the_same_however_many(n, sensor_run, trainee, django_assert_num_queries):
    for _ in range(n):
        run = RunFactory(course=sensor_run.course)
        earn_skills(certify(EnrolmentFactory(run=run, employment=trainee.person.employments.get())))
    client = trainee.client()

    with django_assert_num_queries(5):
        page = client.get(reverse("courses:my_skills"))

    assert [len(skill.certificates) for skill in page.context["skills"]] == [n, n]


@pytest.mark.parametrize("n", [1, 3])
def test_client_list_asks_the_same_however_many(n, advisor_without_mandate, office, django_assert_num_queries):
    from tests.factories import MandateFactory

    for _ in range(n):
        MandateFactory(office=office, advisor=advisor_without_mandate.person)
    client = advisor_without_mandate.client()

    with django_assert_num_queries(7):
        page = client.get(reverse("courses:firm_skills"))

    assert len(page.context["firms"]) == n


@pytest.mark.parametrize("n", [1, 3])
def test_standards_ask_the_same_however_many(n, client, college, django_assert_num_queries):
    for _ in range(n):
        tag(CourseFactory(college=college), SENSOR)

    with django_assert_num_queries(1):
        page = client.get(reverse("courses:skills"))

    assert page.context["counts"] == {SENSOR: n}
