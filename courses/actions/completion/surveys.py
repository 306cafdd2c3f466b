"""What a trainee says after the run, once."""

from django.db import transaction

from courses.models import Enrolment, SurveyAnswer
from courses.states import EnrolmentState
from firms.acting import Acting
from firms.errors import Refused
from firms.words.saying import said as _

OVER = (EnrolmentState.COMPLETED, EnrolmentState.NOT_COMPLETED)


@transaction.atomic
def answer_survey(
    enrolment: Enrolment, *, satisfaction: int, usefulness: int, difficulty: int, comment: str, by: Acting
) -> SurveyAnswer:
    """The first answer stays. The journal keeps no entry of it: the college reads the journal, but no names of answers."""
    row = Enrolment.objects.select_for_update(of=("self",)).get(pk=enrolment.pk)
    if row.person_id != by.person.pk:
        raise Refused(_("アンケートには、受講した本人だけが答えられます。"))
    if row.state not in OVER:
        raise Refused(_("アンケートは、修了の結果が出てから答えられます。"))
    given = {"satisfaction": satisfaction, "usefulness": usefulness, "difficulty": difficulty}
    return SurveyAnswer.objects.get_or_create(enrolment=row, defaults={**given, "comment": comment.strip()})[0]
