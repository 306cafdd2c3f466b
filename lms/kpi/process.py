"""Rows of time: how long from need to help, and what was handed in by its day."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Min
from django.utils import timezone

from firms.rules.calendar import fiscal_year
from firms.words.saying import said as _
from lms.kpi.definitions import definition
from lms.kpi.frames import frame, placed
from mentors.models import MentoringRequest, SessionLog, Subsidy
from trials.models import Answer, Intent, Placement, Round
from trials.queries.numbers import is_in_time, is_said_in_time

if TYPE_CHECKING:
    from pandas import DataFrame

Waited = tuple[int, int | None, str, int]
Handed = tuple[int, int | None, str, bool]
HOST = "posting__establishment__organisation"


def day_of(moment: datetime) -> date:
    return timezone.localdate(moment)


def waits(year: int, ward_id: int, known: "DataFrame") -> "DataFrame":
    """One row a help that began that year, with the days since it was asked for."""
    told = [*mentored(year, ward_id), *placed_in_work(year, ward_id), *decided(year, ward_id)]
    rows = frame(told, ("who", "firm", "programme", "days"))
    rows["helped"] = True
    return placed(rows, known)


def mentored(year: int, ward_id: int) -> Iterator[Waited]:
    asked = MentoringRequest.objects.filter(ward=ward_id).order_by().annotate(first=Min("sessions__logs__starts_at"))
    for host, at, first in asked.filter(first__isnull=False).values_list("host", "asked_at", "first"):
        if fiscal_year(day_of(first)) == year:
            yield host, host, _("マイスターの派遣"), (day_of(first) - day_of(at)).days


def placed_in_work(year: int, ward_id: int) -> Iterator[Waited]:
    first, last = date(year, 4, 1), date(year + 1, 3, 31)
    begun = Placement.objects.filter(
        seeker__round__ward=ward_id, before=None, started_on__range=(first, last)
    ).order_by()
    for person, firm, at, started in begun.values_list("person", HOST, "registered_at", "started_on"):
        yield person, firm, _("トライアル就労"), (started - day_of(at)).days


def decided(year: int, ward_id: int) -> Iterator[Waited]:
    first, last = date(year, 4, 1), date(year + 1, 3, 31)
    found = Subsidy.objects.filter(ward=ward_id, decided_on__range=(first, last), applied_at__isnull=False).order_by()
    for firm, at, on in found.values_list("firm", "applied_at", "decided_on"):
        assert at
        assert on
        yield firm, firm, _("区の助成"), (on - day_of(at)).days


def handed_in(year: int, ward_id: int, known: "DataFrame") -> "DataFrame":
    """One row a thing handed in that year, and whether its day was kept."""
    told = [*answers(year, ward_id), *intents(year, ward_id), *logs(year, ward_id)]
    rows = frame(told, ("who", "firm", "programme", "kept"))
    rows["handed_in"] = True
    rows["kept"] = rows["kept"].astype(bool)
    return placed(rows, known)


def within(moments: Iterable[tuple[datetime, Handed]], year: int) -> Iterator[Handed]:
    return (told for at, told in moments if fiscal_year(day_of(at)) == year)


def answers(year: int, ward_id: int) -> Iterator[Handed]:
    found = Answer.objects.filter(proposal__placement__seeker__round__ward=ward_id).order_by()
    rows = found.select_related("proposal__placement", "proposal__posting__establishment")
    word = _("打診への回答")
    told = (
        (
            one.answered_at,
            (
                one.proposal.placement.person_id,
                one.proposal.posting.establishment.organisation_id,
                word,
                is_in_time(one),
            ),
        )
        for one in rows
    )
    return within(told, year)


def firm_of(placement: Placement) -> int | None:
    return placement.posting.establishment.organisation_id if placement.posting else None


def intents(year: int, ward_id: int) -> Iterator[Handed]:
    rounds = {one.pk: one for one in Round.objects.filter(ward=ward_id)}
    found = Intent.objects.filter(placement__seeker__round__in=rounds).order_by()
    rows = found.select_related("placement__seeker", "placement__posting__establishment")
    word = _("意向の回答")
    told = (
        (
            one.answered_at,
            (
                one.placement.person_id,
                firm_of(one.placement),
                word,
                is_said_in_time(one, rounds[one.placement.seeker.round_id]),
            ),
        )
        for one in rows
    )
    return within(told, year)


def logs(year: int, ward_id: int) -> Iterator[Handed]:
    """The first telling of each session: a correction is later by its nature."""
    limit = timedelta(days=definition("process.log_days", year).whole)
    found = SessionLog.objects.filter(number=1, session__request__ward=ward_id).order_by()
    rows = found.values_list("session__mentor", "session__request__host", "session__starts_at", "arrived_at")
    word = _("実技指導の記録")
    told = ((at, (who, host, word, day_of(at) - day_of(held) <= limit)) for who, host, held, at in rows)
    return within(told, year)
