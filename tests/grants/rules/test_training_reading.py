"""Facts of a training that are missing, unknown or impossible are named in a sentence."""

import copy

import pytest

from grants.rules import FactError
from grants.rules.questions import answer

CLASS = {
    "scheme": "reskilling",
    "menu": "reskilling",
    "plan_filed": "2025-06-02",
    "sme": True,
    "method": "class",
    "planned_minutes": 1200,
    "cost": {"kind": "external", "fee_per_person": 300000},
    "workers": [{"employment": "regular", "attended_minutes": 1200, "wage_minutes": 1200}],
}
WRONG = {
    "negative fee": (
        ("cost", "fee_per_person"),
        -1,
        "cost.fee_per_person は0以上で指定してください（-1はあり得ません）。",
    ),
    "fee in words": (
        ("cost", "fee_per_person"),
        "三十万",
        "cost.fee_per_person は整数で指定してください（「三十万」は整数ではありません）。",
    ),
    "fee as float": (
        ("cost", "fee_per_person"),
        0.5,
        "cost.fee_per_person は整数で指定してください（「0.5」は整数ではありません）。",
    ),
    "fee as truth": (
        ("cost", "fee_per_person"),
        True,
        "cost.fee_per_person は整数で指定してください（「True」は整数ではありません）。",
    ),
    "endless fee": (
        ("cost", "fee_per_person"),
        10**30,
        "cost.fee_per_person は1000000000000以下で指定してください（桁数が多すぎる数はあり得ません）。",
    ),
    "unknown kind": (
        ("cost", "kind"),
        "free",
        "cost.kind は external・in_house のいずれかで指定してください（「free」は不明です）。",
    ),
    "unknown menu": (
        ("menu",),
        "general",
        "menu は reskilling のいずれかで指定してください（「general」は不明です）。",
    ),
    "unknown scheme": (
        ("scheme",),
        "pension",
        "scheme は hrd_support・invest_in_people・reskilling のいずれかで指定してください（「pension」は不明です）。",
    ),
    "unknown method": (
        ("method",),
        "radio",
        "method は class・live_online・e_learning・correspondence のいずれかで指定してください（「radio」は不明です）。",
    ),
    "no such day": (
        ("plan_filed",),
        "2027-02-29",
        "plan_filed の 2027-02-29 は暦にない日です。日付を確認してください。",
    ),
    "no day at all": (
        ("plan_filed",),
        "令和7年",
        "plan_filed は 2026-04-01 の形の日付で指定してください（「令和7年」は読めません）。",
    ),
    "day of another age": (
        ("plan_filed",),
        "0794-10-22",
        "plan_filed の 0794-10-22 は扱える年（2000〜2099年）の外です。",
    ),
    "before the oldest edition": (
        ("plan_filed",),
        "2020-04-01",
        "2020-04-01の時点で有効な数値「reskilling / expense_rate.sme」が登録されていません。日付を確認してください。",
    ),
    "claim before plan": (
        ("claim_filed",),
        "2025-06-01",
        "claim_filed（2025-06-01）が plan_filed（2025-06-02）より前で、あり得ません。",
    ),
    "truth in words": (("sme",), "yes", "sme は true か false で指定してください（「yes」は読めません）。"),
    "no minutes": (("planned_minutes",), 0, "planned_minutes は1以上で指定してください（0はあり得ません）。"),
    "hours of a class": (
        ("standard_hours",),
        20,
        "standard_hours は eラーニング・通信制の項目です。method が class のときは指定しないでください。",
    ),
    "unknown fact": (("city",), "大田区", "city という項目はありません。項目名を確認してください。"),
    "unknown fact of the cost": (("cost", "tip"), 1, "cost.tip という項目はありません。項目名を確認してください。"),
    "unknown fact of a worker": (
        ("workers", 0, "age"),
        50,
        "workers[1].age という項目はありません。項目名を確認してください。",
    ),
    "nobody": (("workers",), [], "workers が空です。訓練を受ける人を1人以上指定してください。"),
    "no list": (("workers",), 3, "workers は一覧（リスト）で指定してください。"),
    "a worker in words": (("workers", 0), "太郎", "workers[1] は項目と値の組（オブジェクト）で指定してください。"),
    "attended too long": (
        ("workers", 0, "attended_minutes"),
        1201,
        "workers[1].attended_minutes は1200以下で指定してください（1201はあり得ません）。",
    ),
    "paid too long": (
        ("workers", 0, "attended_minutes"),
        1199,
        "workers[1].wage_minutes（1200分）が attended_minutes（1199分）より多く、あり得ません。",
    ),
    "excused too long": (
        ("workers", 0, "excused_minutes"),
        1,
        "workers[1].attended_minutes と excused_minutes の合計が planned_minutes（1200分）より多く、あり得ません。",
    ),
    "unknown employment": (
        ("workers", 0, "employment"),
        "robot",
        "workers[1].employment は regular・fixed_term のいずれかで指定してください（「robot」は不明です）。",
    ),
    "unknown payer": (
        ("cost", "paid_partly_by"),
        "uncle",
        "cost.paid_partly_by は nobody・worker・parent_company のいずれかで指定してください（「uncle」は不明です）。",
    ),
}


def changed(path, value):
    facts = copy.deepcopy(CLASS)
    inner = facts
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    return facts


@pytest.mark.parametrize(("path", "value", "sentence"), WRONG.values(), ids=WRONG)
def test_wrong_fact_is_named(path, value, sentence):
    with pytest.raises(FactError) as refusal:
        answer("training_grant", changed(path, value))

    assert str(refusal.value) == sentence


@pytest.mark.parametrize("key", CLASS)
def test_missing_fact_is_named(key):
    with pytest.raises(FactError, match=rf"^{key} "):
        answer("training_grant", {name: value for name, value in CLASS.items() if name != key})
