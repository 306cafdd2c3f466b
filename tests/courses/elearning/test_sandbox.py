"""The sandbox: staff try a unit, and nothing of it is ever seen where learning is counted."""

from pathlib import Path

import pytest
from django.utils.timezone import now

import courses
from courses.actions.elearning.learning import finish_reading, open_unit
from courses.actions.elearning.ledgers import OwnLog, Tried
from courses.models import LearningEvent, SandboxEvent
from courses.policies import may_try_units
from courses.queries.elearning.learning import log_rows, progress_of
from firms.errors import Refused
from firms.models import Membership
from tests.conftest import cast
from tests.factories import EnrolmentFactory, OrganisationFactory, QuestionFactory, UnitFactory

BANNER = "試行：記録は報告に出ません"
# Who may know of the sandbox: its table, where it is written, its readers on the page, and the admin site.
KNOWN = {
    "models/__init__.py",
    "models/elearning/learning.py",
    "actions/elearning/ledgers.py",
    "learning/kinds.py",
    "admin.py",
}


@pytest.fixture
def unit(learning_now):
    return UnitFactory(course=learning_now.run.course)


@pytest.mark.parametrize("who", ["coordinator", "instructor", "officer"])
def test_staff_may_try(request, unit, who):
    staff = request.getfixturevalue(who)

    assert may_try_units(staff.acting(), unit.course)
    browser = staff.client()
    browser.post(f"/courses/units/{unit.pk}/try/open/")
    shown = browser.get(f"/courses/units/{unit.pk}/try/").content.decode()

    assert BANNER in shown
    assert unit.body in shown
    assert [(event.person, event.kind) for event in SandboxEvent.objects.all()] == [(staff.person, "opened")]
    assert not LearningEvent.objects.exists()


@pytest.mark.parametrize("who", ["manager", "trainee", "advisor", "stranger"])
def test_nobody_else_may_try(request, unit, who):
    other = request.getfixturevalue(who)

    assert not may_try_units(other.acting(), unit.course)
    assert other.client().get(f"/courses/units/{unit.pk}/try/").status_code == 404
    assert other.client().post(f"/courses/units/{unit.pk}/try/open/").status_code == 404


def test_another_college_may_not_try(unit):
    other = cast("coordinator", OrganisationFactory(kind="college"), "他校")

    assert other.client().get(f"/courses/units/{unit.pk}/try/").status_code == 404


def test_the_sandbox_is_open_before_the_first_day(learner, coordinator):
    unit = UnitFactory(course=learner.run.course)

    assert coordinator.client().get(f"/courses/units/{unit.pk}/try/").status_code == 200


def test_a_quiz_is_tried_to_its_end_without_a_trace(learning_now, instructor):
    quiz = UnitFactory(course=learning_now.run.course, quiz=True)
    question = QuestionFactory(unit=quiz)
    browser = instructor.client()
    path = f"/courses/units/{quiz.pk}/try/"

    for verb in ("open", "start"):
        browser.post(f"{path}{verb}/")
    shown = browser.post(path + "answer/", {"attempt": "1", f"q{question.pk}": "0"}, follow=True).content.decode()

    assert "合格です" in shown
    assert [event.kind for event in SandboxEvent.objects.order_by("pk")] == [
        "opened",
        "quiz_started",
        "quiz_answered",
        "completed",
    ]
    assert not LearningEvent.objects.exists()
    assert progress_of([learning_now])[learning_now.pk].done == 0
    assert log_rows(learning_now) == []


@pytest.fixture
def both(trainee, college):
    """The trainee, who also teaches at the college."""
    Membership.objects.create(
        person=trainee.person, organisation=college, role="instructor", started_on=trainee.membership.started_on
    )
    return trainee.person


def test_what_is_tried_is_not_learned_by_the_same_person(both, learning_now, unit):
    moment = now()
    open_unit(Tried(both, unit), at=moment)

    with pytest.raises(Refused, match="まだ始めていません"):
        finish_reading(OwnLog(learning_now, unit), at=moment)

    assert progress_of([learning_now])[learning_now.pk].first_opened_at is None


def test_what_is_learned_is_not_seen_in_the_sandbox(both, learning_now, unit):
    open_unit(OwnLog(learning_now, unit), at=now())

    assert Tried(both, unit).events() == []
    assert Tried(both, unit).latest() is None


def test_trying_another_unit_does_not_disturb_learning(both, learning_now, unit):
    """Time in the sandbox is no time anywhere else."""
    open_unit(OwnLog(learning_now, unit), at=now())
    open_unit(Tried(both, UnitFactory(course=unit.course)), at=now())

    assert OwnLog(learning_now, unit).latest_elsewhere() is None


def test_the_people_of_a_sandbox_do_not_see_each_other(unit, coordinator, instructor):
    open_unit(Tried(coordinator.person, unit), at=now())

    assert Tried(instructor.person, unit).events() == []


def test_no_report_can_name_the_sandbox():
    """What counts, certifies, bills or claims does not even know the table: its name stands where it is written alone."""
    home = Path(courses.__file__).parent
    shelves = [home, home.parent / "grants", home.parent / "lms"]
    found = {
        str(path.relative_to(home)) if path.is_relative_to(home) else str(path)
        for shelf in shelves
        for path in shelf.rglob("*.py")
        if "migrations" not in path.parts
        and any(word in path.read_text(encoding="utf-8") for word in ("SandboxEvent", "sandbox_events"))
    }

    assert found <= KNOWN


def test_a_learner_has_no_banner_of_the_sandbox(learning_now, trainee, unit):
    shown = trainee.client().get(f"/courses/learn/{learning_now.pk}/{unit.pk}/").content.decode()

    assert BANNER not in shown


def test_events_of_the_sandbox_fall_to_the_person_not_to_an_enrolment(both, unit):
    seat = EnrolmentFactory(run__course=unit.course)
    open_unit(Tried(both, unit), at=now())

    assert log_rows(seat) == []
