"""The next thing to do in a case, said to the person at the desk, with whose turn it is and the one button that does it."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

from django.urls import reverse

from courses.states import RunState
from firms.models import Mandate
from firms.words.days import day_words
from firms.words.saying import said as _
from grants.cases.missing import Missing
from grants.cases.turns import Turn, Work, turns_of
from grants.claims.excused import excused_until
from grants.models import Deadline, GrantCase, OfficeStep
from grants.rules import Window, figure
from grants.states import CaseState

WITH_A_RUN_AHEAD = (CaseState.PREPARING, CaseState.PLANNED, CaseState.FILED)


@dataclass(frozen=True)
class Guide:
    """`posts` is a button that acts at once after asking `confirm`; otherwise the button leads to a page.

    `works` says what the step asks for, `turns` whose turn it therefore is."""

    title: str
    text: str
    label: str = ""
    url: str = ""
    posts: bool = False
    confirm: str = ""
    other_label: str = ""
    other_url: str = ""
    until: date | None = None
    works: tuple[Work, ...] = (Work.APPLICATION,)
    turns: tuple[Turn, ...] = ()


@dataclass(frozen=True)
class Situation:
    """What the guide looks at."""

    case: GrantCase
    today: date
    mandate: Mandate | None = None
    needed: list[Missing] = field(default_factory=list)
    plan: Window | None = None
    claim: Window | None = None
    is_plan_outdated: bool = False
    changed: list[str] = field(default_factory=list)
    notice: Deadline | None = None
    asked: OfficeStep | None = None

    def url(self, name: str) -> str:
        return reverse(f"grants:{name}", args=[self.case.pk])


def guide(now: Situation) -> Guide:
    return with_turns(step_of(now), now)


def notice_guide(notice: Deadline, now: Situation) -> Guide:
    """A change is told whatever else the case waits for."""
    return with_turns(change_notice_due(notice, now.today), now)


def with_turns(found: Guide, now: Situation) -> Guide:
    return replace(found, turns=turns_of(found.works, mandate=now.mandate))


def step_of(now: Situation) -> Guide:
    if now.case.run.state == RunState.CANCELLED and now.case.state in WITH_A_RUN_AHEAD:
        return cancelled(now)
    return GUIDES[now.case.state](now)


def cancelled(now: Situation) -> Guide:
    """What becomes of the plan is for the office to say: the texts at hand rule on claims taken back, not on plans."""
    if now.case.state != CaseState.FILED:
        text = _("連携校がこの開講を中止しました。計画届はまだ出していないので、労働局への手続きはありません。")
        return Guide(_("開講が中止になりました"), text, _("案件を取りやめる"), now.url("case_drop"))
    months = figure("hrd_common", "change_notice.new_plan_months", now.today).whole
    text = _(
        "連携校がこの開講を中止したため、届け出た訓練は行われません。労働局に連絡し、計画届の取下げの手続きを"
        "確かめてください（要領に定めが見つからないため、Takumiでは様式を用意していません）。"
        "別の日程で受講するときは、開始日の遅れが%(months)sか月以上なら新しい計画届、それより短ければ計画変更届です。"
    ) % {"months": months}
    return Guide(
        title=_("開講が中止になりました：計画届を取り下げるか、別の日程に変える"),
        text=text,
        label=_("労働局に連絡したので案件を取りやめる"),
        url=now.url("case_drop"),
        other_label=_("届け出た計画を見る"),
        other_url=now.url("papers"),
    )


def plan_overdue(now: Situation, last: date) -> Guide:
    text = _(
        "計画届の期限は %(day)s でした。期限までに労働局に届いているときは、届いた日と受付番号を記録できます。"
        "届いていないときは、この開講では助成金を申請できません。"
    )
    return Guide(
        title=_("計画届の期限を過ぎました"),
        text=text % {"day": day_words(last)},
        label=_("期限までに届いた計画届を記録する"),
        url=now.url("plan_file"),
        other_label=_("案件を取りやめる"),
        other_url=now.url("case_drop"),
    )


def claim_overdue(now: Situation, last: date) -> Guide:
    """Past the last day nothing can be handed in; what arrived in time can still be written down."""
    text = _(
        "支給申請の期限は %(day)s でした。過ぎた後の申請は受け付けられず、できるのは管轄の労働局に電話で事情を伝えて確かめることだけです。"
        "期限までに届いているときは、届いた日を記録できます。"
    )
    return Guide(
        title=_("支給申請の期限を過ぎました"),
        text=text % {"day": day_words(last)},
        label=_("期限までに届いた申請を記録する"),
        url=now.url("claim_file"),
        other_label=_("案件を取りやめる"),
        other_url=now.url("case_drop"),
    )


def preparing(now: Situation) -> Guide:
    if now.plan and now.today > now.plan.last:
        return plan_overdue(now, now.plan.last)
    until = now.plan.last if now.plan else None
    if now.needed:
        text = _("計画を確定するには、下の「足りないもの」を%(n)s件うめてください。") % {"n": len(now.needed)}
        return Guide(
            title=_("足りないもの%(n)s件をうめる") % {"n": len(now.needed)},
            text=text,
            label=_("足りないものを見る"),
            url="#missing",
            until=until,
            works=tuple(one.work for one in now.needed),
        )
    return Guide(
        title=_("計画を確定する"),
        text=_("計画届に書くことがそろいました。確定すると、様式に印刷される内容がその時点のものに固定されます。"),
        label=_("計画を確定する"),
        url=now.url("plan_freeze"),
        posts=True,
        confirm=_("いまの内容で計画を確定します。よろしいですか。"),
        other_label=_("様式第1-3号の内容を見直す") if states_more(now) else "",
        other_url=now.url("plan_facts") if states_more(now) else "",
        until=until,
    )


def states_more(now: Situation) -> bool:
    """Where the plan of this scheme says more than the training itself."""
    return bool(now.case.entry.states)


def planned(now: Situation) -> Guide:
    if now.plan and now.today > now.plan.last:
        return plan_overdue(now, now.plan.last)
    if now.is_plan_outdated:
        return Guide(
            title=_("計画を確定し直す"),
            text=_("確定した後に内容が変わりました%(changed)s。提出する前に確定し直すと、次の版になります。")
            % {"changed": f"（{'、'.join(now.changed)}）" if now.changed else ""},
            label=_("計画を確定し直す"),
            url=now.url("plan_freeze"),
            posts=True,
            confirm=_("いまの内容で新しい版を確定します。よろしいですか。"),
            other_label=_("提出済みなので届出日を記録する"),
            other_url=now.url("plan_file"),
            until=now.plan.last if now.plan else None,
        )
    return Guide(
        title=_("計画届を労働局へ出す"),
        text=_("様式を印刷して提出し、届いた日（到達日）と受付番号を記録します。郵送は必着です。"),
        label=_("様式を受け取る"),
        url=now.url("papers"),
        other_label=_("提出したので届出日を記録する"),
        other_url=now.url("plan_file"),
        until=now.plan.last if now.plan else None,
    )


def still_excused(notice: Deadline, today: date) -> bool:
    until = excused_until(notice)
    return until is not None and notice.last_on < today <= until


def change_notice_due(notice: Deadline, today: date) -> Guide:
    """A departure nobody told goes before everything else; past its day it can only be undone or borne."""
    excused = excused_until(notice)
    if excused and still_excused(notice, today):
        return Guide(
            title=_("変更届のふつうの期限を過ぎました"),
            text=_(
                "病気・けがや災害で動かしたコマなら、%(day)sまで、理由書を添えて変更届を出せます。"
                "それ以外の理由では、そのコマの時間は受講時間に数えられません。"
            )
            % {"day": day_words(excused)},
            label=_("変更届を出した日を記録する"),
            url=reverse("grants:change_filed", args=[notice.pk]),
            other_label=_("差異を確かめる"),
            other_url="#drift",
            until=excused,
        )
    if today > notice.last_on:
        text = _("変更届の期限を過ぎています。日程を計画どおりに戻せないときは、その時間が受講時間に数えられません。")
        return Guide(_("計画と違う訓練になっています"), text, _("差異を確かめる"), "#drift", until=notice.last_on)
    return Guide(
        title=_("計画変更届を労働局へ出す"),
        text=_(
            "訓練が計画と変わりました。下の「計画との差異」を確かめ、期限までに変更届を出して、出した日を記録します。"
        ),
        label=_("変更届を出した日を記録する"),
        url=reverse("grants:change_filed", args=[notice.pk]),
        other_label=_("差異を確かめる"),
        other_url="#drift",
        until=notice.last_on,
    )


def filed(now: Situation) -> Guide:
    is_claim_open = bool(now.claim and now.today >= now.claim.first)
    if now.notice and (not is_claim_open or still_excused(now.notice, now.today)):
        return change_notice_due(now.notice, now.today)
    if now.claim and now.today > now.claim.last:
        return claim_overdue(now, now.claim.last)
    if now.claim and now.today >= now.claim.first:
        return Guide(
            title=_("支給申請を確かめて確定する"),
            text=_("訓練が終わりました。要件・出席・金額を確かめ、支給申請を確定します。"),
            label=_("支給申請の内容を確かめる"),
            url=now.url("claim"),
            other_label=_("支払を記録する"),
            other_url=now.url("costs"),
            until=now.claim.last,
        )
    opens = day_words(now.claim.first) if now.claim else ""
    return Guide(
        title=_("訓練を計画どおりに行う"),
        text=_(
            "支給申請は %(day)s からできます。それまでに受講料の支払を記録し、日程が変わるときは前もって変更届を出します。"
        )
        % {"day": opens},
        label=_("支払を記録する"),
        url=now.url("costs"),
        other_label=_("いまの見込みを見る"),
        other_url=now.url("claim"),
        works=(Work.STATEMENT,),
    )


def claim_ready(now: Situation) -> Guide:
    if now.claim and now.today > now.claim.last:
        return claim_overdue(now, now.claim.last)
    return Guide(
        title=_("支給申請を労働局へ出す"),
        text=_("様式と添付書類をそろえて提出し、届いた日（到達日）を記録します。"),
        label=_("様式を受け取る"),
        url=now.url("papers"),
        other_label=_("提出したので申請日を記録する"),
        other_url=now.url("claim_file"),
        until=now.claim.last if now.claim else None,
    )


def claimed(now: Situation) -> Guide:
    text = _("労働局の審査には数か月かかります。支給決定通知書（または不支給決定通知書）が届いたら記録します。")
    works = (Work.RULING,)
    return Guide(_("決定の通知を待つ"), text, _("届いた決定を記録する"), now.url("decision"), works=works)


def step_url(now: Situation, kind: str) -> str:
    return reverse("grants:step", args=[now.case.pk, kind])


def amending(now: Situation) -> Guide:
    row = now.asked
    text = _("求められた内容：%(note)s。期限までに出さないと支給されません。出したら、労働局に届いた日を記録します。")
    return Guide(
        title=_("補正を労働局へ出す"),
        text=text % {"note": row.note if row else ""},
        label=_("補正を出した日を記録する"),
        url=step_url(now, "amended"),
        other_label=_("届いた不支給決定を記録する"),
        other_url=now.url("decision"),
        until=row.due_on if row else None,
    )


def repaying(now: Situation) -> Guide:
    row = now.asked
    text = _("%(yen)s円の返還を求められています：%(note)s。納付したら、その日を記録します。")
    return Guide(
        title=_("助成金を返還する"),
        text=text % {"yen": f"{row.amount_yen or 0:,}" if row else "", "note": row.note if row else ""},
        label=_("返還した日を記録する"),
        url=step_url(now, "repaid"),
        until=row.due_on if row else None,
        works=(Work.STATEMENT,),
    )


def withdrawn(now: Situation) -> Guide:
    text = _("支給申請を取り下げました。労働局に出した書類は返却されないことがあります（共通要領0403）。")
    return Guide(_("支給申請を取り下げました"), text, _("履歴を見る"), now.url("case_journal"), works=())


def repaid(now: Situation) -> Guide:
    text = _("返還を終えました。書類は、求められたときに示せるよう保存してください。")
    return Guide(_("助成金を返還しました"), text, _("履歴を見る"), now.url("case_journal"), works=())


def approved(now: Situation) -> Guide:
    text = _("口座への入金を確かめて記録すると、案件は完了します。")
    return Guide(_("入金を記録する"), text, _("入金を記録する"), now.url("payment"), works=(Work.STATEMENT,))


def refused(now: Situation) -> Guide:
    text = _("通知書の理由を確かめ、次の申請に生かします。確認が済んだら案件を完了にします。")
    return Guide(
        title=_("不支給の理由を確かめる"),
        text=text,
        label=_("確認して案件を完了にする"),
        url=now.url("case_close"),
        posts=True,
        confirm=_("案件を完了にします。よろしいですか。"),
    )


def closed(now: Situation) -> Guide:
    years = figure("hrd_common", "retention.original.years", now.today).whole
    text = _("書類の原本は、支給決定日の翌日から%(years)s年間保存してください。") % {"years": years}
    return Guide(_("この案件は完了しました"), text, _("様式と証拠書類を見る"), now.url("papers"), works=())


def dropped(now: Situation) -> Guide:
    return Guide(
        _("この案件は取りやめました"),
        _("いつ、だれが取りやめたかは履歴で確かめられます。"),
        _("履歴を見る"),
        now.url("case_journal"),
        works=(),
    )


GUIDES: dict[str, Callable[[Situation], Guide]] = {
    CaseState.PREPARING: preparing,
    CaseState.PLANNED: planned,
    CaseState.FILED: filed,
    CaseState.CLAIM_READY: claim_ready,
    CaseState.CLAIMED: claimed,
    CaseState.AMENDING: amending,
    CaseState.WITHDRAWN: withdrawn,
    CaseState.REPAYING: repaying,
    CaseState.REPAID: repaid,
    CaseState.APPROVED: approved,
    CaseState.REFUSED: refused,
    CaseState.CLOSED: closed,
    CaseState.DROPPED: dropped,
}
