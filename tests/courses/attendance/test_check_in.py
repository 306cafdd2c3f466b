"""The rotating code: bound to the lesson and to the server's clock, used once by each person, and what it writes."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from courses.actions.attendance.attendance import line_from_minutes, save_roster
from courses.actions.attendance.check_in import check_in, lesson_of
from courses.actions.attendance.desk import close_desk, open_desk
from courses.desk_code import ALPHABET, as_typed, code_at, step_at
from courses.models import AttendanceMark, CheckIn, Run
from courses.models.attendance.attendance import MarkSource
from courses.queries import current_marks
from courses.queries.attendance.check_ins import presences
from courses.states import EnrolmentState, RunState
from firms.errors import Refused
from firms.models import JournalEntry
from tests.factories import EnrolmentFactory, LessonFactory, RunFactory, at

DAY = date(2027, 2, 3)


@pytest.fixture
def teacher(instructor):
    return instructor.acting(today=DAY)


@pytest.fixture
def desk(lesson, teacher):
    return open_desk(lesson, by=teacher)


@pytest.fixture
def enrolment(run, trainee):
    return EnrolmentFactory(run=run, person=trainee.person, employment=trainee.person.employments.get())


@pytest.fixture
def me(trainee, enrolment):
    return trainee.acting(today=DAY)


def shown(desk, moment):
    """What stands on the screen at that moment."""
    return code_at(desk.secret, desk.lesson_id, step_at(moment))


def scan(desk, clock, by, *, code=None, device="a", later=0):
    moment = at(DAY, clock)
    return check_in(
        desk.lesson, code or shown(desk, moment), at=moment + timedelta(seconds=later), device=device, by=by
    )


def refusal(desk, clock, by, **fields):
    with pytest.raises(Refused) as refused:
        scan(desk, clock, by, **fields)
    return refused.value.sentence


# --- the code ---


def test_code_changes_with_every_half_minute_and_every_lesson():
    codes = {code_at("secret", lesson, step) for lesson in (1, 2) for step in range(1000)}

    assert len(codes) == 2000
    assert {len(code) for code in codes} == {8}
    assert set("".join(codes)) == set(ALPHABET)


def test_code_has_no_letters_that_look_alike():
    assert set("0OQ1IL2Z5S8BUV") & set(ALPHABET) == set()


@pytest.mark.parametrize("typed", ["acde-3467", " ACDE 3467 ", "ＡＣＤＥ３４６７", "acde‐3467"])
def test_typed_code_forgives_how_it_is_written(typed):
    assert as_typed(typed) == "ACDE3467"


@pytest.mark.parametrize("later", [0, 29, 30, 59], ids=["at once", "same step", "next step", "its last second"])
def test_code_is_good_for_its_half_minute_and_the_next(later, desk, me):
    assert scan(desk, "09:50", me, later=later).check_in.direction == "in"


@pytest.mark.parametrize("later", [60, 600, 7000], ids=["a minute", "ten minutes", "two hours"])
def test_photographed_code_has_expired(later, desk, me):
    assert refusal(desk, "09:50", me, later=later) == (
        "このコードは期限が切れています。写真ではなく、教室の画面にいま出ているコードを読み取ってください。"
    )


def test_code_of_a_clock_that_runs_ahead_is_none(desk, me):
    early = shown(desk, at(DAY, "09:51"))

    assert "コードが違います" in refusal(desk, "09:50", me, code=early)


def test_code_of_another_lesson_is_wrong(desk, run, me):
    other = LessonFactory(run=run, number=3, day=DAY, starts_at=at(DAY, "18:00"), ends_at=at(DAY, "20:00"), meal=False)
    foreign = code_at(desk.secret, other.pk, step_at(at(DAY, "09:50")))

    assert refusal(desk, "09:50", me, code=foreign) == (
        "コードが違います。教室の画面に出ている8文字を、もう一度読み取るか入力してください。"
    )


# --- coming and going ---


def test_first_scan_is_coming_and_writes_no_minutes(desk, me):
    done = scan(desk, "09:50", me)

    assert (done.check_in.direction, done.check_in.at, done.mark) == ("in", at(DAY, "09:50"), None)
    assert not AttendanceMark.objects.exists()


def test_going_writes_the_minutes_of_the_lesson(desk, me, enrolment, trainee):
    scan(desk, "09:50", me)

    mark = scan(desk, "17:10", me).mark

    assert (mark.came_at, mark.left_at, mark.minutes) == (at(DAY, "10:00"), at(DAY, "17:00"), 360)
    assert (mark.source, mark.recorded_by) == (MarkSource.QR, trainee.person)


def test_late_coming_and_early_going_count_no_begun_minute(desk, me):
    scan(desk, "10:25", me, later=20)

    mark = scan(desk, "16:00", me, later=20).mark

    assert (mark.late_minutes, mark.early_minutes, mark.minutes) == (26, 60, 274)


def test_last_going_counts_and_the_earlier_one_stays_on_record(desk, me, enrolment):
    scan(desk, "10:00", me)
    first = scan(desk, "12:00", me).mark

    second = scan(desk, "17:00", me).mark

    assert (first.minutes, second.minutes) == (120, 360)
    assert (second.corrects, second.reason) == (first, "あとの退室の読取り")
    assert presences(desk.lesson)[enrolment.pk].left_at == at(DAY, "17:00")


def test_slip_of_the_hand_is_no_going(desk, me):
    scan(desk, "10:00", me)

    assert refusal(desk, "10:05", me) == "入室は10:00に記録してあります。退室は10:10から記録できます。"
    assert scan(desk, "10:10", me).check_in.direction == "out"


def test_replayed_code_is_said_to_be_used(desk, me):
    scan(desk, "10:00", me)

    assert refusal(desk, "10:00", me, later=20) == "このコードは10:00に使いました。入室はもう記録されています。"
    assert CheckIn.objects.count() == 1


def test_stay_before_the_lesson_has_no_minutes(desk, me):
    scan(desk, "09:35", me)

    assert scan(desk, "09:50", me).mark is None
    assert not AttendanceMark.objects.exists()


def test_mark_by_hand_stands_above_the_scans(desk, me, enrolment, lesson, teacher):
    scan(desk, "10:00", me)
    (by_hand,) = save_roster(lesson, [line_from_minutes(enrolment, lesson, late=30, early=0)], by=teacher)

    done = scan(desk, "17:00", me)

    assert (done.stands_by_hand, done.mark) == (True, by_hand)
    assert AttendanceMark.objects.get() == by_hand
    assert CheckIn.objects.count() == 2


def test_correction_by_hand_wins_over_the_scans(desk, me, enrolment, lesson, teacher):
    scan(desk, "10:00", me)
    scanned = scan(desk, "16:00", me).mark
    line = line_from_minutes(enrolment, lesson, late=0, early=0, reason="17時まで実習", seen=scanned.pk)
    (mended,) = save_roster(lesson, [line], by=teacher)

    assert scan(desk, "16:30", me).stands_by_hand
    assert current_marks([enrolment])[enrolment.pk, lesson.pk] == mended


def test_scan_after_a_record_was_taken_back_writes_again(desk, me, enrolment, lesson, teacher, take_back):
    scan(desk, "10:00", me)
    first = scan(desk, "16:00", me).mark
    take_back(first, teacher)

    again = scan(desk, "17:00", me).mark

    assert (again.minutes, again.reason) == (360, "取り消された記録のあとの記録")


def test_scans_are_in_the_journal(desk, me, lesson):
    scan(desk, "10:00", me)
    scan(desk, "17:00", me)

    verbs = list(JournalEntry.objects.about(lesson).order_by("pk").values_list("verb", flat=True).distinct())
    assert verbs == [
        "desk.open",
        "check_in.enter",
        "check_in.leave",
        "attendance.mark",
        "attendance.mark",
    ]


# --- when, where, who ---


@pytest.mark.parametrize(
    ("clock", "sentence"),
    [
        ("09:29", "受付は09:30からです。コマの30分前になったら、もう一度読み取ってください。"),
        ("17:00", "このコマは17:00に終わりました。入室は記録できません。"),
        ("17:31", "このコマの受付は17:30に終わりました。講師に声をかけてください。"),
    ],
    ids=["too early", "coming when it is over", "too late"],
)
def test_desk_takes_people_around_the_lesson_only(clock, sentence, desk, me):
    assert refusal(desk, clock, me) == sentence


def test_closed_desk_takes_nobody(desk, me, teacher):
    close_desk(desk.lesson, by=teacher)

    assert refusal(desk, "10:00", me) == "このコマの受付は開いていません。講師に声をかけてください。"


def test_desk_opened_again_has_a_code_of_its_own(desk, me, lesson, teacher):
    old = shown(desk, at(DAY, "10:00"))
    close_desk(lesson, by=teacher)
    fresh = open_desk(lesson, by=teacher)

    assert "コードが違います" in refusal(fresh, "10:00", me, code=old)
    assert scan(fresh, "10:00", me).check_in.direction == "in"


def test_cancelled_run_takes_nobody(desk, me):
    Run.objects.update(state=RunState.CANCELLED)

    assert refusal(desk, "10:00", me) == "この開講は中止になりました。記録はしていません。"


def test_somebody_without_a_seat_is_told(desk, trainee):
    assert refusal(desk, "10:00", trainee.acting(DAY)) == (
        "この講座の受講者ではありません。部屋とコマを確かめて、合っているときは講師に声をかけてください。"
    )


@pytest.mark.parametrize(
    ("state", "word"),
    [(EnrolmentState.CANCELLED, "取消"), (EnrolmentState.WAITLISTED, "キャンセル待ち")],
    ids=["cancelled", "waiting"],
)
def test_seat_that_is_none_is_told(state, word, desk, run, trainee):
    EnrolmentFactory(run=run, person=trainee.person, employment=trainee.person.employments.get(), state=state)

    assert refusal(desk, "10:00", trainee.acting(DAY)) == (
        f"あなたの申込みは「{word}」です。受講が決まっていないため記録できません。講師に声をかけてください。"
    )


def test_two_people_with_one_device_are_marked_and_not_held_up(desk, run, people, me, enrolment):
    (employment,) = people(1)
    friend = EnrolmentFactory(run=run, employment=employment)
    (other,) = people(1)
    alone = EnrolmentFactory(run=run, employment=other)
    acting = type(me)

    scan(desk, "09:50", me, device="same")
    scan(desk, "09:50", acting(friend.person, None, None, "", "", DAY), device="same")
    scan(desk, "09:51", acting(alone.person, None, None, "", "", DAY), device="own")

    shared = {pk: presence.shares_device for pk, presence in presences(desk.lesson).items()}
    assert shared == {enrolment.pk: True, friend.pk: True, alone.pk: False}


def test_typed_code_finds_its_lesson(desk, me, college, instructor):
    elsewhere = LessonFactory(run=RunFactory(course__college=college), day=DAY, instructor=instructor.person)
    open_desk(elsewhere, by=instructor.acting(DAY))
    moment = at(DAY, "09:50")

    assert lesson_of(shown(desk, moment).lower(), at=moment, by=me) == desk.lesson


def test_typed_code_that_is_none_is_refused(desk, me):
    with pytest.raises(Refused, match="コードが違います"):
        lesson_of("AAAA-AAAA", at=at(DAY, "09:50"), by=me)


def test_expired_code_still_finds_its_lesson_for_its_sentence(desk, me):
    old = shown(desk, at(DAY, "09:40"))

    assert lesson_of(old, at=at(DAY, "09:50"), by=me) == desk.lesson


# --- what the database holds ---


@pytest.mark.parametrize(
    ("constraint", "direction", "step"),
    [("check_in_code_once_per_person", "out", 7), ("check_in_came_once", "in", 8)],
)
def test_database_refuses_a_second_use(constraint, direction, step, lesson, enrolment):
    """check_in_code_once_per_person and check_in_came_once; SQLite names the columns instead."""
    row = {"lesson": lesson, "enrolment": enrolment, "at": at(DAY, "10:00")}
    CheckIn.objects.create(**row, direction="in", step=7)

    with pytest.raises(IntegrityError), transaction.atomic():
        CheckIn.objects.create(**row, direction=direction, step=step)


def test_database_lets_no_scan_be_changed(lesson, enrolment):
    row = CheckIn.objects.create(lesson=lesson, enrolment=enrolment, direction="in", step=7, at=at(DAY, "10:00"))

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        CheckIn.objects.filter(pk=row.pk).update(at=at(DAY, "09:00"))


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite writes one after the other; PostgreSQL races")
def test_forty_people_check_in_within_one_code(run, lesson, seated, instructor):
    desk = open_desk(lesson, by=instructor.acting(DAY))
    people = seated(run, 40)
    acting = type(instructor.acting(DAY))
    start = threading.Barrier(8)
    replays = []

    def come(five):
        start.wait()
        try:
            for one in five:
                for _double_click in range(2):
                    try:
                        scan(desk, "09:50", acting(one.person, None, None, "", "", DAY))
                    except Refused as refused:
                        replays.append(refused.sentence)
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=8) as pool:
        for done in [pool.submit(come, people[n::8]) for n in range(8)]:
            done.result()

    assert replays == ["このコードは09:50に使いました。入室はもう記録されています。"] * 40
    came = CheckIn.objects.filter(lesson=lesson, direction="in")
    assert (CheckIn.objects.count(), came.values("enrolment").distinct().count()) == (40, 40)
