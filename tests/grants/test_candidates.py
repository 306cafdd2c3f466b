"""Which trainings ahead are worth a case: a task that leads to no yen is none."""

from datetime import timedelta

import pytest

from courses.models import Course, Run
from grants.queries import candidates
from tests.conftest import TODAY


@pytest.mark.parametrize(
    ("course", "run_fields", "is_offered"),
    [
        ({}, {}, True),
        ({"field": "gx"}, {}, True),
        ({"field": "craft"}, {}, True),
        ({"hours": "10.0"}, {}, True),
        ({"hours": "9.5"}, {}, False),
        ({}, {"fee_yen": 0}, True),
        ({"method": "e_learning"}, {"fee_yen": 0, "learn_from": True}, False),
        ({"method": "e_learning"}, {"learn_from": True}, True),
        ({"method": "e_learning", "textbook_yen": 3_000}, {"fee_yen": 0, "learn_from": True}, True),
    ],
    ids=[
        "a course of DX",
        "of GX",
        "of a craft, by the menu for every subject",
        "just long enough",
        "too short",
        "free, yet wages are aided",
        "free and online",
        "online",
        "online with a textbook",
    ],
)
def test_only_what_draws_something_is_offered(run, enrolled, firm, course, run_fields, is_offered):
    fields = dict(run_fields)
    if fields.pop("learn_from", False):
        fields |= {"learn_from": TODAY + timedelta(days=75), "learn_until": TODAY + timedelta(days=105)}
    Course.objects.filter(pk=run.course_id).update(**course)
    Run.objects.filter(pk=run.pk).update(**fields)

    found = candidates([firm], today=TODAY)

    assert [one.run_id for one in found] == [run.pk] * is_offered
