"""Certificates: frozen facts, numbers without gaps, the paper, the public check, revocation and a new one."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from django.utils.timezone import localdate, now

from courses.actions.completion.certificates import (
    issue_certificate,
    next_number,
    reissue_certificate,
    revoke_certificate,
)
from courses.actions.completion.completion import decide_completion
from courses.models import Certificate, CertificateRevocation, CourseSkill, LearningEvent
from courses.states import EnrolmentState
from firms.errors import Refused
from firms.models import JournalEntry, Notification
from tests.conftest import cast
from tests.factories import EnrolmentFactory, OrganisationFactory, RunFactory, UnitFactory

SKILL = "dss-l:1.1:mind.1"


@pytest.fixture
def certificate(completed):
    return Certificate.objects.get(enrolment=completed)


@pytest.fixture
def clerk(coordinator):
    return coordinator.acting(localdate())


def check(certificate):
    return reverse("courses:certificate_check", args=[certificate.check_code])


# --- the frozen record ---


def test_the_facts_are_frozen_that_day(finished, seated, attended, clerk):
    CourseSkill.objects.create(course=finished.course, item=SKILL)
    (enrolment,) = seated(finished)
    attended(enrolment, 360, 300)
    decide_completion(finished, by=clerk)
    given = Certificate.objects.get()

    type(finished.course).objects.update(title="別の講座名")
    given.refresh_from_db()

    days = [lesson.on.isoformat() for lesson in finished.lessons.order_by("number")]
    assert given.facts == {
        "name": enrolment.person.full_name,
        "kana": enrolment.person.full_kana,
        "course": finished.course.title,
        "course_id": finished.course_id,
        "about": "センサで設備の稼働を見る",
        "run": finished.code,
        "college": "（架空）東都工科カレッジ",
        "college_id": finished.course.college_id,
        "representative_title": "代表取締役",
        "representative_name": "架空 一郎",
        "method": "通学制",
        "level": "DX（デジタル）・基礎",
        "hours": "12時間",
        "planned": "12時間",
        "planned_minutes": 720,
        "attended": "11時間",
        "attended_minutes": 660,
        "first_on": days[0],
        "last_on": days[1],
        "criteria": "12時間の80%（9時間36分）以上に出席すること",
        "skills": given.facts["skills"],
        "number": given.number,
        "issued_on": clerk.today.isoformat(),
    }
    assert [(skill["item"], skill["label"]) for skill in given.facts["skills"]] == [(SKILL, "変化への適応")]
    assert [skill.item for skill in given.skills.all()] == [SKILL]


def test_a_certificate_cannot_be_changed_or_removed(certificate):
    with pytest.raises(DatabaseError), transaction.atomic():
        Certificate.objects.update(number="x")
    with pytest.raises(DatabaseError), transaction.atomic():
        Certificate.objects.all().delete()


def test_numbers_run_without_gaps_by_college_and_fiscal_year(finished, seated, attended, clerk):
    for enrolment in seated(finished, 3):
        attended(enrolment, 360, 360)
    decide_completion(finished, by=clerk)

    college = finished.course.college_id
    year = clerk.today.year - (clerk.today.month < 4)
    numbers = sorted(Certificate.objects.values_list("number", flat=True))
    assert numbers == [f"{year}-{college:03d}-{n:04d}" for n in (1, 2, 3)]
    assert next_number(college, date(year + 1, 3, 31)) == f"{year}-{college:03d}-0004"
    assert next_number(college, date(year + 1, 4, 1)) == f"{year + 1}-{college:03d}-0001"
    assert next_number(college + 1, clerk.today) == f"{year}-{college + 1:03d}-0001"


def test_issuing_twice_gives_the_same(completed, certificate, clerk):
    assert issue_certificate(completed, by=clerk) == certificate
    assert Certificate.objects.count() == 1


def test_issuing_without_completion_is_refused(finished, seated, clerk):
    (enrolment,) = seated(finished)

    with pytest.raises(Refused, match="修了が決まった人にだけ"):
        issue_certificate(enrolment, by=clerk)


def test_valid_ones_are_those_not_revoked(certificate, clerk):
    assert list(Certificate.objects.valid()) == [certificate]

    revoke_certificate(certificate, reason="誤発行", by=clerk)

    assert list(Certificate.objects.valid()) == []


# --- who gets the paper ---


def test_the_paper_opens_for_holder_firm_and_college_alone(
    certificate, completed, manager, coordinator, advisor, stranger, officer
):
    page = reverse("courses:certificate_pdf", args=[certificate.pk])
    holder = manager.client()
    holder.force_login(completed.person)

    answers = [client.get(page) for client in (holder, manager.client(), coordinator.client(), advisor.client())]

    assert {answer["Content-Type"] for answer in answers} == {"application/pdf"}
    assert [answer.content[:5] for answer in answers] == [b"%PDF-"] * 4
    assert [who.client().get(page).status_code for who in (stranger, officer)] == [404, 404]


def test_a_revoked_one_is_not_printed(certificate, clerk, coordinator):
    revoke_certificate(certificate, reason="誤発行", by=clerk)

    answer = coordinator.client().get(reverse("courses:certificate_pdf", args=[certificate.pk]))

    assert answer.url == check(certificate)


# --- the public check ---


def test_a_stranger_checks_a_certificate_without_login(certificate, client, django_assert_num_queries):
    with django_assert_num_queries(1):
        answer = client.get(check(certificate))

    page = answer.content.decode()
    assert "有効な修了証です" in page
    wanted = (certificate.number, certificate.facts["name"], certificate.facts["course"], certificate.facts["college"])
    assert [text for text in wanted if text not in page] == []
    assert '<meta name="robots" content="noindex, nofollow">' in page
    assert (answer["X-Robots-Tag"], answer["Cache-Control"]) == ("noindex, nofollow", "private, no-store")


def test_an_unknown_code_has_a_sentence_and_costs_the_same(certificate, client, django_assert_num_queries):
    with django_assert_num_queries(1):
        answer = client.get(reverse("courses:certificate_check", args=["A" * 20]))

    assert answer.status_code == 404
    assert "この照会コードの修了証はありません" in answer.content.decode()


@pytest.mark.parametrize("write", [str.lower, lambda c: f" {c[:5]}-{c[5:]} ", lambda c: c.translate(WIDE)])
def test_a_code_is_found_however_it_was_typed(certificate, client, write):
    answer = client.get(reverse("courses:certificate_find"), {"code": write(certificate.check_code)}, follow=True)

    assert "有効な修了証です" in answer.content.decode()


WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "修了証に書かれた照会コードを入力してください。"),
        ("－－", "修了証に書かれた照会コードを入力してください。"),
    ],
)
def test_an_empty_code_is_asked_for_again(client, db, typed, said):
    answer = client.get(reverse("courses:certificate_find"), {"code": typed})

    assert said in answer.content.decode()


# --- taking back, and a new one ---


def test_the_coordinator_revokes_and_everybody_reads_why(certificate, coordinator, client):
    page = reverse("courses:certificate_revoke", args=[certificate.pk])

    coordinator.client().post(page, {"reason": "講座の取り違え"})

    seen = client.get(check(certificate)).content.decode()
    assert "この修了証は無効です" in seen
    assert "理由: 講座の取り違え" in seen
    assert "講座の取り違え" in Notification.objects.filter(person=certificate.enrolment.person).first().body
    assert JournalEntry.objects.get(verb="certificate.revoke").subject_id == certificate.pk


def test_revoking_twice_is_once(certificate, clerk):
    revoke_certificate(certificate, reason="誤発行", by=clerk)
    revoke_certificate(certificate, reason="もう一度", by=clerk)

    assert CertificateRevocation.objects.get().reason == "誤発行"


def test_revoking_needs_a_reason(certificate, coordinator, clerk):
    answer = coordinator.client().post(reverse("courses:certificate_revoke", args=[certificate.pk]), {"reason": " "})

    assert "理由を書いてください。照会ページに表示されます。" in answer.content.decode()
    with pytest.raises(Refused, match="理由を書いてください"):
        revoke_certificate(certificate, reason=" ", by=clerk)
    with pytest.raises(IntegrityError, match="revocation_has_reason"), transaction.atomic():
        CertificateRevocation.objects.create(certificate=certificate, reason="", revoked_by=clerk.person)


def test_a_misspelt_name_is_mended_by_a_new_number(certificate, completed, coordinator, clerk, client):
    completed.person.family_name = "髙﨑"
    completed.person.save()
    page = reverse("courses:certificate_reissue", args=[certificate.pk])

    coordinator.client().post(page, {"reason": "氏名の漢字の誤り"})

    fresh = Certificate.objects.valid().get()
    assert (fresh.facts["name"], fresh.number[-4:], fresh.status_index) == ("髙﨑 太郎", "0002", 1)
    assert "理由: 氏名の漢字の誤り" in client.get(check(certificate)).content.decode()
    with pytest.raises(Refused, match="のあとに"):
        reissue_certificate(certificate, reason="もう一度", by=clerk)


def test_who_lost_completion_gets_no_new_one(certificate, completed, clerk):
    type(completed).objects.filter(pk=completed.pk).update(state=EnrolmentState.NOT_COMPLETED)

    with pytest.raises(Refused, match="修了が決まった人にだけ"):
        reissue_certificate(certificate, reason="氏名の誤り", by=clerk)


@pytest.mark.parametrize("name", ["certificate_revoke", "certificate_reissue"])
def test_only_the_colleges_coordinator_takes_back(name, certificate, manager, instructor, stranger, college):
    page = reverse(f"courses:{name}", args=[certificate.pk])
    foreign = cast("coordinator", OrganisationFactory(kind="college"), "他校")

    answers = [
        who.client().post(page, {"reason": "誤り"}).status_code for who in (manager, instructor, stranger, foreign)
    ]

    assert answers == [403, 403, 404, 404]
    assert not CertificateRevocation.objects.exists()


# --- the lists ---


def test_a_trainee_finds_the_own_certificate_and_the_survey(certificate, completed, client):
    client.force_login(completed.person)

    page = client.get(reverse("courses:certificates")).content.decode()

    assert certificate.number in page
    assert reverse("courses:survey", args=[completed.pk]) in page


def test_lists_show_ones_own_people_alone(certificate, manager, advisor, coordinator, stranger, officer):
    page = reverse("courses:certificates")

    sees = [certificate.number in who.client().get(page).content.decode() for who in (manager, advisor, coordinator)]
    others = [certificate.number in who.client().get(page).content.decode() for who in (stranger, officer)]

    assert (sees, others) == ([True] * 3, [False] * 2)


@pytest.mark.parametrize("n", [1, 3])
def test_the_list_takes_the_same_queries_for_everybody(
    n, finished, seated, attended, clerk, manager, django_assert_num_queries
):
    for enrolment in seated(finished, n):
        attended(enrolment, 360, 360)
    decide_completion(finished, by=clerk)
    browser = manager.client()

    with django_assert_num_queries(6):
        browser.get(reverse("courses:certificates"))


@pytest.mark.parametrize(
    ("words", "is_found"),
    [("NAME", True), ("NAME 現場IoT", True), ("-0001", True), ("NAME 別の講座", False), ("𠮷", False)],
    ids=["name", "name and course", "number", "other course", "nobody"],
)
def test_the_list_is_searched_by_name_course_and_number(words, is_found, certificate, manager):
    words = words.replace("NAME", certificate.enrolment.person.family_name)

    page = manager.client().get(reverse("courses:certificates"), {"q": words}).content.decode()

    assert (certificate.number in page) is is_found
    assert ("当てはまる修了証はありません" in page) is not is_found


def test_no_certificate_yet_says_where_to_go(trainee):
    assert "修了証はまだありません" in trainee.client().get(reverse("courses:certificates")).content.decode()


def test_a_run_without_lessons_takes_its_learning_days_and_minutes(college, people, clerk, signing_key):
    until = clerk.today - timedelta(days=1)
    run = RunFactory(course__college=college, learn_from=until - timedelta(days=30), learn_until=until)
    unit = UnitFactory(course=run.course, number=1, kind="text", title="安全の基本", standard_minutes=90)
    (employment,) = people(1)
    enrolment = EnrolmentFactory(run=run, employment=employment)
    LearningEvent.objects.create(enrolment=enrolment, unit=unit, kind="completed", at=now())

    decide_completion(run, by=clerk)

    facts = Certificate.objects.get().facts
    assert (facts["first_on"], facts["last_on"]) == (run.learn_from.isoformat(), until.isoformat())
    assert (facts["attended_minutes"], facts["criteria"]) == (90, "標準学習時間の80%以上を学ぶこと")
    assert reissue_certificate(Certificate.objects.get(), reason="氏名の誤り", by=clerk).facts["attended_minutes"] == 90
