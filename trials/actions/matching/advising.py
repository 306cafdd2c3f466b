"""Who looks after whom at an agency: handed over one by one or all at once, and looked after by a deputy."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from firms.acting import Acting
from firms.errors import Refused
from firms.journal import record
from firms.models import Organisation, Person
from firms.post.notify import notify
from firms.words.days import day_words
from firms.words.saying import said as _
from trials.models import Deputy, HandOver, JobSeeker
from trials.queries.advising import at_agency


@transaction.atomic
def hand_over(seeker: JobSeeker, *, to: Person, reason: str, by: Acting) -> None:
    """With everything that is known of them; both advisers and the person are told."""
    seeker = lock_seeker(seeker)
    refuse_stranger(to, seeker.agency_id, on=by.today)
    if seeker.adviser_id == to.pk:
        return
    giver = pass_on(seeker, to=to, reason=reason, by=by)
    tell_both(giver, to, [seeker], reason=reason)


@transaction.atomic
def hand_over_all(adviser: Person, *, agency: Organisation, to: Person, reason: str, by: Acting) -> int:
    """The whole caseload of somebody who is leaving; gives how many people."""
    refuse_stranger(to, agency.pk, on=by.today)
    if adviser.pk == to.pk:
        raise Refused(_("同じ人には引き継げません。別の担当者を選んでください。"), field="adviser")
    rows = JobSeeker.objects.select_for_update(of=("self",)).filter(agency=agency, adviser=adviser).order_by("pk")
    theirs = list(rows)
    if not theirs:
        raise Refused(_("この人が担当している求職者はいません。"))
    for seeker in theirs:
        pass_on(seeker, to=to, reason=reason, by=by)
    tell_both(adviser, to, theirs, reason=reason)
    return len(theirs)


def lock_seeker(seeker: JobSeeker) -> JobSeeker:
    return JobSeeker.objects.select_for_update(of=("self",)).get(pk=seeker.pk)


def refuse_stranger(person: Person, agency_id: int, *, on: date, field: str = "adviser") -> None:
    if not at_agency(agency_id, on=on).filter(pk=person.pk).exists():
        raise Refused(_("引き継げるのは、同じ派遣元の担当者だけです。"), field=field)


def pass_on(seeker: JobSeeker, *, to: Person, reason: str, by: Acting) -> Person:
    giver = seeker.adviser
    HandOver.objects.create(seeker=seeker, giver=giver, taker=to, reason=reason)
    seeker.adviser = to
    seeker.save(update_fields=["adviser"])
    record(seeker, "seeker.hand_over", by=by, concerns=seeker.agency_id, who=to.full_name, reason=reason)
    if seeker.person:
        notify(
            seeker.person,
            subject=_("担当のアドバイザーが変わりました"),
            body=_("新しい担当は%(name)sさんです。これまでに話したことは引き継がれています。") % {"name": to.full_name},
            path=reverse("trials:mine"),
        )
    return giver


def tell_both(giver: Person, taker: Person, seekers: Iterable[JobSeeker], *, reason: str) -> None:
    handed = list(seekers)
    names = "、".join(seeker.full_name for seeker in handed)
    told = {"names": names, "giver": giver.full_name, "taker": taker.full_name, "reason": reason}
    for person in (giver, taker):
        notify(
            person,
            subject=_("担当の引継ぎ（%(count)s人）") % {"count": len(handed)},
            body=_("%(giver)sさんから%(taker)sさんへ：%(names)s。理由：%(reason)s") % told,
            path=reverse("trials:advisers"),
            organisation=handed[0].agency,
        )


@transaction.atomic
def appoint_deputy(
    adviser: Person, *, agency: Organisation, deputy: Person, starts_on: date, last_on: date, by: Acting
) -> Deputy:
    """They see the adviser's people and are told what the adviser is told, on these days and no other."""
    Organisation.objects.select_for_update(of=("self",)).get(pk=agency.pk)
    refuse_stranger(deputy, agency.pk, on=by.today, field="deputy")
    if adviser.pk == deputy.pk:
        raise Refused(_("代理には別の人を選んでください。"), field="deputy")
    if last_on < starts_on or last_on < by.today:
        raise Refused(_("最後の日は、最初の日以後で今日以後の日付にしてください。"), field="last_on")
    overlapping = Deputy.objects.within(starts_on, last_on)
    if overlapping.filter(agency=agency, adviser=adviser, deputy=deputy).exists():
        raise Refused(_("同じ人が、その期間の代理にすでになっています。"), field="starts_on")
    appointed = Deputy.objects.create(
        agency=agency, adviser=adviser, deputy=deputy, starts_on=starts_on, last_on=last_on
    )
    record(appointed, "deputy.appoint", by=by, concerns=agency, who=deputy.full_name)
    days = {"first": day_words(starts_on), "last": day_words(last_on)}
    notify(
        deputy,
        subject=_("担当の代理になりました"),
        body=_("%(name)sさんの担当を%(first)sから%(last)sまで代わりに見ます。") % {"name": adviser.full_name, **days},
        path=reverse("trials:advisers"),
        organisation=agency,
    )
    return appointed


@transaction.atomic
def end_deputy(deputy: Deputy, *, by: Acting) -> None:
    """From now on; a second click changes nothing."""
    held = Deputy.objects.select_for_update(of=("self",)).get(pk=deputy.pk)
    if held.ended_at is not None:
        return
    held.ended_at = timezone.now()
    held.save(update_fields=["ended_at"])
    record(held, "deputy.end", by=by, concerns=held.agency_id, who=held.deputy.full_name)
