"""A conversion's case: what is next in it, and what it still lacks, for its page and for every list of cases."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date

from django.utils import timezone

from firms.models import Mandate
from firms.words.days import day_words
from firms.words.saying import said as _
from grants.cases.claiming import overdue, to_fix, to_hand_in
from grants.cases.guide import GUIDES, Guide, Situation, with_turns
from grants.cases.missing import ESTABLISHMENT, FIRM, Missing, empty_parts
from grants.cases.turns import Work
from grants.facts.careerup import converted_in, insured_numbers, pay_of
from grants.facts.parties import establishment, firm
from grants.models import Conversion, GrantCase, OfficeStep
from grants.rules import Converted, Window, careerup_plan_window, claim_window_of_period
from grants.states import CaseState

BEFORE_FILING = (CaseState.PREPARING, CaseState.PLANNED)
BEFORE_CLAIM = (CaseState.FILED, CaseState.CLAIM_READY)


def conversions_now(
    cases: Collection[GrantCase],
    *,
    on: date,
    mandates: Mapping[int, Mandate],
    asked: Mapping[int, OfficeStep],
) -> dict[int, Situation]:
    """By case, with all that `CaseQuerySet.whole` brings; as many queries for one as for many."""
    told = converted_in(cases)
    numbers = insured_numbers([one.conversion for one in cases if one.conversion])
    return {
        case.pk: Situation(
            case=case,
            today=on,
            mandate=mandates.get(case.firm_id),
            needed=list(lacks_of_conversion(case, numbers)),
            plan=plan_window_of_conversion(case),
            claim=claim_window_of(told[case.pk]),
            asked=asked.get(case.pk),
        )
        for case in cases
    }


def plan_window_of_conversion(case: GrantCase) -> Window | None:
    found = case.conversion
    if case.state not in BEFORE_FILING or found is None or found.plan is None or found.converted_on is None:
        return None
    opened_on = timezone.localdate(case.opened_at)
    return careerup_plan_window(found.converted_on, found.plan.starts_on, opened_on=opened_on)


def claim_window_of(told: Converted | None) -> Window | None:
    return claim_window_of_period(told) if told else None


# --- what lacks ---

CONVERSION = (
    ("converted_on", "転換日"),
    ("origin", "転換前の雇用"),
    ("since", "転換前の雇用・派遣の初日"),
    ("priority", "重点支援対象者にあたるか"),
    ("has_probation", "転換後に試用期間があるか"),
    ("form", "転換後の区分"),
    ("closing_day", "賃金の締め日"),
    ("pay_day", "賃金の支払日"),
    ("pay_months_later", "支払の月"),
)
DISPATCH = (
    ("until", "派遣の最終日"),
    ("same_unit", "同じ組織単位で受け入れたか"),
    ("agency_is_indefinite", "派遣元での雇用の期間"),
    ("contracted_on", "労働契約を結んだ日"),
)


def lacks_of_conversion(case: GrantCase, numbers: Mapping[int, str]) -> Iterable[Missing]:
    """For the plan until it is filed, then for the claim of the period."""
    found = case.conversion
    assert found is not None
    if case.state not in (*BEFORE_FILING, *BEFORE_CLAIM):
        return
    place = case.establishment
    yield from empty_parts(firm(place.organisation), FIRM, "firm", _("企業の%(part)s"))
    yield from empty_parts(establishment(place), ESTABLISHMENT, "establishment", _("事業所の%(part)s"))
    if found.plan is None:
        yield Missing("careerup_plan", _("キャリアアップ計画書（様式第1号）"))
    parts = (*CONVERSION, *(DISPATCH if found.origin == Conversion.Origin.DISPATCHED else ()))
    for name, label in parts:
        if getattr(found, name) in (None, ""):
            yield Missing("conversion_facts", label, is_needed=name in NEEDED_FOR_PLAN)
    if case.state in BEFORE_CLAIM:
        yield from lacks_of_claim(case, found, numbers)


NEEDED_FOR_PLAN = ("converted_on", "origin")


def lacks_of_claim(case: GrantCase, found: Conversion, numbers: Mapping[int, str]) -> Iterable[Missing]:
    if pay_of(case) is None:
        yield Missing("period_pay", _("この期の賃金と勤務日数"), is_needed=False)
    if found.pk not in numbers:
        yield Missing("people", _("%(name)sさんの雇用保険被保険者番号") % {"name": found.person.full_name})


# --- what is next ---


def conversion_guide(now: Situation) -> Guide:
    step = CONVERSION_GUIDES.get(CaseState(now.case.state), GUIDES[now.case.state])
    return with_turns(step(now), now)


def preparing(now: Situation) -> Guide:
    if now.plan and now.today > now.plan.last:
        return plan_overdue(now, now.plan.last)
    until = now.plan.last if now.plan else None
    needed = [one for one in now.needed if one.is_needed]
    if needed:
        return Guide(
            title=_("足りないもの%(n)s件をうめる") % {"n": len(needed)},
            text=_("計画書を確定するには、下の「足りないもの」を%(n)s件うめてください。") % {"n": len(needed)},
            label=_("足りないものを見る"),
            url="#missing",
            until=until,
            works=tuple(one.work for one in needed),
        )
    return Guide(
        title=_("キャリアアップ計画書を確定する"),
        text=_("計画書に書くことがそろいました。確定すると、様式第1号に印刷される内容が固定されます。"),
        label=_("計画書を確定する"),
        url=now.url("careerup_plan_freeze"),
        posts=True,
        confirm=_("いまの内容で計画書を確定します。よろしいですか。"),
        other_label=_("計画書の内容を見直す"),
        other_url=now.url("careerup_plan"),
        until=until,
    )


def planned(now: Situation) -> Guide:
    if now.plan and now.today > now.plan.last:
        return plan_overdue(now, now.plan.last)
    return Guide(
        title=_("キャリアアップ計画書を労働局へ出す"),
        text=_("様式第1号を印刷して、転換の前日までに提出し、届いた日（到達日）と受理番号を記録します。"),
        label=_("様式を受け取る"),
        url=now.url("papers"),
        other_label=_("提出したので届出日を記録する"),
        other_url=now.url("careerup_plan_file"),
        until=now.plan.last if now.plan else None,
    )


def plan_overdue(now: Situation, last: date) -> Guide:
    text = _(
        "計画書の期限は %(day)s でした。期限までに届いているときは届出日を記録できます。届いていないときは、転換日か計画期間を"
        "改めないかぎり、この転換では助成金を申請できません。"
    )
    return Guide(
        title=_("キャリアアップ計画書の期限を過ぎました"),
        text=text % {"day": day_words(last)},
        label=_("期限までに届いた計画書を記録する"),
        url=now.url("careerup_plan_file"),
        other_label=_("案件を取りやめる"),
        other_url=now.url("case_drop"),
    )


def waiting(now: Situation) -> Guide:
    """Until six months are paid; then the claim."""
    if now.claim is None:
        return Guide(
            title=_("転換の内容を入力する"),
            text=_("転換日や賃金の締め日・支払日がそろうと、支給申請の期間が計算されます。"),
            label=_("転換の内容を入力する"),
            url=now.url("conversion_facts"),
            works=(Work.STATEMENT,),
        )
    if now.today > now.claim.last:
        return too_late(now, now.claim.last)
    if now.today < now.claim.first:
        text = _("支給申請は %(day)s からできます。それまで賃金台帳と出勤簿をそろえ、要件を確かめておきます。")
        return Guide(
            title=_("6か月働き、賃金を支払う"),
            text=text % {"day": day_words(now.claim.first)},
            label=_("要件を確かめる"),
            url=now.url("conversion_answers"),
            until=None,
            works=(Work.STATEMENT,),
        )
    if pay_of(now.case) is None:
        return Guide(
            title=_("この期の賃金を入力する"),
            text=_("支給申請の期間に入りました。賃金台帳を見ながら、6か月の賃金と勤務日数を入力します。"),
            label=_("賃金を入力する"),
            url=now.url("period_pay"),
            until=now.claim.last,
            works=(Work.STATEMENT,),
        )
    return to_fix(
        now,
        freeze="period_freeze",
        other_label=_("要件に答える"),
        other="conversion_answers",
        until=now.claim.last,
    )


def ready(now: Situation) -> Guide:
    if now.claim and now.today > now.claim.last:
        return too_late(now, now.claim.last)
    return to_hand_in(now, file="period_file")


def too_late(now: Situation, last: date) -> Guide:
    """The first claim merely late leaves the second open, with both sets of papers (Q32)."""
    more = _("期限に遅れただけなら、重点支援対象者の第2期は、第1期の書類も添えて申請できます。")
    return overdue(now, last, file="period_file", more=more if now.case.period == 1 else "")


def closed(now: Situation) -> Guide:
    """様式第3号 asks for longer than 共通要領: the page of the papers says until when, of each kind."""
    text = _(
        "書類の原本は、「様式」の画面に示す日まで保存してください。支給決定日の翌日から数える年数より長いことがあります。"
    )
    return Guide(_("この案件は完了しました"), text, _("様式と保存の期限を見る"), now.url("papers"), works=())


CONVERSION_GUIDES: dict[CaseState, Callable[[Situation], Guide]] = {
    CaseState.PREPARING: preparing,
    CaseState.PLANNED: planned,
    CaseState.FILED: waiting,
    CaseState.CLAIM_READY: ready,
    CaseState.CLOSED: closed,
}
