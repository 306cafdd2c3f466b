"""Opening, naming a contact, dropping; and what the plan needs before it is frozen and filed."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from courses.states import EnrolmentState
from firms.errors import Refused
from firms.models import JournalEntry
from grants.actions.cases import drop_case, open_case, set_contact
from grants.actions.plans import file_plan, freeze_plan
from grants.actions.statements import StatedPlan, answer, save_plan_facts
from grants.models import Deadline, GrantCase, PlanFiling, PlanVersion
from tests.factories import MembershipFactory, PersonFactory
from tests.grants.conftest import FILED_ON, fresh


def test_open_case_twice_is_one_case(run, establishment, manager, advisor, enrolled):
    first = open_case(run, establishment, by=manager.acting())
    second = open_case(run, establishment, by=advisor.acting())

    assert first == second
    assert GrantCase.objects.count() == 1


def test_open_case_names_the_firms_manager_as_contact(run, establishment, manager, advisor, enrolled):
    assert open_case(run, establishment, by=advisor.acting()).contact == manager.person


def test_open_case_needs_somebody_who_attends(run, establishment, manager):
    with pytest.raises(Refused, match="受講が決まった従業員がいません"):
        open_case(run, establishment, by=manager.acting())


def test_open_case_sets_the_deadline_of_the_plan(case):
    row = case.deadlines.get()

    assert (row.code, row.state, row.first_on, row.nominal_on, row.last_on) == (
        "plan",
        "open",
        date(2026, 8, 3),
        date(2027, 1, 3),
        date(2027, 1, 4),
    )


def test_grant_case_once_for_an_establishment_and_a_run(case):
    with pytest.raises(IntegrityError, match=r"grant_case_once|UNIQUE"), transaction.atomic():
        GrantCase.objects.create(establishment=case.establishment, run=case.run, scheme=case.scheme, menu=case.menu)


def test_dropped_case_makes_room_for_a_new_one(case, manager, run, establishment):
    drop_case(case, reason="日程が合わない", by=manager.acting())

    assert open_case(run, establishment, by=manager.acting()) != case
    assert list(case.deadlines.values_list("state", flat=True)) == ["lapsed"]


def test_drop_needs_a_reason(case, manager):
    with pytest.raises(Refused, match="理由を入力"):
        drop_case(case, reason=" ", by=manager.acting())


def test_contact_is_somebody_of_the_firm(case, manager, stranger):
    with pytest.raises(Refused, match="この企業に所属する人"):
        set_contact(case, contact=stranger.person, by=manager.acting())


def test_contact_may_be_any_member_of_the_firm(case, manager, firm):
    colleague = MembershipFactory(organisation=firm, role="employee", person=PersonFactory()).person

    assert set_contact(case, contact=colleague, by=manager.acting()).contact == colleague


def test_freeze_names_everything_that_is_missing(case, manager, establishment):
    establishment.organisation.representative_name = ""
    establishment.organisation.save()

    with pytest.raises(Refused) as refused:
        freeze_plan(case, by=manager.acting())

    assert refused.value.sentence == (
        "計画を確定するには、次が足りません：企業の代表者の氏名、事業展開等実施計画（様式第1-3号）の内容、"
        "返金・割引などを受けないことの確認（様式第1-1号 欄16に記載）"
    )
    assert not PlanVersion.objects.exists()


def test_freeze_keeps_facts_digest_and_forecast(planned):
    plan = planned.plans.get()

    assert planned.state == "planned"
    assert (plan.number, len(plan.digest)) == (1, 64)
    assert plan.outcome["total"] == 49_500 + 36_000
    assert [part["subject"] for part in plan.outcome["workers"]] == [worker["key"] for worker in plan.facts["workers"]]


def test_freezing_the_same_facts_again_makes_no_version(planned, advisor):
    again = freeze_plan(planned, by=advisor.acting(date(2026, 11, 25)))

    assert again.number == 1
    assert planned.plans.count() == 1


def test_freezing_changed_facts_makes_the_next_version_and_leaves_the_first(planned, advisor, enrolled):
    before = planned.plans.get().facts
    type(enrolled[2]).objects.filter(pk=enrolled[2].pk).update(state=EnrolmentState.CANCELLED)

    second = freeze_plan(planned, by=advisor.acting(date(2026, 11, 25)))

    assert second.number == 2
    assert [len(plan.facts["workers"]) for plan in planned.plans.all()] == [3, 2]
    assert planned.plans.get(number=1).facts == before


def test_freeze_after_the_window_is_refused(stated, manager):
    with pytest.raises(Refused, match="計画届の期限は 2027年1月4日"):
        freeze_plan(stated, by=manager.acting(date(2027, 1, 5)))


def test_plan_number_once_per_case(planned, advisor):
    with pytest.raises(IntegrityError, match=r"plan_number_once|UNIQUE"), transaction.atomic():
        PlanVersion.objects.create(case=planned, number=1, facts={}, outcome={}, digest="", frozen_by=advisor.person)


def test_frozen_plan_is_append_only(planned):
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        planned.plans.update(digest="x")


@pytest.mark.parametrize(
    ("filed_on", "today", "sentence"),
    [
        (date(2026, 8, 2), date(2026, 12, 1), "計画届を出せるのは 2026年8月3日 から 2027年1月4日 まで"),
        (date(2027, 1, 5), date(2027, 1, 20), "計画届を出せるのは 2026年8月3日 から 2027年1月4日 まで"),
        (date(2027, 2, 3), date(2027, 2, 4), "始まった後の計画届は受け付けられません"),
        (date(2026, 12, 2), date(2026, 12, 1), "2026年12月2日 はまだ来ていません"),
    ],
    ids=["too early", "too late", "training has begun", "not yet"],
)
def test_filing_outside_the_window_is_refused_at_the_field(planned, advisor, filed_on, today, sentence):
    with pytest.raises(Refused, match=sentence) as refused:
        file_plan(planned, filed_on=filed_on, receipt_number="1", by=advisor.acting(today))

    assert refused.value.field == "filed_on"
    assert not PlanFiling.objects.exists()


def test_filing_needs_a_frozen_plan(stated, advisor):
    with pytest.raises(Refused, match="先に計画を確定してください"):
        file_plan(stated, filed_on=FILED_ON, receipt_number="1", by=advisor.acting(FILED_ON))


def test_filing_meets_the_plan_deadline_and_opens_that_of_the_claim(filed):
    assert filed.state == "filed"
    assert list(filed.deadlines.order_by("pk").values_list("code", "state", "last_on")) == [
        ("plan", "met", date(2027, 1, 4)),
        ("claim", "open", date(2027, 4, 12)),
    ]


def test_plan_facts_are_closed_once_filed(filed, manager):
    stated = StatedPlan("dx", date(2027, 2, 1), None, "", "別の内容", "別の職務")

    with pytest.raises(Refused, match="変更届"):
        save_plan_facts(filed, stated, by=manager.acting())


def test_answer_again_the_same_is_no_new_row(stated, manager):
    rows = stated.answers.count()

    assert answer(stated, "promoter", value="yes", by=manager.acting()) is None
    assert answer(stated, "promoter", value="no", note="退職した", by=manager.acting()) is not None
    assert stated.answers.count() == rows + 1


def test_answers_are_append_only(stated):
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        stated.answers.update(value="no")


def test_journal_tells_who_filed_under_which_mandate(filed, advisor):
    entry = JournalEntry.objects.about(filed).filter(verb="plan.file").get()

    assert (entry.person, entry.organisation, entry.mandate.office, entry.from_state, entry.to_state) == (
        advisor.person,
        advisor.organisation,
        advisor.organisation,
        "planned",
        "filed",
    )


def test_deadline_open_once_per_case_and_code(case):
    row = case.deadlines.get()
    row.pk = None

    with pytest.raises(IntegrityError, match=r"deadline_open_once|UNIQUE"), transaction.atomic():
        row.save(force_insert=True)


def test_deadline_dates_in_order(case):
    with pytest.raises(IntegrityError, match="deadline_dates_in_order"), transaction.atomic():
        Deadline.objects.update(last_on=date(2020, 1, 1))


def test_deadline_closed_with_moment(case):
    with pytest.raises(IntegrityError, match="deadline_closed_with_moment"), transaction.atomic():
        Deadline.objects.update(state="met")


def test_fresh_case_is_what_was_stored(case):
    assert fresh(case).number == f"G-{case.pk:05d}"
