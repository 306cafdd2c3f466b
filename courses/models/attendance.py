"""AttendanceMark: append-only minutes of one person in one lesson; a correction is a new row that names the old."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from courses.models.catalogue import Lesson, minutes_between
from courses.models.enrolments import Enrolment
from firms.acting import Acting


class Source(models.TextChoices):
    ROSTER = "roster", _("出席簿")
    PAPER = "paper", _("紙の名簿から転記")


class MarkQuerySet(models.QuerySet["AttendanceMark"]):
    def current(self) -> "MarkQuerySet":
        """The last of each chain: no later mark corrects it."""
        return self.filter(correction=None)

    def taught_by(self, acting: Acting) -> "MarkQuerySet":
        """Those of the college one acts for."""
        return self.filter(lesson__run__course__college=acting.organisation_id)


class AttendanceMark(models.Model):
    """Append-only: the database refuses UPDATE and DELETE by trigger.

    `came_at`–`left_at` is the span in the room, both empty for an absence; `minutes` is that span without meals.
    """

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="marks", verbose_name=_("受講"))
    lesson = models.ForeignKey(Lesson, models.PROTECT, related_name="marks", verbose_name=_("コマ"))
    came_at = models.DateTimeField(_("入室"), null=True, blank=True)
    left_at = models.DateTimeField(_("退室"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("受講時間（分）"))
    source = models.CharField(_("記録方法"), max_length=10, choices=Source.choices)
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="correction", verbose_name=_("訂正した記録")
    )
    reason = models.CharField(_("訂正の理由"), max_length=200, blank=True)
    recorded_by = models.ForeignKey("firms.Person", models.PROTECT, related_name="+", verbose_name=_("記録した人"))
    recorded_at = models.DateTimeField(_("記録日時"), auto_now_add=True)

    objects = MarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("出席記録")
        verbose_name_plural = _("出席記録")
        ordering = ["lesson", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "lesson"], condition=Q(corrects=None), name="attendance_first_mark_once"
            ),
            models.CheckConstraint(
                condition=Q(came_at=None, left_at=None, minutes=0)
                | Q(came_at__isnull=False, left_at__isnull=False, left_at__gt=F("came_at"), minutes__gt=0),
                name="attendance_minutes_agree_with_span",
            ),
            models.CheckConstraint(
                condition=Q(corrects=None, reason="") | (Q(corrects__isnull=False) & ~Q(reason="")),
                name="attendance_correction_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment.person} {self.lesson} {self.minutes}"

    @property
    def is_absence(self) -> bool:
        return self.came_at is None

    @property
    def late_minutes(self) -> int:
        return minutes_between(self.lesson.starts_at, self.came_at) if self.came_at else 0

    @property
    def early_minutes(self) -> int:
        return minutes_between(self.left_at, self.lesson.ends_at) if self.left_at else 0
