"""The hard gate: before the first day nothing opens, after the last day nothing counts, by the day in Tokyo."""

from datetime import date

import pytest
import time_machine
from django.utils import timezone

from courses import hooks
from courses.actions.elearning.learning import fetch_file, finish_reading, open_unit, watch
from courses.actions.elearning.ledgers import OwnLog
from courses.actions.elearning.quizzes import answer_quiz, start_quiz
from courses.hooks import LearningDays
from courses.models import Enrolment, LearningEvent, Run
from courses.queries.elearning.learning import gate_of, gates
from courses.states import EnrolmentState, RunState
from firms.errors import Refused
from firms.files import store as files
from tests.courses.conftest import FIRST_DAY, LAST_DAY
from tests.factories import EmploymentFactory, EnrolmentFactory, QuestionFactory, UnitFactory, at

EVE, MORNING = at(date(2027, 1, 31), "23:59"), at(FIRST_DAY, "00:00")
NIGHT, AFTER = at(LAST_DAY, "23:59"), at(date(2027, 3, 1), "00:00")
CAPTIONS = b"WEBVTT\n\n00:00.000 --> 00:02.000\nHello\n"
SECRET = "熱電対の取付け手順"


@pytest.fixture
def units(learner):
    """One unit of each kind, and the words of each that must not be seen before the day."""
    course = learner.run.course
    film = files.store(b"\x00\x00\x00\x18ftypmp42 film", media_type="video/mp4")
    captions = files.store(CAPTIONS, media_type="text/vtt")
    handout = files.store(b"%PDF-1.7 handout", media_type="application/pdf")
    quiz = UnitFactory(course=course, quiz=True, title=f"{SECRET} テスト")
    QuestionFactory(unit=quiz)
    return {
        "text": UnitFactory(course=course, title=SECRET, body=SECRET),
        "video": UnitFactory(
            course=course, video=True, title=f"{SECRET} 動画", video_url="", file=film, captions=captions
        ),
        "file": UnitFactory(
            course=course, kind="file", title=f"{SECRET} 資料", file=handout, file_name=f"{SECRET}.pdf"
        ),
        "quiz": quiz,
    }


@pytest.fixture
def funded():
    """Puts a plan's days on everybody, as grants/ does through its hook."""
    registered = list(hooks._funded_days)

    def make(first, last):
        days = LearningDays(first, last, because="計画届の訓練期間")
        hooks._funded_days[:] = [lambda enrolments: {one.pk: days for one in enrolments}]

    yield make
    hooks._funded_days[:] = registered


PAGES = [
    pytest.param("text", "", id="text"),
    pytest.param("video", "", id="video"),
    pytest.param("file", "", id="file"),
    pytest.param("quiz", "", id="quiz"),
    pytest.param("video", "media/video/", id="video file"),
    pytest.param("video", "media/captions/", id="captions"),
    pytest.param("file", "media/file/", id="handout"),
]
VERBS = [
    pytest.param("text", "open", id="open"),
    pytest.param("text", "finish", id="finish"),
    pytest.param("video", "watched", id="watched"),
    pytest.param("video", "dead", id="dead"),
    pytest.param("file", "fetch", id="fetch"),
    pytest.param("quiz", "start", id="start"),
    pytest.param("quiz", "answer", id="answer"),
]


def content_of(response):
    return b"".join(response) if response.streaming else response.content


@pytest.mark.parametrize(("kind", "rest"), PAGES)
def test_pages_and_files_open_at_midnight_of_the_first_day(units, learner, trainee, kind, rest):
    address = f"/courses/learn/{learner.pk}/{units[kind].pk}/{rest}"

    with time_machine.travel(EVE, tick=False):
        before = trainee.client().get(address)
    with time_machine.travel(MORNING, tick=False):
        after = trainee.client().get(address)

    assert before.status_code == 403
    assert "学習は2027年2月1日から始められます。" in before.content.decode()
    assert SECRET not in before.content.decode()
    assert b"film" not in before.content
    assert after.status_code == 200
    assert content_of(after)


@pytest.mark.parametrize(("kind", "rest"), PAGES)
def test_pages_stay_readable_after_the_last_day(units, learner, trainee, kind, rest):
    address = f"/courses/learn/{learner.pk}/{units[kind].pk}/{rest}"

    with time_machine.travel(AFTER, tick=False):
        response = trainee.client().get(address)

    assert response.status_code == 200
    assert content_of(response)


@pytest.mark.parametrize("address", ["/courses/learn/", "/courses/learn/{pk}/"], ids=["list", "run"])
def test_the_names_of_units_are_not_shown_on_the_eve(units, learner, trainee, address):
    with time_machine.travel(EVE, tick=False):
        before = trainee.client().get(address.format(pk=learner.pk)).content.decode()

    assert SECRET not in before
    assert "学習は2027年2月1日から始められます。" in before


def test_the_names_of_units_are_shown_from_midnight(units, learner, trainee):
    with time_machine.travel(MORNING, tick=False):
        shown = trainee.client().get(f"/courses/learn/{learner.pk}/").content.decode()

    assert SECRET in shown


@pytest.mark.parametrize(("kind", "verb"), VERBS)
@pytest.mark.parametrize("moment", [EVE, AFTER], ids=["on the eve", "after the last day"])
def test_no_button_writes_outside_the_days(units, learner, trainee, kind, verb, moment):
    form = {"start": "0", "end": "1", "attempt": "1"}

    with time_machine.travel(moment, tick=False):
        trainee.client().post(f"/courses/learn/{learner.pk}/{units[kind].pk}/{verb}/", form)

    assert not LearningEvent.objects.exists()


@pytest.mark.parametrize("kind", ["text", "video", "file", "quiz"])
def test_every_kind_opens_on_the_last_minute_and_not_on_the_next(units, learner, kind):
    ledger = OwnLog(learner, units[kind])

    with pytest.raises(Refused, match="期間が終わったため記録されません"):
        open_unit(ledger, at=AFTER)
    with pytest.raises(Refused, match="学習は2027年2月1日から"):
        open_unit(ledger, at=EVE)
    assert open_unit(ledger, at=NIGHT).at == NIGHT


def test_what_was_begun_in_time_does_not_end_after_the_last_day(units, learner):
    """Every action asks the gate itself, not only the first one."""
    text, video, file, quiz = (OwnLog(learner, units[kind]) for kind in ("text", "video", "file", "quiz"))
    for ledger in (text, video, file, quiz):
        open_unit(ledger, at=at(LAST_DAY, "12:00"))
    started = start_quiz(quiz, at=NIGHT)
    written = LearningEvent.objects.count()
    late = [
        lambda: finish_reading(text, at=AFTER),
        lambda: watch(video, start=0, end=15, at=AFTER),
        lambda: fetch_file(file, at=AFTER),
        lambda: answer_quiz(quiz, attempt=1, answers={started.data["questions"][0]: [0]}, at=AFTER),
        lambda: start_quiz(quiz, at=AFTER),
    ]

    for action in late:
        with pytest.raises(Refused, match="期間が終わったため記録されません"):
            action()

    assert LearningEvent.objects.count() == written


def test_a_plan_narrows_the_days(learner, funded):
    funded(date(2027, 2, 10), date(2027, 2, 20))

    gate = gate_of(learner, on=date(2027, 2, 9))

    assert (gate.first, gate.last, gate.because) == (date(2027, 2, 10), date(2027, 2, 20), "計画届の訓練期間")
    assert not gate.opens
    assert gate_of(learner, on=date(2027, 2, 20)).counts
    assert not gate_of(learner, on=date(2027, 2, 21)).counts


def test_a_plan_never_widens_the_days(learner, funded):
    funded(date(2027, 1, 1), date(2027, 12, 31))

    gate = gate_of(learner, on=FIRST_DAY)

    assert (gate.first, gate.last, gate.because) == (FIRST_DAY, LAST_DAY, "連携校が決めた学習期間")


def test_a_plan_and_a_run_that_never_meet_open_nothing_that_counts(learner, funded):
    funded(date(2027, 3, 10), date(2027, 3, 20))

    assert not any(gate_of(learner, on=day).counts for day in (FIRST_DAY, LAST_DAY, date(2027, 3, 10)))


def test_lessons_give_the_days_of_a_blended_run(run, seated):
    (enrolment,) = seated(run)

    gate = gate_of(enrolment, on=date(2027, 2, 3))

    assert (gate.first, gate.last, gate.counts) == (date(2027, 2, 3), date(2027, 2, 10), True)
    assert not gate_of(enrolment, on=date(2027, 2, 2)).opens


def test_a_lesson_that_ends_at_midnight_is_one_of_its_evening(run, seated):
    (enrolment,) = seated(run)
    run.lessons.exclude(number=1).delete()
    run.lessons.update(starts_at=at(date(2027, 2, 10), "20:00"), ends_at=at(date(2027, 2, 11), "00:00"))

    gate = gate_of(enrolment, on=date(2027, 2, 11))

    assert (gate.last, gate.counts) == (date(2027, 2, 10), False)


def test_without_any_days_nothing_opens(learner):
    learner.run.learn_from = learner.run.learn_until = None
    learner.run.save()

    gate = gate_of(learner, on=FIRST_DAY)

    assert not gate.opens
    assert "期間がまだ決まっていません" in gate.sentence


def test_a_cancelled_run_opens_nothing(online, people):
    Run.objects.filter(pk=online.pk).update(state=RunState.CANCELLED)
    (employment,) = people(1)
    learner = EnrolmentFactory(run=Run.objects.get(pk=online.pk), employment=employment)

    assert "中止になったため" in gate_of(learner, on=FIRST_DAY).sentence


@pytest.mark.parametrize("state", [EnrolmentState.REQUESTED, EnrolmentState.WAITLISTED, EnrolmentState.CANCELLED])
def test_without_a_seat_nothing_opens(online, people, state):
    (employment,) = people(1)
    enrolment = EnrolmentFactory(run=online, employment=employment, state=state)

    assert "受講が決まっていない" in gate_of(enrolment, on=FIRST_DAY).sentence


def test_who_leaves_the_firm_learns_no_more_for_it(learner):
    learner.employment.ended_on = date(2027, 2, 10)
    learner.employment.save()

    assert gate_of(learner, on=date(2027, 2, 10)).counts
    assert "在籍が終わっている" in gate_of(learner, on=date(2027, 2, 11)).sentence


def test_new_terms_at_the_same_firm_go_on(learner, establishment, pattern):
    learner.employment.ended_on = date(2027, 2, 10)
    learner.employment.save()
    EmploymentFactory(person=learner.person, establishment=establishment, pattern=pattern, started_on=date(2027, 2, 11))

    assert gate_of(learner, on=date(2027, 2, 11)).counts


def test_who_pays_for_themselves_has_no_firm_to_leave(online, trainee):
    enrolment = EnrolmentFactory(run=online, employment=None, person=trainee.person, applied_by=trainee.person)

    assert gate_of(enrolment, on=FIRST_DAY).counts


@pytest.mark.parametrize("n", [1, 3])
def test_gates_ask_the_same_however_many_there_are(online, seated, n, django_assert_num_queries):
    seated(online, n)
    enrolments = list(Enrolment.objects.all())

    with django_assert_num_queries(4):
        hooks_without_grants(enrolments)


def hooks_without_grants(enrolments):
    """The gate's own queries; what the apps above ask is theirs to count."""
    kept = list(hooks._funded_days)
    hooks._funded_days.clear()
    try:
        gates(enrolments, on=FIRST_DAY)
    finally:
        hooks._funded_days[:] = kept


def test_the_day_is_the_one_in_tokyo(learner):
    """15:00 UTC on the eve is midnight of the first day in Tokyo."""
    with time_machine.travel("2027-01-31T15:00:00+00:00", tick=False):
        assert gate_of(learner, on=timezone.localdate()).opens
    with time_machine.travel("2027-01-31T14:59:59+00:00", tick=False):
        assert not gate_of(learner, on=timezone.localdate()).opens
