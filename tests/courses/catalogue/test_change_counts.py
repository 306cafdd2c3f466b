"""The database counts what changes on open pages: each change once, and for no other course."""

import pytest
from django.db import connection

from courses.models import Course, Enrolment, Run
from courses.models.catalogue.changes import COUNTED, COUNTER
from courses.queries.catalogue.changes import changes_of_all, changes_of_course, changes_of_run
from firms.ledgers.counting import count_changes
from tests.factories import EmploymentFactory, EnrolmentFactory, RunFactory


@pytest.fixture
def run(coming) -> Run:
    EnrolmentFactory(run=coming)
    return coming


def test_a_change_of_one_course_leaves_the_others_alone(run):
    other, employment = RunFactory(course__college=run.course.college), EmploymentFactory()
    before = [changes_of_all(), changes_of_course(other.course_id), changes_of_run(other.pk), changes_of_run(run.pk)]

    EnrolmentFactory(run=run, employment=employment)

    after = [changes_of_all(), changes_of_course(other.course_id), changes_of_run(other.pk), changes_of_run(run.pk)]
    assert [new - old for new, old in zip(after, before, strict=True)] == [1, 0, 0, 1]


def test_a_mark_on_an_enrolment_that_shows_nowhere_is_not_counted(run):
    before = changes_of_all()

    Enrolment.objects.update(motive="学びたい")

    assert changes_of_all() == before


def test_a_course_counts_for_its_runs_and_a_run_for_its_course(run):
    before = [changes_of_course(run.course_id), changes_of_run(run.pk)]

    Course.objects.filter(pk=run.course_id).update(summary="別の説明")
    Run.objects.filter(pk=run.pk).update(venue="別の場所")

    after = [changes_of_course(run.course_id), changes_of_run(run.pk)]
    assert [new - old for new, old in zip(after, before, strict=True)] == [2, 2]


def test_counting_stands_again_after_a_table_was_made_anew(run):
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER courses_run_UPDATE_counted")
        else:
            cursor.execute("DROP TRIGGER courses_run_counted ON courses_run")
    before = changes_of_run(run.pk)
    Run.objects.update(venue="ここ")
    assert changes_of_run(run.pk) == before

    count_changes(connection, COUNTER, COUNTED)
    count_changes(connection, COUNTER, COUNTED)

    Run.objects.update(venue="あそこ")
    assert changes_of_run(run.pk) == before + 1
