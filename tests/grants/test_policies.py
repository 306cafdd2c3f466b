"""Who may do what in a case, and that everybody else finds nothing there."""

from datetime import date

import pytest
from django.urls import reverse

from firms.models import Mandate
from firms.states import MandateState
from grants.models import GrantCase, Paper
from grants.policies import (
    may_apply,
    may_list_cases,
    may_make_papers,
    may_open_case,
    may_open_conversion,
    may_prepare,
    may_read_papers,
    may_see_forecast,
    may_tell_outside,
)
from tests.conftest import cast
from tests.factories import MandateFactory, OrganisationFactory

EVERYBODY = (
    "manager",
    "advisor",
    "clerk",
    "trainee",
    "officer",
    "coordinator",
    "instructor",
    "stranger",
    "other_office",
)


@pytest.fixture
def clerk(office):
    return cast("clerk", office, "事務")


@pytest.fixture
def other_office(db, firm):
    """An office whose mandate covers another kind of grant."""
    office = OrganisationFactory(kind="office")
    member = cast("advisor", office, "別件")
    MandateFactory(office=office, firm=firm, advisor=member.person, scopes=["career_up"])
    return member


@pytest.fixture
def everybody(manager, advisor, clerk, trainee, officer, coordinator, instructor, stranger, other_office):
    people = (manager, advisor, clerk, trainee, officer, coordinator, instructor, stranger, other_office)
    return dict(zip(EVERYBODY, people, strict=True))


@pytest.mark.parametrize(
    ("policy", "allowed"),
    [
        (may_prepare, {"manager", "advisor", "clerk"}),
        (may_apply, {"manager", "advisor"}),
        (may_make_papers, {"manager", "advisor"}),
        (may_read_papers, {"manager", "advisor", "clerk"}),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_policies_of_a_case(case, everybody, policy, allowed):
    assert {name for name, who in everybody.items() if policy(who.acting(), case)} == allowed


@pytest.mark.parametrize(
    "policy", [may_open_case, may_see_forecast, may_tell_outside], ids=lambda value: value.__name__
)
def test_policies_of_an_establishment(case, everybody, policy):
    allowed = {name for name, who in everybody.items() if policy(who.acting(), case.establishment)}

    assert allowed == {"manager", "advisor", "clerk"}


def test_conversions_are_opened_under_a_mandate_of_their_own(case, everybody):
    allowed = {name for name, who in everybody.items() if may_open_conversion(who.acting(), case.establishment)}

    Mandate.objects.update(scopes=["career_up"])
    after = {name for name, who in everybody.items() if may_open_conversion(who.acting(), case.establishment)}

    assert allowed == {"manager", "other_office"}
    assert after == {"manager", "other_office", "advisor", "clerk"}


def test_may_list_cases(everybody):
    allowed = {name for name, who in everybody.items() if may_list_cases(who.acting())}

    assert allowed == {"manager", "advisor", "clerk", "stranger", "other_office"}


def test_cases_are_visible_to_the_firm_and_its_office_alone(case, everybody):
    seen = {name for name, who in everybody.items() if GrantCase.objects.visible_to(who.acting()).exists()}

    assert seen == {"manager", "advisor", "clerk"}


def test_revoked_mandate_loses_everything_at_once(case, advisor):
    Mandate.objects.update(state=MandateState.REVOKED, ended_at="2026-11-20T00:00:00Z", ended_by=advisor.person)
    client = advisor.client()

    answer = client.get(reverse("grants:case", args=[case.pk]))

    assert answer.status_code == 404
    assert not GrantCase.objects.visible_to(advisor.acting()).exists()


@pytest.mark.parametrize("who", ["stranger", "officer", "coordinator", "instructor", "trainee", "other_office"])
def test_every_page_of_a_case_is_404_for_those_it_does_not_concern(ways, frozen, everybody, who):
    client = everybody[who].client()

    found = {name: client.get(address(name, frozen)).status_code for name in ways.pages}
    posted = {name: client.post(address(name, frozen)).status_code for name in ways.posts}

    assert set(found.values()) | set(posted.values()) == {404}


def address(name, case):
    view, _space, pk = name.partition(" ")
    return reverse(view, args=[int(pk) if pk else case.pk])


def test_paper_and_change_notice_are_404_for_strangers(frozen, stranger, advisor, office):
    from firms.files.store import store

    stored = store(b"%PDF-1.7 x", media_type="application/pdf")
    paper = Paper.objects.create(case=frozen, plan=frozen.plans.get(), form="1-1", title="計画届", file=stored)
    row = frozen.deadlines.first()

    client = stranger.client()

    assert client.get(reverse("grants:paper", args=[paper.pk])).status_code == 404
    assert client.get(reverse("grants:change_filed", args=[row.pk])).status_code == 404
    answer = advisor.client().get(reverse("grants:paper", args=[paper.pk]))
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "private, no-store")


@pytest.mark.parametrize("who", ["officer", "coordinator", "trainee"])
def test_lists_are_forbidden_to_those_without_cases(everybody, who):
    client = everybody[who].client()

    assert client.get(reverse("grants:cases")).status_code == 403
    assert client.get(reverse("grants:deadlines")).status_code == 403


def test_clerk_prepares_and_does_not_apply(frozen, clerk):
    client = clerk.client()

    assert client.get(reverse("grants:costs", args=[frozen.pk])).status_code == 200
    assert client.post(reverse("grants:claim_freeze", args=[frozen.pk])).status_code == 403
    assert client.post(reverse("grants:papers_make", args=[frozen.pk])).status_code == 403


def test_case_cannot_be_opened_for_another_firm(run, establishment, enrolled, stranger):
    answer = stranger.client().post(reverse("grants:case_open"), {"run": run.pk, "establishment": establishment.pk})

    assert answer.status_code == 404
    assert not GrantCase.objects.exists()


def test_mandate_that_ended_yesterday_is_over(case, advisor):
    Mandate.objects.update(ends_on=date(2026, 11, 19))

    assert not may_prepare(advisor.acting(), case)
