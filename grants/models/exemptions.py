"""Exemption: a requirement of a case that is set aside for a while, by whom, why, and until when."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from firms.models import Person
from grants.models.cases import GrantCase
from grants.models.claims import Claim


class ExemptionQuerySet(models.QuerySet["Exemption"]):
    def given(self) -> "ExemptionQuerySet":
        """Without the rows that take one back."""
        return self.filter(voids=None)

    def in_force(self, day: date) -> "ExemptionQuerySet":
        """Both days count; past the last the requirement counts again by itself."""
        found = self.given().filter(voided_by=None, given_on__lte=day, expires_on__gte=day)
        return found.select_related("given_by")

    def behind(self, claim: Claim) -> "ExemptionQuerySet":
        """Those a frozen claim saw: in force on its day, and not taken back by the hour it was frozen."""
        found = self.given().filter(case=claim.case_id, given_on__lte=claim.as_of, expires_on__gte=claim.as_of)
        return found.filter(given_at__lte=claim.frozen_at).exclude(voided_by__given_at__lte=claim.frozen_at)


class Exemption(models.Model):
    """Append-only; a mistake is voided by a second row. The state of the requirement stays as it is judged."""

    case = models.ForeignKey(GrantCase, models.PROTECT, related_name="exemptions", verbose_name=_("助成金案件"))
    code = models.CharField(_("要件"), max_length=40)
    label = models.CharField(_("要件の名称"), max_length=200)
    reason = models.CharField(_("理由"), max_length=400)
    given_on = models.DateField(_("決めた日"))
    expires_on = models.DateField(_("例外の期限"))
    given_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("決めた人"))
    given_at = models.DateTimeField(_("記録日時"), auto_now_add=True)
    voids = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="voided_by", verbose_name=_("取り消す記録")
    )

    objects = ExemptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("要件の例外")
        verbose_name_plural = _("要件の例外")
        ordering = ["case", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason="") & ~Q(code=""), name="exemption_says_why"),
            models.CheckConstraint(condition=Q(expires_on__gte=F("given_on")), name="exemption_days_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.label}"
