"""Freezing the plan, and recording the day it arrived at the labour office."""

from datetime import date

from django.db import transaction

from firms.acting import Acting
from firms.errors import Refused
from firms.journal import move
from firms.words.days import day_words
from firms.words.saying import said as _
from grants.actions.deadlines import close_all, refresh
from grants.actions.locking import locked, refuse_future
from grants.actions.stated import choose_channel
from grants.actions.statements import OPEN_FOR_PLAN
from grants.cases.missing import missing_for_plan
from grants.facts import digest, gather_plan
from grants.facts.resting import foretold, frozen_for, rests_on_rules_of
from grants.models import Deadline, GrantCase, PlanFiling, PlanVersion
from grants.rules import current_schemes, outcome_as_mapping
from grants.shapes import PlanFacts, days_planned, window_planned
from grants.states import CaseState, DeadlineState


@transaction.atomic
def freeze_plan(case: GrantCase, *, by: Acting, filed_on: date | None = None) -> PlanVersion:
    """Freezing what is frozen already gives the same version back; changed facts make the next one.

    `filed_on` is the day the plan reached the office where it did so before it was entered here."""
    case = locked(case)
    if case.state not in OPEN_FOR_PLAN:
        raise Refused(_("計画届を出した後は、計画を確定し直せません。変わった点は計画変更届で届け出てください。"))
    rules_of = filed_on or by.today
    facts = gather_plan(case, on=by.today, filed_on=filed_on)
    refuse_incomplete(facts)
    refuse_after(date.fromisoformat(window_planned(facts)["last"]), rules_of)
    last = case.plans.order_by("-number").first()
    mark = digest(without_day(facts))
    if last and digest(without_day(last.lifted)) == mark and rests_on_rules_of(last, case, rules_of):
        return last
    plan = PlanVersion.objects.create(
        case=case,
        number=last.number + 1 if last else 1,
        facts=facts,
        outcome=expected_outcome(case, on=rules_of),
        digest=digest(facts),
        frozen_by=by.person,
    )
    move(case, CaseState.PLANNED, by=by, verb="plan.freeze", concerns=case.firm_id, told={"number": plan.number})
    refresh(case, by=by)
    return plan


def draft_plan(case: GrantCase, *, on: date) -> PlanVersion:
    """As `freeze_plan` would write it today, and in no table: what is still missing is named here too."""
    if case.state not in OPEN_FOR_PLAN:
        raise Refused(_("計画届を出した後の下書きはありません。提出した計画の様式を開いてください。"))
    facts = gather_plan(case, on=on)
    refuse_incomplete(facts)
    last = case.plans.order_by("-number").first()
    return PlanVersion(case=case, number=last.number + 1 if last else 1, facts=facts, outcome={}, digest=digest(facts))


def without_day(facts: PlanFacts) -> dict[str, object]:
    """Freezing the same facts on another day makes no new version, as long as the rules say the same of them."""
    return {part: value for part, value in facts.items() if part != "frozen_on"}


def refuse_incomplete(facts: PlanFacts) -> None:
    missing = [one.label for one in missing_for_plan(facts) if one.is_needed]
    if missing:
        raise Refused(_("計画を確定するには、次が足りません：%(missing)s") % {"missing": "、".join(missing)})


def refuse_after(last: date, today: date) -> None:
    if today > last:
        raise Refused(
            _("計画届の期限は %(day)s でした。この開講では申請できません。次の開講で案件をつくってください。")
            % {"day": day_words(last)}
        )


@transaction.atomic
def file_plan(case: GrantCase, *, filed_on: date, receipt_number: str, by: Acting, channel: str = "") -> PlanFiling:
    """The day of arrival chooses the edition of the rules, so it is held to the window of the frozen plan; the way it was
    filed, where it is told, binds the claim."""
    case = locked(case)
    if case.state not in OPEN_FOR_PLAN:
        raise Refused(_("計画届の提出はすでに記録されています。間違いは案件の画面の「訂正する」で直してください。"))
    refuse_future(filed_on, today=by.today, field="filed_on")
    if last := case.plans.order_by("-number").first():
        refuse_outside_window(last, filed_on)
    plan = plan_of_day(case, filed_on) or entered_late(case, filed_on, by=by)
    refuse_outside_window(plan, filed_on)
    if channel:
        choose_channel(case, channel, by=by)
    filing = PlanFiling.objects.create(plan=plan, filed_on=filed_on, receipt_number=receipt_number, filed_by=by.person)
    told = {"filed_on": filed_on.isoformat(), "receipt_number": receipt_number}
    move(case, CaseState.FILED, by=by, verb="plan.file", concerns=case.firm_id, told=told)
    close_all(case, DeadlineState.MET, by=by, code=Deadline.Code.PLAN)
    refresh(case, by=by)
    return filing


def entered_late(case: GrantCase, filed_on: date, *, by: Acting) -> PlanVersion:
    """Handed in on paper before anything was frozen here, or under rules that hold no more; its window is looked at
    all the same."""
    if last := case.plans.order_by("-number").first():
        refuse_other_rules(last, case, filed_on, today=by.today)
    elif filed_on == by.today:
        raise Refused(_("確定した計画がありません。先に計画を確定してください。"), field="filed_on")
    plan = freeze_plan(case, by=by, filed_on=filed_on)
    case.refresh_from_db(fields=["state"])
    return plan


def refuse_other_rules(plan: PlanVersion, case: GrantCase, filed_on: date, *, today: date) -> None:
    """The paper that was filed says what held on the day it was frozen; frozen anew it says what holds of the filing."""
    known = current_schemes()
    may_be_frozen_now = case.entry.edition_on(today) == case.entry.edition_on(filed_on)
    if may_be_frozen_now and known.edition_of(today) == known.edition_of(filed_on):
        raise Refused(
            _(
                "第%(number)s版の計画は%(frozen)sに出す前提で確定しています。%(filed)sに届いた計画届には別の様式か金額が当たるため、"
                "計画をもう一度確定し、新しい版の様式を確かめてから、届出日を記録してください。"
            )
            % {
                "number": plan.number,
                "frozen": day_words(date.fromisoformat(frozen_for(plan))),
                "filed": day_words(filed_on),
            },
            field="filed_on",
        )


def plan_of_day(case: GrantCase, filed_on: date) -> PlanVersion | None:
    """Of the versions that rest on the rules of that day the one that lay there then; one filed before it was entered
    here is nearest to the first."""
    versions = [plan for plan in case.plans.order_by("-number") if rests_on_rules_of(plan, case, filed_on)]
    known = (plan for plan in versions if plan.lifted["frozen_on"] <= filed_on.isoformat())
    return next(known, versions[-1] if versions else None)


def refuse_outside_window(plan: PlanVersion, filed_on: date) -> None:
    window = window_planned(plan.lifted)
    starts_on, _ends_on = days_planned(plan.lifted["training"])
    if filed_on >= starts_on:
        raise Refused(
            _("訓練は %(day)s に始まります。始まった後の計画届は受け付けられません。") % {"day": day_words(starts_on)},
            field="filed_on",
        )
    first, last = date.fromisoformat(window["first"]), date.fromisoformat(window["last"])
    if not first <= filed_on <= last:
        raise Refused(
            _("計画届を出せるのは %(first)s から %(last)s までです。届出日（到達日）を確かめてください。")
            % {"first": day_words(first), "last": day_words(last)},
            field="filed_on",
        )


def expected_outcome(case: GrantCase, *, on: date) -> dict[str, object]:
    """The forecast as it stood when the plan was frozen, by the keys of its workers."""
    found = foretold(case, on=on)
    return outcome_as_mapping(found.outcome) if found else {}
