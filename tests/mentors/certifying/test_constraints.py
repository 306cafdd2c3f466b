"""What no row of certifying may say, whoever writes it: each constraint broken once."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from firms.actions.links import Receiver, give_link
from mentors.models import (
    Application,
    Ballot,
    BoardMember,
    CareerStretch,
    Certification,
    Proof,
    Recommendation,
    RenewalReminder,
    Suspension,
    TeachingTag,
    Vote,
)
from tests.conftest import TODAY
from tests.firms.makers import make_evidence
from tests.mentors.makers import FACTS, begin, certification_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def breaks(name, write):
    with pytest.raises(IntegrityError) as raised, transaction.atomic():
        write()
    text = str(raised.value)
    # Where a row breaks two, each database names the one it looks at first.
    assert any(one in text for one in name.split("|")) or ("UNIQUE" in text and name.endswith("once"))


def link_for(application, officer, name="推薦 花子"):
    to = Receiver(name, "", "")
    given = {"purpose": "mentors.recommend", "term": DAY, "owner": application.ward, "by": officer.acting()}
    return give_link(application, to=to, **given)[0]


@pytest.fixture
def application(master, ward):
    return begin(master, ward)


@pytest.fixture
def held(master, ward):
    return certification_of(master, ward)


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("application_designation_known", {"designation": "royal"}),
        ("application_qualification_known", {"qualification": "grade_9"}),
        ("application_state_known", {"state": "lost", "submitted_at": timezone.now()}),
        ("application_submitted_with_moment", {"state": "submitted"}),
        ("application_decided_with_day", {"state": "certified", "submitted_at": timezone.now()}),
        ("application_says_why_not", {"state": "returned", "submitted_at": timezone.now()}),
        (
            "application_dx_has_facts",
            {"designation": "dx", "state": "submitted", "submitted_at": timezone.now()},
        ),
    ],
)
def test_application_cannot_be(name, fields, application):
    breaks(name, lambda: Application.objects.filter(pk=application.pk).update(**fields))


def test_application_open_once(application, master, ward):
    breaks("application_open_once", lambda: Application.objects.create(person=master.person, ward=ward, **FACTS))


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("stretch_kind_known", {"kind": "idling"}),
        ("stretch_ends_after_start", {"first_on": date(2020, 4, 2), "last_on": date(2020, 4, 1)}),
    ],
)
def test_stretch_cannot_be(name, fields, application):
    breaks(name, lambda: CareerStretch.objects.filter(application=application, kind="practice").update(**fields))


def test_proof_file_once(application, ward, officer):
    evidence = make_evidence(owner=ward, person=officer.person)
    Proof.objects.create(application=application, evidence=evidence)
    breaks("proof_file_once", lambda: Proof.objects.create(application=application, evidence=evidence))


@pytest.mark.parametrize(
    ("name", "fields"),
    [("recommendation_not_of_a_relative", {"tie": "relative"}), ("recommendation_says_why", {"text": ""})],
)
def test_recommendation_cannot_be(name, fields, application, officer):
    told = {"tie": "customer", "text": "推します", "name": "推薦 花子", "email": "a@example.jp", **fields}
    link = link_for(application, officer)
    breaks(name, lambda: Recommendation.objects.create(application=application, link=link, **told))


def seat(ward, **fields):
    told = {"name": "審査 一郎", "party": "技能士会", "email": "a@example.jp", "started_on": TODAY, **fields}
    return BoardMember.objects.create(ward=ward, **told)


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("board_member_has_a_name", {"name": ""}),
        ("board_member_leaves_after_coming", {"ended_on": TODAY - DAY}),
    ],
)
def test_board_member_cannot_be(name, fields, ward):
    breaks(name, lambda: seat(ward, **fields))


def test_board_member_sits_once(ward):
    seat(ward)
    breaks("board_member_sits_once", lambda: seat(ward))


def test_ballot_member_once(application, ward):
    member = seat(ward)
    Ballot.objects.create(application=application, member=member)
    breaks("ballot_member_once", lambda: Ballot.objects.create(application=application, member=member))


@pytest.mark.parametrize(
    ("name", "fields"), [("vote_choice_known", {"choice": "maybe"}), ("vote_has_a_reason", {"reason": ""})]
)
def test_vote_cannot_be(name, fields, application, ward, officer):
    ballot = Ballot.objects.create(application=application, member=seat(ward))
    told = {"choice": "approve", "reason": "見た", "name": "審査 一郎", **fields}
    link = link_for(application, officer)
    breaks(name, lambda: Vote.objects.create(ballot=ballot, link=link, **told))


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("certification_withdrawn_with_a_reason", {"withdrawn_on": TODAY}),
        (
            "certification_withdrawn_is_not_listed",
            {"withdrawn_on": TODAY, "withdrawn_because": "虚偽", "is_listed": True},
        ),
    ],
)
def test_certification_cannot_be(name, fields, held):
    breaks(name, lambda: Certification.objects.filter(pk=held.pk).update(**fields))


def test_certification_has_a_term(master, ward):
    breaks("certification_has_a_term", lambda: certification_of(master, ward, last_on=TODAY - DAY))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("number", "M2026-001-0001"),
        ("check_code", "X"),
        ("facts", {"name": "別人"}),
        ("certified_on", TODAY - DAY),
        ("last_on", TODAY + DAY),
        ("occupation", "welding"),
    ],
)
def test_what_stands_on_the_certificate_is_written_once(field, value, held):
    breaks("written once", lambda: Certification.objects.filter(pk=held.pk).update(**{field: value}))


@pytest.mark.parametrize(
    ("name", "fields"),
    [("suspension_in_order", {"last_on": TODAY - DAY}), ("suspension_has_a_reason", {"because": ""})],
)
def test_suspension_cannot_be(name, fields, held):
    told = {"first_on": TODAY, "because": "調査", **fields}
    breaks(name, lambda: Suspension.objects.create(certification=held, **told))


def test_suspension_open_once(held):
    told = {"certification": held, "first_on": TODAY, "because": "調査"}
    Suspension.objects.create(**told)
    breaks("suspension_open_once", lambda: Suspension.objects.create(**told))


def test_reminder_month_once(held):
    told = {"certification": held, "months": 6, "due_on": TODAY}
    RenewalReminder.objects.create(**told)
    breaks("reminder_month_once", lambda: RenewalReminder.objects.create(**told))


def test_what_others_said_is_append_only(application, ward, officer):
    link = link_for(application, officer)
    told = {"tie": "customer", "text": "推します", "name": "推薦 花子", "email": "a@example.jp"}
    kept = Recommendation.objects.create(application=application, link=link, **told)
    breaks("append-only", lambda: Recommendation.objects.filter(pk=kept.pk).update(text="別の文"))
    ballot = Ballot.objects.create(application=application, member=seat(ward))
    other = link_for(application, officer, name="別 人")
    vote = Vote.objects.create(ballot=ballot, link=other, choice="approve", reason="見た", name="審査 一郎")
    breaks("append-only", lambda: Vote.objects.filter(pk=vote.pk).delete())


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("tag_once", {"facet": "machine", "key": "lathe"}),
        ("tag_facet_known", {"facet": "colour", "key": "red"}),
        ("tag_says_what", {"facet": "machine", "key": ""}),
    ],
)
def test_tag_refuses(name, fields, held):
    TeachingTag.objects.create(certification=held, facet="machine", key="lathe")

    breaks(name, lambda: TeachingTag.objects.create(certification=held, **fields))
