"""The workbook of the demo world, opened again by pandas, says what one counts by hand, row by row."""

from collections import Counter
from io import BytesIO

import pandas
import pytest
from django.utils import timezone

from courses.models import AttendanceMark, LearningEvent
from courses.queries.catalogue.catalogue import municipality
from demo.load import load
from firms.models import Organisation
from firms.queries import today
from lms.kpi.sheets import workbook
from lms.kpi.telling import told
from trials.models import Placement

YEAR = 2026
HIDDEN = "非表示"


def came_by_hand():
    """Every mark of the year is looked at on its own: who came to which run, and to how many lessons."""
    lessons, people = Counter(), {}
    for mark in AttendanceMark.objects.select_related("enrolment__employment__establishment__organisation", "lesson"):
        is_in_force = not hasattr(mark, "correction") and not mark.is_void and mark.minutes > 0
        if is_in_force and fiscal(mark.lesson.on) == YEAR:
            lessons[mark.enrolment_id] += 1
            people[mark.enrolment_id] = mark.enrolment
    for event in LearningEvent.objects.filter(kind="completed").select_related("enrolment__run"):
        if not event.enrolment.run.lessons.exists() and fiscal(timezone.localdate(event.at)) == YEAR:
            people.setdefault(event.enrolment_id, event.enrolment)
    return lessons, list(people.values())


def fiscal(day):
    return day.year - (day.month < 4)


def area_of(enrolment):
    return (
        municipality(enrolment.employment.establishment.organisation.address)
        if enrolment.employment
        else "企業によらない"
    )


@pytest.mark.slow
def test_workbook_of_the_demo_is_what_one_counts_by_hand(db, letter_box):
    load(today())
    ward = Organisation.objects.get(kind="ward")
    book = pandas.read_excel(BytesIO(workbook(told(YEAR, ward=ward, on=today()))), sheet_name=None, engine="calamine")
    found = book["指標"].set_index(["指標", "分け方", "区分", "項目"])["値"]

    lessons, people = came_by_hand()
    whole = "研修延べ参加者", "全体", "総数"
    assert found[*whole, "延べ参加者"] == len(people) == 50
    assert found[*whole, "実人数"] == len({one.person_id for one in people}) == 29
    assert found[*whole, "延べ出席（コマ）"] == sum(lessons.values()) == 99
    assert found[*whole, "修了者"] == sum(one.state == "completed" for one in people) == 28
    assert found[*whole, "修了の割合"] == 56.0

    areas = Counter(area_of(one) for one in people)
    assert (
        {area: found["研修延べ参加者", "地域", area, "延べ参加者"] for area in areas}
        == areas
        == {"大田区": 39, "東都区": 11}
    )

    rounds = Placement.objects.filter(seeker__round__budget_year=YEAR, started_on__isnull=False)
    assert found["正規雇用転換率", "全体", "総数", "開始"] == rounds.count() == 9
    # Fewer than five of these nine were hired: neither how many nor the share is told.
    assert 0 < rounds.filter(hired_on__isnull=False).count() < 5
    assert found["正規雇用転換率", "全体", "総数", "転換"] == HIDDEN
    assert found["正規雇用転換率", "全体", "総数", "転換率／開始"] == HIDDEN
