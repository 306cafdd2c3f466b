"""After filing: 補正 asked for and handed in, the claim taken back, the money asked back and repaid."""

from dataclasses import dataclass
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from firms.acting import Acting
from firms.actions.evidence import hand_in
from firms.errors import Refused
from firms.journal import move, record
from firms.words.days import day_words
from firms.words.saying import said as _
from grants.actions.corrections import filed_claim
from grants.actions.deadlines import close_all, refresh
from grants.actions.locking import locked, refuse_future
from grants.models import Deadline, GrantCase, OfficeStep
from grants.states import CaseState, DeadlineState

Kind = OfficeStep.Kind
EVIDENCE_KIND = "office_step"


@dataclass(frozen=True)
class Step:
    """What a kind of step does to the case, and what it answers."""

    since: tuple[CaseState, ...]
    state: CaseState
    verb: str
    answers: str = ""
    closes: str = ""


STEPS: dict[str, Step] = {
    Kind.AMEND_ASKED: Step((CaseState.CLAIMED,), CaseState.AMENDING, "amend.ask"),
    Kind.AMENDED: Step(
        (CaseState.AMENDING,), CaseState.CLAIMED, "amend.answer", answers=Kind.AMEND_ASKED, closes=Deadline.Code.AMEND
    ),
    Kind.WITHDRAWN: Step((CaseState.CLAIMED, CaseState.AMENDING), CaseState.WITHDRAWN, "claim.withdraw"),
    Kind.REPAY_ASKED: Step((CaseState.CLOSED,), CaseState.REPAYING, "repay.ask"),
    Kind.REPAID: Step(
        (CaseState.REPAYING,), CaseState.REPAID, "repay.pay", answers=Kind.REPAY_ASKED, closes=Deadline.Code.REPAY
    ),
}


def steps_open(case: GrantCase) -> list[str]:
    """The kinds of step the case may take now."""
    return [kind for kind in STEPS if may_take(case, kind)]


def may_take(case: GrantCase, kind: str) -> bool:
    return case.state in STEPS[kind].since and (kind != Kind.REPAY_ASKED or is_paid(case))


def is_paid(case: GrantCase) -> bool:
    claim = filed_claim(case)
    return claim is not None and hasattr(getattr(claim, "decision", None), "payment")


@transaction.atomic
def take_step(
    case: GrantCase,
    kind: str,
    *,
    on: date,
    note: str,
    due_on: date | None = None,
    amount_yen: int | None = None,
    upload: UploadedFile | None = None,
    by: Acting,
) -> OfficeStep:
    """Record one step with its day and its paper; it moves the case, so a second click is refused by the state."""
    case = locked(case)
    if not may_take(case, kind):
        raise Refused(
            _("「%(what)s」は、いまの状態（%(state)s）では記録できません。案件の画面を開き直してください。")
            % {"what": Kind(kind).label, "state": case.get_state_display()}
        )
    refuse_days(case, kind, on=on, due_on=due_on, today=by.today)
    refuse_amount(case, kind, amount_yen)
    proof = hand_in(upload, owner=case.establishment.organisation, kind=EVIDENCE_KIND, by=by) if upload else None
    row = OfficeStep.objects.create(
        case=case,
        kind=kind,
        on=on,
        due_on=due_on,
        amount_yen=amount_yen,
        note=note.strip(),
        evidence=proof,
        recorded_by=by.person,
    )
    step = STEPS[kind]
    told = {"step_on": on.isoformat(), "due_on": due_on.isoformat() if due_on else "", "reason": row.note}
    move(case, step.state, by=by, verb=step.verb, concerns=case.firm_id, told=told | {"amount_yen": amount_yen or 0})
    if step.closes:
        close_all(case, DeadlineState.MET, by=by, code=step.closes)
    refresh(case, by=by)
    return row


def refuse_days(case: GrantCase, kind: str, *, on: date, due_on: date | None, today: date) -> None:
    """No step lies before what it follows; what is asked for ends no earlier than the claim window (0401ホ)."""
    refuse_future(on, today=today, field="on")
    since, what = followed(case, kind)
    if on < since:
        raise Refused(
            _("%(what)sの日 %(day)s より前の日にはできません。書類の日付を確かめてください。")
            % {"what": what, "day": day_words(since)},
            field="on",
        )
    if kind not in (Kind.AMEND_ASKED, Kind.REPAY_ASKED):
        return
    if due_on is None:
        raise Refused(_("労働局の書類にある期限を入力してください。"), field="due_on")
    if due_on < on:
        raise Refused(_("期限が、求められた日より前です。書類の日付を確かめてください。"), field="due_on")


def followed(case: GrantCase, kind: str) -> tuple[date, str]:
    """The day of what a step follows, with its name."""
    step, claim = STEPS[kind], filed_claim(case)
    if step.answers:
        asked = case.office_steps.held().filter(kind=step.answers).latest("pk")
        return asked.on, str(asked.get_kind_display())
    if claim is None:
        raise Refused(_("支給申請の提出が記録されていません。"))
    if kind == Kind.REPAY_ASKED:
        return claim.decision.decided_on, _("支給決定")
    return claim.filing.filed_on, _("支給申請")


def refuse_amount(case: GrantCase, kind: str, amount_yen: int | None) -> None:
    """An unlawful claim is asked back with interest and a fifth more (0801ロ), so only what is repaid has an upper end."""
    if kind not in (Kind.REPAY_ASKED, Kind.REPAID):
        return
    if not amount_yen:
        raise Refused(_("労働局の書類にある額を入力してください。"), field="amount_yen")
    if kind == Kind.REPAID:
        asked = case.office_steps.held().filter(kind=Kind.REPAY_ASKED).latest("pk").amount_yen
        if amount_yen != asked:
            raise Refused(
                _("返還を求められた額 %(asked)s円と違います。領収証書の額を確かめてください。")
                % {"asked": f"{asked:,}"},
                field="amount_yen",
            )


def last_step(case: GrantCase) -> OfficeStep | None:
    return case.office_steps.held().order_by("-pk").first()


def may_be_voided(case: GrantCase) -> bool:
    row = last_step(case)
    return row is not None and case.state == STEPS[row.kind].state


def state_before(case: GrantCase, row: OfficeStep) -> CaseState:
    """Where the case stood: a claim under amendment may be taken back as well as one that waits."""
    since = STEPS[row.kind].since
    before = case.office_steps.held().filter(pk__lt=row.pk).order_by("-pk").first()
    return STEPS[before.kind].state if before and STEPS[before.kind].state in since else since[0]


@transaction.atomic
def void_step(case: GrantCase, *, reason: str, by: Acting) -> OfficeStep:
    """Takes back the last step, which stays; the case stands again where it stood, unless it has moved on since."""
    case = locked(case)
    row = last_step(case)
    if row is None or not may_be_voided(case):
        raise Refused(_("取り消せる記録がありません。案件の画面を開き直してください。"))
    if not reason.strip():
        raise Refused(_("取り消す理由を入力してください。"), field="reason")
    void = OfficeStep.objects.create(
        case=case,
        kind=row.kind,
        on=row.on,
        due_on=row.due_on,
        amount_yen=row.amount_yen,
        note=reason.strip(),
        voids=row,
        recorded_by=by.person,
    )
    move(case, state_before(case, row), by=by, verb="step.void", concerns=case.firm_id)
    record(case, "case.reason", by=by, concerns=case.firm_id, reason=reason.strip(), change=str(row.get_kind_display()))
    refresh(case, by=by)
    return void
