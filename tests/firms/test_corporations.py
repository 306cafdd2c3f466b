"""The list of 法人番号: read as the site writes it, replaced whole or not at all, filling a form and compared with one."""

import csv
import zipfile
from datetime import date
from io import BytesIO, StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from firms.actions import corporations as loading
from firms.actions.corporations import load_register
from firms.errors import Refused
from firms.files import corporations as columns
from firms.models import Corporation, JournalEntry, RegisterLoad
from firms.queries.corporations import bare
from tests.factories import corporate_number
from tests.firms.test_newcomers import waiting

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 30)


def line(n=77, **changed):
    row = [""] * columns.COLUMNS
    given = {
        "NUMBER": corporate_number(n), "NAME": "株式会社雪谷バネ", "PREFECTURE": "東京都", "CITY": "大田区",
        "STREET": "雪谷２丁目３番４号", "POSTAL": "1450065", "LATEST": "1", "KANA": "ユキガヤバネ",
    }  # fmt: skip
    for name, value in (given | changed).items():
        row[getattr(columns, name)] = value
    return row


def file_of(*rows, coding="utf-8"):
    text = StringIO()
    csv.writer(text).writerows(rows)
    return BytesIO(text.getvalue().encode(coding))


def zipped(*parts):
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    held.seek(0)
    return held


def load(file, day=DAY):
    return load_register(file, name="13_tokyo_all_20261030.csv", as_of=day)


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "cp932"])
def test_reads_the_site_s_file_in_each_coding(coding):
    made = load(file_of(line(), line(78, CLOSED="2025-03-31", NAME="有限会社閉じた"), coding=coding))

    first, second = Corporation.objects.current().order_by("pk")
    assert (made.count, made.is_current, made.as_of) == (2, True, DAY)
    assert (first.number, first.name, first.name_kana) == (corporate_number(77), "株式会社雪谷バネ", "ユキガヤバネ")
    assert (first.postal_code, first.address) == ("145-0065", "東京都大田区雪谷２丁目３番４号")
    assert (second.name, second.closed_on) == ("有限会社閉じた", date(2025, 3, 31))
    assert JournalEntry.objects.get(verb="register.load").details == {"rows": 2}


def test_reads_a_zip_with_its_one_csv():
    content = file_of(line(), coding="cp932").getvalue()

    assert load(zipped(("13_tokyo_all_20261030.csv", content), ("13_tokyo_all_20261030.csv.asc", b"-"))).count == 1


def test_a_file_in_parts_is_replaced_as_a_whole(monkeypatch):
    monkeypatch.setattr(loading, "AT_ONCE", 2)
    load(file_of(*(line(n) for n in range(1, 6))))
    load(file_of(line(9), line(10)), date(2026, 11, 30))

    assert set(Corporation.objects.values_list("number", flat=True)) == {corporate_number(9), corporate_number(10)}
    assert [(one.is_current, one.count) for one in RegisterLoad.objects.all()] == [(True, 2), (False, 5)]


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (lambda: file_of(line(1), ["1", "2"]), "2行目は、法人番号公表サイト"),
        (lambda: file_of(line(1), line(2, NUMBER="1234567890123")), "2行目は、法人番号公表サイト"),
        (lambda: file_of(line(1), line(2, LATEST="0")), "2行目は過去の履歴"),
        (lambda: file_of(line(1), line(2, CLOSED="2025-13-01")), "2行目の閉鎖の日付"),
        (lambda: file_of(line(1), line(1)), "同じ法人番号が二度"),
        (lambda: BytesIO(file_of(line(1)).getvalue() * 2000 + b"\xff\xfe\x81"), "を読めません|二度"),
        (lambda: BytesIO(b""), "一つもありません"),
        (lambda: zipped(("a.csv", b""), ("b.csv", b"")), "一つではありません"),
        (lambda: BytesIO(zipped(("a.csv", file_of(line(1)).getvalue())).getvalue()[:-60]), "1?行目"),
    ],
    ids="columns check-digit history day twice coding empty two-parts broken-zip".split(),
)
def test_what_is_no_such_file_leaves_the_list_as_it_was(file, sentence):
    load(file_of(line()))

    with pytest.raises(Refused, match=sentence):
        load(file(), date(2026, 11, 30))

    assert [one.number for one in Corporation.objects.all()] == [corporate_number(77)]
    assert RegisterLoad.objects.get(is_current=True).as_of == DAY


def test_an_older_file_is_refused_and_one_of_the_same_day_is_not():
    load(file_of(line()))

    with pytest.raises(Refused, match="2026-10-30"):
        load(file_of(line(78)), date(2026, 10, 29))
    assert load(file_of(line(78))).is_current


def test_rows_another_load_took_away_are_noticed(monkeypatch):
    written = loading.write_all

    def interrupted(made, found):
        count = written(made, found)
        Corporation.objects.filter(load=made).first().delete()
        return count

    monkeypatch.setattr(loading, "write_all", interrupted)
    with pytest.raises(Refused, match="同時に"):
        load(file_of(line(1), line(2)))


def test_command_takes_the_day_of_the_name(tmp_path):
    path, said = tmp_path / "13_tokyo_all_20261030.csv", StringIO()
    path.write_bytes(file_of(line()).getvalue())

    call_command("load_corporations", str(path), stdout=said)

    assert said.getvalue() == "1 corporations as of 2026-10-30\n"
    unnamed = path.rename(tmp_path / "tokyo.csv")
    with pytest.raises(CommandError, match="--as-of"):
        call_command("load_corporations", str(unnamed))
    with pytest.raises(CommandError, match="2026-10-30"):
        call_command("load_corporations", str(unnamed), as_of=date(2026, 10, 1))


def test_form_begins_with_what_is_published():
    address = reverse("firms:newcomer_ask")
    assert "法人番号から入力する" not in Client().get(address).content.decode()
    load(file_of(line()))

    page = Client().get(address, {"number": corporate_number(77)})
    unknown = Client().get(address, {"number": corporate_number(78)}).content.decode()
    wrong = Client().get(address, {"number": "1234567890123"})

    assert page.context["form"].initial == {
        "corporate_number": corporate_number(77),
        "name": "株式会社雪谷バネ",
        "name_kana": "ユキガヤバネ",
        "postal_code": "145-0065",
        "address": "東京都大田区雪谷２丁目３番４号",
    }
    assert "2026年10月30日" in page.content.decode()
    assert "一覧にありません" in unknown
    assert list(wrong.context["asked"].errors) == ["number"]


def test_officer_sees_what_differs_and_that_a_corporation_is_closed(officer):
    load(file_of(line(CLOSED="2025-03-31", POSTAL="1450066")))
    newcomer = waiting(name="雪谷スプリング", address="東京都大田区雪谷2-3-4")

    page = officer.client().get(reverse("firms:newcomer", args=[newcomer.pk]))

    told = [(one.label, one.is_same) for one in page.context["compared"]]
    assert told == [("名称", False), ("フリガナ", True), ("郵便番号", False), ("所在地", True)]
    assert "2025年3月31日" in page.content.decode()


def test_officer_reads_that_a_number_is_not_in_the_list(officer):
    load(file_of(line(78)))

    page = officer.client().get(reverse("firms:newcomer", args=[waiting().pk])).content.decode()

    assert "区の一覧" in page
    assert "法人番号の一覧は2026年10月30日" in officer.client().get(reverse("firms:newcomers")).content.decode()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("東京都大田区雪谷二丁目3番4号", "東京都大田区雪谷２－３－４", True),
        ("東京都大田区雪谷2丁目3番地4", "東京都大田区雪谷2-3-4", True),
        ("東京都大田区雪谷2-3-4", "東京都大田区雪谷2-3-5", False),
        ("東京都大田区雪谷2-34", "東京都大田区雪谷23-4", False),
    ],
)
def test_addresses_are_the_same_but_for_ways_of_writing(one, other, same):
    assert (bare(one) == bare(other)) is same


BROKEN = {
    "register_load_current_once": lambda load: RegisterLoad.objects.create(
        file_name="b", as_of=DAY, loaded_at=timezone.now(), count=1, is_current=True
    ),
    "register_load_holds_somebody": lambda load: RegisterLoad.objects.filter(pk=load.pk).update(count=0),
    "corporation_once_in_a_load": lambda load: Corporation.objects.create(load=load, number=corporate_number(77)),
}


@pytest.mark.parametrize("name", BROKEN)
def test_constraint_refuses(name):
    made = load(file_of(line()))

    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        BROKEN[name](made)

    assert name in str(refused.value) or "UNIQUE constraint failed" in str(refused.value)
