"""A subscription's case: what is next in it, and what it still lacks."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date

from django.db.models import Count

from firms.models import Mandate
from firms.words.days import day_words
from firms.words.saying import said as _
from grants.cases.claiming import overdue, to_fix, to_hand_in
from grants.cases.guide import GUIDES, Guide, Situation, with_turns
from grants.cases.missing import ESTABLISHMENT, FIRM, Missing, empty_parts
from grants.cases.turns import Work
from grants.facts.parties import establishment, firm
from grants.facts.subscriptions import claim_window_of_subscription, first_filings, plan_window_of_subscription
from grants.models import GrantCase, OfficeStep, SubscriptionUser
from grants.states import CaseState

BEFORE_FILING = (CaseState.PREPARING, CaseState.PLANNED)
BEFORE_CLAIM = (CaseState.FILED, CaseState.CLAIM_READY)
PARTS = (
    ("provider", "教育訓練機関の名称"),
    ("provider_leader", "教育訓練機関の代表者"),
    ("provider_address", "教育訓練機関の所在地"),
    ("price_yen", "契約額"),
    ("accounts", "契約者数"),
)
LATER = (("courses", "講座の数"), ("paid_on", "契約額を払い終えた日"))


def subscriptions_now(
    cases: Collection[GrantCase],
    *,
    on: date,
    mandates: Mapping[int, Mandate],
    asked: Mapping[int, OfficeStep],
) -> dict[int, Situation]:
    """By case, with all that `CaseQuerySet.whole` brings; as many queries for one as for many."""
    filings = first_filings(cases)
    listed = people_listed(cases)
    return {
        case.pk: Situation(
            case=case,
            today=on,
            mandate=mandates.get(case.firm_id),
            needed=list(lacks_of_subscription(case, people=listed.get(case.subscription_id or 0, 0))),
            plan=plan_window_of_subscription(case) if case.state in BEFORE_FILING else None,
            claim=claim_window_of_subscription(case, filings.get(case.pk)),
            asked=asked.get(case.pk),
        )
        for case in cases
    }


def people_listed(cases: Collection[GrantCase]) -> dict[int, int]:
    """By subscription, how many stand on its list."""
    rows = SubscriptionUser.objects.filter(subscription__in=[case.subscription_id for case in cases]).order_by()
    return dict(rows.values_list("subscription").annotate(Count("pk")))


def lacks_of_subscription(case: GrantCase, *, people: int) -> Iterable[Missing]:
    """For the plan until it is filed, then for the claim."""
    found = case.subscription
    assert found is not None
    if case.state not in (*BEFORE_FILING, *BEFORE_CLAIM):
        return
    place = case.establishment
    yield from empty_parts(firm(place.organisation), FIRM, "firm", _("企業の%(part)s"))
    yield from empty_parts(establishment(place), ESTABLISHMENT, "establishment", _("事業所の%(part)s"))
    if not people:
        yield Missing("subscription_facts", _("対象労働者（様式第3-2号）"))
    parts = (*PARTS, *LATER) if case.state in BEFORE_CLAIM else PARTS
    for name, label in parts:
        if getattr(found, name) in (None, ""):
            yield Missing("subscription_facts", label, is_needed=(name, label) in PARTS)


def subscription_guide(now: Situation) -> Guide:
    step = SUBSCRIPTION_GUIDES.get(CaseState(now.case.state), GUIDES[now.case.state])
    return with_turns(step(now), now)


def late_words(now: Situation) -> str:
    """Late is not too late here: what comes a month after the filing is still supported."""
    if now.plan is None or now.today <= now.plan.last:
        return ""
    return _("期限の %(day)s は過ぎましたが、届け出た日の1か月後からの期間は対象になります。") % {
        "day": day_words(now.plan.last)
    }


def preparing(now: Situation) -> Guide:
    needed = [one for one in now.needed if one.is_needed]
    until = now.plan.last if now.plan else None
    if needed:
        text = _("計画届を確定するには、下の「足りないもの」を%(n)s件うめてください。") % {"n": len(needed)}
        return Guide(
            title=_("足りないもの%(n)s件をうめる") % {"n": len(needed)},
            text=text + late_words(now),
            label=_("足りないものを見る"),
            url="#missing",
            until=until,
            works=tuple(one.work for one in needed),
        )
    return Guide(
        title=_("定額制の計画届を確定する"),
        text=_("計画届に書くことがそろいました。確定すると、様式に印刷される内容が固定されます。") + late_words(now),
        label=_("計画届を確定する"),
        url=now.url("subscription_plan_freeze"),
        posts=True,
        confirm=_("いまの内容で計画届を確定します。よろしいですか。"),
        other_label=_("契約と対象労働者を見直す"),
        other_url=now.url("subscription_facts"),
        until=until,
    )


def planned(now: Situation) -> Guide:
    return Guide(
        title=_("計画届を労働局へ出す"),
        text=_("様式を印刷して提出し、届いた日（到達日）と受付番号を記録します。") + late_words(now),
        label=_("様式を受け取る"),
        url=now.url("papers"),
        other_label=_("提出したので届出日を記録する"),
        other_url=now.url("subscription_plan_file"),
        until=now.plan.last if now.plan else None,
    )


def learning(now: Situation) -> Guide:
    """Until the window of the claim is open; then the claim."""
    if now.claim is None:
        return Guide(
            title=_("対象になる期間が残っていません"),
            text=_("計画届が届いたときには、契約の残りが足りませんでした。次の契約で新しい案件をつくってください。"),
            label=_("案件を取りやめる"),
            url=now.url("case_drop"),
        )
    if now.today > now.claim.last:
        return overdue(now, now.claim.last, file="subscription_claim_file")
    if now.today < now.claim.first:
        text = _("支給申請は %(day)s からできます。修了した時間の合計が要件に達した日を入力すると、早く始まります。")
        return Guide(
            title=_("受講を進め、修了した時間を記録する"),
            text=text % {"day": day_words(now.claim.first)},
            label=_("修了した時間を入力する"),
            url=now.url("subscription_learning"),
            until=None,
            works=(Work.STATEMENT,),
        )
    return to_fix(
        now,
        freeze="subscription_claim_freeze",
        other_label=_("修了した時間を入力する"),
        other="subscription_learning",
        until=now.claim.last,
    )


def ready(now: Situation) -> Guide:
    if now.claim and now.today > now.claim.last:
        return overdue(now, now.claim.last, file="subscription_claim_file")
    return to_hand_in(now, file="subscription_claim_file")


SUBSCRIPTION_GUIDES: dict[CaseState, Callable[[Situation], Guide]] = {
    CaseState.PREPARING: preparing,
    CaseState.PLANNED: planned,
    CaseState.FILED: learning,
    CaseState.CLAIM_READY: ready,
}
