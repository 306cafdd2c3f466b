"""Fills the slot of trials/: runs of e-learning that cost nothing may be given to somebody before their trial."""

from datetime import date

from django.db.models import Exists, OuterRef

from courses.actions.seats.assigning import seat_person
from courses.models import Lesson, Run, Unit
from courses.models.catalogue.runs import Selection
from firms.acting import Acting
from firms.errors import Refused
from firms.models import Person
from firms.words.days import day_words
from firms.words.saying import said as _
from trials.learning import Learning, Source

KEY = "run-"


def offered(on: date) -> list[Learning]:
    """Of e-learning alone, open to everybody on that day, with a seat left."""
    runs = (
        Run.objects.bookable(on=on)
        .with_seats()
        .select_related("course")
        .filter(
            Exists(Unit.objects.filter(course=OuterRef("course"))), ~Exists(Lesson.objects.filter(run=OuterRef("pk")))
        )
        .filter(fee_yen=0, course__textbook_yen=0, selection=Selection.FIRST_COME, learn_until__gte=on)
        .order_by("course__title", "learn_until", "pk")
    )
    return [Learning(f"{KEY}{run.pk}", run.course.title, days_of(run)) for run in runs if run.free]


def days_of(run: Run) -> str:
    assert run.learn_from is not None
    assert run.learn_until is not None
    return _("%(first)s〜%(last)s") % {"first": day_words(run.learn_from), "last": day_words(run.learn_until)}


def give(key: str, person: Person, by: Acting) -> None:
    run = Run.objects.filter(pk=key.removeprefix(KEY)).first()
    if run is None:
        raise Refused(_("この講座はいま割り当てられません。一覧から選び直してください。"))
    seat_person(run, person, by=by)


SOURCE = Source(offered, give)
