"""Who completed: the rules to the minute, the instructor's word, the decision for all, and its change by a correction."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, now

from courses.actions.attendance.attendance import line_from_minutes, save_roster
from courses.actions.completion.completion import Word, decide_completion, give_words
from courses.minutes import needed_minutes
from courses.models import Certificate, Course, InstructorWord, LearningEvent, Run, Unit
from courses.queries.completion.completion import (
    Learned,
    RequirementState,
    completion_of,
    completions_of,
    seated_in,
)
from courses.states import EnrolmentState, RunState
from firms.errors import Refused
from firms.models import JournalEntry, Notification
from firms.words.details import in_words
from tests.factories import UnitFactory

HOURS = 720


@pytest.fixture
def clerk(coordinator):
    """The college's coordinator, today."""
    return coordinator.acting(localdate())


def rows_of(run):
    return completions_of(run, seated_in(run), on=localdate())


def hours(attended, *, unmarked=0, planned=HOURS, percent=80):
    (requirement,) = completion_of(
        Course(needed_percent=percent), Learned(attended=attended, planned=planned, unmarked=unmarked)
    )
    return requirement


# --- the rules ---


@pytest.mark.parametrize(
    ("planned", "percent", "needed"), [(720, 80, 576), (721, 80, 577), (719, 80, 576), (1, 80, 1), (720, 100, 720)]
)
def test_needed_minutes_are_the_least_whole_ones_that_reach_the_share(planned, percent, needed):
    assert needed_minutes(planned, percent) == needed
    assert needed * 100 >= planned * percent > (needed - 1) * 100


@pytest.mark.parametrize(
    ("attended", "unmarked", "standing"),
    [
        (576, 0, RequirementState.MET),
        (575, 0, RequirementState.UNMET),
        (576, 144, RequirementState.MET),
        (300, 276, RequirementState.UNKNOWN),
        (300, 275, RequirementState.UNMET),
    ],
    ids=["exactly 80 %", "a minute less", "met before the end", "can still reach it", "cannot reach it any more"],
)
def test_hours_are_met_at_exactly_the_share(attended, unmarked, standing):
    assert hours(attended, unmarked=unmarked).standing == standing


def test_hours_say_what_is_lacking_to_the_minute():
    assert hours(575).because == "9時間35分。9時間36分（12時間の80%）に1分足りません"


def test_a_course_asks_only_for_what_its_rules_name():
    everything = Course(needed_percent=80, needs_units=True, needs_quiz=True, needs_word=True)
    learned = Learned(attended=576, planned=HOURS, unit_count=2, units_left=("安全",), quiz_count=1)

    asked = [(one.label, str(one.standing)) for one in completion_of(everything, learned)]

    assert asked == [("出席時間", "met"), ("教材", "unmet"), ("確認テスト", "met"), ("講師の判定", "unknown")]
    assert completion_of(Course(needed_percent=0), learned) == []


def test_units_not_done_are_open_as_long_as_somebody_can_learn():
    course = Course(needed_percent=0, needs_units=True, needs_quiz=True)
    left = {"unit_count": 4, "units_left": ("一", "二", "三", "四"), "quiz_count": 1, "quizzes_left": ("四",)}

    units, quiz = completion_of(course, Learned(attended=0, planned=0, can_still_learn=True, **left))

    assert (units.standing, quiz.standing) == (RequirementState.UNKNOWN, RequirementState.UNKNOWN)
    assert units.because == "4個のうち0個。残り: 「一」、「二」、「三」ほか1個"
    assert completion_of(course, Learned(attended=0, planned=0, **left))[0].standing == RequirementState.UNMET


def test_units_count_once_completed(finished, seated, attended):
    Course.objects.filter(pk=finished.course_id).update(needs_units=True, needs_quiz=True)
    finished.refresh_from_db()
    done, half = seated(finished, 2)
    units = [
        UnitFactory(course=finished.course, number=1, kind="text", title="安全の基本", standard_minutes=10),
        UnitFactory(course=finished.course, number=2, kind="quiz", title="確認", standard_minutes=5),
    ]
    for unit in units:
        LearningEvent.objects.create(enrolment=done, unit=unit, kind="completed", at=now())
    LearningEvent.objects.create(enrolment=half, unit=units[0], kind="completed", at=now())

    found = {row.enrolment: [str(one.standing) for one in row.requirements[1:]] for row in rows_of(finished)}

    assert found == {done: ["met", "met"], half: ["unmet", "unmet"]}


@pytest.fixture
def online_today(learning_now):
    """The trainee's seat in a run of e-learning that goes on for another month: 30 and 70 minutes of units."""
    course = learning_now.run.course
    for number, minutes in ((1, 30), (2, 70)):
        UnitFactory(course=course, number=number, kind="text", title=f"教材{number}", standard_minutes=minutes)
    return learning_now


def test_a_run_of_e_learning_counts_the_standard_time_of_its_units(online_today):
    LearningEvent.objects.create(enrolment=online_today, unit=Unit.objects.get(number=2), kind="completed", at=now())

    (row,) = rows_of(online_today.run)

    assert [(one.label, str(one.standing), one.because) for one in row.requirements] == [
        ("学習時間", "unknown", "いま1時間10分。あと10分で1時間20分（1時間40分の80%）")
    ]


def test_a_run_of_e_learning_is_decided_once_its_days_are_over(online_today, clerk):
    LearningEvent.objects.create(enrolment=online_today, unit=Unit.objects.get(number=2), kind="completed", at=now())
    run = online_today.run
    with pytest.raises(Refused, match="修了は、最後の日"):
        decide_completion(run, by=clerk)
    Run.objects.update(learn_from=localdate() - timedelta(days=9), learn_until=localdate() - timedelta(days=1))

    (changed,) = decide_completion(run, by=clerk)

    assert changed.state == EnrolmentState.NOT_COMPLETED


# --- the instructor's word ---


@pytest.fixture
def with_word(finished):
    Course.objects.filter(pk=finished.course_id).update(needs_word=True)
    finished.refresh_from_db()
    return finished


def test_the_newest_word_speaks_and_the_same_twice_is_once(with_word, seated, instructor):
    (enrolment,) = seated(with_word)
    by = instructor.acting(localdate())

    give_words(with_word, [Word(enrolment, False, "図面が未提出")], by=by)
    give_words(with_word, [Word(enrolment, False, "図面が未提出")], by=by)
    give_words(with_word, [Word(enrolment, True, "再提出で合格")], by=by)

    assert [word.has_passed for word in InstructorWord.objects.all()] == [False, True]
    assert rows_of(with_word)[0].requirements[1].because == "合格: 再提出で合格"
    newest = JournalEntry.objects.filter(verb="completion.give_word").latest("pk")
    assert in_words(newest.details) == [("講師の判定", f"{enrolment.person.full_name} 合格")]


def test_a_word_on_somebody_of_another_run_is_refused(with_word, held, seated, instructor):
    (elsewhere,) = seated(held)

    with pytest.raises(Refused, match="受講していない人"):
        give_words(with_word, [Word(elsewhere, True)], by=instructor.acting(localdate()))


def test_words_are_given_on_their_page_and_cannot_be_withdrawn(with_word, seated, instructor):
    (enrolment,) = seated(with_word)
    client, page = instructor.client(), reverse("courses:completion_words", args=[with_word.pk])
    name = f"e{enrolment.pk}"

    unsaid = client.post(page, {f"{name}-word": "", f"{name}-comment": "よくできました"})
    client.post(page, {f"{name}-word": "passed", f"{name}-comment": "よくできました"})
    withdrawn = client.post(page, {f"{name}-word": "", f"{name}-comment": ""})

    assert "講評を書いた人には、合格か不合格を選んでください。" in unsaid.content.decode()
    assert "一度出した判定は「まだ」に戻せません" in withdrawn.content.decode()
    assert [(word.has_passed, word.comment) for word in enrolment.words.all()] == [(True, "よくできました")]


# --- the decision ---


def test_everybody_is_decided_at_once(finished, seated, attended, clerk):
    just, short = seated(finished, 2)
    attended(just, 360, 216)
    attended(short, 360, 215)

    changed = decide_completion(finished, by=clerk)

    assert {one.pk: one.state for one in changed} == {just.pk: "completed", short.pk: "not_completed"}
    assert Certificate.objects.get().enrolment == just
    assert JournalEntry.objects.filter(verb__in=["completion.decide", "completion.decide_not"]).count() == 2


def test_the_journal_says_who_lacked_what(finished, seated, attended, clerk):
    (enrolment,) = seated(finished)
    attended(enrolment, 360, 0)

    decide_completion(finished, by=clerk)

    entry = JournalEntry.objects.get(verb="completion.decide_not")
    assert in_words(entry.details) == [
        ("受講者", enrolment.person.full_name),
        ("足りなかったもの", "出席時間: 6時間。9時間36分（12時間の80%）に3時間36分足りません"),
    ]


def test_deciding_twice_changes_nothing(completed, finished, clerk):
    letters = Notification.objects.count()

    assert decide_completion(finished, by=clerk) == []
    assert (Certificate.objects.count(), Notification.objects.count()) == (1, letters)


def test_people_and_their_firm_are_told(finished, seated, attended, clerk, manager):
    (enrolment,) = seated(finished)
    attended(enrolment, 360, 0)

    decide_completion(finished, by=clerk)

    told = Notification.objects.get(person=enrolment.person)
    assert "修了になりませんでした" in told.subject
    assert "6時間。9時間36分（12時間の80%）に3時間36分足りません" in told.body
    assert told.path == reverse("courses:survey", args=[enrolment.pk])
    body = Notification.objects.get(person=manager.person).body
    assert body == f"{enrolment.person.full_name}: 未修了"


def test_an_unmarked_lesson_keeps_everybody_undecided(finished, seated, attended, clerk):
    marked, forgotten = seated(finished, 2)
    attended(marked, 360, 360)
    attended(forgotten, 360)

    with pytest.raises(Refused) as refused:
        decide_completion(finished, by=clerk)

    assert f"{forgotten.person.full_name}さんの第2回の出席" in refused.value.sentence
    assert not Certificate.objects.exists()


def test_a_missing_word_keeps_everybody_undecided(with_word, seated, attended, clerk):
    (enrolment,) = seated(with_word)
    attended(enrolment, 360, 360)

    with pytest.raises(Refused, match="講師の判定"):
        decide_completion(with_word, by=clerk)


def test_who_missed_the_hours_needs_no_word(with_word, seated, attended, clerk):
    (enrolment,) = seated(with_word)
    attended(enrolment, 0, 360)

    (changed,) = decide_completion(with_word, by=clerk)

    assert changed.state == EnrolmentState.NOT_COMPLETED


def test_nobody_is_decided_before_the_last_day(held, seated, clerk):
    seated(held)

    with pytest.raises(Refused, match="修了は、最後の日"):
        decide_completion(held, by=clerk)


def test_an_empty_a_cancelled_and_a_dateless_run_have_their_sentences(finished, clerk, college):
    with pytest.raises(Refused, match="受講が決まった人がいません"):
        decide_completion(finished, by=clerk)
    Run.objects.update(state=RunState.CANCELLED)
    with pytest.raises(Refused, match="中止した開講"):
        decide_completion(finished, by=clerk)
    Run.objects.update(state=RunState.OPEN)
    finished.lessons.all().delete()
    with pytest.raises(Refused, match="コマも学習期間もない"):
        decide_completion(finished, by=clerk)


def test_a_run_with_nothing_to_measure_is_not_decided(learning_now, clerk):
    Run.objects.update(learn_from=localdate() - timedelta(days=9), learn_until=localdate() - timedelta(days=1))

    with pytest.raises(Refused, match="コマも教材もない"):
        decide_completion(learning_now.run, by=clerk)


def correct(enrolment, number, instructor, *, early):
    lesson = enrolment.run.lessons.get(number=number)
    mark = enrolment.marks.newest().get(lesson=lesson)
    line = line_from_minutes(enrolment, lesson, late=0, early=early, reason="名簿の見誤り", seen=mark.pk)
    save_roster(lesson, [line], by=instructor.acting(localdate()))


def test_a_corrected_mark_takes_completion_and_certificate_away(completed, finished, instructor, clerk):
    correct(completed, 2, instructor, early=300)

    assert rows_of(finished)[0].is_overtaken
    (changed,) = decide_completion(finished, by=clerk)

    assert changed.state == EnrolmentState.NOT_COMPLETED
    reason = Certificate.objects.get().revocation.reason
    assert reason == "記録の訂正により、修了の条件（出席時間）を満たさなくなったため"


def test_a_corrected_mark_may_give_completion_later(finished, seated, attended, instructor, clerk):
    (enrolment,) = seated(finished)
    attended(enrolment, 360, 60)
    decide_completion(finished, by=clerk)

    correct(enrolment, 2, instructor, early=0)
    (changed,) = decide_completion(finished, by=clerk)

    assert (changed.state, Certificate.objects.get().facts["attended_minutes"]) == ("completed", HOURS)


def test_a_corrected_mark_that_changes_minutes_alone_is_shown(completed, finished, instructor, coordinator):
    correct(completed, 2, instructor, early=10)

    page = coordinator.client().get(reverse("courses:completion", args=[finished.pk])).content.decode()

    assert rows_of(finished)[0].prints_other_minutes
    assert "受講時間が11時間50分に訂正されています。" in page
