"""What the firm states: the facts of 様式第1-3号, answers to the requirements, payments."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from firms.acting import Acting
from firms.actions.evidence import hand_in
from firms.errors import Refused
from firms.journal import record
from firms.models import Evidence, JournalEntry
from firms.words.days import day_words
from firms.words.saying import said as _
from grants.actions.bounds import refuse_far, refuse_overpaid
from grants.actions.locking import locked, refuse_ended, refuse_future
from grants.claims.checks import ON_THE_RECORDS, answerable_from, counts_from
from grants.facts import filed_plan, finished_early
from grants.models import Answer, Cost, GrantCase, ReskillingPlan
from grants.queries.late import is_recorded_after
from grants.states import CaseState
from grants.subjects import Declared
from grants.subjects.questions import BY_CODE, LOG_RECEIVED
from grants.time.learning import is_online, last_day

# After the plan was filed its contents are changed by a notice, not by typing over them.
OPEN_FOR_PLAN = (CaseState.PREPARING, CaseState.PLANNED)
CLAIM_IS_OUT = (
    CaseState.CLAIMED,
    CaseState.AMENDING,
    CaseState.APPROVED,
    CaseState.REFUSED,
    CaseState.REPAYING,
)


@dataclass(frozen=True)
class StatedPlan:
    """The fields of 様式第1-3号 as they were entered."""

    purpose: str
    from_on: date
    to_on: date | None
    business: str
    change: str
    task_link: str


@transaction.atomic
def save_plan_facts(case: GrantCase, stated: StatedPlan, *, by: Acting) -> ReskillingPlan:
    case = locked(case)
    if case.state not in OPEN_FOR_PLAN:
        raise Refused(_("計画届を出した後は書き換えられません。変わった点は計画変更届で届け出てください。"))
    if not case.entry.states:
        raise Refused(_("この制度の計画届に、事業展開等実施計画はありません。案件の画面を開き直してください。"))
    plan, _made = ReskillingPlan.objects.update_or_create(case=case, defaults=vars(stated))
    record(case, "plan.state", by=by, concerns=case.firm_id, purpose=stated.purpose)
    return plan


@dataclass(frozen=True)
class Said:
    """One answer of the questionnaire as it was given."""

    value: str
    note: str = ""
    upload: UploadedFile | None = None


@transaction.atomic
def answer_all(case: GrantCase, given: Mapping[str, Said], *, by: Acting) -> list[Answer]:
    """A new row for each answer that changed; the file of the last answer stays unless a new one is handed in."""
    case = locked(case)
    refuse_ended(case)
    newest = {row.code: row for row in case.answers.select_related("evidence").order_by("pk")}
    rows = [row for code, said in given.items() if (row := answer_one(case, code, said, newest.get(code), by=by))]
    if rows:
        record(case, "case.answer", by=by, concerns=case.firm_id, answers={row.code: row.value for row in rows})
    return rows


def answer_one(case: GrantCase, code: str, said: Said, last: Answer | None, *, by: Acting) -> Answer | None:
    if code not in {one.code for one in (*case.entry.questions, LOG_RECEIVED)}:
        raise Refused(_("この項目は要件の一覧にありません。画面を開き直してください。"))
    refuse_too_early(case, code, said, today=by.today)
    if last and not said.upload and (last.value, last.note) == (said.value, said.note) and not is_outlived(case, last):
        return None
    proof = last.evidence if last else None
    if said.upload:
        proof = proof_of(case, code, said.upload, by=by)
    return Answer.objects.create(
        case=case, code=code, value=said.value, note=said.note, evidence=proof, answered_by=by.person
    )


def refuse_too_early(case: GrantCase, code: str, said: Said, *, today: date) -> None:
    """Nobody signs, pays or receives for hours that were not held yet; a 「いいえ」 can be said at any time."""
    first = first_day_to_say(case, BY_CODE[code], today=today)
    if first and today < first and said.value == Answer.Value.YES:
        raise Refused(
            _(
                "「%(label)s」は訓練が終わった後の %(first)s から答えられます。それまでは「未確認」のままにしてください。"
            )
            % {"label": BY_CODE[code].label, "first": day_words(first)},
            field=f"{code}-value",
        )


def first_day_to_say(case: GrantCase, declared: Declared, *, today: date) -> date | None:
    """From when a 「はい」 can be given; None where at any time."""
    if declared.at_plan:
        return None
    ends_on = training_over(case, today=today)
    return answerable_from(declared, ends_on) if ends_on else None


def training_over(case: GrantCase, *, today: date) -> date | None:
    """The last day as planned now; for e-learning the day everybody had finished, where that came sooner."""
    if is_online(case.run) and filed_plan(case):
        return finished_early(case, on=today) or case.run.learn_until
    return last_day(case.run)


def is_outlived(case: GrantCase, last: Answer) -> bool:
    """The same word said again on a later day is a new answer where the old one no longer counts."""
    declared = BY_CODE.get(last.code)
    ends_on = training_over(case, today=timezone.localdate())
    first = counts_from(declared, ends_on) if declared and ends_on else None
    is_older = first is not None and timezone.localdate(last.answered_at) < first
    return is_older or (last.code in ON_THE_RECORDS and is_recorded_after(case, last.answered_at))


def proof_of(case: GrantCase, code: str, upload: UploadedFile, *, by: Acting) -> Evidence:
    """Many questions share one page, so a refusal names the question too."""
    try:
        return hand_in(upload, owner=case.establishment.organisation, kind=code, by=by)
    except Refused as refused:
        raise Refused(refused.sentence, field=f"{code}-{refused.field}") from refused


def answer(
    case: GrantCase, code: str, *, value: str, note: str = "", upload: UploadedFile | None = None, by: Acting
) -> Answer | None:
    """One answer alone; None where it says what was said before."""
    rows = answer_all(case, {code: Said(value, note, upload)}, by=by)
    return rows[0] if rows else None


@transaction.atomic
def add_cost(
    case: GrantCase,
    *,
    amount_yen: int,
    paid_on: date,
    payer: str,
    upload: UploadedFile | None = None,
    once: str = "",
    by: Acting,
) -> Cost:
    """`once` is the mark of the form that was filled in: sent again, it gives the payment that is there."""
    case = locked(case)
    if known := cost_sent_before(case, once):
        refuse_other_facts(known, amount_yen=amount_yen, paid_on=paid_on, payer=payer)
        return known
    refuse_ended(case)
    refuse_after_claim(case)
    refuse_future(paid_on, today=by.today, field="paid_on")
    refuse_far(case, paid_on)
    refuse_overpaid(case, amount_yen)
    proof = hand_in(upload, owner=case.establishment.organisation, kind="payment", by=by) if upload else None
    cost = Cost.objects.create(
        case=case, amount_yen=amount_yen, paid_on=paid_on, payer=payer, evidence=proof, recorded_by=by.person
    )
    paid = paid_on.isoformat()
    record(case, "cost.add", by=by, concerns=case.firm_id, amount_yen=amount_yen, paid_on=paid, cost=cost.pk, once=once)
    return cost


def cost_sent_before(case: GrantCase, once: str) -> Cost | None:
    entries = JournalEntry.objects.about(case).filter(verb="cost.add", details__once=once) if once else ()
    return next((case.costs.get(pk=entry.details["cost"]) for entry in entries), None)


def refuse_other_facts(known: Cost, **sent: object) -> None:
    """A form gone back to and sent again with other figures is not the same click."""
    if any(getattr(known, name) != value for name, value in sent.items()):
        raise Refused(
            _(
                "この入力画面からは、すでに %(day)s の %(yen)s円 が記録されています。"
                "別の支払はこの画面を開き直して、間違いは記録を取り消してから入力してください。"
            )
            % {"day": day_words(known.paid_on), "yen": f"{known.amount_yen:,}"}
        )


@transaction.atomic
def void_cost(cost: Cost, *, by: Acting) -> Cost:
    """The row stays; a second one of the same amount takes it back."""
    case = locked(cost.case)
    refuse_ended(case)
    refuse_after_claim(case)
    if cost.voids_id or Cost.objects.filter(voids=cost).exists():
        raise Refused(_("この支払はすでに取り消されています。"))
    void = Cost.objects.create(
        case=case, amount_yen=cost.amount_yen, paid_on=cost.paid_on, payer=cost.payer, voids=cost, recorded_by=by.person
    )
    record(case, "cost.void", by=by, concerns=case.firm_id, amount_yen=cost.amount_yen)
    return void


def refuse_after_claim(case: GrantCase) -> None:
    if case.state in CLAIM_IS_OUT:
        raise Refused(_("支給申請を出した後は、支払の記録を変えられません。"))
