"""The question bank of a quiz: written, changed without rewriting what was asked, retired."""

import pytest

from courses.actions.elearning.units import save_question
from courses.models import Question, Unit
from firms.errors import Refused
from tests.factories import UnitFactory

QUIZ = {"title": "確認テスト", "standard_minutes": "5", "body": "", "draw": "0", "pass_percent": "80", "attempts": "3"}


@pytest.fixture
def course(online):
    return online.course


@pytest.fixture
def desk(coordinator):
    return coordinator.client()


QUESTION = {"text": "どれですか", "choice_1": "熱電対", "right_1": "on", "feedback_1": "はい", "choice_2": "近接センサ"}


def test_a_question_is_written_changed_and_retired(course, desk):
    desk.post(f"/courses/{course.pk}/units/new/quiz/", QUIZ)
    quiz = Unit.objects.get()
    desk.post(f"/courses/units/{quiz.pk}/questions/new/", QUESTION)
    first = Question.objects.get()
    desk.post(f"/courses/questions/{first.pk}/edit/", QUESTION | {"text": "直した問題"})
    second = Question.objects.exclude(pk=first.pk).get()
    shown = desk.get(f"/courses/units/{quiz.pk}/questions/").content.decode()
    desk.post(f"/courses/questions/{second.pk}/retire/")

    first.refresh_from_db()
    second.refresh_from_db()
    assert (quiz.attempts, quiz.pass_percent) == (3, 80)
    assert first.choices == [
        {"text": "熱電対", "is_right": True, "feedback": "はい"},
        {"text": "近接センサ", "is_right": False, "feedback": ""},
    ]
    assert first.text == "どれですか"
    assert first.retired_at
    assert second.retired_at
    assert "直した問題" in shown
    assert "どれですか" not in shown


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        pytest.param(QUESTION | {"text": ""}, "問題の文を書いてください", id="no question"),
        pytest.param(QUESTION | {"choice_2": ""}, "選択肢を2つ以上", id="one choice"),
        pytest.param(
            {name: value for name, value in QUESTION.items() if name != "right_1"},
            "正しい選択肢に、印を",
            id="none right",
        ),
    ],
)
def test_a_question_says_what_is_missing(course, desk, form, sentence):
    quiz = UnitFactory(course=course, quiz=True)

    answer = desk.post(f"/courses/units/{quiz.pk}/questions/new/", form)

    assert sentence in answer.content.decode()
    assert not Question.objects.exists()


def test_only_a_quiz_has_questions(course, desk):
    text = UnitFactory(course=course)

    assert desk.get(f"/courses/units/{text.pk}/questions/").status_code == 404


def test_a_question_changed_from_two_pages_leaves_one_behind(course, desk, coordinator):
    desk.post(f"/courses/{course.pk}/units/new/quiz/", QUIZ)
    quiz = Unit.objects.get()
    desk.post(f"/courses/units/{quiz.pk}/questions/new/", QUESTION)
    first = Question.objects.get()

    facts = {"text": "直した問題", "choices": first.choices, "explanation": ""}

    save_question(quiz, facts, by=coordinator.acting(), replaces=first)
    with pytest.raises(Refused, match="もう直されています"):
        save_question(quiz, facts, by=coordinator.acting(), replaces=first)

    assert [one.text for one in Question.objects.filter(retired_at=None)] == ["直した問題"]
