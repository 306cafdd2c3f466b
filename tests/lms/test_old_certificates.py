"""Certificates of before brought in as a table: judged by the rules of their own day, written whole, taken back whole."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from firms.models import JournalEntry, Person, StoredFile
from lms.tasks import sweep
from mentors.models import Application, CareerStretch, Certification, RenewalReminder
from tests.conftest import MORNING
from tests.courses.attendance.test_import_kinds import book
from tests.mentors.makers import agreed, certification_of, craftsman

HEAD = (
    "氏名,フリガナ,メールアドレス,認定の種類,職種,認定番号,認定日,有効期限,資格,資格を得た日,実務経験の初日,実務経験の末日,"
    "指導経験の初日,指導経験の末日,得意とする指導内容,機械,地域,言語"
)
IMPORT, TAKE, UNDO = (reverse(f"certificates:{name}") for name in ("import", "take", "undo"))
USUAL = {
    "name": "古賀 匠",
    "kana": "コガ タクミ",
    "mail": "",
    "designation": "",
    "occupation": "機械加工",
    "number": "旧-0001",
    "certified": "平成27年4月1日",
    "last": "2028/3/31",
    "qualification": "1級技能士",
    "qualified": "2000/4/1",
    "from": "2000/4/1",
    "until": "",
    "taught": "",
    "taught_until": "",
    "teaches": "ねじ切り",
    "machines": "汎用旋盤",
    "area": "大田区",
    "languages": "日本語",
}


def line(**changes):
    return ",".join({**USUAL, **changes}.values())


def table(*lines, head=HEAD, code="cp932"):
    return "\r\n".join([head, *lines]).encode(code)


@pytest.fixture
def desk(officer):
    return officer.client()


def hand_in(desk, content, name="認定.csv"):
    return desk.post(IMPORT, {"file": SimpleUploadedFile(name, content)})


def taken(desk, *lines):
    hand_in(desk, table(*lines))
    desk.post(TAKE)
    return list(Certification.objects.order_by("number"))


def problem(desk, **changes):
    """The one sentence of a row that is refused."""
    (wish,) = hand_in(desk, table(line(**changes))).context["refused"]
    return wish.problem


def test_looking_writes_nothing(desk):
    page = hand_in(desk, table(line(), line(number="旧-0002", name="並木 誠", kana="ナミキ マコト")))

    assert [(wish.number, wish.name) for wish in page.context["good"]] == [(2, "古賀 匠"), (3, "並木 誠")]
    assert (Certification.objects.count(), Application.objects.count()) == (0, 0)
    assert not Person.objects.filter(family_name="古賀").exists()


def test_a_certificate_is_kept_as_it_was_given_and_listed_for_nobody(desk, ward):
    (made,) = taken(desk, line())

    assert (made.number, made.certified_on, made.last_on) == ("旧-0001", date(2015, 4, 1), date(2028, 3, 31))
    assert (made.ward, made.person.full_name, made.person.email, made.is_listed) == (ward, "古賀 匠", None, False)
    assert made.lifted["source"] == "認定証 旧-0001（2015年4月1日）からの取込み"
    assert (made.lifted["teaches"], made.application.state) == ("ねじ切り", "certified")
    assert list(made.reminders.order_by("due_on").values_list("months", "due_on")) == [
        (6, date(2027, 9, 30)),
        (1, date(2028, 2, 29)),
    ]
    assert "旧-0001" in desk.get(reverse("mentors:certifications")).content.decode()


def test_the_rule_of_its_own_day_is_fifteen_years_and_later_five_and_three(desk):
    assert "実務経験14年11か月（15年以上）" in problem(desk, **{"from": "2000/4/3"})
    assert not hand_in(desk, table(line(**{"from": "2000/4/2"}))).context["refused"]
    new = {"certified": "2023/4/1", "qualified": "2018/4/1", "from": "2018/4/1"}
    assert "実技指導経験0年0か月（3年以上）" in problem(desk, **new)
    assert not hand_in(desk, table(line(**new, taught="2020/4/1"))).context["refused"]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": "古賀匠"}, "姓と名の間を空けて"),
        ({"kana": "古賀 匠"}, "カタカナ"),
        ({"number": ""}, "「認定番号」がありません"),
        ({"last": ""}, "「有効期限」がありません"),
        ({"certified": "ある日"}, "認定日「ある日」を読み取れません"),
        ({"certified": "2013/3/31"}, "認定要件の記録がありません"),
        ({"certified": "2026/11/21"}, "まだ来ていない日"),
        ({"last": "2015/3/31"}, "認定日より前の日"),
        ({"occupation": "宇宙加工"}, "職種「宇宙加工」が一覧にありません"),
        ({"qualification": "達人"}, "資格「達人」が分かりません"),
        ({"qualification": "2級技能士"}, "資格"),
        ({"designation": "名人"}, "認定の種類「名人」が分かりません"),
        ({"until": "1999/1/1"}, "末日が、初日より前"),
        ({"mail": "違う"}, "メールアドレス"),
        ({"teaches": "あ" * 201}, "長すぎます"),
        ({"area": "123456789012"}, "個人番号"),
    ],
)
def test_a_row_that_cannot_be_says_why(desk, changes, sentence):
    assert sentence in problem(desk, **changes)


def test_what_is_there_already_or_twice_is_refused_by_row(desk, ward, manager):
    certification_of(craftsman("匠"), ward)
    number = Certification.objects.get().number
    page = hand_in(
        desk,
        table(
            line(number=number),
            line(),
            line(name="並木 誠", kana="ナミキ マコト"),
            line(number="旧-0003", mail=manager.person.email, name="並木 誠", kana="ナミキ マコト"),
        ),
    )

    found = {wish.number: wish.problem for wish in page.context["refused"]}
    assert list(found) == [2, 4, 5]
    assert ("すでに登録されています" in found[2], "3行目と同じ認定番号" in found[4]) == (True, True)
    assert "このメールアドレスでは取り込めません" in found[5]


def test_rows_that_cannot_be_are_left_out_and_the_others_written_once(desk):
    hand_in(desk, table(line(), line(number="旧-0002", occupation="宇宙加工")))
    for _click in range(2):
        desk.post(TAKE)

    assert [one.number for one in Certification.objects.all()] == ["旧-0001"]
    assert JournalEntry.objects.filter(verb="certification.take_in").count() == 1


def test_one_person_with_two_occupations_is_one_person(desk):
    first, second = taken(desk, line(), line(number="旧-0002", occupation="仕上げ"))

    assert first.person == second.person


def test_a_workbook_is_read_too(desk):
    content = book(("認定", [HEAD.split(","), list(USUAL.values())]))

    assert len(hand_in(desk, content, "認定.xlsx").context["good"]) == 1


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (table(line(), head="氏名,認定日"), "列が見つかりません"),
        (table(), "1件から500件まで"),
        (table(line(), head=HEAD.replace("地域", "マイナンバー")), "マイナンバー"),
        (b"\x00\x01", "ファイル"),
    ],
    ids=["columns", "empty", "my number", "no table"],
)
def test_a_file_that_cannot_be_read_says_why(desk, content, sentence):
    assert sentence in hand_in(desk, content).content.decode()


def test_all_of_it_is_taken_back(desk):
    taken(desk, line(), line(number="旧-0002", name="並木 誠", kana="ナミキ マコト"))
    assert "いま取り込んだ2件" in desk.get(IMPORT).content.decode()

    desk.post(UNDO)

    for model in (Certification, Application, CareerStretch, RenewalReminder):
        assert not model.objects.exists()
    assert not Person.objects.filter(family_name__in=["古賀", "並木"]).exists()
    assert "取り消せる取込みがありません" in desk.post(UNDO, follow=True).content.decode()


def test_what_was_used_is_not_taken_back(desk, manager):
    first, _second = taken(desk, line(), line(number="旧-0002", name="並木 誠", kana="ナミキ マコト"))
    agreed(manager, first)

    assert "もうログインや派遣に使われている" in desk.post(UNDO, follow=True).content.decode()
    assert Certification.objects.count() == 2


def test_only_the_ward_brings_certificates_in(manager, stranger):
    for who in (manager, stranger):
        assert who.client().get(IMPORT).status_code == 403
        assert who.client().post(UNDO).status_code == 403


def test_a_table_nobody_took_is_forgotten_after_a_day_and_one_that_was_taken_is_kept(desk, clock):
    taken(desk, line())
    hand_in(desk, table(line(number="旧-0009")))
    kept = set(StoredFile.objects.values_list("sha256", flat=True))

    clock.move_to(MORNING + timedelta(days=2))
    sweep()

    assert len(kept) - StoredFile.objects.count() == 1


def test_the_pattern_has_the_columns_that_are_read(desk):
    content = desk.get(reverse("certificates:pattern"), {"code": "cp932"}).content.decode("cp932")

    assert content.strip() == HEAD
