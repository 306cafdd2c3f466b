"""What a feed shows decides its numbers; what is gone is called off; and two independent readers understand all of it."""

from datetime import date, datetime, timedelta

import pytest
import vobject
from django.db import IntegrityError, transaction
from django.utils import timezone
from icalendar import Calendar

from courses.models import Lesson
from firms.models import FeedEntry, FeedToken
from firms.queries import today
from lms.calendar.entry import Event
from lms.calendar.events import TRACE
from lms.calendar.ical import entry, written_out
from lms.calendar.shown import settled
from lms.calendar.tokens import make_token, revoke_token
from lms.calendar.unchanged import address
from tests.factories import EnrolmentFactory, LessonFactory
from tests.lms.rows import case_of, deadline, training

TODAY = today()
NOW = timezone.now().replace(microsecond=0)


def event(**changes):
    held = {
        "uid": "lesson-1", "sequence": 0, "starts": NOW + timedelta(days=90), "ends": NOW + timedelta(days=90, hours=7),
        "summary": "現場IoT 第1回", "description": "架空", "location": "101", "url": "https://example.jp/",
        "stamp": NOW, "is_cancelled": False, "has_alarm": False,
    }  # fmt: skip
    return Event(**held | changes)


def told(*events, after=timedelta(0)):
    return [(one.uid, one.sequence, one.is_cancelled) for one in settled("f", events, now=NOW + after)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        {"summary": "現場IoT 第2回"},
        {"description": "講師: 別の人"},
        {"location": "102"},
        {"starts": NOW + timedelta(days=90, minutes=5)},
        {"has_alarm": True},
    ],
    ids=["title", "words", "place", "time", "alarm"],
)
def test_whatever_is_shown_differently_takes_the_next_number_and_the_moment(change):
    later = NOW + timedelta(hours=1)
    settled("f", [event()], now=NOW)

    (same,) = settled("f", [event(stamp=later)], now=later)
    (changed,) = settled("f", [event(**change)], now=later)

    assert (same.sequence, same.stamp) == (0, NOW)
    assert (changed.sequence, changed.stamp) == (1, later)


@pytest.mark.django_db
def test_number_never_falls():
    assert [told(event(sequence=5)), told(event(summary="別", sequence=2)), told(event())] == [
        [("lesson-1", 5, False)],
        [("lesson-1", 6, False)],
        [("lesson-1", 7, False)],
    ]


@pytest.mark.django_db
def test_what_is_gone_is_called_off_for_a_month_and_may_come_back():
    told(event(), event(uid="lesson-2"))

    assert told(event()) == [("lesson-1", 0, False), ("lesson-2", 1, True)]
    assert told(event(), after=TRACE) == [("lesson-1", 0, False), ("lesson-2", 1, True)]
    assert told(event(), event(uid="lesson-2"), after=TRACE)[1] == ("lesson-2", 2, False)
    assert told(event(), after=TRACE)[1] == ("lesson-2", 3, True)
    assert told(event(), after=2 * TRACE + timedelta(seconds=1)) == [("lesson-1", 0, False)]


@pytest.mark.django_db
def test_what_is_past_goes_out_of_sight_quietly():
    told(
        event(starts=NOW - timedelta(days=2), ends=NOW - timedelta(days=1)), event(uid="day", starts=TODAY, ends=TODAY)
    )

    assert told() == []
    assert not FeedEntry.objects.exists()


@pytest.mark.django_db
def test_one_feed_knows_nothing_of_another():
    settled("a", [event()], now=NOW)

    assert settled("b", [], now=NOW) == []


@pytest.mark.django_db
def test_entry_stands_once_in_a_feed():
    kept = {"feed": "a", "uid": "x", "sequence": 0, "stamp": NOW, "shown": {}}
    FeedEntry.objects.create(**kept)

    with pytest.raises(IntegrityError, match=r"feed_entry_once|UNIQUE"), transaction.atomic():
        FeedEntry.objects.create(**kept)


# --- as people meet it ---


@pytest.fixture
def run(college, instructor):
    return training(college, starts_in=60, instructor=instructor.person)


@pytest.fixture
def feed(client, trainee, run):
    EnrolmentFactory(run=run, person=trainee.person, employment=trainee.person.employments.get())
    token = make_token(by=trainee.acting(TODAY))
    return lambda: Calendar.from_ical(client.get(f"/calendar/{token}.ics").content)


def lessons(calendar):
    return {
        str(one["uid"]).split("@")[0]: (str(one["summary"]), int(one["sequence"]), str(one["status"]))
        for one in calendar.walk("VEVENT")
    }


def test_lesson_put_in_between_renames_the_next_with_a_new_number(feed, run, instructor):
    (before,) = lessons(feed()).values()
    first = run.lessons.get()
    Lesson.objects.filter(pk=first.pk).update(number=2)
    LessonFactory(run=run, number=1, day=first.on - timedelta(days=7), instructor=instructor.person)

    after = lessons(feed())[f"lesson-{first.pk}"]

    assert (before[0][-3:], after[0][-3:]) == ("第1回", "第2回")
    assert after[1] == before[1] + 1


def test_new_name_of_the_course_or_of_the_instructor_is_a_change(feed, run, instructor):
    (before,) = lessons(feed()).values()
    type(run.course).objects.filter(pk=run.course_id).update(title="新しい講座名")
    (titled,) = lessons(feed()).values()
    type(instructor.person).objects.filter(pk=instructor.person.pk).update(family_name="改名")
    (named,) = lessons(feed()).values()

    assert (titled[0], titled[1], named[1]) == ("新しい講座名 第1回", before[1] + 1, before[1] + 2)


def test_removed_lesson_is_called_off(feed, run):
    feed()
    run.lessons.all().delete()

    assert [told[2] for told in lessons(feed()).values()] == ["CANCELLED"]


def test_cancelled_day_rings_no_alarm_and_an_alarm_rings_in_the_morning():
    on = date(2027, 2, 10)
    day = {"starts": on, "ends": on + timedelta(days=1), "has_alarm": True}
    written = Calendar.from_ical(
        written_out("Takumi", [event(uid="a", **day), event(uid="b", is_cancelled=True, **day)])
    )

    kept, off = written.walk("VEVENT")
    (alarm,) = kept.walk("VALARM")
    rings = datetime.combine(on, datetime.min.time()) + alarm["trigger"].dt
    assert f"{rings:%Y-%m-%d %H:%M}" == "2027-02-03 09:00"
    assert off.walk("VALARM") == []


def test_line_break_in_a_name_breaks_nothing():
    written = written_out("Takumi\r\n（架空）", [event(summary="現場\nIoT", location="1\x0b01", description="a\nb")])

    (entry,) = Calendar.from_ical(written).walk("VEVENT")
    assert (str(entry["summary"]), str(entry["location"]), str(entry["description"])) == ("現場 IoT", "1 01", "a\nb")


def test_deadline_names_its_course_and_the_feed_itself(client, manager, establishment, run):
    deadline(case_of(establishment, run))
    calendar = Calendar.from_ical(client.get(f"/calendar/{make_token(by=manager.acting(TODAY))}.ics").content)

    (entry,) = [one for one in calendar.walk("VEVENT") if str(one["uid"]).startswith("deadline")]
    assert run.course.title in str(entry["summary"])
    assert str(calendar["name"]) == str(calendar["x-wr-calname"]) == f"Takumi {manager.organisation}"


@pytest.mark.parametrize("who", ["manager", "advisor", "coordinator", "instructor", "trainee"])
def test_two_readers_that_know_nothing_of_each_other_read_the_same(
    who, request, client, establishment, run, trainee, advisor
):
    EnrolmentFactory(run=run, person=trainee.person, employment=trainee.person.employments.get())
    deadline(case_of(establishment, run))
    member = request.getfixturevalue(who)
    content = client.get(f"/calendar/{make_token(by=member.acting(TODAY))}.ics").content

    ours = {
        str(one["uid"]): (one["dtstart"].dt, str(one["summary"])) for one in Calendar.from_ical(content).walk("VEVENT")
    }
    calendar = vobject.readOne(content.decode())
    theirs = {one.uid.value: (one.dtstart.value, one.summary.value) for one in calendar.vevent_list}

    assert ours == theirs
    assert len(ours) >= 1


def test_address_given_up_leaves_nothing_it_has_told(feed, run, trainee):
    feed()
    was_told = FeedEntry.objects.exists()

    revoke_token(FeedToken.objects.get(), by=trainee.acting(TODAY))

    assert was_told
    assert not FeedEntry.objects.exists()


@pytest.mark.parametrize("days", [True, False], ids=["whole days alone", "moments too"])
def test_a_feed_of_kept_texts_is_what_icalendar_writes_whole(days):
    shown = [event(uid="deadline-1", starts=TODAY, ends=TODAY + timedelta(days=1), has_alarm=True)]
    shown += [] if days else [event(uid="lesson-1"), event(uid="lesson-2", summary="長い題名、続き; " * 9)]

    written = [written_out("（架空）大田ロボティクス", shown) for _twice in range(2)]

    whole = Calendar.from_ical(written[0])
    whole.subcomponents = [entry(one) for one in shown]
    whole.add_missing_timezones()
    assert written == [whole.to_ical(), whole.to_ical()]
    assert written[0].count(b"BEGIN:VTIMEZONE") == (0 if days else 1)


def test_another_release_does_not_send_what_the_last_one_wrote(monkeypatch):
    before = address("hash")

    monkeypatch.setattr("lms.calendar.unchanged.release", lambda: "another")

    assert address("hash") != before
