"""The pages of skills: the standards for everybody, a firm's gaps, and what oneself has."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from courses import frameworks
from courses.actions.completion.skills import earn_skills
from courses.models import SkillTarget
from courses.states import CourseState
from tests.courses.completion.skilled import CHANGE, LEARNING, SENSOR, bookable, certify, tag
from tests.factories import CourseFactory, EnrolmentFactory, RunFactory


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
