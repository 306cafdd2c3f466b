"""Every address with a number in it, asked for with our numbers by people of other organisations: none of them opens.

The course is a draft and its run is being prepared, so nothing of it is public.
"""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from courses.models import (
    AttendanceImport,
    AttendanceMark,
    CheckInDesk,
    Course,
    CourseRevision,
    Invoice,
    LearningEvent,
    Run,
    RunFeed,
    SeatQuota,
)
from firms.files import store as files
from firms.models import Evidence, FeedToken, JournalEntry
from grants.models import Cost, Deadline, Deputy, Destruction, EvidenceRequest, Excuse, Exemption, GrantCase, SavedView
from mentors.models import VisitFeed
from tests.conftest import Cast, cast
from tests.courses.completion.skilled import certify
from tests.factories import (
    EmploymentFactory,
    EnrolmentFactory,
    LessonFactory,
    MandateFactory,
    MembershipFactory,
    OrganisationFactory,
    PersonFactory,
    QuestionFactory,
    RunFactory,
    UnitFactory,
    at,
)
from tests.test_house import patterns
from trials.models import TrialFeed

DAY = date(2026, 11, 3)
APPS = ("courses:", "grants:", "calendar:")
# What opens by a secret, or is for everybody: the badges' public side; nothing of a person in it.
OPEN = {
    *("calendar:feed", "calendar:run_feed", "calendar:visits_feed", "calendar:trials_feed"),
    *("courses:certificate_check", "courses:badge_file"),
    *("courses:badge_issuer", "courses:badge_key", "courses:badge_status"),
    # The rules of the land, by their name; the cases beside them are those one sees (tests/grants/test_scheme_pages.py).
    *("grants:scheme", "grants:scheme_cases"),
}
SHUT = {302, 403, 404, 405}


@pytest.fixture
def taught(college, instructor, trainee):
    """What a college keeps of one trainee."""
    run = RunFactory(course__college=college, link="https://room.example/1")
    lesson = LessonFactory(run=run, day=DAY, instructor=instructor.person)
    enrolment = EnrolmentFactory(run=run, employment=trainee.person.employments.get(), person=trainee.person)
    quiz, kept = UnitFactory(course=run.course, quiz=True), files.store(b"\x89PNG", media_type="image/png")
    span = {"came_at": at(DAY, "10:00"), "left_at": at(DAY, "17:00"), "minutes": 360}
    shown = {"source": "signature", "signature": kept, "recorded_by": trainee.person}
    batch = {"found": {"errors": kept.pk, "people": []}, "state": "ready", "uploaded_by": instructor.person}
    LearningEvent.objects.create(enrolment=enrolment, unit=quiz, kind="opened", data={}, at=timezone.now())
    CheckInDesk.objects.create(lesson=lesson, secret="a", opened_by=instructor.person)
    return {
        **{"courses": run.course, "runs": run, "lessons": lesson, "check-in": lesson, "units": quiz},
        **dict.fromkeys(("enrolments", "learn", "hours"), enrolment),
        "marks": AttendanceMark.objects.create(enrolment=enrolment, lesson=lesson, **span, **shown),
        "questions": QuestionFactory(unit=quiz),
        "certificates": certify(enrolment),
        "imports": AttendanceImport.objects.create(college=college, name="a", file=kept, **batch),
        "revisions": CourseRevision.objects.create(course=run.course, changes={}, proposed_by=instructor.person),
    }


@pytest.fixture
def paid(taught, college, coordinator, trainee, establishment, firm):
    """What a firm has to do with the same run."""
    run, by, kept = taught["runs"], trainee.person, taught["marks"].signature
    case = GrantCase.objects.create(establishment=establishment, run=run, scheme="a", menu="b")
    brought = {"uploaded_by": by, "uploaded_for": firm}
    proof = Evidence.objects.create(file=kept, owner=firm, kind="excuse", name="a.png", **brought)
    missed = {"enrolment": taught["enrolments"], "minutes": 1, "reason": "illness", "evidence": proof}
    days = dict.fromkeys(("event_on", "first_on", "nominal_on", "last_on"), DAY)
    lapsing = {"code": "a", "label": "a", "reason": "a", "given_on": DAY, "expires_on": DAY}
    due = {"code": "change_notice", "event": "a", "because": "a", "source": "a", **days}
    asked = {"facts": {}, "total_yen": 1, "issued_on": DAY, "due_on": DAY, "issued_by": coordinator.person}
    held = {"seats": 1, "unnamed": 1, "name_until": DAY, "reserved_by": by}
    burnt = {"kept_until": DAY, "destroyed_on": DAY + timedelta(1), "how": "a", "documents": [], "confirmed_by": by}
    return {
        **{"skills": firm, "cases": case, "establishments": establishment},
        "quotas": SeatQuota.objects.create(run=run, firm=firm, **held),
        "invoices": Invoice.objects.create(number="1", college=college, firm=firm, run=run, **asked),
        "costs": Cost.objects.create(case=case, amount_yen=1, paid_on=DAY, recorded_by=by),
        "excuses": Excuse.objects.create(case=case, recorded_by=by, **missed),
        "exemptions": Exemption.objects.create(case=case, given_by=by, **lapsing),
        "destructions": Destruction.objects.create(case=case, **burnt),
        "deadlines": Deadline.objects.create(case=case, **due),
        **desk_of(office_of(firm), firm, by),
        "calendar": FeedToken.objects.create(person=by, organisation=firm, token_hash="a"),
        "calendar-visits": VisitFeed.objects.create(person=by, token_hash="c"),
        "calendar-trials": TrialFeed.objects.create(person=by, token_hash="d"),
        "calendar-runs": RunFeed.objects.create(run=run, person=by, organisation=firm, token_hash="b"),
    }


def office_of(firm):
    return MandateFactory(office=OrganisationFactory(kind="office"), firm=firm).office


def desk_of(office, firm, by):
    """What the firm's office arranges among its own people, and asks of the firm."""
    deputy, days = PersonFactory(), {"starts_on": DAY, "last_on": DAY}
    return {
        "deputies": Deputy.objects.create(office=office, person=by, deputy=deputy, told_by=by, **days),
        "views": SavedView.objects.create(person=by, office=office, name="a", query="q=a"),
        "requests": EvidenceRequest.objects.create(office=office, firm=firm, to=by, due_on=DAY, asked_by=by),
    }


@pytest.fixture
def ours(taught, paid):
    """One row of every kind, by the word an address puts before its number; the run and its course are not public."""
    Course.objects.filter(pk=taught["courses"].pk).update(state="draft", listed_on=None)
    Run.objects.filter(pk=taught["runs"].pk).update(state="preparing")
    return {**taught, **paid}


def numbered():
    """The names of all addresses of ours that take a number of a row, with what stands for it."""
    for namespace, pattern in patterns(get_resolver()):
        converters = pattern.pattern.converters
        if namespace in APPS and converters and f"{namespace}{pattern.name}" not in OPEN:
            yield f"{namespace}{pattern.name}", str(pattern.pattern), list(converters)


def row_of(namespace, route, rows):
    if namespace == "calendar":
        kinds = {
            "revoke/<int:pk>/": "calendar",
            "runs/revoke/<int:pk>/": "calendar-runs",
            "visits/revoke/<int:pk>/": "calendar-visits",
            "trials/revoke/<int:pk>/": "calendar-trials",
        }
        return rows[kinds.get(route, "runs")]
    word, *further = route.split("/")
    return rows[further[0] if word == "desk" else word if not word.startswith("<") else "courses"]


def addresses(rows):
    given = {"kind": "csv", "verb": "open", "what": "video", "way": "up", "code": "A", "step": 0, "number": 1}
    for name, route, converters in numbered():
        if route == "papers/<int:pk>/":
            continue  # a paper of a frozen claim: tests/grants has its own
        own = {"unit": rows["units"].pk, "enrolment_pk": rows["enrolments"].pk}
        values = {"pk": row_of(name.split(":")[0], route, rows).pk, **own, **given}
        kinds = {**values, "kind": "text"} if name == "courses:unit_new" else values
        yield name, reverse(name, kwargs={one: kinds[one] for one in converters})


def people_of_others():
    """A firm's manager and employee, a college's two roles, an office without a mandate, and somebody of nowhere."""
    firm, school, office = (OrganisationFactory(kind=kind) for kind in ("firm", "college", "office"))
    roles = [
        ("manager", firm),
        ("employee", firm),
        ("coordinator", school),
        ("instructor", school),
        ("advisor", office),
    ]
    found = {f"other {role}": cast(role, where, "他社") for role, where in roles}
    return {name: one.client() for name, one in found.items()} | {"nobody": Client(), "of nowhere": signed_in()}


def signed_in():
    client = Client()
    client.force_login(PersonFactory())
    return client


def opened(client, rows):
    """What answered other than by a shut door."""
    found = set()
    for name, address in addresses(rows):
        for method in ("get", "post"):
            answer = getattr(client, method)(address)
            goes_in = answer.status_code == 302 and not answer["Location"].startswith("/accounts/login/")
            if answer.status_code not in SHUT or goes_in:
                found.add((name, method, answer.status_code))
    return found


def test_every_kind_of_address_is_asked(ours):
    assert {name for name, _address in addresses(ours)} == {name for name, _r, _c in numbered()} - {"grants:paper"}


def test_nothing_of_ours_opens_to_people_of_others(ours):
    people = people_of_others()
    before = JournalEntry.objects.count()

    assert {who: found for who, client in people.items() if (found := opened(client, ours))} == {}
    assert JournalEntry.objects.count() == before


def test_a_colleague_sees_nothing_of_a_trainee(ours, firm, establishment, pattern):
    """An employee of the same firm: the run their firm sends people to, and no person in it."""
    person = PersonFactory()
    EmploymentFactory(person=person, establishment=establishment, pattern=pattern)
    colleague = Cast(person, MembershipFactory(person=person, organisation=firm, role="employee"))

    pages = "calendar:run_address courses:apply courses:check_in_code courses:checked_in courses:run"

    assert {name for name, *_rest in opened(colleague.client(), ours)} == set(pages.split())


def test_the_ward_sees_no_attendance_no_bill_and_no_case(ours, officer):
    """It looks after courses and runs; who takes part, what they paid and what a firm draws is not its business."""
    of_courses = "course course_edit course_copy course_list course_return course_withdraw revision revision_accept revision_return"
    of_runs = "run run_new run_edit run_copy run_open run_hold run_cancel run_draw lesson_new lesson_edit lesson_delete lessons_repeat"
    of_units = "run_units run_units_renew units unit_try unit_try_act survey_results check_in_code checked_in"
    pages = {f"courses:{name}" for name in f"{of_courses} {of_runs} {of_units}".split()}

    assert {name for name, *_rest in opened(officer.client(), ours)} == pages | {"calendar:run_address"}


def test_no_page_of_the_ward_names_the_trainee(ours, officer):
    browser, name = officer.client(), ours["enrolments"].person.full_name
    shown = [(page, browser.get(address)) for page, address in addresses(ours)]

    assert [
        page for page, answer in shown if not answer.streaming and name in answer.content.decode("utf-8", "replace")
    ] == []


def test_no_button_of_ours_can_be_pressed_from_another_site(ours, coordinator):
    """Without the token of our own page every POST ends before its view, whoever sends it."""
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(coordinator.person)

    assert {browser.post(address).status_code for _name, address in addresses(ours)} == {403}
