"""国のトライアル雇用: begun with the hire, its plan filed, ended, claimed, decided; what is missed is said and closed."""

from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from firms.acting import Acting
from firms.actions.people import begin_new_terms
from firms.actions.people import lock as lock_firm
from firms.errors import Refused
from firms.journal import move, record
from firms.models import Employment
from firms.models.employments import Contract
from firms.post.notify import notify
from firms.queries import leaders_of
from firms.rules.calendar import ONE_DAY
from firms.words.days import day_words
from firms.words.saying import said as _
from trials.actions.matching.rounds import frozen
from trials.actions.moving import quoted
from trials.models import DirectEnd, DirectTrial, Placement
from trials.rules import (
    NATIONAL,
    FactError,
    Programme,
    direct_claim,
    direct_plan,
    direct_reminder,
    last_day_of_months,
    programme,
)
from trials.states import DirectState

D = DirectState
LATEST = "トライアル雇用助成金リーフレット"


@transaction.atomic
def begin_direct(
    employment: Employment,
    *,
    office: str,
    referred_on: date,
    weekly_hours: int,
    last_on: date | None,
    by: Acting,
) -> DirectTrial:
    """The firm has hired somebody for a term on a referral; the plan's due day counts from that day."""
    lock_firm(employment.establishment)
    employment = Employment.objects.select_related("establishment__organisation", "person").get(pk=employment.pk)
    hired = employment.started_on
    terms = terms_on(hired)
    longest = last_day_of_months(hired, terms.months_per_trial)
    refuse_unfit(employment, terms, referred_on=referred_on, weekly_hours=weekly_hours)
    if last_on is not None and not hired <= last_on <= longest.last_day:
        raise Refused(quoted(longest.because, terms.source), field="last_on")
    begun = DirectTrial.objects.create(
        employment=employment,
        office=office,
        referred_on=referred_on,
        weekly_hours=weekly_hours,
        hired_on=hired,
        last_on=last_on or longest.last_day,
        terms=frozen(terms),
        plan_until=direct_plan(hired).last,
    )
    record(begun, "direct.begin", by=by, concerns=begun.firm)
    return begun


def terms_on(day: date) -> Programme:
    try:
        return programme(NATIONAL, day)
    except FactError as unknown:
        raise Refused(str(unknown), field="employment") from None


def refuse_unfit(employment: Employment, terms: Programme, *, referred_on: date, weekly_hours: int) -> None:
    if employment.contract != Contract.FIXED_TERM:
        raise Refused(
            quoted(
                _("トライアル雇用は、期間を定めて雇い入れた人が対象です。雇用の条件を確かめてください。"), terms.source
            ),
            field="employment",
        )
    if DirectTrial.objects.filter(employment=employment).exists():
        raise Refused(_("この雇用のトライアル雇用は、すでに登録されています。"), field="employment")
    if Placement.objects.filter(employment=employment).exists():
        raise Refused(
            _(
                "派遣のトライアルから雇い入れた人は、トライアル雇用の対象になりません。同じ人を二度支援することになります。"
            ),
            field="employment",
        )
    if referred_on > employment.started_on:
        raise Refused(
            quoted(_("紹介を受けてから雇い入れた人が対象です。紹介された日を確かめてください。"), terms.source),
            field="referred_on",
        )
    if terms.weekly_hours is not None and weekly_hours < terms.weekly_hours:
        raise Refused(
            quoted(
                _("1週間の所定労働時間は%(hours)s時間以上が要件です。") % {"hours": terms.weekly_hours}, terms.source
            ),
            field="weekly_hours",
        )


def locked(trial: DirectTrial) -> DirectTrial:
    return DirectTrial.objects.select_for_update(of=("self",)).with_sides().get(pk=trial.pk)


@transaction.atomic
def file_plan(trial: DirectTrial, *, filed_on: date, by: Acting) -> None:
    trial = locked(trial)
    window = direct_plan(trial.hired_on)
    if not window.contains(filed_on) or filed_on > by.today:
        raise Refused(
            quoted(_("出した日を確かめてください。%(why)s") % {"why": window.because}, window.source), field="filed_on"
        )
    move(trial, D.PLANNED, by=by, verb="direct.file_plan", concerns=trial.firm, plan_filed_on=filed_on)


@transaction.atomic
def end_direct(trial: DirectTrial, *, how: str, on: date, by: Acting) -> None:
    """`on` is the last day of the trial, or for a conversion the first day as regular staff."""
    trial = locked(trial)
    last = on - ONE_DAY if how == DirectEnd.CONVERTED else on
    if not trial.hired_on <= last <= trial.last_on or on > by.today:
        raise Refused(
            _("日付は%(first)sから%(last)sまで（転換はその翌日まで）の、今日までの日にしてください。")
            % {"first": day_words(trial.hired_on), "last": day_words(trial.last_on)},
            field="on",
        )
    if how == DirectEnd.FINISHED and last != trial.last_on:
        raise Refused(
            _("期間の満了は%(day)sです。早く終わったときは、その理由を選んでください。")
            % {"day": day_words(trial.last_on)},
            field="on",
        )
    claim = direct_claim(last)
    if how == DirectEnd.CONVERTED:
        make_regular(trial.employment, on=on, by=by)
    move(
        trial,
        D.ENDED,
        by=by,
        verb="direct.end",
        concerns=trial.firm,
        told={"how": str(DirectEnd(how).label)},
        ended_on=last,
        ended_with=how,
        claim_from=claim.first,
        claim_until=claim.last,
    )


def make_regular(employment: Employment, *, on: date, by: Acting) -> None:
    """The terms end with the trial and regular ones begin; pattern and number go on."""
    lock_firm(employment.establishment)
    row = Employment.objects.select_related("establishment", "person").get(pk=employment.pk)
    if row.ended_on is not None and row.ended_on < on - ONE_DAY:
        raise Refused(_("この雇用はすでに終わっています。従業員の画面で確かめてください。"), field="on")
    begin_new_terms(
        row,
        by=by,
        changed_on=on,
        contract=Contract.REGULAR,
        pattern=row.pattern,
        insured_number=row.insured_number,
        job_title=row.job_title,
    )


@transaction.atomic
def claim_direct(trial: DirectTrial, *, claimed_on: date, by: Acting) -> None:
    trial = locked(trial)
    assert trial.ended_on is not None
    window = direct_claim(trial.ended_on)
    if not window.contains(claimed_on) or claimed_on > by.today:
        raise Refused(
            quoted(_("申請した日を確かめてください。%(why)s") % {"why": window.because}, window.source),
            field="claimed_on",
        )
    move(trial, D.CLAIMED, by=by, verb="direct.claim", concerns=trial.firm, claimed_on=claimed_on)


@transaction.atomic
def decide_direct(trial: DirectTrial, *, decided_on: date, paid_yen: int, by: Acting) -> None:
    """Nothing paid is 不支給."""
    trial = locked(trial)
    if trial.claimed_on is None or not trial.claimed_on <= decided_on <= by.today:
        raise Refused(_("決定の日は、申請した日から今日までの日付にしてください。"), field="decided_on")
    to, verb = (D.PAID, "direct.pay") if paid_yen else (D.DENIED, "direct.deny")
    move(trial, to, by=by, verb=verb, concerns=trial.firm, decided_on=decided_on, paid_yen=paid_yen or None)


@transaction.atomic
def drop_direct(trial: DirectTrial, *, reason: str, by: Acting) -> None:
    """The trial goes on as an employment; nothing is claimed for it."""
    trial = locked(trial)
    move(trial, D.LAPSED, by=by, verb="direct.drop", concerns=trial.firm, closed_because=reason)


@transaction.atomic
def pursue_direct(trial: DirectTrial, *, on: date) -> None:
    """By the sweep: a plan that is due soon is asked for once; what was missed is closed, and the firm told why."""
    trial = locked(trial)
    if trial.state == D.HIRED and on > trial.plan_until:
        return lapse(trial, _("実施計画書の期限（%(day)s）を過ぎた。") % {"day": day_words(trial.plan_until)})
    if trial.state == D.ENDED and trial.claim_until is not None and on > trial.claim_until:
        return lapse(trial, _("支給申請の期限（%(day)s）を過ぎた。") % {"day": day_words(trial.claim_until)})
    if trial.state == D.HIRED and trial.reminded_at is None and on >= direct_reminder(trial.hired_on):
        body = _("紹介を受けた機関へ、%(day)sまでに届くように出してください。採否の通知が遅れると用紙も遅れます。")
        tell_firm(trial, _("トライアル雇用の実施計画書を出してください"), body % {"day": day_words(trial.plan_until)})
        trial.reminded_at = timezone.now()
        trial.save(update_fields=["reminded_at"])
    return None


def lapse(trial: DirectTrial, because: str) -> None:
    move(trial, D.LAPSED, by=None, verb="direct.lapse", concerns=trial.firm, closed_because=because)
    body = _("%(why)s助成金は申請できません。雇用はそのまま続きます。") % {"why": because}
    tell_firm(trial, _("トライアル雇用の期限を過ぎました"), body)


def tell_firm(trial: DirectTrial, subject: str, body: str) -> None:
    for person in leaders_of(trial.firm.pk, on=timezone.localdate()):
        path = reverse("trials:direct", args=[trial.pk])
        notify(person, subject=subject, body=body, path=path, organisation=trial.firm)
