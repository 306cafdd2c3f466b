"""様式第12号: the college's own paper for each firm that filed a plan, and nothing of any yen."""

import pytest
from django.urls import reverse

from grants.actions.cases import drop_case
from grants.policies import may_make_consent
from grants.queries.consents import consents_of_run
from tests.conftest import cast
from tests.factories import OrganisationFactory
from tests.grants.conftest import CLAIM_DAY
from tests.grants.papers.conftest import read_back, squeezed


def address(case):
    return reverse("grants:consent", args=[case.pk])


def test_consent_names_provider_firm_plan_and_days(filed, coordinator):
    said = read_back(coordinator.client().get(address(filed)).content)

    for words in (
        "様式第12号",
        "東京労働局長 殿",
        "訓練実施者 （架空）東都工科カレッジ",
        "支給申請をする事業主 （架空）大森機械製作所",
        "計画届受付番号 東リ-8-123",
        "訓練コースの名称 現場IoT: センサで設備の稼働を見る",
        "令和9年2月3日 ～ 令和9年2月10日",
    ):
        assert squeezed(words) in said.run_on
    assert "円" not in said.run_on
    assert len(said.pages) == 1


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("coordinator", 200),
        ("instructor", 403),
        ("manager", 200),
        ("advisor", 200),
        ("stranger", 404),
        ("officer", 404),
        ("trainee", 404),
    ],
)
def test_consent_is_for_the_college_and_those_who_act_for_the_firm(filed, request, who, status):
    assert request.getfixturevalue(who).client().get(address(filed)).status_code == status


def test_policy_knows_its_own_college_alone(filed, coordinator, instructor, manager, stranger):
    other = cast("coordinator", OrganisationFactory(kind="college"), "他校")
    may = [may_make_consent(who.acting(), filed) for who in (coordinator, manager, instructor, stranger, other)]

    assert may == [True, True, False, False, False]
    assert other.client().get(address(filed)).status_code == 404


def test_nothing_to_consent_to_before_the_plan_is_filed(planned, coordinator):
    assert coordinator.client().get(address(planned)).status_code == 404


def test_case_given_up_needs_no_consent(filed, coordinator, advisor):
    drop_case(filed, reason="訓練を取りやめた", by=advisor.acting(CLAIM_DAY))

    assert coordinator.client().get(address(filed)).status_code == 404
    assert consents_of_run(coordinator.acting(), filed.run_id) == []


def test_page_of_the_run_offers_it_to_the_college(filed, coordinator, instructor):
    page = reverse("courses:run", args=[filed.run_id])

    assert address(filed) in coordinator.client().get(page).content.decode()
    assert address(filed) not in instructor.client().get(page).content.decode()
