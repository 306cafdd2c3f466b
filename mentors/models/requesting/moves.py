"""A session moves: what one side wants instead, the other side's answer, and the secret of a マイスター's own calendar."""

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from firms.acting import Acting
from mentors.models.requesting.plans import Session
from mentors.states import MoveState


class Side(models.TextChoices):
    MENTOR = "mentor", _("マイスター")
    HOST = "host", _("派遣先")


def side_of(acting: Acting, session: Session) -> Side:
    """The マイスター is never the other side as well, whoever they also act for."""
    return Side.MENTOR if session.mentor_id == acting.person.pk else Side.HOST


class SessionMoveQuerySet(models.QuerySet["SessionMove"]):
    def visible_to(self, acting: Acting) -> "SessionMoveQuerySet":
        """As the session."""
        return self.filter(session__in=Session.objects.visible_to(acting))

    def open(self) -> "SessionMoveQuerySet":
        return self.filter(state=MoveState.ASKED)


class SessionMove(models.Model):
    """One side asks for another time; it holds once the other side has agreed."""

    tone = {
        MoveState.ASKED: "warning",
        MoveState.AGREED: "success",
        MoveState.DECLINED: "neutral",
        MoveState.WITHDRAWN: "neutral",
    }

    session = models.ForeignKey(Session, models.PROTECT, related_name="moves", verbose_name=_("実技指導"))
    side = models.CharField(_("申し出た側"), max_length=8, choices=Side.choices)
    asked_by = models.ForeignKey("firms.Person", models.PROTECT, related_name="+", verbose_name=_("申し出た人"))
    starts_at = models.DateTimeField(_("新しい開始"))
    ends_at = models.DateTimeField(_("新しい終了"))
    break_minutes = models.PositiveSmallIntegerField(_("休憩（分）"), default=0)
    because = models.CharField(_("変更の理由"), max_length=400)
    state = models.CharField(_("状態"), max_length=10, choices=MoveState.choices, default=MoveState.ASKED)
    answer = models.CharField(_("返事の理由"), max_length=400, blank=True)
    asked_at = models.DateTimeField(_("申出の日時"), auto_now_add=True)
    answered_at = models.DateTimeField(_("返事の日時"), null=True, blank=True)

    objects = SessionMoveQuerySet.as_manager()

    class Meta:
        verbose_name = _("日時の変更")
        verbose_name_plural = _("日時の変更")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=MoveState.values), name="move_state_known"),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="move_side_known"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="move_ends_after_start"),
            models.CheckConstraint(condition=~Q(because=""), name="move_says_why"),
            models.UniqueConstraint(fields=["session"], condition=Q(state="asked"), name="move_open_once"),
            models.CheckConstraint(
                condition=Q(state="asked", answered_at=None) | (~Q(state="asked") & Q(answered_at__isnull=False)),
                name="move_answered_with_a_moment",
            ),
            models.CheckConstraint(condition=~Q(state="declined") | ~Q(answer=""), name="move_declined_with_a_reason"),
        ]

    def __str__(self) -> str:
        return str(self.session)

    @property
    def on(self) -> date:
        return timezone.localtime(self.starts_at).date()

    @property
    def minutes(self) -> int:
        """Without the break."""
        return int((self.ends_at - self.starts_at) / timedelta(minutes=1)) - self.break_minutes


class VisitFeed(models.Model):
    """The secret of the calendar of a マイスター's own sessions: for the person alone, whoever they work for; revocable."""

    person = models.ForeignKey("firms.Person", models.PROTECT, related_name="visit_feeds")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("実技指導のカレンダー購読")
        verbose_name_plural = _("実技指導のカレンダー購読")
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(revoked_at=None), name="visit_feed_open_once"),
        ]

    def __str__(self) -> str:
        return str(self.person)
