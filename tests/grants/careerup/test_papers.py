"""The papers carry what was frozen."""

from grants.actions.careerup import freeze_careerup_plan, freeze_period
from grants.papers.forms import claim_forms, plan_forms
from grants.papers.making import make_papers
from tests.grants.careerup.cast import FILED_ON, SECOND_FIRST_DAY, paid, second_of
from tests.grants.papers.conftest import read_back, squeezed


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
