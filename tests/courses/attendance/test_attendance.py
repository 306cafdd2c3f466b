"""The roster: minutes reckoned, saved at once, added to and never changed."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from courses.actions.attendance.attendance import RosterRefused, line_from_minutes, save_roster
from courses.actions.attendance.marking import MarkLine
from courses.models import AttendanceMark, Run
from courses.queries import attendance_rows, attended_totals, current_marks, lessons_of
from courses.states import RunState
from firms.errors import Refused
from firms.models import JournalEntry
from tests.conftest import cast
from tests.factories import EnrolmentFactory, at

DAY = date(2027, 2, 3)


@pytest.fixture
def enrolment(run, seated):
    (one,) = seated(run)
    return one


@pytest.fixture
def teacher(instructor):
    """The instructor on the day of the first lesson."""
    return instructor.acting(today=DAY)


def present(enrolment, lesson, late=0, early=0, **fields):
    return line_from_minutes(enrolment, lesson, late=late, early=early, **fields)


def refusal_of(lesson, line, by):
    with pytest.raises(RosterRefused) as refused:
        save_roster(lesson, [line], by=by)
    return refused.value.lines[line.enrolment.pk]


@pytest.mark.parametrize(
    ("late", "early", "minutes"),
    [(0, 0, 360), (25, 0, 335), (0, 30, 330), (150, 0, 240), (0, 270, 120), (90, 250, 30)],
    ids=["whole", "late", "left early", "came during the meal", "left during the meal", "both"],
)
def test_minutes_leave_out_the_meal(late, early, minutes, enrolment, lesson, teacher):
    (mark,) = save_roster(lesson, [present(enrolment, lesson, late, early)], by=teacher)

    assert mark.minutes == minutes
    assert (mark.late_minutes, mark.early_minutes) == (late, early)


def test_absence_has_no_minutes(enrolment, lesson, teacher):
    (mark,) = save_roster(lesson, [MarkLine(enrolment)], by=teacher)

    assert (mark.is_absence, mark.minutes) == (True, 0)


def test_mark_longer_than_the_lesson_is_refused(enrolment, lesson, teacher):
    line = MarkLine(enrolment, came_at=at(DAY, "09:00"), left_at=at(DAY, "17:00"))

    refusal = refusal_of(lesson, line, teacher)

    assert (refusal.field, refusal.sentence) == ("late", "コマの時間（10:00–17:00）より長い出席は記録できません。")


@pytest.mark.parametrize(
    ("late", "early", "sentence"),
    [
        (420, 0, "遅刻と早退を合わせるとコマより長くなります。出ていない人は「欠席」にしてください。"),
        (300, 200, "遅刻と早退を合わせるとコマより長くなります。出ていない人は「欠席」にしてください。"),
        (120, 240, "受講時間が0分になります。「欠席」にしてください。"),
    ],
    ids=["all late", "late and early meet", "only the meal"],
)
def test_mark_of_no_minutes_is_refused(late, early, sentence, enrolment, lesson, teacher):
    assert refusal_of(lesson, present(enrolment, lesson, late, early), teacher).sentence == sentence


def test_marks_wait_for_the_day_of_the_lesson(enrolment, lesson, instructor):
    with pytest.raises(Refused, match="出席は2月3日から記録できます"):
        save_roster(lesson, [present(enrolment, lesson)], by=instructor.acting(today=DAY - timedelta(days=1)))


def test_marks_of_a_cancelled_run_are_refused(enrolment, lesson, teacher):
    Run.objects.update(state=RunState.CANCELLED)

    with pytest.raises(Refused, match="中止した開講の出席は記録できません"):
        save_roster(lesson, [present(enrolment, lesson)], by=teacher)


def test_saving_the_same_twice_writes_nothing_new(enrolment, lesson, teacher):
    save_roster(lesson, [present(enrolment, lesson)], by=teacher)

    assert save_roster(lesson, [present(enrolment, lesson)], by=teacher) == []
    assert AttendanceMark.objects.count() == JournalEntry.objects.filter(verb="attendance.mark").count() / 2 == 1


def test_one_bad_line_keeps_all_lines_out(run, lesson, teacher, seated):
    good, bad = seated(run, 2)

    with pytest.raises(RosterRefused) as refused:
        save_roster(lesson, [present(good, lesson), present(bad, lesson, late=500)], by=teacher)

    assert list(refused.value.lines) == [bad.pk]
    assert not AttendanceMark.objects.exists()


def test_changed_value_is_a_correction_with_a_reason(enrolment, lesson, teacher):
    (first,) = save_roster(lesson, [present(enrolment, lesson)], by=teacher)

    line = present(enrolment, lesson, late=20, reason="本人の申し出", seen=first.pk)
    (second,) = save_roster(lesson, [line], by=teacher)

    assert (second.corrects, second.reason, second.minutes) == (first, "本人の申し出", 340)
    assert current_marks([enrolment]) == {(enrolment.pk, lesson.pk): second}
    assert AttendanceMark.objects.count() == 2


def test_correction_without_a_reason_is_refused(enrolment, lesson, teacher):
    (first,) = save_roster(lesson, [present(enrolment, lesson)], by=teacher)

    refusal = refusal_of(lesson, present(enrolment, lesson, late=20, seen=first.pk), teacher)

    assert (refusal.field, refusal.sentence) == ("reason", "前の記録と違います。訂正の理由を書いてください。")


def test_second_instructor_is_told_what_the_first_wrote(enrolment, lesson, teacher, college):
    save_roster(lesson, [present(enrolment, lesson, late=15)], by=teacher)
    other = cast("coordinator", college, "後手").acting(today=DAY)

    refusal = refusal_of(lesson, MarkLine(enrolment), other)

    assert "講元 太郎さんが" in refusal.sentence
    assert "「出席・遅刻15分」と記録しました" in refusal.sentence
    assert AttendanceMark.objects.get().recorded_by == teacher.person


def test_second_instructor_who_says_the_same_is_at_peace(enrolment, lesson, teacher, coordinator):
    save_roster(lesson, [present(enrolment, lesson)], by=teacher)

    assert save_roster(lesson, [present(enrolment, lesson)], by=coordinator.acting(today=DAY)) == []


def test_journal_gives_each_firm_its_own_people_alone(run, lesson, teacher, enrolment, firm):
    foreign = EnrolmentFactory(run=run)

    save_roster(lesson, [present(enrolment, lesson), present(foreign, lesson)], by=teacher)

    entries = JournalEntry.objects.about(lesson)
    told = {entry.concerns: [mark["name"] for mark in entry.details["marks"]] for entry in entries}
    assert told == {
        run.course.college: [enrolment.person.full_name, foreign.person.full_name],
        firm: [enrolment.person.full_name],
        foreign.employment.establishment.organisation: [foreign.person.full_name],
    }


@pytest.mark.parametrize("n", [1, 40])
def test_saving_forty_takes_as_many_queries_as_one(n, run, lesson, teacher, seated, django_assert_num_queries):
    lines = [present(enrolment, lesson) for enrolment in seated(run, n)]

    with django_assert_num_queries(9):
        save_roster(lesson, lines, by=teacher)


def test_attendance_rows_sum_and_round_down(run, lesson, teacher, enrolment):
    save_roster(lesson, [present(enrolment, lesson, late=1)], by=teacher)

    (row,) = attendance_rows([enrolment], lessons_of(run))

    assert (row.attended, row.planned, row.percent) == (359, 720, 49)
    assert attended_totals([enrolment]) == {enrolment.pk: 359}


# --- the pages ---


def lines(enrolment, **fields):
    return {f"e{enrolment.pk}-{name}": value for name, value in ({"status": "present"} | fields).items()}


@pytest.fixture
def sitting(held, seated):
    (one,) = seated(held)
    return one


@pytest.fixture
def roster_url(held_lesson):
    return reverse("courses:roster", args=[held_lesson.pk])


def test_roster_page_saves_everybody_in_one_post(instructor, held, held_lesson, roster_url, seated):
    late, absent, whole = seated(held, 3)

    instructor.client().post(
        roster_url, lines(late, late=10) | lines(absent, status="absent") | lines(whole, late="", early="")
    )

    minutes = dict(AttendanceMark.objects.values_list("enrolment", "minutes"))
    assert minutes == {late.pk: 350, absent.pk: 0, whole.pk: 360}


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"late": "420"}, "late", "遅刻と早退を合わせるとコマより長くなります。出ていない人は「欠席」にしてください。"),
        ({"late": "-30"}, "late", "コマより長い出席は記録できません。0以上の分で入力してください。"),
        ({"early": "十分"}, "early", "分を数字で入力してください。"),
        ({"status": ""}, "status", "出席か欠席を選んでください。"),
    ],
    ids=["longer than the lesson", "before the lesson", "no number", "no answer"],
)
def test_roster_page_says_what_is_wrong_at_the_row(typed, field, sentence, instructor, sitting, roster_url):
    page = instructor.client().post(roster_url, lines(sitting, **typed))

    (row,) = page.context["rows"]
    assert row.form.errors == {field: [sentence]}
    assert sentence in page.content.decode()
    assert not AttendanceMark.objects.exists()


def test_roster_page_of_a_coming_lesson_saves_nothing(instructor, held, sitting):
    url = reverse("courses:roster", args=[held.lessons.get(number=2).pk])

    page = instructor.client().post(url, lines(sitting))

    assert "まだ始まっていません" in page.content.decode()
    assert not AttendanceMark.objects.exists()


@pytest.mark.parametrize(
    ("clock", "late", "early", "is_written"),
    [("16:59", 0, 0, False), ("17:00", 0, 0, True), ("15:00", 0, 120, True), ("14:59", 0, 120, False)],
)
def test_nobody_is_there_at_a_time_still_to_come(run, lesson, seated, instructor, clock, late, early, is_written):
    (one,) = seated(run)
    line = present(one, lesson, late, early)
    with time_machine.travel(at(DAY, clock), tick=False):
        by = instructor.acting(today=DAY)
        if is_written:
            save_roster(lesson, [line], by=by)
        else:
            assert "17:00に終わります" in refusal_of(lesson, line, by).sentence

    assert AttendanceMark.objects.exists() is is_written


def test_absence_is_known_before_the_end(run, lesson, seated, instructor):
    (one,) = seated(run)
    with time_machine.travel(at(DAY, "10:30"), tick=False):
        save_roster(lesson, [MarkLine(enrolment=one)], by=instructor.acting(today=DAY))

    assert AttendanceMark.objects.get().is_absence


@pytest.mark.parametrize("page", ["courses:roster", "courses:sign"])
def test_pages_of_a_lesson_under_way_say_from_when(run, lesson, seated, instructor, page):
    seated(run)
    with time_machine.travel(at(DAY, "12:00"), tick=True):
        shown = instructor.client().get(reverse(page, args=[lesson.pk])).content.decode()

    assert "コマの時間中です" in shown
    assert "17:00に終わります" in shown


def test_saved_roster_is_taken_back_whole_by_the_one_who_saved_it(
    instructor, coordinator, held, held_lesson, roster_url, seated
):
    (one,) = seated(held)
    coordinator.client().post(roster_url, lines(one, late=5))
    first = AttendanceMark.objects.get()
    (two,) = seated(held)
    client = instructor.client()
    client.post(roster_url, lines(one, status="absent", reason="確認", seen=first.pk) | lines(two))
    undo = reverse("courses:roster_undo", args=[held_lesson.pk])

    page = client.get(roster_url).content.decode()
    client.post(undo)
    again = client.post(undo, follow=True).content.decode()

    standing = current_marks([one, two])
    assert "いま保存した2人の記録を取り消す" in page
    assert "取り消せる保存がありません" in again
    assert standing[one.pk, held_lesson.pk].late_minutes == 5
    assert (two.pk, held_lesson.pk) not in standing


def test_saving_somebody_corrected_since_is_not_taken_back(instructor, held_lesson, roster_url, sitting, coordinator):
    client = instructor.client()
    client.post(roster_url, lines(sitting))
    saved = AttendanceMark.objects.get()
    again = lines(sitting, status="absent", reason="確認", seen=saved.pk)
    coordinator.client().post(roster_url, again)

    page = client.post(reverse("courses:roster_undo", args=[held_lesson.pk]), follow=True).content.decode()

    assert "もう直されています" in page
    assert current_marks([sitting])[sitting.pk, held_lesson.pk].is_absence


def test_time_away_leaves_the_meal_out(run, lesson, seated):
    """Gone from 11:30 to 13:30, of which an hour is the meal."""
    (one,) = seated(run)
    gap = [[at(DAY, "11:30").isoformat(), at(DAY, "13:30").isoformat()]]

    mark = AttendanceMark(enrolment=one, lesson=lesson, came_at=at(DAY, "10:00"), left_at=at(DAY, "17:00"), gaps=gap)

    assert mark.away_minutes == 60


def test_roster_page_shows_what_another_wrote_and_takes_a_reasoned_correction(
    instructor, held_lesson, sitting, roster_url, coordinator
):
    client = instructor.client()
    client.get(roster_url)
    first = lines(sitting, late=5)
    coordinator.client().post(roster_url, first)

    refused = client.post(roster_url, lines(sitting, status="absent"))
    (row,) = refused.context["rows"]
    assert "「出席・遅刻5分」と記録しました" in row.form.errors["__all__"][0]

    again = lines(sitting, status="absent", reason="座席を確認", seen=row.mark.pk)
    client.post(roster_url, again)

    assert current_marks([sitting])[sitting.pk, held_lesson.pk].is_absence


def test_correct_page_keeps_the_history(instructor, held_lesson, sitting, roster_url):
    client = instructor.client()
    client.post(roster_url, lines(sitting, status="absent"))
    first = AttendanceMark.objects.get()
    url = reverse("courses:mark_correct", args=[first.pk])

    client.post(url, {"status": "present", "early": "60", "reason": "会場の入退室記録による", "seen": first.pk})

    page = client.get(url)
    assert [(one.minutes, one.reason) for one in page.context["history"]] == [(0, ""), (300, "会場の入退室記録による")]


def test_correct_page_needs_a_reason(instructor, sitting, roster_url):
    client = instructor.client()
    client.post(roster_url, lines(sitting, status="absent"))
    first = AttendanceMark.objects.get()

    page = client.post(reverse("courses:mark_correct", args=[first.pk]), {"status": "present", "seen": first.pk})

    assert page.context["form"].errors == {"reason": ["訂正の理由を書いてください。"]}
    assert AttendanceMark.objects.count() == 1


def test_my_lessons_put_what_is_unmarked_first(instructor, held, held_lesson, sitting, roster_url):
    client = instructor.client()
    before = client.get(reverse("courses:my_lessons")).context

    client.post(roster_url, lines(sitting))

    after = client.get(reverse("courses:my_lessons")).context
    assert (before["unmarked"], before["done"]) == ([held_lesson], [])
    assert (after["unmarked"], after["done"]) == ([], [held_lesson])
