"""A round in numbers on its page: what the ward reads, what an agency reads of its own people, and what is frozen."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from tests.conftest import TODAY
from tests.factories import EmploymentFactory, PersonFactory
from tests.trials.factories import JobSeekerFactory, PlacementFactory, RoundFactory
from trials.models import Intent, Round, Termination
from trials.queries.numbers import numbers_of
from trials.rules import Share

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2026, 2, 1), date(2026, 3, 31)
HIRED = date(2026, 4, 1)


@pytest.fixture
def past(round, agency, adviser, posting, pattern):
    """Trials of the round, as many of each outcome as asked for."""

    def made(*, at=agency, by=adviser, **counts):
        for how, count in counts.items():
            for _n in range(count):
                seeker = JobSeekerFactory(round=round, agency=at, adviser=by.person)
                one = PlacementFactory(seeker=seeker, posting=posting, **fields_of(how, seeker.person, posting))
                if how in ("retained", "hired", "declined"):
                    Intent.objects.create(placement=one, side="worker", is_yes=True)
                    no = "経験" if how == "declined" else ""
                    Intent.objects.create(placement=one, side="host", is_yes=not no, reason=no)
                if how == "ended":
                    Termination.objects.create(
                        placement=one, ended_by="worker", noticed_on=FIRST, ended_on=LAST, reason="都合"
                    )

    return made


def fields_of(how, person, posting):
    days = {"starts_on": FIRST, "started_on": FIRST, "last_on": LAST}
    if how in ("retained", "hired"):
        worked = EmploymentFactory(
            person=person,
            establishment=posting.establishment,
            started_on=HIRED,
            pattern=posting.establishment.working_patterns.get(),
        )
        state = "retained_6m" if how == "retained" else "retention_6"
        return {**days, "state": state, "hired_on": HIRED, "employment": worked}
    return {**days, "state": {"declined": "host_declined", "ended": "terminated"}[how]}


def test_three_denominators_and_retention_with_unknown(past, round):
    past(retained=9, hired=5, declined=5, ended=6)

    found = numbers_of(round, on=TODAY)

    assert [(one.code, one.by_trial.percent) for one in found.rates] == [
        ("started", Decimal("56.0")),
        ("finished", Decimal("73.7")),
        ("answered", Decimal("73.7")),
    ]
    assert (found.retention, found.retention.percent) == (Share(9, 14), Decimal("64.3"))
    assert [one.number for one in found.lasting] == [9, 0, 0, 0, 5]
    assert (found.against_target, found.reaches_target) == (Decimal("56.0"), False)


def test_ward_reads_no_number_that_would_tell_of_a_few(past, round, officer):
    past(retained=9, declined=2, ended=6)

    page = officer.client().get(reverse("trials:numbers", args=[round.pk])).content.decode()
    found = numbers_of(round, on=TODAY)

    assert [(one.by_trial.part, one.by_trial.whole) for one in found.rates] == [(9, 17), (9, None), (9, None)]
    assert "52.9%" in page
    assert "81.8%" not in page


def test_agency_reads_its_own_people_in_full_and_nobody_else_s(past, round, agency, adviser, other_adviser):
    past(declined=2, ended=1)
    past(at=other_adviser.organisation, by=other_adviser, ended=6)

    own = numbers_of(round, on=TODAY, agency=agency)
    page = adviser.client().get(reverse("trials:numbers", args=[round.pk])).content.decode()

    assert [one.by_trial for one in own.rates] == [Share(0, 3), Share(0, 2), Share(0, 2)]
    assert "自社が担当した人だけの数です" in page
    assert "0 / 3件" in page


def test_person_with_two_trials_counts_once_by_the_last(past, round, adviser, posting):
    past(retained=5, ended=5)
    again = round.seekers.filter(placements__state="terminated").first()
    first = again.placements.get()
    first.state, first.closed_on, first.closed_with = "closed", date(2026, 4, 1), "rematch"
    first.save()
    PlacementFactory(
        seeker=again,
        before=first,
        posting=posting,
        state="host_declined",
        **dict.fromkeys(("starts_on", "started_on"), date(2026, 5, 1)),
        last_on=date(2026, 6, 1),
    )

    own = numbers_of(round, on=TODAY, agency=adviser.organisation)

    assert (own.rates[0].by_trial, own.rates[0].by_person) == (Share(5, 11), Share(5, 10))
    # One trial more than people: the ward would know that one of them was tried twice.
    assert numbers_of(round, on=TODAY).rates[0].by_person == Share(5, None)


def test_csv_has_the_definition_beside_each_figure(past, round, officer):
    past(retained=9, hired=5)

    answer = officer.client().get(reverse("trials:numbers", args=[round.pk]), {"as": "csv"})
    lines = answer.content.decode("utf-8-sig").splitlines()

    assert lines[1] == "正規雇用転換率（件）／開始した,14,14,100.0,終了日から90日以内に期間の定めなく雇い入れた"
    assert lines[7] == "定着率,9,14,64.3,雇入れから6か月の日が来た人のうち"


def test_definition_of_a_round_stays_as_it_was_opened(round, past):
    past(retained=5)
    Round.objects.update(definition={**round.definition, "within_days": 0, "target_percent": 101})

    found = numbers_of(Round.objects.get(), on=TODAY)

    assert (found.rates[0].by_trial.part, found.definition.target_percent) == (0, 101)


def test_numbers_are_for_the_ward_and_for_agencies(round, officer, adviser, manager, trialist):
    address = reverse("trials:numbers", args=[round.pk])

    assert [one.client().get(address).status_code for one in (officer, adviser, manager, trialist)] == [
        200,
        200,
        404,
        404,
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_numbers_cost_the_same_for_one_trial_and_three(django_assert_num_queries, past, round, officer, count):
    past(retained=count, declined=count, ended=count)
    client = officer.client()
    address = reverse("trials:numbers", args=[round.pk])
    client.get(address)

    with django_assert_num_queries(9):
        client.get(address)


def test_another_ward_s_round_has_no_numbers_for_us(officer):
    assert officer.client().get(reverse("trials:numbers", args=[RoundFactory().pk])).status_code == 404


def test_trial_of_somebody_who_only_registered_is_not_started(round, adviser):
    PlacementFactory(seeker=JobSeekerFactory(round=round, agency=adviser.organisation, person=PersonFactory()))

    assert numbers_of(round, on=TODAY).rates[0].by_trial == Share(0, 0)
