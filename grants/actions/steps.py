"""After filing: 補正 asked for and handed in, the claim taken back, the money asked back and repaid."""

from dataclasses import dataclass
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from firms.acting import Acting
from firms.actions.evidence import hand_in
from firms.errors import Refused
from firms.journal import move
from grants.actions.corrections import filed_claim
from grants.actions.deadlines import close_all, refresh
from grants.actions.locking import locked, refuse_future, words
from grants.models import Deadline, GrantCase, OfficeStep
from grants.states import MOVES, CaseState, DeadlineState

Kind = OfficeStep.Kind
EVIDENCE_KIND = "office_step"


@dataclass(frozen=True)
class Step:
    """What a kind of step does to the case, and what it answers."""

    state: CaseState
    verb: str
    answers: str = ""
    closes: str = ""


STEPS: dict[str, Step] = {
    Kind.AMEND_ASKED: Step(CaseState.AMENDING, "amend.ask"),
    Kind.AMENDED: Step(CaseState.CLAIMED, "amend.answer", answers=Kind.AMEND_ASKED, closes=Deadline.Code.AMEND),
    Kind.WITHDRAWN: Step(CaseState.WITHDRAWN, "claim.withdraw"),
    Kind.REPAY_ASKED: Step(CaseState.REPAYING, "repay.ask"),
    Kind.REPAID: Step(CaseState.REPAID, "repay.pay", answers=Kind.REPAY_ASKED, closes=Deadline.Code.REPAY),
}
# The state from which alone a step may be taken where MOVES would let more in.
ONLY_FROM = {Kind.AMENDED: CaseState.AMENDING}


def steps_open(case: GrantCase) -> list[str]:
    """The kinds of step the case may take now."""
    return [kind for kind in STEPS if may_take(case, kind)]


def may_take(case: GrantCase, kind: str) -> bool:
    if kind in ONLY_FROM and case.state != ONLY_FROM[Kind(kind)]:
        return False
    if kind == Kind.REPAY_ASKED and not is_paid(case):
        return False
    return STEPS[kind].state in MOVES[CaseState][case.state]


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
            % {"what": what, "day": words(since)},
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
        asked = case.office_steps.filter(kind=step.answers).latest("pk")
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
        asked = case.office_steps.filter(kind=Kind.REPAY_ASKED).latest("pk").amount_yen
        if amount_yen != asked:
            raise Refused(
                _("返還を求められた額 %(asked)s円と違います。領収証書の額を確かめてください。")
                % {"asked": f"{asked:,}"},
                field="amount_yen",
            )
