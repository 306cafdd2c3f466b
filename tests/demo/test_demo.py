"""The demo world: the same every time, whole, invented, and never over real data."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from stdnum.jp import cn

from courses.models import (
    AttendanceMark,
    Enrolment,
    LearningEvent,
    Lesson,
    Run,
)
from demo import mass, mass_mentoring
from demo.clock import is_closed
from demo.load import load
from demo.schedules import SHAPES, meetings
from firms.models import Employment, Establishment, Mandate, Membership, Organisation, Person
from grants.models import Deadline, GrantCase, PlanVersion
from mentors.models import Certification, Session
from tests.factories import OrganisationFactory, PersonFactory

DAY = date(2026, 11, 20)


def everything():
    """What the demo says, without what differs by nature: keys, password hashes and moments of writing."""
    people = list(Person.objects.order_by("pk").values_list("email", "family_name", "given_kana"))
    models = (
        Membership,
        Employment,
        Mandate,
        Run,
        Lesson,
        Enrolment,
        AttendanceMark,
        GrantCase,
        Deadline,
        LearningEvent,
    )
    plans = [(plan.number, first_day(plan.frozen)) for plan in PlanVersion.objects.order_by("pk")]
    return people, plans, [[str(row) for row in model.objects.order_by("pk")] for model in models]


def first_day(frozen):
    """Of a training, of the plan under which somebody is converted, or of a contract."""
    told = next(frozen[name] for name in ("training", "careerup_plan", "subscription") if name in frozen)
    return told.get("starts_on") or told["contract_from"]


def told_once():
    """The world is loaded, tells itself, and is gone again, the numbers of its rows too where the database counts on."""
    with transaction.atomic():
        load(DAY, scale=2)
        told = everything()
        transaction.set_rollback(True)
    return told


def test_demo_is_the_same_every_time(db):
    assert told_once() == told_once()


def test_demo_scale_adds_whole_sets(db):
    load(DAY, scale=3)

    assert Organisation.objects.filter(kind="firm").count() == 6 + 2 * len(mass.SIZES)
    # Two of each further set have been hired out of a trial.
    assert Employment.objects.count() == 47 + 2 * (sum(mass.SIZES) + 2)
    assert Organisation.objects.filter(is_fictional=False).count() == 0
    assert {cn.is_valid(one.corporate_number) for one in Organisation.objects.all()} == {True}
    for row in [*Establishment.objects.all(), *Employment.objects.all()]:
        row.clean_fields()
    assert Certification.objects.count() == 6 + 2 * mass_mentoring.MENTORS_IN_SET
    assert Session.objects.filter(state="confirmed").count() == 2 + 2 * 2 * mass_mentoring.MENTORS_IN_SET


def test_demo_refuses_real_data(db):
    OrganisationFactory(is_fictional=False)

    with pytest.raises(CommandError, match="架空でない組織"):
        call_command("demo")

    assert Organisation.objects.count() == 1


def test_demo_if_empty_leaves_whatever_is_there(db, capsys):
    PersonFactory()

    call_command("demo", "--if-empty")

    assert (Organisation.objects.count(), capsys.readouterr().out) == (0, "")


def test_demo_refuses_a_scale_below_one(db):
    with pytest.raises(CommandError):
        call_command("demo", "--scale", "0")


@pytest.mark.parametrize("day", [date(2026, 9, 23), date(2026, 12, 30), date(2027, 5, 3)], ids=str)
def test_demo_meets_on_different_working_days_whatever_the_holidays(day):
    found = list(meetings(SHAPES["day"], first=day, count=3))

    assert len(set(found)) == 3
    assert [one for one in found if one.weekday() != 2 or is_closed(one)] == []


def test_a_real_site_takes_no_demo_world(db, settings):
    settings.DEMO = False

    call_command("demo", "--if-empty")
    with pytest.raises(CommandError, match="TAKUMI_DEMO=0"):
        call_command("demo")

    assert not Person.objects.exists()
