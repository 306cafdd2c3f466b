"""A course from draft to the catalogue: written by college or ward, proposed, listed or returned, withdrawn."""

from collections.abc import Collection
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from courses.actions.telling import tell_college
from courses.actions.telling_ward import tell_officers
from courses.models import Course, CourseRevision, CourseSkill
from courses.queries.catalogue.differences import SKILLS, changes_of, items_of
from courses.states import CourseState, RevisionState
from firms.acting import Acting
from firms.actions.registered import refuse_deregistered
from firms.errors import Refused
from firms.journal import move, record
from firms.models import Organisation
from firms.words.saying import said as _


@transaction.atomic
def create_course(facts: dict[str, Any], *, college: Organisation, by: Acting) -> Course:
    """`facts` are columns of the course, and `skills`: the keys of its skill items."""
    refuse_deregistered(college, on=by.today)
    course = Course(college=college, **{name: fact for name, fact in facts.items() if name != SKILLS})
    write(course, items=facts.get(SKILLS, []))
    record(course, "course.create", by=by, concerns=college)
    return course


@transaction.atomic
def edit_course(course: Course, facts: dict[str, Any], *, by: Acting) -> Course:
    """Nothing is written where nothing changed."""
    course = locked(course)
    changes = changes_of(course, facts)
    if changes:
        apply(course, {name: facts[name] for name in changes})
        told = {name: [before, after] for name, (before, after, _value) in changes.items()}
        record(course, "course.edit", by=by, concerns=course.college_id, changes=told)
    return course


def apply(course: Course, facts: dict[str, Any]) -> None:
    """Sets the facts of a locked course and saves it."""
    for name, value in facts.items():
        if name != SKILLS:
            setattr(course, name, value)
    write(course, items=facts.get(SKILLS, items_of(course)))


def write(course: Course, *, items: Collection[str]) -> None:
    """Saves the row with its skill items and the text the catalogue searches."""
    course.search_text = course.words(items)
    try:
        with transaction.atomic():
            course.save()
    except IntegrityError:
        raise Refused(
            _("この連携校には同じ名前の講座があります。別の講座名にするか、すでにある講座を編集してください。"),
            field="title",
        ) from None
    tag(course, items)


def tag(course: Course, items: Collection[str]) -> None:
    course.skills.exclude(item__in=items).delete()
    held = set(course.skills.values_list("item", flat=True))
    CourseSkill.objects.bulk_create(CourseSkill(course=course, item=item) for item in items if item not in held)


def refresh_search_texts(college: Organisation) -> None:
    """After the college was renamed: its courses are found by the new name, and no more by the old."""
    stale = []
    for course in Course.objects.filter(college=college).prefetch_related("skills"):
        course.college = college
        words = course.words([skill.item for skill in course.skills.all()])
        if words != course.search_text:
            course.search_text = words
            stale.append(course)
    Course.objects.bulk_update(stale, ["search_text"], batch_size=200)


def locked(course: Course) -> Course:
    return Course.objects.select_for_update(of=("self",)).select_related("college").get(pk=course.pk)


@transaction.atomic
def propose_course(course: Course, *, by: Acting) -> None:
    course = locked(course)
    move(course, CourseState.PROPOSED, by=by, verb="course.propose", concerns=course.college_id)
    subject = _("講座「%(title)s」の掲載が申請されました") % {"title": course.title}
    body = _("%(college)sからの申請です。内容を確かめて、掲載するか差し戻してください。") % {"college": course.college}
    tell_officers(subject=subject, body=body, by=by, path=path_of(course))


@transaction.atomic
def list_course(course: Course, *, by: Acting) -> None:
    course = locked(course)
    refuse_deregistered(course.college, on=by.today)
    move(course, CourseState.LISTED, by=by, verb="course.publish", concerns=course.college_id, listed_on=by.today)
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
    move(course, CourseState.DRAFT, by=by, verb="course.return", concerns=course.college_id)
    record(course, "course.return_reason", by=by, concerns=course.college_id, reason=reason)
    subject = _("講座「%(title)s」が差し戻されました") % {"title": course.title}
    tell_college(course, subject=subject, body=reason, by=by, path=path_of(course))


@transaction.atomic
def withdraw_course(course: Course, *, by: Acting) -> None:
    """No new runs are shown; people already enrolled keep their seats. A change that still waited falls away."""
    course = locked(course)
    move(course, CourseState.WITHDRAWN, by=by, verb="course.withdraw", concerns=course.college_id)
    for revision in CourseRevision.objects.waiting().filter(course=course):
        end(revision, RevisionState.TAKEN_BACK, by=by, verb="revision.take_back")


def end(revision: CourseRevision, state: RevisionState, *, by: Acting, verb: str, **fields: Any) -> None:
    """A revision is decided once, by somebody, at a moment."""
    decided = {"decided_by": by.person, "decided_at": timezone.now(), **fields}
    move(revision, state, by=by, verb=verb, concerns=revision.course.college_id, **decided)


def path_of(course: Course) -> str:
    return reverse("courses:course", args=[course.pk])
