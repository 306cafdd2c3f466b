"""A stretch somebody watched, as far as the clock allows, and the answers to a manual's questions."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from firms.acting import Acting
from firms.errors import Refused
from firms.film import stretches
from firms.models import Person
from firms.words.saying import said as _
from mentors.models import ManualAnswer, ManualVersion, Viewing


@transaction.atomic
def watch_manual(version: ManualVersion, *, start: float, end: float, at: datetime, by: Acting) -> Viewing | None:
    """No longer than the time that went by since the person's last stretch; what is longer is cut, and none is no row."""
    Person.objects.select_for_update(of=("self",)).get(pk=by.person.pk)
    last = Viewing.objects.filter(person=by.person).order_by("-pk").first()
    elapsed = (at - last.at).total_seconds() if last else stretches.MOST
    allowed = stretches.allowance(elapsed=elapsed, spare=last.spare if last else stretches.SPARE)
    end = min(end, start + allowed)
    if end - start <= 0:
        return None
    return Viewing.objects.create(
        version=version,
        person=by.person,
        organisation=by.organisation,
        starts=round(start, 1),
        ends=round(end, 1),
        spare=stretches.left_over(allowed, length=end - start),
        at=at,
    )


@transaction.atomic
def answer_questions(version: ManualVersion, answers: Mapping[int, Sequence[int]], *, by: Acting) -> ManualAnswer:
    """All questions of the version at once; right is who took the right choices and no other."""
    questions = list(version.questions.all())
    if not questions:
        raise Refused(_("このマニュアルには、確認の問題がありません。"))
    if any(not answers.get(one.pk) for one in questions):
        raise Refused(_("すべての問題に答えてから出してください。"))
    right = sum(sorted(answers[one.pk]) == right_of(one.choices) for one in questions)
    return ManualAnswer.objects.create(
        version=version,
        person=by.person,
        organisation=by.organisation,
        answers={str(one.pk): sorted(answers[one.pk]) for one in questions},
        right=right,
        of=len(questions),
    )


def right_of(choices: Sequence[Mapping[str, object]]) -> list[int]:
    return [number for number, choice in enumerate(choices) if choice["is_right"]]
