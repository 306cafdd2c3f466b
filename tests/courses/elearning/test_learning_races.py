"""One person in many tabs at once: time counts once, and every end is one end."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.db import connection

from courses.actions.elearning.learning import finish_reading, open_unit, watch
from courses.actions.elearning.ledgers import OwnLog
from courses.actions.elearning.quizzes import answer_quiz, start_quiz
from courses.models import LearningEvent
from firms.errors import Refused
from tests.factories import QuestionFactory, UnitFactory, at

TABS = 6
NOON = at(date(2027, 2, 3), "12:00")
LATER = NOON + timedelta(minutes=10)

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite writes one after the other; PostgreSQL races"),
]


def at_once(action):
    """Whether each of the tabs was let through."""
    start = threading.Barrier(TABS)

    def one(n):
        start.wait()
        try:
            action(n)
        except Refused:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(max_workers=TABS) as pool:
        return list(pool.map(one, range(TABS)))


def test_tabs_at_once_count_the_time_once(learner):
    ledgers = [OwnLog(learner, UnitFactory(course=learner.run.course, video=True)) for _ in range(TABS)]
    for ledger in ledgers:
        open_unit(ledger, at=NOON)

    let_through = at_once(lambda n: watch(ledgers[n], start=0, end=15, at=NOON + timedelta(seconds=15)))

    assert sum(let_through) == 1
    assert LearningEvent.objects.filter(kind="watched").count() == 1


def test_the_end_pressed_in_many_tabs_is_one_end(learner):
    ledger = OwnLog(learner, UnitFactory(course=learner.run.course))
    at_once(lambda n: open_unit(ledger, at=NOON))

    at_once(lambda n: finish_reading(ledger, at=LATER))

    assert list(LearningEvent.objects.order_by("pk").values_list("kind", flat=True)) == ["opened", "read", "completed"]


def test_a_quiz_handed_in_in_many_tabs_is_one_attempt(learner):
    unit = UnitFactory(course=learner.run.course, quiz=True)
    question = QuestionFactory(unit=unit)
    ledger = OwnLog(learner, unit)
    open_unit(ledger, at=NOON)
    at_once(lambda n: start_quiz(ledger, at=NOON))

    at_once(lambda n: answer_quiz(ledger, attempt=1, answers={question.pk: [n % 2]}, at=LATER))

    kinds = list(LearningEvent.objects.exclude(kind="completed").order_by("pk").values_list("kind", flat=True))
    assert kinds == ["opened", "quiz_started", "quiz_answered"]
