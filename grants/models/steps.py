"""OfficeStep: what passes between the firm and the labour office after a claim was filed."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from firms.models import Evidence, Person
from grants.models.cases import GrantCase


class StepQuerySet(models.QuerySet["OfficeStep"]):
    def held(self) -> "StepQuerySet":
        """Neither taken back nor taking back."""
        return self.filter(voids=None, voided_by=None)


class OfficeStep(models.Model):
    """補正, 取下げ, 返還 with their days (共通要領0401ホ・0403・0801・0803). Append-only; a mistake is voided."""

    class Kind(models.TextChoices):
        AMEND_ASKED = "amend_asked", _("補正の求め")
        AMENDED = "amended", _("補正の提出")
        WITHDRAWN = "withdrawn", _("支給申請の取下げ")
        REPAY_ASKED = "repay_asked", _("返還の求め")
        REPAID = "repaid", _("返還")

    case = models.ForeignKey(GrantCase, models.PROTECT, related_name="office_steps", verbose_name=_("助成金案件"))
    kind = models.CharField(_("種類"), max_length=12, choices=Kind.choices)
    on = models.DateField(_("日付"))
    due_on = models.DateField(_("期限"), null=True, blank=True)
    amount_yen = models.PositiveBigIntegerField(_("金額（円）"), null=True, blank=True)
    note = models.CharField(_("内容"), max_length=400)
    evidence = models.ForeignKey(
        Evidence, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("書類")
    )
    voids = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="voided_by", verbose_name=_("取り消す記録")
    )
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("記録した人"))
    recorded_at = models.DateTimeField(_("記録日時"), auto_now_add=True)

    objects = StepQuerySet.as_manager()

    class Meta:
        verbose_name = _("労働局とのやりとり")
        verbose_name_plural = _("労働局とのやりとり")
        ordering = ["case", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(due_on=None) | Q(due_on__gte=F("on")), name="step_due_after_asked"),
            models.CheckConstraint(
                condition=Q(kind__in=["amend_asked", "repay_asked"], due_on__isnull=False)
                | (~Q(kind__in=["amend_asked", "repay_asked"]) & Q(due_on=None)),
                name="step_asked_has_a_due_day",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["repay_asked", "repaid"], amount_yen__isnull=False, amount_yen__gt=0)
                | (~Q(kind__in=["repay_asked", "repaid"]) & Q(amount_yen=None)),
                name="step_repaying_has_an_amount",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.get_kind_display()}"
