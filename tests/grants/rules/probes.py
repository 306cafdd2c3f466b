"""Questions put to an edition of the schemes, each resting on figures no single worked training shows."""

from datetime import date
from decimal import Decimal

from grants.rules import (
    Cost,
    CourseProfile,
    FirmProfile,
    Subscription,
    assess,
    assess_subscription,
    attendance,
    careerup_grant,
    careerup_paydays,
    careerup_plan,
    careerup_raise,
    change_notice,
    check,
    claim_window,
    counted_time,
    firm_size,
    forecast,
    kept_papers,
    plan_window,
    separation_ratio,
    subscription_limit,
    subscription_period,
    trial_grant,
    trial_plan,
    uplift_test,
)
from grants.rules.careerup import Dispatch, is_priority, weekly_to_six_months
from grants.rules.leave import LeaveTaker, LongLeave, long_leave_grant
from grants.rules.mixed import mixed_hours
from grants.rules.practice import practice_course
from grants.rules.standing_in import TrainingNotice, careerup_plan_by_notice
from grants.rules.windows import EVENTS
from tests.grants.rules.worked import person, training, worked_cases

DAY = date(2026, 6, 10)
LIMITS = {
    "manufacturing": (300_000_000, 300),
    "retail": (50_000_000, 50),
    "services": (50_000_000, 100),
    "wholesale": (100_000_000, 100),
}
IN_HOUSE = {"kind": "in_house", "lecturer_fee": 10_000_000, "trainees_total": 10}
JOURNEY = {"kind": "in_house", "lecturer_fee": 0, "lecturer_travel": 90_000, "trainees_total": 1}
CLOSED = "東京都 神奈川県 千葉県 埼玉県 京都府 大阪府 兵庫県".split()


def windows(known):
    yield plan_window(DAY, schemes=known)
    yield from (claim_window(event, DAY, schemes=known) for event in EVENTS)
    yield subscription_period(DAY, date(2027, 6, 9), plan_filed=date(2026, 6, 9), schemes=known)
    for start in (True, False):
        yield change_notice(DAY, date(2026, 7, 10), is_training_start=start, schemes=known)
    yield change_notice(DAY, date(2026, 6, 11), reason="illness", schemes=known)
    yield trial_plan(DAY, schemes=known)
    for last in (date(2026, 11, 29), date(2026, 11, 30), date(2026, 12, 30)):
        for start in (date(2026, 12, 31), date(2027, 1, 1)):
            told = Dispatch(first=date(2026, 6, 1), last=last)
            asked = {"sme": True, "origin": "dispatched", "priority": True, "employed_years": 1, "dispatch": told}
            yield careerup_grant(start, **asked, schemes=known)
    yield mixed_hours(300, standard_months=1, schemes=known)


def counting(known):
    for minutes in (799, 800, 801):
        yield attendance(method="class", planned_minutes=1000, attended_minutes=minutes, schemes=known)
    yield counted_time(day_minutes=480, break_minutes=[31], ceremony_minutes=61, schemes=known)
    yield counted_time(day_minutes=480, break_minutes=[30, 30, 30], schemes=known)
    yield counted_time(day_minutes=480, ceremony_minutes=301, menu="fixed_term_practice", schemes=known)
    for kind in ("wage", "allowance"):
        yield uplift_test(kind, [(100, 103), (100, 105)], schemes=known)
    for kind, (capital, people) in LIMITS.items():
        for more in (0, 1):
            yield firm_size(kind, capital_yen=capital + more, regular_employees=10_000, schemes=known)
            yield firm_size(kind, capital_yen=None, regular_employees=people + more, schemes=known)
    for insured, leavers in ((100, 6), (100, 7), (1, 3), (1, 4)):
        yield separation_ratio(insured_on_claim_date=insured, qualified_leavers=leavers, schemes=known)


def trainings(known):
    for minutes in (600, 5999, 6000, 11999, 12000):
        everyone = person(attended_minutes=minutes, wage_minutes=minutes)
        dear = Cost(kind="external", fee_per_person=5_000_000)
        yield assess(training(planned_minutes=minutes, workers=(everyone,), cost=dear), schemes=known)
    e_learning = {"method": "e_learning", "planned_minutes": None, "workers": (person(completed=True),)}
    yield assess(training(**e_learning, standard_hours=10), schemes=known)
    yield assess(training(**e_learning, standard_months=1), schemes=known)
    for place in ("北海道", *CLOSED):
        yield assess(training(cost=Cost(**JOURNEY, establishment_prefecture=place)), schemes=known)
    for menu, scheme in (
        ("general", "hrd_support"),
        ("fixed_term_practice", "hrd_support"),
        ("advanced_digital", "invest_in_people"),
        ("voluntary", "invest_in_people"),
        ("growth_field", "invest_in_people"),
        ("it_practice", "invest_in_people"),
        ("reskilling", "reskilling"),
    ):
        yield from of_menu(known, scheme, menu)
    for menu in ("general", "fixed_term_practice"):
        yield from of_menu(known, "hrd_support", menu, date(2026, 9, 1))


def of_menu(known, scheme, menu, plan_filed=date(2026, 6, 1)):
    """The lecturer's hour, the hours of wages, the times a year, the yearly limit, the closing day."""
    many = 60 * 2000
    told = {"employment": "fixed_term", "ojt_passed": True, "converted": True}
    facts = {"scheme": scheme, "menu": menu, "plan_filed": plan_filed}
    yield assess(training(**facts, cost=Cost(**IN_HOUSE), workers=(person(**told),)), schemes=known)
    long = person(attended_minutes=many, wage_minutes=many, **told)
    for drawn in (2_999_000, 9_999_000, 24_999_000, 99_999_000):
        year = {"already_granted_in_claim_year": drawn, "claim_filed": date(2026, 9, 1)}
        yield assess(training(**facts, **year, planned_minutes=many, workers=(long,)), schemes=known)
    odd = Cost(kind="in_house", lecturer_fee=103_704, trainees_total=7)
    three = tuple(person(key=f"w{n}", **told) for n in range(3))
    yield assess(training(**facts | {"plan_filed": date(2026, 9, 1)}, cost=odd, workers=three), schemes=known)
    for times in range(4):
        yield assess(training(**facts, workers=(person(grants_this_year=times, **told),)), schemes=known)
    unconverted = told | {"converted": False}
    yield assess(training(**facts, workers=(person(**unconverted),)), schemes=known)
    for filed in (date(2027, 3, 31), date(2027, 4, 1)):
        yield assess(training(**facts | {"plan_filed": filed}, workers=(person(**told),)), schemes=known)


def e_learning_twice(known):
    for filed in (date(2026, 5, 1), date(2026, 9, 1)):
        for times in range(4):
            worker = person(completed=True, grants_this_year=times)
            facts = training(method="e_learning", planned_minutes=None, standard_hours=20, workers=(worker,))
            yield assess(facts_on(facts, filed), schemes=known)


def facts_on(facts, filed):
    return type(facts)(**{n: getattr(facts, n) for n in facts.__slots__} | {"plan_filed": filed})


def older_workers(known):
    for filed in (date(2026, 4, 7), date(2026, 4, 8), date(2026, 4, 9)):
        facts = {"scheme": "hrd_support", "menu": "older_worker_practice", "plan_filed": filed}
        yield assess(training(**facts, workers=(person(ojt_passed=True),)), schemes=known)


def practice_once(known):
    for filed in (date(2026, 6, 1), date(2026, 9, 1)):
        facts = {"scheme": "hrd_support", "menu": "fixed_term_practice", "plan_filed": filed}
        for ever in range(3):
            told = {"employment": "fixed_term", "ojt_passed": True, "converted": True, "menu_grants_ever": ever}
            yield assess(training(**facts, workers=(person(**told),)), schemes=known)


def practice_courses(known):
    """The worked cases stand on both sides of each bound."""
    for case in worked_cases():
        if case["question"] == "practice_course":
            told = case["facts"] | {
                day: date.fromisoformat(case["facts"][day]) for day in ("plan_filed", "first", "last")
            }
            yield practice_course(**told, schemes=known)


def specialized(known):
    minutes = 60 * 2000
    everyone = (person(attended_minutes=minutes, wage_minutes=minutes),)
    dear = Cost(kind="external", fee_per_person=5_000_000)
    facts = {"scheme": "hrd_support", "menu": "general", "planned_minutes": minutes, "workers": everyone, "cost": dear}
    for filed in (date(2026, 6, 1), date(2026, 9, 1)):
        for sme in (True, False):
            yield assess(training(**facts, plan_filed=filed, sme=sme, specialized=True), schemes=known)


def subscriptions(known):
    for scheme in ("invest_in_people", "reskilling"):
        for sme in (True, False):
            for price in (1_200_000, 120_000_000):
                yield assess_subscription(
                    Subscription(
                        scheme=scheme, sme=sme, plan_filed=DAY, contract_price=price, contract_start=DAY,
                        contract_end=date(2027, 6, 9), supported_from=DAY, supported_to=date(2027, 6, 9), users=20,
                        supported_workers=15, uplift=True,
                    ), schemes=known,
                )  # fmt: skip
    yield subscription_limit(DAY, date(2026, 8, 20), schemes=known)


def leaves(known):
    for filed in (date(2025, 4, 1), date(2026, 4, 7), date(2026, 4, 8)):
        for first in (date(2026, 4, 7), date(2026, 4, 8), date(2026, 4, 9)):
            for sme in (True, False):
                yield from of_leave(known, filed, first, sme)


def of_leave(known, filed, first, sme):
    for days in (29, 30, 89, 90, 179, 180):
        for cover in ((9_999,), (10_000,), (300_000,) * 11):
            takers = (LeaveTaker(paid_minutes=60 * 2000, replacement_days=days, cover_yen=cover),)
            for introduced in (True, False):
                facts = LongLeave(filed, first, sme, takers, is_introduced=introduced, uplift=True)
                yield long_leave_grant(facts, schemes=known)


def careers(known):
    for sme in (True, False):
        for origin, years in (("fixed_term", 5), ("fixed_term", 6), ("indefinite", 1)):
            yield careerup_grant(
                date(2026, 5, 1), sme=sme, origin=origin, priority=True, employed_years=years,
                additions=("rule_introduced", "diverse_regular", "disclosure"), schemes=known,
            )  # fmt: skip
    yield [is_priority(DAY, origin="fixed_term", employed_years=years, schemes=known) for years in (2, 3, 4)]
    yield careerup_raise(100, 103, schemes=known)
    yield weekly_to_six_months(Decimal(40), on=DAY, schemes=known)
    yield careerup_paydays(DAY, closing_day=31, pay_day=15, pay_month_offset=1, schemes=known)
    for ends in (date(2029, 4, 30), date(2031, 4, 30), date(2031, 5, 1)):
        days = {"plan_filed": date(2026, 4, 30), "plan_from": date(2026, 5, 1), "plan_to": ends}
        yield careerup_plan(**days, conversion=DAY, schemes=known)
    for day in (date(2031, 5, 31), date(2031, 6, 1)):
        notice = TrainingNotice(date(2026, 6, 1), True, True, date(2027, 4, 1), True)
        yield careerup_plan_by_notice(notice, conversion=day, schemes=known)
    filed_late = {"plan_filed": date(2026, 6, 9), "plan_from": date(2026, 6, 10), "plan_to": date(2030, 6, 9)}
    yield careerup_plan(**filed_late, conversion=DAY, schemes=known)


def trials(known):
    for single in (True, False):
        partial = [(3, 4), (1, 2), (1, 4), (1, 5)]
        for days in partial:
            yield trial_grant(1, single_parent=single, partial_months=[days], schemes=known)
        yield trial_grant(9, single_parent=single, schemes=known)


def kept(known):
    yield kept_papers("careerup", DAY, last_paid_on=DAY, schemes=known)
    yield kept_papers("reskilling", DAY, schemes=known)


def refusals(known):
    for eligible in (50, 51):
        told = {"eligible_courses": eligible, "all_courses": 100, "users": 1, "listed_users": 1, "not_cancelled": True}
        yield check("subscription_intact", told, schemes=known)
    for exam_on in (date(2026, 12, 10), date(2026, 12, 11)):
        yield check("exam_in_time", {"training_end": DAY, "exam_on": exam_on}, schemes=known)
    for filed in (date(2026, 8, 2), date(2026, 8, 3)):
        yield check("content_supported", {"plan_filed": filed, "excluded_content": []}, schemes=known)
    for filed in (date(2026, 5, 13), date(2026, 5, 14)):
        told = {"claim_filed": filed, "page_is_public": True, "signs_consent": True}
        yield check("provider_ready", told, schemes=known)


def prospects(known):
    wards = ("ward_adachi", "ward_shinagawa", "ward_katsushika", "ward_edogawa", "ward_chuo")
    for people, fixed in ((2, 0), (20, 0), (21, 0), (260, 40)):
        for ward in wards:
            firm = FirmProfile("manufacturing", 1, people, people - fixed, fixed, ward=ward, trial_hires=1)
            yield from of_firm(known, firm)
    for fixed in (19, 20, 21):
        yield from of_firm(known, FirmProfile("services", 1, 100, 100 - fixed, fixed))


def of_firm(known, firm):
    for starts, on in ((date(2026, 4, 20), date(2026, 2, 20)), (date(2026, 2, 25), date(2026, 2, 20))):
        for minutes, fee, dx in ((179, 900, True), (180, 9000, False), (599, 200_000, True), (600, 200_000, False)):
            course = CourseProfile(starts, starts, "class", fee, minutes, is_dx=dx)
            yield forecast(firm, course, on=on, schemes=known)


PROBES = (
    windows, counting, trainings, e_learning_twice, older_workers, practice_once, practice_courses, specialized, subscriptions, leaves,
    careers, trials, kept, refusals, prospects,
)  # fmt: skip
