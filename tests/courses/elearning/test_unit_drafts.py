"""Units are drafted, published, and kept by the runs opened with them; nothing a learner was promised moves."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from courses.actions.catalogue.runs import open_run
from courses.actions.elearning.learning import finish_reading, open_unit
from courses.actions.elearning.ledgers import OwnLog, Tried
from courses.actions.elearning.run_units import renew_units
from courses.actions.elearning.units import (
    add_unit,
    edit_unit,
    make_version,
    move_up,
    publish_unit,
    retire_question,
    retire_unit,
    save_question,
)
from courses.actions.seats.enrolments import enrol
from courses.models import Unit
from courses.queries.elearning.learning import learning_enrolments, progress_of
from courses.queries.elearning.units import offered_units, runs_behind
from courses.states import EnrolmentState, RunState
from firms.errors import Refused
from firms.files import store as files
from firms.models import JournalEntry, Notification
from grants.time.learning import online_training
from tests.factories import EnrolmentFactory, QuestionFactory, RunFactory, UnitFactory, at

FIRST, LAST = date(2027, 2, 1), date(2027, 2, 28)
NOON, LATER = at(date(2027, 2, 3), "12:00"), at(date(2027, 2, 3), "13:00")
TEXT = {"title": "安全の基本", "standard_minutes": 10, "body": "読む"}


@pytest.fixture
def clerk(coordinator):
    return coordinator.acting()


@pytest.fixture
def unit(online):
    """The one unit published before the run opens."""
    return UnitFactory(course=online.course)


@pytest.fixture
def opened(online, unit, clerk):
    """A run of e-learning, opened with one unit."""
    online.state = RunState.PREPARING
    online.save()
    open_run(online, by=clerk)
    online.refresh_from_db()
    return online


@pytest.fixture
def learner(opened, trainee):
    return EnrolmentFactory(run=opened, employment=trainee.person.employments.get())


def finish(enrolment, unit):
    ledger = OwnLog(enrolment, unit)
    open_unit(ledger, at=NOON)
    finish_reading(ledger, at=LATER)


def asked(enrolment):
    enrolment.refresh_from_db()
    return [one.unit for one in progress_of([enrolment])[enrolment.pk].units]


def test_a_new_unit_is_a_draft_no_learner_finds(online, clerk, trainee):
    seat = EnrolmentFactory(run=online, employment=trainee.person.employments.get())

    draft = add_unit(online.course, "text", TEXT, by=clerk)

    assert (draft.is_draft, asked(seat), list(offered_units(online.course))) == (True, [], [])
    assert trainee.client().get(reverse("courses:learn_unit", args=[seat.pk, draft.pk])).status_code == 404
    with pytest.raises(Refused, match="使われなくなった"):
        open_unit(OwnLog(seat, draft), at=NOON)


def test_the_college_tries_a_draft(online, clerk):
    draft = add_unit(online.course, "text", TEXT, by=clerk)

    assert open_unit(Tried(clerk.person, draft), at=NOON).unit == draft


def test_publishing_puts_a_unit_last_and_twice_is_once(online, unit, clerk):
    draft = add_unit(online.course, "text", TEXT, by=clerk)

    publish_unit(draft, by=clerk)
    publish_unit(draft, by=clerk)

    assert [one.title for one in offered_units(online.course)] == [unit.title, "安全の基本"]
    assert JournalEntry.objects.filter(verb="unit.publish").count() == 1


def test_a_film_without_captions_is_not_published(online, clerk):
    film = files.store(b"\x00\x00\x00\x18ftypmp42", media_type="video/mp4")
    captions = files.store(b"WEBVTT\n\n00:00.000 --> 00:01.000\na\n", media_type="text/vtt")
    told = {"title": "段取り", "standard_minutes": 5, "duration_seconds": 60, "file": film, "file_name": "a.mp4"}
    draft = add_unit(online.course, "video", told, by=clerk)

    with pytest.raises(Refused, match="字幕のない動画"):
        publish_unit(draft, by=clerk)
    Unit.objects.filter(pk=draft.pk).update(captions=captions)

    assert publish_unit(draft, by=clerk).is_offered


def test_a_quiz_without_questions_is_not_published(online, clerk):
    quiz = add_unit(online.course, "quiz", {"title": "確認テスト", "standard_minutes": 5}, by=clerk)
    with pytest.raises(Refused, match="問題のない確認テスト"):
        publish_unit(quiz, by=clerk)
    one = QuestionFactory.build()
    save_question(quiz, {"text": one.text, "choices": one.choices, "explanation": ""}, by=clerk)

    assert publish_unit(quiz, by=clerk).is_offered


def test_a_published_quiz_keeps_its_last_question(online, clerk):
    quiz = UnitFactory(course=online.course, quiz=True)
    first, last = QuestionFactory.create_batch(2, unit=quiz)
    retire_question(first, by=clerk)

    with pytest.raises(Refused, match="問題が1つは要ります"):
        retire_question(last, by=clerk)


def test_a_run_keeps_the_units_it_was_opened_with(opened, learner, unit, clerk):
    """A new quiz and a retired unit leave who is in as they are: done stays done."""
    finish(learner, unit)
    publish_unit(add_unit(opened.course, "text", TEXT, by=clerk), by=clerk)
    retire_unit(unit, by=clerk)

    progress = progress_of([learner])[learner.pk]

    assert ([one.unit for one in progress.units], progress.is_complete) == ([unit], True)


def test_a_retired_unit_of_an_opened_run_is_learned_to_the_end(learner, unit, clerk, trainee):
    retire_unit(unit, by=clerk)

    finish(learner, unit)

    assert progress_of([learner])[learner.pk].is_complete
    assert learning_enrolments(trainee.person.pk) == [learner]


def test_a_new_version_is_for_the_runs_to_come(opened, learner, unit, clerk, trainee):
    newer = publish_unit(make_version(unit, {"title": "二版", "pass_percent": 100}, by=clerk), by=clerk)
    next_run = RunFactory(course=opened.course, learn_from=FIRST, learn_until=LAST, state=RunState.PREPARING)
    open_run(next_run, by=clerk)

    next_run.refresh_from_db()
    assert (opened.kept_units, next_run.kept_units, asked(learner)) == ([unit.pk], [newer.pk], [unit])
    assert trainee.client().get(reverse("courses:learn_unit", args=[learner.pk, newer.pk])).status_code == 404
    with pytest.raises(Refused, match="使われなくなった"):
        open_unit(OwnLog(learner, newer), at=NOON)


def test_the_old_version_stays_in_use_until_the_new_one_is_published(online, unit, clerk):
    draft = make_version(unit, {"title": "二版"}, by=clerk)
    with pytest.raises(Refused, match="下書きがすでにあります"):
        make_version(unit, {"title": "別の二版"}, by=clerk)
    before = list(offered_units(online.course))

    publish_unit(draft, by=clerk)

    assert (before, list(offered_units(online.course))) == ([unit], [draft])


def test_a_draft_is_edited_rather_than_replaced(online, clerk):
    draft = add_unit(online.course, "text", TEXT, by=clerk)

    with pytest.raises(Refused, match="まだ公開していない教材"):
        make_version(draft, {"title": "二版"}, by=clerk)


def test_a_draft_thrown_away_lets_another_be_begun(unit, clerk):
    retire_unit(make_version(unit, {"title": "二版"}, by=clerk), by=clerk)

    again = make_version(unit, {"title": "別の二版"}, by=clerk)

    assert (again.replaces, Unit.objects.filter(replaces=unit).count()) == (unit, 1)


def test_a_draft_has_no_place_in_the_order_yet(online, unit, clerk):
    with pytest.raises(Refused, match="公開してから順番"):
        move_up(add_unit(online.course, "text", TEXT, by=clerk), by=clerk)


def test_content_somebody_was_promised_is_not_rewritten(learner, unit, clerk):
    """Nobody has learned yet; the application is enough."""
    with pytest.raises(Refused, match="学ぶ約束の人"):
        edit_unit(unit, {"standard_minutes": 99}, by=clerk)


@pytest.mark.parametrize("state", [EnrolmentState.CANCELLED, EnrolmentState.REJECTED, EnrolmentState.DECLINED])
def test_content_nobody_is_promised_any_more_may_be_rewritten(learner, unit, clerk, state):
    type(learner).objects.update(state=state)

    assert edit_unit(unit, {"standard_minutes": 99}, by=clerk).standard_minutes == 99


def test_plans_are_made_of_the_units_the_run_keeps(opened, unit, clerk):
    publish_unit(add_unit(opened.course, "text", TEXT, by=clerk), by=clerk)

    assert [one.pk for one in online_training(opened).units] == [unit.pk]


# --- a run takes the units of today ---


def test_runs_that_are_over_or_begun_are_not_offered_the_units_of_today(opened, learner, unit, clerk):
    before = runs_behind(opened.course, on=LAST)
    retire_unit(unit, by=clerk)

    found = [runs_behind(opened.course, on=on) for on in (LAST, LAST + timedelta(days=1))]
    finish(learner, unit)

    assert (before, found) == ([], [[opened], []])
    assert runs_behind(opened.course, on=LAST) == []


def test_a_run_nobody_learned_in_takes_the_units_of_today_and_says_so(opened, learner, unit, clerk, firm, trainee):
    newer = publish_unit(make_version(unit, {"title": "二版"}, by=clerk), by=clerk)

    renew_units(opened, by=clerk)
    renew_units(opened, by=clerk)

    opened.refresh_from_db()
    assert opened.kept_units == [newer.pk]
    assert Notification.objects.get(person=trainee.person).body.endswith(f"変更前: 「{unit}」\n変更後: 「二版」")
    entries = JournalEntry.objects.filter(verb="run.renew_units")
    assert set(entries.values_list("concerns", flat=True)) == {opened.course.college_id, firm.pk}
    assert [entry.details for entry in entries] == [{"before": [f"「{unit}」"], "after": ["「二版」"]}] * 2


def test_a_run_somebody_learned_in_stays_with_its_units(opened, learner, unit, clerk):
    open_unit(OwnLog(learner, unit), at=NOON)
    publish_unit(make_version(unit, {"title": "二版"}, by=clerk), by=clerk)

    with pytest.raises(Refused, match="学習が始まっている"):
        renew_units(opened, by=clerk)


@pytest.mark.parametrize("state", [EnrolmentState.COMPLETED, EnrolmentState.NOT_COMPLETED])
def test_a_run_that_is_decided_stays_with_its_units(opened, learner, unit, clerk, state):
    type(learner).objects.update(state=state)
    retire_unit(unit, by=clerk)

    with pytest.raises(Refused, match="学習が始まっている"):
        renew_units(opened, by=clerk)


def test_a_cancelled_run_takes_nothing(opened, unit, clerk):
    type(opened).objects.update(state=RunState.CANCELLED)
    retire_unit(unit, by=clerk)

    with pytest.raises(Refused, match="中止した開講"):
        renew_units(opened, by=clerk)


def test_the_page_of_units_publishes_and_renews(opened, unit, coordinator, officer, stranger):
    desk, clerk = coordinator.client(), coordinator.acting()
    draft = add_unit(opened.course, "text", TEXT, by=clerk)
    before = desk.get(reverse("courses:units", args=[opened.course_id])).content.decode()

    assert stranger.client().post(reverse("courses:unit_publish", args=[draft.pk])).status_code == 404
    assert officer.client().post(reverse("courses:unit_publish", args=[draft.pk])).status_code == 403
    published = desk.post(reverse("courses:unit_publish", args=[draft.pk]), follow=True).content.decode()
    assert stranger.client().post(reverse("courses:run_units_renew", args=[opened.pk])).status_code == 404
    renewed = desk.post(reverse("courses:run_units_renew", args=[opened.pk]), follow=True).content.decode()

    assert ("公開する" in before, "いまの教材に替える" in before) == (True, False)
    assert ("公開する" in published, "いまの教材に替える" in published) == (False, True)
    assert "いまの教材に替える" not in renewed


def test_applying_for_a_run_binds_its_units(opened, unit, people, manager, clerk):
    enrol(opened, people(1), by=manager.acting())

    with pytest.raises(Refused, match="学ぶ約束の人"):
        edit_unit(unit, {"title": "別の名"}, by=clerk)


# --- how many questions a promised test asks ---


@pytest.fixture
def promised_quiz(opened, learner):
    """A published test of two questions that the learner's run keeps."""
    quiz = UnitFactory(course=opened.course, quiz=True)
    QuestionFactory.create_batch(2, unit=quiz)
    type(opened).objects.update(kept_units=[*opened.kept_units, quiz.pk])
    return quiz


def question_facts():
    one = QuestionFactory.build()
    return {"text": one.text, "choices": one.choices, "explanation": ""}


@pytest.mark.parametrize(("draw", "is_refused"), [(0, True), (3, True), (2, False)], ids=["all", "more", "as many"])
def test_a_promised_test_does_not_grow(promised_quiz, clerk, draw, is_refused):
    Unit.objects.filter(pk=promised_quiz.pk).update(draw=draw)
    if not is_refused:
        assert save_question(promised_quiz, question_facts(), by=clerk).unit == promised_quiz
        return

    with pytest.raises(Refused, match="問題の数は変えられません"):
        save_question(promised_quiz, question_facts(), by=clerk)


@pytest.mark.parametrize(("draw", "is_refused"), [(0, True), (2, True), (1, False)], ids=["all", "too few", "enough"])
def test_a_promised_test_does_not_shrink(promised_quiz, clerk, draw, is_refused):
    Unit.objects.filter(pk=promised_quiz.pk).update(draw=draw)
    question = promised_quiz.questions.first()
    if not is_refused:
        retire_question(question, by=clerk)
        assert promised_quiz.questions.filter(retired_at=None).count() == 1
        return

    with pytest.raises(Refused, match="問題の数は変えられません"):
        retire_question(question, by=clerk)


def test_a_question_of_a_promised_test_is_put_right_one_for_one(promised_quiz, clerk):
    wrong = promised_quiz.questions.first()

    right = save_question(promised_quiz, question_facts(), by=clerk, replaces=wrong)

    assert promised_quiz.questions.filter(retired_at=None).count() == 2
    assert right.pk != wrong.pk
