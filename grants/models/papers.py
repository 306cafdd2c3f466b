"""Paper: a form rendered from frozen data, stored as a file."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from firms.models import StoredFile
from grants.models.cases import GrantCase
from grants.models.claims import Claim
from grants.models.plans import PlanVersion


class Paper(models.Model):
    """One form (or pack) of one plan version or one claim; the same data give the same bytes."""

    class Format(models.TextChoices):
        PDF = "pdf", "PDF"
        ZIP = "zip", "ZIP"

    case = models.ForeignKey(GrantCase, models.PROTECT, related_name="papers", verbose_name=_("助成金案件"))
    plan = models.ForeignKey(PlanVersion, models.PROTECT, null=True, blank=True, related_name="papers")
    claim = models.ForeignKey(Claim, models.PROTECT, null=True, blank=True, related_name="papers")
    form = models.CharField(_("様式"), max_length=20)
    subject = models.CharField(_("対象"), max_length=40, blank=True)
    title = models.CharField(_("名称"), max_length=120)
    format = models.CharField(_("形式"), max_length=4, choices=Format.choices, default=Format.PDF)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="papers", verbose_name=_("ファイル"))
    made_at = models.DateTimeField(_("作成日時"), auto_now_add=True)

    class Meta:
        verbose_name = _("様式")
        verbose_name_plural = _("様式")
        ordering = ["case", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "form", "subject", "format"], condition=Q(claim=None), name="paper_of_plan_once"
            ),
            models.UniqueConstraint(
                fields=["claim", "form", "subject", "format"], condition=Q(plan=None), name="paper_of_claim_once"
            ),
            models.CheckConstraint(
                condition=Q(plan__isnull=False, claim=None) | Q(plan=None, claim__isnull=False),
                name="paper_of_plan_or_claim",
            ),
        ]

    def __str__(self) -> str:
        return self.title
