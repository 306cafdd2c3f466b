"""The days at work: told on the phone and from paper, corrected, over midnight and the month's end, and what is refused."""

from datetime import date, time, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from PIL import Image

from firms.errors import Refused
from firms.models import Evidence, Notification
from firms.offline.conflicts import Changed, mark_of_facts
from tests.trials.factories import PlacementFactory
from tests.trials.playing import FIRST, LAST
from tests.trials.working import (
    MONDAY,
    absent,
    approve_all,
    closed,
    moment,
    moments,
    month_of,
    press_in,
    press_out,
    said_to,
    seen_of,
    tell,
    whole,
)
from trials.actions.agreement.starting import suspend
from trials.actions.working.clocking import enter_paper
from trials.models import AbsenceWords, DayEntry, WorkMonth
from trials.queries.working import entry_on, planned_for, rows_of, sums_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_work(trial):
    return trial.active()


def sheet(name="12月.png"):
    drawn = BytesIO()
    Image.new("RGB", (8, 8), "white").save(drawn, "PNG")
    return SimpleUploadedFile(name, drawn.getvalue(), "image/png")


def told_of(entry):
    return entry.step, entry.span, entry.break_minutes, entry.minutes


def numbers(trial, on):
    return list(DayEntry.objects.filter(placement=trial.placement, on=on).values_list("number", "minutes"))


# --- the two buttons ---


def test_a_day_is_clocked_in_and_out_and_its_minutes_are_whole(at_work):
    came = press_in(at_work, MONDAY, "08:25")
    assert told_of(came) == ("in", "08:25–", 0, 0)
    assert came.is_open

    went = press_out(at_work, MONDAY, "17:41", comment="測定を覚えた")

    assert told_of(went) == ("out", "08:25–17:41", 60, 496)
    assert went.approve_by == date(2026, 12, 9)
    assert numbers(at_work, MONDAY) == [(1, 0), (2, 496)]


def test_pressing_twice_is_once(at_work):
    first = press_in(at_work, MONDAY, "08:25")
    assert press_in(at_work, MONDAY, "08:25") == first
    out = press_out(at_work, MONDAY, "17:30")
    assert press_out(at_work, MONDAY, "17:30") == out

    assert numbers(at_work, MONDAY) == [(1, 0), (2, 485)]


def test_both_presses_of_a_day_without_network_arrive_in_their_order(at_work):
    """The page was shown before either, so neither had seen a row."""
    arrived = moment(MONDAY + timedelta(days=1), "07:00")
    nothing = mark_of_facts({})

    press_in(at_work, MONDAY, "08:25", seen=nothing, arrived=arrived)
    went = press_out(at_work, MONDAY, "17:30", seen=nothing, arrived=arrived)

    assert (told_of(went), went.came_late) == (("out", "08:25–17:30", 60, 485), True)
    assert went.approve_by == date(2026, 12, 10)


def test_going_without_having_come_says_what_to_do(at_work):
    with pytest.raises(Refused, match="出勤の記録がありません。「一日分を入力する」から"):
        press_out(at_work, MONDAY, "17:30")


def test_a_forgotten_clock_out_is_asked_for_and_never_guessed(at_work):
    press_in(at_work, MONDAY, "08:25")
    tuesday = MONDAY + timedelta(days=1)

    with pytest.raises(Refused, match="実際に退勤した時刻を入力してください"):
        press_out(at_work, MONDAY, "07:10", typed=moment(tuesday, "07:10") + timedelta(days=1))
    at_work.sweep(tuesday)
    at_work.sweep(tuesday)

    assert said_to(at_work.placement.person).count("退勤の記録がありません") == 1
    assert entry_on(at_work.placement, MONDAY).ends_at is None
    assert "退勤の記録がないままの日があります" not in said_to(at_work.adviser.person)
    at_work.sweep(tuesday + timedelta(days=1))
    assert month_of(at_work, MONDAY).clock_out_asked_on == tuesday + timedelta(days=1)
    assert "退勤の記録がないままの日があります" in said_to(at_work.adviser.person)

    went = press_out(at_work, MONDAY, "17:30", said=True, typed=moment(tuesday + timedelta(days=1), "07:10"))
    assert told_of(went) == ("out", "08:25–17:30", 60, 485)
    at_work.sweep(tuesday + timedelta(days=2))
    assert month_of(at_work, MONDAY).clock_out_asked_on == tuesday + timedelta(days=1)


def test_a_longest_shift_is_sixteen_hours_to_the_minute(at_work):
    press_in(at_work, MONDAY, "06:00")
    with pytest.raises(Refused, match="実際に退勤した時刻"):
        press_out(at_work, MONDAY, "22:01")
    assert press_out(at_work, MONDAY, "22:00").minutes == 900


# --- over midnight and the month's end ---


def test_a_night_shift_stays_with_the_day_it_began(at_work):
    press_in(at_work, MONDAY, "22:00")
    went = press_out(at_work, MONDAY, "06:00", typed=moment(MONDAY + timedelta(days=1), "06:00"))

    assert told_of(went) == ("out", "22:00–翌06:00", 60, 420)
    assert [row.on for row in rows_of(month_of(at_work, MONDAY)) if row.entry] == [MONDAY]


def test_a_shift_across_the_months_end_is_of_the_month_it_began_in(at_work):
    eve = date(2026, 12, 31)
    tell(at_work, eve, starts="22:00", ends="06:00", when=moment(date(2027, 1, 1), "08:00"))

    assert list(WorkMonth.objects.values_list("first", flat=True)) == [date(2026, 12, 1)]
    assert sums_of(rows_of(month_of(at_work, eve))).minutes == 420


def test_two_shifts_may_not_share_a_minute(at_work):
    tell(at_work, MONDAY, starts="22:00", ends="06:00", when=moment(MONDAY + timedelta(days=1), "06:30"))
    tuesday = MONDAY + timedelta(days=1)

    with pytest.raises(Refused, match=r"12月7日.*22:00–翌06:00.*重なっています"):
        tell(at_work, tuesday, starts="05:59", ends="12:00", breaks=0, when=moment(tuesday, "13:00"))
    assert tell(at_work, tuesday, starts="06:00", ends="12:00", breaks=0, when=moment(tuesday, "13:00")).minutes == 360


# --- a whole day, corrections, absence ---


def test_a_correction_is_a_further_row_with_its_reason(at_work):
    tell(at_work, MONDAY)
    with pytest.raises(Refused, match="訂正の理由を書いてください"):
        tell(at_work, MONDAY, ends="18:00")

    entry = tell(at_work, MONDAY, ends="18:00", because="残業30分を忘れた")

    assert (entry.step, entry.because, entry.before.minutes) == ("correction", "残業30分を忘れた", 480)
    assert numbers(at_work, MONDAY) == [(1, 480), (2, 510)]


def test_the_very_same_again_is_no_correction(at_work):
    first = tell(at_work, MONDAY)

    assert tell(at_work, MONDAY, seen=mark_of_facts({})) == first


def test_an_absence_has_a_code_for_the_host_and_words_for_the_adviser_alone(at_work, officer, stranger):
    entry = tell(at_work, MONDAY, form=absent(private_words="通院のため"))

    assert (entry.get_absence_display(), entry.minutes) == ("本人の都合", 0)
    hands = (at_work.trialist, at_work.adviser, at_work.manager, officer, stranger)
    seen = [[one.words for one in AbsenceWords.objects.visible_to(hand.acting())] for hand in hands]
    assert seen == [["通院のため"], ["通院のため"], [], [], []]
    bodies = Notification.objects.filter(person=at_work.manager.person).values_list("body", flat=True)
    assert any("本人の都合" in body for body in bodies)
    assert not any("通院" in body for body in bodies)


@pytest.mark.parametrize(("days", "told"), [(2, 0), (3, 1), (4, 1)])
def test_three_days_away_in_a_row_are_told_to_the_adviser_once(at_work, days, told):
    for n in range(days):
        tell(at_work, MONDAY + timedelta(days=n), form=absent())

    assert said_to(at_work.adviser.person).count("休みが続いています") == told
    assert "休みが続いています" not in said_to(at_work.manager.person)


def test_a_day_at_work_between_two_away_begins_the_count_anew(at_work):
    tell(at_work, MONDAY, form=absent())
    tell(at_work, MONDAY + timedelta(days=1))
    for n in (2, 3):
        tell(at_work, MONDAY + timedelta(days=n), form=absent())

    assert "休みが続いています" not in said_to(at_work.adviser.person)


def test_an_absence_without_a_code_is_refused(at_work):
    with pytest.raises(Refused, match="休みの理由を選んでください"):
        tell(at_work, MONDAY, form=absent(""))


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        (whole(None, "17:30"), "始業と終業の時刻"),
        (whole("08:30", "09:30", 60), "休憩が、始業から終業までの時間と同じか"),
        (whole("08:30", "08:31", 1), "休憩が、始業から終業までの時間と同じか"),
    ],
    ids=["no start", "break as long", "nothing left"],
)
def test_a_day_that_makes_no_sense_is_refused(at_work, form, sentence):
    with pytest.raises(Refused, match=sentence):
        tell(at_work, MONDAY, form=form)


def test_a_moment_to_come_is_refused_and_the_very_moment_is_not(at_work):
    with pytest.raises(Refused, match="まだ来ていない時刻"):
        tell(at_work, MONDAY, when=moment(MONDAY, "17:29"))
    assert tell(at_work, MONDAY, when=moment(MONDAY, "17:30")).minutes == 480


@pytest.mark.parametrize("on", [FIRST - timedelta(days=1), LAST + timedelta(days=1)])
def test_days_outside_the_trial_are_refused(at_work, on):
    with pytest.raises(Refused, match="勤務の日は、就労を始めた"):
        tell(at_work, on, when=moment(LAST + timedelta(days=3), "08:00"))


@pytest.mark.parametrize("on", [FIRST, LAST])
def test_the_first_and_the_last_day_are_of_the_trial(at_work, on):
    assert tell(at_work, on, when=moment(LAST + timedelta(days=3), "08:00")).minutes == 480


def test_a_day_before_the_start_has_nothing_to_tell(trial):
    trial.ready()
    with pytest.raises(Refused, match="トライアルが始まっていない"):
        tell(trial, FIRST)


def test_a_suspended_trial_takes_no_days_from_then_on(at_work):
    suspend(at_work.placement, since=MONDAY, by=at_work.adviser.acting(MONDAY))

    with pytest.raises(Refused, match="休止しているため"):
        tell(at_work, MONDAY)
    assert tell(at_work, MONDAY - timedelta(days=3)).minutes == 480


def test_a_trialist_who_leaves_on_day_two_still_tells_both_days(trial):
    trial.terminated()

    for day in (FIRST, FIRST + timedelta(days=1)):
        tell(trial, day, when=moment(date(2026, 12, 4), "08:00"))
    with pytest.raises(Refused, match="最後の日（2026年12月2日"):
        tell(trial, FIRST + timedelta(days=2), when=moment(date(2026, 12, 4), "08:00"))


# --- from paper ---


def test_paper_needs_its_scan_which_serves_the_other_days_of_the_sheet(at_work):
    by, when = at_work.adviser.acting(date(2026, 12, 9)), moments(moment(date(2026, 12, 9), "10:00"))
    with pytest.raises(Refused, match="写し（写真かPDF）"):
        enter_paper(at_work.placement, MONDAY, whole(), scan=None, seen="", at=when, by=by)

    first = enter_paper(at_work.placement, MONDAY, whole(), scan=sheet(), seen="", at=when, by=by)
    other = enter_paper(at_work.placement, MONDAY + timedelta(days=1), whole(), scan=None, seen="", at=when, by=by)

    assert (first.source, first.scan, other.scan) == ("paper", Evidence.objects.get(), Evidence.objects.get())
    assert said_to(at_work.placement.person).count("紙の勤務表を入力しました") == 2


def test_the_same_day_from_phone_and_from_paper_is_a_conflict_for_a_person(at_work):
    tell(at_work, MONDAY, ends="17:45")
    by, when = at_work.adviser.acting(date(2026, 12, 9)), moments(moment(date(2026, 12, 9), "10:00"))

    with pytest.raises(Changed) as raised:
        enter_paper(at_work.placement, MONDAY, whole(), scan=sheet(), seen=mark_of_facts({}), at=when, by=by)
    assert raised.value.now["ends_at"] == time(17, 45)
    assert not Evidence.objects.exists()

    chosen = whole(because="紙のとおり")
    entry = enter_paper(at_work.placement, MONDAY, chosen, scan=sheet(), seen=seen_of(at_work, MONDAY), at=when, by=by)
    assert (entry.source, entry.step, entry.before.source) == ("paper", "correction", "phone")


def test_the_phone_after_the_paper_is_a_conflict_too(at_work):
    press_in(at_work, MONDAY, "08:25")
    by, when = at_work.adviser.acting(MONDAY), moments(moment(MONDAY, "18:00"))
    seen = seen_of(at_work, MONDAY)
    enter_paper(at_work.placement, MONDAY, whole(), scan=sheet(), seen=seen, at=when, by=by)

    with pytest.raises(Changed) as raised:
        press_out(at_work, MONDAY, "17:40", seen=mark_of_facts({}), arrived=moment(MONDAY, "19:00"))
    assert raised.value.now == {"ends_at": time(17, 30), "break_minutes": 60, "comment": ""}


# --- what the database holds ---


def refused_by_database(sql, *given):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, given)


def test_a_telling_is_neither_changed_nor_removed(at_work):
    entry = tell(at_work, MONDAY)

    refused_by_database("UPDATE trials_dayentry SET minutes = 0 WHERE id = %s", entry.pk)
    refused_by_database("DELETE FROM trials_dayentry WHERE id = %s", entry.pk)


def test_a_row_of_a_closed_month_or_of_another_trial_is_refused_by_the_database(at_work, round, adviser):
    entry = tell(at_work, MONDAY)
    copy = {f.attname: getattr(entry, f.attname) for f in DayEntry._meta.local_concrete_fields if f.name != "id"}
    following = {**copy, "number": 2, "before_id": entry.pk}
    other = PlacementFactory(seeker__round=round, seeker__agency=adviser.organisation, seeker__adviser=adviser.person)
    with pytest.raises(DatabaseError, match="bound"), transaction.atomic():
        DayEntry.objects.create(**{**following, "placement_id": other.pk})
    with pytest.raises(DatabaseError, match="bound"), transaction.atomic():
        DayEntry.objects.create(**{**following, "on": date(2026, 11, 30)})

    approve_all(at_work, MONDAY)
    closed(at_work, MONDAY, day=date(2027, 1, 4))
    with pytest.raises(DatabaseError, match="month_closed"), transaction.atomic():
        DayEntry.objects.create(**following)


# --- what was planned ---


def test_planned_hours_come_from_the_signed_terms(at_work):
    friday, saturday = planned_for(at_work.now, date(2026, 12, 11)), planned_for(at_work.now, date(2026, 12, 12))

    assert (friday.start, friday.end, friday.minutes, friday.is_day_off) == (510, 1050, 480, False)
    assert saturday.is_day_off is True
