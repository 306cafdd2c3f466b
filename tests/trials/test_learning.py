"""E-learning before the start: given by the adviser, learned by the trialist, asked for before somebody is prepared."""

from datetime import date

import pytest

from courses.models import Enrolment
from firms.errors import Refused
from firms.models import JournalEntry, Notification
from tests.conftest import TODAY
from tests.factories import CourseFactory, EnrolmentFactory, LessonFactory, RunFactory, UnitFactory
from tests.trials.factories import PlacementFactory
from trials.actions.matching import proposals
from trials.actions.matching.learning import assign_learning
from trials.learning import offered_on
from trials.models import Assignment

pytestmark = pytest.mark.django_db

OPEN = {"learn_from": TODAY, "learn_until": date(2027, 3, 31), "apply_until": date(2027, 1, 31), "fee_yen": 0}


def elearning(title="現場の安全の基礎", **given):
    course = CourseFactory(title=title, fee_yen=0, textbook_yen=0)
    UnitFactory(course=course)
    return RunFactory(course=course, **{**OPEN, **given})


def key_of(run):
    return f"run-{run.pk}"


def assign(trial, run, by=None):
    return assign_learning(trial.placement, key=key_of(run), by=(by or trial.adviser).acting())


def test_adviser_gives_a_run_and_the_trialist_has_a_seat_in_it(trial):
    run = elearning()

    for _click in range(2):
        assign(trial, run)

    assert Assignment.objects.values_list("title", flat=True).get() == "現場の安全の基礎"
    seat = Enrolment.objects.get()
    assert (seat.person, seat.run, seat.employment, seat.state) == (trial.placement.person, run, None, "accepted")
    assert JournalEntry.objects.filter(verb="learning.assign").count() == 1
    subjects = set(Notification.objects.filter(person=trial.placement.person).values_list("subject", flat=True))
    assert "開始前のeラーニングが割り当てられました" in subjects


def test_trialist_learns_it_from_their_own_page_and_the_adviser_sees_how_far(trial):
    assign(trial, elearning())
    page, seat = f"/trials/placements/{trial.placement.pk}/", Enrolment.objects.get()
    learn = f"/courses/learn/{seat.pk}/"
    client = trial.trialist.client()

    assert learn in client.get(page).content.decode()
    assert client.get(learn).status_code == 200
    seen = trial.adviser.client().get(page).content.decode()
    assert "1のうち0を終えた" in seen
    assert learn not in seen


def test_what_a_firm_sends_somebody_to_is_none_of_the_adviser_s_business(trial, trainee, run):
    enrolled = EnrolmentFactory(run=elearning("会社の研修"), employment=trainee.person.employments.get())
    Enrolment.objects.filter(pk=enrolled.pk).update(person=trial.placement.person)

    page = f"/trials/placements/{trial.placement.pk}/"
    assert "会社の研修" in trial.trialist.client().get(page).content.decode()
    assert "会社の研修" not in trial.adviser.client().get(page).content.decode()


@pytest.mark.parametrize(
    "given",
    [{"fee_yen": 1}, {"apply_until": date(2026, 11, 19)}, {"selection": "lottery"}, {"state": "preparing"}],
    ids=["paid for", "closed", "drawn", "not open"],
)
def test_what_is_not_free_and_open_is_not_offered_and_refused(trial, given):
    run = elearning(**given)

    assert offered_on(TODAY) == []
    with pytest.raises(Refused, match="いま割り当てられません"):
        assign(trial, run)
    assert not Assignment.objects.exists()


def test_taught_runs_and_full_ones_are_not_offered(trial):
    taught, full = elearning(), elearning("満席", seats=1)
    LessonFactory(run=taught)
    EnrolmentFactory(run=full)

    assert offered_on(TODAY) == []


def test_nobody_is_prepared_before_what_there_is_to_learn_was_given(trial):
    run = elearning()
    with pytest.raises(Refused, match="開始前のeラーニングがまだ割り当てられていません"):
        proposals.prepare(trial.placement, preparation="面談", by=trial.adviser.acting())

    assign(trial, run)
    proposals.prepare(trial.placement, preparation="面談", by=trial.adviser.acting())

    assert trial.state == "prepared"


def test_nothing_is_given_to_whoever_is_at_work_already(trial):
    trial.active()

    with pytest.raises(Refused, match="就労を始める前"):
        assign(trial, elearning())


def test_adviser_gives_it_on_the_page_and_nobody_else_does(trial, other_adviser):
    run = elearning()
    page = f"/trials/placements/{trial.placement.pk}/learning/new/"

    assert trial.trialist.client().post(page, {"key": key_of(run)}).status_code == 403
    assert other_adviser.client().post(page, {"key": key_of(run)}).status_code == 404
    assert trial.adviser.client().post(page, {"key": ""}).context["form"].errors
    trial.adviser.client().post(page, {"key": key_of(run)})

    assert Assignment.objects.get().placement == trial.placement


@pytest.mark.parametrize("runs", [1, 3])
def test_what_is_offered_is_asked_for_in_one_query(trial, django_assert_num_queries, runs):
    for n in range(runs):
        elearning(f"講座{n}")
    PlacementFactory()

    with django_assert_num_queries(1):
        assert len(offered_on(TODAY)) == runs
