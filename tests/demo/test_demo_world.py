"""What the demo world holds: every state, the whole cast, and believable traces of months. Loaded once, looked at by all."""

from collections import Counter
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from stdnum.jp import cn

from courses import frameworks
from courses.models import (
    AttendanceImport,
    AttendanceMark,
    Certificate,
    CertificateRevocation,
    CheckIn,
    Course,
    CourseRevision,
    CourseSkill,
    EarnedSkill,
    Enrolment,
    Invoice,
    LearningEvent,
    Lesson,
    LotteryDraw,
    MarkConfirmation,
    Run,
    SeatQuota,
    SurveyAnswer,
    Unit,
)
from courses.models.attendance.attendance import MarkSource
from courses.models.elearning.learning import EventKind, UnitKind
from courses.queries.completion.skills import skill_groups
from courses.queries.elearning.learning import progress_of
from courses.states import CourseState, EnrolmentState, ImportState, InvoiceState, RevisionState, RunState
from demo.load import load
from demo.logins import NAMES, TRIALISTS, demo_logins, email_of
from firms.models import (
    Employment,
    Establishment,
    JournalEntry,
    Mandate,
    Membership,
    Notification,
    Organisation,
    Person,
)
from firms.queries import acting_for, memberships_of, today
from firms.states import MandateState
from grants.cases.overview import overview
from grants.cases.situation import guides_of
from grants.models import Deadline, GrantCase
from grants.states import CaseState
from tests.lms.manners import otherwise_in

DAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """The world in a transaction that is never kept; each test looks at it inside one of its own."""
    with django_db_blocker.unblock(), transaction.atomic():
        load(today())
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo(loaded, db):
    return loaded


def states_of(model):
    return set(model.objects.values_list("state", flat=True))


def test_demo_shows_every_state(demo):
    assert states_of(GrantCase) == set(CaseState.values)
    assert states_of(Enrolment) == set(EnrolmentState.values)
    assert states_of(Course) == set(CourseState.values)
    assert states_of(Run) == set(RunState.values)
    assert states_of(Mandate) == set(MandateState.values)
    assert states_of(CourseRevision) == set(RevisionState.values)
    assert states_of(Invoice) == set(InvoiceState.values)
    assert states_of(AttendanceImport) == set(ImportState.values) - PASSING


# A worker leads a file through these within the second.
PASSING = {ImportState.READING, ImportState.WRITING, ImportState.UNDOING}


def test_demo_is_invented_and_says_so(demo):
    organisations = list(Organisation.objects.all())

    assert [one.name for one in organisations if not one.is_fictional or not one.name.startswith("（架空）")] == []
    assert [one.name for one in organisations if not cn.is_valid(one.corporate_number)] == []
    for row in [*organisations, *Establishment.objects.all(), *Employment.objects.all(), *Person.objects.all()]:
        row.clean_fields()


def test_demo_has_the_cast_the_issue_asks_for(demo):
    kinds = Organisation.objects.values_list("kind", flat=True)
    large = Organisation.objects.filter(kind="firm", regular_employees__gt=300, capital_yen__gt=300_000_000)
    shop = Organisation.objects.filter(regular_employees=28, capital_yen=10_000_000, address__contains="大田区")

    assert {kind: list(kinds).count(kind) for kind in set(kinds)} == {
        "ward": 1,
        "college": 3,
        "office": 2,
        "firm": 6,
        "agency": 1,
    }
    assert (large.count(), shop.count()) == (1, 1)
    assert 75 <= Person.objects.count() <= 90
    assert Course.objects.count() == 32


def test_demo_has_the_course_of_the_story_with_its_plan_window_open(demo):
    run = Run.objects.bookable(on=today()).get(course__title="現場IoT: センサで設備の稼働を見る")
    window = Deadline.objects.get(case__run=run, code="plan")

    assert (run.fee_yen, run.seats, run.course.hours, run.lessons.count()) == (22_000, 12, 12, 2)
    assert sum(lesson.minutes for lesson in run.lessons.all()) == 720
    assert window.first_on <= today() <= window.last_on
    assert not run.enrolments.filter(employment__establishment__organisation__name__contains="大森").exists()


def test_demo_marks_are_late_early_absent_and_corrected(demo):
    marks = AttendanceMark.objects.all()

    assert marks.filter(minutes=0).exists()
    assert marks.exclude(corrects=None).exists()
    assert marks.filter(minutes__gt=0, minutes__lt=360, lesson__breaks__isnull=False).exists()
    assert Lesson.objects.filter(starts_at__date__lt=today(), marks=None, run__enrolments__state="accepted").exists()


def test_demo_marks_come_from_every_source_but_paper_and_tablet(demo):
    sources = set(AttendanceMark.objects.values_list("source", flat=True))

    assert sources == {MarkSource.ROSTER, MarkSource.QR, MarkSource.FILE, MarkSource.MEETING}
    assert CheckIn.objects.filter(direction="in").count() == CheckIn.objects.filter(direction="out").count() == 4
    assert set(MarkConfirmation.objects.values_list("agrees", flat=True)) == {True, False}


def test_demo_courses_are_tagged_with_items_of_the_standards(demo):
    keys = set(CourseSkill.objects.values_list("item", flat=True))

    assert {key for key in keys if frameworks.item(key) is None} == set()
    assert {key.split(":")[0] for key in keys} == {"dss-l", "dss-p", "gxss-l", "gxss-p"}


def test_demo_courses_say_all_a_catalogue_asks_for(demo):
    texts = ("goals", "audience", "textbook", "cancel_rule", "completion_rule", "contact_name", "contact_phone")

    assert [course.title for course in Course.objects.all() if not all(getattr(course, name) for name in texts)] == []


def test_demo_gives_seats_by_lot_by_choice_and_by_quota(demo):
    offered = Enrolment.objects.get(state=EnrolmentState.OFFERED)

    assert LotteryDraw.objects.get().run == offered.run
    assert offered.person.email == "employee@demo.example"
    assert offered.answer_until.date() > today()
    assert sorted(SeatQuota.objects.filter(unnamed__gt=0).values_list("seats", "unnamed")) == [(2, 1), (3, 2)]


def test_demo_learners_are_at_their_own_place(demo):
    learners = Enrolment.objects.filter(run__course__method="e_learning", events__isnull=False).distinct()
    done = {one.person.family_name: progress_of([one])[one.pk].done for one in learners.select_related("person")}

    assert done == {"鵜木": 8, "三雲": 8, "石川": 3, "久が原": 8, "矢口": 4, "小早川": 1}
    assert set(Unit.objects.values_list("kind", flat=True)) == set(UnitKind.values)
    assert set(LearningEvent.objects.values_list("kind", flat=True)) == set(EventKind.values)
    assert LearningEvent.objects.filter(data__has_passed=False).count() == 1


def test_demo_certificates_carry_skills_and_one_is_revoked_one_given_anew(demo):
    revoked = {
        one.certificate.enrolment for one in CertificateRevocation.objects.select_related("certificate__enrolment")
    }

    assert sorted(one.certificates.count() for one in revoked) == [1, 2]
    assert Certificate.objects.count() > 20
    assert EarnedSkill.objects.filter(certificate=Certificate.objects.valid().first()).exists()
    assert SurveyAnswer.objects.count() > 10


def test_demo_shop_lacks_skills_it_wants_and_has_some(demo):
    groups = skill_groups(Organisation.objects.get(name__contains="大森"), on=today())

    assert 0 < sum(group.covered for group in groups) < sum(group.wanted for group in groups)
    assert any(row.offers for group in groups for row in group.rows)


def test_demo_lists_say_of_each_case_what_its_page_says(demo):
    manager = Membership.objects.filter(role="manager").first()
    acting = acting_for(manager.person, manager, on=today())
    cases = list(GrantCase.objects.trainings().whole())

    listed = {pk: guide.title for pk, guide in guides_of(cases, on=today()).items()}

    assert listed == {case.pk: overview(case, acting=acting).guide.title for case in cases}
    assert {case.state for case in cases} == set(CaseState)


@pytest.mark.parametrize("name", NAMES)
def test_demo_tells_each_reader_of_an_event_once(demo, name):
    person = Person.objects.get(email=email_of(name))
    readers = [acting_for(person, member, on=today()) for member in memberships_of(person, on=today())]

    for acting in readers:
        rows = JournalEntry.objects.visible_to(acting).told()
        events = Counter((one.at, one.verb, one.person_id, one.organisation_id, one.subject) for one in rows)
        assert {event: n for event, n in events.items() if n > 1} == {}


def test_demo_writes_no_letter_twice(demo):
    letters = Notification.objects.values_list("person", "subject", "body", "created_at")

    assert len(set(letters)) == len(letters)


def test_demo_writes_days_money_and_minutes_in_its_letters_as_on_its_pages(demo):
    letters = "\n".join(f"{subject}\n{body}" for subject, body in Notification.objects.values_list("subject", "body"))

    assert otherwise_in(letters) == []


def test_demo_dates_its_story_in_the_past(demo):
    closed = GrantCase.objects.get(state=CaseState.CLOSED, scheme="reskilling")

    assert (today() - closed.opened_at.date()).days > 200
    assert closed.plans.get().facts["frozen_on"] < closed.claims.get().facts["as_of"] < today().isoformat()


def test_demo_lets_everybody_of_the_login_page_in(demo):
    assert [one["email"].split("@")[0] for one in demo_logins()] == [*NAMES, *TRIALISTS]


def test_demo_refuses_to_load_twice(demo):
    with pytest.raises(CommandError, match="すでに読み込まれています"):
        call_command("demo")
