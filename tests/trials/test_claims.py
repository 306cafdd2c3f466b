"""The claim of 労災 for treatment: filled from the accident, with room for a pen where nobody has told Takumi."""

import pytest

from tests.trials.test_papers import DETAIL, hand_of, printed, read_back
from tests.trials.test_records import accident, values
from tests.trials.working import MONDAY
from trials.actions.working import papers
from trials.papers.kinds import KINDS
from trials.rules import injury_claim
from trials.states import Party

pytestmark = pytest.mark.django_db

DAY = "2026年12月7日の災害"
NEVER_KNOWN = {
    "性別",
    "住所",
    "事実を確認した人の職名・氏名",
    "労災指定医療機関の名称・所在地",
    "第三者の行為による災害か",
    "証明した日",
    "電話番号",
}


def hand_written(facts):
    return {
        label
        for _group, label in next(one for one in facts["sections"] if one["heading"] == f"手で書く：{DAY}")["rows"]
    }


def test_claim_is_filled_from_the_accident_and_names_what_is_left_to_a_pen(trial):
    trial.active()
    accident(trial)

    facts = printed(trial, "injury_claim").facts

    assert values(facts, f"様式と労働者：{DAY}")["氏名"] == trial.placement.person.full_name
    assert values(facts, f"様式と労働者：{DAY}")["様式"].startswith("様式第5号")
    assert values(facts, f"災害：{DAY}")["負傷した時刻"] == "10:15"
    assert values(facts, f"災害：{DAY}")["災害の原因と発生状況"] == "機械加工場で、旋盤の切りくずを手で払い、指を切った"
    assert values(facts, f"様式と労働者：{DAY}")["職種"] == ""
    assert hand_written(facts) == NEVER_KNOWN | {"労働保険番号（派遣元）", "職種"}


def test_what_the_agency_told_of_the_accident_fills_the_claim_and_not_what_the_host_told(trial):
    trial.active()
    one = accident(trial)
    papers.write_detail(
        one, side=Party.HOST, given={**DETAIL, "insurance_number": "1"}, by=trial.manager.acting(MONDAY)
    )
    assert "労働保険番号（派遣元）" in hand_written(printed(trial, "injury_claim").facts)

    papers.write_detail(one, side=Party.AGENCY, given=DETAIL, by=trial.adviser.acting(MONDAY))

    facts = printed(trial, "injury_claim").facts
    assert values(facts, f"様式と労働者：{DAY}")["労働保険番号（派遣元）"] == DETAIL["insurance_number"]
    assert values(facts, f"災害：{DAY}")["災害の原因と発生状況"].endswith("右手人差し指を切った")
    assert hand_written(facts) == NEVER_KNOWN


def test_injury_on_the_way_asks_for_its_own_form_and_the_way(trial):
    trial.active()
    accident(trial, is_commuting=True)

    facts = printed(trial, "injury_claim").facts

    assert values(facts, f"様式と労働者：{DAY}")["様式"].startswith("様式第16号の3")
    assert "通常の通勤の経路・方法・所要時間" in hand_written(facts)


def test_agency_certifies_and_the_host_below_it_with_the_weak_source_said(trial):
    trial.active()
    accident(trial)

    paper = printed(trial, "injury_claim")

    assert (
        trial.placement.agency.name
        in values(paper.facts, f"派遣元の証明（雇い主）：{DAY}")["事業の名称・所在地・事業主"]
    )
    assert trial.now.host.name in values(paper.facts, f"派遣先の証明（裏面）：{DAY}")["事業の名称・所在地・事業主"]
    assert "派遣先の証明は未確認です" in read_back(paper)
    assert injury_claim(MONDAY, commuting=False).note


@pytest.mark.parametrize("party", [Party.WORKER, Party.HOST, Party.AGENCY])
def test_all_three_have_to_do_with_a_claim(trial, party):
    trial.active()
    assert not KINDS["injury_claim"].stands(trial.placement)
    accident(trial)

    assert printed(trial, "injury_claim", party=party).number == 1
    page = hand_of(trial, party).client().get(f"/trials/placements/{trial.placement.pk}/papers/")
    assert "労災の請求書（療養の給付）" in page.content.decode()
