"""The training as it stands today, in the shape a plan freezes."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from courses.models import Run
from grants.shapes import CourseFacts, LessonFacts, PlanTraining
from grants.time.learning import MINUTES_OF_HOUR, OnlineTraining, is_online, online_training
from grants.time.lessons import CountedLesson, lessons_of


def clock(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%H:%M}"


def lesson_facts(found: CountedLesson) -> LessonFacts:
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


def training_of_lessons(lessons: Sequence[CountedLesson]) -> PlanTraining:
    days = [found.lesson.on for found in lessons]
    return {
        "starts_on": min(days).isoformat() if days else None,
        "ends_on": max(days).isoformat() if days else None,
        "total_minutes": sum(found.lesson.minutes for found in lessons),
        "planned_minutes": sum(found.counted_minutes for found in lessons),
        "standard_hours": None,
        "lessons": [lesson_facts(found) for found in lessons],
        "has_lessons": bool(lessons),
        "units": None,
    }


def learned_online(found: OnlineTraining) -> PlanTraining:
    """様式第1-1号 欄13: 標準学習時間 in the place of 実訓練時間; whole hours, as the rules reckon by them."""
    return {
        "starts_on": found.first.isoformat() if found.first else None,
        "ends_on": found.last.isoformat() if found.last else None,
        "total_minutes": found.standard_minutes,
        "planned_minutes": found.standard_minutes,
        "standard_hours": found.standard_minutes // MINUTES_OF_HOUR,
        "lessons": [],
        "has_lessons": found.has_lessons,
        "units": [
            {
                "id": unit.pk,
                "versions": found.versions[unit.pk],
                "number": unit.number,
                "kind": str(unit.get_kind_display()),
                "title": unit.title,
                "minutes": unit.standard_minutes,
                "counts": True,
            }
            for unit in found.units
        ],
    }


def training_of(run: Run) -> PlanTraining:
    return learned_online(online_training(run)) if is_online(run) else training_of_lessons(lessons_of(run))


def course(run: Run) -> CourseFacts:
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
        # 受講料と教科書代: both are 経費 where the 受講案内 names them (R8.8.3 §0401ロ).
        "fee_yen": run.price_yen,
        "run_code": run.code,
        "syllabus": taught.syllabus,
    }
