"""Each constraint of firms/ refuses the row it was made for."""

from datetime import date, time

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from firms.models import (
    FeedToken,
    Holiday,
    Job,
    SiteText,
    StoredFile,
    WorkingHours,
    WorkingPattern,
)
from firms.states import MandateState
from tests.factories import (
    EmploymentFactory,
    MandateFactory,
    MembershipFactory,
    OrganisationFactory,
    PersonFactory,
    WorkingPatternFactory,
    corporate_number,
)
from tests.firms.makers import make_evidence, make_invitation

pytestmark = pytest.mark.django_db

BEFORE = date(2020, 3, 31)


def twice(make):
    make()
    make()


def hours(**fields):
    pattern = WorkingPattern.objects.create(establishment=WorkingPatternFactory().establishment, name="夜勤")
    given = {"weekday": 0, "starts_at": time(9), "ends_at": time(17)} | fields
    return WorkingHours.objects.create(pattern=pattern, **given)


def weekday_twice():
    pattern = hours().pattern
    WorkingHours.objects.create(pattern=pattern, weekday=0, starts_at=time(9), ends_at=time(17))


def pattern_twice():
    place = WorkingPatternFactory(name="日勤").establishment
    WorkingPattern.objects.create(establishment=place, name="日勤")


def holiday_twice():
    place = WorkingPatternFactory().establishment
    twice(lambda: Holiday.objects.create(establishment=place, on=date(2027, 1, 4), name="休業"))


def mandate_twice():
    office, firm = OrganisationFactory(kind="office"), OrganisationFactory()
    MandateFactory(office=office, firm=firm)
    MandateFactory(office=office, firm=firm, state=MandateState.REQUESTED, accepted_at=None, accepted_by=None)


def mandate_with_oneself():
    office = OrganisationFactory(kind="office")
    MandateFactory(office=office, firm=office)


def employment_twice():
    first = EmploymentFactory()
    EmploymentFactory(person=first.person, establishment=first.establishment, pattern=None, started_on=date(2024, 4, 1))


def membership_twice():
    first = MembershipFactory()
    MembershipFactory(person=first.person, organisation=first.organisation)


def invitation_twice():
    organisation, person = OrganisationFactory(), PersonFactory()
    twice(lambda: make_invitation(organisation=organisation, by=person))


def feed_twice():
    organisation, person = OrganisationFactory(), PersonFactory()
    FeedToken.objects.create(person=person, organisation=organisation, token_hash="a")
    FeedToken.objects.create(person=person, organisation=organisation, token_hash="b")


def evidence(**fields):
    row = make_evidence(owner=OrganisationFactory(), person=PersonFactory())
    type(row).objects.filter(pk=row.pk).update(**fields)


def closed_invitation_without_moment():
    make_invitation(organisation=OrganisationFactory(), by=PersonFactory(), state="accepted")


BROKEN = {
    "person_email_once": lambda: (PersonFactory(email="a@example.jp"), PersonFactory(email="A@example.jp")),
    "person_email_is_none_or_one": lambda: PersonFactory(email=""),
    "organisation_corporate_number_once": lambda: twice(
        lambda: OrganisationFactory(corporate_number=corporate_number(1))
    ),
    "organisation_kind_known": lambda: OrganisationFactory(kind="club"),
    "organisation_corporate_number_null_not_empty": lambda: OrganisationFactory(corporate_number=""),
    "organisation_deregistered_with_a_reason": lambda: OrganisationFactory(deregistered_on=BEFORE),
    "organisation_ward_stays_registered": lambda: OrganisationFactory(
        kind="ward", deregistered_on=BEFORE, deregistered_because="廃止"
    ),
    "organisation_licence_of_an_office": lambda: OrganisationFactory(licence_number="13200001"),
    "membership_ended_with_something_known": lambda: MembershipFactory(ended_with="employment"),
    "membership_open_once": membership_twice,
    "membership_ends_after_start": lambda: MembershipFactory(ended_on=BEFORE),
    "membership_role_known": lambda: MembershipFactory(role="king"),
    "invitation_open_once": invitation_twice,
    "invitation_closed_with_moment": closed_invitation_without_moment,
    "working_pattern_name_once": pattern_twice,
    "working_hours_weekday_once": weekday_twice,
    "working_hours_take_some_time": lambda: hours(starts_at=time(9), ends_at=time(9)),
    "working_hours_weekday_known": lambda: hours(weekday=7),
    "working_hours_break_inside": lambda: hours(break_starts_at=time(16, 30), break_ends_at=time(17, 30)),
    "site_text_says_something": lambda: SiteText.objects.create(kind="terms", body="", written_by=PersonFactory()),
    "site_text_kind_known": lambda: SiteText.objects.create(kind="joke", body="x", written_by=PersonFactory()),
    "holiday_day_once": holiday_twice,
    "employment_open_once": employment_twice,
    "employment_ends_after_start": lambda: EmploymentFactory(ended_on=BEFORE),
    "employment_contract_known": lambda: EmploymentFactory(contract="friend"),
    "mandate_open_once": mandate_twice,
    "mandate_ends_after_start": lambda: MandateFactory(ends_on=BEFORE),
    "mandate_between_two": mandate_with_oneself,
    "mandate_active_was_accepted": lambda: MandateFactory(accepted_at=None),
    "mandate_end_agrees_with_state": lambda: MandateFactory(state=MandateState.REVOKED),
    "stored_file_not_empty": lambda: StoredFile.objects.create(sha256="a", size=0, media_type="x", path="a"),
    "evidence_checked_with_moment": lambda: evidence(checked_at=None),
    "evidence_rejected_with_reason": lambda: evidence(state="rejected"),
    "job_lease_only_while_running": lambda: Job.objects.create(kind="x", state="running"),
    "job_finished_with_moment": lambda: Job.objects.create(kind="x", state="done"),
    "job_progress_within": lambda: Job.objects.create(kind="x", progress_done=3, progress_total=2),
    "feed_token_open_once": feed_twice,
}


@pytest.mark.parametrize("name", BROKEN)
def test_constraint_refuses(name):
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        BROKEN[name]()

    said = str(refused.value)
    assert name in said or "UNIQUE constraint failed" in said


def test_a_job_runs_once_for_its_key():
    with pytest.raises(IntegrityError), transaction.atomic():
        twice(lambda: Job.objects.create(kind="x", once_key="mail:1"))


@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="EXCLUDE exists on PostgreSQL; on SQLite the action guards"
)
def test_employment_no_overlap():
    first = EmploymentFactory(ended_on=date(2025, 3, 31))

    with pytest.raises(IntegrityError, match="employment_no_overlap"), transaction.atomic():
        EmploymentFactory(
            person=first.person, establishment=first.establishment, pattern=None, started_on=date(2025, 3, 31)
        )


def test_a_person_may_return_after_an_ended_employment_or_membership():
    gone = EmploymentFactory(ended_on=date(2025, 3, 31))
    left = MembershipFactory(ended_on=date(2025, 3, 31))

    back = EmploymentFactory(
        person=gone.person, establishment=gone.establishment, pattern=None, started_on=date(2025, 4, 1)
    )
    again = MembershipFactory(person=left.person, organisation=left.organisation, started_on=timezone.localdate())

    assert (back.pk, again.pk) != (gone.pk, left.pk)
