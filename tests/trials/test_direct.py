"""国のトライアル雇用 of a firm: from the hire on a referral to its claim, with what is missed said and closed."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from firms.errors import Refused
from firms.models import Employment, JournalEntry, Notification
from tests.factories import EmploymentFactory, at
from tests.trials.factories import DirectTrialFactory
from tests.trials.playing import Alone
from trials.actions.conversion import direct as act
from trials.models import DirectTrial
from trials.policies import may_run_direct
from trials.tasks import sweep_trials

pytestmark = pytest.mark.django_db
HIRED, PLAN_UNTIL, LAST = date(2026, 11, 2), date(2026, 11, 16), date(2027, 2, 1)
TOLD = {"office": "ハローワーク大森", "referred_on": date(2026, 10, 26), "weekly_hours": 40, "last_on": None}


@pytest.fixture
def employment(establishment, pattern):
    return EmploymentFactory(
        establishment=establishment, pattern=pattern, contract="fixed_term", started_on=HIRED, person__family_name="直"
    )


@pytest.fixture
def begun(employment, manager):
    return act.begin_direct(employment, by=manager.acting(HIRED), **TOLD)


def planned(trial, manager):
    act.file_plan(trial, filed_on=PLAN_UNTIL, by=manager.acting(PLAN_UNTIL))
    return trial


def ended(trial, manager, *, how="finished", on=LAST):
    planned(trial, manager)
    act.end_direct(trial, how=how, on=on, by=manager.acting(max(on, LAST)))
    return trial


def now(trial):
    return DirectTrial.objects.get(pk=trial.pk)


def test_hire_begins_it_with_the_longest_term_and_the_plan_s_day(begun, firm):
    assert (begun.hired_on, begun.last_on, begun.plan_until, begun.state) == (HIRED, LAST, PLAN_UNTIL, "hired")
    assert begun.terms["title"] == "トライアル雇用（一般トライアルコース）"
    assert JournalEntry.objects.get(verb="direct.begin").concerns == firm


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"weekly_hours": 29}, "30時間以上"),
        ({"referred_on": HIRED + timedelta(days=1)}, "紹介を受けてから"),
        ({"last_on": LAST + timedelta(days=1)}, "3か月後"),
        ({"last_on": HIRED - timedelta(days=1)}, "3か月後"),
    ],
)
def test_begin_says_which_rule_it_breaks(employment, manager, changed, sentence):
    with pytest.raises(Refused, match=sentence):
        act.begin_direct(employment, by=manager.acting(HIRED), **{**TOLD, **changed})


def test_thirty_hours_and_a_shorter_term_are_taken(employment, manager):
    found = act.begin_direct(
        employment, by=manager.acting(HIRED), **{**TOLD, "weekly_hours": 30, "last_on": date(2026, 12, 31)}
    )

    assert (found.weekly_hours, found.last_on) == (30, date(2026, 12, 31))


def test_regular_staff_and_one_who_is_in_already_are_refused(begun, employment, establishment, pattern, manager):
    with pytest.raises(Refused, match="すでに登録"):
        act.begin_direct(employment, by=manager.acting(HIRED), **TOLD)
    regular = EmploymentFactory(establishment=establishment, pattern=pattern, started_on=HIRED)
    with pytest.raises(Refused, match="期間を定めて"):
        act.begin_direct(regular, by=manager.acting(HIRED), **TOLD)


def test_who_came_by_dispatch_is_not_supported_twice(trial, manager):
    trial.converted()
    Employment.objects.filter(placement=trial.placement).update(contract="fixed_term")
    employment = Employment.objects.get(placement=trial.placement)

    with pytest.raises(Refused, match="二度支援"):
        act.begin_direct(employment, by=manager.acting(date(2027, 2, 1)), **{**TOLD, "referred_on": date(2027, 1, 1)})


@pytest.mark.parametrize(
    ("filed", "today", "sentence"),
    [
        (PLAN_UNTIL + timedelta(days=1), PLAN_UNTIL + timedelta(days=1), "14日以内"),
        (HIRED - timedelta(days=1), HIRED, "14日以内"),
        (PLAN_UNTIL, HIRED, "出した日を確かめて"),
    ],
)
def test_plan_is_filed_inside_its_days_and_not_ahead(begun, manager, filed, today, sentence):
    with pytest.raises(Refused, match=sentence):
        act.file_plan(begun, filed_on=filed, by=manager.acting(today))
    assert now(begun).state == "hired"


def test_plan_on_its_last_day_is_in_time_and_once(begun, manager):
    planned(begun, manager)

    assert (now(begun).state, now(begun).plan_filed_on) == ("planned", PLAN_UNTIL)
    with pytest.raises(Refused, match="状態からは"):
        planned(begun, manager)


def test_full_term_leads_to_the_claim_and_to_the_money(begun, manager):
    ended(begun, manager)
    assert (now(begun).claim_from, now(begun).claim_until) == (date(2027, 2, 2), date(2027, 4, 1))

    act.claim_direct(begun, claimed_on=date(2027, 4, 1), by=manager.acting(date(2027, 4, 1)))
    act.decide_direct(begun, decided_on=date(2027, 5, 10), paid_yen=120_000, by=manager.acting(date(2027, 5, 12)))

    assert (now(begun).state, now(begun).paid_yen) == ("paid", 120_000)
    verbs = JournalEntry.objects.about(begun).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["direct.begin", "direct.file_plan", "direct.end", "direct.claim", "direct.pay"]


def test_early_conversion_makes_regular_staff_and_moves_the_claim(begun, manager, employment):
    ended(begun, manager, how="converted", on=date(2026, 12, 16))

    found = now(begun)
    terms = list(Employment.objects.filter(person=employment.person).order_by("started_on"))
    assert (found.ended_on, found.ended_with) == (date(2026, 12, 15), "converted")
    assert (found.claim_from, found.claim_until) == (date(2026, 12, 16), date(2027, 2, 15))
    assert [(one.contract, one.started_on, one.ended_on) for one in terms] == [
        ("fixed_term", HIRED, date(2026, 12, 15)),
        ("regular", date(2026, 12, 16), None),
    ]


@pytest.mark.parametrize(
    ("how", "on", "sentence"),
    [
        ("finished", LAST - timedelta(days=1), "期間の満了は"),
        ("quit", LAST + timedelta(days=1), "今日までの日"),
        ("converted", LAST + timedelta(days=2), "今日までの日"),
        ("converted", HIRED, "今日までの日"),
    ],
)
def test_end_is_inside_the_term(begun, manager, how, on, sentence):
    planned(begun, manager)

    with pytest.raises(Refused, match=sentence):
        act.end_direct(begun, how=how, on=on, by=manager.acting(LAST + timedelta(days=5)))


def test_conversion_on_the_day_after_the_term_ends_it_in_full(begun, manager):
    planned(begun, manager)
    act.end_direct(begun, how="converted", on=LAST + timedelta(days=1), by=manager.acting(LAST + timedelta(days=1)))

    assert now(begun).ended_on == LAST


@pytest.mark.parametrize("claimed", [date(2027, 2, 1), date(2027, 4, 2)])
def test_claim_is_made_inside_its_window(begun, manager, claimed):
    ended(begun, manager)

    with pytest.raises(Refused, match="2か月"):
        act.claim_direct(begun, claimed_on=claimed, by=manager.acting(date(2027, 4, 5)))


def test_nothing_paid_is_a_refusal(begun, manager):
    ended(begun, manager)
    act.claim_direct(begun, claimed_on=date(2027, 2, 2), by=manager.acting(date(2027, 2, 2)))
    with pytest.raises(Refused, match="申請した日から"):
        act.decide_direct(begun, decided_on=date(2027, 2, 1), paid_yen=1, by=manager.acting(date(2027, 3, 1)))

    act.decide_direct(begun, decided_on=date(2027, 3, 1), paid_yen=0, by=manager.acting(date(2027, 3, 1)))

    assert (now(begun).state, now(begun).paid_yen) == ("denied", None)


def test_firm_may_say_that_it_claims_nothing(begun, manager):
    act.drop_direct(begun, reason="書類をそろえられない", by=manager.acting())

    assert (now(begun).state, now(begun).closed_because) == ("lapsed", "書類をそろえられない")


# --- the sweep ---


def swept(day):
    with time_machine.travel(at(day, "06:00"), tick=True):
        sweep_trials(on=day)


def test_plan_is_asked_for_once_a_week_before(begun, manager):
    for day in (date(2026, 11, 8), date(2026, 11, 9), date(2026, 11, 10)):
        swept(day)

    letter = Notification.objects.get(subject="トライアル雇用の実施計画書を出してください")
    assert (letter.person, "2026年11月16日" in letter.body) == (manager.person, True)


@pytest.mark.parametrize(("day", "state"), [(PLAN_UNTIL, "hired"), (PLAN_UNTIL + timedelta(days=1), "lapsed")])
def test_missed_plan_closes_it_the_day_after(begun, day, state):
    swept(day)

    assert now(begun).state == state
    assert Notification.objects.filter(subject="トライアル雇用の期限を過ぎました").exists() is (state == "lapsed")


@pytest.mark.parametrize(("day", "state"), [(date(2027, 4, 1), "ended"), (date(2027, 4, 2), "lapsed")])
def test_missed_claim_closes_it_the_day_after(begun, manager, day, state):
    ended(begun, manager)
    swept(day)

    assert now(begun).state == state


# --- who, and the pages ---


def test_firm_s_leaders_run_it_and_the_person_reads(begun, employment, manager, stranger, trainee, officer):
    person = Alone(employment.person)
    people = (manager, person, stranger, trainee, officer)

    assert [DirectTrial.objects.visible_to(one.acting()).count() for one in people] == [1, 1, 0, 0, 0]
    assert [may_run_direct(one.acting(), begun) for one in people] == [True, False, False, False, False]
    page = person.client().get(reverse("trials:direct", args=[begun.pk])).content.decode()
    assert ("ハローワーク大森" in page, "申請しない" in page) == (True, False)
    assert person.client().get(reverse("trials:direct_step", args=[begun.pk, "plan"])).status_code == 403


def test_firm_takes_every_step_on_the_pages(employment, manager):
    with time_machine.travel(at(HIRED, "10:00"), tick=True):
        browser = manager.client()
        given = {"employment": employment.pk, "office": "ハローワーク大森", "referred_on": "2026-10-26"}
        browser.post(reverse("trials:direct_new"), {**given, "weekly_hours": 40, "last_on": ""})
    trial = DirectTrial.objects.get()
    steps = [
        (PLAN_UNTIL, "plan", {"filed_on": "2026-11-10"}),
        (LAST, "end", {"how": "finished", "on": "2027-02-01"}),
        (date(2027, 3, 1), "claim", {"claimed_on": "2027-03-01"}),
        (date(2027, 5, 1), "decide", {"decided_on": "2027-04-30", "paid_yen": "120000"}),
    ]
    for day, code, told in steps:
        with time_machine.travel(at(day, "10:00"), tick=True):
            browser = manager.client()
            assert reverse("trials:direct_step", args=[trial.pk, code]) in (
                browser.get(reverse("trials:direct", args=[trial.pk])).content.decode()
            )
            browser.post(reverse("trials:direct_step", args=[trial.pk, code]), told)

    assert now(trial).state == "paid"
    assert "120,000円" in manager.client().get(reverse("trials:direct", args=[trial.pk])).content.decode()


def test_unknown_step_is_no_page_and_one_out_of_turn_says_so(begun, manager):
    browser = manager.client()

    assert browser.get(reverse("trials:direct_step", args=[begun.pk, "fly"])).status_code == 404
    answer = browser.get(reverse("trials:direct_step", args=[begun.pk, "claim"]), follow=True)
    assert "いまは「支給申請をした」を行えません" in answer.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_one_and_three(django_assert_num_queries, establishment, manager, count):
    for _n in range(count):
        DirectTrialFactory(employment__establishment=establishment)
    client = manager.client()
    client.get(reverse("trials:directs"))

    with django_assert_num_queries(6):
        client.get(reverse("trials:directs"))
