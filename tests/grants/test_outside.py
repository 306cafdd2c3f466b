"""What was drawn outside Takumi is told year by year, put right without being lost, and counted by the yearly limits."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from firms.errors import Refused
from firms.models import JournalEntry
from grants.actions.claims import freeze_claim
from grants.actions.outside import Told, tell_outside
from grants.actions.statements import answer
from grants.claims.assessment import assess_claim, name_of, open_requirements
from grants.facts.money import already_drawn
from grants.models import OutsideGrant
from grants.queries import forecast
from grants.queries.outside import outside_in_year
from tests.factories import PersonFactory
from tests.grants.conftest import CLAIM_DAY, fresh

YEAR = 2026
GROUND = {"scheme": "reskilling", "fiscal_year": YEAR, "note": "支給決定通知書 第23号", "told_by": "総務部 大森 花"}


def tell(place, who, **told):
    return tell_outside(place, Told(**GROUND | told), by=who.acting(CLAIM_DAY))


def grant_of(case):
    return assess_claim(fresh(case), CLAIM_DAY).facts["grant"]


def state_of(case, code):
    found = assess_claim(fresh(case), CLAIM_DAY).outcome["conditions"]
    return [one["state"] for one in found if one["code"] == code]


@pytest.fixture
def drawn_elsewhere(paid, manager):
    """The firm says that it did draw this grant outside Takumi, and not yet how much."""
    answer(paid, "first_this_year", value="no", by=manager.acting(CLAIM_DAY))
    return fresh(paid)


def test_a_no_alone_leaves_the_limits_unknown(drawn_elsewhere):
    grant = grant_of(drawn_elsewhere)

    assert grant["already_granted_in_claim_year"] is None
    assert {one["grants_this_year"] for one in grant["workers"]} == {None}
    assert state_of(drawn_elsewhere, "yearly_limit") == ["unknown"]
    assert assess_claim(drawn_elsewhere, CLAIM_DAY).outcome["payable_amount"] == 0


def test_yen_that_were_told_are_counted_by_the_limit(drawn_elsewhere, establishment, manager):
    """100 million a year: 99,950,000 were drawn, so 50,000 of the 57,000 are left."""
    tell(establishment, manager, yen=99_950_000)

    found = assess_claim(drawn_elsewhere, CLAIM_DAY)
    (limit,) = (one for one in found.outcome["conditions"] if one["code"] == "yearly_limit")
    assert found.facts["grant"]["already_granted_in_claim_year"] == 99_950_000
    assert limit["evidence"] == f"2026年度 {establishment.name} 99,950,000円（支給決定通知書 第23号、総務部 大森 花）"
    assert assess_claim(drawn_elsewhere, CLAIM_DAY).outcome["payable_amount"] == 50_000


@pytest.mark.parametrize(("yen", "left"), [(99_943_000, 57_000), (99_943_001, 56_999)], ids=["just fits", "a yen over"])
def test_limit_holds_to_the_yen(drawn_elsewhere, establishment, manager, yen, left):
    tell(establishment, manager, yen=yen)

    assert assess_claim(drawn_elsewhere, CLAIM_DAY).outcome["payable_amount"] == left


@pytest.mark.parametrize(
    ("times", "states"), [(2, ["met", "unknown", "unknown"]), (3, ["unmet", "unknown", "unknown"])]
)
def test_times_of_one_person_say_nothing_of_the_others(
    drawn_elsewhere, establishment, enrolled, manager, times, states
):
    tell(establishment, manager, yen=0)
    tell(establishment, manager, person=enrolled[0].person, times=times, e_learning_times=0)

    assert state_of(drawn_elsewhere, "times_this_year") == states


def test_claim_is_asked_for_once_all_is_told(drawn_elsewhere, establishment, enrolled, manager, advisor):
    tell(establishment, manager, yen=0)
    for one in enrolled:
        tell(establishment, manager, person=one.person, times=0, e_learning_times=0)

    opens = open_requirements(assess_claim(fresh(drawn_elsewhere), CLAIM_DAY).outcome)
    claim = freeze_claim(fresh(drawn_elsewhere), by=advisor.acting(CLAIM_DAY), despite=[name_of(one) for one in opens])

    assert [one["code"] for one in opens] == ["first_this_year"]
    assert claim.total_yen == 57_000


def test_who_says_there_was_nothing_is_still_held_to_what_was_told(paid, establishment, enrolled, manager):
    tell(establishment, manager, yen=99_950_000)
    tell(establishment, manager, person=enrolled[0].person, times=3, e_learning_times=0)

    assert assess_claim(fresh(paid), CLAIM_DAY).outcome["payable_amount"] < 50_001
    assert state_of(paid, "times_this_year") == ["unmet", "met", "met"]


def test_own_claims_and_what_was_told_add_up(claimed, establishment, enrolled, manager):
    tell(establishment, manager, yen=43_000)
    tell(establishment, manager, person=enrolled[0].person, times=1, e_learning_times=1)
    drawn = already_drawn(claimed, as_of=CLAIM_DAY)
    found = forecast(claimed.run, establishment, [one.employment for one in enrolled], date(2026, 11, 20))

    # A case does not count against itself, a forecast counts every claim of the year.
    assert (drawn.yen, drawn.times, drawn.e_learning) == (43_000, {enrolled[0].pk: 1}, {enrolled[0].pk: 1})
    assert found.facts.already_granted_in_claim_year == 100_000
    assert [one.grants_this_year for one in found.facts.workers] == [2, 1, 0]


@pytest.mark.parametrize(
    ("as_of", "yen"), [(date(2027, 3, 31), 43_000), (date(2027, 4, 1), None), (date(2026, 3, 31), None)]
)
def test_each_fiscal_year_stands_for_itself(establishment, manager, as_of, yen):
    tell(establishment, manager, yen=43_000)

    assert outside_in_year(establishment.pk, "reskilling", as_of=as_of).yen == yen
    assert outside_in_year(establishment.pk, "hrd_support", as_of=as_of).yen is None


def test_correction_is_a_further_row_with_its_reason(establishment, manager, advisor):
    first = tell(establishment, manager, yen=43_000)
    second = tell(establishment, advisor, yen=34_000, why="通知書の額を読み違えた")

    assert (second.replaces, second.why) == (first, "通知書の額を読み違えた")
    assert list(OutsideGrant.objects.held()) == [second]
    assert outside_in_year(establishment.pk, "reskilling", as_of=CLAIM_DAY).yen == 34_000
    entry = JournalEntry.objects.about(second).get()
    assert (entry.verb, entry.details["reason"]) == ("outside.correct", "通知書の額を読み違えた")


def test_what_turns_out_unknown_is_taken_back_to_unknown(establishment, enrolled, manager):
    person = enrolled[0].person
    tell(establishment, manager, person=person, times=2, e_learning_times=1)
    tell(establishment, manager, person=person, why="別の人の通知書だった")

    assert not OutsideGrant.objects.held().exists()
    assert outside_in_year(establishment.pk, "reskilling", as_of=CLAIM_DAY).times == {}
    assert tell(establishment, manager, person=person, times=1, e_learning_times=0, why="本人に確かめた").times == 1


def test_the_same_told_twice_is_one_row(establishment, manager):
    assert tell(establishment, manager, yen=0) == tell(establishment, manager, yen=0)
    assert OutsideGrant.objects.count() == 1


@pytest.mark.parametrize(
    ("told", "field", "sentence"),
    [
        ({}, "yen", "受けていないときは 0 を入力"),
        ({"yen": 1, "fiscal_year": 2027}, "fiscal_year", "2027年度はまだ始まっていません"),
    ],
)
def test_what_cannot_be_is_refused_at_the_field(establishment, manager, told, field, sentence):
    with pytest.raises(Refused, match=sentence) as refused:
        tell(establishment, manager, **told)

    assert refused.value.field == field


def test_correction_without_a_reason_is_refused(establishment, manager):
    tell(establishment, manager, yen=1)

    with pytest.raises(Refused, match="訂正の理由") as refused:
        tell(establishment, manager, yen=2)

    assert refused.value.field == "why"


def test_people_of_other_places_and_more_e_learning_than_all_are_refused(establishment, enrolled, manager):
    with pytest.raises(Refused, match="この事業所で働いた人") as refused:
        tell(establishment, manager, person=PersonFactory(), times=1, e_learning_times=0)
    assert refused.value.field == "person"

    with pytest.raises(Refused, match="受けた回数まで") as refused:
        tell(establishment, manager, person=enrolled[0].person, times=1, e_learning_times=2)
    assert refused.value.field == "e_learning_times"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("outside_scheme_known", {"scheme": "lottery", "yen": 1}),
        ("outside_yen_of_the_place_times_of_a_person", {"times": 1, "e_learning_times": 0}),
        ("outside_e_learning_within_all", {"person": True, "times": 1, "e_learning_times": 2}),
        ("outside_e_learning_within_all", {"person": True, "times": 1}),
        ("outside_correction_has_a_reason", {}),
        ("outside_correction_has_a_reason", {"yen": 1, "why": "理由"}),
    ],
)
def test_database_refuses_what_cannot_be(establishment, manager, name, told):
    person = manager.person if told.get("person") else None

    with pytest.raises(IntegrityError, match=rf"{name}|CHECK"), transaction.atomic():
        OutsideGrant.objects.create(
            establishment=establishment, recorded_by=manager.person, **GROUND | told | {"person": person}
        )


@pytest.mark.parametrize("of_person", [False, True], ids=["outside_yen_once", "outside_times_once"])
def test_database_holds_one_first_row_for_each(establishment, manager, of_person):
    told = {"person": manager.person, "times": 1, "e_learning_times": 0} if of_person else {"yen": 1}
    made = {"establishment": establishment, "recorded_by": manager.person, **GROUND, **told}
    OutsideGrant.objects.create(**made)

    with pytest.raises(IntegrityError, match=r"outside_|UNIQUE"), transaction.atomic():
        OutsideGrant.objects.create(**made)


def test_rows_are_append_only(establishment, manager):
    tell(establishment, manager, yen=1)

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        OutsideGrant.objects.update(yen=2)


def test_page_takes_what_is_told_and_shows_who_said_so(establishment, enrolled, manager):
    client, address = manager.client(), reverse("grants:outside", args=[establishment.pk])
    ground = {"note": "支給決定通知書 第23号", "told_by": "経理 雑色 実", "why": ""}
    of_person = {"of": "times", "person": enrolled[0].person.pk, "times": "2", "e_learning_times": "0"}

    refused = client.post(address, ground | {"of": "yen", "yen": "100", "note": ""})
    told = client.post(
        f"{address}?scheme=reskilling&fiscal_year={YEAR}", ground | {"of": "yen", "yen": "１２０，０００円"}
    )
    client.post(address, ground | of_person)
    page = client.get(address).content.decode()

    assert list(refused.context["yen_form"].errors) == ["note"]
    assert told.status_code == 302
    assert "120,000円" in page
    assert "2回（うちeラーニング0回）" in page
    assert page.count("経理 雑色 実") == 2


def test_times_ask_how_many_were_e_learning(establishment, enrolled, manager):
    given = {"of": "times", "person": enrolled[0].person.pk, "times": "2", "note": "通知書", "told_by": "本人"}

    page = manager.client().post(reverse("grants:outside", args=[establishment.pk]), given)

    assert list(page.context["times_form"].errors) == ["e_learning_times"]
    assert not OutsideGrant.objects.exists()


def test_case_page_says_what_only_takumi_knows(case, establishment, enrolled, manager):
    address = reverse("grants:case", args=[case.pk])

    before = manager.client().get(address).content.decode()
    tell(establishment, manager, yen=43_000)
    tell(establishment, manager, person=enrolled[0].person, times=1, e_learning_times=0)
    after = manager.client().get(address).content.decode()

    assert "Takumiの外で受けた額は、まだ入力されていません" in before
    assert "3人についてTakumiで申請した分だけ" in before
    assert "Takumiの外で受けた 43,000円 も数えています" in after
    assert "2人についてTakumiで申請した分だけ" in after


@pytest.mark.parametrize("who", ["manager", "advisor"])
def test_firm_and_its_office_may_tell(who, request, establishment):
    client = request.getfixturevalue(who).client()

    assert client.get(reverse("grants:outside", args=[establishment.pk])).status_code == 200


@pytest.mark.parametrize("who", ["trainee", "officer", "coordinator", "stranger"])
def test_nobody_else_finds_the_page(who, request, establishment):
    client = request.getfixturevalue(who).client()

    assert client.get(reverse("grants:outside", args=[establishment.pk])).status_code in (403, 404)


@pytest.mark.parametrize("rows", [1, 3])
def test_page_takes_the_same_queries(rows, establishment, enrolled, manager, django_assert_num_queries):
    for one in enrolled[:rows]:
        tell(establishment, manager, person=one.person, times=1, e_learning_times=0)
    client, address = manager.client(), reverse("grants:outside", args=[establishment.pk])
    client.get(address)

    with django_assert_num_queries(7):
        client.get(address)
