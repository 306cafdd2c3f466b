"""What each kind of unit is: how it is shown, what an author fills in, and when it is done.

A new kind, a SCORM package or an xAPI activity, is one entry of KINDS beside its word in UnitKind. Which statements
of such a package count as time is then said by its own `missing`, like that of every other kind.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from courses.models import LearningEvent, SandboxEvent, Unit
from courses.models.elearning.learning import EventKind, UnitKind
from firms.film import stretches
from firms.words.amounts import minutes_words
from firms.words.saying import said as _

Event = LearningEvent | SandboxEvent

# Share of the standard time that has to go by before somebody may say they have read a text or a file: fast readers
# may be twice as fast as the standard, nobody is done at once.
READING_PERCENT = 50


@dataclass(frozen=True)
class Moment:
    """When somebody wants to be done, and since when they did nothing but this unit."""

    now: datetime
    since: datetime | None


Missing = Callable[[Unit, Sequence[Event], Moment], str]


@dataclass(frozen=True)
class Behaviour:
    """`missing` says in a sentence what is still to be done, or nothing. `mendable` fields may change after somebody
    learned: they say where the same content is found, not what it is. `is_timed`: the time spent has to be known."""

    template: str
    icon: str
    fields: tuple[str, ...]
    missing: Missing
    is_timed: bool = False
    mendable: frozenset[str] = frozenset()


def video_missing(unit: Unit, events: Sequence[Event], moment: Moment) -> str:
    seen = watched(events)
    if stretches.is_enough(seen, duration=unit.duration_seconds):
        return ""
    percent = stretches.percent(seen, duration=unit.duration_seconds)
    return _("動画はまだ%(percent)s%%です。最後まで見ると終わります。") % {"percent": percent}


def text_missing(unit: Unit, events: Sequence[Event], moment: Moment) -> str:
    return too_soon(unit, moment)


def file_missing(unit: Unit, events: Sequence[Event], moment: Moment) -> str:
    if not any(event.kind == EventKind.FETCHED for event in events):
        return _("資料をまだ受け取っていません。先に資料を受け取ってください。")
    return too_soon(unit, moment)


def quiz_missing(unit: Unit, events: Sequence[Event], moment: Moment) -> str:
    if any(event.kind == EventKind.QUIZ_ANSWERED and event.data["has_passed"] for event in events):
        return ""
    return _("合格点は%(percent)s%%です。合格すると終わります。") % {"percent": unit.pass_percent}


def too_soon(unit: Unit, moment: Moment) -> str:
    """Time at this unit alone counts: whatever the person does elsewhere starts it anew."""
    if moment.since is None:
        return _("まだ始めていません。「学習を始める」を押してください。")
    left = reading_time(unit) - (moment.now - moment.since)
    if left <= timedelta(0):
        return ""
    return _("読み終えるには早すぎます。あと%(minutes)sほど読んでから押してください。") % {
        "minutes": minutes_words(ceil(left.total_seconds() / 60))
    }


def reading_time(unit: Unit) -> timedelta:
    return timedelta(minutes=unit.standard_minutes) * READING_PERCENT / 100


def watched(events: Sequence[Event]) -> list[stretches.Stretch]:
    return [(event.data["from"], event.data["to"]) for event in events if event.kind == EventKind.WATCHED]


COMMON = ("title", "standard_minutes", "body")
KINDS: dict[str, Behaviour] = {
    UnitKind.VIDEO: Behaviour(
        template="courses/elearning/learn_video.html",
        icon="play",
        fields=(*COMMON, "video_url", "duration_seconds", "chapters"),
        missing=video_missing,
        mendable=frozenset({"video_url", "file", "file_name", "captions", "chapters"}),
    ),
    UnitKind.TEXT: Behaviour(
        template="courses/elearning/learn_text.html", icon="book", fields=COMMON, missing=text_missing, is_timed=True
    ),
    UnitKind.FILE: Behaviour(
        template="courses/elearning/learn_file.html", icon="file", fields=COMMON, missing=file_missing, is_timed=True
    ),
    UnitKind.QUIZ: Behaviour(
        template="courses/elearning/learn_quiz.html",
        icon="edit",
        fields=(*COMMON, "draw", "pass_percent", "attempts"),
        missing=quiz_missing,
    ),
}
