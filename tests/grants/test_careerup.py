"""A case of キャリアアップ助成金 from the plan over the conversion to the claims of both periods, and every way out of it."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from firms.errors import Refused
from grants.actions.careerup import (
    choose_careerup_plan,
    file_careerup_plan,
    file_period,
    freeze_careerup_plan,
    freeze_period,
    open_conversion,
    save_careerup_plan,
    save_conversion,
    save_period_pay,
)
from grants.actions.cases import drop_case
from grants.actions.claims import record_decision, record_payment
from grants.actions.deadlines import is_in_line, to_sweep
from grants.actions.steps import take_step
from grants.cases.situation import guide_of, situations_of
from grants.claims.careerup import assess_conversion
from grants.models import CareerUpPlan, Conversion, GrantCase, PeriodPay
from grants.papers.forms import claim_forms, plan_forms
from grants.papers.making import make_papers
from grants.queries.money import entries
from tests.factories import MandateFactory
from tests.grants.careerup_cast import (
    CONVERTED_ON,
    FILED_ON,
    FIRST_DAY,
    LAST_DAY,
    PAY,
    PLAN,
    SECOND_FIRST_DAY,
    TOLD,
    claimed,
    filed,
    now,
    opened,
    paid,
    say_yes,
    second_of,
    told,
    worker,
)
from tests.grants.papers.conftest import read_back, squeezed


@pytest.fixture
def advisor(advisor_without_mandate, office, firm):
    """Under a mandate for キャリアアップ助成金 alone."""
    MandateFactory(office=office, firm=firm, advisor=advisor_without_mandate.person, scopes=["career_up"])
    return advisor_without_mandate


@pytest.fixture
def employment(establishment, pattern):
    return worker(establishment, pattern)


@pytest.fixture
def case(employment, manager):
    return opened(employment, by=manager)


@pytest.fixture
def planned(case, manager):
    return told(case, by=manager)


@pytest.fixture
def in_time(planned, advisor):
    return filed(planned, by=advisor)


@pytest.fixture
def first(in_time, manager):
    return paid(in_time, by=manager)


@pytest.fixture
def first_claimed(first, advisor):
    return claimed(first, by=advisor)


def open_days(case):
    return {row.code: (row.first_on, row.last_on) for row in case.deadlines.open()}


def conditions(case, *, on=FIRST_DAY):
    return {one.code: one.state for one in assess_conversion(now(case), on=on).conditions}


def titles(case, *, on):
    return guide_of(situations_of({case.pk}, on=on)[case.pk]).title


def decide(case, *, by, yen, on=date(2027, 9, 1), reason=""):
    record_decision(
        case, decided_on=on, is_approved=yen > 0, amount_yen=yen, notice_number="1", reason=reason, by=by.acting(on)
    )
    return now(case)


# --- the way ---


def test_opening_twice_is_opening_once(case, employment, manager):
    again = open_conversion(employment.person, employment.establishment, by=manager.acting(FILED_ON))

    assert (again.pk, again.number) == (case.pk, case.number)
    assert (case.period, case.state, case.title) == (1, "preparing", f"正社員化：{employment.person} 第1期")


def test_whoever_does_not_work_there_is_not_converted(establishment, manager, stranger):
    with pytest.raises(Refused, match="この事業所で働いている人") as refused:
        open_conversion(stranger.person, establishment, by=manager.acting(FILED_ON))

    assert refused.value.field == "employment"


def test_plan_is_due_the_day_before_its_first_day(planned):
    assert open_days(planned) == {"plan": (min(date(2026, 11, 20), PLAN["starts_on"]), date(2026, 11, 24))}


def test_claim_opens_the_day_after_the_sixth_month_is_paid(in_time):
    assert open_days(in_time) == {"claim": (FIRST_DAY, LAST_DAY)}


def test_first_claim_of_a_prior_worker_draws_the_amount_of_one_period(first_claimed):
    claim = first_claimed.claims.get()

    assert (first_claimed.state, claim.total_yen) == ("claimed", 400_000)
    assert [one["code"] for one in claim.outcome["lines"]] == ["period_1"]
    assert {one["state"] for one in claim.outcome["conditions"]} == {"met"}
    assert open_days(first_claimed) == {}


def test_second_period_opens_a_year_after_and_draws_as_much(first_claimed, manager, advisor):
    second = second_of(first_claimed, by=manager)

    assert (second.period, second.state, second.conversion_id) == (2, "filed", first_claimed.conversion_id)
    assert open_days(second) == {"claim": (SECOND_FIRST_DAY, date(2028, 2, 15))}

    second = claimed(paid(second, by=manager, on=SECOND_FIRST_DAY), by=advisor, on=SECOND_FIRST_DAY)

    assert (second.state, second.claims.get().total_yen) == ("claimed", 400_000)


def test_both_periods_are_decided_and_paid_apart(first_claimed, manager, advisor):
    second = second_of(first_claimed, by=manager)
    decided = decide(first_claimed, by=advisor, yen=400_000)

    record_payment(decided, paid_on=date(2027, 9, 20), amount_yen=400_000, by=advisor.acting(date(2027, 9, 21)))

    assert (now(first_claimed).state, now(second).state) == ("closed", "filed")
    sums = [(one.stage, one.yen) for one in entries(advisor.acting(date(2027, 9, 21))) if one.yen]
    assert sums == [("claimed", 400_000), ("decided", 400_000), ("paid", 400_000)]


def test_next_step_is_named_at_each_stand(case, manager, advisor):
    said = [titles(case, on=FILED_ON)]
    case = told(case, by=manager)
    said.append(titles(case, on=FILED_ON))
    freeze_careerup_plan(case, by=advisor.acting(FILED_ON))
    said.append(titles(case, on=FILED_ON))
    file_careerup_plan(now(case), filed_on=FILED_ON, receipt_number="1", by=advisor.acting(FILED_ON))
    said += [titles(case, on=day) for day in (CONVERTED_ON, FIRST_DAY, LAST_DAY + timedelta(1))]
    case = paid(case, by=manager)
    said.append(titles(case, on=FIRST_DAY))
    freeze_period(case, by=advisor.acting(FIRST_DAY))
    said.append(titles(case, on=FIRST_DAY))

    assert said == [
        "足りないもの3件をうめる",
        "キャリアアップ計画書を確定する",
        "キャリアアップ計画書を労働局へ出す",
        "6か月働き、賃金を支払う",
        "この期の賃金を入力する",
        "支給申請の期限を過ぎました",
        "支給申請を確かめて確定する",
        "支給申請を労働局へ出す",
    ]


def test_another_conversion_rests_on_the_plan_that_is_filed(in_time, establishment, pattern, manager):
    other = opened(worker(establishment, pattern, name="六郷", number=8), by=manager)

    choose_careerup_plan(other, in_time.conversion.plan, by=manager.acting(FILED_ON))

    assert (now(other).state, now(other).conversion.plan) == ("filed", in_time.conversion.plan)


def test_one_plan_files_every_case_that_rests_on_it(planned, establishment, pattern, manager, advisor):
    other = told(opened(worker(establishment, pattern, name="六郷", number=8), by=manager), by=manager)

    filed(planned, by=advisor)

    assert (now(other).state, CareerUpPlan.objects.count()) == ("filed", 1)


def test_deadlines_stay_in_line_with_their_facts(in_time, manager):
    save_conversion(in_time, TOLD | {"pay_day": 25}, by=manager.acting(FILED_ON))

    assert open_days(in_time) == {"claim": (date(2027, 6, 26), date(2027, 8, 25))}
    assert [is_in_line(one) for one in to_sweep()] == [True]
    assert in_time.deadlines.filter(state="replaced").count() == 1


# --- what is refused ---


@pytest.mark.parametrize(
    ("ends_on", "is_taken"),
    [
        (date(2029, 11, 23), False),
        (date(2029, 11, 24), True),
        (date(2031, 11, 24), True),
        (date(2031, 11, 25), False),
    ],
    ids=["a day short", "three years", "five years", "a day over"],
)
def test_plan_lasts_three_to_five_years(case, manager, ends_on, is_taken):
    given = PLAN | {"ends_on": ends_on}
    if is_taken:
        assert save_careerup_plan(case, given, by=manager.acting(FILED_ON)).ends_on == ends_on
        return

    with pytest.raises(Refused, match="3年から5年") as refused:
        save_careerup_plan(case, given, by=manager.acting(FILED_ON))

    assert refused.value.field == "ends_on"


def test_plan_that_lacks_something_is_not_frozen(case, advisor):
    with pytest.raises(Refused, match="キャリアアップ計画書（様式第1号）、転換日、転換前の雇用"):
        freeze_careerup_plan(case, by=advisor.acting(FILED_ON))


def test_plan_is_not_filed_on_its_first_day(planned, advisor):
    freeze_careerup_plan(planned, by=advisor.acting(FILED_ON))

    with pytest.raises(Refused, match="計画期間は") as refused:
        file_careerup_plan(
            now(planned), filed_on=PLAN["starts_on"], receipt_number="1", by=advisor.acting(PLAN["starts_on"])
        )

    assert refused.value.field == "filed_on"


def test_filed_plan_is_closed(in_time, manager):
    with pytest.raises(Refused, match="変更届"):
        save_careerup_plan(in_time, PLAN, by=manager.acting(FILED_ON))


@pytest.mark.parametrize("day", [FIRST_DAY - timedelta(1), LAST_DAY + timedelta(1)], ids=["before", "after"])
def test_claim_is_frozen_in_its_window_alone(first, advisor, day):
    with pytest.raises(Refused):
        freeze_period(first, by=advisor.acting(day))


@pytest.mark.parametrize(
    ("pay", "code"),
    [
        ({"after_yen": 1_235_000}, "raise"),
        ({"worked_days": [20, 10, 19, 21, 20, 19]}, "paid"),
        ({"last_paid_on": date(2027, 6, 17)}, "paid"),
    ],
    ids=["2.9 per cent", "ten days in a month", "not paid yet"],
)
def test_what_is_not_met_draws_nothing(in_time, manager, advisor, pay, code):
    case = paid(in_time, by=manager, on=date(2027, 6, 20), **pay)

    assert conditions(case)[code] == "unmet"
    with pytest.raises(Refused):
        freeze_period(case, by=advisor.acting(FIRST_DAY))


@pytest.mark.parametrize("said", ["no", "unknown"])
def test_requirement_of_the_firm_that_is_open_stops_the_claim(first, manager, advisor, said):
    say_yes(first, by=manager, on=FIRST_DAY, regular_terms=said)

    with pytest.raises(Refused, match="賞与か退職金"):
        freeze_period(now(first), by=advisor.acting(FIRST_DAY))


@pytest.mark.parametrize(
    ("since", "state"),
    [(date(2026, 6, 1), "met"), (date(2026, 6, 2), "unmet")],
    ids=["six months", "a day short"],
)
def test_six_months_go_before(in_time, manager, since, state):
    save_conversion(in_time, TOLD | {"since": since}, by=manager.acting(FILED_ON))

    assert conditions(in_time)["length"] == state


@pytest.mark.parametrize(
    ("facts", "yen"),
    [
        ({}, 400_000),
        ({"since": date(2021, 12, 1)}, 400_000),
        ({"since": date(2021, 11, 30)}, 200_000),
        ({"has_probation": True, "probation_to": date(2026, 12, 31)}, 200_000),
        ({"origin": "indefinite"}, 200_000),
    ],
    ids=["four years", "five to the day", "over five", "probation", "indefinite"],
)
def test_amount_follows_what_the_work_was(in_time, manager, facts, yen):
    save_conversion(in_time, TOLD | facts, by=manager.acting(FILED_ON))

    assert assess_conversion(now(in_time), on=FIRST_DAY).total == yen


def test_second_period_is_for_prior_workers_alone(in_time, manager, advisor):
    save_conversion(in_time, TOLD | {"since": date(2024, 12, 1)}, by=manager.acting(FILED_ON))
    case = claimed(paid(in_time, by=manager), by=advisor)

    with pytest.raises(Refused, match="重点支援対象者でない人"):
        second_of(case, by=manager)

    assert case.conversion.cases.count() == 1


def test_cut_of_pay_closes_the_second_claim(first_claimed, manager, advisor):
    second = paid(second_of(first_claimed, by=manager), by=manager, on=SECOND_FIRST_DAY, after_yen=1_235_999)

    assert conditions(second, on=SECOND_FIRST_DAY)["not_cut"] == "unmet"


def test_twenty_persons_a_year_are_counted_without_second_claims(first_claimed, manager, advisor):
    second = claimed(
        paid(second_of(first_claimed, by=manager), by=manager, on=SECOND_FIRST_DAY), by=advisor, on=SECOND_FIRST_DAY
    )
    other = opened(worker(second.establishment, None, name="六郷", number=8), by=manager)
    choose_careerup_plan(other, second.conversion.plan, by=manager.acting(FILED_ON))
    save_conversion(now(other), TOLD, by=manager.acting(FILED_ON))

    found = assess_conversion(now(other), on=FIRST_DAY).conditions

    assert next(one.because for one in found if one.code == "persons").startswith(
        "この年度に申請した人は、この人を除いて1人"
    )


# --- dispatched after a trial ---


@pytest.mark.parametrize(
    ("facts", "length", "yen"),
    [
        ({}, "met", 400_000),
        ({"agency_is_indefinite": True}, "met", 200_000),
        ({"since": date(2026, 6, 2)}, "unmet", 0),
        ({"same_unit": False}, "unmet", 0),
    ],
    ids=["six months", "indefinite with the agency", "a day short", "another unit"],
)
def test_hire_after_a_dispatch(in_time, manager, facts, length, yen):
    dispatched = TOLD | {
        "origin": "dispatched",
        "since": date(2026, 6, 1),
        "until": date(2026, 11, 30),
        "same_unit": True,
        "agency_is_indefinite": False,
        "contracted_on": date(2026, 11, 30),
    }
    save_conversion(in_time, dispatched | facts, by=manager.acting(FILED_ON))

    assert (conditions(in_time)["length"], assess_conversion(now(in_time), on=FIRST_DAY).total) == (length, yen)


# --- ways out ---


def test_first_refused_closes_the_second(first_claimed, manager, advisor):
    second = second_of(first_claimed, by=manager)
    refused = decide(first_claimed, by=advisor, yen=0, reason="制度の規定がない")

    second = paid(second, by=manager, on=SECOND_FIRST_DAY)

    assert refused.state == "refused"
    assert conditions(second, on=SECOND_FIRST_DAY)["first"] == "unmet"
    with pytest.raises(Refused, match="第1期が不支給でない"):
        freeze_period(second, by=advisor.acting(SECOND_FIRST_DAY))


def test_first_refused_bars_opening_the_second(first_claimed, manager, advisor):
    decide(first_claimed, by=advisor, yen=0, reason="制度の規定がない")

    with pytest.raises(Refused, match="第1期が不支給"):
        second_of(first_claimed, by=manager, on=date(2027, 9, 2))


def test_first_merely_late_leaves_the_second_open(first, manager, advisor):
    drop_case(first, reason="期限に遅れた", by=advisor.acting(LAST_DAY + timedelta(1)))

    second = second_of(first, by=manager, on=LAST_DAY + timedelta(1))

    assert (second.period, second.state) == (2, "filed")
    assert open_days(second)["claim"][0] == SECOND_FIRST_DAY


def test_claim_taken_back_counts_no_person(first_claimed, advisor, manager):
    on = FIRST_DAY + timedelta(3)
    take_step(first_claimed, "withdrawn", on=on, note="労働局が認めた", by=advisor.acting(on))
    other = opened(worker(first_claimed.establishment, None, name="六郷", number=8), by=manager)
    choose_careerup_plan(other, first_claimed.conversion.plan, by=manager.acting(FILED_ON))
    save_conversion(now(other), TOLD, by=manager.acting(FILED_ON))

    found = assess_conversion(now(other), on=FIRST_DAY).conditions

    assert now(first_claimed).state == "withdrawn"
    assert "この人を除いて0人" in next(one.because for one in found if one.code == "persons")


def test_what_is_claimed_keeps_its_facts(first_claimed, manager):
    with pytest.raises(Refused, match="支給申請を出した後"):
        save_conversion(first_claimed, TOLD, by=manager.acting(FIRST_DAY))
    with pytest.raises(Refused, match="支給申請を出すまで"):
        save_period_pay(first_claimed, PAY, by=manager.acting(FIRST_DAY))


def test_claim_handed_in_before_it_was_entered_is_frozen_as_of_that_day(first, advisor):
    file_period(first, filed_on=FIRST_DAY, receipt_number="", by=advisor.acting(FIRST_DAY + timedelta(5)))

    assert now(first).claims.get().as_of == FIRST_DAY


# --- the database ---


def other_case(case, **changed):
    held = {"establishment": case.establishment, "subject": "conversion", "conversion": case.conversion, "period": 1}
    return GrantCase.objects.create(**held | {"scheme": "careerup", "menu": "conversion"} | changed)


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("grant_case_period_once", {}),
        ("grant_case_conversion_has_its_period", {"period": 3}),
        ("grant_case_conversion_has_its_period", {"period": None}),
        ("grant_case_has_its_subject", {"subject": "run"}),
        ("grant_case_has_its_subject", {"conversion": None, "period": None}),
    ],
    ids=["twice", "third period", "no period", "another subject", "no subject"],
)
def test_database_refuses_a_case_that_cannot_be(case, name, changed):
    with pytest.raises(IntegrityError, match=rf"{name}|CHECK|UNIQUE"), transaction.atomic():
        other_case(case, **changed)


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("careerup_plan_days_in_order", {"ends_on": PLAN["starts_on"]}),
        ("careerup_plan_filed_before_it_starts", {"filed_on": PLAN["starts_on"]}),
        ("careerup_plan_is_for_somebody", {"for_fixed_term": False}),
        ("careerup_plan_month_is_its_first_day", {"month": date(2026, 12, 2)}),
    ],
)
def test_database_refuses_a_plan_that_cannot_be(establishment, name, changed):
    with pytest.raises(IntegrityError, match=rf"{name}|CHECK"), transaction.atomic():
        CareerUpPlan.objects.create(establishment=establishment, **PLAN | changed)


def test_database_keeps_one_plan_being_written(establishment):
    CareerUpPlan.objects.create(establishment=establishment, **PLAN)

    with pytest.raises(IntegrityError, match=r"careerup_plan_one_being_written|UNIQUE"), transaction.atomic():
        CareerUpPlan.objects.create(establishment=establishment, **PLAN)


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("conversion_after_it_began", {"since": CONVERTED_ON}),
        ("conversion_dispatch_alone_has_its_facts", {"until": date(2026, 11, 30)}),
        ("conversion_probation_agrees", {"probation_to": date(2026, 12, 31)}),
        ("conversion_probation_agrees", {"has_probation": True, "probation_to": date(2026, 11, 30)}),
    ],
    ids=["began after", "dispatch of nobody dispatched", "end of no probation", "ends before"],
)
def test_database_refuses_a_conversion_that_cannot_be(establishment, employment, name, changed):
    with pytest.raises(IntegrityError, match=rf"{name}|CHECK"), transaction.atomic():
        Conversion.objects.create(establishment=establishment, person=employment.person, **TOLD | changed)


def test_database_converts_a_person_once(case):
    with pytest.raises(IntegrityError, match=r"conversion_person_once|UNIQUE"), transaction.atomic():
        Conversion.objects.create(establishment=case.establishment, person=case.conversion.person)


def test_database_refuses_pay_of_nothing(first):
    with pytest.raises(IntegrityError, match=r"period_pay_is_positive|CHECK"), transaction.atomic():
        PeriodPay.objects.filter(case=first).update(after_yen=0)


# --- papers ---


def printed(spec):
    return read_back(spec.pdf()).run_on


def test_plan_paper_carries_what_was_frozen(planned, advisor):
    spec = plan_forms(freeze_careerup_plan(planned, by=advisor.acting(FILED_ON)))[0]

    text = printed(spec)

    assert spec.name == "様式第1号 キャリアアップ計画書"
    for piece in (
        "大森 花",
        "雑色 進",
        "☑ ア 説明会など",
        "令和8年11月25日",
        "令和11年11月24日",
        "☑ 有期雇用労働者",
        "☑ 正社員化",
    ):
        assert squeezed(piece) in text


def test_claim_papers_carry_what_was_frozen(first_claimed):
    specs = claim_forms(first_claimed.claims.get())

    texts = {spec.code: printed(spec) for spec in specs}

    assert list(texts) == ["careerup-3", "careerup-3-1-1", "careerup-3-1-2", "common-1"]
    wanted = {
        "careerup-3": ["東キ-8-21", "400,000円", "☑ 無"],
        "careerup-3-1-1": ["蒲田", "☑ 3年以上", "☑ 1 有期→正規", "2 第1期（重点支援対象者）", "400,000円"],
        "careerup-3-1-2": ["令和8年12月1日", "令和9年6月15日", "☑ 5年以下", "1,236,000円", "5001-000009-2"],
        "common-1": ["支給要件確認申立書"],
    }
    for code, pieces in wanted.items():
        for piece in pieces:
            assert squeezed(piece) in texts[code], (code, piece)


def test_second_claim_prints_the_sheet_of_the_second_period(first_claimed, manager, advisor):
    second = paid(second_of(first_claimed, by=manager), by=manager, on=SECOND_FIRST_DAY)
    claim = freeze_period(second, by=advisor.acting(SECOND_FIRST_DAY))

    sheet = next(spec for spec in claim_forms(claim) if spec.code == "careerup-3-1-2")

    assert squeezed("12か月分の賃金の支給日 令和9年12月15日") in printed(sheet)


def test_papers_are_made_once_and_packed(first_claimed):
    claim = first_claimed.claims.get()

    made = make_papers(claim=claim)

    assert [paper.form for paper in made][-2:] == ["pack", "pack"]
    assert [paper.pk for paper in make_papers(claim=claim)] == [paper.pk for paper in made]


# --- pages ---

PAGES = ("careerup_plan", "careerup_plan_file", "conversion_facts", "conversion_answers", "period_pay", "period_file")


@pytest.mark.parametrize("who", ["manager", "advisor"])
def test_pages_open_for_the_firm_and_its_advisor(first_claimed, in_time, who, request):
    client = request.getfixturevalue(who).client()

    found = {name: client.get(reverse(f"grants:{name}", args=[first_claimed.pk])).status_code for name in PAGES}

    assert set(found.values()) == {200}
    assert client.get(reverse("grants:case", args=[first_claimed.pk]), follow=True).status_code == 200


def test_office_of_another_scope_sees_nothing(planned, manager, advisor_without_mandate, office, firm):
    in_time = filed(planned, by=manager)
    MandateFactory(office=office, firm=firm, advisor=advisor_without_mandate.person)
    client = advisor_without_mandate.client()

    desk = client.get(reverse("grants:desk"))

    assert client.get(reverse("grants:careerup_case", args=[in_time.pk])).status_code == 404
    assert [(row.cases, row.due) for row in desk.context["rows"]] == [(0, None)]
    assert in_time.title not in client.get(reverse("grants:cases")).content.decode()


@pytest.mark.parametrize("who", ["stranger", "officer", "trainee", "coordinator"])
def test_pages_are_nothing_to_others(first_claimed, who, request):
    client = request.getfixturevalue(who).client()

    found = {
        name: client.get(reverse(f"grants:{name}", args=[first_claimed.pk])).status_code
        for name in ("careerup_case", *PAGES)
    }

    assert set(found.values()) == {404}


def test_page_of_a_training_is_none_of_a_conversion(first_claimed, manager):
    pages = ("answers", "costs", "plan_facts", "claim", "plan_file", "excuses", "confirmation")

    found = {manager.client().get(reverse(f"grants:{name}", args=[first_claimed.pk])).status_code for name in pages}

    assert found == {404}


def test_board_and_lists_name_the_conversion(in_time, manager, advisor):
    for who, name in ((manager, "cases"), (manager, "deadlines"), (advisor, "desk"), (manager, "cases_csv")):
        answer = who.client().get(reverse(f"grants:{name}"))

        assert answer.status_code == 200
        wanted = "6か月働き、賃金を支払う" if name == "desk" else in_time.title
        assert wanted in answer.content.decode()


@pytest.mark.parametrize("n", [1, 3])
def test_list_asks_as_much_for_one_as_for_many(n, establishment, pattern, manager, advisor, django_assert_num_queries):
    filed(told(opened(worker(establishment, pattern, name="六郷", number=8), by=manager), by=manager), by=advisor)
    for number in range(1, n):
        opened(worker(establishment, pattern, name=f"六郷{number}", number=number), by=manager)
    keys = set(GrantCase.objects.conversions().values_list("pk", flat=True))

    with django_assert_num_queries(3):
        assert len(situations_of(keys, on=FILED_ON)) == n
