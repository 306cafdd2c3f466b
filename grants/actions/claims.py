"""Freezing a claim, recording its filing, the decision on it and the money."""

from collections.abc import Collection
from datetime import date

from django.db import transaction

from firms.acting import Acting
from firms.errors import Refused
from firms.journal import move, record
from firms.words.days import day_words
from firms.words.saying import said as _
from grants.actions.deadlines import close_all, refresh
from grants.actions.exemptions import refuse_expired
from grants.actions.locking import locked, refuse_future
from grants.actions.stated import choose_channel
from grants.claims.assessment import Assessment, assess_claim, name_of, open_requirements, withheld
from grants.facts import digest, filed_plan
from grants.models import Claim, ClaimFiling, Deadline, Decision, GrantCase, Payment
from grants.rules import FactError
from grants.shapes import Condition, WindowFacts
from grants.states import CaseState, DeadlineState

OPEN_FOR_CLAIM = (CaseState.FILED, CaseState.CLAIM_READY)


@transaction.atomic
def freeze_claim(case: GrantCase, *, by: Acting, despite: Collection[str] = (), as_of: date | None = None) -> Claim:
    """Recomputing makes a new version; equal facts give the last one back.

    `despite` names each requirement that is not met and is frozen all the same; one nobody named stops it.
    `as_of` is a day before today for a claim that was handed in before it was entered here."""
    case = locked(case)
    day = as_of or by.today
    if case.state not in OPEN_FOR_CLAIM:
        raise Refused(_("支給申請を確定できるのは、計画届を出した後、支給申請を出すまでです。"))
    plan = filed_plan(case)
    if plan is None:
        raise Refused(_("計画届の提出が記録されていません。先に届出日と受付番号を記録してください。"))
    found = assessed(case, day)
    refuse_outside_window(found.facts["claim_window"], day, field="filed_on" if as_of else None)
    refuse_unready(found)
    refuse_withheld(found)
    opens = open_requirements(found.outcome)
    refuse_unnamed(opens, despite)
    last = case.claims.order_by("-number").first()
    mark = digest(found.frozen)
    if last and digest({"facts": last.lifted, "outcome": last.outcome}) == mark and last.as_of <= day:
        return last
    claim = Claim.objects.create(
        case=case,
        plan=plan,
        number=last.number + 1 if last else 1,
        as_of=day,
        facts=found.facts,
        outcome=found.outcome,
        total_yen=found.outcome["payable_amount"],
        digest=mark,
        frozen_by=by.person,
    )
    told = {"number": claim.number, "amount_yen": claim.total_yen}
    move(case, CaseState.CLAIM_READY, by=by, verb="claim.freeze", concerns=case.firm_id, told=told)
    if opens:
        record(case, "claim.despite", by=by, concerns=case.firm_id, requirements=[one["label"] for one in opens])
    refresh(case, by=by)
    return claim


def draft_claim(case: GrantCase, *, on: date) -> Claim:
    """As it would be frozen today whatever is still unmet, and in no table."""
    plan = filed_plan(case)
    if case.state not in OPEN_FOR_CLAIM or plan is None:
        raise Refused(_("支給申請の下書きを見られるのは、計画届の提出を記録してから、支給申請を出すまでです。"))
    found, last = assessed(case, on), case.claims.order_by("-number").first()
    refuse_unready(found)
    return Claim(
        case=case,
        plan=plan,
        number=last.number + 1 if last else 1,
        as_of=on,
        facts=found.facts,
        outcome=found.outcome,
        total_yen=found.outcome["payable_amount"],
        digest=digest(found.frozen),
    )


def assessed(case: GrantCase, as_of: date) -> Assessment:
    try:
        return assess_claim(case, as_of)
    except FactError as error:
        raise Refused(_("記録がそろわないため計算できません：%(why)s") % {"why": error}) from error


def refuse_outside_window(window: WindowFacts, day: date, *, field: str | None = None) -> None:
    first, last = date.fromisoformat(window["first"]), date.fromisoformat(window["last"])
    if day < first:
        raise Refused(
            _("支給申請は訓練が終わった翌日の %(first)s からできます。それまでは確定できません。")
            % {"first": day_words(first)},
            field=field,
        )
    if day > last:
        raise Refused(
            _("支給申請の期限は %(last)s でした。期限を過ぎた申請は受け付けられません。") % {"last": day_words(last)},
            field=field,
        )


def refuse_unready(found: Assessment) -> None:
    if because := why_not_ready(found):
        raise Refused(because)


def refuse_withheld(found: Assessment) -> None:
    """A claim of nothing is no claim: what keeps the money back is cleared first, or the case is given up."""
    if reasons := withheld(found.outcome, set_aside=found.set_aside):
        raise Refused(
            _(
                "支給されない、または未確認の要件があるため、支給申請額は0円です：%(labels)s。確定する前に解消してください。"
            )
            % {"labels": "、".join(dict.fromkeys(one["label"] for one in reasons))}
        )


def refuse_unnamed(opens: list[Condition], despite: Collection[str]) -> None:
    unnamed = [one["label"] for one in opens if name_of(one) not in despite]
    if unnamed:
        raise Refused(
            _("満たしていない、または未確認の要件があります：%(labels)s。確かめた印をつけてから確定してください。")
            % {"labels": "、".join(dict.fromkeys(unnamed))}
        )


def why_not_ready(found: Assessment) -> str:
    """Records that somebody can still complete are asked for first; an unmet requirement is shown, not hidden."""
    if not found.facts["workers"]:
        return _("支給申請の対象になる受講者がいません。")
    if any(check["code"] == "roster_whole" and check["state"] == "unknown" for check in found.outcome["conditions"]):
        return _("出席の記録がそろっていません。連携校に出席簿の記録を依頼してください。")
    if not found.facts["costs"] and found.facts["plan"]["course"]["fee_yen"]:
        return _("受講料の支払が記録されていません。「支払」で支払日と金額を記録してください。")
    if found.facts["agent"] and not found.facts["agent"]["advisor"]:
        return _("委任の担当社会保険労務士が事務所を離れています。委任を結び直してください。")
    return ""


@transaction.atomic
def file_claim(case: GrantCase, *, filed_on: date, receipt_number: str, by: Acting, channel: str = "") -> ClaimFiling:
    """The fiscal year of this day is the one the yearly limits count by. One handed in before it was frozen here is
    frozen as of that day, its open requirements named in the journal: it cannot be held back any more."""
    case = locked(case)
    if case.state not in OPEN_FOR_CLAIM:
        raise Refused(
            _("支給申請の提出を記録できるのは、計画届を出した後、一度だけです。案件の画面を開き直してください。")
        )
    refuse_future(filed_on, today=by.today, field="filed_on")
    claim = claim_of_day(case, filed_on) or entered_late(case, filed_on, by=by)
    refuse_outside_window(claim.lifted["claim_window"], filed_on, field="filed_on")
    refuse_expired(claim, filed_on=filed_on)
    if channel:
        choose_channel(case, channel, by=by)
    filing = ClaimFiling.objects.create(
        claim=claim, filed_on=filed_on, receipt_number=receipt_number, filed_by=by.person
    )
    told = {"filed_on": filed_on.isoformat(), "receipt_number": receipt_number}
    move(case, CaseState.CLAIMED, by=by, verb="claim.file", concerns=case.firm_id, told=told)
    close_all(case, DeadlineState.MET, by=by, code=Deadline.Code.CLAIM)
    refresh(case, by=by)
    return filing


def claim_of_day(case: GrantCase, filed_on: date) -> Claim | None:
    """The version that lay there that day: what was frozen later cannot have been handed in, nor what was paid later."""
    return case.claims.filter(as_of__lte=filed_on).order_by("-number").first()


def entered_late(case: GrantCase, filed_on: date, *, by: Acting) -> Claim:
    if filed_on == by.today:
        raise Refused(_("確定した支給申請がありません。先に支給申請を確定してください。"), field="filed_on")
    opens = open_requirements(assessed(case, filed_on).outcome)
    claim = freeze_claim(case, by=by, despite=[name_of(one) for one in opens], as_of=filed_on)
    case.refresh_from_db(fields=["state"])
    return claim


@transaction.atomic
def record_decision(
    case: GrantCase,
    *,
    decided_on: date,
    is_approved: bool,
    amount_yen: int,
    notice_number: str,
    reason: str,
    by: Acting,
) -> Decision:
    case = locked(case)
    claim = case.claims.select_related("filing").current_first().first()
    if claim is None or case.state not in (CaseState.CLAIMED, CaseState.AMENDING):
        raise Refused(_("決定を記録できるのは、支給申請を出した後です。"))
    if case.state == CaseState.AMENDING and is_approved:
        raise Refused(
            _("補正の提出がまだ記録されていません。先に補正を出した日を記録してください。"), field="is_approved"
        )
    refuse_future(decided_on, today=by.today, field="decided_on")
    if decided_on < claim.filing.filed_on:
        raise Refused(_("決定日が支給申請の日より前です。通知書の日付を確かめてください。"), field="decided_on")
    refuse_unlike(is_approved=is_approved, amount_yen=amount_yen, claimed=claim.total_yen, reason=reason)
    decision = Decision.objects.create(
        claim=claim,
        decided_on=decided_on,
        is_approved=is_approved,
        amount_yen=amount_yen if is_approved else 0,
        notice_number=notice_number,
        reason=reason,
        recorded_by=by.person,
    )
    state = CaseState.APPROVED if is_approved else CaseState.REFUSED
    told = {
        "amount_yen": decision.amount_yen,
        "decided_on": decided_on.isoformat(),
        "notice_number": notice_number,
        "reason": reason,
    }
    move(case, state, by=by, verb="claim.decide", concerns=case.firm_id, told=told)
    refresh(case, by=by)
    return decision


def refuse_unlike(*, is_approved: bool, amount_yen: int, claimed: int, reason: str) -> None:
    if is_approved and amount_yen < 1:
        raise Refused(_("支給決定のときは、決定額を入力してください。"), field="amount_yen")
    if is_approved and amount_yen > claimed:
        raise Refused(
            _("決定額が支給申請額 %(claimed)s円を超えています。通知書の金額を確かめてください。")
            % {"claimed": f"{claimed:,}"},
            field="amount_yen",
        )
    if (not is_approved or amount_yen < claimed) and not reason.strip():
        raise Refused(_("不支給・減額のときは、通知書にある理由を入力してください。"), field="reason")


@transaction.atomic
def record_payment(case: GrantCase, *, paid_on: date, amount_yen: int, by: Acting) -> Payment:
    """The money closes the case."""
    case = locked(case)
    decision = Decision.objects.filter(claim__case=case).first()
    if decision is None or case.state != CaseState.APPROVED:
        raise Refused(_("入金を記録できるのは、支給決定の後です。"))
    refuse_future(paid_on, today=by.today, field="paid_on")
    if paid_on < decision.decided_on:
        raise Refused(_("入金日が決定日より前です。通帳の日付を確かめてください。"), field="paid_on")
    if amount_yen != decision.amount_yen:
        raise Refused(
            _("入金額が決定額 %(decided)s円と違います。通帳と通知書を確かめてください。")
            % {"decided": f"{decision.amount_yen:,}"},
            field="amount_yen",
        )
    payment = Payment.objects.create(decision=decision, paid_on=paid_on, amount_yen=amount_yen, recorded_by=by.person)
    record(case, "claim.pay", by=by, concerns=case.firm_id, amount_yen=amount_yen, paid_on=paid_on.isoformat())
    move(case, CaseState.CLOSED, by=by, verb="case.close", concerns=case.firm_id)
    return payment


@transaction.atomic
def close_refused(case: GrantCase, *, by: Acting) -> GrantCase:
    """A refusal that is read and understood ends the case."""
    case = locked(case)
    if case.state != CaseState.REFUSED:
        raise Refused(_("この操作は不支給決定の案件だけにできます。"))
    move(case, CaseState.CLOSED, by=by, verb="case.close", concerns=case.firm_id)
    return case
