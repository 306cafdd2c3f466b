"""The one way minutes are written: checked line by line, one chain for each person and lesson, a whole file at once."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from courses.actions.attendance import line_from_minutes, save_roster
from courses.actions.marking import MarkLine, clipped, draft_marks, taken_back, write_batch, write_marks
from courses.models import AttendanceImport, AttendanceMark, Lesson
from courses.models.attendance import Source
from courses.queries import current_marks
from courses.states import EnrolmentState
from firms.files import store
from firms.models import JournalEntry
from tests.factories import EnrolmentFactory, LessonFactory, at

DAY = date(2027, 2, 3)


@pytest.fixture
def teacher(instructor):
    return instructor.acting(today=DAY)


@pytest.fixture
def enrolment(run, seated):
    (one,) = seated(run)
    return one


@pytest.fixture
def batch(college, teacher):
    return AttendanceImport.objects.create(
        college=college, name="2月.csv", file=store(b"a,b", media_type="text/csv"), uploaded_by=teacher.person
    )


def whole(enrolment, lesson, **fields):
    return MarkLine(enrolment, came_at=lesson.starts_at, left_at=lesson.ends_at, **fields)


def write(lesson, line, by):
    drafts = draft_marks([(lesson, line)], by=by)
    assert drafts.refused == {}
    return write_marks(drafts.marks, by=by)


def refused(lesson, line, by):
    drafts = draft_marks([(lesson, line)], by=by)
    assert drafts.marks == []
    return drafts.refused[0].sentence


def take_back(mark, by):
    (void,) = write_marks([taken_back(mark, reason="取込みの取消し", by=by)], by=by)
    return void


def test_lines_are_checked_apart_and_nothing_is_written(run, lesson, seated, teacher):
    good, late = seated(run, 2)
    stranger = EnrolmentFactory()

    drafts = draft_marks(
        [
            (lesson, whole(good, lesson)),
            (lesson, line_from_minutes(late, lesson, late=500, early=0)),
            (lesson, whole(stranger, lesson)),
            (run.lessons.get(number=2), whole(good, run.lessons.get(number=2))),
        ],
        by=teacher,
    )

    assert [mark.enrolment for mark in drafts.marks] == [good]
    assert {place: refusal.sentence for place, refusal in drafts.refused.items()} == {
        1: "遅刻と早退を合わせるとコマより長くなります。出ていない人は「欠席」にしてください。",
        2: f"{stranger.person.full_name}さんはこの開講を受講していません。受講する人だけを記録できます。",
        3: "このコマはまだ始まっていません。出席は2月10日から記録できます。",
    }
    assert not AttendanceMark.objects.exists()


def test_seat_that_was_cancelled_takes_no_minutes(run, lesson, seated, teacher):
    (gone,) = seated(run, state=EnrolmentState.CANCELLED)

    assert "この開講を受講していません" in refused(lesson, whole(gone, lesson), teacher)


@pytest.mark.parametrize("n", [1, 30])
def test_checking_takes_one_query_however_many_lines(n, run, seated, teacher, django_assert_num_queries):
    people = seated(run, n)
    lesson = Lesson.objects.select_related("run__course").prefetch_related("breaks").get(run=run, number=1)

    with django_assert_num_queries(1):
        draft_marks([(lesson, whole(one, lesson)) for one in people], by=teacher)


def test_seconds_are_dropped_on_coming_and_on_leaving(enrolment, lesson, teacher):
    line = MarkLine(
        enrolment,
        came_at=lesson.starts_at + timedelta(seconds=59),
        left_at=lesson.starts_at + timedelta(minutes=90, seconds=59),
    )

    (mark,) = write(lesson, line, teacher)

    assert (mark.came_at, mark.minutes) == (lesson.starts_at, 90)


def test_gaps_are_taken_off_once_and_kept_by_a_later_word(enrolment, lesson, teacher):
    """Gone 11:30–12:30, of which the meal takes the second half anyway."""
    gap = (at(DAY, "11:30"), at(DAY, "12:30"))

    (mark,) = write(lesson, whole(enrolment, lesson, gaps=(gap,)), teacher)
    same = save_roster(lesson, [whole(enrolment, lesson, seen=mark.pk)], by=teacher)
    late = line_from_minutes(enrolment, lesson, late=30, early=0, reason="本人の申し出", seen=mark.pk)
    (mended,) = save_roster(lesson, [late], by=teacher)

    assert (mark.minutes, mark.away) == (330, [gap])
    assert same == []
    assert (mended.minutes, mended.away) == (300, [gap])


def test_absence_can_have_no_gaps(enrolment, lesson, teacher):
    (mark,) = write(lesson, MarkLine(enrolment, gaps=((at(DAY, "11:30"), at(DAY, "12:30")),)), teacher)

    assert (mark.is_absence, mark.gaps) == (True, [])


def test_mark_after_one_taken_back_names_it_and_says_why(enrolment, lesson, teacher):
    (first,) = write(lesson, whole(enrolment, lesson), teacher)
    void = take_back(first, teacher)

    (again,) = write(lesson, whole(enrolment, lesson), teacher)

    assert (void.is_void, void.minutes, void.came_at) == (True, 0, None)
    assert (again.corrects, again.reason) == (void, "取り消された記録のあとの記録")
    assert current_marks([enrolment]) == {(enrolment.pk, lesson.pk): again}


def test_taking_back_a_correction_lets_what_stood_before_stand_again(enrolment, lesson, teacher):
    (first,) = write(lesson, line_from_minutes(enrolment, lesson, late=15, early=0), teacher)
    (second,) = write(lesson, whole(enrolment, lesson, reason="名簿の誤り", seen=first.pk), teacher)

    third = take_back(second, teacher)

    assert (third.corrects, third.minutes, third.is_void) == (second, 345, False)


def test_whoever_saw_a_record_that_was_taken_back_is_told(enrolment, lesson, teacher):
    (first,) = write(lesson, whole(enrolment, lesson), teacher)
    take_back(first, teacher)

    sentence = refused(lesson, line_from_minutes(enrolment, lesson, late=5, early=0, seen=first.pk), teacher)

    assert "「記録の取消し」と記録しました" in sentence


def test_mark_nobody_wrote_cannot_have_been_seen(enrolment, lesson, teacher):
    sentence = refused(lesson, whole(enrolment, lesson, seen=4711), teacher)

    assert sentence == "この人の記録が見つかりません。画面を開き直してください。"


@pytest.mark.parametrize(
    ("came", "left", "kept"),
    [
        ("09:40", "17:20", ("10:00", "17:00")),
        ("10:25", "16:00", ("10:25", "16:00")),
        ("09:40", "09:55", None),
        ("12:00", "13:00", None),
    ],
    ids=["around it", "inside it", "before it", "only the meal"],
)
def test_stay_is_clipped_to_the_lesson(came, left, kept, lesson):
    span = clipped(lesson, at(DAY, came), at(DAY, left))

    assert span == (kept and (at(DAY, kept[0]), at(DAY, kept[1])))


def test_whole_file_is_told_once_to_the_college_and_to_each_firm(run, lesson, seated, teacher, batch, firm):
    own, foreign = seated(run)[0], EnrolmentFactory(run=run)
    drafts = draft_marks(
        [(lesson, whole(one, lesson, source=Source.FILE, batch=batch)) for one in (own, foreign)], by=teacher
    )

    write_batch(drafts.marks, batch=batch, verb="courses.marked", by=teacher)

    told = {entry.concerns: entry.details["people"] for entry in JournalEntry.objects.about(batch)}
    assert told == {
        run.course.college: sorted([own.person.full_name, foreign.person.full_name]),
        firm: [own.person.full_name],
        foreign.employment.establishment.organisation: [foreign.person.full_name],
    }
    assert batch.marks.count() == 2


def test_file_of_many_lessons_is_written_in_few_statements(run, seated, teacher, batch, django_assert_max_num_queries):
    """Two thousand marks are one INSERT; the day of each lesson has come."""
    lessons = [LessonFactory(run=run, number=n, day=DAY - timedelta(days=n), meal=False) for n in range(3, 43)]
    people = seated(run, 30)
    pairs = [
        (lesson, whole(one, lesson, source=Source.FILE, batch=batch))
        for lesson in Lesson.objects.filter(pk__in=[one.pk for one in lessons])
        .select_related("run__course")
        .prefetch_related("breaks")
        for one in people
    ]

    with transaction.atomic(), django_assert_max_num_queries(10):
        drafts = draft_marks(pairs, by=teacher)
        written = write_batch(drafts.marks, batch=batch, verb="courses.marked", by=teacher)

    assert (len(written), AttendanceMark.objects.count()) == (1200, 1200)


# --- what the database holds ---


def plain(enrolment, lesson, by, **fields):
    given = {"minutes": 0, "source": Source.ROSTER, "recorded_by": by.person} | fields
    return AttendanceMark(enrolment=enrolment, lesson=lesson, **given)


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("attendance_minutes_agree_with_span", {"minutes": 5}),
        ("attendance_void_takes_back", {"is_void": True}),
        ("attendance_gaps_within_a_span", {"gaps": [["2027-02-03T11:00:00+09:00", "2027-02-03T11:10:00+09:00"]]}),
        ("attendance_file_is_named", {"source": Source.MEETING}),
        ("attendance_correction_has_reason", {"reason": "理由だけ"}),
    ],
)
def test_database_refuses_a_mark_that_contradicts_itself(constraint, fields, enrolment, lesson, teacher):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        plain(enrolment, lesson, teacher, **fields).save()


def test_database_holds_one_chain_for_each_person_and_lesson(enrolment, lesson, teacher):
    """attendance_first_mark_once: UNIQUE where nothing is corrected."""
    plain(enrolment, lesson, teacher).save()

    with pytest.raises(IntegrityError), transaction.atomic():
        plain(enrolment, lesson, teacher).save()


def test_database_lets_no_mark_be_changed(enrolment, lesson, teacher):
    (mark,) = write(lesson, whole(enrolment, lesson), teacher)

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        AttendanceMark.objects.filter(pk=mark.pk).update(minutes=1)
