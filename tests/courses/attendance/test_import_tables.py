"""Tables as people make them: codings, headings, dates, clocks and names in every shape."""

from datetime import date, datetime, time, timedelta
from io import BytesIO

import pytest
from django.urls import reverse

from courses.papers.tables import table_csv, table_xlsx
from courses.tables.books import sheets_of
from courses.tables.grids import Unreadable
from courses.tables.people import Candidate, Directory, is_same_name
from courses.tables.values import Unclear, came_of, clock_of, day_of, left_of, minutes_of, presence_of
from tests.courses.attendance.import_files import read, write

DAY = date(2027, 2, 3)


@pytest.fixture
def by(coordinator):
    return coordinator.acting(today=DAY)


@pytest.mark.parametrize(
    "told",
    [
        "2027/2/3",
        "2027-02-03",
        "2027.2.3",
        "2027年2月3日",
        "２０２７年２月３日（水）",
        "20270203",
        "令和9年2月3日",
        "R9.2.3",
        "Ｒ９/２/３",
        "2027/02/03 00:00:00",
        "46421",
        46421.0,
        DAY,
        datetime.combine(DAY, time()),
    ],
    ids=str,
)
def test_day_is_read_however_it_is_written(told):
    assert day_of(told) == DAY


@pytest.mark.parametrize(
    ("told", "found"),
    [("令和元年5月1日", date(2019, 5, 1)), ("平成31年4月30日", date(2019, 4, 30)), ("", None)],
    ids=["first year", "heisei", "nothing"],
)
def test_day_of_an_era(told, found):
    assert day_of(told) == found


@pytest.mark.parametrize("told", ["2027/2/30", "2月3日", "あした", "R99.13.1", "12"])
def test_day_that_is_none_is_unclear(told):
    with pytest.raises(Unclear):
        day_of(told)


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ("10:05", time(10, 5)),
        ("１０：０５", time(10, 5)),
        ("10時5分", time(10, 5)),
        ("10時半", time(10, 30)),
        ("10時", time(10, 0)),
        ("午後1時5分", time(13, 5)),
        ("1:05 PM", time(13, 5)),
        ("12:05 AM", time(0, 5)),
        ("10:05:59", time(10, 5, 59)),
        ((10 * 3600 + 5 * 60 + 40) / 86_400, time(10, 5, 40)),
        (0.4201388888888889, time(10, 5)),
        (time(10, 5, 7), time(10, 5, 7)),
        (timedelta(hours=10, minutes=5), time(10, 5)),
        ("", None),
    ],
    ids=str,
)
def test_clock_is_read_however_it_is_written(told, found):
    assert clock_of(told) == found


@pytest.mark.parametrize(
    "told",
    ["10:05:40", (10 * 3600 + 5 * 60 + 40) / 86_400, time(10, 5, 40), timedelta(hours=10, minutes=5, seconds=40)],
    ids=["text", "part of a day", "time", "timedelta"],
)
def test_seconds_are_never_counted_in_favour(told):
    assert (came_of(told), left_of(told)) == (time(10, 6), time(10, 5))


@pytest.mark.parametrize(("told", "came"), [("10:05", time(10, 5)), ("23:59:30", time(23, 59)), ("", None)])
def test_whole_minutes_stay_and_no_day_is_left(told, came):
    assert came_of(told) == came


@pytest.mark.parametrize("told", ["25:00", "10:75", "朝", "-1:00", "1.5"])
def test_clock_that_is_none_is_unclear(told):
    with pytest.raises(Unclear):
        clock_of(told)


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ("20", 20),
        ("２０分", 20),
        (20.0, 20),
        ("1時間5分", 65),
        ("0:20", 20),
        (time(0, 20), 20),
        (time(0, 20, 1), 21),
        (timedelta(minutes=14, seconds=10), 15),
        ("", None),
    ],
    ids=str,
)
def test_minutes_are_read_however_they_are_written(told, found):
    assert minutes_of(told) == found


@pytest.mark.parametrize(("told", "found"), [("○", True), ("出席 ", True), ("ＯＫ", None), ("×", False), ("欠", False)])
def test_presence_is_a_word_or_a_sign(told, found):
    if found is None:
        with pytest.raises(Unclear):
            presence_of(told)
    else:
        assert presence_of(told).present is found


@pytest.mark.parametrize("coding", ["cp932", "utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t"], ids=["comma", "tab"])
def test_text_is_read_in_every_coding(run, seated, by, coding, delimiter):
    (one,) = seated(run)
    rows = [["出欠", "氏名", "日付", "開講番号"], ["欠席", one.person.full_name, "令和9年2月3日", run.code]]
    content = "\r\n".join(delimiter.join(row) for row in rows).encode(coding)

    batch = read(content, by=by, name="表.csv")

    assert (batch.state, batch.found["counts"]["new"]) == ("ready", 1)


def test_headings_may_stand_anywhere_in_any_order_and_in_english(run, seated, by):
    (one,) = seated(run)
    text = "\n".join(
        [
            "出席の記録,,,,",
            "",
            "Late (minutes),Ｅメール,予備,ＲＵＮ CODE,Session",
            f"20,{one.person.email},,{run.code},第１回",
        ]
    )

    batch = read(text, by=by)

    assert [row["becomes"] for row in batch.found["sample"]] == ["出席・遅刻20分"]
    assert batch.found["sample"][0]["row"] == 4


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ("10:15,16:45,", ""),
        ("10:15,,", "退室の時刻がありません"),
        (",16:45,", "入室の時刻がありません"),
        ("9:30,17:00,", "より長い出席は記録できません"),
        ("10:15,16:45,20", "合いません"),
        ("10:15,16:45,15", ""),
    ],
    ids=["both", "no leaving", "no coming", "before the lesson", "minutes at odds", "minutes agree"],
)
def test_clocks_tell_the_span(run, seated, by, told, sentence):
    (one,) = seated(run)

    batch = read(f"開講番号,回,氏名,入室,退室,遅刻\n{run.code},1,{one.person.full_name},{told}", by=by)

    refused = [row["why"] for row in batch.found["refused"]]
    minutes = [row["minutes"] for row in batch.found["sample"]]
    assert (minutes == [330], len(refused)) == (not sentence, int(bool(sentence)))
    assert all(sentence in why for why in refused)


def test_mail_of_somebody_else_is_a_slip(run, seated, by):
    one, two = seated(run, 2)

    batch = read(f"開講番号,回,氏名,メール,出欠\n{run.code},1,{one.person.full_name},{two.person.email},出席", by=by)

    assert f"{two.person.full_name}さんのものです" in batch.found["refused"][0]["why"]


def test_number_and_day_have_to_agree(run, seated, by):
    (one,) = seated(run)

    batch = read(f"開講番号,回,日付,氏名,出欠\n{run.code},1,2027/2/10,{one.person.full_name},出席", by=by)

    assert "日付が合いません" in batch.found["refused"][0]["why"]


def test_file_of_one_lesson_needs_no_run(run, lesson, seated, by):
    (one,) = seated(run)

    batch = write(read(f"フリガナ,出欠\n{one.person.full_kana},出席", by=by, lesson=lesson), by=by)

    assert (batch.written_count, batch.marks.get().lesson) == (1, lesson)


@pytest.mark.parametrize(("make", "name"), [(table_xlsx, "表.xlsx"), (table_csv, "表.csv")], ids=["xlsx", "csv"])
def test_template_comes_back_with_nothing_to_write_until_it_is_filled(run, seated, by, make, name):
    seated(run, 2)

    batch = read(make(run), by=by, name=name)

    assert batch.found["counts"] == {"new": 0, "changed": 0, "same": 0, "blank": 4, "refused": 0}


def test_filled_workbook_is_read_with_its_own_dates_and_clocks(run, seated, by):
    from xlsxwriter import Workbook

    (one,) = seated(run)
    file = BytesIO()
    with Workbook(file, {"in_memory": True}) as book:
        day, clock = book.add_format({"num_format": "yyyy/m/d"}), book.add_format({"num_format": "h:mm"})
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["開講番号", "日付", "氏名", "入室", "退室"])
        sheet.write(1, 0, run.code)
        sheet.write_datetime(1, 1, DAY, day)
        sheet.write(1, 2, one.person.full_name)
        sheet.write_datetime(1, 3, time(10, 20), clock)
        sheet.write(1, 4, 17 / 24)

    batch = read(file.getvalue(), by=by, name="表.xlsx")

    assert [row["minutes"] for row in batch.found["sample"]] == [340]


def test_workbook_that_cannot_be_opened_says_so():
    with pytest.raises(Unreadable, match="開けません"):
        sheets_of(b"PK\x03\x04 broken")


def test_text_in_no_coding_says_so():
    with pytest.raises(Unreadable, match="文字コード"):
        sheets_of(b"\x81\xff\xfe\xfd\x80")


@pytest.mark.parametrize(
    ("name", "kana", "found"),
    [
        ("矢口架空", "", [1]),
        ("矢口　架空", "", [1]),
        ("高橋 太郎", "", [2]),
        ("", "ﾔｸﾞﾁ ｶｸｳ", [1]),
        ("", "やぐち かくう", [1]),
        ("無縁", "", []),
    ],
    ids=["no space", "wide space", "old form", "narrow kana", "hiragana", "nobody"],
)
def test_names_are_found_however_they_are_written(name, kana, found):
    people = [Candidate(1, "矢口 架空", "ヤグチ カクウ", ""), Candidate(2, "髙橋 太郎", "タカハシ タロウ", "")]

    assert [one.key for one in Directory(people).with_name(name, kana)] == found


def test_letter_lost_in_a_coding_is_no_proof_against_a_name():
    one = Candidate(1, "𠮷田 架空", "ヨシダ カクウ", "")

    assert is_same_name("?田 架空", one)
    assert not is_same_name("吉本 架空", one)


def test_template_needs_the_college(run, coordinator, stranger, officer):
    url = reverse("courses:run_table", args=[run.pk, "xlsx"])

    assert coordinator.client().get(url)["Content-Disposition"].startswith("attachment")
    assert [one.client().get(url).status_code for one in (stranger, officer)] == [404, 404]
    assert coordinator.client().get(reverse("courses:run_table", args=[run.pk, "exe"])).status_code == 404
