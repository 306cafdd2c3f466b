"""The placement's whole process: every event with who may cause it and what it leads from and to, and the moves that follow."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Party(TextChoices):
    """Who causes an event; the three parties of a placement, and the day that comes."""

    WORKER = "worker", _("本人")
    HOST = "host", _("受入企業")
    AGENCY = "agency", _("派遣元")
    SYSTEM = "system", _("期日")


class PlacementState(TextChoices):
    REGISTERED = "registered", _("登録済み")
    PREPARED = "prepared", _("準備完了")
    MATCHING = "matching", _("打診中")
    TERMS_PENDING = "terms_pending", _("条件の取決め中")
    CONTRACTED = "contracted", _("契約済み")
    READY = "ready", _("開始待ち")
    ACTIVE = "active", _("就労中")
    SUSPENDED = "suspended", _("休止中")
    INTENT_OPEN = "intent_open", _("意向確認中")
    MUTUAL_AGREED = "mutual_agreed", _("双方が希望")
    OFFERED = "offered", _("採用条件の提示中")
    CONVERTED = "converted", _("正社員に転換")
    RETENTION_1 = "retention_1", _("定着確認（1か月）")
    RETENTION_3 = "retention_3", _("定着確認（3か月）")
    RETENTION_6 = "retention_6", _("定着確認（6か月）")
    RETAINED_6M = "retained_6m", _("6か月定着")
    LEFT_EARLY = "left_early", _("6か月以内に離職")
    WORKER_DECLINED = "worker_declined", _("本人が辞退")
    HOST_DECLINED = "host_declined", _("受入企業が見送り")
    TERMINATED = "terminated", _("途中で終了")
    CLOSED = "closed", _("終結")


class PostingState(TextChoices):
    DRAFT = "draft", _("下書き")
    OPEN = "open", _("募集中")
    CLOSED = "closed", _("募集終了")


class MonthState(TextChoices):
    """Of a month of days at work: while it is closed nothing of it changes."""

    OPEN = "open", _("記録中")
    CLOSED = "closed", _("締め済み")


class DirectState(TextChoices):
    """国のトライアル雇用, where the firm itself hires for a term."""

    HIRED = "hired", _("実施計画書を出す前")
    PLANNED = "planned", _("実施計画書を提出済み")
    ENDED = "ended", _("支給申請の前")
    CLAIMED = "claimed", _("支給申請を提出済み")
    PAID = "paid", _("支給済み")
    DENIED = "denied", _("不支給")
    LAPSED = "lapsed", _("申請なし")


D = DirectState
DIRECT_CLAIMED = (D.CLAIMED, D.PAID, D.DENIED)
DIRECT_AFTER = (D.ENDED, *DIRECT_CLAIMED)
DIRECT_FILED = (D.PLANNED, *DIRECT_AFTER)

S, P = PlacementState, Party
THREE = (P.WORKER, P.HOST, P.AGENCY)
AT_WORK = (S.ACTIVE, S.SUSPENDED, S.INTENT_OPEN)
RETENTION = (S.RETENTION_1, S.RETENTION_3, S.RETENTION_6)
WITHOUT_HIRE = (S.WORKER_DECLINED, S.HOST_DECLINED, S.TERMINATED)
BEFORE_MATCHING = (S.REGISTERED, S.PREPARED)
BEFORE_CONTRACT = (*BEFORE_MATCHING, S.MATCHING, S.TERMS_PENDING)
BEFORE_START = (S.CONTRACTED, S.READY)
BEFORE_WORK = (*BEFORE_CONTRACT, *BEFORE_START)
# Both want the permanent job, and it has not begun.
BEFORE_HIRE = (S.MUTUAL_AGREED, S.OFFERED)
# While its papers may be signed: the first ones, and those of an extension.
SIGNING = (S.TERMS_PENDING, S.CONTRACTED, *AT_WORK)
HIRED = (S.CONVERTED, *RETENTION, S.RETAINED_6M, S.LEFT_EARLY)
# Whose first day at work is behind them, however the trial went on.
WORKED = (*AT_WORK, *BEFORE_HIRE, S.WORKER_DECLINED, S.HOST_DECLINED, *HIRED)


@dataclass(frozen=True)
class Event:
    """`to` is None where the state stays. `begins` is the state of the new placement that a re-match opens."""

    code: str
    label: str | Promise
    by: tuple[Party, ...]
    sources: tuple[PlacementState, ...]
    to: PlacementState | None
    begins: PlacementState | None = None


EVENTS = (
    Event("prepare", _("面談・事前研修を終える"), (P.AGENCY,), (S.REGISTERED,), S.PREPARED),
    Event("propose", _("求人を提示する"), (P.AGENCY,), (S.PREPARED,), S.MATCHING),
    Event("view", _("見学・面接を記録する"), (P.AGENCY,), (S.MATCHING,), None),
    Event("agree", _("打診を受ける"), (P.WORKER, P.HOST), (S.MATCHING,), S.TERMS_PENDING),
    Event("decline", _("打診を断る"), (P.WORKER, P.HOST), (S.MATCHING,), S.PREPARED),
    Event("notify", _("抵触日と待遇情報を通知する"), (P.HOST,), (S.TERMS_PENDING,), None),
    Event("draft", _("個別契約の条件を定める"), (P.AGENCY,), (S.TERMS_PENDING,), None),
    Event("contract", _("個別契約がそろう"), (P.HOST, P.AGENCY), (S.TERMS_PENDING,), S.CONTRACTED),
    Event("call_off", _("条件の取決めをやめる"), THREE, (S.TERMS_PENDING,), S.TERMINATED),
    Event("acknowledge", _("就業条件明示を受け取る"), (P.WORKER,), (S.CONTRACTED,), S.READY),
    Event("cancel", _("開始の前に契約を取りやめる"), THREE, BEFORE_START, S.TERMINATED),
    Event("start", _("開始する"), (P.HOST,), (S.READY,), S.ACTIVE),
    Event("fail_to_start", _("開始できなかった"), (P.AGENCY,), (S.READY,), S.TERMINATED),
    Event("suspend", _("休止する"), (P.AGENCY,), (S.ACTIVE,), S.SUSPENDED),
    Event("resume", _("復帰する"), (P.AGENCY,), (S.SUSPENDED,), S.ACTIVE),
    Event("extend", _("延長の条件を定める"), (P.AGENCY,), (S.ACTIVE, S.SUSPENDED), None),
    Event("open_intent", _("意向確認を始める"), (P.SYSTEM,), (S.ACTIVE,), S.INTENT_OPEN),
    Event("answer", _("意向を答える"), (P.WORKER, P.HOST), (S.INTENT_OPEN,), None),
    Event("both_yes", _("双方が希望"), (P.WORKER, P.HOST), (S.INTENT_OPEN,), S.MUTUAL_AGREED),
    Event("worker_no", _("本人が希望しない"), (P.WORKER,), (S.INTENT_OPEN,), S.WORKER_DECLINED),
    Event("host_no", _("受入企業が希望しない"), (P.HOST,), (S.INTENT_OPEN,), S.HOST_DECLINED),
    Event("worker_back_out", _("採用の希望を取り下げる"), (P.WORKER,), BEFORE_HIRE, S.WORKER_DECLINED),
    Event("host_back_out", _("採用の希望を取り下げる"), (P.HOST,), BEFORE_HIRE, S.HOST_DECLINED),
    Event("fall_through", _("採用の話がなくなったことを記録する"), (P.AGENCY,), BEFORE_HIRE, S.TERMINATED),
    Event("offer", _("採用条件を明示する"), (P.HOST,), (S.MUTUAL_AGREED,), S.OFFERED),
    Event("accept", _("採用を承諾する"), (P.WORKER,), (S.OFFERED,), None),
    Event("refuse_offer", _("採用を辞退する"), (P.WORKER,), (S.OFFERED,), S.WORKER_DECLINED),
    Event("hire", _("雇入れの日"), (P.SYSTEM,), (S.OFFERED,), S.CONVERTED),
    Event("due_1", _("1か月の日"), (P.SYSTEM,), (S.CONVERTED,), S.RETENTION_1),
    Event("due_3", _("3か月の日"), (P.SYSTEM,), (S.RETENTION_1,), S.RETENTION_3),
    Event("due_6", _("6か月の日"), (P.SYSTEM,), (S.RETENTION_3,), S.RETENTION_6),
    Event("check", _("在籍を答える"), (P.WORKER, P.HOST), RETENTION, None),
    Event("retain", _("6か月在籍"), (P.WORKER, P.HOST), (S.RETENTION_6,), S.RETAINED_6M),
    Event("left", _("離職を記録する"), (P.AGENCY,), RETENTION, S.LEFT_EARLY),
    Event("end", _("途中で終える"), THREE, (*AT_WORK, S.MUTUAL_AGREED), S.TERMINATED),
    Event("rematch", _("次の受入先を探す"), (P.AGENCY,), WITHOUT_HIRE, S.CLOSED, begins=S.PREPARED),
    Event("dispatch", _("通常の派遣に切り替える"), (P.AGENCY,), (S.HOST_DECLINED,), S.CLOSED),
    Event("close", _("終結する"), (P.AGENCY,), (*WITHOUT_HIRE, S.RETAINED_6M, S.LEFT_EARLY), S.CLOSED),
    Event("withdraw", _("参加をやめる"), (P.WORKER, P.AGENCY), BEFORE_MATCHING, S.CLOSED),
)
BY_CODE = {event.code: event for event in EVENTS}


def following(state: PlacementState) -> frozenset[str]:
    return frozenset(event.to for event in EVENTS if state in event.sources and event.to is not None)


# From each state, the states it may become; the first state of each is where its objects start.
MOVES: dict[type[TextChoices], dict[str, frozenset[str]]] = {
    PlacementState: {state: following(state) for state in PlacementState},
    PostingState: {
        PostingState.DRAFT: frozenset({PostingState.OPEN, PostingState.CLOSED}),
        PostingState.OPEN: frozenset({PostingState.CLOSED}),
        PostingState.CLOSED: frozenset(),
    },
    MonthState: {MonthState.OPEN: frozenset({MonthState.CLOSED}), MonthState.CLOSED: frozenset({MonthState.OPEN})},
    DirectState: {
        D.HIRED: frozenset({D.PLANNED, D.LAPSED}),
        D.PLANNED: frozenset({D.ENDED, D.LAPSED}),
        D.ENDED: frozenset({D.CLAIMED, D.LAPSED}),
        D.CLAIMED: frozenset({D.PAID, D.DENIED}),
        D.PAID: frozenset(),
        D.DENIED: frozenset(),
        D.LAPSED: frozenset(),
    },
}
