"""Who was asked for an evaluation, and for which day."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trials.models.agreement import Placement
from trials.models.papers import EvaluationPoint
from trials.states import THREE, Party


class EvaluationNotice(models.Model):
    """Append-only: a side was asked by mail for its evaluation of a point; where an extension moves the day, asked anew."""

    placement = models.ForeignKey(
        Placement, models.PROTECT, related_name="evaluation_notices", verbose_name=_("トライアル就労")
    )
    side = models.CharField(_("立場"), max_length=6, choices=Party.choices)
    point = models.CharField(_("時期"), max_length=6, choices=EvaluationPoint.choices)
    due_on = models.DateField(_("評価の日"))
    told_at = models.DateTimeField(_("知らせた日時"), auto_now_add=True)

    class Meta:
        verbose_name = _("評価の知らせ")
        verbose_name_plural = _("評価の知らせ")
        ordering = ["placement", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["placement", "side", "point", "due_on"], name="evaluation_asked_once_a_side_and_day"
            ),
            models.CheckConstraint(
                condition=Q(side__in=THREE, point__in=EvaluationPoint.values), name="evaluation_asked_of_a_party"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.placement} {self.get_point_display()} {self.get_side_display()}"
