"""Every firm is held against every scheme at night: who could draw what, seen by whom, and left alone where it asks so."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from firms.journal import JournalEntry
from firms.models import Job
from firms.post import jobs
from grants.actions import chances as acting_on
from grants.actions.careerup import open_conversion
from grants.actions.cases import open_case
from grants.actions.chances import ask_to_reckon, reckon, wish
from grants.models import Chance, ChanceWish
from grants.policies import may_count_chances, may_see_chances, may_stop_chances
from grants.queries.chances import firms_by_scheme, hint
from grants.tasks import reckon_chances
from tests.conftest import cast
from tests.factories import (
    EmploymentFactory,
    EnrolmentFactory,
    EstablishmentFactory,
    MandateFactory,
    OrganisationFactory,
)

DAY = date(2026, 11, 22)


@pytest.fixture
def sized(firm):
    firm.industry, firm.capital_yen, firm.regular_employees = "manufacturing", 10_000_000, 20
    firm.save()
    return firm


@pytest.fixture
def fixed_term(sized, establishment, pattern):
    """Three years and some months of contracts for a term."""
    return EmploymentFactory(
        establishment=establishment, pattern=pattern, contract="fixed_term", started_on=date(2023, 4, 1)
    )


def found(firm, **of):
    return list(Chance.objects.filter(firm=firm, **of))


def of_firm(industry="manufacturing", **fields):
    place = EstablishmentFactory(
        organisation=OrganisationFactory(industry=industry, regular_employees=20, **fields), address="東京都足立区1-1"
    )
    EmploymentFactory(establishment=place, contract="fixed_term", started_on=date(2024, 4, 1))
    return place.organisation


# --- what is found ---


def test_people_sent_without_a_case_are_a_chance_until_the_plan_is_due(sized, run, lesson, establishment, pattern):
    EnrolmentFactory(run=run, employment=EmploymentFactory(establishment=establishment, pattern=pattern))

    reckon([sized.pk], on=DAY)

    ahead = found(sized, kind="ahead")
    assert ahead
    assert {one.run_id for one in ahead} == {run.pk}
    assert all(one.last_on >= DAY and one.yen > 0 and one.because and one.source for one in ahead)


def test_a_case_ends_the_chance(sized, run, lesson, establishment, pattern, manager):
    EnrolmentFactory(run=run, employment=EmploymentFactory(establishment=establishment, pattern=pattern))
    open_case(run, establishment, by=manager.acting(DAY))

    reckon([sized.pk], on=DAY)

    assert found(sized, kind="ahead") == []


def test_a_course_one_could_still_apply_for_is_a_chance(sized, run, lesson, establishment, pattern):
    EmploymentFactory(establishment=establishment, pattern=pattern)

    reckon([sized.pk], on=DAY)

    assert {one.run_id for one in found(sized, kind="course")} == {run.pk}


def test_whoever_is_employed_for_a_term_could_be_converted(sized, fixed_term):
    """Over three years: both periods of 400,000; five years are full on 2028-04-01, and the plan comes the day before."""
    reckon([sized.pk], on=DAY)

    (one,) = found(sized, kind="conversion")
    assert (one.scheme, one.people, one.yen, one.last_on) == ("careerup", 1, 800_000, date(2028, 3, 31))


def test_whoever_is_converted_already_is_none(sized, fixed_term, establishment, manager):
    open_conversion(fixed_term.person, establishment, by=manager.acting(DAY))

    reckon([sized.pk], on=DAY)

    assert found(sized, kind="conversion") == []


def test_a_firm_of_unknown_size_is_not_guessed_at(firm, fixed_term):
    firm.industry = ""
    firm.save()

    reckon([firm.pk], on=DAY)

    assert found(firm) == []


def test_only_the_newest_night_is_kept(sized, fixed_term):
    reckon([sized.pk], on=DAY)
    reckon([sized.pk], on=DAY + timedelta(days=1))

    assert {one.reckoned_on for one in found(sized)} == {DAY + timedelta(days=1)}


# --- the night ---


def test_each_night_leaves_one_job_for_a_portion_of_firms(sized, fixed_term, monkeypatch):
    of_firm()
    monkeypatch.setattr(acting_on, "PORTION", 1)

    assert ask_to_reckon(on=DAY) == 2
    assert ask_to_reckon(on=DAY) == 2

    assert Job.objects.filter(kind="grants.chances").count() == 2


def test_the_job_of_a_night_writes_what_it_found_and_ends(sized, fixed_term):
    reckon_chances()

    for job in Job.objects.filter(kind="grants.chances"):
        jobs.work(jobs.claim(job.pk))

    assert found(sized, kind="conversion")
    assert set(Job.objects.filter(kind="grants.chances").values_list("state", flat=True)) == {"done"}


def test_a_portion_takes_the_same_queries_for_one_firm_and_for_three(sized, fixed_term, django_assert_num_queries):
    reckon([sized.pk], on=DAY)
    others = [of_firm().pk for _n in range(2)]
    reckon([sized.pk, *others], on=DAY)

    for firms in ([sized.pk], [sized.pk, *others]):
        with django_assert_num_queries(14):
            reckon(firms, on=DAY)


# --- who sees it ---


def test_a_firm_sees_its_own_and_nobody_elses(sized, fixed_term, manager, stranger):
    reckon([sized.pk], on=DAY)

    assert Chance.objects.visible_to(manager.acting(DAY)).count() == len(found(sized))
    assert Chance.objects.visible_to(stranger.acting(DAY)).count() == 0
    assert "有期で6か月以上" in manager.client().get(reverse("grants:chances")).content.decode()


def test_an_office_sees_each_kind_under_a_mandate_of_its_scope_alone(sized, fixed_term, office):
    MandateFactory(office=office, firm=sized, scopes=["training_grants"])
    other = OrganisationFactory(kind="office")
    MandateFactory(office=other, firm=sized, scopes=["career_up"])
    reckon([sized.pk], on=DAY)

    seen = {
        who.acting(DAY).organisation_id: {one.kind for one in Chance.objects.visible_to(who.acting(DAY))}
        for who in (cast("advisor", office, "社労"), cast("advisor", other, "他社"))
    }

    assert "conversion" not in seen[office.pk]
    assert seen[other.pk] == {"conversion"}


def test_the_ward_reads_no_row(sized, fixed_term, officer):
    reckon([sized.pk], on=DAY)

    assert Chance.objects.visible_to(officer.acting(DAY)).count() == 0
    assert officer.client().get(reverse("grants:chances")).status_code == 403


@pytest.mark.parametrize(("firms", "shown"), [(4, None), (5, 5)], ids=["four", "five"])
def test_the_ward_reads_no_number_of_a_few(firms, shown, officer):
    reckon([of_firm().pk for _n in range(firms)], on=DAY)

    assert firms_by_scheme(DAY)["careerup"] == shown
    page = officer.client().get(reverse("grants:chances_ward")).content.decode()
    assert ("5社未満のため伏せています" in page) == (shown is None)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_the_same_queries(rows, sized, fixed_term, manager, django_assert_num_queries):
    reckon([sized.pk], on=DAY)
    keep = found(sized)[:1]
    Chance.objects.exclude(pk__in=[one.pk for one in keep]).delete()
    for n in range(1, rows):
        Chance.objects.create(
            firm=sized,
            scheme=f"a{n}",
            menu="b",
            kind="leave",
            people=1,
            yen=1,
            because="a",
            source="a",
            reckoned_on=DAY,
        )
    client = manager.client()
    client.get(reverse("grants:chances"))

    with django_assert_num_queries(7):
        page = client.get(reverse("grants:chances"))

    assert page.status_code == 200


def test_home_hints_with_one_click_to_the_act(sized, fixed_term, manager):
    reckon([sized.pk], on=DAY)

    first = hint(manager.acting(DAY)).first
    page = manager.client().get("/").content.decode()

    assert "まだ使っていない助成金" in page
    assert first.last_on
    assert reverse("grants:chances") in page


def test_policies_name_who_may(manager, advisor, officer, trainee, stranger):
    everybody = {"manager": manager, "advisor": advisor, "officer": officer, "trainee": trainee}

    def who(may):
        return {name for name, one in everybody.items() if may(one.acting())}

    assert who(may_see_chances) == {"manager", "advisor"}
    assert who(may_stop_chances) == {"manager"}
    assert who(may_count_chances) == {"officer"}


# --- the firm's word ---


def test_a_firm_that_asks_so_is_left_alone_from_then_on(sized, fixed_term, manager):
    reckon([sized.pk], on=DAY)

    manager.client().post(reverse("grants:chances_wish"), {"is_wanted": "no"})
    reckon([sized.pk], on=DAY)

    assert found(sized) == []
    assert "照合をやめています" in manager.client().get(reverse("grants:chances")).content.decode()
    assert firms_by_scheme(DAY) == {}


def test_a_word_that_comes_while_the_night_reckons_is_heard(sized, fixed_term, manager):
    rows = list(acting_on.found_for([sized.pk], on=DAY))
    wish(sized, is_wanted=False, by=manager.acting(DAY))

    acting_on.keep([sized.pk], rows, on=DAY)

    assert found(sized) == []


def test_a_firm_that_resumes_is_reckoned_at_once(sized, fixed_term, manager):
    wish(sized, is_wanted=False, by=manager.acting(DAY))
    wish(sized, is_wanted=True, by=manager.acting(DAY))
    wish(sized, is_wanted=True, by=manager.acting(DAY))

    assert found(sized, kind="conversion")
    assert list(ChanceWish.objects.values_list("is_wanted", flat=True)) == [False, True]
    verbs = JournalEntry.objects.filter(verb__startswith="chances.").values_list("verb", flat=True)
    assert sorted(verbs) == ["chances.resume", "chances.stop"]


def test_an_office_cannot_stop_it_for_its_client(sized, advisor):
    assert advisor.client().post(reverse("grants:chances_wish"), {"is_wanted": "no"}).status_code == 403
    assert ChanceWish.objects.count() == 0


# --- what the database holds ---

PLAIN = {
    **{"scheme": "a", "menu": "b", "kind": "leave", "people": 1, "yen": 1},
    **{"because": "a", "source": "a", "reckoned_on": DAY},
}


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        ({"kind": "course"}, "chance_has_its_run"),
        ({"kind": "other"}, "chance_has_its_run"),
        ({"yen": 0}, "chance_draws_something"),
        ({"people": 0}, "chance_draws_something"),
        ({"last_on": DAY - timedelta(days=1)}, "chance_can_still_be_met"),
    ],
)
def test_the_database_refuses(sized, change, broken):
    with pytest.raises(IntegrityError, match=broken), transaction.atomic():
        Chance.objects.create(firm=sized, **PLAIN | change)


def test_a_chance_stands_once(sized, run):
    """chance_of_a_run_once, chance_without_a_run_once."""
    for given in (PLAIN, PLAIN | {"kind": "course", "run": run}):
        Chance.objects.create(firm=sized, **given)
        with pytest.raises(IntegrityError), transaction.atomic():
            Chance.objects.create(firm=sized, **given)


def test_a_wish_is_never_rewritten(sized, manager):
    wish(sized, is_wanted=False, by=manager.acting(DAY))

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE grants_chancewish SET is_wanted = %s", [True])
