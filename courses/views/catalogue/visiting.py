"""What a visitor without a login sees of a run: when, where and at what price, but no person and no way into a room online."""

from typing import Any

from django.urls import reverse

from courses.models import Lesson, Run
from courses.views.catalogue.catalogue import address_of
from firms.queries import today as this_day


def without_people(run: Run, lessons: list[Lesson]) -> dict[str, Any]:
    today = this_day()
    return {
        "run": run,
        "course": run.course,
        "lessons": lessons,
        "total_minutes": sum(lesson.minutes for lesson in lessons),
        "is_bookable": run.is_bookable(on=today),
        "today": today,
        "canonical": address_of(reverse("courses:run", args=[run.pk])),
    }
