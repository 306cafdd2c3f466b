"""Units of a course: drafted, published, put in order, replaced by a new version, retired; and the questions of a quiz.

What somebody learned or was promised is not rewritten. Such a unit keeps its content: where its video, captions and
chapters are found may be mended, anything else makes a new version, which takes the old one's place once published.
"""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from courses.learning.kinds import KINDS
from courses.models import Course, Question, Unit
from courses.models.elearning.learning import UnitKind
from courses.queries.elearning.units import bound_units, offered_units
from firms.acting import Acting
from firms.errors import Refused
from firms.journal import record
from firms.words.saying import said as _

# Numbers are unique within a course, so one that changes steps aside before it takes its place.
ASIDE = 10_000
CONTENT = (
    *("title", "standard_minutes", "body", "video_url", "duration_seconds", "chapters", "captions"),
    *("file", "file_name", "draw", "pass_percent", "attempts"),
)
Given = Mapping[str, Any]


@transaction.atomic
def add_unit(course: Course, kind: str, facts: Given, *, by: Acting) -> Unit:
    """A draft, which no learner sees."""
    locked(course)
    unit = written(Unit(course=course, kind=kind, number=next_number(course)), facts)
    record(unit, "unit.add", by=by, concerns=course.college_id)
    return unit


@transaction.atomic
def edit_unit(unit: Unit, facts: Given, *, by: Acting) -> Unit:
    locked(unit.course)
    unit = current(unit)
    changed = changes(unit, facts)
    if changed - KINDS[unit.kind].mendable and is_bound(unit):
        raise Refused(
            _(
                "この教材は、学習した人か、この教材で学ぶ約束の人がいるため、内容を書き換えられません。「新しい版をつくる」から直してください。"
            )
        )
    if changed:
        written(unit, facts)
        record(unit, "unit.edit", by=by, concerns=unit.course.college_id, fields=sorted(changed))
    return unit


@transaction.atomic
def make_version(unit: Unit, facts: Given, *, by: Acting) -> Unit:
    """A draft beside the old one, which stays in use until the new one is published."""
    locked(unit.course)
    old = current(unit)
    guard_version(old)
    kept = {name: getattr(old, name) for name in CONTENT}
    new = written(Unit(course=old.course, kind=old.kind, number=old.number, replaces=old, **kept), facts)
    Question.objects.bulk_create(
        Question(unit=new, text=one.text, choices=one.choices, explanation=one.explanation)
        for one in old.questions.filter(retired_at=None)
    )
    told = sorted(changes(old, facts))
    record(new, "unit.add_version", by=by, concerns=old.course.college_id, changes=told)
    return new


def guard_version(old: Unit) -> None:
    if old.is_draft:
        raise Refused(_("まだ公開していない教材です。そのまま編集してください。"))
    if Unit.objects.filter(replaces=old).exists():
        raise Refused(_("新しい版の下書きがすでにあります。下書きを直すか、捨ててからつくってください。"))


@transaction.atomic
def publish_unit(unit: Unit, *, by: Acting) -> Unit:
    """From now on runs open with it; who completed the old version is done with the new one too. Twice is once."""
    locked(unit.course)
    unit = current(unit)
    if unit.published_at:
        return unit
    guard_complete(unit)
    old = Unit.objects.filter(pk=unit.replaces_id, retired_at=None).first() if unit.replaces_id else None
    if old:
        retire(old)
    unit.number = old.number if old else next_number(unit.course)
    unit.published_at = timezone.now()
    unit.save(update_fields=["number", "published_at"])
    verb = "unit.replace" if old else "unit.publish"
    record(unit, verb, by=by, concerns=unit.course.college_id)
    return unit


def guard_complete(unit: Unit) -> None:
    """A film of our own has captions (JIS X 8341-3:2016 1.2.2); one at another address is its keeper's to caption."""
    if unit.kind == UnitKind.VIDEO and unit.file_id and not unit.captions_id:
        raise Refused(_("字幕のない動画は公開できません。先に「編集」から字幕のファイル（WebVTT）を付けてください。"))
    if unit.kind == UnitKind.QUIZ and not unit.questions.filter(retired_at=None).exists():
        raise Refused(_("問題のない確認テストは公開できません。先に「問題」から問題を書いてください。"))


@transaction.atomic
def retire_unit(unit: Unit, *, by: Acting) -> None:
    """Runs opened with it keep it, the next ones go without. A draft is thrown away. Twice is once."""
    locked(unit.course)
    fresh = Unit.objects.select_related("course").get(pk=unit.pk)
    if fresh.retired_at is None:
        if fresh.is_draft:
            fresh.replaces = None  # so that another version can be begun
        retire(fresh)
        record(fresh, "unit.retire", by=by, concerns=fresh.course.college_id)


@transaction.atomic
def move_up(unit: Unit, *, by: Acting) -> None:
    locked(unit.course)
    unit = current(unit)
    swap(unit, offered_units(unit.course).filter(number__lt=unit.number).order_by("-number").first(), by=by)


@transaction.atomic
def move_down(unit: Unit, *, by: Acting) -> None:
    locked(unit.course)
    unit = current(unit)
    swap(unit, offered_units(unit.course).filter(number__gt=unit.number).order_by("number").first(), by=by)


def swap(unit: Unit, other: Unit | None, *, by: Acting) -> None:
    """Nothing to change places with at the ends of the list; a draft finds its place when it is published."""
    if unit.is_draft:
        raise Refused(_("下書きの教材は、公開してから順番を変えてください。"))
    if other is None:
        return
    Unit.objects.filter(pk=unit.pk).update(number=ASIDE)
    Unit.objects.filter(pk=other.pk).update(number=unit.number)
    Unit.objects.filter(pk=unit.pk).update(number=other.number)
    record(unit, "unit.move", by=by, concerns=unit.course.college_id)


@transaction.atomic
def save_question(unit: Unit, facts: Given, *, by: Acting, replaces: Question | None = None) -> Question:
    """A question somebody may have been asked stays as it was asked: it is retired, and the changed one is new."""
    locked(unit.course)
    unit = current(unit)
    if replaces is None:
        guard_asked(unit, more=1)
    elif not retire_row(replaces):
        raise Refused(_("この問題はもう直されています。一覧を開き直して、いまの問題を直してください。"))
    question = Question.objects.create(unit=unit, **facts)
    verb = "question.edit" if replaces else "question.add"
    record(question, verb, by=by, concerns=unit.course.college_id)
    return question


@transaction.atomic
def retire_question(question: Question, *, by: Acting) -> None:
    locked(question.unit.course)
    fresh = Question.objects.select_related("unit__course").get(pk=question.pk)
    if fresh.retired_at is None:
        guard_last(fresh)
        guard_asked(fresh.unit, more=-1)
    if retire_row(question):
        record(question, "question.retire", by=by, concerns=question.unit.course.college_id)


def guard_last(question: Question) -> None:
    """A quiz learners have to pass never stands empty."""
    others = question.unit.questions.filter(retired_at=None).exclude(pk=question.pk)
    if question.unit.published_at and not others.exists():
        raise Refused(_("公開した確認テストには、問題が1つは要ります。先に新しい問題を書いてください。"))


def guard_asked(unit: Unit, *, more: int) -> None:
    """How many questions a test asks is part of what was promised; a question may be put right one for one."""
    held = unit.questions.filter(retired_at=None).count()
    before, after = (min(unit.draw or n, n) for n in (held, held + more))
    if unit.published_at and before != after and is_bound(unit):
        raise Refused(
            _(
                "この確認テストで学ぶ人がいるため、出す問題の数は変えられません。問題を直すときは「編集」から、数を変えるときは新しい版をつくってください。"
            )
        )


def retire_row(question: Question) -> int:
    return Question.objects.filter(pk=question.pk, retired_at=None).update(retired_at=timezone.now())


def retire(unit: Unit) -> None:
    unit.retired_at = timezone.now()
    unit.save(update_fields=["retired_at", "replaces"])


def locked(course: Course) -> Course:
    return Course.objects.select_for_update(of=("self",)).get(pk=course.pk)


def current(unit: Unit) -> Unit:
    fresh = Unit.objects.select_related("course").get(pk=unit.pk)
    if fresh.retired_at is not None:
        raise Refused(_("この教材は使われなくなっています。一覧を開き直して、いまの版を直してください。"))
    return fresh


def written(unit: Unit, facts: Given) -> Unit:
    for name, value in facts.items():
        setattr(unit, name, value)
    if unit.kind == "video" and not (unit.video_url or unit.file):
        raise Refused(_("動画のアドレスを書くか、動画のファイルを選んでください。"), field="video_url")
    if unit.kind == "file" and not unit.file:
        raise Refused(_("配布するファイルを選んでください。"), field="upload")
    unit.save()
    return unit


def changes(unit: Unit, facts: Given) -> set[str]:
    return {name for name, value in facts.items() if getattr(unit, name) != value}


def next_number(course: Course) -> int:
    return (offered_units(course).exclude(number=ASIDE).aggregate(most=Max(F("number")))["most"] or 0) + 1


def is_bound(unit: Unit) -> bool:
    """Somebody learned from it, or applied for a run that keeps it."""
    return unit.events.exists() or unit.pk in bound_units(unit.course)
