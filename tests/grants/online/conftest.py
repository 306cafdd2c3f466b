"""A case of e-learning at each step: three people, 12 hours 40 minutes of units, open for two months."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from courses.models import Certificate, Course, LearningEvent, Unit
from grants.actions.statements import add_cost
from grants.facts import drift_of
from tests.factories import RunFactory, UnitFactory
from tests.grants.conftest import fresh, say_at_the_claim

TOKYO = ZoneInfo("Asia/Tokyo")
FIRST, LAST = date(2027, 2, 1), date(2027, 3, 31)
CLAIM_DAY = date(2027, 4, 5)
UNITS = (("video", "三面図", 300), ("text", "寸法と公差", 330), ("quiz", "確認テスト", 130))


def moment(day: date, clock: str) -> datetime:
    return datetime.fromisoformat(f"{day} {clock}").replace(tzinfo=TOKYO)


def learn(enrolment, unit, day, *, start="09:00:07", end="11:30:59"):
    """Opened and finished on one day."""
    for kind, clock in (("opened", start), ("completed", end)):
        LearningEvent.objects.create(enrolment=enrolment, unit=unit, kind=kind, at=moment(day, clock))


def learn_all(enrolment, day):
    for unit in enrolment.run.course.units.filter(retired_at=None):
        learn(enrolment, unit, day)


def certify(enrolment, *, on, number="C-1", **facts):
    return Certificate.objects.create(
        enrolment=enrolment,
        number=number,
        check_code=number,
        status_index=int(number[2:]),
        facts=facts,
        issued_on=on,
        issued_by=enrolment.person,
    )


@pytest.fixture
def run(college):
    """図面の読み方: 12 hours 40 minutes of units, open for two months, 22,000 yen."""
    run = RunFactory(
        course__college=college,
        course__title="図面の読み方",
        course__method="e_learning",
        course__provider_page="https://example.jp/zumen",
        course__hours="13.0",
        learn_from=FIRST,
        learn_until=LAST,
        venue="（架空）大森機械製作所 事務所",
    )
    for number, (kind, title, minutes) in enumerate(UNITS, start=1):
        UnitFactory(
            course=run.course, number=number, kind=kind, title=title, standard_minutes=minutes, duration_seconds=60
        )
    return run


@pytest.fixture
def finished(filed, enrolled):
    """Two finish everything, on the 12th of February and the 9th of March; the third leaves the quiz."""
    learn_all(enrolled[0], date(2027, 2, 12))
    learn_all(enrolled[1], date(2027, 3, 9))
    for unit in filed.run.course.units.all()[:2]:
        learn(enrolled[2], unit, date(2027, 3, 20))
    return filed


@pytest.fixture
def paid(finished, manager):
    add_cost(finished, amount_yen=66_000, paid_on=date(2027, 3, 1), payer="firm", by=manager.acting(CLAIM_DAY))
    say_at_the_claim(finished, manager, on=CLAIM_DAY)
    return fresh(finished)


def units_of(case):
    return list(case.run.course.units.all())


def change_of(case):
    (found,) = drift_of(case, case.plans.get())
    return found


@pytest.fixture
def letters(run):
    """通信制: no units here, so that the certificate alone tells who finished."""
    Unit.objects.all().delete()
    Course.objects.update(method="correspondence")
    run.course.refresh_from_db()
    return run
