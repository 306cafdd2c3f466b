"""What people applied under stands for them, whatever the course says afterwards: line, tests, hours, price, tax, cancel rule."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from courses.actions.billing.invoices import issue_invoice
from courses.actions.catalogue.courses import edit_course
from courses.actions.completion.completion import decide_completion
from courses.actions.seats.enrolments import enrol
from courses.actions.seats.quotas import name_people, reserve_seats
from courses.actions.seats.requests import approve_request, request_seat
from courses.models import Enrolment, InstructorWord, SeatQuota
from courses.queries.attendance.hours import own_hours
from courses.queries.attendance.paces import paces
from courses.queries.billing.invoices import billable, runs_to_invoice
from courses.queries.completion.completion import completions_of, seated_in
from courses.states import EnrolmentState
from courses.terms import Terms
from tests.conftest import TODAY

HARDER = {"needed_percent": 100, "needs_word": True, "hours": "15.0"}
DEARER = {"textbook_yen": 9_800, "tax_percent": 0}


def revise(course, facts, coordinator):
    edit_course(course, facts, by=coordinator.acting())


@pytest.fixture
def enrolment(run, people, manager) -> Enrolment:
    """One person the firm sent while the course asked for 80 % and no textbook."""
    return enrol(run, people(1), by=manager.acting())[0]


def test_terms_of_the_day_are_frozen_with_the_application(enrolment, run, coordinator):
    before = Terms.offered_by(run)

    revise(run.course, HARDER | DEARER | {"cancel_rule": "返金はありません。"}, coordinator)

    kept = Enrolment.objects.get(pk=enrolment.pk).terms
    assert kept == before
    assert (kept.fee_yen, kept.textbook_yen, kept.tax_percent, kept.price_yen) == (22_000, 0, 10, 22_000)
    assert (kept.needed_percent, kept.hours_label, kept.needs_word, kept.cancel_rule) == (80, "12時間", False, "")


def test_who_applies_afterwards_applies_under_the_new_terms(enrolment, run, people, manager, coordinator):
    revise(run.course, HARDER, coordinator)

    (later,) = enrol(run, people(1), by=manager.acting())

    assert (enrolment.terms.needed_percent, later.terms.needed_percent, later.terms.hours_label) == (80, 100, "15時間")


def test_a_wish_keeps_the_terms_it_was_written_under(run, trainee, manager, coordinator):
    wish = request_seat(run, by=trainee.acting())
    revise(run.course, DEARER, coordinator)

    approved = approve_request(wish, by=manager.acting())

    assert approved.terms.price_yen == 22_000


def test_reserved_seats_keep_the_terms_of_their_day(run, people, manager, coordinator):
    quota = reserve_seats(run, 2, name_until=date(2027, 1, 20), by=manager.acting())
    revise(run.course, HARDER | DEARER, coordinator)

    (named,) = name_people(quota, people(1), by=manager.acting())

    assert (named.terms.needed_percent, named.terms.price_yen) == (80, 22_000)


def test_an_application_without_terms_is_refused_by_the_database(run, trainee):
    with pytest.raises(IntegrityError), transaction.atomic():
        Enrolment(run=run, person=trainee.person, applied_by=trainee.person).save()


@pytest.mark.parametrize("kind", [Enrolment, SeatQuota])
def test_terms_are_written_once(run, enrolment, manager, kind):
    """The triggers: courses_enrolment_terms_kept_stands, courses_seatquota_terms_kept_stands."""
    reserve_seats(run, 2, name_until=date(2027, 1, 20), by=manager.acting())
    row = kind.objects.get()
    easier = replace(Terms.kept(row.terms_kept), needed_percent=1).facts
    row.save()

    with pytest.raises(IntegrityError, match="written once"), transaction.atomic():
        kind.objects.update(terms_kept=easier)

    row.refresh_from_db()
    assert row.terms_kept["needed_percent"] == 80


@pytest.mark.parametrize(
    ("minutes", "state"),
    [(576, EnrolmentState.COMPLETED), (575, EnrolmentState.NOT_COMPLETED)],
    ids=["80 %", "a minute less"],
)
def test_completion_is_decided_by_the_promised_line(finished, seated, attended, coordinator, minutes, state):
    (one,) = seated(finished)
    attended(one, 360, minutes - 360)
    revise(finished.course, HARDER, coordinator)

    decide_completion(finished, by=coordinator.acting())

    one.refresh_from_db()
    assert one.state == state


def test_completion_once_given_is_not_overtaken_by_a_revision(completed, finished, coordinator):
    revise(finished.course, HARDER | {"needs_units": True, "needs_quiz": True}, coordinator)

    (row,) = completions_of(finished, seated_in(finished), on=TODAY)

    assert (row.is_overtaken, row.outcome) == (False, EnrolmentState.COMPLETED)
    assert decide_completion(finished, by=coordinator.acting()) == []


def test_people_of_one_run_are_each_held_to_their_own_terms(finished, seated, attended, instructor, coordinator):
    (early,) = seated(finished)
    revise(finished.course, {"needs_word": True}, coordinator)
    finished.refresh_from_db()
    (late,) = seated(finished)
    for one in (early, late):
        attended(one, 360, 360)
    InstructorWord.objects.create(enrolment=late, has_passed=False, given_by=instructor.person)

    decide_completion(finished, by=coordinator.acting())

    states = dict(Enrolment.objects.values_list("pk", "state"))
    assert states == {early.pk: EnrolmentState.COMPLETED, late.pk: EnrolmentState.NOT_COMPLETED}


def test_the_certificate_names_the_promised_hours_and_conditions(finished, seated, attended, coordinator):
    (one,) = seated(finished)
    attended(one, 360, 360)
    revise(finished.course, HARDER, coordinator)

    decide_completion(finished, by=coordinator.acting())

    facts = one.certificates.get().facts
    assert (facts["hours"], facts["criteria"]) == ("12時間", "12時間の80%（9時間36分）以上に出席すること")


def test_pace_is_reckoned_against_the_promised_line(held, trainee, coordinator):
    mine = Enrolment.objects.create(
        run=held, person=trainee.person, applied_by=trainee.person, state=EnrolmentState.ACCEPTED
    )
    revise(held.course, HARDER, coordinator)

    held.refresh_from_db()
    (own,) = own_hours(trainee.person, on=TODAY)
    assert (paces([mine], held, on=TODAY)[mine.pk].needed_percent, own.pace.needed_percent) == (80, 80)


def test_the_invoice_asks_for_what_was_promised(held, seated, firm, coordinator):
    seated(held)
    revise(held.course, DEARER, coordinator)
    held.refresh_from_db()
    seated(held)

    made = issue_invoice(held, firm, due_on=TODAY + timedelta(days=30), by=coordinator.acting())

    asked = [(line["yen"], line["tax_percent"]) for line in made.facts["lines"]]
    assert sorted(asked) == [(9_800, 0), (22_000, 0), (22_000, 10)]
    assert sorted(made.lines.values_list("yen", flat=True)) == [22_000, 31_800]


@pytest.mark.parametrize("free", [{"fee_yen": 0, "textbook_yen": 0}, {"fee_yen": 0, "textbook_yen": 1}])
def test_who_was_promised_a_seat_for_nothing_is_never_billed(held, seated, coordinator, free):
    seated(held, terms_kept=replace(Terms.offered_by(held), **free).facts)
    revise(held.course, DEARER, coordinator)

    is_charged = bool(free["textbook_yen"])

    assert [one.total_yen for one in billable(held)] == ([1] if is_charged else [])
    assert runs_to_invoice(held.course.college_id, on=TODAY) == ([held] if is_charged else [])


# --- the pages ---


def test_the_applicant_sees_the_terms_that_hold_beside_the_new_ones(run, trainee, manager, coordinator):
    enrol(run, [trainee.person.employments.get()], by=manager.acting())
    before = trainee.client().get(reverse("courses:my_enrolments")).content.decode()
    revise(run.course, {"needed_percent": 90, "textbook_yen": 9_800, "hours": "15.0"}, coordinator)

    pages = [
        trainee.client().get(reverse("courses:my_enrolments")).content.decode(),
        manager.client().get(reverse("courses:run", args=[run.pk])).content.decode(),
    ]

    assert "申し込んだときの条件がそのまま" not in before
    for page in pages:
        assert "申し込んだときの条件がそのまま使われます" in page
        assert "これから申し込む人: 90%" in page
        assert "これから申し込む人: 9,800円" in page
    assert "矢口 太郎さんには" in pages[1]
    told = manager.client().get(reverse("courses:run", args=[run.pk])).context["terms"]
    visitor = coordinator.client().get(reverse("courses:course", args=[run.course_id])).context["course"]
    assert (told.hours_label, visitor.hours_label) == ("12時間", "15時間")


def test_nobody_else_reads_whose_terms_are_older(run, trainee, manager, stranger, coordinator):
    enrol(run, [trainee.person.employments.get()], by=manager.acting())
    revise(run.course, HARDER, coordinator)

    page = stranger.client().get(reverse("courses:run", args=[run.pk])).content.decode()

    assert "申し込んだときの条件" not in page


def test_the_approving_manager_reads_the_terms_of_the_wish(run, trainee, manager, coordinator):
    wish = request_seat(run, by=trainee.acting())
    revise(run.course, HARDER, coordinator)

    page = manager.client().get(reverse("courses:enrolment_approve", args=[wish.pk])).content.decode()

    assert "矢口 太郎さんには、申し込んだときの条件が使われます" in page


def test_nobody_applies_under_terms_the_page_did_not_show(run, people, manager, coordinator):
    (employment,) = people(1)
    path, chosen = reverse("courses:enrol", args=[run.pk]), {"employments": employment.pk}
    seen = manager.client().get(path, chosen | {"next": "1"}).context["seen"]
    revise(run.course, DEARER, coordinator)

    refused = manager.client().post(path, chosen | {"seen": seen})
    again = manager.client().post(path, chosen | {"seen": refused.context["seen"]})

    assert "受講料か講座の条件が変わりました" in refused.content.decode()
    assert (again.status_code, Enrolment.objects.get().terms.price_yen) == (302, 31_800)


def test_a_wish_is_not_written_under_terms_the_page_did_not_show(run, trainee, coordinator):
    path = reverse("courses:apply", args=[run.pk])
    seen = trainee.client().get(path).context["seen"]
    revise(run.course, HARDER, coordinator)

    refused = trainee.client().post(path, {"seen": seen})
    trainee.client().post(path, {"seen": refused.context["seen"]})

    assert "受講料か講座の条件が変わりました" in refused.content.decode()
    assert Enrolment.objects.get().terms.needed_percent == 100


def test_a_second_click_is_none_whatever_changed_meanwhile(run, people, manager, coordinator):
    employments = people(1)
    seen = Terms.offered_by(run).fingerprint
    first = enrol(run, employments, by=manager.acting(), seen=seen)
    revise(run.course, HARDER, coordinator)

    assert enrol(run, employments, by=manager.acting(), seen=seen) == first


def test_lessons_are_measured_against_the_hours_people_applied_for(run, people, manager, coordinator):
    path = reverse("courses:run", args=[run.pk])
    enrol(run, people(1), by=manager.acting())
    revise(run.course, HARDER, coordinator)
    promised = coordinator.client().get(path).content.decode()
    enrol(run, people(1), by=manager.acting())

    mixed = coordinator.client().get(path).content.decode()

    assert "と違います" not in promised
    assert "約束した総時間（15時間）と違います" in mixed
