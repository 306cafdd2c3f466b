"""A change to a listed course: asked for by the college, then accepted, returned or taken back. The course stays as it is until then."""

from typing import Any

from django.db import transaction
from django.urls import reverse

from courses.actions.catalogue.courses import apply, end, locked
from courses.actions.telling import tell_college
from courses.actions.telling_ward import tell_officers
from courses.models import Course, CourseRevision
from courses.queries.catalogue.differences import changes_of, fingerprint, lines_of, wanted_facts
from courses.states import CourseState, RevisionState
from firms.acting import Acting
from firms.errors import Refused
from firms.journal import record
from firms.words.saying import said as _


@transaction.atomic
def propose_revision(course: Course, facts: dict[str, Any], *, by: Acting) -> CourseRevision:
    """One change waits at a time; asking for the same twice is asking once."""
    course = locked(course)
    changes = changes_of(course, facts)
    waiting = CourseRevision.objects.waiting().filter(course=course).first()
    if waiting and waiting.changes == changes:
        return waiting
    guard_proposal(course, changes, waiting=waiting)
    revision = CourseRevision.objects.create(course=course, changes=changes, proposed_by=by.person)
    record(revision, "revision.propose", by=by, concerns=course.college_id, to_state=RevisionState.OPEN)
    subject = _("講座「%(title)s」の変更が申請されました") % {"title": course.title}
    body = _("%(college)sからの申請です。変わるところを確かめて答えてください。") % {"college": course.college}
    tell_officers(subject=subject, body=body, by=by, path=path_of(revision))
    return revision


def guard_proposal(course: Course, changes: dict[str, Any], *, waiting: CourseRevision | None) -> None:
    if course.state != CourseState.LISTED:
        raise Refused(_("掲載中の講座ではなくなりました。講座のページを開き直してください。"))
    if waiting:
        raise Refused(_("確認を待つ変更の申請がすでにあります。取り下げてから、もう一度申請してください。"))
    if not changes:
        raise Refused(_("変わったところがありません。直してから申請してください。"))


@transaction.atomic
def accept_revision(revision: CourseRevision, *, seen: str, by: Acting) -> None:
    """`seen` is the fingerprint of the difference on the officer's page. Accepting twice is accepting once."""
    revision = fresh(revision)
    if revision.state == RevisionState.ACCEPTED:
        return
    guard_open(revision)
    if fingerprint(lines_of(revision)) != seen:
        raise Refused(_("この画面を開いたあとに、講座の内容が変わりました。変わるところをもう一度確かめてください。"))
    facts = wanted_facts(revision)
    told = {name: [before, after] for name, (before, after, _value) in changes_of(revision.course, facts).items()}
    apply(revision.course, facts)
    record(revision.course, "course.edit", by=by, concerns=revision.course.college_id, changes=told)
    end(revision, RevisionState.ACCEPTED, by=by, verb="revision.accept")
    subject = _("講座「%(title)s」の変更が反映されました") % {"title": revision.course.title}
    tell_college(
        revision.course, subject=subject, body=_("掲載中の内容が新しくなりました。"), by=by, path=path_of(revision)
    )


@transaction.atomic
def return_revision(revision: CourseRevision, *, reason: str, by: Acting) -> None:
    """The course stays as it is; the college reads why."""
    revision = fresh(revision)
    if not reason.strip():
        raise Refused(_("差戻しの理由を書いてください。連携校はこの文を読んで直します。"), field="reason")
    guard_open(revision)
    end(revision, RevisionState.RETURNED, by=by, verb="revision.return", reason=reason)
    subject = _("講座「%(title)s」の変更は差し戻されました") % {"title": revision.course.title}
    tell_college(revision.course, subject=subject, body=reason, by=by, path=path_of(revision))


@transaction.atomic
def take_back_revision(revision: CourseRevision, *, by: Acting) -> None:
    """Taking back twice is taking back once."""
    revision = fresh(revision)
    if revision.state == RevisionState.TAKEN_BACK:
        return
    guard_open(revision)
    end(revision, RevisionState.TAKEN_BACK, by=by, verb="revision.take_back")


def fresh(revision: CourseRevision) -> CourseRevision:
    """The row under the lock of its course, which every change of either takes first."""
    course = locked(revision.course)
    revision = CourseRevision.objects.get(pk=revision.pk)
    revision.course = course
    return revision


def guard_open(revision: CourseRevision) -> None:
    if revision.state != RevisionState.OPEN:
        raise Refused(
            _("この申請はもう「%(state)s」になっています。画面を開き直してください。")
            % {"state": revision.get_state_display()}
        )


def path_of(revision: CourseRevision) -> str:
    return reverse("courses:revision", args=[revision.pk])
