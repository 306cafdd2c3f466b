"""A run's own rules: days, numbers, the online door, learning alone; and where everybody stands, in words."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from courses import policies
from courses.actions.catalogue.runs import cancel_run, edit_run, open_run
from courses.actions.seats.enrolments import enrol
from courses.actions.seats.quotas import reserve_seats
from courses.hooks import LearningDays, _funded_days
from courses.models import Run
from courses.models.catalogue.courses import Method
from courses.queries import has_begun, last_cancel_day, needed_days
from courses.states import EnrolmentState, RunState
from firms.errors import Refused
from firms.models import Notification
from tests.courses.catalogue.test_offering import RUN_FACTS
from tests.courses.test_models import breaks
from tests.factories import EmploymentFactory, EnrolmentFactory, LessonFactory, RunFactory, at

ACCEPTED, OFFERED, WAITLISTED = EnrolmentState.ACCEPTED, EnrolmentState.OFFERED, EnrolmentState.WAITLISTED
LINK = "https://meet.example.jp/room"

# --- the database says it ---


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("run_minimum_within_seats", {"min_seats": 13}),
        ("run_waits_for_an_answer", {"confirm_days": 0}),
        ("run_application_days_in_order", {"apply_from": date(2027, 2, 1)}),
        ("run_learning_days_in_order", {"learn_from": date(2027, 3, 1)}),
        ("run_learning_days_in_order", {"learn_until": date(2027, 3, 1)}),
        ("run_learning_days_in_order", {"learn_from": date(2027, 3, 2), "learn_until": date(2027, 3, 1)}),
    ],
    ids=["minimum", "no day to answer", "applications end first", "no end", "no begin", "backwards"],
)
def test_run_constraints(name, fields, db):
    breaks(name, lambda: RunFactory(**fields))


def test_enrolment_offer_has_its_day(run, seated):
    breaks("enrolment_offer_has_its_day", lambda: seated(run, state=OFFERED))


# --- the form ---


def run_form(coordinator, coming, **changed):
    facts = RUN_FACTS | {
        "apply_until": coming.apply_until,
        "selection": "first_come",
        "min_seats": 1,
        "confirm_days": 3,
    }
    return coordinator.client().post(reverse("courses:run_edit", args=[coming.pk]), facts | changed)


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"min_seats": 13}, "min_seats", "最少開講人数は定員までの数にしてください。"),
        ({"confirm_days": 0}, "confirm_days", "1日以上にしてください。"),
        ({"apply_from": "2099-01-01"}, "apply_from", "申込開始日は申込締切日までの日にしてください。"),
        ({"learn_from": "2099-01-01"}, "learn_until", "学習を始められる日と終える日は、両方を入力してください。"),
        ({"learn_until": "2099-01-01"}, "learn_from", "学習を始められる日と終える日は、両方を入力してください。"),
        (
            {"learn_from": "2099-01-02", "learn_until": "2099-01-01"},
            "learn_until",
            "学習を終える日は、始められる日以後にしてください。",
        ),
        ({"link": "会議室"}, "link", "https:// から始まるURLを入力してください。"),
    ],
)
def test_run_form_says_what_does_not_agree_at_the_field(changed, field, sentence, coordinator, coming):
    response = run_form(coordinator, coming, **changed)

    assert response.context["form"].errors == {field: [sentence]}


def test_run_form_keeps_every_field(coordinator, coming):
    wanted = {"selection": "lottery", "min_seats": 4, "confirm_days": 5, "link": LINK}
    days = {"apply_from": localdate(), "cancel_until": coming.apply_until}

    run_form(coordinator, coming, **wanted, **days)

    coming.refresh_from_db()
    assert {name: getattr(coming, name) for name in [*wanted, *days]} == {**wanted, **days}


def test_run_form_for_a_course_learned_at_home_begins_online(coordinator, run):
    run.course.__class__.objects.update(method=Method.E_LEARNING)

    form = coordinator.client().get(reverse("courses:run_new", args=[run.course_id])).context["form"]

    assert (form.initial["venue"], form.initial["venue_address"]) == ("オンライン", "")


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"selection": "lottery"}, "selection"), ({"cancel_until": date(2027, 1, 1)}, "cancel_until")],
)
def test_what_people_applied_under_stays(changed, field, coordinator, run, seated):
    seated(run)

    with pytest.raises(Refused, match="申込みがある開講") as refused:
        edit_run(run, RUN_FACTS | changed, by=coordinator.acting())

    assert refused.value.field == field


def test_what_a_firm_reserved_seats_under_stays(coordinator, manager, run):
    reserve_seats(run, 2, name_until=date(2027, 1, 20), by=manager.acting())

    with pytest.raises(Refused, match="受講料は変えられません") as refused:
        edit_run(run, RUN_FACTS | {"fee_yen": 33_000}, by=coordinator.acting())

    assert refused.value.field == "fee_yen"


def test_the_last_day_to_cancel_may_be_moved_on(coordinator, run, seated):
    Run.objects.filter(pk=run.pk).update(cancel_until=date(2027, 1, 1))
    seated(run)

    edit_run(run, RUN_FACTS | {"cancel_until": date(2027, 1, 20)}, by=coordinator.acting())

    run.refresh_from_db()
    assert run.cancel_until == date(2027, 1, 20)


def test_the_last_day_to_cancel_lies_before_the_run(coordinator, run):
    with pytest.raises(Refused, match="取消しができる最後の日は最初のコマ（2027年2月3日）より前") as refused:
        edit_run(run, RUN_FACTS | {"cancel_until": date(2027, 2, 3)}, by=coordinator.acting())

    assert refused.value.field == "cancel_until"


@pytest.mark.parametrize(
    ("cancel_until", "expected"),
    [(None, date(2027, 2, 2)), (date(2027, 1, 20), date(2027, 1, 20)), (date(2027, 3, 1), date(2027, 2, 2))],
    ids=["the eve", "as the run says", "never once it has begun"],
)
def test_last_cancel_day(cancel_until, expected, run):
    run.cancel_until = cancel_until

    assert last_cancel_day(run, list(run.lessons.all())) == expected


# --- applications ---


def test_applications_open_on_their_day(manager, run, people):
    Run.objects.filter(pk=run.pk).update(apply_from=date(2026, 12, 1))
    employments = people(1)

    with pytest.raises(Refused, match="申込みは2026年12月1日から受け付けます"):
        enrol(run, employments, by=manager.acting())
    enrol(run, employments, by=manager.acting(today=date(2026, 12, 1)))

    assert run.enrolments.get().state == ACCEPTED


def test_run_page_says_when_applications_open(manager, coming):
    Run.objects.filter(pk=coming.pk).update(apply_from=localdate() + timedelta(days=1))

    html = manager.client().get(reverse("courses:run", args=[coming.pk])).content.decode()

    assert "から受け付けます。" in html
    assert reverse("courses:enrol", args=[coming.pk]) not in html


# --- learned alone ---


@pytest.fixture
def alone(college):
    """An e-learning run of a month, without a lesson."""
    return RunFactory(
        course__college=college,
        course__method=Method.E_LEARNING,
        learn_from=date(2027, 2, 3),
        learn_until=date(2027, 3, 3),
        state=RunState.PREPARING,
    )


def test_an_e_learning_run_opens_without_lessons(coordinator, alone):
    open_run(alone, by=coordinator.acting())

    alone.refresh_from_db()
    assert alone.state == RunState.OPEN


def test_a_class_needs_lessons_even_with_days_of_learning(coordinator, alone):
    alone.course.__class__.objects.update(method=Method.CLASS)

    with pytest.raises(Refused, match="コマが1つもありません"):
        open_run(alone, by=coordinator.acting())


def test_e_learning_closes_applications_before_its_first_day(coordinator, alone):
    Run.objects.filter(pk=alone.pk).update(apply_until=date(2027, 2, 3))

    with pytest.raises(Refused, match="より前の日にしてください"):
        open_run(alone, by=coordinator.acting())


def test_open_e_learning_keeps_its_days(coordinator, alone):
    open_run(alone, by=coordinator.acting())

    with pytest.raises(Refused, match="学習を始められる日と終える日が必要です") as refused:
        edit_run(alone, RUN_FACTS | {"learn_from": None, "learn_until": None}, by=coordinator.acting())

    assert refused.value.field == "learn_from"


def test_e_learning_begins_with_its_first_day(alone):
    assert has_begun(alone, [], on=date(2027, 2, 2)) is False
    assert has_begun(alone, [], on=date(2027, 2, 3)) is True
    assert needed_days(alone, []) == [date(2027, 2, 3), date(2027, 3, 3)]
    assert list(Run.objects.begun(on=date(2027, 2, 3))) == [alone]
    assert list(Run.objects.not_begun(on=date(2027, 2, 2))) == [alone]


def test_e_learning_is_coming_until_its_last_day(alone):
    assert list(Run.objects.coming(on=date(2027, 3, 3))) == [alone]
    assert list(Run.objects.coming(on=date(2027, 3, 4))) == []


def test_e_learning_takes_people_employed_to_its_last_day(manager, coordinator, alone, people):
    open_run(alone, by=coordinator.acting())
    (leaving,) = people(1, ended_on=date(2027, 3, 2))

    with pytest.raises(Refused, match="2027年3月3日に「"):
        enrol(alone, [leaving], by=manager.acting())


@pytest.mark.parametrize("name", ["run", "enrol"])
def test_pages_of_a_run_without_lessons_open(name, manager, people, alone):
    people(1)
    Run.objects.update(state=RunState.OPEN)

    html = manager.client().get(reverse(f"courses:{name}", args=[alone.pk])).content.decode()

    assert "2027年2月3日" in html


def test_confirming_page_of_a_run_without_lessons_opens(manager, people, alone, establishment):
    Run.objects.update(state=RunState.OPEN, learn_from=localdate() + timedelta(days=60), learn_until=date(2099, 3, 3))
    Run.objects.update(apply_until=localdate() + timedelta(days=30))
    chosen = {"establishment": establishment.pk, "employments": [one.pk for one in people(1)]}

    response = manager.client().get(reverse("courses:enrol", args=[alone.pk]), chosen)

    assert response.templates[0].name == "courses/seats/enrol_confirm.html"


# --- the online door ---


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("coordinator", True),
        ("instructor", True),
        ("officer", True),
        ("trainee", True),
        ("manager", False),
        ("stranger", False),
    ],
)
def test_the_link_is_for_those_with_a_seat_and_the_staff(who, sees, request, trainee, coming):
    Run.objects.filter(pk=coming.pk).update(link=LINK)
    EnrolmentFactory(run=coming, employment=trainee.person.employments.get())

    html = request.getfixturevalue(who).client().get(reverse("courses:run", args=[coming.pk])).content.decode()

    assert (LINK in html) is sees


def test_the_link_is_not_for_those_who_wait(trainee, coming):
    Run.objects.filter(pk=coming.pk).update(link=LINK)
    EnrolmentFactory(run=coming, employment=trainee.person.employments.get(), state=WAITLISTED)

    for name, args in (("run", [coming.pk]), ("my_enrolments", [])):
        assert LINK not in trainee.client().get(reverse(f"courses:{name}", args=args)).content.decode()


def test_the_letter_to_who_has_a_seat_carries_the_link(manager, run, people):
    Run.objects.filter(pk=run.pk).update(link=LINK)

    (enrolment,) = enrol(run, people(1), by=manager.acting())

    assert LINK in Notification.objects.get(person=enrolment.person).body


def test_may_see_link(run, officer, coordinator, instructor, manager, trainee, advisor, stranger):
    EnrolmentFactory(run=run, employment=trainee.person.employments.get())
    everyone = [officer, coordinator, instructor, manager, trainee, advisor, stranger]

    assert [one for one in everyone if policies.may_see_link(one.acting(), run)] == [*everyone[:3], trainee]


def test_may_answer_offer(run, officer, coordinator, manager, trainee, advisor, stranger):
    employment = trainee.person.employments.get()
    offered = EnrolmentFactory(
        run=run, employment=employment, state=OFFERED, answer_until=at(date(2027, 1, 1), "23:59")
    )
    everyone = [officer, coordinator, manager, trainee, advisor, stranger]

    assert [one for one in everyone if policies.may_answer_offer(one.acting(), offered)] == [manager, trainee]


def test_may_name_people(run, officer, coordinator, manager, trainee, advisor, stranger):
    quota = run.quotas.create(
        firm=manager.organisation, seats=1, unnamed=1, name_until=date(2027, 1, 1), reserved_by=manager.person
    )
    everyone = [officer, coordinator, manager, trainee, advisor, stranger]

    assert [one for one in everyone if policies.may_name_people(one.acting(), quota)] == [manager]


# --- a run cancelled with a plan filed ---


@pytest.fixture
def filed():
    """Every enrolment asked about is in a filed plan."""
    days = LearningDays(date(2027, 2, 3), date(2027, 2, 10), "計画届")

    def answer(enrolments):
        return {one.pk: days for one in enrolments}

    _funded_days.append(answer)
    yield
    _funded_days.remove(answer)


def test_cancelling_a_run_with_a_plan_filed_tells_firm_and_advisor_of_the_plan(
    filed, coordinator, manager, advisor, run, seated
):
    seated(run)

    cancel_run(run, reason="講師の都合", by=coordinator.acting())

    letters = Notification.objects.filter(subject__startswith="計画届の取下げか変更が必要です")
    assert {letter.person for letter in letters} == {manager.person, advisor.person}
    assert all("取り下げるか、別の開講に変更する届" in letter.body for letter in letters)


def test_cancelling_a_run_without_a_plan_speaks_of_none(coordinator, manager, advisor, run, seated):
    seated(run)

    cancel_run(run, reason="講師の都合", by=coordinator.acting())

    assert not Notification.objects.filter(subject__startswith="計画届").exists()
    assert not Notification.objects.filter(person=advisor.person).exists()


def test_full_counts_offers_and_reserved_seats(manager, run):
    run.quotas.create(
        firm=manager.organisation, seats=3, unnamed=2, name_until=date(2027, 1, 1), reserved_by=manager.person
    )
    until = at(date(2027, 1, 1), "23:59")
    for state in (ACCEPTED, OFFERED, EnrolmentState.COMPLETED, WAITLISTED, EnrolmentState.CANCELLED):
        EnrolmentFactory(run=run, employment=EmploymentFactory(), state=state, answer_until=until)

    found = Run.objects.with_seats().get(pk=run.pk)

    assert (found.held, found.reserved, found.taken, found.free) == (3, 2, 5, 7)


def test_lesson_page_leaves_a_place_for_what_a_move_does_to_plans(coordinator, coming):
    lesson = LessonFactory(run=coming, number=3, day=localdate() + timedelta(days=40))

    response = coordinator.client().get(reverse("courses:lesson_edit", args=[lesson.pk]))

    assert "courses/slots/lesson_effect.html" in {template.name for template in response.templates}
