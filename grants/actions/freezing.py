"""What every case that is of no training freezes and files the same way: versions of its plan, of its claim, and the days."""

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any

from firms.acting import Acting
from firms.errors import Refused
from firms.journal import move, record
from firms.words.saying import said as _
from grants.actions.claims import refuse_outside_window
from grants.actions.deadlines import close_all, refresh
from grants.actions.exemptions import refuse_expired
from grants.actions.locking import refuse_ended
from grants.claims.asked import Assessed
from grants.facts import digest
from grants.models import Answer, Claim, ClaimFiling, Deadline, GrantCase, PlanVersion
from grants.shapes import WindowFacts
from grants.states import CaseState, DeadlineState


def keep_plan(
    case: GrantCase, facts: Mapping[str, object], outcome: Mapping[str, object], *, by: Acting
) -> PlanVersion:
    """Of a locked case. Equal facts give the last version back."""
    last = case.plans.order_by("-number").first()
    if last and digest({**last.facts, "frozen_on": ""}) == digest({**facts, "frozen_on": ""}):
        return last
    return PlanVersion.objects.create(
        case=case,
        number=last.number + 1 if last else 1,
        facts=facts,
        outcome=outcome,
        digest=digest(facts),
        frozen_by=by.person,
    )


def keep_claim(case: GrantCase, found: Assessed[Any], *, on: date, by: Acting) -> Claim:
    """Of a locked case whose facts are whole. Equal facts and outcome give the last version back."""
    assert found.facts is not None
    mark = digest({"facts": {**found.facts, "as_of": ""}, "outcome": found.outcome})
    last = case.claims.order_by("-number").first()
    if last and last.digest == mark and last.as_of <= on:
        return last
    claim = Claim.objects.create(
        case=case,
        number=last.number + 1 if last else 1,
        as_of=on,
        facts=found.facts,
        outcome=found.outcome,  # type: ignore[misc] # not of a training
        total_yen=found.total,
        digest=mark,
        frozen_by=by.person,
    )
    told = {"number": claim.number, "amount_yen": claim.total_yen}
    move(case, CaseState.CLAIM_READY, by=by, verb="claim.freeze", concerns=case.firm_id, told=told)
    refresh(case, by=by)
    return claim


def keep_claim_filing(
    case: GrantCase,
    *,
    filed_on: date,
    receipt_number: str,
    freeze: Callable[[date], Claim],
    window_of: Callable[[Claim], WindowFacts],
    by: Acting,
) -> ClaimFiling:
    """Of a locked case. The fiscal year of this day is the one limits count by. What was handed in before it was frozen
    here is frozen as of that day by `freeze`."""
    claim = case.claims.filter(as_of__lte=filed_on).order_by("-number").first()
    if claim is None:
        if filed_on == by.today:
            raise Refused(_("確定した支給申請がありません。先に支給申請を確定してください。"), field="filed_on")
        claim = freeze(filed_on)
        case.refresh_from_db(fields=["state"])
    refuse_outside_window(window_of(claim), filed_on, field="filed_on")
    refuse_expired(claim, filed_on=filed_on)
    filing = ClaimFiling.objects.create(
        claim=claim, filed_on=filed_on, receipt_number=receipt_number, filed_by=by.person
    )
    told = {"filed_on": filed_on.isoformat(), "receipt_number": receipt_number}
    move(case, CaseState.CLAIMED, by=by, verb="claim.file", concerns=case.firm_id, told=told)
    close_all(case, DeadlineState.MET, by=by, code=Deadline.Code.CLAIM)
    refresh(case, by=by)
    return filing


def refuse_open(found: Assessed[Any]) -> None:
    if found.stopping:
        raise Refused(
            _("満たしていない、または未確認の要件があります：%(labels)s。確定する前に解消してください。")
            % {"labels": "、".join(one.label for one in found.stopping)}
        )


def keep_answers(
    case: GrantCase, given: Mapping[str, tuple[str, str]], *, known: Collection[str], by: Acting
) -> list[Answer]:
    """Of a locked case: by code the value and the note; the same said again makes no row."""
    refuse_ended(case)
    if unknown := set(given) - set(known):
        raise Refused(_("この項目は要件の一覧にありません。画面を開き直してください。") + str(sorted(unknown)))
    newest = {row.code: (row.value, row.note) for row in case.answers.order_by("pk")}
    rows = [
        Answer.objects.create(case=case, code=code, value=value, note=note, answered_by=by.person)
        for code, (value, note) in given.items()
        if newest.get(code, (Answer.Value.UNKNOWN, "")) != (value, note)
    ]
    if rows:
        record(case, "case.answer", by=by, concerns=case.firm_id, answers={row.code: row.value for row in rows})
    return rows
