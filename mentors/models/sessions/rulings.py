"""What the ward said of a log told of a day without certification: append-only, before any money flows."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mentors.models.sessions.logs import SessionLog


class Ruling(models.TextChoices):
    RELEASED = "released", _("支払う")
    REFUSED = "refused", _("支払わない")


class LogRuling(models.Model):
    """Append-only: one word on one telling; a correction is a further telling and asks again."""

    log = models.OneToOneField(SessionLog, models.PROTECT, related_name="ruling", verbose_name=_("記録"))
    choice = models.CharField(_("判断"), max_length=8, choices=Ruling.choices)
    because = models.CharField(_("理由"), max_length=400)
    ruled_by = models.ForeignKey("firms.Person", models.PROTECT, related_name="+", verbose_name=_("判断した人"))
    ruled_at = models.DateTimeField(_("判断の日時"), auto_now_add=True)

    class Meta:
        verbose_name = _("認定のない日の記録への判断")
        verbose_name_plural = _("認定のない日の記録への判断")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(choice__in=Ruling.values), name="ruling_choice_known"),
            models.CheckConstraint(condition=~Q(because=""), name="ruling_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.log} {self.get_choice_display()}"
