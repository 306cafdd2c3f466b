"""The one way minutes are written: checked line by line, and one chain for each person and lesson."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from courses.actions.attendance.attendance import line_from_minutes, save_roster
from courses.actions.attendance.marking import MarkLine, clipped, closed_lessons, mark_for, write_marks
from courses.models import AttendanceMark
from courses.models.attendance.attendance import MarkSource
from courses.queries import current_marks, newest_marks
from courses.states import EnrolmentState
from firms.errors import Refused
from tests.factories import EnrolmentFactory, at

DAY = date(2027, 2, 3)


@pytest.fixture
def teacher(instructor):
    return instructor.acting(today=DAY)


@pytest.fixture
def enrolment(run, seated):
    (one,) = seated(run)
    return one


def whole(enrolment, lesson, **fields):
    return MarkLine(enrolment, came_at=lesson.starts_at, left_at=lesson.ends_at, **fields)


def mark_of(lesson, line, by):
    return mark_for(lesson, line, newest=newest_marks([lesson.pk], [line.enrolment.pk]), by=by)


def write(lesson, line, by):
    return write_marks([mark_of(lesson, line, by)], by=by)


def refused(lesson, line, by):
    with pytest.raises(Refused) as refusal:
        mark_of(lesson, line, by)
    return refusal.value.sentence


def test_checking_a_line_writes_nothing(enrolment, lesson, teacher):
    assert mark_of(lesson, whole(enrolment, lesson), teacher).minutes == 360
    assert not AttendanceMark.objects.exists()


def test_somebody_of_another_run_takes_no_minutes(lesson, teacher):
    stranger = EnrolmentFactory()

    assert refused(lesson, whole(stranger, lesson), teacher) == (
        f"{stranger.person.full_name}さんはこの開講を受講していません。受講する人だけを記録できます。"
    )


def test_lessons_nobody_may_mark_today_are_told_apart(run, teacher):
    first, second = run.lessons.order_by("number")

    closed = closed_lessons([first, second], by=teacher)

    assert {pk: refusal.sentence for pk, refusal in closed.items()} == {
        second.pk: "このコマはまだ始まっていません。出席は2月10日から記録できます。"
    }


def test_seat_that_was_cancelled_takes_no_minutes(run, lesson, seated, teacher):
    (gone,) = seated(run, state=EnrolmentState.CANCELLED)

    assert "この開講を受講していません" in refused(lesson, whole(gone, lesson), teacher)


def test_begun_minutes_are_nobodys_on_coming_and_on_leaving(enrolment, lesson, teacher):
    line = MarkLine(
        enrolment,
        came_at=lesson.starts_at + timedelta(seconds=59),
        left_at=lesson.starts_at + timedelta(minutes=90, seconds=59),
    )

    (mark,) = write(lesson, line, teacher)

    assert (mark.came_at, mark.minutes) == (lesson.starts_at + timedelta(minutes=1), 89)


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


def test_mark_after_one_taken_back_names_it_and_says_why(enrolment, lesson, teacher, take_back):
    (first,) = write(lesson, whole(enrolment, lesson), teacher)
    void = take_back(first, teacher)

    (again,) = write(lesson, whole(enrolment, lesson), teacher)

    assert (void.is_void, void.minutes, void.came_at) == (True, 0, None)
    assert (again.corrects, again.reason) == (void, "取り消された記録のあとの記録")
    assert current_marks([enrolment]) == {(enrolment.pk, lesson.pk): again}


def test_whoever_saw_a_record_that_was_taken_back_is_told(enrolment, lesson, teacher, take_back):
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


# --- what the database holds ---


def plain(enrolment, lesson, by, **fields):
    given = {"minutes": 0, "source": MarkSource.ROSTER, "recorded_by": by.person} | fields
    return AttendanceMark(enrolment=enrolment, lesson=lesson, **given)


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("attendance_minutes_agree_with_span", {"minutes": 5}),
        ("attendance_void_takes_back", {"is_void": True}),
        ("attendance_gaps_within_a_span", {"gaps": [["2027-02-03T11:00:00+09:00", "2027-02-03T11:10:00+09:00"]]}),
        ("attendance_file_is_named", {"source": MarkSource.MEETING}),
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
