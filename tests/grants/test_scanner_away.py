"""The virus scanner does not answer: every form with a file field says one sentence, or takes the file unchecked; none breaks.

Where the file is used at once nothing of it is kept. Evidence and attendance files are looked at by a job, which tries
again; until then nobody can open them.
"""

from datetime import date

import pytest
import time_machine
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from courses.forms.attendance.imports import UploadForm
from courses.forms.attendance.paper import SheetForm
from courses.forms.elearning.units import UnitForm
from courses.models import AttendanceImport, Unit
from firms.models import Employment, Evidence, StoredFile
from grants.claims.checks import DECLARED
from grants.forms.cases import AnswerForm, CostForm, ExcuseForm, StepForm
from grants.forms.workbooks import WorkbookForm
from grants.subjects import trainings
from lms.face import SampleForm
from lms.people.views import PeopleFileForm
from tests.factories import EnrolmentFactory, LessonFactory, at
from tests.firms.makers import PDF, archive
from tests.firms.test_registrations import all_forms
from tests.lms.test_people_table import line, table

pytestmark = pytest.mark.django_db

SENTENCE = "いまウイルスの検査ができないため、ファイルを受け付けていません。"
HELD = date(2026, 11, 3)


@pytest.fixture(autouse=True)
def scanner_away(settings):
    """Nothing listens at the port of discarding."""
    settings.CLAMD_ADDRESS = "127.0.0.1:9"


@pytest.fixture
def seat(run, trainee):
    return EnrolmentFactory(run=run, employment=trainee.person.employments.get())


@pytest.fixture
def held_lesson(run, seat, instructor):
    return LessonFactory(run=run, number=3, day=HELD, instructor=instructor.person)


def pdf(name="書類.pdf"):
    return SimpleUploadedFile(name, PDF, content_type="application/pdf")


def csv():
    return SimpleUploadedFile("従業員.csv", table(line()))


def unit_sent(coordinator, run):
    address = reverse("courses:unit_new", kwargs={"pk": run.course_id, "kind": "file"})
    return coordinator.client().post(address, {"title": "手順書", "standard_minutes": "10", "upload": pdf()})


def people_sent(manager, establishment):
    return manager.client().post(reverse("people:import"), {"file": csv()})


def import_sent(instructor, run):
    return instructor.client().post(reverse("courses:import_new"), {"kind": "table", "file": csv()})


def sheet_sent(instructor, held_lesson, seat):
    address = reverse("courses:paper_entry", args=[held_lesson.pk])
    return instructor.client().post(address, {f"e{seat.pk}-told": "0", "sheet": pdf()})


def answers_sent(manager, case):
    said = {f"{one.code}-value": "yes" if one.at_plan else "unknown" for one in DECLARED}
    noted = {f"{one.code}-note": "" for one in DECLARED}
    return manager.client().post(reverse("grants:answers", args=[case.pk]), said | noted | {"promoter-file": pdf()})


def cost_sent(manager, case):
    given = {"amount_yen": "22000", "paid_on": "2026-11-20", "payer": "firm", "file": pdf()}
    return manager.client().post(reverse("grants:costs", args=[case.pk]), given)


def excuse_sent(manager, case, enrolled):
    given = {"enrolment": enrolled[0].pk, "minutes": "60", "reason": "illness", "file": pdf()}
    return manager.client().post(reverse("grants:excuses", args=[case.pk]), given)


def step_sent(manager, claimed):
    address = reverse("grants:step", kwargs={"pk": claimed.pk, "kind": "withdrawn"})
    with time_machine.travel(at(date(2027, 3, 10), "10:00")):
        return manager.client().post(address, {"on": "2027-03-10", "note": "取下げ", "file": pdf()})


def workbook_sent(manager):
    entry = trainings()[0]
    file = SimpleUploadedFile("様式.xlsx", archive("xl/workbook.xml", "[Content_Types].xml"))
    given = {"edition": f"{entry.code} {entry.editions[0].name}", "of": "plan", "file": file}
    return manager.client().post(reverse("grants:workbooks"), given)


AT_ONCE = {UnitForm: unit_sent, PeopleFileForm: people_sent, WorkbookForm: workbook_sent}
BY_A_JOB = {
    UploadForm: import_sent,
    SheetForm: sheet_sent,
    AnswerForm: answers_sent,
    CostForm: cost_sent,
    ExcuseForm: excuse_sent,
    StepForm: step_sent,
}
# Shown on the page of the house style, and sent nowhere.
SHOWN_ALONE = {SampleForm}


def test_every_form_with_a_file_is_sent_here():
    found = {
        one for one in all_forms() if any(isinstance(field, forms.FileField) for field in one.base_fields.values())
    }

    assert found == {*AT_ONCE, *BY_A_JOB, *SHOWN_ALONE}


def sent(send, request):
    names = send.__code__.co_varnames[: send.__code__.co_argcount]
    return send(*(request.getfixturevalue(name) for name in names))


@pytest.mark.parametrize("form", AT_ONCE, ids=lambda form: form.__name__)
def test_what_is_used_at_once_is_refused_with_one_sentence_and_not_kept(form, request):
    answer = sent(AT_ONCE[form], request)

    assert answer.status_code == 200
    assert SENTENCE in answer.content.decode()
    assert not StoredFile.objects.exists()
    assert not Unit.objects.exists()
    assert not Employment.objects.filter(person__family_name="架空").exists()


@pytest.mark.parametrize("form", BY_A_JOB, ids=lambda form: form.__name__)
def test_what_a_job_looks_at_is_taken_and_waits_unopened(form, request):
    answer = sent(BY_A_JOB[form], request)

    assert answer.status_code == 302
    assert StoredFile.objects.count() == 1
    assert {one.state for one in Evidence.objects.all()} <= {"unchecked"}
    assert {one.state for one in AttendanceImport.objects.all()} <= {"reading"}
    assert Evidence.objects.count() + AttendanceImport.objects.count() == 1
