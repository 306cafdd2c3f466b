"""A mandate that ends: the firm is told of its cases, and papers that name the office are marked and made anew."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from firms.actions.mandates import revoke_mandate
from firms.actions.organisations import correct_establishment, correct_organisation
from firms.models import Mandate, Notification
from grants.actions.claims import freeze_claim
from grants.actions.corrections import correct_plan_filing
from grants.actions.ended import ended_mandates, tell_ended
from grants.cases.overview import overview
from grants.tasks import tell_ended_mandates
from tests.grants.conftest import CLAIM_DAY, FILED_ON, freeze_anyway, fresh

SUBJECT = "委任が終わった後の助成金案件（1件）"


def letters(person):
    return Notification.objects.filter(person=person, subject=SUBJECT)


def outdated_of(case, who, day=CLAIM_DAY):
    return overview(fresh(case), acting=who.acting(day)).outdated


def test_firm_is_told_once_which_cases_go_on_without_the_office(frozen, advisor, manager):
    revoke_mandate(Mandate.objects.get(), by=advisor.acting(CLAIM_DAY))

    for _night in range(2):
        tell_ended_mandates()

    letter = letters(manager.person).get()
    assert frozen.number in letter.body
    assert "様式をつくり直してください" in letter.body
    assert not letters(advisor.person).exists()


def test_firm_without_cases_gets_no_letter(advisor, manager, firm):
    mandate = Mandate.objects.get()
    revoke_mandate(mandate, by=advisor.acting(CLAIM_DAY))

    assert tell_ended(mandate, today=CLAIM_DAY) is False
    assert not letters(manager.person).exists()


@pytest.mark.parametrize(("days", "told"), [(0, False), (1, True), (29, True), (30, False)])
def test_a_term_that_runs_out_is_an_end_too(case, days, told):
    Mandate.objects.update(ends_on=date(2026, 11, 30), starts_on=date(2026, 1, 1))

    assert ended_mandates(date(2026, 11, 30) + timedelta(days=days)).exists() is told


def test_papers_of_the_old_office_are_marked_and_made_anew(frozen, advisor, manager):
    assert outdated_of(frozen, manager) == []
    revoke_mandate(Mandate.objects.get(), by=manager.acting(CLAIM_DAY))

    assert outdated_of(frozen, manager) == [
        "委任が終わった（架空）蒲田社労士事務所 労務 太郎の名前が印刷されています。"
    ]
    page = manager.client().get(reverse("grants:papers", args=[frozen.pk])).content.decode()
    assert "つくった様式は、いまの記録と違います" in page

    again = freeze_anyway(frozen, by=manager.acting(CLAIM_DAY))

    assert (again.number, again.facts["agent"]) == (2, None)
    assert outdated_of(frozen, manager) == []


def test_a_receipt_number_put_right_marks_what_was_printed(frozen, advisor, manager):
    correct_plan_filing(
        frozen, filed_on=FILED_ON, receipt_number="東リ-8-132", reason="控え", by=advisor.acting(CLAIM_DAY)
    )

    assert outdated_of(frozen, manager) == ["計画届の受付番号が「東リ-8-123」から「東リ-8-132」に訂正されました。"]

    freeze_anyway(frozen, by=advisor.acting(CLAIM_DAY))
    assert outdated_of(frozen, manager) == []


def test_a_name_put_right_marks_what_was_printed(frozen, enrolled, manager):
    person = enrolled[0].person
    type(person).objects.filter(pk=person.pk).update(family_name="小路谷")

    (said,) = outdated_of(frozen, manager)
    assert said.startswith("糀谷")
    assert "小路谷" in said


def test_same_records_make_no_version(frozen, advisor):
    assert freeze_claim(frozen, by=advisor.acting(CLAIM_DAY)).number == 1


def test_papers_of_a_firm_put_right_are_marked_and_stay(frozen, advisor, manager, officer, establishment):
    firm, number = frozen.establishment.organisation, establishment.insurance_number
    told = {"reason": "登記と違っていた", "by": officer.acting(CLAIM_DAY)}
    printed = frozen.claims.get().facts["firm"]["name"]

    correct_organisation(firm, name="（架空）大森精機", **told)
    correct_establishment(establishment, insurance_number="1301-000099-1", **told)

    assert outdated_of(frozen, manager) == [
        f"企業の名称が「{printed}」から「（架空）大森精機」に変わりました。",
        f"事業所の雇用保険適用事業所番号が「{number}」から「1301-000099-1」に変わりました。",
    ]
    assert fresh(frozen).claims.get().facts["firm"]["name"] == printed
