"""No text about courses and rosters may hold a マイナンバー."""

import pytest

from courses.forms.attendance.attendance import CorrectionForm, LineForm
from courses.forms.catalogue.offering import CourseForm, ReturnForm
from courses.forms.catalogue.runs import LessonForm, RunForm

TYPED = "番号は1234-5678-9012です"


@pytest.mark.parametrize(
    ("form", "field"),
    [
        (LineForm, "reason"),
        (CorrectionForm, "reason"),
        (ReturnForm, "reason"),
        (CourseForm, "syllabus"),
        (RunForm, "venue_address"),
    ],
)
def test_an_individual_number_is_refused_at_its_field(form, field, db):
    assert "個人番号（マイナンバー）" in form({field: TYPED}).errors[field][0]


def test_an_individual_number_is_refused_in_a_lesson(run, officer):
    form = LessonForm({"topic": TYPED}, course=run.course, on=officer.acting().today)

    assert "個人番号（マイナンバー）" in form.errors["topic"][0]
