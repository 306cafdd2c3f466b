"""The command for the support desk: what the import would make of a file, line by line, with nothing written."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from courses.models import AttendanceImport, AttendanceMark
from tests.courses.attendance.import_files import line, table, upload


def told(tmp_path, text, lesson, **more):
    file = tmp_path / "出席.csv"
    file.write_bytes(upload(text).read())
    out = StringIO()
    options = {"run": lesson.run.code, "lesson": lesson.number} | more
    call_command("attendance_preview", file, stdout=out, **options)
    return [json.loads(row) for row in out.getvalue().splitlines()]


def test_table_is_told_row_by_row_and_nothing_is_written(tmp_path, held, held_lesson, seated, coordinator):
    one, two = seated(held, 2)
    rows = [line(one, late="30"), line(two, status=""), line(one, name="だれか")]

    first, second, last = told(tmp_path, table(*rows), held_lesson)

    name = one.person.full_name
    assert first == {"line": 2, "name": name, "person": name, "minutes": 330, "refused": None, "asks": False}
    assert (second["line"], second["person"], second["minutes"], second["asks"]) == (4, None, None, True)
    assert (last["read"], [left["line"] for left in last["left_out"]]) == (2, [3])
    assert not AttendanceMark.objects.exists()
    assert not AttendanceImport.objects.exists()


def test_meeting_list_is_known_by_its_headings(tmp_path, held, held_lesson, seated, coordinator):
    (one,) = seated(held)
    text = f"name,join time,leave time\n{one.person.full_name},10:00,16:00\nPC-12,10:00,17:00"

    first, second, last = told(tmp_path, text, held_lesson)

    assert (first["person"], first["minutes"], second["asks"], last["read"]) == (one.person.full_name, 300, True, 2)


def test_lesson_to_come_is_read_as_of_the_day_after(tmp_path, run, lesson, seated, coordinator):
    (one,) = seated(run)

    first, _last = told(tmp_path, table(line(one)), lesson)

    assert (first["minutes"], first["refused"]) == (360, None)


def test_file_nobody_can_read_says_why_and_fails(tmp_path, held_lesson, coordinator):
    with pytest.raises(CommandError, match="見出しの行に"):
        told(tmp_path, "あ,い\n1,2", held_lesson)


def test_world_that_is_not_there_is_told(tmp_path, held_lesson):
    with pytest.raises(CommandError, match="no database"):
        told(tmp_path, "氏名", held_lesson, database=tmp_path / "nowhere.sqlite3")

    held_lesson.number = 99
    with pytest.raises(CommandError, match="no lesson"):
        told(tmp_path, "氏名", held_lesson)
