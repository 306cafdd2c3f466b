"""人材育成訓練 from the prospect to the money: its own questions, figures, papers and places in the rules."""

from datetime import date

import pytest
import time_machine
from django.template import engines
from django.urls import reverse

from firms.errors import Refused
from grants.actions.claims import record_decision, record_payment
from grants.actions.deadlines import refresh, tell_change
from grants.actions.statements import StatedPlan, answer, save_plan_facts
from grants.facts import drift_of
from grants.papers import forms_of_claim, forms_of_plan
from grants.queries import candidates, forecast, forecasts
from grants.shapes import ClaimFacts, OutcomeFacts
from tests.conftest import TODAY
from tests.factories import at
from tests.grants.conftest import FILED_ON, fresh
from tests.grants.papers.conftest import read_back, squeezed
from tests.grants.subjects.conftest import GENERAL
from tests.grants.test_changes import move_lesson
from tests.shapes import misfits

OWN = ["leavers_within_limit", "consulting_promised", "no_close_ties"]


def test_both_menus_are_foretold_the_larger_first(run, establishment, enrolled):
    found = forecasts(run, establishment, [one.employment for one in enrolled], TODAY)

    # 75 % of 22,000 yen and 1,000 yen an hour for three people; 45 % and 800 yen: 3 × 9,900 + 36 h × 800.
    assert [(one.entry.code, one.expense_aid, one.wage_aid) for one in found] == [
        ("reskilling:reskilling", 49_500, 36_000),
        ("hrd_support:general", 29_700, 28_800),
    ]


def test_enrol_page_tells_both_and_that_one_of_them_is_chosen(rf, manager, run, establishment, enrolled):
    web = rf.get("/")
    web.user, web.acting, web.memberships = manager.person, manager.acting(), []
    template = engines["django"].from_string('{% include "courses/slots/enrol_forecast.html" %}')

    said = template.render(
        {"run": run, "establishment": establishment, "chosen": [one.employment for one in enrolled]}, web
    )

    assert "人材開発支援助成金 人材育成支援コース 人材育成訓練" in said
    assert "人材開発支援助成金 事業展開等リスキリング支援コース" in said
    assert "どれか1つを使えます" in said
    assert ("85,500円" in said, "58,500円" in said) == (True, True)


def test_training_ahead_may_be_opened_for_either(firm, run, enrolled):
    (found,) = candidates([firm], today=TODAY)

    assert [one.code for one in found.entries] == ["reskilling:reskilling", "hrd_support:general"]


def test_case_of_the_menu_is_opened_by_its_button(manager, run, establishment, enrolled):
    page = manager.client().get(reverse("grants:cases")).content.decode()
    data = {"run": run.pk, "establishment": establishment.pk, "entry": GENERAL.code}

    manager.client().post(reverse("grants:case_open"), data)

    assert 'value="hrd_support:general"' in page
    assert run.grant_cases.get().scheme == "hrd_support"


def test_odd_menu_is_not_found(manager, run, establishment, enrolled):
    data = {"run": run.pk, "establishment": establishment.pk, "entry": "lottery:all"}

    assert manager.client().post(reverse("grants:case_open"), data).status_code == 404


def test_plan_asks_for_no_plan_of_new_business(support, manager):
    assert manager.client().get(reverse("grants:plan_facts", args=[support.pk])).status_code == 404
    assert "事業展開等実施計画" not in manager.client().get(reverse("grants:case", args=[support.pk])).content.decode()
    with pytest.raises(Refused, match="事業展開等実施計画はありません"):
        save_plan_facts(support, StatedPlan("dx", date(2027, 2, 1), None, "", "a", "b"), by=manager.acting())


def test_questions_of_the_menu_are_asked_with_their_place_in_the_rules(support, manager):
    page = manager.client().get(reverse("grants:answers", args=[support.pk])).content.decode()

    assert [code for code in OWN if f'name="{code}-value"' in page] == OWN
    assert "人材育成支援コース支給要領R8.8.3 06011ヌ" in page
    assert "リスキリング支給要領" not in page


def test_question_of_another_menu_is_no_question_here(case, manager):
    with pytest.raises(Refused, match="要件の一覧にありません"):
        answer(case, "consulting_promised", value="yes", by=manager.acting())


def test_plan_freezes_its_menu_and_the_edition_of_its_forms(support_filed):
    facts = support_filed.plans.get().facts

    assert facts["scheme"] == {
        "code": "hrd_support",
        "menu": "general",
        "label": "人材育成支援コース 人材育成訓練",
        "grant": "人材開発支援助成金",
    }
    assert (facts["form_edition"], facts["reskilling_plan"]) == ("R8.8", None)
    assert [spec.code for spec in forms_of_plan(support_filed.plans.get())] == [
        *("checklist", "1-1", "3-1", "11", "common-2")
    ]


def test_plan_papers_name_the_menu_the_ties_and_what_the_firm_confirms(support_filed):
    forms = {spec.code: spec for spec in forms_of_plan(support_filed.plans.get())}
    notice, confirmation = (read_back(forms[code].pdf()).run_on for code in ("1-1", "11"))

    assert squeezed("☑ 人材育成支援コース 人材育成訓練") in notice
    assert "密接な関係にある相手か" in notice
    assert "様式第11号" in confirmation
    assert confirmation.count("☐") == 17 + 2
    assert squeezed("17 定期的なキャリアコンサルティングの機会を、時期を決めて設けていない") in confirmation


def test_what_the_menu_freezes_has_todays_shape(support_frozen):
    claim = support_frozen.claims.get()

    assert claim.lifted is claim.facts
    assert list(misfits(claim.facts, ClaimFacts)) == list(misfits(claim.outcome, OutcomeFacts)) == []


def test_claim_is_reckoned_by_the_menu(support_frozen):
    claim = support_frozen.claims.get()

    # Two of three reach 80 %: 22,000 yen × 2 × 45 % = 19,800, 24 hours × 800 yen = 19,200.
    assert (claim.outcome["expense_aid"], claim.outcome["wage_aid"], claim.total_yen) == (19_800, 19_200, 39_000)
    assert claim.facts["grant"]["scheme"] == "hrd_support"


def test_no_requirement_of_the_claim_rests_on_the_rules_of_another_course(support_frozen):
    sources = {one["code"]: one["source"] for one in support_frozen.claims.get().outcome["conditions"]}

    ours = {code: source for code, source in sources.items() if source.startswith("リスキリング")}
    # What the rules themselves say of payment and length quotes what the courses have in common.
    assert set(ours) <= {"worker_paid_nothing", "firm_paid_all", "no_rebate", "paid_in_time", "long_enough"}


def test_claim_papers_have_the_numbers_of_the_course(support_frozen):
    forms = forms_of_claim(support_frozen.claims.get())

    assert [spec.code for spec in forms] == [
        *("checklist", "4-1", "5", "6-1", "8-1", "8-1", "13", "28", "common-1", "payee", "common-2")
    ]
    asked, costs = (read_back(forms[n].pdf()).run_on for n in (1, 3))
    assert squeezed("経費助成（様式第6-1号） 19,800円") in asked
    assert "該当なし（有期等の対象労働者はいません）" in asked
    assert squeezed("Ⅱ　計 44,000円") in costs
    assert squeezed("人材育成支援コース支給要領R8.8.3 06054イ(ﾘ)(ﾇ)") in read_back(forms[0].pdf()).run_on


def test_decision_comes_on_the_forms_of_the_edition(support_claimed, advisor):
    page = advisor.client().get(reverse("grants:decision", args=[support_claimed.pk])).content.decode()

    assert "支給（様式第23-1号）" in page
    assert "不支給（様式第24-1号）" in page


def test_decision_and_payment_close_the_case(support_claimed, advisor):
    by = advisor.acting(date(2027, 6, 1))

    record_decision(
        support_claimed,
        decided_on=date(2027, 5, 10),
        is_approved=True,
        amount_yen=39_000,
        notice_number="23-1",
        reason="",
        by=by,
    )
    record_payment(fresh(support_claimed), paid_on=date(2027, 5, 31), amount_yen=39_000, by=by)

    assert fresh(support_claimed).state == "closed"


def test_what_one_course_drew_leaves_the_other_its_own_times(support_claimed, run, establishment, enrolled):
    people = [one.employment for one in enrolled]

    found = {one.entry.scheme: one for one in forecasts(run, establishment, people, date(2027, 2, 20))}

    drawn = {name: [worker.grants_this_year for worker in one.facts.workers] for name, one in found.items()}
    assert drawn == {"reskilling": [0, 0, 0], "hrd_support": [1, 1, 0]}


def test_deadlines_of_the_plan_and_the_claim_stand(support, support_filed):
    assert [(row.code, row.state) for row in support.deadlines.order_by("pk")] == [("plan", "met"), ("claim", "open")]


def test_lesson_put_off_asks_for_a_notice_and_counts_once_it_is_told(support_filed, run, advisor):
    on = date(2026, 12, 1)
    move_lesson(run.lessons.latest("starts_at"), date(2027, 2, 12))
    refresh(fresh(support_filed), by=None)
    (notice,) = support_filed.deadlines.open().filter(code="change_notice")

    tell_change(notice, filed_on=on, by=advisor.acting(on))

    assert notice.last_on == date(2027, 2, 9)
    assert [change.is_told for change in drift_of(fresh(support_filed), support_filed.plans.get())] == [True]
    assert support_filed.deadlines.open().get().code == "claim"


def test_who_gives_up_needs_no_notice_by_the_rules_of_this_menu(support_filed, enrolled):
    enrolled[2].state = "cancelled"
    enrolled[2].save()

    (change,) = drift_of(fresh(support_filed), support_filed.plans.get())

    assert (change.action, change.source) == ("none", "人材育成支援コース支給要領R8.8.3 0604イ(ﾛ)")


def test_fixed_term_people_draw_the_menu_of_their_own_rate(run, establishment, enrolled):
    employments = [one.employment for one in enrolled]
    for one in employments:
        one.contract = "fixed_term"

    found = forecast(run, establishment, employments, TODAY, entry=GENERAL)

    # 70 % of 22,000 yen for three people.
    assert found.expense_aid == 46_200


@pytest.mark.parametrize(("hours", "is_met"), [(10, True), (9, False)], ids=["ten hours", "nine"])
def test_training_must_be_long_enough(run, establishment, enrolled, hours, is_met):
    run.lessons.exclude(pk=run.lessons.earliest("starts_at").pk).delete()
    lesson = run.lessons.get()
    lesson.breaks.all().delete()
    move_lesson(lesson, lesson.on, start="08:00", end=f"{8 + hours:02}:00")

    found = forecast(run, establishment, [one.employment for one in enrolled], TODAY, entry=GENERAL)

    assert (found.total > 0, found.can_be_filed) == (is_met, is_met)


@pytest.mark.parametrize(
    ("name", "day"), [("case", FILED_ON), ("papers", FILED_ON), ("answers", FILED_ON), ("costs", FILED_ON)]
)
def test_pages_of_a_filed_case_open(support_filed, manager, name, day):
    with time_machine.travel(at(day, "11:00")):
        assert manager.client().get(reverse(f"grants:{name}", args=[support_filed.pk])).status_code == 200
