"""Excuse: minutes of training somebody missed for a reason the rules forgive, with its proof."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.models import Enrolment
from firms.models import Evidence, Person
from grants.models.cases import GrantCase


class Excuse(models.Model):
    """Append-only; a mistake is voided by a second row. They are added for the test of the share alone: no wage is aided."""

    class Reason(models.TextChoices):
        RESIGNATION = "resignation", _("本人の都合による退職")
        DISMISSAL = "dismissal", _("労働者の責めに帰すべき理由による解雇")
        ILLNESS = "illness", _("病気・けが")
        DEATH = "death", _("死亡")
        DISASTER = "disaster", _("天災など")

    case = models.ForeignKey(GrantCase, models.PROTECT, related_name="excuses", verbose_name=_("助成金案件"))
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="excuses", verbose_name=_("受講"))
    minutes = models.PositiveSmallIntegerField(_("受講できなかった時間（分）"))
    reason = models.CharField(_("理由"), max_length=12, choices=Reason.choices)
    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="+", verbose_name=_("証拠書類"))
    voids = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="voided_by", verbose_name=_("取り消す記録")
    )
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("記録した人"))
    recorded_at = models.DateTimeField(_("記録日時"), auto_now_add=True)

    class Meta:
        verbose_name = _("やむを得ない欠席")
        verbose_name_plural = _("やむを得ない欠席")
        ordering = ["case", "pk"]
        constraints = [models.CheckConstraint(condition=Q(minutes__gt=0), name="excuse_is_positive")]

    def __str__(self) -> str:
        return f"{self.enrolment.person} {self.minutes}"
