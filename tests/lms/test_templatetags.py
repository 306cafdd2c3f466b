"""The words and small parts every page is written with."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory

from firms.words.japanese import hm, jdate, jdatetime, wareki, yen
from lms.templatetags import takumi


def rendered(source, **context):
    return Template(source).render(Context(context)).strip()


@pytest.mark.parametrize(
    ("day", "words"),
    [
        pytest.param(date(2026, 11, 22), "令和8年11月22日", id="令和"),
        pytest.param(date(2019, 5, 1), "令和元年5月1日", id="first day of 令和"),
        pytest.param(date(2019, 12, 31), "令和元年12月31日", id="last day of its first year"),
        pytest.param(date(2020, 1, 1), "令和2年1月1日", id="second year begins in January"),
        pytest.param(date(2019, 4, 30), "平成31年4月30日", id="last day of 平成"),
        pytest.param(date(1989, 1, 8), "平成元年1月8日", id="first day of 平成"),
        pytest.param(date(1989, 1, 7), "昭和64年1月7日", id="last day of 昭和"),
        pytest.param(date(1926, 12, 25), "昭和元年12月25日", id="first day of 昭和"),
        pytest.param(date(1926, 12, 24), "大正15年12月24日", id="last day of 大正"),
        pytest.param(date(1912, 7, 29), "明治45年7月29日", id="last day of 明治"),
        pytest.param(date(1873, 1, 1), "明治6年1月1日", id="first day of the solar calendar"),
        pytest.param(date(1872, 12, 31), "1872年12月31日", id="before"),
        pytest.param(datetime(2019, 4, 30, 15, 0, tzinfo=UTC), "令和元年5月1日", id="a moment is a day in Japan"),
        pytest.param(None, "", id="nothing"),
    ],
)
def test_wareki_counts_the_years_of_the_era(day, words):
    assert wareki(day) == words


@pytest.mark.parametrize(
    ("filtered", "words"),
    [
        (jdate(date(2026, 11, 22)), "2026年11月22日（日）"),
        (jdate(None), ""),
        (jdatetime(datetime(2026, 11, 22, 5, 30, tzinfo=UTC)), "2026年11月22日（日）14:30"),
        (jdatetime(datetime(2026, 11, 21, 15, 5, tzinfo=UTC)), "2026年11月22日（日）00:05"),
        (jdatetime(None), ""),
        (yen(22000), "22,000円"),
        (yen(0), "0円"),
        (yen(None), ""),
        (hm(720), "12時間"),
        (hm(65), "1時間5分"),
        (hm(0), "0分"),
        (hm(-65), "-1時間5分"),
        (hm(None), ""),
    ],
)
def test_words_of_days_money_and_minutes(filtered, words):
    assert filtered == words


def test_filters_need_no_load():
    assert rendered("{{ day|wareki }} {{ fee|yen }} {{ minutes|hm }}", day=None, fee=1, minutes=61) == "1円 1時間1分"


@pytest.mark.parametrize(
    ("day", "words", "tone"),
    [
        (date(2026, 11, 19), "3日超過", "chip-error"),
        (date(2026, 11, 22), "本日まで", "chip-error"),
        (date(2026, 11, 25), "あと3日", "chip-error"),
        (date(2026, 11, 26), "あと4日", "chip-warning"),
        (date(2026, 12, 6), "あと14日", "chip-warning"),
        (date(2026, 12, 7), "あと15日", "chip-neutral"),
    ],
)
def test_days_left_warns_as_the_day_comes(day, words, tone):
    html = rendered("{% days_left day today %}", day=day, today=date(2026, 11, 22))

    assert (words in html, tone in html) == (True, True)


def test_days_left_of_no_day_is_nothing():
    assert rendered("{% days_left day today %}", day=None, today=date(2026, 11, 22)) == ""


@pytest.mark.parametrize(
    ("thing", "html"),
    [
        (SimpleNamespace(state="paid"), '<span class="chip chip-success">語</span>'),
        (SimpleNamespace(state="unheard of"), '<span class="chip chip-neutral">語</span>'),
        (SimpleNamespace(state="paid", tone="info"), '<span class="chip chip-info">語</span>'),
        (SimpleNamespace(state="paid", tone={"paid": "solid"}), '<span class="chip chip-solid">語</span>'),
        (SimpleNamespace(state="lost", tone={"paid": "solid"}), '<span class="chip chip-neutral">語</span>'),
    ],
    ids=["known word", "unknown word", "own tone", "own table", "not in own table"],
)
def test_state_chip_takes_its_colour_from_the_thing_or_the_word(thing, html):
    thing.get_state_display = lambda: "語"

    assert rendered("{% state_chip thing %}", thing=thing) == html


@pytest.mark.parametrize(("state", "word"), [("met", "満たす"), ("unmet", "満たさない"), ("unknown", "未確認")])
def test_check_state_says_it_in_a_word(state, word):
    assert word in rendered("{% check_state state %}", state=state)


def test_row_escapes_and_writes_nothing_as_a_dash():
    assert rendered("{% row label value %}", label="<b>", value=None) == "<div><dt>&lt;b&gt;</dt><dd>—</dd></div>"
    assert rendered("{% row '数' 0 %}") == "<div><dt>数</dt><dd>0</dd></div>"


def test_steps_take_a_translated_text():
    html = rendered('{% steps _("申込|計画|訓練") 2 %}')

    assert html.count("<li") == 3


def test_steps_mark_what_is_done_and_where_one_is():
    html = rendered('{% steps "申込|計画|訓練" 2 %}')

    assert [html.count(f'<li class="{state}"') for state in ("done", "current", "todo")] == [1, 1, 1]
    assert html.count('aria-current="step"') == 1


def test_breadcrumb_ends_with_the_page_itself():
    html = rendered('{% breadcrumb "講座" "/courses/" "現場IoT" %}')

    assert '<a href="/courses/">講座</a>' in html
    assert '<span aria-current="page">現場IoT</span>' in html


def test_bar_chart_measures_against_the_longest():
    html = rendered('{% bar_chart rows unit="円" %}', rows=[("甲", 4000), ("乙", 1000)])

    assert ('width="100.00"' in html, 'width="25.00"' in html, "4,000円" in html) == (True, True, True)


def test_bar_chart_of_zeros_stands():
    assert 'width="0.00"' in rendered("{% bar_chart rows %}", rows=[("甲", 0)])


def test_pagination_keeps_the_search_and_hides_for_one_page():
    request = RequestFactory().get("/", {"q": "IoT", "page": "2"})
    many, one = Paginator(range(60), 20).page(2), Paginator(range(5), 20).page(1)

    html = rendered("{% pagination page %}", page=many, request=request)

    assert ("?q=IoT&amp;page=3" in html, 'aria-current="page">2<' in html) == (True, True)
    assert rendered("{% pagination page %}", page=one, request=request) == ""


def test_icons_ask_for_the_address_of_their_file_once(monkeypatch):
    asked = []
    monkeypatch.setattr("lms.templatetags.takumi.static", lambda name: asked.append(name) or f"/static/{name}")
    takumi.picture.cache_clear()
    takumi.sprite_address.cache_clear()

    shown = [takumi.icon("bell"), takumi.icon("user"), takumi.icon("bell"), takumi.icon("bell", label="お<知らせ>")]

    assert asked == ["lms/icons.svg"]
    assert shown[0] == shown[2] == '<svg class="icon" aria-hidden="true"><use href="/static/lms/icons.svg#bell"/></svg>'
    assert shown[3] == (
        '<svg class="icon" role="img" aria-label="お&lt;知らせ&gt;"><use href="/static/lms/icons.svg#bell"/></svg>'
    )


def test_an_icon_of_an_odd_name_is_escaped():
    assert "<b>" not in takumi.icon('"><b>')
