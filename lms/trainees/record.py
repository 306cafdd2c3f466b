"""What one employee has learned through the firm: courses with their hours, certificates, skills, and the trial they came by."""

from dataclasses import dataclass
from datetime import date

from courses import frameworks
from courses.frameworks import Item
from courses.models import Certificate, EarnedSkill
from courses.queries.completion.skills import in_order
from firms.models import Employment
from lms.trainees.following import LESSONS, Trainee, trainees_of
from trials.models import Placement


@dataclass(frozen=True)
class TrainingRecord:
    """Nothing somebody learned on their own or through another firm: that is theirs to tell."""

    courses: list[Trainee]
    certificates: list[Certificate]
    skills: list[Item]
    placements: list[Placement]

    @property
    def is_empty(self) -> bool:
        return not (self.courses or self.certificates or self.placements)


def record_of(employment: Employment, *, on: date) -> TrainingRecord:
    """Of the person at the firm of this employment, under whichever terms."""
    firm, person = employment.establishment.organisation_id, employment.person_id
    sent = employment.person.enrolments.accepted().filter(employment__establishment__organisation=firm)
    rows = sent.select_related("person", "employment", "run__course__college").prefetch_related(LESSONS)
    held = Certificate.objects.valid().filter(
        enrolment__person=person, enrolment__employment__establishment__organisation=firm
    )
    earned = EarnedSkill.objects.filter(certificate__in=held.order_by().values("pk")).values_list("item", flat=True)
    # By which they were hired: of anything before a contract the host may not know who it is.
    came = Placement.objects.filter(person=person, employment__establishment__organisation=firm).order_by("-pk")
    return TrainingRecord(
        courses=trainees_of(rows.order_by("-pk"), on=on),
        certificates=list(held.select_related("enrolment__run__course").order_by("-issued_on", "-pk")),
        skills=[frameworks.shown(key) for key in in_order(set(earned))],
        placements=list(came.with_sides()),
    )
