"""What a deregistration touches, named before it is done: what must be settled first, what ends with it, what stays."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from courses.queries.seats.closing import (
    courses_shown,
    quotas_reaching,
    runs_begun,
    runs_reaching,
    seats_begun,
    seats_reaching,
)
from firms.actions.deregistering import invitations_left, mandates_left
from firms.models import Organisation
from firms.words.saying import said as _
from grants.actions.closing import cases_to_drop, cases_with_the_office
from grants.models import GrantCase
from lms.deregistering import siblings
from lms.deregistering.items import TouchedItem, counted


@dataclass(frozen=True)
class Touched:
    unsettled: list[TouchedItem]
    ending: list[TouchedItem]
    staying: list[TouchedItem]


def touched(organisation: Organisation, day: date) -> Touched:
    return Touched(
        unsettled=list(unsettled(organisation, day)),
        ending=list(ending(organisation, day)),
        staying=list(staying(organisation, day)),
    )


def unsettled(organisation: Organisation, day: date) -> Iterator[TouchedItem]:
    """Nobody but those concerned can end these: what was taught is not unmade, and a claim lies with the labour office."""
    for run in runs_begun(organisation, day):
        yield TouchedItem(str(run), _("抹消の日より前に始まり、その日以後に続きます"))
    yield from map(of_case, cases_with_the_office(organisation))
    yield from siblings.unsettled(organisation)


def ending(organisation: Organisation, day: date) -> Iterator[TouchedItem]:
    lasting = organisation.memberships.filter(Q(ended_on=None) | Q(ended_on__gt=day)).count()
    if lasting:
        yield TouchedItem(_("所属"), _("%(n)s人") % {"n": lasting})
    if n := invitations_left(organisation).count():
        yield TouchedItem(_("招待中のリンク"), _("%(n)s件") % {"n": n})
    for mandate in mandates_left(organisation):
        other = mandate.firm if mandate.office_id == organisation.pk else mandate.office
        yield TouchedItem(_("委任: %(other)s") % {"other": other}, str(mandate.get_state_display()))
    yield from map(of_case, cases_to_drop(organisation))
    yield from counted((one.run for one in seats_reaching(organisation, day)), _("受講 %(n)s人"))
    for quota in quotas_reaching(organisation):
        yield TouchedItem(str(quota.run), _("氏名が未定の席 %(n)s席") % {"n": quota.unnamed})
    for run in runs_reaching(organisation, day).exclude(pk__in=runs_begun(organisation, day).values("pk")):
        yield TouchedItem(str(run), _("開講（%(state)s）") % {"state": run.state_word or run.get_state_display()})
    for course in courses_shown(organisation):
        yield TouchedItem(course.title, _("講座（%(state)s）") % {"state": course.get_state_display()})
    yield from siblings.ending(organisation, day)


def staying(organisation: Organisation, day: date) -> Iterator[TouchedItem]:
    begun = (one.run for one in seats_begun(organisation, day))
    yield from counted(begun, _("%(n)s人（始まっているため連携校が修了を判定）"))
    yield from siblings.staying(organisation, day)


def of_case(case: GrantCase) -> TouchedItem:
    return TouchedItem(_("助成金案件 %(number)s") % {"number": case.number}, str(case.get_state_display()))
