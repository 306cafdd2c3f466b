"""Each constraint of trials/ refuses the row it was made for."""

from datetime import date, datetime, time

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from tests.factories import TOKYO, EmploymentFactory, PersonFactory
from tests.trials.factories import (
    DeputyFactory,
    DirectTrialFactory,
    IntakeFactory,
    JobSeekerFactory,
    LicenceFactory,
    PlacementFactory,
    PostingFactory,
    ProposalFactory,
    RoundFactory,
    SightFactory,
    VisitFactory,
    VisitRequestFactory,
)
from trials.models import (
    Answer,
    Consent,
    HandOver,
    Intent,
    Offer,
    PastJob,
    Placement,
    PrivateWords,
    RetentionCheck,
    Termination,
    TrialTerms,
)

pytestmark = pytest.mark.django_db

FIRST, LAST = date(2026, 10, 1), date(2026, 11, 30)
DAYS = {"starts_on": FIRST, "last_on": LAST}
BEFORE = date(2026, 9, 30)


def twice(make, **fields):
    make(**fields)
    make(**fields)


def placed(**fields):
    return PlacementFactory(**{"posting": PostingFactory(), "state": "active", "started_on": FIRST, **DAYS, **fields})


def round_twice():
    first = RoundFactory()
    RoundFactory(ward=first.ward)


def licence_twice():
    LicenceFactory(agency=LicenceFactory().agency)


def seeker_twice(**fields):
    first = JobSeekerFactory()
    JobSeekerFactory(round=first.round, **{name: getattr(first, name) for name in fields})


def past_job(**fields):
    PastJob.objects.create(seeker=JobSeekerFactory(), employer="（架空）旧社", started_on=FIRST, **fields)


def answer(**fields):
    Answer.objects.create(**{"proposal": ProposalFactory(), "side": "worker", "is_yes": True, **fields})


def proposal_twice():
    ProposalFactory(placement=ProposalFactory().placement)


def intent(**fields):
    Intent.objects.create(**{"placement": placed(), "side": "worker", "is_yes": True, **fields})


def ended(**fields):
    given = {"ended_by": "worker", "noticed_on": FIRST, "ended_on": LAST, "reason": "転居"}
    Termination.objects.create(placement=placed(), **{**given, **fields})


def offer(**fields):
    given = {"work": "旋盤", "pay": "月給", "planned_work": "旋盤", "planned_pay": "月給"}
    Offer.objects.create(placement=placed(), hire_on=date(2026, 12, 1), **{**given, **fields})


def check(**fields):
    given = {"months": 1, "side": "worker", "due_on": LAST}
    RetentionCheck.objects.create(**{"placement": placed(), **given, **fields})


def terms(**fields):
    TrialTerms.objects.create(**{"placement": placed(), "number": 1, "hourly_yen": 1_400, **DAYS, **fields})


PLANNED = {"state": "planned", "plan_filed_on": date(2026, 11, 10)}


def deputy_of_oneself():
    person = PersonFactory()
    DeputyFactory(adviser=person, deputy=person)


def handed(**fields):
    HandOver.objects.create(
        **{"seeker": JobSeekerFactory(), "giver": PersonFactory(), "taker": PersonFactory(), "reason": "異動", **fields}
    )


def handed_to_oneself():
    person = PersonFactory()
    handed(giver=person, taker=person)


def intake_twice():
    first = IntakeFactory()
    IntakeFactory(round=first.round, agency=first.agency)


def visit_asked_twice():
    first = VisitRequestFactory()
    VisitRequestFactory(visit=first.visit, asker=first.asker)


def films_twice():
    first = SightFactory()
    twice(SightFactory, posting=first.posting, kind="film", captions=first.file)


BROKEN = [
    ("round_once_a_year", round_twice),
    ("round_has_places", lambda: RoundFactory(places=0)),
    ("round_closes_after_opening", lambda: RoundFactory(closes_on=date(2026, 3, 31))),
    ("licence_once_a_term", licence_twice),
    ("licence_ends_after_begin", lambda: LicenceFactory(valid_until=date(2024, 3, 31))),
    ("licence_has_its_number", lambda: LicenceFactory(number="")),
    ("licence_ended_within_its_term_with_reason", lambda: LicenceFactory(ended_on=date(2026, 1, 1))),
    ("licence_ended_within_its_term_with_reason", lambda: LicenceFactory(ended_because="取消し")),
    (
        "licence_ended_within_its_term_with_reason",
        lambda: LicenceFactory(ended_on=date(2029, 3, 31), ended_because="x"),
    ),
    (
        "licence_ended_within_its_term_with_reason",
        lambda: LicenceFactory(ended_on=date(2024, 3, 31), ended_because="x"),
    ),
    ("licence_kind_known", lambda: LicenceFactory(kind="other")),
    ("seeker_once_a_round", lambda: seeker_twice(person=1)),
    ("seeker_invited_once", lambda: seeker_twice(agency=1, email=1)),
    ("seeker_joined_with_person", lambda: JobSeekerFactory(joined_at=None)),
    ("seeker_standing_known", lambda: JobSeekerFactory(standing="rich")),
    ("consent_keeps_its_text", lambda: Consent.objects.create(seeker=JobSeekerFactory(), version=FIRST, text="")),
    ("past_job_ends_after_start", lambda: past_job(left_on=BEFORE)),
    ("posting_open_with_every_item", lambda: PostingFactory(work_range="")),
    ("posting_open_with_its_day", lambda: PostingFactory(opened_on=None)),
    ("posting_state_known", lambda: PostingFactory(state="lost")),
    ("placement_open_once", lambda: PlacementFactory(seeker=PlacementFactory().seeker)),
    ("placement_at_work_with_first_day", lambda: placed(state="lost")),
    ("placement_days_in_order", lambda: placed(last_on=BEFORE, started_on=None, state="ready")),
    ("placement_contracted_with_days", lambda: placed(starts_on=None, last_on=None, started_on=None, state="ready")),
    ("placement_at_work_with_first_day", lambda: placed(started_on=None)),
    ("placement_started_within_its_days", lambda: placed(started_on=BEFORE)),
    ("placement_matched_with_posting", lambda: placed(posting=None)),
    ("placement_suspended_with_day", lambda: placed(state="suspended")),
    ("placement_hired_with_employment", lambda: placed(state="converted", hired_on=date(2026, 12, 1))),
    (
        "placement_hired_after_trial",
        lambda: placed(state="converted", hired_on=LAST, employment=EmploymentFactory()),
    ),
    (
        "placement_left_with_day_and_reason",
        lambda: placed(state="left_early", hired_on=date(2026, 12, 1), employment=EmploymentFactory()),
    ),
    ("placement_closed_with_day", lambda: placed(state="closed")),
    ("proposal_open_once", proposal_twice),
    ("proposal_ends_after_begin", lambda: ProposalFactory(ended_at=datetime(2020, 1, 1, tzinfo=TOKYO))),
    ("answer_once_a_side", lambda: twice(answer, proposal=ProposalFactory())),
    ("answer_by_worker_or_host", lambda: answer(side="agency")),
    ("answer_no_with_reason", lambda: answer(is_yes=False)),
    ("trial_terms_number_once", lambda: twice(terms, placement=placed())),
    ("trial_terms_days_in_order", lambda: terms(last_on=BEFORE)),
    ("intent_once_a_side", lambda: twice(intent, placement=placed())),
    ("intent_by_worker_or_host", lambda: intent(side="agency")),
    ("intent_no_of_host_with_reason", lambda: intent(side="host", is_yes=False)),
    ("intent_of_worker_without_words", lambda: intent(reason="遠い")),
    ("termination_after_notice", lambda: ended(ended_on=BEFORE)),
    ("termination_with_reason", lambda: ended(reason="")),
    ("termination_of_host_agreed_and_paid", lambda: ended(ended_by="host", is_agreed=True, missing_days=3)),
    ("offer_accepted_after_made", lambda: offer(accepted_at=datetime(2020, 1, 1, tzinfo=TOKYO))),
    ("offer_differs_with_reason", lambda: offer(pay="月給（減額）")),
    ("retention_once_a_side", lambda: twice(check, placement=placed())),
    ("retention_by_worker_or_host", lambda: check(side="agency")),
    ("retention_answered_with_moment", lambda: check(is_employed=True)),
    ("deputy_days_in_order", lambda: DeputyFactory(last_on=BEFORE)),
    ("deputy_is_another", deputy_of_oneself),
    ("hand_over_with_reason", lambda: handed(reason="")),
    ("hand_over_to_another", handed_to_oneself),
    ("intake_open_once", intake_twice),
    ("intake_closed_after_opening", lambda: IntakeFactory(closed_at=datetime(2020, 1, 1, tzinfo=TOKYO))),
    ("visit_ends_after_start", lambda: VisitFactory(ends_at=time(13))),
    ("visit_has_places", lambda: VisitFactory(places=0)),
    ("visit_internship_is_paid", lambda: VisitFactory(kind="internship")),
    ("visit_internship_is_paid", lambda: VisitFactory(hourly_yen=1_500)),
    ("visit_state_known", lambda: VisitFactory(state="lost")),
    ("visit_asked_once", visit_asked_twice),
    ("visit_request_of_somebody", lambda: VisitRequestFactory(people=0)),
    ("visit_answered_with_moment", lambda: VisitRequestFactory(is_yes=True)),
    ("visit_no_with_reason", lambda: VisitRequestFactory(is_yes=False, answered_at=timezone.now())),
    ("visit_attended_by_guests", lambda: VisitRequestFactory(attended=1)),
    ("sight_one_film", films_twice),
    ("sight_with_words", lambda: SightFactory(words="")),
    ("sight_film_with_captions", lambda: SightFactory(kind="film")),
    ("direct_state_known", lambda: DirectTrialFactory(state="flown")),
    ("direct_days_in_order", lambda: DirectTrialFactory(last_on=BEFORE)),
    ("direct_days_in_order", lambda: DirectTrialFactory(referred_on=date(2026, 11, 3))),
    ("direct_planned_with_its_day", lambda: DirectTrialFactory(state="planned")),
    ("direct_planned_with_its_day", lambda: DirectTrialFactory(plan_filed_on=date(2026, 11, 3))),
    ("direct_ended_with_everything", lambda: DirectTrialFactory(**PLANNED | ENDED)),
    ("direct_after_with_its_end", lambda: DirectTrialFactory(**PLANNED | {"state": "ended"})),
    ("direct_claimed_with_its_day", lambda: DirectTrialFactory(claimed_on=date(2027, 3, 1))),
    ("direct_decided_with_day_and_money", lambda: DirectTrialFactory(paid_yen=1)),
    ("direct_lapsed_with_reason", lambda: DirectTrialFactory(state="lapsed")),
    ("direct_lapsed_with_reason", lambda: DirectTrialFactory(closed_because="x")),
    ("retention_left_with_reason", lambda: check(is_employed=False, answered_at=timezone.now())),
]


# No row breaks the first without the second, and PostgreSQL looks at that one before.
ALSO_BROKEN = {"direct_state_known": "direct_planned_with_its_day"}
ENDED = {"state": "ended", "ended_on": date(2026, 12, 1)}


@pytest.mark.parametrize(("name", "make"), BROKEN, ids=[name for name, _make in BROKEN])
def test_constraint_refuses_the_row_it_was_made_for(name, make):
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        make()

    told = str(refused.value)
    either = ALSO_BROKEN.get(name, name)
    # SQLite names the columns of a unique one.
    assert name in told or either in told or "UNIQUE constraint failed" in told


@pytest.mark.parametrize(
    "make", [placed, answer, intent, ended, offer, check, terms, past_job, handed], ids=lambda make: make.__name__
)
def test_plain_row_is_taken(make):
    make()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no exclusion; the action guards it")
def test_placement_no_overlap():
    first = placed()

    with pytest.raises(IntegrityError, match="placement_no_overlap"), transaction.atomic():
        placed(seeker__person=first.person, starts_on=LAST, last_on=date(2027, 1, 31), started_on=LAST)


def test_words_of_the_worker_are_kept_as_they_were_said():
    row = PrivateWords.objects.create(placement=placed(), words="通勤が遠い")

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        PrivateWords.objects.filter(pk=row.pk).update(words="")


def test_a_changed_text_of_a_consent_is_seen():
    consent = Consent(text="読んだ文面", sha256="0" * 64)

    assert not consent.is_intact


def test_two_placements_of_a_person_in_two_rounds_may_follow_each_other():
    first = placed()
    placed(
        seeker__person=first.person,
        starts_on=date(2026, 12, 1),
        last_on=date(2027, 1, 31),
        started_on=None,
        state="ready",
    )

    assert Placement.objects.filter(person=first.person).count() == 2
