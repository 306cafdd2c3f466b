"""The permanent job offered, accepted, and begun on its day with an employment of the firm."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from firms.acting import Acting
from firms.actions.members import admit_employee
from firms.actions.people import lock as lock_firm
from firms.actions.people import refuse_foreign_pattern, refuse_overlap
from firms.errors import Refused
from firms.journal import record
from firms.models import Employment, WorkingPattern
from firms.models.employments import Contract
from firms.words.days import day_words
from firms.words.saying import said as _
from trials.actions.moving import locked, quoted, refuse_out_of_turn, take
from trials.actions.telling import tell
from trials.models import Offer, Placement, RetentionCheck
from trials.models.agreement import TWO_SIDES
from trials.rules import retention_dates
from trials.states import Party, PlacementState

NO_PROBATION = "派遣先指針 第2の18(3)"
TITLE_LETTERS = 60


@transaction.atomic
def offer(
    placement: Placement,
    *,
    hire_on: date,
    work: str,
    pay: str,
    is_without_term: bool,
    probation_months: int,
    difference_reason: str,
    pattern: WorkingPattern | None,
    by: Acting,
) -> Offer:
    """期間の定めなし, and beside what the posting had planned: what differs is said with its reason."""
    placement = locked(placement)
    refuse_out_of_turn(placement, "offer")
    posting = placement.posting
    assert posting is not None
    refuse_unfit_terms(placement, is_without_term=is_without_term, probation_months=probation_months)
    refuse_early_hire(placement, hire_on)
    refuse_foreign_pattern(pattern, posting.establishment)
    if (work, pay) != (posting.planned_work, posting.planned_pay) and not difference_reason:
        raise Refused(
            _("求人で予定していた条件（%(work)s・%(pay)s）と違います。違う理由を入力してください。")
            % {"work": posting.planned_work, "pay": posting.planned_pay},
            field="difference_reason",
        )
    offered = Offer.objects.create(
        placement=placement,
        hire_on=hire_on,
        work=work,
        pay=pay,
        planned_work=posting.planned_work,
        planned_pay=posting.planned_pay,
        difference_reason=difference_reason,
        pattern=pattern,
        probation_months=probation_months,
    )
    take(placement, "offer", by=by)
    body = _("雇入れの日は%(day)sです。内容を読んで答えてください。") % {"day": day_words(hire_on)}
    tell(placement, Party.WORKER, Party.AGENCY, subject=_("採用条件が明示されました"), body=body)
    return offered


def refuse_unfit_terms(placement: Placement, *, is_without_term: bool, probation_months: int) -> None:
    if not is_without_term:
        raise Refused(
            _("トライアルの後の採用は、期間の定めのない雇用です。期間を定めるときは転換になりません。"),
            field="is_without_term",
        )
    if probation_months and placement.may_be_interviewed:
        raise Refused(
            quoted(_("紹介予定派遣の後に雇い入れるときは、試用期間を設けられません。"), NO_PROBATION),
            field="probation_months",
        )


def refuse_early_hire(placement: Placement, hire_on: date) -> None:
    assert placement.last_on is not None
    if hire_on <= placement.last_on:
        raise Refused(
            _("雇入れの日は、トライアルの最後の日（%(day)s）より後にしてください。")
            % {"day": day_words(placement.last_on)},
            field="hire_on",
        )


@transaction.atomic
def accept(placement: Placement, *, by: Acting) -> None:
    """The employment begins on its day; where that is today or before, at once. A second click changes nothing."""
    placement = locked(placement)
    refuse_out_of_turn(placement, "accept")
    offered = Offer.objects.select_for_update(of=("self",)).get(placement=placement)
    if offered.accepted_at is not None:
        return
    offered.accepted_at = timezone.now()
    offered.save(update_fields=["accepted_at"])
    take(placement, "accept", by=by)
    body = _("%(day)sから正社員です。") % {"day": day_words(offered.hire_on)}
    tell(placement, Party.HOST, Party.AGENCY, subject=_("採用が承諾されました"), body=body)
    hire(placement, on=by.today)


@transaction.atomic
def refuse_offer(placement: Placement, *, by: Acting) -> None:
    placement = locked(placement)
    refuse_out_of_turn(placement, "refuse_offer")
    if placement.offer.accepted_at is not None:
        raise Refused(_("この採用はすでに承諾しています。受入企業と派遣元に連絡してください。"))
    take(placement, "refuse_offer", by=by)
    tell(
        placement,
        Party.HOST,
        Party.AGENCY,
        subject=_("採用は辞退されました"),
        body=_("次の進め方を担当者が連絡します。"),
    )


@transaction.atomic
def hire(placement: Placement, *, on: date) -> None:
    """By the sweep on the day: the firm's employment, and the days its lasting will be asked."""
    placement = locked(placement)
    offered = Offer.objects.filter(placement=placement, accepted_at__isnull=False, hire_on__lte=on).first()
    if placement.state != PlacementState.OFFERED or offered is None:
        return
    employment = employ(placement, offered)
    take(placement, "hire", by=None, hired_on=offered.hire_on, employment=employment)
    for months, due_on in retention_dates(offered.hire_on).by_months:
        for side in TWO_SIDES:
            RetentionCheck.objects.create(placement=placement, months=months, side=side, due_on=due_on)
    tell(
        placement,
        Party.WORKER,
        Party.HOST,
        Party.AGENCY,
        subject=_("正社員に転換しました"),
        body=day_words(offered.hire_on),
    )


def employ(placement: Placement, offered: Offer) -> Employment:
    posting = placement.posting
    assert posting is not None
    place = posting.establishment
    lock_firm(place)
    refuse_overlap(placement.person, place, started_on=offered.hire_on)
    employment = Employment.objects.create(
        person=placement.person,
        establishment=place,
        contract=Contract.REGULAR,
        job_title=offered.work[:TITLE_LETTERS],
        pattern=offered.pattern,
        started_on=offered.hire_on,
    )
    record(employment, "employment.start", by=None, concerns=place.organisation_id)
    admit_employee(placement.person, place.organisation, on=offered.hire_on)
    return employment
