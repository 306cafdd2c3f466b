"""Every address of trials/ with a number in it, asked for by people of others: none of them opens."""

from datetime import date

import pytest
from django.urls import reverse

from tests.factories import (
    PersonFactory,
)
from tests.trials.factories import (
    DeputyFactory,
    DirectTrialFactory,
    IntakeFactory,
    SightFactory,
    VisitRequestFactory,
)
from tests.trials.playing import FIRST, Alone
from tests.trials.working import tell
from trials import urls
from trials.actions.working.records import issue
from trials.models import Accident, Complaint, ResultReport

pytestmark = pytest.mark.django_db


def working_rows(trial):
    """One of each that days at work leave."""
    entry, by = tell(trial, FIRST), trial.manager.acting(FIRST)
    kept = {"placement": trial.placement, "written_by": trial.manager.person}
    hurt = {"happened_at": entry.placement.registered_at, "place": "工場", "injury": "指", "story": "切った"}
    return {
        "days": entry.pk,
        "months": entry.month_id,
        "papers": issue(trial.placement, kind="host_ledger", by=by).pk,
        "complaints": Complaint.objects.create(**kept, side="host", raised_on=FIRST, content="騒音").pk,
        "accidents": Accident.objects.create(**kept, **hurt, days_off=4).pk,
    }


def report_of(trial):
    """What the agency reported of the round to its ward."""
    round, agency = trial.placement.seeker.round, trial.adviser.organisation
    kept = {"until": date(2026, 9, 30), "number": 1, "facts": {}, "sha256": "0" * 64}
    return ResultReport.objects.create(round=round, agency=agency, made_by=trial.adviser.person, **kept)


def addresses(trial):
    visit = VisitRequestFactory(visit__establishment=trial.posting.establishment, visit__state="closed")
    rows = {
        "rounds": trial.placement.seeker.round_id,
        "seekers": trial.placement.seeker_id,
        "postings": trial.posting.pk,
        "placements": trial.placement.pk,
        "consents": trial.placement.seeker.consents.first().pk,
        "visits": visit.visit_id,
        "visit-requests": visit.pk,
        "sights": SightFactory(posting=trial.posting).pk,
        "direct": DirectTrialFactory(employment__establishment=trial.posting.establishment).pk,
        "licences": trial.adviser.organisation.licences.first().pk,
        "intakes": IntakeFactory(round=trial.placement.seeker.round, agency=trial.adviser.organisation).pk,
        "results": report_of(trial).pk,
        "advisers": trial.adviser.person.pk,
        "deputies": DeputyFactory(agency=trial.adviser.organisation, adviser=trial.adviser.person).pk,
        **working_rows(trial),
    }
    shared = {
        "code": "end",
        "key": "host_matching",
        "on": FIRST.isoformat(),
        "number": 1,
        "word": "contract",
        "until": "2026-09-30",
    }
    for pattern in urls.urlpatterns:
        # The open page of a round is everybody's.
        if "pk" in pattern.pattern.converters and pattern.name != "come":
            word = str(pattern.pattern).split("/")[0]
            seen = ("picture", "picture") if word in ("postings", "sights") else ("host_ledger", "file")
            given = {**shared, "pk": rows[word], **dict(zip(("kind", "what"), seen, strict=True))}
            wanted = {name: given[name] for name in pattern.pattern.converters}
            yield reverse(f"trials:{pattern.name}", kwargs=wanted)


def test_no_address_with_a_number_opens_to_another(trial, stranger, other_adviser, trainee, coordinator, advisor):
    trial.active()
    nowhere = Alone(PersonFactory())
    others = {"posting": stranger, "agency": other_adviser, "employee": trainee, "college": coordinator}
    others |= {"office": advisor, "nowhere": nowhere}
    of_round = [trial.placement.seeker.round_id]
    seen_by_agencies = {reverse(f"trials:{name}", args=of_round) for name in ("round", "numbers", "results")}
    # Each reports what is its own.
    seen_by_agencies.add(reverse("trials:result_issue", args=[*of_round, "2026-09-30"]))
    posting = reverse("trials:posting", args=[trial.posting.pk])

    asked = list(addresses(trial))
    opened = {
        (name, address)
        for name, one in others.items()
        for address in asked
        for method in ("get", "post")
        if getattr(one.client(), method)(address).status_code not in (403, 404, 405)
    }

    own_intake = reverse("trials:intake_new", args=of_round)
    # What an open posting shows is for every agency.
    shown = {one for one in asked if one.startswith("/trials/sights/") and one.endswith("/picture/")}
    assert opened == {("agency", address) for address in {*seen_by_agencies, posting, own_intake, *shown}}
