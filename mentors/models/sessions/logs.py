"""The log of a session: append-only, a correction is a further row that names the one it corrects."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mentors import briefings
from mentors.models.certifying.certifications import Standing
from mentors.models.requesting.plans import Session
from mentors.models.requesting.requests import Learner

if TYPE_CHECKING:
    from mentors.models.sessions.rulings import LogRuling


class Method(models.TextChoices):
    SHOW = "show", _("やって見せる")
    TOGETHER = "together", _("一緒にやる")
    WATCH = "watch", _("やらせて直す")
    TALK = "talk", _("説明・図面")


class Level(models.IntegerChoices):
    """How far a learner can do it."""

    NOT_YET = 0, _("まだできない")
    WITH_HELP = 1, _("助けがあればできる")
    ALONE = 2, _("一人でできる")
    TEACHES = 3, _("人に教えられる")


class SessionLogQuerySet(models.QuerySet["SessionLog"]):
    def current(self) -> "SessionLogQuerySet":
        """Those no later row corrects."""
        return self.filter(correction=None)


class SessionLog(models.Model):
    """One telling of what happened. `typed_at` is the device's word, `arrived_at` ours."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="logs", verbose_name=_("実技指導"))
    number = models.PositiveSmallIntegerField(_("版"))
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="correction", verbose_name=_("訂正した記録")
    )
    because = models.CharField(_("訂正の理由"), max_length=200, blank=True)
    starts_at = models.DateTimeField(_("始めた時刻"))
    ends_at = models.DateTimeField(_("終えた時刻"))
    break_minutes = models.PositiveSmallIntegerField(_("休憩（分）"), default=0)
    teaching_minutes = models.PositiveSmallIntegerField(_("指導した時間（分）"))
    topic = models.CharField(_("指導した内容"), max_length=200)
    method = models.CharField(_("教え方"), max_length=10, choices=Method.choices)
    briefing = models.JSONField(_("安全の説明の項目"), default=list, blank=True)
    briefing_edition = models.CharField(_("安全の説明の一覧の版"), max_length=10, blank=True)
    safety = models.CharField(_("安全の説明（補足）"), max_length=200, blank=True)
    materials = models.CharField(_("使った材料"), max_length=200, blank=True)
    materials_yen = models.PositiveIntegerField(_("材料費（円）"), default=0)
    travel_yen = models.PositiveIntegerField(_("交通費（円）"), default=0)
    is_travel_to_carrier = models.BooleanField(_("交通費は区が交通機関へ直接払う"), default=False)
    incident = models.CharField(_("けが・ヒヤリ"), max_length=400, blank=True)
    comment = models.CharField(_("ひとこと"), max_length=400, blank=True)
    standing = models.CharField(_("その日の認定"), max_length=10, choices=Standing.choices)
    written_by = models.ForeignKey("firms.Person", models.PROTECT, related_name="+", verbose_name=_("署名した人"))
    typed_at = models.DateTimeField(_("入力した日時"))
    arrived_at = models.DateTimeField(_("届いた日時"))

    objects = SessionLogQuerySet.as_manager()

    class Meta:
        verbose_name = _("実技指導の記録")
        verbose_name_plural = _("実技指導の記録")
        ordering = ["session", "number"]
        constraints = [
            models.UniqueConstraint(fields=["session", "number"], name="log_number_once"),
            models.CheckConstraint(
                condition=Q(number=1, corrects=None) | (Q(number__gt=1, corrects__isnull=False) & ~Q(because="")),
                name="log_correction_with_a_reason",
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="log_ends_after_start"),
            models.CheckConstraint(condition=Q(arrived_at__gte=F("typed_at")), name="log_arrives_after_typing"),
            models.CheckConstraint(condition=~Q(safety="") | ~Q(briefing_edition=""), name="log_says_safety"),
            models.CheckConstraint(condition=Q(method__in=Method.values), name="log_method_known"),
        ]

    def __str__(self) -> str:
        return f"{self.session} 第{self.number}版"

    @property
    def is_certified(self) -> bool:
        """Whether the certification counted on the day: where it did not, the log is flagged and not paid."""
        return self.standing == Standing.VALID

    @property
    def briefed(self) -> list[str]:
        """What was ticked of the safety briefing, in the words of its list; where the session and its request were fetched."""
        return briefings.labels_of(self.briefing_edition, self.session.request.occupation, self.briefing)

    @property
    def has_paper(self) -> bool:
        """Whether the facts of its paper are kept; logs of old may have none."""
        return getattr(self, "frozen", None) is not None

    @property
    def ruled(self) -> "LogRuling | None":
        """What the ward said of a log of a day without certification."""
        return getattr(self, "ruling", None)

    @property
    def came_late(self) -> bool:
        """Kept on a device before it was sent."""
        return (self.arrived_at - self.typed_at).total_seconds() > LATE_SECONDS

    @property
    def begun(self) -> str:
        return f"{timezone.localtime(self.starts_at):%H:%M}–{timezone.localtime(self.ends_at):%H:%M}"


LATE_SECONDS = 60


class LogAttendance(models.Model):
    """Append-only: how long one learner was there, and how far they could do it before and after."""

    log = models.ForeignKey(SessionLog, models.PROTECT, related_name="attendances", verbose_name=_("記録"))
    learner = models.ForeignKey(Learner, models.PROTECT, related_name="attendances", verbose_name=_("受講者"))
    minutes = models.PositiveSmallIntegerField(_("出席した時間（分）"))
    before = models.PositiveSmallIntegerField(_("始める前"), choices=Level.choices)
    after = models.PositiveSmallIntegerField(_("終えたあと"), choices=Level.choices)

    class Meta:
        verbose_name = _("受講者の出席と到達")
        verbose_name_plural = _("受講者の出席と到達")
        ordering = ["log", "learner"]
        constraints = [
            models.UniqueConstraint(fields=["log", "learner"], name="log_learner_once"),
            models.CheckConstraint(
                condition=Q(before__in=Level.values, after__in=Level.values), name="log_level_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.learner} {self.minutes}"
