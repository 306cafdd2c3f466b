"""The same course once more, as a draft with a number of its own: what it says, its skill items, its units with their questions."""

from django.db import transaction
from django.utils import timezone

from courses.actions.catalogue.courses import create_course, locked
from courses.actions.elearning.units import CONTENT
from courses.models import Course, Question, Unit
from courses.queries.catalogue.differences import SKILLS, items_of
from courses.queries.elearning.units import offered_units
from firms.acting import Acting
from firms.journal import record
from firms.words.saying import said as _

# What is the course's own: its number, its name, and how far it has come.
OWN = frozenset({"id", "college", "title", "state", "listed_on", "search_text"})
LONGEST_TITLE: int = Course._meta.get_field("title").max_length or 0


@transaction.atomic
def copy_course(course: Course, *, by: Acting) -> Course:
    """Whatever the state of the one it is copied from. Runs, people and what they learned stay with that one."""
    course = locked(course)
    facts = {field.name: getattr(course, field.name) for field in Course._meta.fields if field.name not in OWN}
    facts |= {"title": free_title(course), SKILLS: items_of(course)}
    made = create_course(facts, college=course.college, by=by)
    for number, unit in enumerate(offered_units(course).prefetch_related("questions"), start=1):
        copy_unit(unit, made, number=number)
    record(made, "course.copy", by=by, concerns=course.college_id, copied_from=f"{course.code} {course}")
    return made


def free_title(course: Course) -> str:
    """現場IoT（写し）, 現場IoT（写し2）…: a college has one course of a name."""
    taken = set(Course.objects.filter(college=course.college_id).values_list("title", flat=True))
    for n in range(1, len(taken) + 2):
        ending = _("（写し%(n)s）") % {"n": "" if n == 1 else n}
        title = course.title[: LONGEST_TITLE - len(ending)] + ending
        if title not in taken:
            return title
    raise AssertionError(taken)


def copy_unit(unit: Unit, course: Course, *, number: int) -> Unit:
    """In use at once, as nobody learns from a draft. Its files are the same rows: a file is kept once, by its content."""
    content = {name: getattr(unit, name) for name in CONTENT}
    made = Unit.objects.create(course=course, kind=unit.kind, number=number, published_at=timezone.now(), **content)
    Question.objects.bulk_create(
        Question(unit=made, text=one.text, choices=one.choices, explanation=one.explanation)
        for one in unit.questions.all()
        if one.retired_at is None
    )
    return made
