"""Putting right what was recorded of a filing, its way, a decision or a payment, within the same bounds as recording it."""

from datetime import date

from django.db import transaction

from firms.acting import Acting
from firms.actions.corrections import correct
from firms.errors import Refused
from firms.journal import move
from firms.words.days import day_words
from firms.words.saying import said as _
from grants.actions.claims import refuse_outside_window, refuse_unlike
from grants.actions.deadlines import refresh
from grants.actions.locking import locked, refuse_future
from grants.actions.plans import refuse_outside_window as refuse_outside_plan_window
from grants.models import Channel, Claim, ClaimFiling, Decision, GrantCase, Payment, PlanFiling
from grants.states import CaseState

Recorded = PlanFiling | ClaimFiling | Decision | Payment | Channel


def filed_claim(case: GrantCase) -> Claim | None:
    return case.claims.filter(filing__isnull=False).select_related("filing", "decision__payment").first()


def recorded(case: GrantCase, what: str) -> Recorded | None:
    """The row one would put right: of the plan filing and its way, the claim filing, the decision or the payment."""
    if what == "channel":
        return Channel.objects.filter(case=case).first()
    if what == "plan":
        return PlanFiling.objects.filter(plan__case=case).select_related("plan").order_by("-plan__number").first()
    claim = filed_claim(case)
    decision = getattr(claim, "decision", None)
    found = {"claim": getattr(claim, "filing", None), "decision": decision}
    return found[what] if what in found else getattr(decision, "payment", None)


def refuse_missing(row: Recorded | None) -> None:
    if row is None:
        raise Refused(_("まだ記録されていないため、訂正するものがありません。案件の画面から記録してください。"))


@transaction.atomic
def correct_plan_filing(case: GrantCase, *, filed_on: date, receipt_number: str, reason: str, by: Acting) -> None:
    """The edition of the rules and every deadline of a change follow this day."""
    case = locked(case)
    filing = recorded(case, "plan")
    refuse_missing(filing)
    assert isinstance(filing, PlanFiling)
    refuse_future(filed_on, today=by.today, field="filed_on")
    if filed_on != filing.filed_on:
        refuse_outside_plan_window(filing.plan, filed_on)
        refuse_other_forms(case, filing, filed_on)
    put_right(case, filing, {"filed_on": filed_on, "receipt_number": receipt_number}, reason=reason, by=by)
    refresh(case, by=by)


def refuse_other_forms(case: GrantCase, filing: PlanFiling, filed_on: date) -> None:
    """Sums follow the day that is put right; the forms that were handed in cannot."""
    held, frozen = case.entry.edition_on(filed_on).name, filing.plan.lifted["form_edition"]
    if held != frozen:
        raise Refused(
            _(
                "%(day)s に届く計画届には %(held)s の様式が当たりますが、提出した計画は %(frozen)s の様式で確定しています。"
                "控えの受付印の日を確かめてください。その日で正しいときは、出した様式を労働局に確かめてください。"
            )
            % {"day": day_words(filed_on), "held": held, "frozen": frozen},
            field="filed_on",
        )


@transaction.atomic
def correct_channel(case: GrantCase, *, way: str, reason: str, by: Acting) -> None:
    """The way was written down wrongly: whoever filed on paper still claims on paper. What is frozen says what it said."""
    case = locked(case)
    channel = recorded(case, "channel")
    refuse_missing(channel)
    assert isinstance(channel, Channel)
    put_right(case, channel, {"way": way}, reason=reason, by=by)


@transaction.atomic
def correct_claim_filing(case: GrantCase, *, filed_on: date, receipt_number: str, reason: str, by: Acting) -> None:
    case = locked(case)
    filing = recorded(case, "claim")
    refuse_missing(filing)
    assert isinstance(filing, ClaimFiling)
    claim = filing.claim
    refuse_future(filed_on, today=by.today, field="filed_on")
    refuse_outside_window(claim.lifted["claim_window"], filed_on, field="filed_on")
    if filed_on < claim.as_of:
        raise Refused(
            _("提出した第%(number)s版は %(day)s に確定したものです。それより前の日にはできません。")
            % {"number": claim.number, "day": day_words(claim.as_of)},
            field="filed_on",
        )
    decision = getattr(claim, "decision", None)
    if decision and filed_on > decision.decided_on:
        raise Refused(
            _("決定日 %(day)s より後の日にはできません。どちらかの日付を確かめてください。")
            % {"day": day_words(decision.decided_on)},
            field="filed_on",
        )
    put_right(case, filing, {"filed_on": filed_on, "receipt_number": receipt_number}, reason=reason, by=by)


@transaction.atomic
def correct_decision(
    case: GrantCase,
    *,
    decided_on: date,
    is_approved: bool,
    amount_yen: int,
    notice_number: str,
    reason: str,
    why: str,
    by: Acting,
) -> None:
    """`reason` is the labour office's, `why` is why the record is put right; another decision moves the case with it."""
    case = locked(case)
    decision = recorded(case, "decision")
    refuse_missing(decision)
    assert isinstance(decision, Decision)
    refuse_future(decided_on, today=by.today, field="decided_on")
    if decided_on < decision.claim.filing.filed_on:
        raise Refused(_("決定日が支給申請の日より前です。通知書の日付を確かめてください。"), field="decided_on")
    payment = getattr(decision, "payment", None)
    refuse_against_payment(payment, decided_on=decided_on, is_approved=is_approved)
    refuse_unlike(is_approved=is_approved, amount_yen=amount_yen, claimed=decision.claim.total_yen, reason=reason)
    turned = is_approved != decision.is_approved
    values = {
        "decided_on": decided_on,
        "is_approved": is_approved,
        "amount_yen": amount_yen if is_approved else 0,
        "notice_number": notice_number,
        "reason": reason,
    }
    put_right(case, decision, values, reason=why, by=by)
    if turned:
        state = CaseState.APPROVED if is_approved else CaseState.REFUSED
        move(case, state, by=by, verb="claim.decide", concerns=case.firm_id)


def refuse_against_payment(payment: Payment | None, *, decided_on: date, is_approved: bool) -> None:
    if payment is None:
        return
    if not is_approved:
        raise Refused(
            _("入金が記録されているため、不支給には変えられません。返還するときは「返還」から記録してください。"),
            field="is_approved",
        )
    if decided_on > payment.paid_on:
        raise Refused(
            _("入金日 %(day)s より後の日にはできません。どちらかの日付を確かめてください。")
            % {"day": day_words(payment.paid_on)},
            field="decided_on",
        )


@transaction.atomic
def correct_payment(case: GrantCase, *, paid_on: date, amount_yen: int, reason: str, by: Acting) -> None:
    case = locked(case)
    payment = recorded(case, "payment")
    refuse_missing(payment)
    assert isinstance(payment, Payment)
    refuse_unlike_payment(payment.decision, paid_on=paid_on, amount_yen=amount_yen, today=by.today)
    put_right(case, payment, {"paid_on": paid_on, "amount_yen": amount_yen}, reason=reason, by=by)


def refuse_unlike_payment(decision: Decision, *, paid_on: date, amount_yen: int, today: date) -> None:
    refuse_future(paid_on, today=today, field="paid_on")
    if paid_on < decision.decided_on:
        raise Refused(_("入金日が決定日より前です。通帳の日付を確かめてください。"), field="paid_on")
    if amount_yen != decision.amount_yen:
        raise Refused(
            _("入金額が決定額 %(decided)s円と違います。通帳と通知書を確かめてください。")
            % {"decided": f"{decision.amount_yen:,}"},
            field="amount_yen",
        )


def put_right(case: GrantCase, row: Recorded, values: dict[str, object], *, reason: str, by: Acting) -> None:
    correct(row, values, reason=reason, by=by, concerns=case.firm_id, about=case, verb="record.correct")
