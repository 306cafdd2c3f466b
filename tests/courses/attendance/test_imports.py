"""A file of attendance: read without writing, written whole or not at all, taken back whole."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from courses.actions.attendance.attendance import line_from_minutes, save_roster
from courses.actions.attendance.imports.pouring import insert
from courses.actions.attendance.imports.taking import TakenAlready, drop, take_in
from courses.actions.attendance.imports.writing import write_whole
from courses.models import AttendanceImport, AttendanceMark, Run
from courses.states import RunState
from firms.errors import Refused
from firms.models import Job, JournalEntry
from tests.courses.attendance.import_files import line, read, table, undo, upload, work, write
from tests.factories import EnrolmentFactory, at

DAY = date(2027, 2, 3)


@pytest.fixture
def sitting(run, seated):
    return seated(run, 3)


@pytest.fixture
def by(coordinator):
    return coordinator.acting(today=DAY)


def standing(enrolments):
    """Minutes in force, None where nothing is."""
    marks = AttendanceMark.objects.current().filter(enrolment__in=enrolments)
    held = {mark.enrolment_id: mark.minutes for mark in marks}
    return [held.get(enrolment.pk) for enrolment in enrolments]


def counts(batch):
    return {name: n for name, n in batch.found["counts"].items() if n}


def test_reading_writes_nothing_and_shows_what_would_be(sitting, by):
    one, two, three = sitting

    batch = read(table(line(one), line(two, late=20), line(three, status="欠席")), by=by)

    assert (batch.state, counts(batch), batch.row_count) == ("ready", {"new": 3}, 3)
    assert [row["becomes"] for row in batch.found["sample"]] == ["出席", "出席・遅刻20分", "欠席"]
    assert not AttendanceMark.objects.exists()


def test_written_file_makes_marks_that_name_it(sitting, by, firm, college):
    one, two, three = sitting
    batch = read(table(line(one), line(two, late=20, early="15"), line(three, status="欠席")), by=by)

    batch = write(batch, by=by)

    marks = AttendanceMark.objects.order_by("pk")
    assert (batch.state, batch.written_count, standing(sitting)) == ("written", 3, [360, 325, 0])
    assert {(m.source, m.batch_id, m.recorded_by_id) for m in marks} == {("file", batch.pk, by.person.pk)}
    told = JournalEntry.objects.filter(verb="import.mark")
    assert {entry.concerns_id: entry.details["rows"] for entry in told} == {college.pk: 3, firm.pk: 3}


def test_written_twice_is_once(sitting, by):
    batch = read(table(line(sitting[0])), by=by)
    seen = batch.found["seen"]

    write_whole(batch, seen=seen, reason="", by=by)
    write_whole(batch, seen=seen, reason="", by=by)
    work()
    write_whole(batch, seen=seen, reason="", by=by)
    work()

    assert AttendanceMark.objects.count() == 1
    assert Job.objects.filter(kind="courses.import_write").count() == 1


def test_broken_row_stops_the_file_until_it_is_left_out_by_word(sitting, by):
    one, two, _ = sitting
    batch = read(table(line(one), line(two, late=420)), by=by)

    with pytest.raises(Refused, match="取り込めない行が1行"):
        write(batch, by=by)
    batch = write(batch, by=by, leave_out=True)

    assert [(row["row"], row["who"]) for row in batch.found["refused"]] == [(3, two.person.full_name)]
    assert (batch.refused_count, batch.written_count, standing(sitting)) == (1, 1, [360, None, None])


def test_one_broken_row_among_a_hundred_thousand_is_named_and_keeps_all_out(sitting, by):
    one, two, _ = sitting
    rows = [line(one)] * 100_000
    rows[54_320] = line(two, late=420)

    batch = read(table(*rows), by=by)
    with pytest.raises(Refused, match="取り込めない行が1行"):
        write(batch, by=by)

    assert [(row["row"], row["who"]) for row in batch.found["refused"]] == [(54_322, two.person.full_name)]
    assert (batch.row_count, batch.refused_count, standing(sitting)) == (100_000, 1, [None, None, None])


def test_correction_needs_a_reason_for_the_file(sitting, lesson, by):
    one = sitting[0]
    save_roster(lesson, [line_from_minutes(one, lesson, late=0, early=0)], by=by)
    batch = read(table(line(one, late=30, remark="電車の遅れ")), by=by)

    assert (counts(batch), batch.found["sample"][0]["was"], batch.found["sample"][0]["becomes"]) == (
        {"changed": 1},
        "出席",
        "出席・遅刻30分",
    )
    with pytest.raises(Refused) as refused:
        write(batch, by=by)
    write(batch, by=by, reason="受付の名簿と照合")

    newest = AttendanceMark.objects.current().get(enrolment=one)
    assert refused.value.field == "reason"
    assert (newest.minutes, newest.reason, newest.corrects.source) == (330, "受付の名簿と照合（電車の遅れ）", "roster")


def test_same_mark_is_not_written_again(sitting, lesson, by):
    save_roster(lesson, [line_from_minutes(sitting[0], lesson, late=5, early=0)], by=by)

    batch = read(table(line(sitting[0], late=5)), by=by)

    assert counts(batch) == {"same": 1}
    with pytest.raises(Refused, match="書き込む行がありません"):
        write(batch, by=by)


def test_mark_made_meanwhile_sends_the_file_back(sitting, lesson, by):
    one, two, _ = sitting
    batch = read(table(line(one), line(two)), by=by)
    write_whole(batch, seen=batch.found["seen"], reason="", by=by)
    save_roster(lesson, [line_from_minutes(one, lesson, late=60, early=0)], by=by)

    work()

    batch.refresh_from_db()
    assert (batch.state, counts(batch)) == ("ready", {"new": 1, "changed": 1})
    assert "もう一度確かめてください" in batch.found["told"]
    assert standing(sitting) == [300, None, None]
    assert write(batch, by=by, reason="照合").state == "written"


def test_run_cancelled_meanwhile_sends_the_file_back(sitting, run, by):
    batch = read(table(line(sitting[0])), by=by)
    write_whole(batch, seen=batch.found["seen"], reason="", by=by)
    Run.objects.filter(pk=run.pk).update(state=RunState.CANCELLED)

    work()

    batch.refresh_from_db()
    assert (batch.state, batch.refused_count) == ("ready", 1)
    assert "中止した開講" in batch.found["refused"][0]["why"]


def test_what_was_not_seen_is_not_written(sitting, by):
    batch = read(table(line(sitting[0])), by=by)

    with pytest.raises(Refused, match="読み取った結果が変わりました"):
        write_whole(batch, seen="something else", reason="", by=by)


def test_same_file_is_told_with_the_earlier_one(sitting, by):
    batch = read(table(line(sitting[0])), by=by)

    with pytest.raises(TakenAlready, match="すでに取り込まれています") as refused:
        take_in(upload(table(line(sitting[0])), name="別の名前.csv"), kind="table", lesson=None, by=by)

    assert refused.value.earlier == batch


@pytest.mark.parametrize("end", [drop, lambda batch, by: undo(write(batch, by=by), by=by)], ids=["dropped", "undone"])
def test_same_file_may_come_again_after_the_first_is_gone(sitting, by, end):
    batch = read(table(line(sitting[0])), by=by)
    end(batch, by=by)

    again = read(table(line(sitting[0])), by=by)

    assert (again.state, again.pk != batch.pk) == ("ready", True)


# --- what is refused ---


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"number": 9}, "第9回はありません"),
        ({"name": "無縁 太郎"}, "見つかりません"),
        ({"status": "たぶん"}, "「出席」「欠席」か、「遅刻30分」のように書いてください"),
        ({"status": "欠席", "late": 5}, "欠席なのに"),
        ({"late": 200, "early": 220}, "コマより長くなります"),
        ({"late": "-5"}, "分を数字で"),
        ({"number": 2}, "まだ始まっていません"),
        ({"remark": "番号 1234 5678 9012"}, "マイナンバー"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_row_is_refused_with_its_number_and_sentence(sitting, by, change, sentence):
    batch = read(table(line(sitting[1]), line(sitting[0], **change)), by=by)

    assert (counts(batch), [row["row"] for row in batch.found["refused"]]) == ({"new": 1, "refused": 1}, [3])
    assert sentence in batch.found["refused"][0]["why"]


def test_rows_of_another_college_are_unknown(sitting, by):
    theirs = EnrolmentFactory()

    batch = read(table(line(theirs)), by=by)

    assert f"開講番号「{theirs.run.code}」の開講が見つかりません" in batch.found["refused"][0]["why"]


def test_two_rows_at_odds_are_both_refused_and_a_repeat_is_passed_by(sitting, by):
    one, two, _ = sitting

    batch = read(table(line(one), line(one, late=5), line(two), line(two)), by=by)

    assert counts(batch) == {"new": 1, "same": 1, "refused": 2}
    assert [row["row"] for row in batch.found["refused"]] == [2, 3]


def test_two_people_of_one_name_ask_for_more(run, people, by):
    for employment in people(2, person__family_name="同姓", person__given_name="同名"):
        EnrolmentFactory(run=run, employment=employment)

    batch = read(table(f"{run.code},1,同姓 同名,出席,,,"), by=by)

    assert "2人以上" in batch.found["refused"][0]["why"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("氏名,出欠\n架空,出席", "「開講番号」"),
        ("開講番号,回,氏名,出欠", "行がありません"),
        ("開講番号,回,氏名,出欠,マイナンバー\nR1,1,架空,出席,1", "マイナンバー（個人番号）の列"),
        ('開講番号,回,氏名,出欠\n"R1,1,架空,出席', "引用符"),
    ],
    ids=["no run", "no rows", "my number", "open quote"],
)
def test_file_that_is_no_table_says_why(by, text, sentence):
    batch = read(text, by=by)

    assert batch.state == "broken"
    assert sentence in batch.found["sentence"]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("出席.pdf", b"%PDF-1.7", "取り込めません"),
        ("出席.csv", b"", "空です"),
        ("出席.xlsx", b"PK\x03\x04 no workbook", "ExcelやCSVではありません"),
        ("出席.csv", b"<html><script>", "ExcelやCSVではありません"),
    ],
    ids=["pdf", "empty", "no workbook", "page"],
)
def test_file_of_another_kind_is_not_taken(by, name, content, sentence):
    with pytest.raises(Refused, match=sentence):
        take_in(upload(content, name=name), kind="table", lesson=None, by=by)

    assert not AttendanceImport.objects.exists()


def test_file_beyond_the_limit_is_not_taken(by, settings):
    settings.UPLOAD_LIMIT_BYTES = 10

    with pytest.raises(Refused, match="大きすぎます"):
        take_in(upload("x" * 11), kind="table", lesson=None, by=by)


# --- what the database holds ---


def test_moments_agree_with_the_state(sitting, by):
    batch = read(table(line(sitting[0])), by=by)
    own = AttendanceImport.objects.filter(pk=batch.pk)

    with pytest.raises(IntegrityError, match="import_written_with_moment"), transaction.atomic():
        own.update(state="written")
    with pytest.raises(IntegrityError, match="import_undone_with_moment"), transaction.atomic():
        own.update(state="undone", written_at=timezone.now())


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        (
            "attendance_file_is_named",
            {"source": "file", "came_at": at(DAY, "10:00"), "left_at": at(DAY, "17:00"), "minutes": 360},
        ),
        (
            "attendance_gaps_within_a_span",
            {"source": "roster", "minutes": 0, "gaps": [["2027-02-03T11:00:00+09:00"] * 2]},
        ),
    ],
    ids=["file is named", "gaps need a span"],
)
def test_database_refuses_a_mark(sitting, lesson, by, constraint, fields):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        AttendanceMark.objects.create(enrolment=sitting[0], lesson=lesson, recorded_by=by.person, **fields)


def test_rows_poured_in_are_held_by_the_constraints_too(sitting, lesson, by):
    from courses.actions.attendance.imports.pouring import NewMark

    wrong = NewMark(sitting[0], lesson.pk, at(DAY, "10:00"), at(DAY, "17:00"), 0, "roster", None)

    with pytest.raises(IntegrityError, match="attendance_minutes_agree_with_span"), transaction.atomic():
        insert([wrong], by=by)
