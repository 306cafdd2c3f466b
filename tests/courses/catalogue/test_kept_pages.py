"""Open pages are written once and sent again; whatever changes on them, the next visitor sees it."""

import re
import sys
from datetime import date, timedelta

import pytest
import time_machine
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from courses.models import Course, CourseSkill, Enrolment, Lesson, LessonBreak, Run, SeatQuota, Unit
from courses.models.catalogue.changes import COUNTED, COUNTER
from courses.states import CourseState, EnrolmentState, RunState
from courses.terms import with_terms
from firms.models import Organisation
from tests.courses.completion.skilled import SENSOR
from tests.factories import CourseFactory, EnrolmentFactory, LessonFactory, RunFactory, UnitFactory

OWN = re.compile(r'(?<="x-csrftoken": ")\w+')


@pytest.fixture
def run(coming) -> Run:
    """Four seats, of which one is taken: each further one shows."""
    coming.seats = 4
    coming.save()
    EnrolmentFactory(run=coming)
    return coming


def pages_of(run: Run) -> dict[str, str]:
    first = timezone.localdate(run.lessons.get(number=1).starts_at) if run.lessons.exists() else timezone.localdate()
    return {
        "catalogue": reverse("courses:catalogue"),
        "search": reverse("courses:catalogue") + "?q=センサ&is_open=on&may_grant=on",
        "course": reverse("courses:course", args=[run.course_id]),
        "run": reverse("courses:run", args=[run.pk]),
        "calendar": f"{reverse('courses:calendar')}?month={first:%Y-%m}",
    }


def shown(path: str) -> str:
    return OWN.sub("", Client().get(path).content.decode())


def told(paths: dict[str, str]) -> dict[str, str]:
    return {name: shown(path) for name, path in paths.items()}


def written_anew(paths: dict[str, str]) -> dict[str, str]:
    caches["pages"].clear()
    return told(paths)


# --- each fact, changed by a bare statement where one can: no action has to remember the pages ---


def take_a_seat(run):
    EnrolmentFactory(run=run)


def give_a_seat_back(run):
    Enrolment.objects.filter(run=run).update(state=EnrolmentState.CANCELLED)


def queue_up(run):
    EnrolmentFactory(run=run, state=EnrolmentState.WAITLISTED)


def reserve_seats(run):
    held = {"run": run, "firm": run.course.college, "seats": 2, "unnamed": 2, "name_until": date(2026, 12, 1)}
    SeatQuota.objects.create(**with_terms({**held, "reserved_by": Enrolment.objects.first().person}))


def give_reserved_seats_back(run):
    reserve_seats(run)
    told(pages_of(run))
    SeatQuota.objects.update(unnamed=0, released_at=timezone.now())


def end_applications_earlier(run):
    Run.objects.update(apply_until=timezone.localdate() + timedelta(days=2))


def change_the_price(run):
    Run.objects.update(fee_yen=1_234)


def cancel(run):
    Run.objects.update(state=RunState.CANCELLED)


def open_another(run):
    LessonFactory(run=RunFactory(course=run.course), day=timezone.localdate() + timedelta(days=15))


def move_a_lesson(run):
    lesson = run.lessons.get(number=1)
    lesson.starts_at += timedelta(hours=1)
    lesson.save()


def name_another_room(run):
    Lesson.objects.update(room="別館3階")


def remove_a_lesson(run):
    LessonBreak.objects.filter(lesson__number=2).delete()
    Lesson.objects.filter(number=2).delete()


def take_a_break_out(run):
    LessonBreak.objects.all().delete()


def rename_the_course(run):
    Course.objects.update(title="別の講座名", summary="別の説明")


def withdraw_the_course(run):
    Course.objects.update(state=CourseState.WITHDRAWN)


def list_another(run):
    CourseFactory(college=run.course.college)


def publish_a_unit(run):
    UnitFactory(course=run.course)


def retire_a_unit(run):
    UnitFactory(course=run.course)
    told(pages_of(run))
    Unit.objects.update(retired_at=timezone.now())


def tag_a_skill(run):
    CourseSkill.objects.create(course=run.course, item=SENSOR)


def rename_the_college(run):
    run.course.college.name = "（架空）別の学校"
    run.course.college.save()


def write_by_hand(run):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE courses_run SET venue = 'べつの場所', fee_yen = 5 WHERE id = %s", [run.pk])


# The pages each of them changes; two end where they began, after other pages were kept in between.
CHANGES = {
    take_a_seat: {"catalogue", "course", "run"},
    give_a_seat_back: {"course", "run"},
    queue_up: {"course"},
    reserve_seats: {"catalogue", "course", "run"},
    give_reserved_seats_back: set(),
    end_applications_earlier: {"catalogue", "course", "run"},
    change_the_price: {"catalogue", "course", "run"},
    cancel: {"catalogue", "course", "run", "calendar"},
    open_another: {"course", "calendar"},
    move_a_lesson: {"course", "run", "calendar"},
    name_another_room: {"course", "run"},
    remove_a_lesson: {"course", "run"},
    take_a_break_out: {"course", "run"},
    rename_the_course: {"catalogue", "course", "run", "calendar"},
    withdraw_the_course: {"catalogue", "course", "run", "calendar"},
    list_another: {"catalogue"},
    publish_a_unit: {"course"},
    retire_a_unit: set(),
    tag_a_skill: {"catalogue", "course"},
    rename_the_college: {"catalogue", "course", "run"},
    write_by_hand: {"catalogue", "course", "run"},
}


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_change_is_seen_by_the_next_visitor(change, run):
    paths = pages_of(run)
    before = told(paths)

    change(run)

    after = told(paths)
    assert after == written_anew(paths)
    assert {name for name in paths if after[name] != before[name]} >= CHANGES[change]


def test_every_counted_table_is_changed_by_one_of_the_changes_above():
    changed = [Course, CourseSkill, Unit, Run, Lesson, LessonBreak, Enrolment, SeatQuota, Organisation]

    assert {model._meta.db_table for model in changed} == set(COUNTED)


def test_open_pages_read_no_table_whose_changes_are_not_counted(run):
    publish_a_unit(run)
    tag_a_skill(run)
    with CaptureQueriesContext(connection) as queries:
        told(pages_of(run))

    read = {table for query in queries for table in re.findall(r'(?:FROM|JOIN) "(\w+)"', query["sql"])}
    # The instructor is read with each lesson, and no visitor is told who it is.
    assert read - {COUNTER, "firms_person"} == set(COUNTED)


# --- what changes without a row: the day, the figures, the site ---


def test_another_day_is_seen(run):
    paths = pages_of(run)
    before = told(paths)

    with time_machine.travel(timezone.now() + timedelta(days=1)):
        after = told(paths)
        assert after == written_anew(paths)
    assert {name for name in paths if after[name] != before[name]} >= {"catalogue", "course", "run"}


def test_the_last_day_of_applications_turns_at_midnight(run):
    path = reverse("courses:run", args=[run.pk])
    last = timezone.make_aware(timezone.datetime.combine(run.apply_until, timezone.datetime.max.time()))
    with time_machine.travel(last - timedelta(minutes=1)):
        on_the_last_day = shown(path)
    with time_machine.travel(last + timedelta(minutes=1)):
        the_day_after = shown(path)

    assert ("ログインして申し込む" in on_the_last_day, "ログインして申し込む" in the_day_after) == (True, False)


@pytest.mark.parametrize(
    "change", [{"SITE_URL": "https://elsewhere.example"}, {"DEMO": False}], ids=["address", "no demo"]
)
def test_another_setting_is_seen(change, run, settings):
    paths = pages_of(run)
    before = told(paths)

    for name, value in change.items():
        setattr(settings, name, value)

    after = told(paths)
    assert after == written_anew(paths)
    assert all(after[name] != before[name] for name in paths)


def test_another_release_is_seen(run, monkeypatch):
    path = reverse("courses:course", args=[run.course_id])
    shown(path)
    monkeypatch.setattr(sys.modules["grants.queries.drawable"], "least_hours", lambda on: 77)
    monkeypatch.setattr("firms.web.kept.release", lambda: "with other figures")

    assert "77時間以上の訓練が対象です" in shown(path)


def test_a_visitor_is_offered_nothing_that_only_keepers_do(run):
    """A mapping has a copy() of its own, which a template takes for a yes."""
    for path in pages_of(run).values():
        assert 'method="post"' not in shown(path).partition("<footer")[0]


# --- who is sent what was kept ---


def test_a_second_visitor_costs_one_query(run, django_assert_num_queries):
    for path in pages_of(run).values():
        first = shown(path)

        with django_assert_num_queries(1):
            assert shown(path) == first


def test_each_visitor_has_a_token_of_their_own(run):
    path = reverse("courses:course", args=[run.course_id])

    tokens = [OWN.search(Client().get(path).content.decode())[0] for _visitor in range(2)]

    assert len({*tokens}) == 2
    assert all(len(token) == 64 for token in tokens)


def test_a_visitor_who_has_the_page_is_sent_nothing(run):
    path, client = reverse("courses:course", args=[run.course_id]), Client()
    tag = client.get(path)["ETag"]

    again = client.get(path, headers={"if-none-match": tag})
    of_another = Client().get(path, headers={"if-none-match": tag})
    take_a_seat(run)
    changed = client.get(path, headers={"if-none-match": tag})

    assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)
    assert (of_another.status_code, changed.status_code) == (200, 200)
    assert "no-store" not in changed["Cache-Control"]
    assert "private" in changed["Cache-Control"]


def test_who_is_signed_in_is_sent_their_own_page(run, manager):
    path = reverse("courses:course", args=[run.course_id])
    for_visitors = Client().get(path)

    own = manager.client().get(path, headers={"if-none-match": for_visitors["ETag"]})

    assert own.status_code == 200
    assert manager.person.full_name in own.content.decode()
    assert manager.person.full_name not in shown(path)


def test_a_message_is_shown_to_its_visitor_alone(run, manager):
    path, client = reverse("courses:catalogue"), manager.client()
    plain = shown(path)

    client.post(reverse("account_logout"))

    assert "banner-slim" in client.get(path).content.decode()
    assert shown(path) == plain


def test_a_page_that_is_refused_is_not_kept(run):
    path = reverse("courses:course", args=[run.course_id])
    Course.objects.update(state=CourseState.DRAFT)

    assert [Client().get(path).status_code for _twice in range(2)] == [404, 404]
    Course.objects.update(state=CourseState.LISTED)
    assert Client().get(path).status_code == 200


def test_nothing_is_kept_while_templates_are_written(run, settings):
    settings.DEBUG = True
    path = reverse("courses:run", args=[run.pk])
    shown(path)

    assert "ETag" not in Client().get(path)


# --- what is found, for whoever is signed in ---


def test_who_is_signed_in_finds_the_same_and_sees_each_change(run, manager, django_assert_num_queries):
    client, path = manager.client(), reverse("courses:catalogue")

    def found():
        return re.search(
            r'<div class="catalogue">.*(?=</div>\s*</main>)', client.get(path).content.decode(), re.DOTALL
        )[0]

    before = found()
    with django_assert_num_queries(5):  # session, person, memberships, the sum of the changes, unread notices
        assert found() == before
    change_the_price(run)

    assert "1,234円" in found()
    assert found() in shown(path)
