"""Every role's home: what waits is on top, and the number of queries does not grow with the rows."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from courses.models import Enrolment, Invoice
from courses.states import EnrolmentState
from firms.queries import today
from tests.conftest import cast
from tests.factories import EmploymentFactory, EnrolmentFactory, MandateFactory, OrganisationFactory, PersonFactory
from tests.lms.rows import case_of, deadline, fill, training

# Role → queries of its home, whatever it shows.
QUERIES = {
    "manager": 31,
    "trainee": 13,
    "coordinator": 14,
    "instructor": 7,
    "advisor": 25,
    "clerk": 24,
    "officer": 15,
}


@pytest.fixture
def clerk(office, advisor):
    return cast("clerk", office, "事務")


@pytest.fixture
def roles(manager, trainee, coordinator, instructor, advisor, clerk, officer):
    return {
        "manager": manager,
        "trainee": trainee,
        "coordinator": coordinator,
        "instructor": instructor,
        "advisor": advisor,
        "clerk": clerk,
        "officer": officer,
    }


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("role", QUERIES)
def test_home_takes_the_same_queries_with_more_rows(
    role, rows, roles, firm, establishment, pattern, college, office, django_assert_num_queries
):
    fill(
        rows,
        firm=firm,
        establishment=establishment,
        pattern=pattern,
        college=college,
        instructor=roles["instructor"],
        office=office,
        trainee=roles["trainee"],
    )
    client = roles[role].client()

    with django_assert_num_queries(QUERIES[role]):
        page = client.get("/")

    assert page.status_code == 200


@pytest.mark.parametrize("role", QUERIES)
def test_home_of_an_empty_desk_says_what_to_do(role, roles):
    page = roles[role].client().get("/")

    said = {
        "manager": "いま待っている手続きはありません",
        "trainee": "予定されているコマはありません",
        "coordinator": "募集中の開講がありません",
        "instructor": "記録していない出席簿はありません",
        "advisor": "期限の来ている手続きはありません",
        "clerk": "期限の来ている手続きはありません",
        "officer": "確かめる掲載の申請はありません",
    }
    assert said[role] in page.content.decode()


def test_home_of_a_person_without_organisation_says_whom_to_ask(db):
    client = Client()
    client.force_login(PersonFactory())

    assert "いま所属している組織がありません" in client.get("/").content.decode()


def test_home_of_an_agency_says_that_nothing_waits(db):
    person = cast("coordinator", OrganisationFactory(kind="agency"), "派遣")

    assert "派遣元の番になっているトライアルはありません" in person.client().get("/").content.decode()


def steps_of(page):
    return [step.title for step in page.context["steps_waiting"]]


def test_home_of_the_manager_puts_the_nearest_day_first(manager, establishment, college):
    far = training(college, starts_in=120)
    near = training(college, starts_in=60)
    deadline(case_of(establishment, far), last_in=40)
    deadline(case_of(establishment, near), last_in=4)

    page = manager.client().get("/")

    assert steps_of(page) == [f"計画届の提出：{near.course.title}", f"計画届の提出：{far.course.title}"]


def test_home_says_of_a_change_what_to_do_with_the_change(manager, establishment, college):
    case = case_of(establishment, training(college, starts_in=60))
    deadline(case, code="change_notice")

    page = manager.client().get("/")

    assert [step.about for step in page.context["steps_waiting"]] == ["計画変更届を労働局へ出す"]


def invoice_of(firm, college, manager):
    number = Invoice.objects.count() + 1
    return Invoice.objects.create(
        number=f"TK-{number}",
        college=college,
        firm=firm,
        run=training(college, starts_in=-30),
        facts={},
        total_yen=48_110,
        issued_on=today(),
        due_on=today() + timedelta(days=number),
        issued_by=manager.person,
    )


def test_home_of_the_manager_shows_what_is_to_be_paid_and_the_menu_leads_there(manager, firm, college):
    invoice = invoice_of(firm, college, manager)

    page = manager.client().get("/")

    assert f"受講料を支払う：{invoice.total_yen:,}円" in page.content.decode()
    assert reverse("courses:invoice", args=[invoice.pk]) in page.content.decode()
    assert reverse("courses:invoices") in page.content.decode()


def test_home_keeps_what_does_not_fit_behind_one_click(manager, firm, college):
    for _n in range(8):
        invoice_of(firm, college, manager)
    one = training(college, starts_in=60)
    worker = manager.organisation.establishments.first()
    EnrolmentFactory(run=one, employment=EmploymentFactory(establishment=worker), state=EnrolmentState.REQUESTED)
    page = manager.client().get("/")

    assert (len(page.context["steps_waiting"]), len(page.context["steps_left"])) == (8, 1)
    assert "ほかの1件を見る" in page.content.decode()
    assert reverse("courses:enrolment_approve", args=[Enrolment.objects.get().pk]) in page.content.decode()


def test_home_of_a_stranger_shows_nothing_of_ours(stranger, establishment, college):
    deadline(case_of(establishment, training(college, starts_in=60)))

    assert steps_of(stranger.client().get("/")) == []


def test_home_of_the_advisor_shows_no_client_without_mandate(advisor_without_mandate, establishment, college):
    deadline(case_of(establishment, training(college, starts_in=60)))

    page = advisor_without_mandate.client().get("/")

    assert steps_of(page) == []
    assert "委任を受けている企業がありません" in page.content.decode()


def test_home_of_a_clerk_does_not_answer_mandates(clerk, office, firm):
    other = OrganisationFactory()
    MandateFactory(office=office, firm=other, asked_for=other, state="requested", accepted_by=None, accepted_at=None)

    assert steps_of(clerk.client().get("/")) == []


def test_healthz_is_open_and_tells_the_age_of_the_oldest_job(client, db):
    assert client.get("/healthz").json() == {"database": "ok", "oldest_job_seconds": 0}
