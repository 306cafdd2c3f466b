"""Gaining the items of a course with its certificate, and what a firm wants its people to know."""

from django.db import transaction

from courses.frameworks import item, label
from courses.models import Certificate, CourseSkill, EarnedSkill, SkillTarget
from firms.acting import Acting
from firms.errors import Refused
from firms.journal import record
from firms.models import Organisation
from firms.words.saying import said as _


def earn_skills(certificate: Certificate) -> int:
    """The person of a certificate gains what its course is tagged with; gained twice is gained once. Says how many."""
    enrolment = certificate.enrolment
    items = CourseSkill.objects.filter(course__runs=enrolment.run_id).values_list("item", flat=True)
    earned = [EarnedSkill(certificate=certificate, person_id=enrolment.person_id, item=key) for key in items]
    EarnedSkill.objects.bulk_create(earned, ignore_conflicts=True)
    return len(earned)


@transaction.atomic
def set_skill_target(firm: Organisation, *, key: str, people: int, by: Acting) -> None:
    """How many people of the firm should have an item; nobody takes the target away. Nothing is written twice."""
    Organisation.objects.select_for_update(of=("self",)).get(pk=firm.pk)
    held = SkillTarget.objects.filter(firm=firm, item=key)
    before = held.values_list("people", flat=True).first() or 0
    if people == before:
        return
    if people and item(key) is None:
        raise Refused(_("スキル標準にない項目です。一覧から選び直してください。"), field="item")
    if people:
        SkillTarget.objects.update_or_create(firm=firm, item=key, defaults={"people": people})
    else:
        held.delete()
    change = [before, people]
    record(firm, "skill_target.set", by=by, concerns=firm, skill=label(key), skill_target=change)
