"""The training as it stands today, in the shape a plan freezes."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone

from courses.models import Run
from grants.lessons import CountedLesson

Facts = dict[str, Any]


def clock(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%H:%M}"


def lesson_facts(found: CountedLesson) -> Facts:
    lesson = found.lesson
    return {
        "id": lesson.pk,
        "number": lesson.number,
        "topic": lesson.topic,
        "on": lesson.on.isoformat(),
        "starts_at": clock(lesson.starts_at),
        "ends_at": clock(lesson.ends_at),
        "breaks": [
            {"starts_at": clock(pause.starts_at), "ends_at": clock(pause.ends_at), "is_meal": pause.is_meal}
            for pause in lesson.breaks.all()
        ],
        "minutes": lesson.minutes,
        "counted_minutes": found.counted_minutes,
        "instructor": lesson.instructor.full_name if lesson.instructor else "",
        "room": lesson.room,
    }


def training(lessons: Sequence[CountedLesson]) -> Facts:
    days = [found.lesson.on for found in lessons]
    return {
        "starts_on": min(days).isoformat() if days else None,
        "ends_on": max(days).isoformat() if days else None,
        "total_minutes": sum(found.lesson.minutes for found in lessons),
        "planned_minutes": sum(found.counted_minutes for found in lessons),
        "lessons": [lesson_facts(found) for found in lessons],
    }


def course(run: Run) -> Facts:
    taught = run.course
    return {
        "title": taught.title,
        "college": taught.college.name,
        "college_representative": taught.college.representative,
        "college_address": taught.college.address,
        "college_phone": taught.college.phone,
        "method": taught.method,
        "method_label": str(taught.get_method_display()),
        "provider_page": taught.provider_page,
        "venue": run.venue,
        "venue_address": run.venue_address,
        "fee_yen": run.fee_yen,
        "run_code": run.code,
        "syllabus": taught.syllabus,
    }
