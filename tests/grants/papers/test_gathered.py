"""The forms print what the gatherers of facts gather today: frozen by the actions, nothing by hand."""

from grants.papers import forms_of_claim, forms_of_plan
from tests.grants.papers.conftest import read_back, squeezed
from tests.lms.manners import otherwise_in


def read(specs):
    return {f"{spec.code} {spec.person}".strip(): read_back(spec.pdf()).run_on for spec in specs}


def test_forms_of_a_gathered_plan(planned):
    plan = planned.plans.get()

    texts = read(forms_of_plan(plan))

    assert list(texts) == ["checklist", "1-1", "1-3", "3-1", "11", "common-2"]
    assert squeezed("初日　令和9年2月3日 最終日　令和9年2月10日") in texts["1-1"]
    assert squeezed(plan.digest) in texts["1-1"]
    assert "切削機にセンサをつけて稼働を見る" in texts["1-3"]
    assert squeezed("コウジヤ タロウ 糀谷 太郎 5001-000001-2 ☑ 正規") in texts["3-1"]
    assert squeezed("☑ 提出代行者") in texts["3-1"]
    assert {code: otherwise_in(text) for code, text in texts.items()} == {key: [] for key in texts}


def test_forms_of_a_gathered_claim(frozen):
    claim = frozen.claims.get()

    texts = read(forms_of_claim(claim))

    assert list(texts) == [
        *("checklist", "4-2", "5", "6-2", "8-1 糀谷 太郎", "8-1 雑色 太郎"),
        *("13", "28", "common-1", "payee", "common-2"),
    ]
    assert f"支給申請額{claim.total_yen:,}円" in texts["4-2"]
    assert squeezed("計画届受付番号 東リ-8-123") in texts["5"]
    assert squeezed("支払額の合計 66,000円") in texts["6-2"]
    assert squeezed("合計 12時間 12時間 12時間") in texts["8-1 糀谷 太郎"]
    assert squeezed("× 矢口 太郎 50％") in texts["checklist"]
    assert {code: otherwise_in(text) for code, text in texts.items()} == {key: [] for key in texts}
