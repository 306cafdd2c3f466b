"""The papers carry what was frozen."""

from grants.papers.forms import claim_forms, plan_forms
from grants.papers.making import make_papers
from tests.grants.papers.conftest import read_back, squeezed


def printed(spec):
    return read_back(spec.pdf()).run_on


def test_plan_papers_carry_what_was_frozen(in_time):
    texts = {spec.code: printed(spec) for spec in plan_forms(in_time.plans.get())}

    assert list(texts) == ["1-1", "3-2"]
    for piece in ("まなび放題", "令和9年2月1日", "令和10年1月31日", "（架空）学びの会社", "☑ なし", "2人"):
        assert squeezed(piece) in texts["1-1"]
    for piece in ("蒲田", "六郷", "対象労働者（2人）"):
        assert squeezed(piece) in texts["3-2"]


def test_claim_papers_carry_what_was_frozen(whole):
    specs = claim_forms(whole.claims.get())
    texts = [printed(spec) for spec in specs]

    assert [spec.code for spec in specs] == ["4-2", "6-3", "8-5", "8-5", "common-1"]
    for piece in ("東訓-8-7", "72,000円", "☑ 無", "☑ 解約しない"):
        assert squeezed(piece) in texts[0]
    for piece in ("240,000円", "4人", "2人", "72,000円"):
        assert squeezed(piece) in texts[1]
    assert sorted(text.count(squeezed("6時間40分")) for text in texts[2:4]) == [0, 1]


def test_pack_of_the_plan_is_made(in_time):
    assert {one.form for one in make_papers(plan=in_time.plans.get())} >= {"1-1", "3-2"}


def test_pack_of_the_claim_is_made(whole):
    assert {one.form for one in make_papers(claim=whole.claims.get())} >= {"4-2", "6-3", "common-1"}
