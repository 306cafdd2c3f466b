"""Completion: which requirements of its course each person of a run meets, and what is missing to know it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any

from django.db.models import Count, Max, Q

from courses.minutes import needed_minutes
from courses.models import (
    Certificate,
    Enrolment,
    InstructorWord,
    Lesson,
    Run,
)
from courses.models.catalogue.runs import RunQuerySet
from courses.models.elearning.learning import UnitKind
from courses.models.seats.enrolments import EnrolmentQuerySet
from courses.queries.attendance.attendance import lessons_of, minutes_marked
from courses.queries.elearning.learning import Gate, Progress, gates, progress_of
from courses.states import EnrolmentState, RunState
from courses.terms import Terms
from firms.words.amounts import minutes_words
from firms.words.saying import said as _


class RequirementState(StrEnum):
    MET = "met"
    UNMET = "unmet"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Requirement:
    """One thing a course asks for, whether a person has it, and why we say so."""

    label: str
    standing: RequirementState
    because: str


@dataclass(frozen=True)
class Learned:
    """What one person did in a run, as the rules of completion look at it.

    `unmarked` are the scheduled minutes of lessons nobody marked yet; `left` are the units and quizzes not done.
    `is_online`: a run without lessons, whose minutes are the 標準学習時間 of its units.
    """

    attended: int
    planned: int
    unmarked: int = 0
    is_online: bool = False
    unit_count: int = 0
    units_left: tuple[str, ...] = ()
    quiz_count: int = 0
    quizzes_left: tuple[str, ...] = ()
    can_still_learn: bool = False
    word: InstructorWord | None = None


def completion_of(terms: Terms, learned: Learned) -> list[Requirement]:
    """What the terms ask for, in the order of the page; integers alone, no clock."""
    asked = []
    if terms.needed_percent and learned.planned:
        asked.append(hours_requirement(learned, percent=terms.needed_percent))
    if terms.needs_units and learned.unit_count:
        asked.append(units_requirement(learned))
    if terms.needs_quiz and learned.quiz_count:
        asked.append(quiz_requirement(learned))
    if terms.needs_word:
        asked.append(word_requirement(learned.word))
    return asked


def hours_requirement(learned: Learned, *, percent: int) -> Requirement:
    needed = needed_minutes(learned.planned, percent)
    told = {
        "attended": minutes_words(learned.attended),
        "needed": minutes_words(needed),
        "planned": minutes_words(learned.planned),
        "percent": percent,
        "lacking": minutes_words(max(needed - learned.attended, 0)),
    }
    if learned.attended >= needed:
        standing, because = RequirementState.MET, _("%(attended)s（要る時間は%(planned)sの%(percent)s%%で%(needed)s）")
    elif learned.attended + learned.unmarked >= needed:
        standing = RequirementState.UNKNOWN
        because = _("いま%(attended)s。あと%(lacking)sで%(needed)s（%(planned)sの%(percent)s%%）")
    else:
        standing = RequirementState.UNMET
        because = _("%(attended)s。%(needed)s（%(planned)sの%(percent)s%%）に%(lacking)s足りません")
    return Requirement(_("学習時間") if learned.is_online else _("出席時間"), standing, because % told)


def units_requirement(learned: Learned) -> Requirement:
    label, told = _("教材"), {"done": learned.unit_count - len(learned.units_left), "count": learned.unit_count}
    if not learned.units_left:
        return Requirement(label, RequirementState.MET, _("%(count)s個すべてを終えました") % told)
    because = _("%(count)s個のうち%(done)s個。残り: %(left)s") % {**told, "left": listed(learned.units_left)}
    return Requirement(label, unfinished(learned), because)


def quiz_requirement(learned: Learned) -> Requirement:
    label, told = _("確認テスト"), {"count": learned.quiz_count, "left": listed(learned.quizzes_left)}
    if not learned.quizzes_left:
        return Requirement(label, RequirementState.MET, _("%(count)s個すべてに合格しました") % told)
    return Requirement(label, unfinished(learned), _("合格していないテスト: %(left)s") % told)


def unfinished(learned: Learned) -> RequirementState:
    return RequirementState.UNKNOWN if learned.can_still_learn else RequirementState.UNMET


def word_requirement(word: InstructorWord | None) -> Requirement:
    label = _("講師の判定")
    if word is None:
        return Requirement(label, RequirementState.UNKNOWN, _("講師の判定がまだありません"))
    said = _("合格") if word.has_passed else _("不合格")
    because = _("%(said)s: %(comment)s") % {"said": said, "comment": word.comment} if word.comment else said
    return Requirement(label, RequirementState.MET if word.has_passed else RequirementState.UNMET, because)


def listed(titles: tuple[str, ...], *, most: int = 3) -> str:
    shown = "、".join(f"「{title}」" for title in titles[:most])
    more = len(titles) - most
    return shown if more <= 0 else _("%(shown)sほか%(more)s個") % {"shown": shown, "more": more}


@dataclass(frozen=True)
class Completion:
    """Where one person of a run stands: each requirement, what keeps us from deciding, and what was decided."""

    enrolment: Enrolment
    requirements: list[Requirement]
    learned: Learned
    unmarked: list[Lesson]
    certificate: Certificate | None

    @property
    def standing(self) -> RequirementState:
        standings = {requirement.standing for requirement in self.requirements}
        if RequirementState.UNMET in standings:
            return RequirementState.UNMET
        return RequirementState.UNKNOWN if RequirementState.UNKNOWN in standings else RequirementState.MET

    @property
    def is_decidable(self) -> bool:
        """Every lesson is marked, and no answer is missing that could still change the outcome."""
        return not self.unmarked and self.standing != RequirementState.UNKNOWN

    @property
    def outcome(self) -> EnrolmentState:
        return EnrolmentState.COMPLETED if self.standing == RequirementState.MET else EnrolmentState.NOT_COMPLETED

    @property
    def is_decided(self) -> bool:
        return self.enrolment.state != EnrolmentState.ACCEPTED

    @property
    def is_overtaken(self) -> bool:
        """Decided, yet what is recorded by now says otherwise."""
        return self.is_decided and self.is_decidable and self.enrolment.state != self.outcome

    @property
    def prints_other_minutes(self) -> bool:
        """A late or corrected mark left the outcome as it is, but not the minutes on the certificate."""
        held = self.certificate
        return held is not None and held.is_valid and held.lifted["attended_minutes"] != self.learned.attended


def seated_in(run: Run | int) -> EnrolmentQuerySet:
    """Everybody with a seat in the run, by kana."""
    people = (
        Enrolment.objects.accepted().filter(run=run).select_related("person", "employment__establishment__organisation")
    )
    return people.order_by("person__family_kana", "person__given_kana", "pk")


def runs_to_decide(college_id: int, *, on: date) -> RunQuerySet:
    """Runs of a college whose last day has come and whose people have no result yet; `undecided` says how many."""
    over = Run.objects.filter(course__college=college_id, state=RunState.OPEN).annotate(ends_at=Max("lessons__ends_at"))
    waiting = over.filter(Q(ends_at__date__lte=on) | Q(ends_at=None, learn_until__lt=on))
    undecided = Count("enrolments", filter=Q(enrolments__state=EnrolmentState.ACCEPTED), distinct=True)
    return (
        waiting.annotate(undecided=undecided).filter(undecided__gt=0).select_related("course").order_by("ends_at", "pk")
    )


def completions_of(run: Run, enrolments: Collection[Enrolment], *, on: date) -> list[Completion]:
    """The table person × requirement of one run, in the same number of queries however many people there are."""
    lessons, held = lessons_of(run), list(enrolments)
    scheduled = {lesson.pk: lesson.minutes for lesson in lessons}
    marks = minutes_marked(held)
    learnings = learning_of(held, is_online=not lessons, on=on)
    words = newest_words(held) if any(one.terms.needs_word for one in held) else {}
    certificates = newest_certificates(held)
    requirements = cache(completion_of)  # of a large class most stand alike
    rows = []
    for one in held:
        one.run = run  # so that nobody reads it again for each of them
        marked = marks.get(one.pk, {})
        unmarked = [lesson for lesson in lessons if lesson.pk not in marked]
        in_the_room = {
            "attended": sum(minutes for lesson, minutes in marked.items() if lesson in scheduled),
            "planned": sum(scheduled.values()),
            "unmarked": sum(scheduled[lesson.pk] for lesson in unmarked),
        }
        learned = Learned(**{**in_the_room, **learnings.get(one.pk, {})}, word=words.get(one.pk))
        rows.append(Completion(one, requirements(one.terms, learned), learned, unmarked, certificates.get(one.pk)))
    return rows


def learning_of(enrolments: list[Enrolment], *, is_online: bool, on: date) -> dict[int, dict[str, Any]]:
    """How far everybody is with the units, by enrolment; nothing where nobody's terms ask for it."""
    if not (is_online or any(one.terms.needs_units or one.terms.needs_quiz for one in enrolments)):
        return {}
    gates_of, found = gates(enrolments, on=on), progress_of(enrolments)
    learnings = {one.pk: units_of(found[one.pk], gates_of[one.pk]) for one in enrolments}
    if not is_online:
        return learnings
    return {pk: {**told, **online_minutes(found[pk], told["can_still_learn"])} for pk, told in learnings.items()}


def online_minutes(progress: Progress, can_still_learn: bool) -> dict[str, Any]:
    left = progress.minutes_total - progress.minutes_done
    return {
        "is_online": True,
        "attended": progress.minutes_done,
        "planned": progress.minutes_total,
        "unmarked": left if can_still_learn else 0,
    }


def units_of(progress: Progress, gate: Gate) -> dict[str, Any]:
    quizzes = [one for one in progress.units if one.unit.kind == UnitKind.QUIZ]
    return {
        "unit_count": progress.total,
        "units_left": tuple(one.unit.title for one in progress.units if not one.is_done),
        "quiz_count": len(quizzes),
        "quizzes_left": tuple(one.unit.title for one in quizzes if not one.is_done),
        "can_still_learn": not gate.is_over and not gate.closed,
    }


def newest_words(enrolments: Collection[Enrolment]) -> dict[int, InstructorWord]:
    """The word that speaks, by enrolment: the last one given. One query."""
    words = InstructorWord.objects.filter(enrolment__in=list(enrolments)).select_related("given_by").order_by("pk")
    return {word.enrolment_id: word for word in words}


def newest_certificates(enrolments: Collection[Enrolment]) -> dict[int, Certificate]:
    """The last certificate of each, revoked or not. One query."""
    given = Certificate.objects.filter(enrolment__in=list(enrolments)).select_related("revocation").order_by("pk")
    return {certificate.enrolment_id: certificate for certificate in given}
