"""Guidance from afar: whether the line was tried, who agreed to be recorded, and what was said at which second."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mentors.models.requesting.moves import Side
from mentors.models.requesting.plans import Session

MINUTE = 60


class ConnectionCheck(models.Model):
    """Append-only: the line as one side tried it before the session."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="checks", verbose_name=_("実技指導"))
    side = models.CharField(_("確かめた側"), max_length=8, choices=Side.choices)
    is_heard = models.BooleanField(_("声が聞こえる"))
    is_seen = models.BooleanField(_("顔と作業台が映る"))
    are_hands_seen = models.BooleanField(_("手元が2台目のカメラに映る"))
    note = models.CharField(_("気づいたこと"), max_length=200, blank=True)
    checked_by = models.ForeignKey("firms.Person", models.PROTECT, related_name="+", verbose_name=_("確かめた人"))
    checked_at = models.DateTimeField(_("確かめた日時"), auto_now_add=True)

    class Meta:
        verbose_name = _("接続の確認")
        verbose_name_plural = _("接続の確認")
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=Q(side__in=Side.values), name="check_side_known")]

    def __str__(self) -> str:
        return f"{self.session} {self.get_side_display()}"

    @property
    def is_good(self) -> bool:
        return self.is_heard and self.is_seen and self.are_hands_seen


class RecordingConsent(models.Model):
    """One side agrees to a recording, for everybody of theirs who is on it; taken back, nothing more is recorded."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="consents", verbose_name=_("実技指導"))
    side = models.CharField(_("同意した側"), max_length=8, choices=Side.choices)
    given_by = models.ForeignKey("firms.Person", models.PROTECT, related_name="+", verbose_name=_("同意した人"))
    given_at = models.DateTimeField(_("同意の日時"), auto_now_add=True)
    withdrawn_at = models.DateTimeField(_("取下げの日時"), null=True, blank=True)

    class Meta:
        verbose_name = _("録画への同意")
        verbose_name_plural = _("録画への同意")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "side"], condition=Q(withdrawn_at=None), name="recording_consent_open_once"
            ),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="recording_consent_side_known"),
        ]

    def __str__(self) -> str:
        return f"{self.session} {self.get_side_display()}"


class Remark(models.Model):
    """Append-only: what somebody said, so many seconds after the call began. Of a recording, that is where a clip begins."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="remarks", verbose_name=_("実技指導"))
    second = models.PositiveIntegerField(_("通話の開始からの秒"))
    text = models.CharField(_("ひとこと"), max_length=200)
    written_by = models.ForeignKey("firms.Person", models.PROTECT, related_name="+", verbose_name=_("書いた人"))
    written_at = models.DateTimeField(_("日時"), auto_now_add=True)

    class Meta:
        verbose_name = _("指導中のひとこと")
        verbose_name_plural = _("指導中のひとこと")
        ordering = ["second", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="remark_says_something")]

    def __str__(self) -> str:
        return f"{self.clock} {self.text}"

    @property
    def clock(self) -> str:
        """12:05, or 1:02:05 after the first hour."""
        minutes, seconds = divmod(self.second, MINUTE)
        hours, minutes = divmod(minutes, MINUTE)
        return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
