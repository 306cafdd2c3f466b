"""The rows a plan and a claim stand on: read once for one case, and for a whole list in as many queries."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from courses.models import Enrolment
from firms.queries.prepared import Prepared
from grants.facts.parties import Parties, parties_of
from grants.facts.workers import enrolments_by_place
from grants.models import Answer, GrantCase
from grants.queries.stated import Newest, newest_statements
from grants.time.learning import OnlineTraining, online_trainings
from grants.time.lessons import CountedLesson, lessons_by_run


@dataclass(frozen=True)
class Ground:
    """`online` is None for a run taught in lessons alone."""

    lessons: list[CountedLesson]
    enrolled: list[Enrolment]
    answers: dict[str, Answer]
    parties: Parties
    online: OnlineTraining | None
    stated: Newest


def ground_of(case: GrantCase, *, on: date) -> Ground:
    return grounds_of([case], on=on)[case.pk]


def grounds_of(cases: Collection[GrantCase], *, on: date) -> dict[int, Ground]:
    """By case, with `establishment__organisation`, `run__course` and `contact` of each."""
    lessons = lessons_by_run({case.run.pk for case in cases})
    enrolled = enrolments_by_place({(case.run.pk, case.establishment_id) for case in cases})
    answers, parties = answers_by_case(cases), parties_of(cases, on=on)
    online = online_trainings([case.run for case in cases], lessons=lessons)
    stated = newest_statements(cases)
    return {
        case.pk: Ground(
            lessons[case.run.pk],
            enrolled[case.run.pk, case.establishment_id],
            answers[case.pk],
            parties[case.pk],
            online.get(case.run.pk),
            stated[case.pk],
        )
        for case in cases
    }


def newest_answers(case: GrantCase) -> dict[str, Answer]:
    return answers_by_case([case])[case.pk]


def answers_by_case(cases: Collection[GrantCase]) -> dict[int, dict[str, Answer]]:
    """Answers are append-only; the one written last holds."""
    found: dict[int, dict[str, Answer]] = defaultdict(dict)
    for answer in answers_in_order(tuple(case.pk for case in cases)):
        found[answer.case_id][answer.code] = answer
    return found


@Prepared
def answers_in_order(cases: tuple[int, ...]) -> QuerySet[Answer]:
    return Answer.objects.filter(case__in=cases).select_related("answered_by", "evidence").order_by("pk")
