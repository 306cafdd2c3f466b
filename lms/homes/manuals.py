"""What waits around skill manuals and the ward's subsidies: for those asked, the keeper, the firm's desk and the ward."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy

from firms.acting import Acting
from firms.models.organisations import Kind
from firms.queries.prepared import PreparedFor
from firms.words.saying import said as _
from grants.cases.turns import Turn
from lms.homes.steps import SHOWN, HomeStep
from mentors.models import Appearance, Approval, ManualVersion, ReviewReminder, Subsidy
from mentors.states import ManualState, SubsidyState

# What the ward does with a subsidy that has come so far.
WARD_DOES = {
    SubsidyState.APPLIED: gettext_lazy("区の助成の交付を決める：%(firm)s"),
    SubsidyState.REPORTED: gettext_lazy("区の助成の額を確定する：%(firm)s"),
    SubsidyState.FIXED: gettext_lazy("区の助成の支払いを記録する：%(firm)s"),
}


@dataclass(frozen=True)
class ManualStep:
    """One thing to do with a manual; `day` is its last day where there is one."""

    title: str
    about: str
    url: str
    day: date | None = None


def manual_steps(acting: Acting) -> list[ManualStep]:
    """In one query: what one is asked to approve or to agree to, and what one keeps oneself."""
    return [step for one in waiting(acting, acting.today) for step in steps_of(one, acting)]


@PreparedFor
def waiting(acting: Acting, today: date) -> QuerySet[Any]:
    mine = Appearance.objects.filter(manual=OuterRef("manual"), person=acting.person, until_version=None, consents=None)
    due = ReviewReminder.objects.filter(
        manual=OuterRef("manual"), due_on__lte=today, review_on=OuterRef("manual__review_on")
    )
    newer = ManualVersion.objects.filter(manual=OuterRef("manual"), number__gt=OuterRef("number"))
    theirs = Approval.objects.in_turn().filter(approver=acting.person, version=OuterRef("pk"))
    found = ManualVersion.objects.asked_of(acting).filter(pk=OuterRef("version"))
    rows = ManualVersion.objects.annotate(
        is_asked=Exists(theirs.filter(Exists(found.order_by()))),
        appearance=Subquery(mine.values("pk")[:1]),
        is_due=Exists(due),
    )
    kept = Q(manual__keeper=acting.person, manual__firm=acting.organisation_id)
    own = kept & (Q(state__in=[ManualState.DRAFT, ManualState.APPROVED]) | Q(state=ManualState.PUBLISHED, is_due=True))
    in_picture = Q(appearance__isnull=False) & ~Q(state=ManualState.WITHDRAWN) & ~Exists(newer)
    return rows.filter(own | in_picture | Q(is_asked=True)).select_related("manual__firm").order_by("manual", "number")


def steps_of(one: Any, acting: Acting) -> Iterator[ManualStep]:
    """A version may wait for several things of one person."""
    manual, page = one.manual, reverse("mentors:manual", args=[one.manual_id])
    about, version = manual.firm.name, f"{page}?version={one.number}"
    if one.is_asked:
        yield ManualStep(_("マニュアルを見て承認する：%(title)s") % {"title": one.title}, about, version)
    if one.appearance:
        url = reverse("mentors:appearance", args=[one.appearance])
        yield ManualStep(_("写ることに同意するか答える：%(title)s") % {"title": one.title}, about, url)
    if manual.keeper_id != acting.person.pk or manual.firm_id != acting.organisation_id:
        return
    if one.state == ManualState.DRAFT:
        yield ManualStep(
            _("マニュアルの下書きを続ける：%(title)s") % {"title": one.title}, one.because or about, version
        )
    if one.state == ManualState.APPROVED:
        url = reverse("mentors:manual_approval", args=[one.manual_id])
        yield ManualStep(_("承認されたマニュアルを公開する：%(title)s") % {"title": one.title}, about, url)
    if one.state == ManualState.PUBLISHED and one.is_due:
        url = reverse("mentors:manual_review", args=[one.manual_id])
        yield ManualStep(_("マニュアルを見直す：%(title)s") % {"title": one.title}, about, url, manual.review_on)


def home_steps(acting: Acting) -> list[HomeStep]:
    """The same for a home that lists everything in one."""
    turn = (Turn.COLLEGE,) if acting.kind == Kind.COLLEGE else (Turn.FIRM,)
    return [
        HomeStep(title=one.title, about=one.about, url=one.url, icon="play", turns=turn, day=one.day)
        for one in manual_steps(acting)
    ]


# --- the ward's subsidies ---


def firm_subsidy_steps(acting: Acting) -> list[HomeStep]:
    """What is not handed in yet, and what is to be reported by a day."""
    return [firm_subsidy_step(one) for one in subsidies_ahead(acting)]


@PreparedFor
def subsidies_ahead(acting: Acting) -> QuerySet[Subsidy]:
    rows = Subsidy.objects.visible_to(acting).filter(state__in=[SubsidyState.DRAFT, SubsidyState.DECIDED])
    return rows.order_by(F("report_by").asc(nulls_last=True), "pk")[:SHOWN]


def firm_subsidy_step(one: Subsidy) -> HomeStep:
    is_draft = one.state == SubsidyState.DRAFT
    title = _("区の助成を申請する：%(title)s") if is_draft else _("区の助成の実績を報告する：%(title)s")
    return HomeStep(
        title=title % {"title": one.title},
        about=one.because
        or (_("交付決定は、事業を終える予定の日より前に要ります") if is_draft else str(one.get_aim_display())),
        url=reverse("mentors:subsidy", args=[one.pk]),
        icon="yen",
        turns=(Turn.FIRM,),
        day=one.finish_on if is_draft else one.report_by,
    )


def ward_subsidy_steps(acting: Acting) -> list[HomeStep]:
    rows = Subsidy.objects.visible_to(acting).filter(state__in=list(WARD_DOES)).select_related("firm")
    return [
        HomeStep(
            title=WARD_DOES[SubsidyState(one.state)] % {"firm": one.firm},
            about=one.title,
            url=reverse("mentors:subsidy", args=[one.pk]),
            icon="yen",
            turns=(Turn.WARD,),
        )
        for one in rows.order_by("applied_at", "pk")[:SHOWN]
    ]
