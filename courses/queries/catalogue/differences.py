"""What a change of a course comes to: each fact in words, and old and new text with their difference marked."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, cast

from django.db.models import Field

from courses import frameworks
from courses.models import Course, CourseRevision
from firms.words.differences import Piece, difference
from firms.words.saying import said as _
from firms.words.tongues import in_japanese

SKILLS = "skills"


@dataclass(frozen=True)
class DifferenceLine:
    """One fact of a revision: as it was when asked for, as it is, as it is wanted, and the difference of the last two."""

    name: str
    label: str
    then: str
    now: str
    wanted: str
    pieces: list[Piece]

    @property
    def has_moved(self) -> bool:
        return self.then != self.now

    @property
    def is_done(self) -> bool:
        return self.now == self.wanted


def items_of(course: Course) -> list[str]:
    """The keys of the skill items a saved course is tagged with."""
    return sorted(course.skills.values_list("item", flat=True)) if course.pk else []


@in_japanese
def changes_of(course: Course, facts: Mapping[str, Any]) -> dict[str, list[Any]]:
    """field → [text now, text wanted, value wanted], for what would differ."""
    held = {name: value_of(course, name) for name in facts}
    return {
        name: [in_words(name, held[name]), in_words(name, wanted), plain(wanted)]
        for name, wanted in facts.items()
        if held[name] != (sorted(wanted) if name == SKILLS else wanted)
    }


def value_of(course: Course, name: str) -> Any:
    return items_of(course) if name == SKILLS else getattr(course, name)


def plain(value: Any) -> Any:
    """As JSON keeps it."""
    return str(value) if isinstance(value, Decimal) else value


def wanted_facts(revision: CourseRevision) -> dict[str, Any]:
    """The values a revision asks for, as the course's own fields keep them."""
    values = {name: change[2] for name, change in revision.changes.items()}
    return {name: value if name == SKILLS else column(name).to_python(value) for name, value in values.items()}


def label_of(name: str) -> str:
    if name == SKILLS:
        return _("身につくスキル項目")
    return str(column(name).verbose_name)


def column(name: str) -> "Field[Any, Any]":
    return cast("Field[Any, Any]", Course._meta.get_field(name))


SAID: dict[str, Callable[[Any], str]] = {
    SKILLS: lambda keys: "\n".join(frameworks.label(key) for key in sorted(keys)),
    "hours": lambda hours: _("%s時間") % f"{float(hours):g}",
    "fee_yen": lambda yen: _("%s円") % f"{yen:,}",
    "textbook_yen": lambda yen: _("%s円") % f"{yen:,}",
    "seats": lambda people: _("%s人") % people,
    "needed_percent": lambda percent: f"{percent}%",
}


def in_words(name: str, value: Any) -> str:
    """A fact as the page says it."""
    if name in SAID:
        return SAID[name](value)
    if isinstance(value, bool):
        return _("はい") if value else _("いいえ")
    choices = dict(column(name).flatchoices or ())
    return str(choices.get(value, value))


def lines_of(revision: CourseRevision) -> list[DifferenceLine]:
    """The revision against the course as it stands, in the order of the course's fields."""
    order = [field.name for field in Course._meta.get_fields()]
    names = sorted(revision.changes, key=lambda name: order.index(name) if name in order else len(order))
    return [line_of(revision, name) for name in names]


@in_japanese
def line_of(revision: CourseRevision, name: str) -> DifferenceLine:
    then, wanted, _value = revision.changes[name]
    now = in_words(name, value_of(revision.course, name)) if revision.state == "open" else then
    return DifferenceLine(name, label_of(name), then, now, wanted, difference(now, wanted))


def fingerprint(lines: Iterable[DifferenceLine]) -> str:
    """Stands for what the officer saw; another one means that the course changed under the page."""
    seen = json.dumps([[line.name, line.now, line.wanted] for line in lines], ensure_ascii=False)
    return hashlib.sha256(seen.encode()).hexdigest()
