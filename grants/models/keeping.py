"""Destruction: papers of a grant done away with after the years they had to be kept, and who confirmed it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from firms.models import Person
from grants.models.cases import GrantCase


class DestructionQuerySet(models.QuerySet["Destruction"]):
    def held(self) -> "DestructionQuerySet":
        """Neither taken back nor taking back."""
        return self.filter(voids=None, voided_by=None)


class Destruction(models.Model):
    """Append-only; one that was confirmed by mistake is voided. `documents` names what was done away with, as it was listed
    then: title and, of a file, its SHA-256. What Takumi itself holds stays."""

    case = models.ForeignKey(GrantCase, models.PROTECT, related_name="destructions", verbose_name=_("助成金案件"))
    kept_until = models.DateField(_("保存の最終日"))
    destroyed_on = models.DateField(_("廃棄した日"))
    how = models.CharField(_("廃棄の方法"), max_length=200)
    documents: "models.JSONField[list[dict[str, str]], list[dict[str, str]]]" = models.JSONField(_("廃棄した書類"))
    voids = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="voided_by", verbose_name=_("取り消す記録")
    )
    why = models.CharField(_("取消しの理由"), max_length=400, blank=True)
    confirmed_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("確認した人"))
    confirmed_at = models.DateTimeField(_("確認日時"), auto_now_add=True)

    objects = DestructionQuerySet.as_manager()

    class Meta:
        verbose_name = _("書類の廃棄")
        verbose_name_plural = _("書類の廃棄")
        ordering = ["case", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(destroyed_on__gt=F("kept_until")), name="destruction_after_its_last_day"
            ),
            models.CheckConstraint(condition=~Q(how=""), name="destruction_says_how"),
            models.CheckConstraint(
                condition=Q(voids=None, why="") | (Q(voids__isnull=False) & ~Q(why="")),
                name="destruction_voided_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.destroyed_on}"
