"""Who was told, and for which day, that a licence of the agency ends while somebody is at work."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trials.models.agreement import Placement
from trials.models.matching import LicenceKind


class LapseMoment(models.TextChoices):
    AHEAD = "ahead", _("失効の前")
    GONE = "gone", _("失効した日")


class LapseNotice(models.Model):
    """Append-only: the parties of a trial were told of one licence's last day, ahead of it and when it was over."""

    placement = models.ForeignKey(
        Placement, models.PROTECT, related_name="lapse_notices", verbose_name=_("トライアル就労")
    )
    kind = models.CharField(_("許可の種類"), max_length=10, choices=LicenceKind.choices)
    valid_until = models.DateField(_("有効期間の最後の日"))
    moment = models.CharField(_("時期"), max_length=5, choices=LapseMoment.choices)
    told_at = models.DateTimeField(_("知らせた日時"), auto_now_add=True)

    class Meta:
        verbose_name = _("許可の失効の知らせ")
        verbose_name_plural = _("許可の失効の知らせ")
        ordering = ["placement", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["placement", "kind", "valid_until", "moment"], name="lapse_told_once"),
            models.CheckConstraint(condition=Q(moment__in=LapseMoment.values), name="lapse_moment_known"),
        ]

    def __str__(self) -> str:
        return f"{self.placement} {self.get_kind_display()} {self.get_moment_display()}"
