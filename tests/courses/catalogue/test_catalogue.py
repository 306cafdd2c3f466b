"""The catalogue: words and facets in Japanese, what they leave over, and in which order."""

from datetime import timedelta

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from courses import frameworks
from courses.actions.catalogue.courses import edit_course, list_course
from courses.forms.catalogue.catalogue import CatalogueForm
from courses.hooks import may_draw_grant
from courses.models import Course, CourseSkill
from courses.queries.catalogue.catalogue import facet_choices, listed_matching, municipality
from courses.states import CourseState, RunState
from firms.words.searching import search_form
from tests.conftest import TODAY
from tests.courses.test_models import breaks
from tests.factories import CourseFactory, LessonFactory, OrganisationFactory, RunFactory

URL = reverse("courses:catalogue")


def told(course):
    """Saved as the actions save it."""
    course.search_text = course.words([skill.item for skill in course.skills.all()])
    course.save()
    return course


@pytest.fixture
def welding(college):
    return told(CourseFactory(college=college, title="溶接ロボットの操作", summary="センサーの異常を見分ける"))


@pytest.fixture
def saving(db):
    other = OrganisationFactory(kind="college", name="（架空）北学院", name_kana="キタガクイン")
    course = CourseFactory(
        college=other,
        title="省エネ診断の進め方",
        summary="電気代を月ごとに読む",
        field="gx",
        level="advanced",
        method="e_learning",
        timing="anytime",
        hours="3.5",
        fee_yen=5_000,
    )
    return told(course)


def found(**asked):
    query = QueryDict(mutable=True)
    query.update(asked)
    form = CatalogueForm(query, choices=facet_choices(on=TODAY))
    return set(listed_matching(form.facets(), on=localdate()))


def open_run(course, *, days=20, **fields):
    run = RunFactory(course=course, apply_until=localdate() + timedelta(days=days), **fields)
    LessonFactory(run=run, day=localdate() + timedelta(days=days + 10))
    return run


# --- words ---


@pytest.mark.parametrize(
    "words",
    ["溶接", "ロボット", "ろぼっと", "ﾛﾎﾞｯﾄ", "センサ", "センサー", "せんさー", "溶接 異常", "溶接\u3000ｾﾝｻ", "異常を"],
)
def test_words_find_a_course_however_they_are_typed(words, welding, saving):
    assert found(q=words) == {welding}


@pytest.mark.parametrize("words", ["溶接 省エネ", "旋盤", "ロボトミー"])
def test_every_word_must_occur(words, welding, saving):
    assert found(q=words) == set()


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("センサー", "せんさ"),
        ("センサーデータ", "せんさーでーた"),
        ("サーバー室", "さーば室"),
        ("さーばー", "さーば"),
        ("カー", "かー"),
        ("ＩｏＴ　入門", "iot 入門"),
        ("コンピューターの", "こんぴゅーたの"),
    ],
)
def test_search_form_is_one_for_all_spellings(text, form):
    assert search_form(text) == form


def test_words_find_the_college_by_its_kana(welding, saving):
    assert found(q="きたがくいん") == {saving}


def test_words_find_a_run_by_its_number(welding, saving):
    RunFactory(course=saving, code="K0009-01")

    assert found(q="ｋ0009-01") == {saving}


def test_words_find_a_course_by_the_skill_it_teaches(welding, saving, officer):
    item = next(one for one in frameworks.current()[0].items if len(one.label) > 3)
    edit_course(saving, {"skills": [item.key]}, by=officer.acting())

    assert found(q=item.label) == {saving}
    assert found(skill=item.key) == {saving}


def test_words_follow_the_new_name_of_a_college(welding, saving):
    saving.college.name = "（架空）南学院"
    saving.college.save()

    assert (found(q="南学院"), found(q="北学院")) == ({saving}, set())


def test_words_follow_every_edit(welding, officer):
    edit_course(welding, {"prerequisites": "玉掛けの資格"}, by=officer.acting())

    assert found(q="玉掛け") == {welding}


def test_tags_are_replaced_by_an_edit(welding, officer):
    first, second = [one.key for one in frameworks.current()[0].items[:2]]
    edit_course(welding, {"skills": [first]}, by=officer.acting())

    edit_course(welding, {"skills": [second]}, by=officer.acting())

    assert [skill.item for skill in welding.skills.all()] == [second]


def test_course_skill_once(welding):
    CourseSkill.objects.create(course=welding, item="dss-l:1.1:x")

    breaks("course_skill_once", lambda: CourseSkill.objects.create(course=welding, item="dss-l:1.1:x"))


def test_course_percent_within_100(college):
    breaks("course_percent_within_100", lambda: CourseFactory(college=college, needed_percent=101))


# --- facets ---


@pytest.mark.parametrize(
    "asked",
    [
        {"field": "gx"},
        {"level": "advanced"},
        {"method": "e_learning"},
        {"timing": "anytime"},
        {"hours_to": "10"},
        {"fee_to": "20,000"},
        {"fee_to": "２００００"},
    ],
    ids=lambda asked: "-".join(asked),
)
def test_facets_narrow_to_the_one_course(asked, welding, saving):
    assert found(**asked) == {saving}


@pytest.mark.parametrize("asked", [{"hours_from": "12"}, {"fee_from": "22,000円"}], ids=lambda asked: "-".join(asked))
def test_lower_bounds_take_in_what_stands_on_them(asked, welding, saving):
    assert found(**asked) == {welding}


def test_college_facet(welding, saving):
    assert found(college=str(saving.college_id)) == {saving}


def test_area_facet_knows_where_coming_runs_are_held(welding, saving):
    open_run(welding, venue_address="東京都大田区架空二丁目")
    open_run(saving, venue_address="神奈川県川崎市川崎区架空三丁目")

    assert facet_choices(on=TODAY).areas == ["大田区", "川崎市"]
    assert found(area="川崎市") == {saving}


def test_area_facet_leaves_out_runs_that_are_over(welding):
    open_run(welding, days=-40, venue_address="東京都大田区架空二丁目")

    assert found(area="大田区") == set()


@pytest.mark.parametrize(
    ("address", "area"),
    [
        ("東京都大田区架空一丁目", "大田区"),
        ("大田区架空一丁目", "大田区"),
        ("東京都東村山市本町", "東村山市"),
        ("東京都町田市原町田", "町田市"),
        ("神奈川県川崎市川崎区", "川崎市"),
        ("東京都西多摩郡檜原村", "西多摩郡檜原村"),
        ("オンライン", ""),
    ],
)
def test_municipality_of_an_address(address, area):
    assert municipality(address) == area


@pytest.mark.parametrize(
    ("fields", "is_found"),
    [
        ({}, True),
        ({"days": 0}, True),
        ({"days": -1}, False),
        ({"state": RunState.PREPARING}, False),
        ({"apply_from": localdate() + timedelta(days=1)}, False),
    ],
    ids=["open", "last day", "closed", "preparing", "not yet"],
)
def test_is_open_asks_for_a_run_one_can_apply_for(fields, is_found, welding):
    open_run(welding, **fields)

    assert found(is_open="on") == ({welding} if is_found else set())


def test_may_grant_asks_the_apps_above(welding, saving):
    CourseFactory(college=welding.college, title="見学会", hours="0.5", offering="order_made", fee_yen=0)

    assert found(may_grant="on") == set(may_draw_grant(Course.objects.listed()))


@pytest.mark.parametrize(
    "asked",
    [
        {"field": "zz"},
        {"college": "9" * 30},
        {"hours_to": "たくさん"},
        {"fee_from": "-5"},
        {"sort": "zz"},
        {"skill": "x"},
    ],
    ids=lambda asked: "-".join(asked),
)
def test_a_broken_address_asks_nothing(asked, welding, saving):
    assert found(**asked) == {welding, saving}


def test_an_hour_that_is_no_number_gets_a_sentence(welding, client):
    page = client.get(URL, {"hours_to": "たくさん"})

    assert page.context["form"].errors == {"hours_to": ["整数で入力してください。"]}
    assert '<div id="id_hours_to_error">' in page.content.decode()


# --- the page ---


def test_chips_say_what_is_asked_and_lead_to_the_page_without_it(welding, saving):
    asked = QueryDict("q=省エネ&field=gx&hours_to=10&is_open=on&sort=fee&page=2")

    chips = CatalogueForm(asked, choices=facet_choices(on=TODAY)).chips()

    assert [chip.text for chip in chips] == ["「省エネ」", "分野: GX（脱炭素）", "10時間まで", "いま申し込める"]
    assert QueryDict(chips[1].url[1:]) == QueryDict("q=省エネ&hours_to=10&is_open=on&sort=fee")


def titles(client, **asked):
    return [course.title for course, _run in client.get(URL, asked).context["cards"]]


def test_sorts(college, client):
    near, far, none = [
        told(CourseFactory(college=college, title=title, fee_yen=fee, hours=hours))
        for title, fee, hours in (("い近い", 300, "9"), ("あ遠い", 100, "8"), ("う未定", 200, "7"))
    ]
    open_run(far, days=40)
    open_run(near, days=5)
    open_run(none, days=-5)

    assert titles(client) == ["い近い", "あ遠い", "う未定"]
    assert titles(client, sort="title") == ["あ遠い", "い近い", "う未定"]
    assert titles(client, sort="fee") == ["あ遠い", "う未定", "い近い"]
    assert titles(client, sort="hours") == ["う未定", "あ遠い", "い近い"]


def test_a_run_without_lessons_does_not_hide_the_one_that_has_a_day(welding, client):
    RunFactory(course=welding, apply_until=localdate() + timedelta(days=50))
    dated = open_run(welding)

    ((_course, run),) = client.get(URL).context["cards"]

    assert run == dated


@pytest.mark.parametrize("rows", [1, 3])
def test_catalogue_of_a_visitor_takes_six_queries(rows, college, django_assert_num_queries):
    for n in range(rows):
        open_run(told(CourseFactory(college=college, title=f"センサ入門{n}")))
    client = Client()

    with django_assert_num_queries(6):
        page = client.get(URL, {"q": "センサ", "is_open": "on", "may_grant": "on", "area": "大田区"})

    assert len(page.context["cards"]) == rows


def test_catalogue_shows_listed_courses_alone(welding, college, client):
    for state in (CourseState.DRAFT, CourseState.PROPOSED, CourseState.WITHDRAWN):
        CourseFactory(college=college, state=state)

    assert titles(client) == [welding.title]


def test_a_listed_course_is_found_at_once(officer, college):
    draft = told(CourseFactory(college=college, title="鋳造の基礎", state=CourseState.DRAFT, listed_on=None))

    list_course(draft, by=officer.acting())

    assert found(q="鋳造") == {draft}
