"""The page, the table and the workbook say the same, to officers alone."""

from io import BytesIO, StringIO

import pandas
import pytest
from django.urls import reverse

from lms.kpi.policies import may_read_indicators
from lms.kpi.sheets import is_reached
from lms.kpi.telling import told
from lms.models import IndicatorReport
from tests.conftest import TODAY

pytestmark = pytest.mark.django_db
PAGE = "kpi:indicators"


@pytest.fixture
def counted(train, try_out, in_ota, in_shinagawa):
    train(in_ota, came=8, completed=6)
    train(in_shinagawa, came=3)
    try_out(in_ota, retained=9, declined=6)


def test_may_read_indicators(officer, manager, trainee, advisor, coordinator, stranger):
    assert may_read_indicators(officer.acting())
    assert not any(may_read_indicators(one.acting()) for one in (manager, trainee, advisor, coordinator, stranger))


@pytest.mark.parametrize("who", ["manager", "trainee", "advisor", "coordinator", "instructor", "stranger"])
def test_nobody_but_officers_opens_the_pages(who, request):
    browser = request.getfixturevalue(who).client()

    assert browser.get(reverse(PAGE)).status_code == 403
    assert browser.get(reverse("kpi:report", args=[1])).status_code == 403
    assert browser.post(reverse("kpi:report_new", args=[2026])).status_code == 403
    assert not IndicatorReport.objects.exists()


def test_every_figure_has_its_definition_source_and_day(counted, officer):
    page = officer.client().get(reverse(PAGE)).content.decode()

    for one in told(2026, ward=officer.organisation, on=TODAY)["indicators"]:
        assert one["definition"].split()[0] in page
        assert f"{one['title']}（2026年11月20日（金）のデータ）" in page
    assert "60.0%で、目標の70%に達していません" in page
    assert "11人で、目標の500人に達していません" in page


def test_page_hides_the_few_and_who_would_tell_of_them(counted, officer):
    page = officer.client().get(reverse(PAGE), {"by": "area"}).content.decode()

    section = page[page.index('id="participants"') : page.index('id="archive"')]
    assert "11人" in section
    assert "8人" not in section
    assert "3人" not in section


def test_chart_says_in_words_what_it_draws(counted, officer):
    page = officer.client().get(reverse(PAGE)).content.decode()

    assert "総数 転換率／開始 60.0% 目標の線は70%</title>" in page.replace("\n", "").replace("  ", " ")


@pytest.mark.parametrize("asked", ["1999", "x", "9" * 40, ""])
def test_other_years_and_groups_are_this_year(asked, officer):
    page = officer.client().get(reverse(PAGE), {"year": asked, "by": asked}).content.decode()

    assert "2026年度の指標" in page


def test_workbook_opens_in_pandas_and_says_what_the_page_does(counted, officer):
    answer = officer.client().get(reverse(PAGE), {"as": "xlsx"})
    book = pandas.read_excel(BytesIO(answer.content), sheet_name=None, engine="calamine")

    found = book["指標"].set_index(["指標", "分け方", "区分", "項目"])["値"]
    assert found["正規雇用転換率", "全体", "総数", "転換率／開始"] == 60.0
    assert found["研修延べ参加者", "全体", "総数", "延べ参加者"] == 11
    assert found["研修延べ参加者", "地域", "品川区", "延べ参加者"] == "非表示"
    assert found["研修延べ参加者", "地域", "大田区", "延べ参加者"] == "非表示"
    assert set(book["指標"]["データの日"]) == {"2026-11-20"}
    assert list(book["数え方"]["指標"]) == list(dict.fromkeys(book["指標"]["指標"]))


def test_sheet_leads_from_input_to_impact(counted, officer):
    answer = officer.client().get(reverse(PAGE), {"as": "xlsx"})
    sheet = pandas.read_excel(BytesIO(answer.content), sheet_name="評価シート", header=None, engine="calamine").fillna(
        ""
    )

    assert sheet.iat[0, 0] == f"事務事業評価シート（{officer.organisation} 2026年度）"
    stages = [word for word in sheet[0] if word in STAGES]
    assert stages == STAGES
    (line,) = [list(row) for row in sheet.itertuples(index=False) if str(row[2]).startswith("正規雇用転換率")]
    assert line[2:] == ["正規雇用転換率 転換率／開始", 60, "%", 70, "未達成"]
    assert list(sheet[0])[-5:] == ["必要性", "効率性", "手段の妥当性", "達成度", "今後の方向性"]


STAGES = [
    "解決する課題",
    "投入（インプット）",
    "活動",
    "産出（アウトプット）",
    "成果（短期）",
    "成果（中期）",
    "波及（インパクト）",
]


def test_table_reads_the_same_in_both_codes(counted, officer):
    browser = officer.client()
    new = browser.get(reverse(PAGE), {"as": "csv"}).content.decode("utf-8-sig")
    old = browser.get(reverse(PAGE), {"as": "csv", "code": "cp932"}).content.decode("cp932")

    assert new == old
    assert "?" not in old
    rows = pandas.read_csv(StringIO(old))
    assert set(
        rows[(rows["指標"] == "正規雇用転換率") & (rows["項目"] == "転換率／開始") & (rows["分け方"] == "全体")]["目標"]
    ) == {70}


def test_no_name_stands_in_what_is_told(counted, officer):
    facts = str(told(2026, ward=officer.organisation, on=TODAY))

    assert "大森機械" not in facts
    assert "求職" not in facts


@pytest.mark.parametrize(
    ("value", "target", "is_ceiling", "reached"),
    [
        ("70.0", 70, False, True),
        ("69.9", 70, False, False),
        ("5.0", 5, True, True),
        ("5.1", 5, True, False),
        (None, 70, False, None),
        ("", 5, True, None),
        ("1", None, False, None),
    ],
)
def test_target_is_reached_at_its_edge(value, target, is_ceiling, reached):
    one = {
        "target": target,
        "target_of": "a",
        "is_ceiling": is_ceiling,
        "columns": [{"code": "a"}],
        "lines": [{"values": [value]}],
    }

    assert is_reached(one) is reached
