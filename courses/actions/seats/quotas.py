"""Seats a firm reserves and names people for later; what is without a name when the time is up is given back."""

from collections.abc import Collection
from datetime import date, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from courses.actions.seats.enrolment_rows import open_by_person, start_for
from courses.actions.seats.enrolments import announce, guard_choice
from courses.actions.seats.seats import guard_bookable, locked_run, seats_taken, tell_place
from courses.actions.seats.waiting import fill_free_seats
from courses.actions.telling import run_path, tell_college, tell_managers
from courses.models import Enrolment, Run, SeatQuota
from courses.models.catalogue.runs import Selection
from courses.queries import first_day, has_begun
from courses.states import EnrolmentState, RunState
from firms.acting import Acting
from firms.errors import Refused
from firms.journal import move, record
from firms.models import Employment, Organisation
from firms.words.days import day_words
from firms.words.saying import said as _


@transaction.atomic
def reserve_seats(run: Run, seats: int, *, name_until: date, by: Acting) -> SeatQuota:
    """Reserving the same again is reserving once."""
    run = locked_run(run)
    guard_bookable(run, by=by)
    held = run.quotas.open().filter(firm=by.organisation_id).select_related("firm").first()
    if held and (held.seats, held.name_until) == (seats, name_until):
        return held
    guard_reservation(run, seats, name_until, held, by=by)
    assert by.organisation is not None
    quota = SeatQuota.objects.create(
        run=run, firm=by.organisation, seats=seats, unnamed=seats, name_until=name_until, reserved_by=by.person
    )
    record(quota, "quota.reserve", by=by, concerns=quota.firm, seats=seats, name_until=name_until.isoformat())
    subject = _("席の確保: %(run)s") % {"run": run}
    body = _("%(firm)sが%(seats)s席を確保しました。氏名は%(until)sまでに届きます。") % {
        "firm": quota.firm,
        "seats": seats,
        "until": day_words(name_until),
    }
    tell_college(run.course, subject=subject, body=body, by=by, path=run_path(run))
    return quota


def guard_reservation(run: Run, seats: int, name_until: date, held: SeatQuota | None, *, by: Acting) -> None:
    if run.selection != Selection.FIRST_COME:
        raise Refused(
            _("抽選や選考で受講者を決める開講では、席を先に確保できません。受ける人を選んで申し込んでください。")
        )
    if held:
        raise Refused(
            _("すでに席を確保しています（氏名が未定 %(n)s席）。人を届けるか、席を返してから、確保し直してください。")
            % {"n": held.unnamed}
        )
    free = run.seats - seats_taken(run)
    if seats > free:
        raise Refused(
            _("空いている席は%(free)s席です。席数を減らすか、受ける人を選んでキャンセル待ちに申し込んでください。")
            % {"free": max(free, 0)},
            field="seats",
        )
    last = last_day_to_name(run)
    if name_until < by.today or (last and name_until > last):
        raise Refused(
            _(
                "氏名を届ける期限は、今日から、最初のコマの2日前までの日にしてください。名前のない席を前日に順番を待つ人へ回すためです。"
            ),
            field="name_until",
        )


def last_day_to_name(run: Run) -> date | None:
    """Two days before the run begins: what is without a name goes to the queue on its eve, the last day seats are given."""
    first = first_day(run, run.lessons.all())
    return first - timedelta(days=2) if first else None


def locked_quota(quota: SeatQuota) -> tuple[Run, SeatQuota]:
    """The run's row is the lock of its seats; the quota is read again under it."""
    run = locked_run(quota.run)
    return run, SeatQuota.objects.select_related("firm").get(pk=quota.pk)


@transaction.atomic
def name_people(quota: SeatQuota, employments: Collection[Employment], *, by: Acting) -> list[Enrolment]:
    """Each name turns one reserved seat into an enrolment; who waits already takes the seat from the queue."""
    run, quota = locked_quota(quota)
    guard_naming(run, quota, on=by.today)
    held = open_by_person(run)
    guard_choice(run, employments, held)
    seated = [held[one.person_id] for one in employments if one.person_id in held]
    if any(one.quota_id != quota.pk and one.state in HAS_A_SEAT for one in seated):
        raise Refused(_("すでに席のある人が含まれています。選択から外してください。"), field="employments")
    named = [held.get(one.person_id) or start_for(quota, run, one, by=by) for one in employments]
    fresh = [one for one in named if one.state != EnrolmentState.ACCEPTED]
    if len(fresh) > quota.unnamed:
        raise Refused(
            _("確保した席の残りは%(n)s席です。%(n)s人までにしてください。") % {"n": quota.unnamed}, field="employments"
        )
    for enrolment in fresh:
        move(enrolment, EnrolmentState.ACCEPTED, by=by, verb="quota.name", concerns=quota.firm, quota=quota)
        tell_place(enrolment, run)
    if fresh:
        use_up(quota, len(fresh))
        announce(run, fresh, by=by)
    return named


HAS_A_SEAT = {EnrolmentState.ACCEPTED, EnrolmentState.OFFERED}


def guard_naming(run: Run, quota: SeatQuota, *, on: date) -> None:
    if run.state != RunState.OPEN or has_begun(run, list(run.lessons.all()), on=on):
        raise Refused(_("この開講はもう申し込めません。"))
    if quota.released_at is not None and quota.unnamed == 0 and on > quota.name_until:
        raise Refused(_("氏名を届ける期限を過ぎたため、席は返されました。空きがあれば、改めて申し込んでください。"))
    if on > quota.name_until:
        raise Refused(_("氏名を届ける期限を過ぎています。空きがあれば、改めて申し込んでください。"))


def use_up(quota: SeatQuota, seats: int) -> None:
    """What has no seat left without a name is over."""
    quota.unnamed -= seats
    quota.released_at = timezone.now() if quota.unnamed == 0 else None
    quota.save(update_fields=["unnamed", "released_at"])


@transaction.atomic
def give_back(quota: SeatQuota, seats: int, *, by: Acting) -> None:
    """The seats go to the queue at once."""
    run, quota = locked_quota(quota)
    if not 0 < seats <= quota.unnamed:
        raise Refused(
            _("返せるのは氏名が未定の%(n)s席までです。1以上の数を入力してください。") % {"n": quota.unnamed},
            field="seats",
        )
    use_up(quota, seats)
    record(quota, "quota.give_back", by=by, concerns=quota.firm, seats=seats)
    fill_free_seats(run, on=by.today)


@transaction.atomic
def release_unnamed(quota: SeatQuota, *, on: date) -> int:
    """The day for naming has passed: seats without a name go back."""
    run, quota = locked_quota(quota)
    seats = quota.unnamed
    if seats == 0 or on <= quota.name_until:
        return 0
    use_up(quota, seats)
    record(quota, "quota.release", by=None, concerns=quota.firm, seats=seats)
    subject = _("確保した席を返しました: %(run)s") % {"run": run}
    body = _("期限までに氏名が届かなかった%(n)s席は、順番を待つ人に回しました。") % {"n": seats}
    path = reverse("courses:quota", args=[quota.pk])
    tell_managers(quota.firm, run, subject=subject, body=body, by=None, path=path)
    fill_free_seats(run, on=on)
    return seats


def shorten_quotas(run: Run) -> None:
    """The run begins earlier than it did: names are due earlier too, so that who waits still gets what is left."""
    last = last_day_to_name(run)
    if last is None:
        return
    for quota in run.quotas.open().filter(name_until__gt=last).select_related("firm"):
        quota.name_until = last
        quota.save(update_fields=["name_until"])
        record(quota, "quota.shorten", by=None, concerns=quota.firm, name_until=last.isoformat())
        subject = _("氏名を届ける期限が早まりました: %(run)s") % {"run": run}
        body = _("開講が早まったため、確保した席（氏名が未定 %(n)s席）の氏名は%(until)sまでに届けてください。") % {
            "n": quota.unnamed,
            "until": day_words(last),
        }
        path = reverse("courses:quota", args=[quota.pk])
        tell_managers(quota.firm, run, subject=subject, body=body, by=None, path=path)


def end_quotas(
    run: Run, *, besides: Collection[Organisation], subject: str, body: str, by: Acting
) -> list[Organisation]:
    """The run is cancelled: what firms reserve in it ends, and those who have nobody in it yet are told too."""
    firms = []
    for quota in run.quotas.open().select_related("firm"):
        use_up(quota, quota.unnamed)
        if quota.firm not in besides:
            tell_managers(quota.firm, run, subject=subject, body=body, by=by)
            firms.append(quota.firm)
    return firms
