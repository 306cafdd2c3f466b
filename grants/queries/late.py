"""Records of attendance and learning that came after a claim was frozen: where to look, before anything is reckoned."""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from courses.models import AttendanceMark, LearningEvent
from grants.models import Claim, GrantCase
from grants.states import AFTER_FREEZE


def is_recorded_after(case: GrantCase, moment: datetime) -> bool:
    """Whether minutes of the case's own people were written since."""
    own = {"enrolment__run": case.run_id, "enrolment__employment__establishment": case.establishment_id}
    return AttendanceMark.objects.filter(**own, recorded_at__gt=moment).exists()


def cases_with_late_records() -> QuerySet[GrantCase]:
    """Those with minutes or learning of their own people recorded after the newest claim was frozen."""
    own = {"enrolment__employment__establishment": OuterRef("establishment"), "enrolment__run": OuterRef("run")}
    marks = AttendanceMark.objects.filter(**own, recorded_at__gt=OuterRef("frozen_at"))
    events = LearningEvent.objects.filter(**own, at__gt=OuterRef("frozen_at"))
    newest = Claim.objects.filter(case=OuterRef("pk")).order_by("-number").values("frozen_at")[:1]
    found = GrantCase.objects.trainings().filter(state__in=AFTER_FREEZE).annotate(frozen_at=Subquery(newest))
    return found.filter(Exists(marks) | Exists(events))
