"""A course from draft to the catalogue: written by college or ward, proposed, listed or returned, withdrawn."""

from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from courses.actions.telling import tell_college
from courses.models import Course
from courses.states import CourseState
from firms.acting import Acting
from firms.errors import Refused
from firms.journal import move, record
from firms.models import Organisation


@transaction.atomic
def create_course(facts: dict[str, Any], *, college: Organisation, by: Acting) -> Course:
    course = Course(college=college, **facts)
    write(course)
    record(course, "courses.course_created", by=by, concerns=college)
    return course


@transaction.atomic
def edit_course(course: Course, facts: dict[str, Any], *, by: Acting) -> Course:
    """Nothing is written where nothing changed."""
    course = locked(course)
    changes = {
        name: [str(getattr(course, name)), str(new)] for name, new in facts.items() if getattr(course, name) != new
    }
    if changes:
        for name in changes:
            setattr(course, name, facts[name])
        write(course)
        record(course, "courses.course_edited", by=by, concerns=course.college_id, changes=changes)
    return course


def write(course: Course) -> None:
    """Saves the row with the text the catalogue searches."""
    course.search_text = course.words()
    try:
        with transaction.atomic():
            course.save()
    except IntegrityError:
        raise Refused(
            _("この連携校には同じ名前の講座があります。別の講座名にするか、すでにある講座を編集してください。"),
            field="title",
        ) from None


def locked(course: Course) -> Course:
    return Course.objects.select_for_update(of=("self",)).select_related("college").get(pk=course.pk)


@transaction.atomic
def propose_course(course: Course, *, by: Acting) -> None:
    move(course, CourseState.PROPOSED, by=by, verb="courses.proposed", concerns=course.college_id)


@transaction.atomic
def list_course(course: Course, *, by: Acting) -> None:
    course = locked(course)
    move(course, CourseState.LISTED, by=by, verb="courses.listed", concerns=course.college_id, listed_on=by.today)
    subject = _("講座「%(title)s」が掲載されました") % {"title": course.title}
    tell_college(
        course, subject=subject, body=_("講座のページで開講を登録し、募集を始められます。"), by=by, path=path_of(course)
    )


@transaction.atomic
def return_course(course: Course, *, reason: str, by: Acting) -> None:
    """Back to the college, which reads why and proposes again."""
    course = locked(course)
    if not reason.strip():
        raise Refused(_("差戻しの理由を書いてください。連携校はこの文を読んで直します。"), field="reason")
    if course.state != CourseState.PROPOSED:
        raise Refused(_("掲載申請中の講座だけ差し戻せます。画面を開き直してください。"))
    move(course, CourseState.DRAFT, by=by, verb="courses.returned", concerns=course.college_id)
    record(course, "courses.return_reason", by=by, concerns=course.college_id, reason=reason)
    subject = _("講座「%(title)s」が差し戻されました") % {"title": course.title}
    tell_college(course, subject=subject, body=reason, by=by, path=path_of(course))


@transaction.atomic
def withdraw_course(course: Course, *, by: Acting) -> None:
    """No new runs are shown; people already enrolled keep their seats."""
    course = locked(course)
    move(course, CourseState.WITHDRAWN, by=by, verb="courses.withdrawn", concerns=course.college_id)


def path_of(course: Course) -> str:
    return reverse("courses:course", args=[course.pk])
