"""What a deregistration touches is named before, must be settled or ends with it, and both sides of the day are kept."""

from datetime import date, timedelta

import pytest
import time_machine
from django.apps import apps
from django.urls import reverse

from courses.actions.catalogue.runs import create_run, open_run
from courses.actions.seats.enrolments import enrol
from courses.forms.catalogue.offering import CollegeForm
from courses.models import AttendanceMark, Course, Run, SeatQuota
from courses.queries import listed_matching
from courses.queries.catalogue.catalogue import facet_choices
from firms.errors import Refused
from firms.models import Establishment, Invitation, JournalEntry, Mandate, Notification, Organisation
from grants.actions.cases import open_case
from grants.models import GrantCase
from lms.deregistering.ending import deregister_whole
from lms.deregistering.touched import touched
from lms.tasks import end_deregistered
from tests.conftest import MORNING, TODAY
from tests.factories import EnrolmentFactory, RunFactory, at
from tests.firms.makers import make_invitation

# The run has lessons on 3 and 10 February 2027.
DAY, EVE = date(2027, 2, 10), date(2027, 2, 9)
AFTER = date(2027, 2, 11)
FIRST = date(2027, 2, 3)
WHY = "2026年11月19日に廃業した"


@pytest.fixture
def seat(run, trainee):
    return EnrolmentFactory(run=run, employment=trainee.person.employments.get())


@pytest.fixture
def case(seat, manager, establishment, run):
    return open_case(run, establishment, by=manager.acting())


def travel(day):
    return time_machine.travel(MORNING + (day - TODAY))


def names(items):
    return {f"{one.name}｜{one.note}" for one in items}


def gone(organisation, officer, on=TODAY):
    deregister_whole(organisation, on=on, reason=WHY, by=officer.acting())


def mark(seat, lesson):
    AttendanceMark.objects.create(
        enrolment=seat, lesson=lesson, came_at=at(lesson.on, "10:00"), left_at=at(lesson.on, "17:00"), minutes=360,
        source="roster", recorded_by=seat.person,
    )  # fmt: skip


# --- a firm ---


def test_page_names_what_a_firm_has_open_and_no_person(officer, manager, advisor, seat, case, run, firm):
    make_invitation(organisation=firm, by=manager.person)
    page = officer.client().get(reverse("deregistering:deregister", args=[firm.pk]))

    assert names(page.context["touched"].ending) == {
        "所属｜2人",
        "招待中のリンク｜1件",
        "委任: （架空）蒲田社労士事務所｜有効",
        f"助成金案件 {case.number}｜計画を準備中",
        f"{run}｜受講 1人",
    }
    assert seat.person.full_name not in page.content.decode()


def test_what_is_open_ends_with_the_reason(officer, manager, advisor, coordinator, seat, case, firm):
    make_invitation(organisation=firm, by=manager.person)

    gone(firm, officer)

    for row in (seat, case):
        row.refresh_from_db()
    assert (seat.state, case.state) == ("cancelled", "dropped")
    assert Invitation.objects.get().state == "withdrawn"
    assert Mandate.objects.get().state == "revoked"
    told = [entry.details.get("reason") for entry in JournalEntry.objects.filter(verb__in=ENDS)]
    assert told == [WHY] * len(ENDS)
    assert WHY in Notification.objects.filter(person=seat.person).latest("pk").body
    assert Notification.objects.filter(person=coordinator.person, body__contains=WHY).exists()
    assert Notification.objects.filter(person=advisor.person, body__contains=WHY).exists()


ENDS = ("organisation.deregister", "enrolment.end_with_firm", "case.reason", "mandate.revoke")


def test_what_was_begun_before_a_day_ahead_ends_on_it(officer, manager, advisor, seat, case, firm):
    gone(firm, officer, on=FIRST)

    with travel(FIRST - timedelta(days=1)):
        end_deregistered()
    seat.refresh_from_db()
    assert (seat.state, Mandate.objects.get().state) == ("accepted", "active")

    with travel(FIRST):
        end_deregistered()
        before = JournalEntry.objects.count()
        end_deregistered()
    seat.refresh_from_db()
    assert (seat.state, Mandate.objects.get().state) == ("cancelled", "revoked")
    assert JournalEntry.objects.count() == before
    entry = JournalEntry.objects.get(verb="enrolment.end_with_firm")
    assert (entry.person, entry.organisation) == (officer.person, officer.organisation)


@pytest.mark.parametrize(
    ("day", "ends", "stays"),
    [
        (FIRST, True, False),
        (FIRST + timedelta(days=1), False, True),
        (DAY, False, True),
        (AFTER, False, False),
    ],
    ids=["begins that day", "begun the day before", "last lesson that day", "over"],
)
def test_a_seat_ends_before_its_run_begins_and_stays_once_it_has(day, ends, stays, seat, firm, run):
    found = touched(firm, day)

    assert (f"{run}｜受講 1人" in names(found.ending)) is ends
    assert (f"{run}｜1人（始まっているため連携校が修了を判定）" in names(found.staying)) is stays


def test_a_seat_begun_stays_for_the_college_to_decide(officer, seat, lesson, firm, run):
    mark(seat, lesson)

    assert names(touched(firm, TODAY).staying) == {f"{run}｜1人（始まっているため連携校が修了を判定）"}
    gone(firm, officer)

    seat.refresh_from_db()
    assert seat.state == "accepted"


def test_seats_without_a_name_are_given_back(officer, manager, firm, run):
    held = {"seats": 3, "unnamed": 3, "name_until": date(2027, 1, 31), "reserved_by": manager.person}
    quota = SeatQuota.objects.create(run=run, firm=firm, **held)

    gone(firm, officer)

    quota.refresh_from_db()
    assert quota.unnamed == 0
    assert quota.released_at


@pytest.mark.parametrize("state", ["claimed", "amending", "approved", "refused", "repaying"])
def test_a_claim_that_lies_with_the_office_must_be_settled_first(state, officer, case, firm):
    GrantCase.objects.filter(pk=case.pk).update(state=state)

    page = officer.client().post(
        reverse("deregistering:deregister", args=[firm.pk]), {"on": TODAY.isoformat(), "reason": WHY}
    )

    assert case.number in str(page.context["form"].errors["on"])
    assert Organisation.objects.get(pk=firm.pk).deregistered_on is None


def test_nothing_new_begins_for_a_firm_from_the_day(officer, manager, trainee, firm, run, establishment):
    gone(firm, officer, on=date(2026, 12, 1))
    for held in (firm, manager.organisation, establishment.organisation):
        held.refresh_from_db()
    people = [trainee.person.employments.get()]

    with pytest.raises(Refused, match="登録が抹消"):
        enrol(run, people, by=manager.acting(date(2026, 12, 1)))
    (seat,) = enrol(run, people, by=manager.acting(date(2026, 11, 30)))
    assert seat.state == "accepted"
    with pytest.raises(Refused, match="登録が抹消"):
        open_case(run, establishment, by=manager.acting(date(2026, 12, 1)))
    assert open_case(run, establishment, by=manager.acting(date(2026, 11, 30)))


# --- a college ---


def test_a_college_leaves_with_its_runs_and_courses(officer, coordinator, seat, college, run):
    assert names(touched(college, TODAY).ending) == {
        "所属｜2人",
        f"{run}｜開講（募集中）",
        f"{run.course.title}｜講座（掲載中）",
    }

    gone(college, officer)

    for row in (run, run.course, seat):
        row.refresh_from_db()
    assert (run.state, run.course.state, seat.state) == ("cancelled", "withdrawn", "cancelled")
    assert JournalEntry.objects.filter(verb="run.cancel_reason").first().details["reason"] == WHY


@pytest.mark.parametrize(("day", "may"), [(FIRST, True), (FIRST + timedelta(days=1), False)])
def test_a_run_that_begins_before_the_day_is_settled_first(day, may, officer, seat, college, run):
    if may:
        gone(college, officer, on=day)
    else:
        with pytest.raises(Refused, match="先に片づける手続き"):
            gone(college, officer, on=day)
    assert Organisation.objects.get(pk=college.pk).is_registered_on(day) is not may


@pytest.mark.parametrize(("day", "may"), [(EVE, False), (DAY, False), (AFTER, True)])
def test_a_run_that_was_taught_is_settled_before_its_college_leaves(day, may, officer, seat, lesson, college, run):
    mark(seat, lesson)

    if may:
        gone(college, officer, on=day)
        assert not Organisation.objects.get(pk=college.pk).is_registered_on(day)
    else:
        with pytest.raises(Refused, match="先に片づける手続き"):
            gone(college, officer, on=day)
    run.refresh_from_db()
    assert run.state == "open"


def test_a_proposed_course_is_a_draft_again(officer, college, run):
    Course.objects.filter(pk=run.course_id).update(state="proposed")

    gone(college, officer)

    assert Course.objects.get(pk=run.course_id).state == "draft"


def test_nothing_new_begins_for_a_college_from_the_day(officer, coordinator, trainee, manager, college, run):
    day, eve = date(2026, 12, 1), date(2026, 11, 30)
    gone(college, officer, on=day)
    facts = {"seats": 5, "fee_yen": 1, "venue": "教室", "apply_until": date(2026, 12, 20)}
    waiting = RunFactory(course=run.course, state="preparing", learn_from=AFTER, learn_until=AFTER)
    Course.objects.filter(pk=run.course_id).update(method="e_learning")
    waiting.refresh_from_db()
    people = [trainee.person.employments.get()]

    for begin in (
        lambda on: create_run(run.course, facts, by=coordinator.acting(on)),
        lambda on: open_run(waiting, by=coordinator.acting(on)),
        lambda on: enrol(run, people, by=manager.acting(on)),
    ):
        run.course.college.refresh_from_db()
        with pytest.raises(Refused, match="登録が抹消"):
            begin(day)
        begin(eve)


def test_lists_to_choose_a_college_from_leave_it_out_from_the_day(officer, college, run):
    day, eve = date(2026, 12, 1), date(2026, 11, 30)
    gone(college, officer, on=day)

    def seen(on):
        with travel(on):
            offered = list(CollegeForm().fields["college"].queryset)
        found = list(listed_matching({}, on=on))
        return offered, found, facet_choices(on=on).colleges

    assert seen(eve) == ([college], [run.course], [(str(college.pk), college.name)])
    assert seen(day) == ([], [], [])


def test_home_of_the_ward_counts_those_that_stand(officer, firm):
    gone(firm, officer, on=date(2026, 12, 1))

    def firms(day):
        with travel(day):
            return officer.client().get(reverse("home")).context["firms"]

    assert (firms(date(2026, 11, 30)), firms(date(2026, 12, 1))) == (1, 0)


# --- an office ---


def test_an_office_leaves_its_clients_who_hear_of_it(officer, advisor, manager, office):
    gone(office, officer)

    mandate = Mandate.objects.get()
    assert (mandate.state, mandate.ended_by) == ("revoked", officer.person)
    assert Notification.objects.filter(person=manager.person, body__contains=WHY).exists()


# --- everything that names an organisation ---

# Every row that names an organisation or its establishment, and what becomes of it.
BECOMES = {
    "ends": """Course.college Invitation.organisation JobSeeker.agency Mandate.firm Mandate.office Mandate.asked_for
        Membership.organisation MentoringRequest.host Posting.establishment SeatQuota.firm Visit.establishment""",
    "ends or is settled first": "GrantCase.establishment",
    # Its people sign in no more; who they worked for, and since when, stays true.
    "stays as what was": """AttendanceImport.college BankAccount.ward Document.owner Employment.establishment
        CareerUpPlan.establishment Conversion.establishment Assignment.firm Assignment.office Deputy.agency Deputy.office
        Film.firm ManualAnswer.organisation
        ManualShare.firm OvertimeAgreement.agency SavedView.office SkillManual.firm Statement.firm
        Statement.stated_for Subsidy.firm Viewing.organisation VisitRequest.asker Workbook.owner
        Establishment.organisation Evidence.owner Evidence.uploaded_for Holiday.establishment Invoice.college
        Invoice.firm JournalEntry.concerns JournalEntry.organisation Leave.establishment Licence.agency
        Notification.organisation OutsideGrant.establishment PastJob.firm Side.organisation SkillTarget.firm
        WorkingPattern.establishment Newcomer.organisation Subscription.establishment ResultReport.agency
        Chance.firm ChanceWish.firm""",
    # Opens nothing to who is no member any more; links to sign go on, so that others get what they are owed.
    "is asked for rights each time": """ActionLink.owner EvidenceRequest.firm EvidenceRequest.office
        FeedToken.organisation Intake.agency RunFeed.organisation""",
    "is of the ward, which is never deregistered": """Application.ward BoardMember.ward Certification.ward
        IndicatorReport.ward MentoringRequest.ward Round.ward Statement.ward Subsidy.ward TrainingCourse.ward TrainingProof.ward""",
}


def test_what_becomes_of_every_row_that_names_an_organisation_is_decided():
    found = {
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.concrete and field.related_model in (Organisation, Establishment)
    }
    decided = [name for names in BECOMES.values() for name in names.split()]

    assert len(decided) == len(set(decided))
    assert found == set(decided)


# --- pages and rights ---


def test_looking_at_another_day_writes_nothing(officer, firm, seat, run):
    page = officer.client().post(
        reverse("deregistering:deregister", args=[firm.pk]), {"on": AFTER.isoformat(), "reason": "a", "look": ""}
    )

    assert names(page.context["touched"].ending) == {"所属｜1人"}
    assert Organisation.objects.get(pk=firm.pk).deregistered_on is None


def test_page_deregisters_and_takes_back(officer, firm):
    browser = officer.client()
    where = reverse("firms:organisation_detail", args=[firm.pk])
    given = {"on": TODAY.isoformat(), "reason": WHY}

    answer = browser.post(reverse("deregistering:deregister", args=[firm.pk]), given)
    assert answer.headers["Location"] == where
    assert reverse("deregistering:reinstate", args=[firm.pk]) in browser.get(where).content.decode()

    page = browser.post(reverse("deregistering:reinstate", args=[firm.pk]), {"reason": ""})
    assert "reason" in page.context["form"].errors
    browser.post(reverse("deregistering:reinstate", args=[firm.pk]), {"reason": "別の会社だった"})
    assert Organisation.objects.get(pk=firm.pk).deregistered_on is None
    shown = browser.get(where).content.decode()
    assert "組織の登録を抹消" in shown
    assert "別の会社だった" in shown


@pytest.mark.parametrize("page", ["deregister", "reinstate"])
@pytest.mark.parametrize(
    ("who", "status"), [("manager", 403), ("trainee", 403), ("advisor", 403), ("coordinator", 404), ("stranger", 404)]
)
def test_nobody_but_the_ward_opens_the_page(page, who, status, firm, request):
    member = request.getfixturevalue(who)
    address = reverse(f"deregistering:{page}", args=[firm.pk])

    for method in ("get", "post"):
        answer = getattr(member.client(), method)(address, {"on": TODAY.isoformat(), "reason": WHY})
        assert answer.status_code == status
    assert Organisation.objects.get(pk=firm.pk).deregistered_on is None


def test_the_ward_itself_has_no_such_page(officer, ward):
    assert officer.client().get(reverse("deregistering:deregister", args=[ward.pk])).status_code == 403


def test_history_of_a_firm_that_left_stays_for_the_college(officer, coordinator, seat, firm, run):
    gone(firm, officer)

    page = coordinator.client().get(reverse("courses:run", args=[run.pk]))

    assert page.status_code == 200
    assert Run.objects.get(pk=run.pk).enrolments.count() == 1
