"""Learning: events at the server's clock, time that only counts once, and how far somebody is."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from courses.actions.elearning.learning import fetch_file, finish_reading, open_unit, watch
from courses.actions.elearning.ledgers import OwnLog
from courses.learning.kinds import KINDS
from courses.models import Enrolment, LearningEvent
from courses.models.elearning.learning import UnitKind
from courses.queries.elearning.learning import log_rows, progress_of
from firms.errors import Refused
from firms.files import store as files
from tests.factories import EnrolmentFactory, RunFactory, UnitFactory, at

NOON = at(date(2027, 2, 3), "12:00")


def after(seconds):
    return NOON + timedelta(seconds=seconds)


def kinds_of(enrolment):
    return [row.kind for row in log_rows(enrolment)]


@pytest.fixture
def text(learner):
    return OwnLog(learner, UnitFactory(course=learner.run.course))


@pytest.fixture
def video(learner):
    return OwnLog(learner, UnitFactory(course=learner.run.course, video=True))


def test_every_kind_has_its_behaviour():
    assert set(KINDS) == set(UnitKind)


def test_opening_twice_is_once(text, learner):
    first = open_unit(text, at=NOON)
    again = open_unit(text, at=after(5))

    assert again == first
    assert kinds_of(learner) == ["opened"]


def test_a_text_is_read_after_half_its_standard_time(text, learner):
    open_unit(text, at=NOON)

    with pytest.raises(Refused, match="あと1分ほど"):
        finish_reading(text, at=after(5 * 60 - 1))
    finish_reading(text, at=after(5 * 60))

    assert kinds_of(learner) == ["opened", "read", "completed"]


def test_reading_twice_is_once(text, learner):
    open_unit(text, at=NOON)
    done = finish_reading(text, at=after(600))

    assert finish_reading(text, at=after(601)) == done
    assert kinds_of(learner) == ["opened", "read", "completed"]


def test_a_text_never_opened_is_not_read(text, learner):
    with pytest.raises(Refused, match="まだ始めていません"):
        finish_reading(text, at=NOON)

    assert kinds_of(learner) == []


def test_two_texts_are_not_read_at_the_same_time(text, learner):
    other = OwnLog(learner, UnitFactory(course=learner.run.course))
    open_unit(text, at=NOON)
    open_unit(other, at=after(1))
    finish_reading(text, at=after(600))

    with pytest.raises(Refused, match="あと5分ほど"):
        finish_reading(other, at=after(601))
    finish_reading(other, at=after(900))

    assert progress_of([learner])[learner.pk].done == 2


def test_two_runs_are_not_learned_at_the_same_time(text, learner, college):
    """The same person in another run: time counts once for the person, not once for each run."""
    run = RunFactory(course__college=college, learn_from=NOON.date(), learn_until=NOON.date())
    seat = EnrolmentFactory(run=run, employment=learner.employment)
    other = OwnLog(seat, UnitFactory(course=run.course))
    open_unit(text, at=NOON)
    open_unit(other, at=after(1))
    finish_reading(text, at=after(600))

    with pytest.raises(Refused, match="あと5分ほど"):
        finish_reading(other, at=after(601))


def test_a_file_is_done_when_it_was_fetched_and_read(learner):
    stored = files.store(b"%PDF-1.7 handout", media_type="application/pdf")
    unit = UnitFactory(course=learner.run.course, kind="file", file=stored, file_name="手順.pdf", standard_minutes=2)
    ledger = OwnLog(learner, unit)
    open_unit(ledger, at=NOON)

    with pytest.raises(Refused, match="先に資料を受け取って"):
        finish_reading(ledger, at=after(600))
    fetch_file(ledger, at=after(600))
    fetch_file(ledger, at=after(601))
    finish_reading(ledger, at=after(660))

    assert kinds_of(learner) == ["opened", "fetched", "read", "completed"]


def test_a_video_is_done_when_nearly_all_of_it_was_watched(video, learner):
    open_unit(video, at=NOON)

    for n in range(4):
        seen = watch(video, start=n * 15, end=n * 15 + 15, at=after(n * 15 + 15))

    assert (seen.percent, seen.reached, seen.is_done) == (100, 60, True)
    assert kinds_of(learner) == ["opened", "watched", "watched", "watched", "watched", "completed"]


def test_a_video_half_watched_twice_is_half_watched(video, learner):
    open_unit(video, at=NOON)

    for n in range(4):
        start = (n % 2) * 15
        seen = watch(video, start=start, end=start + 15, at=after(n * 15 + 15))

    assert (seen.percent, seen.is_done) == (50, False)


def test_skipping_to_the_end_counts_only_the_end(video):
    open_unit(video, at=NOON)

    seen = watch(video, start=50, end=60, at=after(10))

    assert (seen.percent, seen.reached, seen.is_done) == (16, 0, False)


def test_a_stretch_longer_than_the_clock_is_refused(video, learner):
    open_unit(video, at=NOON)

    with pytest.raises(Refused, match="実際の時間より長い視聴は記録されません"):
        watch(video, start=0, end=30, at=after(15))

    assert kinds_of(learner) == ["opened"]


def test_double_speed_is_refused_however_often_it_is_sent(video):
    open_unit(video, at=NOON)

    for n in range(1, 4):
        watch(video, start=(n - 1) * 2, end=n * 2, at=after(n))
    with pytest.raises(Refused, match="実際の時間より長い"):
        watch(video, start=6, end=8, at=after(4))


def test_two_tabs_do_not_count_double(video, learner):
    other = OwnLog(learner, UnitFactory(course=learner.run.course, video=True))
    open_unit(video, at=NOON)
    open_unit(other, at=NOON)
    watch(video, start=0, end=15, at=after(15))

    with pytest.raises(Refused, match="同じ時間に見られる動画は1つ"):
        watch(other, start=0, end=15, at=after(16))

    assert kinds_of(learner) == ["opened", "opened", "watched"]


def test_a_message_sent_again_is_once(video, learner):
    open_unit(video, at=NOON)

    first = watch(video, start=0, end=15, at=after(15))
    again = watch(video, start=0, end=15, at=after(15))

    assert again == first
    assert kinds_of(learner) == ["opened", "watched"]


@pytest.mark.parametrize(("start", "end"), [(-5, 5), (10, 10), (20, 10), (60, 75)], ids=str)
def test_places_outside_the_video_are_refused(video, start, end):
    open_unit(video, at=NOON)

    with pytest.raises(Refused, match="動画の外の位置"):
        watch(video, start=start, end=end, at=after(60))


def test_nothing_is_watched_before_it_is_opened(video):
    with pytest.raises(Refused, match="まだ始めていません"):
        watch(video, start=0, end=1, at=NOON)


def test_watching_again_after_the_end_writes_nothing(video, learner):
    open_unit(video, at=NOON)
    watch(video, start=0, end=58, at=after(58))

    watch(video, start=0, end=15, at=after(80))

    assert kinds_of(learner) == ["opened", "watched", "completed"]


def test_nothing_is_learned_of_a_retired_unit(text, learner):
    text.unit.retired_at = NOON
    text.unit.save()

    with pytest.raises(Refused, match="使われなくなった"):
        open_unit(text, at=NOON)


def test_progress_says_what_is_done_and_when(text, video, learner):
    open_unit(text, at=NOON)
    finish_reading(text, at=after(600))
    open_unit(video, at=after(700))

    progress = progress_of([learner])[learner.pk]

    assert (progress.done, progress.total) == (1, 2)
    assert (progress.minutes_done, progress.minutes_total) == (10, 20)
    assert [(one.first_opened_at, one.completed_at) for one in progress.units] == [
        (NOON, after(600)),
        (after(700), None),
    ]
    assert (progress.first_opened_at, progress.last_completed_at) == (NOON, after(600))
    assert not progress.is_complete


def test_a_course_without_units_is_not_complete(learner):
    progress = progress_of([learner])[learner.pk]

    assert (progress.total, progress.is_complete) == (0, False)


@pytest.mark.parametrize("n", [1, 3])
def test_progress_asks_three_times_however_many_there_are(online, seated, n, django_assert_num_queries):
    unit = UnitFactory(course=online.course)
    seated(online, n)
    enrolments = list(Enrolment.objects.all())
    for enrolment in enrolments:
        LearningEvent.objects.create(enrolment=enrolment, unit=unit, kind="opened", at=NOON)

    with django_assert_num_queries(3):
        progress_of(enrolments)


def test_unit_completed_once_is_held_by_the_database(text, learner):
    """The constraint: unit_completed_once."""
    LearningEvent.objects.create(enrolment=learner, unit=text.unit, kind="completed", at=NOON)

    with pytest.raises(IntegrityError, match=r"unit_completed_once|UNIQUE"), transaction.atomic():
        LearningEvent.objects.create(enrolment=learner, unit=text.unit, kind="completed", at=NOON)


@pytest.mark.parametrize("verb", ["update", "delete"])
def test_events_are_append_only(text, learner, verb):
    event = open_unit(text, at=NOON)
    rows = LearningEvent.objects.filter(pk=event.pk)

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        rows.update(at=after(60)) if verb == "update" else rows._raw_delete(rows.db)

    assert LearningEvent.objects.get(pk=event.pk).at == NOON
