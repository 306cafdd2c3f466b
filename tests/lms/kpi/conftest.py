"""A ward small enough to count by hand: two firms with people in courses, and a round of trials."""

from datetime import date

import pytest

from courses.models import AttendanceMark
from tests.factories import (
    EmploymentFactory,
    EnrolmentFactory,
    EstablishmentFactory,
    LessonFactory,
    OrganisationFactory,
    RunFactory,
    WorkingPatternFactory,
    at,
)
from tests.trials.factories import JobSeekerFactory, PlacementFactory, PostingFactory, RoundFactory
from trials.models import Intent, Termination

DAY = date(2026, 10, 5)
FIRST, LAST, HIRED = date(2026, 1, 5), date(2026, 2, 27), date(2026, 4, 1)


@pytest.fixture
def in_ota(establishment, pattern):
    """The machine shop: 大田区, manufacturing, 28 people."""
    return establishment


@pytest.fixture
def in_shinagawa(db):
    firm = OrganisationFactory(kind="firm", address="東京都品川区架空1番", industry="services", regular_employees=300)
    place = EstablishmentFactory(organisation=firm)
    WorkingPatternFactory(establishment=place)
    return place


def hire(establishment, **fields):
    return EmploymentFactory(establishment=establishment, pattern=establishment.working_patterns.get(), **fields)


@pytest.fixture
def train():
    """So many people of a firm in one run of one lesson; `came` of them did, all those completed who should."""

    def trained(establishment, *, came, away=0, completed=0, day=DAY, field="dx", people=None):
        run = RunFactory(course__field=field)
        lesson = LessonFactory(run=run, day=day)
        hired = people or [hire(establishment) for _n in range(came + away)]
        for n, one in enumerate(hired):
            state = "completed" if n < completed else "accepted"
            enrolment = EnrolmentFactory(run=run, employment=one, state=state)
            if n < came:
                mark(enrolment, lesson, day)
        return hired

    return trained


def mark(enrolment, lesson, day, **fields):
    span = {"came_at": at(day, "10:00"), "left_at": at(day, "12:00"), "minutes": 120}
    told = {"enrolment": enrolment, "lesson": lesson, "source": "roster", "recorded_by": enrolment.person}
    return AttendanceMark.objects.create(**{**told, **span, **fields})


@pytest.fixture
def past_round(ward, officer):
    return RoundFactory(ward=ward, opened_by=officer.person)


@pytest.fixture
def try_out(past_round):
    """So many trials of each outcome at a firm, each of somebody else."""

    def tried(establishment, **counts):
        posting = PostingFactory(establishment=establishment)
        for how, count in counts.items():
            for _n in range(count):
                seeker = JobSeekerFactory(round=past_round)
                one = PlacementFactory(seeker=seeker, posting=posting, **fields_of(how, seeker.person, establishment))
                if how == "ended":
                    given = {"noticed_on": FIRST, "ended_on": LAST, "reason": "都合"}
                    Termination.objects.create(placement=one, ended_by="worker", **given)
                else:
                    Intent.objects.create(placement=one, side="worker", is_yes=True)
                    no = "経験" if how == "declined" else ""
                    Intent.objects.create(placement=one, side="host", is_yes=not no, reason=no)

    return tried


def fields_of(how, person, establishment):
    days = {"starts_on": FIRST, "started_on": FIRST, "last_on": LAST}
    if how in ("retained", "unknown"):
        work = hire(establishment, person=person, started_on=HIRED)
        state = "retained_6m" if how == "retained" else "retention_6"
        return {**days, "state": state, "hired_on": HIRED, "employment": work}
    return {**days, "state": {"declined": "host_declined", "ended": "terminated"}[how]}


def figures(facts, code, by="all", group=""):
    """The figures of one line by their column."""
    one = next(one for one in facts["indicators"] if one["code"] == code)
    line = next(line for line in one["lines"] if (line["by"], line["group"]) == (by, group))
    return {column["code"]: value for column, value in zip(one["columns"], line["values"], strict=True)}
