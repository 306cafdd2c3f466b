"""The trainee's own word on a record: it is right, or what is wrong with it."""

from django.db import transaction
from django.urls import reverse

from courses.models import AttendanceMark, Enrolment, MarkConfirmation
from courses.queries import coordinators_of
from courses.queries.attendance.hours import marks_to_confirm
from firms.acting import Acting
from firms.errors import Refused
from firms.journal import one_act, record
from firms.models import Person
from firms.post.notify import notify
from firms.words.amounts import minutes_words
from firms.words.saying import said as _


@transaction.atomic
def confirm_mark(mark: AttendanceMark, *, agrees: bool, comment: str, by: Acting) -> MarkConfirmation:
    """Once for each record; the same word again is once, a word on a record that was corrected meanwhile is refused."""
    Enrolment.objects.select_for_update(of=("self",)).get(pk=mark.enrolment_id)
    if given := MarkConfirmation.objects.filter(mark=mark).first():
        if given.agrees == agrees:
            return given
        raise Refused(_("この記録にはもう返事をしています。変えたいときは連携校に伝えてください。"))
    if not AttendanceMark.objects.current().filter(pk=mark.pk).exists():
        raise Refused(_("この記録は先ほど直されました。新しい記録を見て、もう一度返事をしてください。"))
    comment = comment.strip()
    if not agrees and not comment:
        raise Refused(_("どこが違うかを書いてください。例: 10時ではなく9時50分に入室しました。"), field="comment")
    given = MarkConfirmation.objects.create(
        mark=mark, agrees=agrees, comment="" if agrees else comment, confirmed_by=by.person
    )
    note(mark, given, by=by)
    return given


@transaction.atomic
@one_act()
def confirm_all(enrolment: Enrolment, *, by: Acting) -> int:
    """Every record of one run that still waits is right; answers with how many there were."""
    waiting = marks_to_confirm(by.person).filter(enrolment=enrolment)
    marks = list(waiting.select_related("lesson", "enrolment__person", "enrolment__run__course"))
    for mark in marks:
        confirm_mark(mark, agrees=True, comment="", by=by)
    return len(marks)


def note(mark: AttendanceMark, given: MarkConfirmation, *, by: Acting) -> None:
    college = mark.enrolment.run.course.college_id
    verb = "hours.confirm" if given.agrees else "hours.dispute"
    record(mark, verb, by=by, concerns=college, **({"reason": given.comment} if given.comment else {}))
    if not given.agrees:
        tell_college(mark, given, by=by)


def tell_college(mark: AttendanceMark, given: MarkConfirmation, *, by: Acting) -> None:
    """The instructor of the lesson and the college's coordinators, each once."""
    lesson, college = mark.lesson, mark.enrolment.run.course.college
    people: dict[int, Person] = {person.pk: person for person in coordinators_of(college.pk, on=by.today)}
    if lesson.instructor:
        people[lesson.instructor.pk] = lesson.instructor
    subject = _("受講時間が違うとの申し出: %(name)sさん") % {"name": mark.enrolment.person.full_name}
    body = _(
        "%(course)s %(lesson)s（%(minutes)s）\n本人の言葉: %(words)s\n出席簿で確かめ、違うときは理由を付けて訂正してください。"
    ) % {
        "course": mark.enrolment.run.course.title,
        "lesson": lesson,
        "minutes": minutes_words(mark.minutes),
        "words": given.comment,
    }
    path = reverse("courses:roster", args=[lesson.pk])
    for person in people.values():
        notify(person, subject=subject, body=body, path=path, organisation=college)
