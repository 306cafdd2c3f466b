"""A case has exactly its subject, and a training draws from one course of 人材開発支援助成金 alone."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction

from courses.models import Course
from firms.errors import Refused
from grants.actions.cases import drop_case, open_case
from grants.models import GrantCase
from grants.models.cases import Subject
from grants.subjects import entry_of
from tests.grants.subjects.conftest import GENERAL

RESKILLING = entry_of("reskilling", "reskilling")


def test_menu_that_was_chosen_is_the_cases(support):
    assert (support.subject, support.scheme, support.menu) == ("run", "hrd_support", "general")


def test_where_nobody_chose_the_first_that_takes_the_course_is_opened(run, establishment, manager, enrolled):
    assert open_case(run, establishment, by=manager.acting()).scheme == "reskilling"


def test_second_menu_for_the_same_people_is_refused_with_the_case_that_stands(support, manager):
    with pytest.raises(Refused, match=f"人材育成訓練」の案件 {support.number} があります"):
        open_case(support.run, support.establishment, entry=RESKILLING, by=manager.acting())

    assert GrantCase.objects.count() == 1


def test_other_menu_may_be_opened_once_the_first_is_given_up(support, manager):
    drop_case(support, reason="リスキリングで申請する", by=manager.acting())

    assert open_case(support.run, support.establishment, entry=RESKILLING, by=manager.acting()).scheme == "reskilling"


def test_menu_that_does_not_take_the_subject_of_the_course_is_refused(run, establishment, manager, enrolled):
    Course.objects.filter(pk=run.course_id).update(field="craft")
    run.course.refresh_from_db()

    with pytest.raises(Refused, match="この分野の講座を対象にしていません"):
        open_case(run, establishment, entry=RESKILLING, by=manager.acting())
    assert open_case(run, establishment, entry=GENERAL, by=manager.acting()).scheme == "hrd_support"


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("grant_case_one_scheme_a_run", {"scheme": "reskilling", "menu": "reskilling"}),
        ("grant_case_names_its_menu", {"scheme": "", "menu": "general", "state": "dropped"}),
        ("grant_case_names_its_menu", {"scheme": "hrd_support", "menu": "", "state": "dropped"}),
        ("grant_case_has_its_subject", {"scheme": "careerup", "menu": "full_time", "run": None}),
        *(
            ("grant_case_has_its_subject", {"scheme": "careerup", "menu": "full_time", "subject": kind})
            for kind in Subject.values
            if kind != "run"
        ),
    ],
)
def test_database_holds_the_subject_and_the_one_scheme(support, name, fields):
    row = {"establishment": support.establishment, "run": support.run} | fields

    with pytest.raises(IntegrityError) as broken, transaction.atomic():
        GrantCase.objects.create(**row)
    # SQLite names the columns of what must be unique, and the check by its name.
    assert name in str(broken.value) or "UNIQUE constraint failed: grants_grantcase.establishment_id" in str(
        broken.value
    )


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite writes one after the other; PostgreSQL races")
def test_two_menus_opened_at_once_leave_one_case(run, establishment, manager, enrolled):
    start = threading.Barrier(2)

    def opened(entry):
        start.wait()
        try:
            return open_case(run, establishment, entry=entry, by=manager.acting())
        except Refused as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=2) as pool:
        answers = [one.result() for one in [pool.submit(opened, entry) for entry in (RESKILLING, GENERAL)]]

    assert [isinstance(one, Refused) for one in answers].count(True) == 1
    assert GrantCase.objects.count() == 1
