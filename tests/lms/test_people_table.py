"""Employees brought in and taken out as a table: looked at, refused by row, registered whole, taken back whole."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from firms.models import Employment, Evidence, Invitation, JournalEntry, Notification, Person, StoredFile
from lms.tasks import sweep
from tests.conftest import MORNING
from tests.courses.attendance.test_import_kinds import book
from tests.factories import EmploymentFactory, EnrolmentFactory, EstablishmentFactory

HEAD = "氏名,フリガナ,メール,事業所,雇入日,被保険者番号,雇用形態,職務,勤務形態"
IMPORT, REGISTER, UNDO = reverse("people:import"), reverse("people:register"), reverse("people:undo")


def line(name="架空 一郎", kana="カクウ イチロウ", **changes):
    cells = {"mail": "", "place": "", "day": "2024/4/1", "number": "", "contract": "正規", "job": "旋盤", "pattern": ""}
    return ",".join([name, kana, *(cells | changes).values()])


def table(*lines, head=HEAD):
    return "\r\n".join([head, *lines]).encode("cp932")


@pytest.fixture
def desk(manager, establishment, pattern):
    return manager.client()


def hand_in(desk, content, name="従業員.csv"):
    return desk.post(IMPORT, {"file": SimpleUploadedFile(name, content)})


def problems(page):
    return {wish.number: wish.problem for wish in page.context["refused"]}


def test_looking_registers_nobody_and_sends_no_letter(desk):
    page = hand_in(desk, table(line(mail="ichiro@example.jp"), line("架空 二郎", "ｶｸｳ ｼﾞﾛｳ")))

    assert [(wish.number, wish.name) for wish in page.context["good"]] == [(2, "架空 一郎"), (3, "架空 二郎")]
    assert not Employment.objects.exists()
    assert not Invitation.objects.exists()
    assert not JournalEntry.objects.filter(verb__startswith="employment").exists()


def test_twenty_eight_people_are_registered_at_once_and_a_second_click_is_none(desk):
    names = [line(f"架空 {n}号", "カクウ ゴウ", number=f"5001-0000{n:02d}-2") for n in range(10, 38)]
    hand_in(desk, table(*names))

    for _click in range(2):
        desk.post(REGISTER)

    assert Employment.objects.count() == Person.objects.filter(email=None).count() == 28
    assert JournalEntry.objects.filter(verb="employment.start").count() == 28


def test_terms_of_a_row_are_those_of_the_page(desk, establishment, pattern):
    told = line(
        mail="ichiro@example.jp", place=establishment.name, day="令和6年4月1日", number="５００１０００００１２",
        contract="有期", pattern=pattern.name,
    )  # fmt: skip
    hand_in(desk, table(told))
    desk.post(REGISTER)

    one = Employment.objects.get()
    assert (one.person.full_kana, one.contract, one.pattern) == ("カクウ イチロウ", "fixed_term", pattern)
    assert (f"{one.started_on}", one.insured_number, one.email) == ("2024-04-01", "5001-000001-2", "ichiro@example.jp")
    assert Invitation.objects.get().person == one.person


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (line("架空一郎"), "姓と名の間を空けて"),
        (line(kana="架空 一郎"), "カタカナ"),
        (line(mail="no"), "メールアドレス"),
        (line(place="本店"), "事業所「本店」が見つかりません"),
        (line(day="春"), "雇入日「春」を読み取れません"),
        (line(day=""), "雇入日がありません"),
        (line(day="1800/4/1"), "1950年から"),
        (line(number="5001-1"), "4桁-6桁-1桁"),
        (line(contract="パート"), "期間の定めがあるか分かりません"),
        (line(contract="友人"), "雇用形態「友人」が分かりません"),
        (line(pattern="早番"), "勤務形態「早番」がありません"),
        (line(job="1234 5678 9012"), "マイナンバー"),
    ],
)
def test_row_that_cannot_be_is_refused_with_its_number_and_the_others_are_registered(desk, row, sentence):
    page = hand_in(desk, table(line("架空 二郎", "カクウ ジロウ"), row))

    assert list(problems(page)) == [3]
    assert sentence in problems(page)[3]
    desk.post(REGISTER)
    assert [one.person.full_name for one in Employment.objects.select_related("person")] == ["架空 二郎"]


def test_one_person_stands_once_in_a_file_and_once_in_the_firm(desk):
    hand_in(desk, table(line()))
    desk.post(REGISTER)

    second = line("架空 二郎", "カクウ ジロウ", number="5001-000077-2")
    third = line("架空 三郎", "カクウ サブロウ", number="5001-000077-2")
    page = hand_in(desk, table(line(), second, third))

    assert "すでにいます" in problems(page)[2]
    assert "3行目と同じ" in problems(page)[4]


def test_two_establishments_have_to_be_told_apart(desk, firm):
    EstablishmentFactory(organisation=firm, name="第二工場")

    page = hand_in(desk, table(line(), line("架空 二郎", "カクウ ジロウ", place="第二工場")))

    assert "事業所がありません" in problems(page)[2]
    assert [wish.fields["establishment"].name for wish in page.context["good"]] == ["第二工場"]


@pytest.mark.parametrize("name", ["従業員.xlsx", "従業員.csv"])
def test_what_was_taken_out_is_what_comes_in(desk, establishment, pattern, name):
    EmploymentFactory(establishment=establishment, pattern=pattern, person__family_kana="カクウ")
    taken = desk.get(reverse("people:csv")).content.decode("utf-8-sig")
    rows = [row.split(",") for row in taken.splitlines()]
    content = book(("従業員", rows)) if name.endswith("xlsx") else taken.encode("utf-8-sig")

    page = hand_in(desk, content, name)

    assert [sentence[:11] for sentence in problems(page).values()] == ["同じ氏名とフリガナの従"]


def test_table_taken_out_holds_no_formula_and_opens_in_excel_of_old(desk, establishment, pattern):
    EmploymentFactory(establishment=establishment, pattern=pattern, job_title="=1+1", person__family_name="髙橋")

    content = desk.get(reverse("people:csv"), {"code": "cp932"}).content.decode("cp932")

    assert "'=1+1" in content
    assert "事業所" in content


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (table(line(), head="氏名,備考"), "「雇入日」、「雇用形態」の列が見つかりません"),
        (table(), "見出しのほかに行がありません"),
        (table(line(), head=f"{HEAD},マイナンバー"), "マイナンバー"),
        (table(*[line()] * 501), "500人まで"),
        (b"", "空です"),
    ],
    ids=["columns", "nobody", "my number", "too many", "empty"],
)
def test_file_that_cannot_be_read_says_why(desk, content, sentence):
    page = hand_in(desk, content)

    assert sentence in page.context["form"].errors["file"][0]


def test_registered_by_mistake_is_taken_back_whole(desk):
    hand_in(desk, table(line(mail="ichiro@example.jp"), line("架空 二郎", "カクウ ジロウ")))
    desk.post(REGISTER)

    desk.post(UNDO)
    again = desk.post(UNDO, follow=True).content.decode()

    assert not Employment.objects.exists()
    assert not Person.objects.filter(email=None).exists()
    assert Invitation.objects.get().state == "withdrawn"
    assert "取り消せる登録がありません" in again
    assert JournalEntry.objects.filter(verb="people.remove").count() == 2


def test_whoever_is_used_already_keeps_all_of_them(desk, run):
    hand_in(desk, table(line(), line("架空 二郎", "カクウ ジロウ")))
    desk.post(REGISTER)
    EnrolmentFactory(run=run, employment=Employment.objects.get(person__given_name="二郎"))

    page = desk.post(UNDO, follow=True).content.decode()

    assert "架空 二郎さんは、もう受講の申込み" in page
    assert Employment.objects.count() == 2


@pytest.mark.parametrize("who", ["coordinator", "trainee", "advisor", "officer"])
def test_nobody_but_the_firm_brings_people_in(who, request, establishment):
    client = request.getfixturevalue(who).client()

    assert client.get(IMPORT).status_code == 403
    assert client.post(REGISTER).status_code == 403
    assert client.post(UNDO).status_code == 403


def test_file_of_one_firm_is_not_registered_by_another(desk, stranger, establishment):
    hand_in(desk, table(line()))

    stranger.client().post(REGISTER)

    assert not Employment.objects.filter(person__family_name="架空", person__email=None).exists()
    assert not Notification.objects.exists()


def test_file_with_a_virus_is_refused_and_not_kept(desk, monkeypatch):
    monkeypatch.setattr("firms.files.scanning.found_virus", lambda content: "Eicar")

    page = hand_in(desk, table(line()))

    assert "Eicar" in page.content.decode()
    assert not StoredFile.objects.exists()


def test_workbook_is_kept_as_one(desk):
    hand_in(desk, book(("従業員", [HEAD.split(","), line().split(",")])), "従業員.xlsx")

    assert "spreadsheetml" in StoredFile.objects.get().media_type


def test_registering_names_the_file_in_the_journal(desk, manager, firm):
    hand_in(desk, table(line()))
    desk.post(REGISTER)

    told = [
        (entry.verb, entry.details["sha256"], entry.person, entry.concerns)
        for entry in JournalEntry.objects.filter(verb__in=["people.look_at", "people.register"]).order_by("pk")
    ]
    sha256 = StoredFile.objects.get().sha256
    assert told == [(verb, sha256, manager.person, firm) for verb in ("people.look_at", "people.register")]


def swept(minutes):
    with time_machine.travel(MORNING + timedelta(days=1, minutes=minutes)):
        sweep()
    return not StoredFile.objects.exists()


def test_a_table_nobody_registered_goes_after_a_day(desk):
    hand_in(desk, table(line()))

    assert not swept(minutes=-5)
    assert swept(minutes=5)


def test_a_table_somebody_registered_stays(desk):
    hand_in(desk, table(line()))
    desk.post(REGISTER)

    assert not swept(minutes=5)


def test_a_table_looked_at_again_waits_a_day_from_then(desk, clock):
    hand_in(desk, table(line()))
    clock.shift(timedelta(hours=2))
    hand_in(desk, table(line()))

    assert not swept(minutes=60)
    assert swept(minutes=130)


def test_the_same_file_handed_in_for_something_else_stays(desk, manager, firm):
    hand_in(desk, table(line()))
    Evidence.objects.create(
        file=StoredFile.objects.get(), owner=firm, kind="receipt", name="a.csv", uploaded_by=manager.person,
        uploaded_for=firm,
    )  # fmt: skip

    assert not swept(minutes=5)
