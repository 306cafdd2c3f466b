"""Every state of a grant case and a deadline, and the moves between them: the whole process on one screen."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CaseState(TextChoices):
    PREPARING = "preparing", _("計画を準備中")
    PLANNED = "planned", _("計画を確定")
    FILED = "filed", _("計画届を提出済み")
    CLAIM_READY = "claim_ready", _("支給申請を確定")
    CLAIMED = "claimed", _("支給申請済み")
    AMENDING = "amending", _("補正を求められた")
    WITHDRAWN = "withdrawn", _("申請を取下げ")
    APPROVED = "approved", _("支給決定")
    REFUSED = "refused", _("不支給決定")
    CLOSED = "closed", _("完了")
    REPAYING = "repaying", _("返還を求められた")
    REPAID = "repaid", _("返還済み")
    DROPPED = "dropped", _("取りやめ")


class DeadlineState(TextChoices):
    OPEN = "open", _("対応待ち")
    MET = "met", _("対応済み")
    REPLACED = "replaced", _("日程変更で置換え")
    LAPSED = "lapsed", _("不要になった")


class RequestState(TextChoices):
    OPEN = "open", _("返事待ち")
    ANSWERED = "answered", _("そろった")
    WITHDRAWN = "withdrawn", _("取りやめ")


# From each state, the states it may become; the first state of each is where its objects start.
MOVES: dict[type[TextChoices], dict[str, frozenset[str]]] = {
    CaseState: {
        # Where the plan of a conversion is filed already, the case begins with it.
        CaseState.PREPARING: frozenset({CaseState.PLANNED, CaseState.FILED, CaseState.DROPPED}),
        # A plan that was frozen and not yet filed may be frozen anew: a new version, the old one stays.
        CaseState.PLANNED: frozenset({CaseState.PLANNED, CaseState.FILED, CaseState.DROPPED}),
        CaseState.FILED: frozenset({CaseState.CLAIM_READY, CaseState.DROPPED}),
        CaseState.CLAIM_READY: frozenset({CaseState.CLAIM_READY, CaseState.CLAIMED, CaseState.DROPPED}),
        CaseState.CLAIMED: frozenset({CaseState.AMENDING, CaseState.WITHDRAWN, CaseState.APPROVED, CaseState.REFUSED}),
        # What was not amended in time is refused (共通要領0401ホ); nothing else is decided before the answer.
        CaseState.AMENDING: frozenset({CaseState.CLAIMED, CaseState.WITHDRAWN, CaseState.REFUSED}),
        # One decision written down for the other is put right; a refusal that was read is closed by then.
        CaseState.APPROVED: frozenset({CaseState.CLOSED, CaseState.REFUSED}),
        CaseState.REFUSED: frozenset({CaseState.CLOSED, CaseState.APPROVED}),
        CaseState.CLOSED: frozenset({CaseState.APPROVED, CaseState.REPAYING}),
        CaseState.REPAYING: frozenset({CaseState.REPAID, CaseState.CLOSED}),
        CaseState.REPAID: frozenset({CaseState.REPAYING}),
        # A step that was recorded by mistake is taken back.
        CaseState.WITHDRAWN: frozenset({CaseState.CLAIMED, CaseState.AMENDING}),
        CaseState.DROPPED: frozenset(),
    },
    DeadlineState: {
        DeadlineState.OPEN: frozenset({DeadlineState.MET, DeadlineState.REPLACED, DeadlineState.LAPSED}),
        DeadlineState.MET: frozenset(),
        DeadlineState.REPLACED: frozenset(),
        DeadlineState.LAPSED: frozenset(),
    },
    RequestState: {
        RequestState.OPEN: frozenset({RequestState.ANSWERED, RequestState.WITHDRAWN}),
        # A file that turns out to be unreadable is asked for again.
        RequestState.ANSWERED: frozenset({RequestState.OPEN}),
        RequestState.WITHDRAWN: frozenset(),
    },
}

# A claim is frozen and not yet over: records that change now are told, not taken in.
AFTER_FREEZE = (CaseState.CLAIM_READY, CaseState.CLAIMED, CaseState.AMENDING, CaseState.APPROVED)
ENDED = (CaseState.CLOSED, CaseState.DROPPED, CaseState.WITHDRAWN, CaseState.REPAID)
