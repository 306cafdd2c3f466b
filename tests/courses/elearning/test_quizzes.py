"""Quizzes: questions drawn and frozen, results that stand, attempts that end."""

from datetime import date, timedelta

import pytest

from courses.actions.elearning.learning import open_unit
from courses.actions.elearning.ledgers import OwnLog
from courses.actions.elearning.quizzes import answer_quiz, start_quiz
from courses.actions.elearning.units import retire_question, save_question
from courses.queries.elearning.learning import log_rows, progress_of
from firms.errors import Refused
from tests.factories import QuestionFactory, UnitFactory, at

NOON = at(date(2027, 2, 3), "12:00")
RIGHT, WRONG = [0], [1]


@pytest.fixture
def quiz(learner):
    """Four questions, of which three are asked; 60 % pass; two attempts."""
    unit = UnitFactory(course=learner.run.course, quiz=True, draw=3, pass_percent=60, attempts=2)
    QuestionFactory.create_batch(4, unit=unit)
    ledger = OwnLog(learner, unit)
    open_unit(ledger, at=NOON)
    return ledger


def answers(started, *given):
    return dict(zip(started.data["questions"], given, strict=True))


def hand_in(ledger, *given, minutes=1):
    started = start_quiz(ledger, at=NOON + timedelta(minutes=minutes))
    moment = NOON + timedelta(minutes=minutes, seconds=30)
    return answer_quiz(ledger, attempt=started.data["attempt"], answers=answers(started, *given), at=moment)


def test_an_attempt_draws_from_the_bank(quiz):
    started = start_quiz(quiz, at=NOON)

    drawn = started.data["questions"]
    assert len(set(drawn)) == 3
    assert set(drawn) <= set(quiz.unit.questions.values_list("pk", flat=True))
    assert started.data["attempt"] == 1


def test_a_bank_smaller_than_the_draw_is_asked_whole(learner):
    unit = UnitFactory(course=learner.run.course, quiz=True, draw=5)
    question = QuestionFactory(unit=unit)
    ledger = OwnLog(learner, unit)
    open_unit(ledger, at=NOON)

    assert start_quiz(ledger, at=NOON).data["questions"] == [question.pk]


def test_starting_twice_goes_on_with_the_same_questions(quiz):
    first = start_quiz(quiz, at=NOON)

    assert start_quiz(quiz, at=NOON) == first


def test_two_of_three_pass_at_sixty_percent(quiz, learner):
    result = hand_in(quiz, RIGHT, RIGHT, WRONG)

    kept = {name: result.data[name] for name in ("attempt", "right", "of", "percent", "has_passed")}
    assert kept == {"attempt": 1, "right": 2, "of": 3, "percent": 66, "has_passed": True}
    assert [row.kind for row in log_rows(learner)] == ["opened", "quiz_started", "quiz_answered", "completed"]


def test_a_failed_attempt_completes_nothing(quiz, learner):
    hand_in(quiz, RIGHT, WRONG, WRONG)

    (progress,) = progress_of([learner])[learner.pk].units
    assert (progress.is_done, progress.best_percent) == (False, 33)
    assert not progress_of([learner])[learner.pk].has_passed_every_quiz


def test_the_best_of_several_attempts_is_kept(quiz, learner):
    hand_in(quiz, RIGHT, WRONG, WRONG, minutes=1)
    hand_in(quiz, RIGHT, RIGHT, RIGHT, minutes=5)

    progress = progress_of([learner])[learner.pk]
    assert progress.units[0].best_percent == 100
    assert progress.has_passed_every_quiz


def test_attempts_end(quiz):
    hand_in(quiz, WRONG, WRONG, WRONG, minutes=1)
    hand_in(quiz, WRONG, WRONG, WRONG, minutes=5)

    with pytest.raises(Refused, match="受けられる回数（2回）を使い切りました"):
        start_quiz(quiz, at=NOON + timedelta(minutes=9))


def test_who_passed_starts_no_more(quiz):
    hand_in(quiz, RIGHT, RIGHT, RIGHT)

    with pytest.raises(Refused, match="もう合格しています"):
        start_quiz(quiz, at=NOON + timedelta(minutes=9))


def test_handing_in_twice_keeps_the_first_result(quiz, learner):
    started = start_quiz(quiz, at=NOON)
    first = answer_quiz(quiz, attempt=1, answers=answers(started, WRONG, WRONG, WRONG), at=NOON)

    again = answer_quiz(quiz, attempt=1, answers=answers(started, RIGHT, RIGHT, RIGHT), at=NOON)

    assert again == first
    assert [row.kind for row in log_rows(learner)] == ["opened", "quiz_started", "quiz_answered"]


def test_an_attempt_never_started_is_not_handed_in(quiz):
    with pytest.raises(Refused, match="始まっていません"):
        answer_quiz(quiz, attempt=7, answers={}, at=NOON)


def test_every_question_wants_an_answer(quiz):
    started = start_quiz(quiz, at=NOON)

    with pytest.raises(Refused, match="答えていない問題があります"):
        answer_quiz(quiz, attempt=1, answers=answers(started, RIGHT, [], RIGHT), at=NOON)


@pytest.mark.parametrize(
    ("given", "right"),
    [
        pytest.param([0, 2], 1, id="both right ones"),
        pytest.param([2, 0, 0], 1, id="in any order"),
        pytest.param([0], 0, id="one of two"),
        pytest.param([0, 1, 2], 0, id="everything"),
        pytest.param([0, 2, 9], 0, id="one that is not there"),
    ],
)
def test_several_right_choices_want_all_and_nothing_else(learner, given, right):
    unit = UnitFactory(course=learner.run.course, quiz=True)
    choices = [{"text": t, "is_right": t in "AC", "feedback": ""} for t in "ABC"]
    question = QuestionFactory(unit=unit, choices=choices)
    ledger = OwnLog(learner, unit)
    open_unit(ledger, at=NOON)
    start_quiz(ledger, at=NOON)

    result = answer_quiz(ledger, attempt=1, answers={question.pk: given}, at=NOON)

    assert result.data["right"] == right


def test_a_quiz_without_questions_says_so(learner):
    ledger = OwnLog(learner, UnitFactory(course=learner.run.course, quiz=True))
    open_unit(ledger, at=NOON)

    with pytest.raises(Refused, match="まだ問題がありません"):
        start_quiz(ledger, at=NOON)


def test_a_question_changed_meanwhile_stands_for_the_open_attempt(learner, coordinator):
    unit = UnitFactory(course=learner.run.course, quiz=True)
    question = QuestionFactory(unit=unit)
    ledger = OwnLog(learner, unit)
    open_unit(ledger, at=NOON)
    started = start_quiz(ledger, at=NOON)
    turned = [{**choice, "is_right": not choice["is_right"]} for choice in question.choices]
    facts = {"text": "逆の問題", "choices": turned, "explanation": ""}
    new = save_question(unit, facts, by=coordinator.acting(), replaces=question)

    result = answer_quiz(ledger, attempt=1, answers=answers(started, RIGHT), at=NOON)

    assert result.data["has_passed"]
    assert list(unit.questions.filter(retired_at=None)) == [new]


def test_a_retired_question_is_asked_no_more(quiz, coordinator):
    gone = quiz.unit.questions.first()
    retire_question(gone, by=coordinator.acting())

    assert gone.pk not in start_quiz(quiz, at=NOON).data["questions"]


def test_the_page_shows_result_and_feedback(learning_now, trainee):
    unit = UnitFactory(course=learning_now.run.course, quiz=True)
    question = QuestionFactory(unit=unit)
    browser = trainee.client()
    path = f"/courses/learn/{learning_now.pk}/{unit.pk}/"
    browser.post(path + "open/")
    browser.post(path + "start/")
    asked = browser.get(path).content.decode()

    browser.post(path + "answer/", {"attempt": "1", f"q{question.pk}": "1"})

    shown = browser.get(path).content.decode()
    assert "近接センサは物の有無を見ます。" not in asked
    assert question.explanation not in asked
    for words in ("1問のうち0問が正解（0%）", "近接センサは物の有無を見ます。", question.explanation, "もう一度受ける"):
        assert words in shown


@pytest.mark.parametrize("value", ["", "x", "-1", "999", "①"], ids=repr)
def test_strange_answers_are_no_answers(learning_now, trainee, value):
    unit = UnitFactory(course=learning_now.run.course, quiz=True)
    question = QuestionFactory(unit=unit)
    browser = trainee.client()
    path = f"/courses/learn/{learning_now.pk}/{unit.pk}/"
    browser.post(path + "open/")
    browser.post(path + "start/")

    answer = browser.post(path + "answer/", {"attempt": "1", f"q{question.pk}": value, "qx": "1"}, follow=True)

    assert "答えていない問題があります" in answer.content.decode()
