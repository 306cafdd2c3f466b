"""The one search box: Japanese words however they are typed, numbers, and nothing that is another's."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from courses.actions.catalogue.courses import refresh_search_texts
from demo.load import load
from demo.logins import email_of
from firms.files import store as files
from firms.models import Evidence, Membership, Person
from firms.queries import acting_for, memberships_of, today
from grants.models import GrantCase
from lms.searching import PROVIDERS, search, words_of
from tests.factories import CourseFactory, EmploymentFactory, PersonFactory
from tests.lms.test_gets import ROLES

LINK = re.compile(r'class="title stretched" href="([^"]+)"')
# Of the public: they are everybody's, and their querysets say so by another name.
PUBLIC = {"register"}
MOST_QUERIES = 11


def page(cast, q):
    return cast.client().get(reverse("search"), {"q": q})


def titles(cast, q):
    return {hit.title for found in page(cast, q).context["found"] for hit in found.hits}


@pytest.fixture
def worker(establishment, pattern):
    person = PersonFactory(family_name="髙橋", given_name="美咲", family_kana="タカハシ", given_kana="ミサキ")
    return EmploymentFactory(person=person, establishment=establishment, pattern=pattern, job_title="ＮＣ旋盤")


@pytest.mark.parametrize("q", ["高橋", "髙橋 美咲", "高橋　みさき", "ﾀｶﾊｼ", "たかはし", "nc旋盤", "ＮＣ", "美咲"])
def test_a_person_is_found_however_it_is_typed(q, manager, worker):
    assert worker.person.full_name in titles(manager, q)


@pytest.mark.parametrize("q", ["高橋 鈴木", "佐藤", "%", "_", ".*", "((", "\\"])
def test_what_does_not_occur_is_not_found(q, manager, worker):
    assert titles(manager, q) == set()


@pytest.mark.parametrize("q", ["設備", "ｾﾝｻｰ", "センサ", "せんさー"])
def test_a_course_is_found_by_two_letters_and_any_kana(q, trainee, run):
    refresh_search_texts(run.course.college)

    assert run.course.title in titles(trainee, q)


@pytest.mark.parametrize("form", ["G-{:05d}", "g{}", "{}", "Ｇ－{:05d}"])
def test_a_case_is_found_by_its_number(form, manager, establishment, run):
    case = GrantCase.objects.create(establishment=establishment, run=run, scheme="reskilling", menu="reskilling")

    found = page(manager, form.format(case.pk)).context["found"]

    assert [hit.url for one in found for hit in one.hits if one.provider.key == "cases"] == [
        reverse("grants:case", args=[case.pk])
    ]


def test_nothing_typed_asks_nothing_and_says_what_there_is(manager):
    answer = page(manager, "　")

    assert answer.context["found"] == []
    assert "見つかりませんでした" not in answer.content.decode()


def test_nothing_found_says_what_to_do(manager):
    assert "言葉を短くする" in page(manager, "存在しない言葉").content.decode()


def test_words_are_words_on_the_page(manager):
    assert "<script>" not in page(manager, "<script>alert(1)</script>").content.decode().split("<main")[1]


def test_many_hits_lead_to_the_list_that_shows_them_all(manager, establishment, pattern):
    for _number in range(7):
        person = PersonFactory(family_name="小山内", given_name="一")
        EmploymentFactory(person=person, establishment=establishment, pattern=pattern)

    answer = page(manager, "小山内")

    (found,) = answer.context["found"]
    assert (len(found.hits), found.has_more) == (6, True)
    assert manager.client().get(found.more_url).content.decode().count("小山内") >= 7


def test_at_most_five_words_are_asked():
    assert words_of("一 二　三 四 五 六") == ("一", "二", "三", "四", "五")


def test_a_box_stands_in_the_head_of_every_page_but_a_visitors(manager, db):
    assert f'action="{reverse("search")}"' in manager.client().get(reverse("home")).content.decode()
    assert 'role="search"' not in Client().get(reverse("account_login")).content.decode()
    assert Client().get(reverse("search")).status_code == 302


def test_a_file_that_is_not_checked_is_not_offered(manager, firm):
    brought = {"uploaded_by": manager.person, "uploaded_for": firm}
    kept = files.store(b"%PDF-1.4", media_type="application/pdf")
    proof = Evidence.objects.create(file=kept, owner=firm, kind="receipt", name="領収書.pdf", **brought)

    assert titles(manager, "領収書") == set()
    Evidence.objects.filter(pk=proof.pk).update(state="clean", checked_at=timezone.now())
    assert titles(manager, "領収書") == {"領収書.pdf"}


# --- whose it is ---


@pytest.fixture
def stranger_rows(worker, run, establishment):
    return GrantCase.objects.create(establishment=establishment, run=run, scheme="reskilling", menu="reskilling")


def test_a_stranger_finds_only_what_is_public(stranger, stranger_rows, run, worker):
    CourseFactory(college=run.course.college, title="下書きの講座", state="draft")

    assert titles(stranger, "大森") == set()
    assert titles(stranger, worker.person.family_name) == set()
    assert titles(stranger, "の") <= {run.course.title}


def everybody():
    """Each role of the demo, in each organisation it acts for."""
    for name in ROLES:
        person = Person.objects.get(email=email_of(name))
        for membership in memberships_of(person, on=today()) or [None]:
            yield name, acting_for(person, membership, on=today())


@pytest.mark.slow
def test_no_provider_shows_what_its_queryset_hides_and_every_hit_opens(db, letter_box):
    load(today())
    shown = set()
    for name, acting in everybody():
        for provider in [one for one in PROVIDERS if one.concerns(acting)]:
            rows = provider.rows(acting, ("",))
            if provider.key not in PUBLIC:
                allowed = set(rows.model.objects.visible_to(acting).values_list("pk", flat=True))
                assert {row.pk for row in rows} <= allowed, (name, provider.key)
        with CaptureQueriesContext(connection) as asked:
            found = search(PROVIDERS, ("",), acting=acting)
        assert len(asked) <= MOST_QUERIES, name
        shown |= {one.provider.key for one in found}
        client = Client()
        client.force_login(acting.person)
        if acting.membership:
            client.post(reverse("firms:switch"), {"membership": acting.membership.pk})
        for one in found:
            for hit in one.hits[:2]:
                assert client.get(hit.url).status_code == 200, (name, one.provider.key, hit.url)

    assert shown == {provider.key for provider in PROVIDERS}


def test_a_page_of_hits_leads_where_it_says(manager, worker):
    answer = page(manager, "高橋")
    (link,) = [unescape(found) for found in LINK.findall(answer.content.decode())]

    assert manager.client().get(link).context["employment"] == worker
    assert Membership.objects.filter(person=worker.person).count() == 0
