"""What stands in a feed of skill manuals and of the ward's subsidies: the day of looking again, and the day of the report.

What changes or goes is told by `lms.calendar.shown`, which knows what a feed has told before.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Q

from firms.acting import Acting
from firms.models.organisations import DESK_ROLES, Kind
from firms.words.saying import said as _
from lms.calendar.entry import Event
from lms.calendar.events import TRACE, address
from mentors.models import ManualVersion, Subsidy
from mentors.models.requesting.plans import midnight
from mentors.states import SubsidyState

DAY = timedelta(days=1)


def manual_events(acting: Acting) -> Iterable[Event]:
    """Of those one keeps for the firm one acts for."""
    kept = ManualVersion.objects.published().filter(manual__keeper=acting.person, manual__firm=acting.organisation_id)
    return map(manual_event, kept.select_related("manual").order_by("manual"))


def manual_event(version: ManualVersion) -> Event:
    assert version.published_at is not None
    day = version.manual.review_on
    return Event(
        uid=f"manual-{version.manual_id}",
        sequence=0,
        starts=day,
        ends=day + DAY,
        summary=_("技能マニュアルを見直す日：%(title)s") % {"title": version.title},
        description=_("いまのやり方と同じかを確かめ、違えば新しい版を作り、同じなら次に見直す日を決めます。"),
        location="",
        url=address("mentors:manual", version.manual_id),
        stamp=version.published_at,
        is_cancelled=False,
        has_alarm=True,
    )


def subsidy_events(acting: Acting, *, now: datetime) -> Iterable[Event]:
    """The day by which a firm reports, for its desks, and a while as done; the ward's desk has its lists."""
    if acting.kind != Kind.FIRM or acting.role not in DESK_ROLES:
        return []
    told = Q(state=SubsidyState.DECIDED) | Q(reported_on__gte=now.date() - TRACE, paid_on=None)
    rows = Subsidy.objects.visible_to(acting).filter(told, report_by__isnull=False)
    return map(subsidy_event, rows.order_by("pk"))


def subsidy_event(row: Subsidy) -> Event:
    assert row.report_by is not None
    assert row.decided_on is not None
    is_open = row.state == SubsidyState.DECIDED
    label = _("期限：%(what)s") if is_open else _("済：%(what)s")
    return Event(
        uid=f"subsidy-{row.pk}",
        sequence=0 if is_open else 1,
        starts=row.report_by,
        ends=row.report_by + DAY,
        summary=label % {"what": _("区の助成の実績報告 %(title)s") % {"title": row.title}},
        description=f"{row.get_aim_display()}\n{row.get_state_display()}",
        location="",
        url=address("mentors:subsidy", row.pk),
        stamp=midnight(row.decided_on),
        is_cancelled=False,
        has_alarm=is_open,
    )
