"""A listed course in the words of schema.org, for search engines: Course and its CourseInstances."""

import json
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from courses.models import Course, Run
from courses.models.catalogue.courses import Method
from courses.states import RunState

MODES = {
    Method.CLASS: "onsite",
    Method.LIVE_ONLINE: "online",
    Method.E_LEARNING: "online",
    Method.CORRESPONDENCE: "correspondence",
}
# Inside a <script> these could end it or begin a comment, whatever a college writes.
ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def data_block(facts: dict[str, Any]) -> SafeString:
    """JSON that may stand inside <script type="application/ld+json">."""
    text = json.dumps(facts, ensure_ascii=False)
    for sign, escape in ESCAPES.items():
        text = text.replace(sign, escape)
    return mark_safe(text)  # noqa: S308 - every sign that could leave the script is escaped above


def structured(course: Course, runs: Sequence[Run]) -> dict[str, Any]:
    """`runs` were read with their dates and seats; what is cancelled or has no day yet is left out."""
    return {
        "@context": "https://schema.org",
        "@type": "Course",
        "name": course.title,
        "description": course.summary,
        "url": address("courses:course", course.pk),
        "provider": {"@type": "Organization", "name": course.college.name},
        "educationalLevel": course.get_level_display(),
        "about": course.get_field_display(),
        "inLanguage": "ja" if course.language == "日本語" else course.language,
        **written(teaches=course.goals, coursePrerequisites=course.prerequisites, audience=audience(course)),
        "offers": {"@type": "Offer", "category": "Paid", "price": course.price_yen, "priceCurrency": "JPY"},
        "hasCourseInstance": [instance(course, run) for run in runs if is_told(run)],
    }


def address(name: str, pk: int) -> str:
    return f"{settings.SITE_URL}{reverse(name, args=[pk])}"


def written(**parts: Any) -> dict[str, Any]:
    return {name: part for name, part in parts.items() if part}


def audience(course: Course) -> dict[str, str] | None:
    return {"@type": "Audience", "audienceType": course.audience} if course.audience else None


def is_told(run: Any) -> bool:
    return run.state == RunState.OPEN and bool(run.first_at or run.learn_from)


def instance(course: Course, run: Any) -> dict[str, Any]:
    is_full = run.free == 0
    return {
        "@type": "CourseInstance",
        "name": run.code,
        "url": address("courses:run", run.pk),
        "courseMode": MODES[Method(course.method)],
        "courseWorkload": f"PT{float(course.hours):g}H",
        **days(run),
        **written(location=place(run)),
        "maximumAttendeeCapacity": run.seats,
        "remainingAttendeeCapacity": run.free,
        "offers": {
            "@type": "Offer",
            "category": "Paid",
            "price": run.price_yen,
            "priceCurrency": "JPY",
            "validThrough": run.apply_until.isoformat(),
            "availability": f"https://schema.org/{'SoldOut' if is_full else 'InStock'}",
        },
    }


def days(run: Any) -> dict[str, str]:
    if run.first_at is None:
        return {"startDate": run.learn_from.isoformat(), "endDate": run.learn_until.isoformat()}
    return {
        "startDate": timezone.localtime(run.first_at).isoformat(),
        "endDate": timezone.localtime(run.last_at).isoformat(),
    }


def place(run: Run) -> dict[str, str] | None:
    """The room a class meets in; an online class has none, and its link is for those who have a seat."""
    if not run.venue_address:
        return None
    return {"@type": "Place", "name": run.venue, "address": run.venue_address}
