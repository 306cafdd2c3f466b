"""Every state of an invitation, a newcomer, a mandate, a job, an evidence file and a link, and the moves between them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class MandateState(TextChoices):
    REQUESTED = "requested", _("承認待ち")
    ACTIVE = "active", _("有効")
    DECLINED = "declined", _("辞退")
    REVOKED = "revoked", _("解除")


class JobState(TextChoices):
    WAITING = "waiting", _("待機中")
    RUNNING = "running", _("実行中")
    DONE = "done", _("完了")
    QUARANTINED = "quarantined", _("失敗（要確認）")


class EvidenceState(TextChoices):
    UNCHECKED = "unchecked", _("確認中")
    CLEAN = "clean", _("確認済み")
    REJECTED = "rejected", _("受入不可")


class InvitationState(TextChoices):
    OPEN = "open", _("招待中")
    ACCEPTED = "accepted", _("参加済み")
    WITHDRAWN = "withdrawn", _("取消")


class LinkState(TextChoices):
    OPEN = "open", _("使える")
    USED = "used", _("使用済み")
    REVOKED = "revoked", _("取消")


class NewcomerState(TextChoices):
    UNCONFIRMED = "unconfirmed", _("メールの確認待ち")
    WAITING = "waiting", _("区の確認待ち")
    ACCEPTED = "accepted", _("登録済み")
    DECLINED = "declined", _("受け付けず")


# From each state, the states it may become; the first state of each is where its objects start.
MOVES: dict[type[TextChoices], dict[str, frozenset[str]]] = {
    MandateState: {
        MandateState.REQUESTED: frozenset({MandateState.ACTIVE, MandateState.DECLINED, MandateState.REVOKED}),
        MandateState.ACTIVE: frozenset({MandateState.REVOKED}),
        MandateState.DECLINED: frozenset(),
        MandateState.REVOKED: frozenset(),
    },
    JobState: {
        JobState.WAITING: frozenset({JobState.RUNNING}),
        JobState.RUNNING: frozenset({JobState.DONE, JobState.WAITING, JobState.QUARANTINED}),
        JobState.QUARANTINED: frozenset({JobState.WAITING}),
        JobState.DONE: frozenset(),
    },
    EvidenceState: {
        EvidenceState.UNCHECKED: frozenset({EvidenceState.CLEAN, EvidenceState.REJECTED}),
        EvidenceState.CLEAN: frozenset(),
        EvidenceState.REJECTED: frozenset(),
    },
    InvitationState: {
        InvitationState.OPEN: frozenset({InvitationState.ACCEPTED, InvitationState.WITHDRAWN}),
        InvitationState.ACCEPTED: frozenset(),
        InvitationState.WITHDRAWN: frozenset(),
    },
    NewcomerState: {
        NewcomerState.UNCONFIRMED: frozenset({NewcomerState.WAITING}),
        NewcomerState.WAITING: frozenset({NewcomerState.ACCEPTED, NewcomerState.DECLINED}),
        NewcomerState.ACCEPTED: frozenset(),
        NewcomerState.DECLINED: frozenset(),
    },
    LinkState: {
        LinkState.OPEN: frozenset({LinkState.USED, LinkState.REVOKED}),
        LinkState.USED: frozenset(),
        LinkState.REVOKED: frozenset(),
    },
}
