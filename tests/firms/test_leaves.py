"""休業・休職: recorded and put right, and what a day of leave takes out."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from courses.actions.attendance.pace import warn_of_pace
from courses.models import Enrolment
from courses.queries.attendance.hours import own_hours
from courses.queries.attendance.paces import paces
from firms.actions.leaves import correct_leave, record_leave
from firms.errors import Refused
from firms.models import Correction, JournalEntry, Leave
from firms.words.details import in_words
from firms.working_time import working_minutes
from grants.queries import forecast
from tests.factories import EmploymentFactory, EnrolmentFactory, EstablishmentFactory

FIRST, LAST = date(2027, 2, 1), date(2027, 2, 5)
ONE_DAY = timedelta(days=1)


@pytest.fixture
def employment(establishment, pattern):
    return EmploymentFactory(establishment=establishment, pattern=pattern, started_on=date(2022, 4, 1))


def taken(employment, manager, first=FIRST, last=LAST, kind="childcare"):
    return record_leave(employment, by=manager.acting(), kind=kind, started_on=first, ended_on=last)


# --- recording ---


def test_manager_records_a_leave_and_sees_it(manager, employment):
    page = manager.client().post(
        reverse("firms:leave_new", args=[employment.pk]),
        {"kind": "childcare", "started_on": "2027-02-01", "ended_on": "2027-02-05"},
        follow=True,
    )

    assert Leave.objects.values_list("kind", "started_on", "ended_on").get() == ("childcare", FIRST, LAST)
    assert "育児休業" in page.content.decode()
    (entry,) = JournalEntry.objects.filter(verb="leave.record", concerns=manager.organisation)
    assert in_words(entry.details) == [
        ("休業", "育児休業"),
        ("最初の日", "2027年2月1日"),
        ("最後の日", "2027年2月5日"),
    ]


def test_recorded_twice_is_one(manager, employment):
    assert taken(employment, manager) == taken(employment, manager)
    assert Leave.objects.count() == 1


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        (date(2022, 3, 31), LAST, "started_on"),
        (date(2022, 4, 1), LAST, None),
        (FIRST, FIRST - ONE_DAY, "ended_on"),
        (FIRST, FIRST, None),
        (FIRST, date(2040, 1, 1), "ended_on"),
        (FIRST, None, None),
    ],
    ids=["before the hire", "from the hire", "ends before it begins", "one day", "far away", "open"],
)
def test_leave_lies_within_the_employment(manager, employment, first, last, field):
    try:
        taken(employment, manager, first, last)
        refused = None
    except Refused as refusal:
        refused = refusal.field

    assert refused == field


def test_leave_after_the_end_of_the_employment_is_refused(manager, establishment, pattern):
    ended = EmploymentFactory(establishment=establishment, pattern=pattern, ended_on=FIRST)

    taken(ended, manager, FIRST, FIRST)
    with pytest.raises(Refused, match="雇用の期間の中"):
        taken(ended, manager, FIRST + ONE_DAY, LAST)


@pytest.mark.parametrize(
    ("first", "last", "meets"),
    [
        (FIRST - ONE_DAY, FIRST - ONE_DAY, False),
        (FIRST - ONE_DAY, FIRST, True),
        (LAST, None, True),
        (LAST + ONE_DAY, None, False),
    ],
    ids=["the day before", "its first day", "its last day", "the day after"],
)
def test_two_leaves_do_not_meet(manager, employment, first, last, meets):
    taken(employment, manager)

    if meets:
        with pytest.raises(Refused, match="重なります"):
            taken(employment, manager, first, last)
    else:
        taken(employment, manager, first, last)
    assert Leave.objects.count() == (1 if meets else 2)


@pytest.mark.parametrize(
    ("who", "status"), [("manager", 200), ("advisor", 403), ("trainee", 404), ("coordinator", 404), ("officer", 404)]
)
def test_only_the_employer_records_leaves(request, employment, who, status):
    one = request.getfixturevalue(who)

    assert one.client().get(reverse("firms:leave_new", args=[employment.pk])).status_code == status


def test_leave_of_another_firm_is_not_found(manager):
    other = EmploymentFactory(establishment=EstablishmentFactory())
    leave = Leave.objects.create(person=other.person, establishment=other.establishment, kind="other", started_on=FIRST)

    page = manager.client().get(reverse("firms:leave_correct", args=[leave.pk]))

    assert page.status_code == 404


@pytest.mark.parametrize(("who", "sees"), [("manager", 1), ("advisor", 1), ("coordinator", 0), ("officer", 0)])
def test_leave_is_seen_as_the_employment_is(request, manager, employment, who, sees):
    one = request.getfixturevalue(who)
    taken(employment, manager)

    assert Leave.objects.visible_to(one.acting()).count() == sees


# --- putting right ---


def correction(**changes):
    return {
        "kind": "childcare",
        "started_on": FIRST,
        "ended_on": LAST,
        "is_withdrawn": False,
        "reason": "復職の日が決まった",
        **changes,
    }


def test_return_to_work_is_written_down_with_its_reason(manager, employment):
    leave = taken(employment, manager, last=None)

    page = manager.client().post(
        reverse("firms:leave_correct", args=[leave.pk]),
        {"kind": "childcare", "started_on": "2027-02-01", "ended_on": "2027-02-05", "reason": "復職の日が決まった"},
    )

    leave.refresh_from_db()
    assert (page.status_code, leave.ended_on) == (302, LAST)
    assert Correction.objects.of(leave).values_list("field", "before", "after").get() == (
        "ended_on",
        None,
        "2027-02-05",
    )


def test_correction_without_a_reason_is_asked_for_one(manager, employment):
    leave = taken(employment, manager)

    with pytest.raises(Refused, match="訂正の理由"):
        correct_leave(employment, leave, by=manager.acting(), **correction(ended_on=LAST + ONE_DAY, reason=" "))


def test_leave_taken_back_counts_no_more_and_gives_way(manager, employment):
    leave = taken(employment, manager)

    correct_leave(employment, leave, by=manager.acting(), **correction(is_withdrawn=True, reason="別の人だった"))

    employment.refresh_from_db()
    assert employment.leave_on(FIRST) is None
    assert taken(employment, manager).pk != leave.pk


def test_leave_moves_with_the_establishment_it_was_registered_at(manager, employment, firm):
    leave, other = taken(employment, manager), EstablishmentFactory(organisation=firm)
    person = employment.person

    manager.client().post(
        reverse("firms:employment_correct", args=[employment.pk]),
        {name: getattr(person, name) for name in ("family_name", "given_name", "family_kana", "given_kana")}
        | {"establishment": other.pk, "started_on": "2022-04-01", "reason": "登録の誤り"},
    )

    leave.refresh_from_db()
    assert leave.establishment == other


# --- what the database holds ---


def test_values_change_behind_a_correction_alone(manager, employment):
    leave = taken(employment, manager)

    with pytest.raises(IntegrityError), transaction.atomic():
        Leave.objects.filter(pk=leave.pk).update(started_on=FIRST - ONE_DAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        leave.delete()


@pytest.mark.parametrize(
    "fields",
    [{"ended_on": FIRST - ONE_DAY}, {"kind": "holiday"}],
    ids=["leave_ends_after_start", "leave_kind_known"],
)
def test_constraint_refuses(request, employment, fields):
    wanted = {"kind": "other", "started_on": FIRST, "ended_on": LAST} | fields

    with pytest.raises(IntegrityError, match=request.node.callspec.id), transaction.atomic():
        Leave.objects.create(person=employment.person, establishment=employment.establishment, **wanted)


def test_leave_open_once(employment):
    def begin(day):
        Leave.objects.create(
            person=employment.person, establishment=employment.establishment, kind="other", started_on=day
        )

    begin(FIRST)
    with (
        pytest.raises(IntegrityError, match=r"leave_open_once|leave_no_overlap|UNIQUE constraint failed"),
        transaction.atomic(),
    ):
        begin(LAST)


@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="EXCLUDE exists on PostgreSQL; on SQLite the action guards"
)
def test_leave_no_overlap(manager, employment):
    taken(employment, manager)

    with pytest.raises(IntegrityError, match="leave_no_overlap"), transaction.atomic():
        Leave.objects.create(
            person=employment.person, establishment=employment.establishment, kind="other", started_on=LAST
        )


# --- what follows from it ---


@pytest.mark.parametrize(
    ("first", "last", "minutes"),
    [
        (FIRST, FIRST, 0),
        (FIRST - ONE_DAY, FIRST - ONE_DAY, 480),
        (FIRST + ONE_DAY, None, 480),
        (FIRST - ONE_DAY, None, 0),
    ],
    ids=["that day", "until the day before", "from the day after", "open"],
)
def test_nobody_works_on_leave(manager, employment, first, last, minutes):
    taken(employment, manager, first, last)

    assert working_minutes(employment, FIRST, []) == minutes


def test_leave_at_another_establishment_takes_nothing_here(employment):
    Leave.objects.create(person=employment.person, establishment=EstablishmentFactory(), kind="other", started_on=FIRST)

    assert working_minutes(employment, FIRST, []) == 480


def test_leave_in_the_training_is_told_and_draws_no_wage_aid(manager, run, establishment, employment):
    lesson = run.lessons.first()
    before = forecast(run, establishment, [employment], date(2026, 11, 20))
    taken(employment, manager, lesson.on, lesson.on)
    employment.refresh_from_db()

    after = forecast(run, establishment, [employment], date(2026, 11, 20))

    assert before.wage_aid - after.wage_aid == 6_000
    assert "休業の期間と重なる人がいます" in [one.title for one in after.spoilers]
    assert "休業の期間と重なる人がいます" not in [one.title for one in before.spoilers]


def test_people_on_leave_are_marked_where_they_are_chosen(manager, run, employment):
    lesson = run.lessons.first()
    taken(employment, manager, lesson.on, lesson.on)

    page = manager.client().get(reverse("courses:enrol", args=[run.pk]))

    assert f"{lesson.on.month}月{lesson.on.day}日は休業中です" in page.content.decode()


@pytest.fixture
def enrolment(run, trainee):
    return EnrolmentFactory(run=run, person=trainee.person, employment=trainee.person.employments.get())


def test_lessons_on_leave_are_said_before_they_are_missed(manager, trainee, run, enrolment):
    lesson = run.lessons.last()
    taken(enrolment.employment, manager, lesson.on, lesson.on)
    on = run.lessons.first().on

    found = paces([enrolment], run, on=on)[enrolment.pk]
    (own,) = own_hours(trainee.person, on=on)
    warning = warn_of_pace(Enrolment.objects.get(pk=enrolment.pk), on=on)

    assert (found.standing, found.away, found.missed) == ("away", 360, 0)
    assert own.pace == found
    assert warning.missed_minutes == 0


def test_college_reads_that_somebody_will_be_away_and_not_why(manager, coordinator, run, enrolment):
    lesson = run.lessons.last()
    taken(enrolment.employment, manager, lesson.on, lesson.on)

    page = coordinator.client().get(reverse("courses:attendance", args=[run.pk])).content.decode()

    assert "不在の予定" in page
    assert "休業" not in page
