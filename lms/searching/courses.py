"""Courses and the numbers of their runs, who takes part, and certificates."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from courses.models import Certificate, Course, Enrolment
from firms.acting import Acting
from firms.models.organisations import Kind
from lms.searching.firms import PERSON
from lms.searching.providers import Hit, Provider, Words, said


def courses(acting: Acting, words: Words) -> QuerySet[Course]:
    rows = Course.objects.visible_to(acting).matching(" ".join(words))
    return rows.select_related("college").order_by("title", "pk")


def course_hit(row: Course) -> Hit:
    return Hit(row.title, reverse("courses:course", args=[row.pk]), (row.college.name,))


def trainees(acting: Acting, words: Words) -> QuerySet[Enrolment]:
    """Whom a college teaches; a firm finds its own among the people."""
    rows = Enrolment.objects.visible_to(acting).select_related("person", "run__course")
    return rows.filter(said(words, *[f"person__{name}" for name in PERSON])).order_by("person__family_kana", "-pk")


def trainee_hit(row: Enrolment) -> Hit:
    about = (row.person.full_kana, str(row.run), str(row.get_state_display()))
    return Hit(row.person.full_name, reverse("courses:run", args=[row.run_id]), tuple(filter(None, about)))


def certificates(acting: Acting, words: Words) -> QuerySet[Certificate]:
    rows = Certificate.objects.visible_to(acting).filter(said(words, "facts__name", "facts__course", "number"))
    return rows.order_by("-pk")


def certificate_hit(row: Certificate) -> Hit:
    about = (str(row.facts.get("name", "")), row.number)
    return Hit(str(row.facts.get("course", "")), reverse("courses:certificate_check", args=[row.check_code]), about)


PROVIDERS = (
    Provider("courses", _("講座"), "book", courses, course_hit, more="courses:catalogue"),
    Provider(
        "trainees", _("受講する人"), "people", trainees, trainee_hit,
        concerns=lambda acting: acting.kind == Kind.COLLEGE,
    ),
    Provider(
        "certificates", _("修了証"), "check-circle", certificates, certificate_hit,
        more="courses:certificates",
        concerns=lambda acting: acting.kind != Kind.WARD,
    ),
)  # fmt: skip
