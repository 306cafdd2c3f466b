"""The details of a journal entry are told in words, and a code is never shown raw."""

import pytest

from firms.words.details import in_words


@pytest.mark.parametrize(
    ("details", "told"),
    [
        ({"amount_yen": 56_600, "paid_on": "2027-06-25"}, [("金額", "56,600円"), ("支払われた日", "2027年6月25日")]),
        ({"filed_on": "2026-12-01", "receipt_number": "訓計1"}, [("届いた日", "2026年12月1日"), ("受付番号", "訓計1")]),
        ({"number": 2}, [("版", "第2版")]),
        ({"requirements": ["賃金", "推進者"]}, [("要件", "賃金、推進者")]),
        (
            {
                "marks": [
                    {"name": "矢口", "minutes": 360},
                    {"name": "池上", "minutes": 340, "before": 300, "reason": "名簿"},
                ]
            },
            [("受講時間", "矢口 6時間、池上 5時間40分（5時間から訂正：名簿）")],
        ),
        (
            {"before": {"time": "2027-02-10 10:00–17:00"}, "after": {"time": "2027-02-17 10:00–17:00"}},
            [("日時", "2027年2月10日 10:00–17:00 → 2027年2月17日 10:00–17:00")],
        ),
        (
            {"before": ["月 08:30–17:30 (None–None)"], "after": ["月 09:00–18:00 (12:00–13:00)"]},
            [("変更前", "月 08:30–17:30"), ("変更後", "月 09:00–18:00 (12:00–13:00)")],
        ),
        ({"before": 4}, []),
        ({"purpose": "dx", "once": "", "cost": 6}, []),
    ],
    ids=["money", "filing", "version", "requirements", "minutes", "a moved lesson", "a changed week", "terms", "codes"],
)
def test_details_are_told_in_words(details, told):
    assert in_words(details) == told
