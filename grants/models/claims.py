"""Claim: frozen facts and outcome; its filing, the decision on it, and the money that came."""

from collections.abc import Mapping
from functools import cached_property

from django.db import models
from django.db.models import Q
from django.db.models.expressions import Combinable
from django.utils.translation import gettext_lazy as _

from firms.models import Person
from grants.models.cases import GrantCase
from grants.models.plans import PlanVersion, VersionQuerySet
from grants.shapes import ClaimFacts, OutcomeFacts, lifted_claim
from grants.shapes.careerup import ConversionClaimFacts, lifted_conversion
from grants.shapes.subscriptions import SubscriptionClaimFrozen, lifted_subscription_claim

# The source of a lesson in a claim's facts that was planned and not held: nobody can ever be marked in it.
NEVER_HELD = "never_held"


class Claim(models.Model):
    """Append-only. Papers are rendered from `facts` and `outcome`; recomputing makes a new version."""

    case = models.ForeignKey(GrantCase, models.PROTECT, related_name="claims", verbose_name=_("助成金案件"))
    # Whatever reads `plan` asks for a training, whose claim always has one; a conversion's plan is a row of its own.
    plan: models.ForeignKey[PlanVersion | Combinable, PlanVersion] = models.ForeignKey(  # type: ignore[misc]
        PlanVersion, models.PROTECT, null=True, blank=True, related_name="claims", verbose_name=_("計画")
    )
    number = models.PositiveSmallIntegerField(_("版"))
    as_of = models.DateField(_("申請予定日"))
    facts: "models.JSONField[Mapping[str, object], Mapping[str, object]]" = models.JSONField(_("事実"))
    outcome: "models.JSONField[OutcomeFacts, OutcomeFacts]" = models.JSONField(_("算定結果"))
    total_yen = models.PositiveBigIntegerField(_("支給申請額（円）"))
    digest = models.CharField(max_length=64)
    frozen_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("確定した人"))
    frozen_at = models.DateTimeField(_("確定日時"), auto_now_add=True)

    objects = VersionQuerySet["Claim"].as_manager()

    class Meta:
        verbose_name = _("支給申請")
        verbose_name_plural = _("支給申請")
        ordering = ["case", "number"]
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="claim_number_once")]

    def __str__(self) -> str:
        return _("%(case)s 支給申請 第%(number)s版") % {"case": self.case, "number": self.number}

    @property
    def frozen(self) -> object:
        """As it was frozen, in the shape of its day: what `digest` is the hash of."""
        return {"facts": self.facts, "outcome": self.outcome}

    @cached_property
    def lifted(self) -> ClaimFacts:
        """What everybody reads: the frozen facts in today's shape, with those of the plan."""
        return lifted_claim(self.facts)

    @cached_property
    def converted(self) -> ConversionClaimFacts:
        """Of a conversion's case: its period as it was frozen."""
        return lifted_conversion(self.facts)

    @cached_property
    def subscribed(self) -> SubscriptionClaimFrozen:
        """Of a subscription's case: its claim as it was frozen."""
        return lifted_subscription_claim(self.facts)


class ClaimFiling(models.Model):
    """Append-only: the day the claim arrived, whose fiscal year the yearly limit counts by."""

    claim = models.OneToOneField(Claim, models.PROTECT, related_name="filing", verbose_name=_("支給申請"))
    filed_on = models.DateField(_("申請日（到達日）"))
    receipt_number = models.CharField(_("受付番号"), max_length=40, blank=True)
    filed_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("記録した人"))
    recorded_at = models.DateTimeField(_("記録日時"), auto_now_add=True)

    class Meta:
        verbose_name = _("支給申請の提出")
        verbose_name_plural = _("支給申請の提出")

    def __str__(self) -> str:
        return f"{self.filed_on} {self.receipt_number}"


class Decision(models.Model):
    """Append-only: what the labour office decided (様式第18号・第19号)."""

    claim = models.OneToOneField(Claim, models.PROTECT, related_name="decision", verbose_name=_("支給申請"))
    decided_on = models.DateField(_("決定日"))
    is_approved = models.BooleanField(_("支給決定"))
    amount_yen = models.PositiveBigIntegerField(_("決定額（円）"))
    notice_number = models.CharField(_("通知書番号"), max_length=40, blank=True)
    reason = models.TextField(_("不支給・減額の理由"), blank=True)
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("記録した人"))
    recorded_at = models.DateTimeField(_("記録日時"), auto_now_add=True)

    class Meta:
        verbose_name = _("決定")
        verbose_name_plural = _("決定")
        constraints = [
            models.CheckConstraint(
                condition=Q(is_approved=True, amount_yen__gt=0) | (Q(is_approved=False, amount_yen=0) & ~Q(reason="")),
                name="decision_amount_agrees",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decided_on} {self.amount_yen}"


class Payment(models.Model):
    """Append-only: the money as it reached the firm's account."""

    decision = models.OneToOneField(Decision, models.PROTECT, related_name="payment", verbose_name=_("決定"))
    paid_on = models.DateField(_("入金日"))
    amount_yen = models.PositiveBigIntegerField(_("入金額（円）"))
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("記録した人"))
    recorded_at = models.DateTimeField(_("記録日時"), auto_now_add=True)

    class Meta:
        verbose_name = _("入金")
        verbose_name_plural = _("入金")
        constraints = [models.CheckConstraint(condition=Q(amount_yen__gt=0), name="payment_is_positive")]

    def __str__(self) -> str:
        return f"{self.paid_on} {self.amount_yen}"
