"""What a visitor without a login sees: courses, runs and the calendar, never a person; and what machines are told."""

import json
import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from courses.states import CourseState, RunState
from tests.factories import CourseFactory, LessonFactory, RunFactory, UnitFactory, at


def course_url(course):
    return reverse("courses:course", args=[course.pk])


def run_url(run):
    return reverse("courses:run", args=[run.pk])


# --- pages ---


@pytest.mark.parametrize("state", [CourseState.DRAFT, CourseState.PROPOSED, CourseState.WITHDRAWN])
def test_courses_that_are_not_listed_do_not_exist_for_a_visitor(state, client, college):
    course = CourseFactory(college=college, state=state)

    assert client.get(course_url(course)).status_code == 404


def test_runs_in_preparation_do_not_exist_for_a_visitor(client, college):
    run = RunFactory(course__college=college, state=RunState.PREPARING)

    assert client.get(run_url(run)).status_code == 404


def test_runs_of_courses_that_are_not_listed_do_not_exist_for_a_visitor(client, college):
    run = RunFactory(course__college=college, course__state=CourseState.WITHDRAWN)

    assert client.get(run_url(run)).status_code == 404


def test_a_visitor_meets_no_person_and_no_way_into_the_room(client, coming, seated, instructor):
    coming.link = "https://meet.example/secret-room"
    coming.save()
    (enrolment,) = seated(coming)

    pages = [client.get(url).content.decode() for url in (course_url(coming.course), run_url(coming))]

    for page in pages:
        for hidden in (enrolment.person.family_name, instructor.person.family_name, "secret-room"):
            assert hidden not in page


def test_a_visitor_sees_terms_and_days_of_a_run(client, coming):
    page = client.get(run_url(coming)).content.decode()

    for told in (coming.code, coming.venue, coming.venue_address, "22,000円", "先着順", "センサの選び方と取付け"):
        assert told in page


def test_everything_a_course_says_is_on_its_page(client, college):
    said = {
        "prerequisites": "入門編の修了",
        "language": "英語",
        "textbook": "見える化の本",
        "cancel_rule": "前日まで全額返金",
        "contact_name": "教務課の窓口",
        "contact_phone": "03-0000-0009",
        "contact_email": "kyomu@college.example",
        "completion_rule": "実技課題を出すこと",
        "audience": "現場の改善を担う人",
        "goals": "稼働を記録できる",
        "syllabus": "第1回 取付け",
        "provider_page": "https://college.example/iot",
    }
    choices = {"timing": "evening", "offering": "order_made", "needs_word": True, "needed_percent": 85}
    course = CourseFactory(college=college, textbook_yen=1_980, **said, **choices)
    UnitFactory(course=course, number=1, kind="text", title="安全の手引き", standard_minutes=45)

    page = client.get(course_url(course)).content.decode()

    labels = ["平日・夜", "オーダーメイド", "講師が合格と認めること", "85%以上", "1,980円", "安全の手引き", "45分"]
    assert [words for words in [*said.values(), *labels] if words not in page] == []


def test_the_next_run_is_the_one_clear_step(client, manager, coming):
    RunFactory(course=coming.course, apply_until=localdate() - timedelta(days=1))

    page = client.get(course_url(coming.course))
    firm_page = manager.client().get(course_url(coming.course))

    assert page.context["next_run"] == firm_page.context["next_run"] == coming
    assert "ログインして申し込む" in page.content.decode()
    assert reverse("courses:enrol", args=[coming.pk]) in firm_page.content.decode()


def test_sign_in_leads_back_to_the_course(client, manager, coming):
    manager.person.set_password("a long enough sentence")
    manager.person.save()
    page = client.get(course_url(coming.course)).content.decode()
    (sign_in,) = set(re.findall(r'href="(/accounts/login/\?next=[^"]+)"', page))
    form = {"login": manager.person.email, "password": "a long enough sentence"}

    answer = client.post(sign_in, form)

    assert (answer.status_code, answer["Location"]) == (302, course_url(coming.course))


def test_the_login_page_leads_to_the_catalogue(client, db):
    page = client.get(reverse("account_login")).content.decode()

    assert "ログインせずに講座をさがす" in page


def test_a_visitor_may_not_enrol(client, coming):
    url = reverse("courses:enrol", args=[coming.pk])

    answer = client.get(url)

    assert (answer.status_code, answer["Location"]) == (302, f"{reverse('account_login')}?next={url}")


@pytest.mark.parametrize("rows", [1, 3])
def test_course_page_of_a_visitor_takes_seven_queries(rows, college, django_assert_num_queries):
    course = CourseFactory(college=college)
    for n in range(rows):
        run = RunFactory(course=course, apply_until=localdate() + timedelta(days=10))
        LessonFactory(run=run, day=localdate() + timedelta(days=20 + n))

    with django_assert_num_queries(7):
        page = Client().get(course_url(course))

    assert len(page.context["coming"]) == rows


# --- what machines are told ---


def data_of(page):
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    return json.loads(block)


def test_structured_data_tells_the_course_and_its_runs(client, coming):
    LessonFactory(run=RunFactory(course=coming.course, state=RunState.CANCELLED), day=localdate() + timedelta(days=9))

    data = data_of(client.get(course_url(coming.course)).content.decode())

    (instance,) = data["hasCourseInstance"]
    begins = at(localdate() + timedelta(days=20), "10:00")
    assert (data["@type"], data["name"], data["offers"]["price"]) == ("Course", coming.course.title, 22_000)
    assert (instance["@type"], instance["name"], instance["courseMode"]) == ("CourseInstance", coming.code, "onsite")
    assert (instance["startDate"], instance["courseWorkload"]) == (begins.isoformat(), "PT12H")
    assert (instance["remainingAttendeeCapacity"], instance["location"]["address"]) == (12, coming.venue_address)


def test_structured_data_cannot_end_its_own_block(client, college):
    evil = "</script><script>alert(1)</script>"
    course = CourseFactory(college=college, title=evil, summary="<!-- & \u2028")

    page = client.get(course_url(course)).content.decode()

    assert evil not in page
    assert data_of(page)["name"] == evil


def test_a_course_that_is_not_listed_tells_machines_nothing(officer, college):
    course = CourseFactory(college=college, state=CourseState.DRAFT, listed_on=None)

    page = officer.client().get(course_url(course)).content.decode()

    assert "ld+json" not in page
    assert "og:title" not in page


def test_canonical_address_and_description(client, coming, settings):
    settings.SITE_URL = "https://takumi.example"

    page = client.get(f"{course_url(coming.course)}?utm=1").content.decode()

    assert f'<link rel="canonical" href="https://takumi.example{course_url(coming.course)}">' in page
    assert f'<meta name="description" content="{coming.course.summary}">' in page
    assert f'<meta property="og:title" content="{coming.course.title}">' in page


def test_sitemap_lists_what_is_listed(client, coming, college, settings):
    settings.SITE_URL = "https://takumi.example"
    CourseFactory(college=college, state=CourseState.DRAFT, listed_on=None)

    answer = client.get(reverse("courses:sitemap"))

    assert answer["Content-Type"] == "application/xml"
    assert re.findall("<loc>(.*?)</loc>", answer.content.decode()) == [
        "https://takumi.example/courses/",
        f"https://takumi.example{course_url(coming.course)}",
    ]


def test_robots_are_led_to_the_sitemap(client, settings):
    settings.SITE_URL = "https://takumi.example"

    lines = client.get("/robots.txt").content.decode().splitlines()

    assert lines[-1] == "Sitemap: https://takumi.example/courses/sitemap.xml"
    assert lines.index("Allow: /courses/") < lines.index("Disallow: /")


# --- the calendar of runs ---


CALENDAR = reverse("courses:calendar")


def begun(college, day, n=1, **fields):
    runs = [RunFactory(course__college=college, **fields) for _ in range(n)]
    for run in runs:
        LessonFactory(run=run, number=1, day=day)
        LessonFactory(run=run, number=2, day=day + timedelta(days=7))
    return runs


def test_calendar_shows_a_run_on_the_day_it_begins(client, college):
    (run,) = begun(college, date(2027, 2, 3))
    begun(college, date(2027, 2, 4), state=RunState.PREPARING)
    begun(college, date(2027, 3, 1))

    days = client.get(CALENDAR, {"month": "2027-02"}).context["days"]

    shown = {day.on: [one.run_id for one in day.openings] for day in days if day.openings}
    assert (days[0].on, days[-1].on, len(days)) == (date(2027, 2, 1), date(2027, 2, 28), 28)
    assert shown == {date(2027, 2, 3): [run.pk]}


def test_calendar_shows_a_run_to_learn_online_on_its_first_day(client, college):
    days = {"learn_from": date(2027, 2, 5), "learn_until": date(2027, 3, 5)}
    run = RunFactory(course__college=college, **days)
    (mixed,) = begun(college, date(2027, 2, 9), **days)

    found = client.get(CALENDAR, {"month": "2027-02"}).context["days"]

    shown = {day.on: [one.run_id for one in day.openings] for day in found if day.openings}
    assert shown == {date(2027, 2, 5): [run.pk], date(2027, 2, 9): [mixed.pk]}


def test_calendar_of_a_month_is_whole_weeks_and_names_holidays(client, db, college):
    begun(college, date(2027, 1, 4))

    days = client.get(CALENDAR, {"month": "2027-01"}).context["days"]

    assert (days[0].on, days[-1].on) == (date(2026, 12, 28), date(2027, 1, 31))
    assert {day.on: day.holiday for day in days if day.holiday and day.is_of_month} == {
        date(2027, 1, 1): "元日",
        date(2027, 1, 11): "成人の日",
    }


def test_a_full_day_leads_to_a_page_of_its_own(client, college):
    runs = begun(college, date(2027, 2, 3), 6)

    month = client.get(CALENDAR, {"month": "2027-02"})
    day = client.get(CALENDAR, {"month": "2027-02", "day": "2027-02-03"})

    (full,) = [one for one in month.context["days"] if one.openings]
    assert (len(full.openings), full.more) == (4, 2)
    assert "ほか2件" in month.content.decode()
    assert [one.run_id for one in day.context["on_the_day"]] == [run.pk for run in runs]


def test_calendar_takes_the_facets_of_the_catalogue(client, college):
    (run,) = begun(college, date(2027, 2, 3), course__field="gx")
    begun(college, date(2027, 2, 3))

    page = client.get(CALENDAR, {"month": "2027-02", "field": "gx"})

    assert page.context["count"] == 1
    assert run_url(run) in page.content.decode()


@pytest.mark.parametrize("month", ["", "2027-13", "たのしい", "0001-01", "9999-12", "2027-02-03"])
def test_a_month_no_calendar_knows_is_the_present_one(month, client, db):
    page = client.get(CALENDAR, {"month": month, "day": month})

    assert page.context["first"] == localdate().replace(day=1)


@pytest.mark.parametrize("rows", [1, 3])
def test_calendar_takes_four_queries(rows, college, django_assert_num_queries):
    begun(college, date(2027, 2, 3), rows)

    with django_assert_num_queries(4):
        page = Client().get(CALENDAR, {"month": "2027-02"})

    assert page.context["count"] == rows
