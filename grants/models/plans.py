"""PlanVersion: what was filed, frozen; and the filing itself."""

from collections.abc import Mapping
from functools import cached_property
from typing import Self

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from firms.models import Person
from grants.models.cases import GrantCase
from grants.shapes import PlanFacts, lifted_plan
from grants.shapes.careerup import CareerUpPlanFrozen, lifted_careerup
from grants.shapes.subscriptions import SubscriptionPlanFrozen, lifted_subscription_plan


class VersionQuerySet[Version: models.Model](models.QuerySet[Version]):
    def current_first(self) -> Self:
        """The one that was filed; while none is, the newest."""
        return self.order_by(F("filing__pk").asc(nulls_last=True), "-number")


class PlanVersion(models.Model):
    """Append-only. `facts` holds everything the plan's papers print; `outcome` the forecast made from them."""

    case = models.ForeignKey(GrantCase, models.PROTECT, related_name="plans", verbose_name=_("助成金案件"))
    number = models.PositiveSmallIntegerField(_("版"))
    facts: "models.JSONField[Mapping[str, object], Mapping[str, object]]" = models.JSONField(_("計画の内容"))
    outcome: "models.JSONField[Mapping[str, object], Mapping[str, object]]" = models.JSONField(_("見込み"))
    digest = models.CharField(max_length=64)
    frozen_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("確定した人"))
    frozen_at = models.DateTimeField(_("確定日時"), auto_now_add=True)

    objects = VersionQuerySet["PlanVersion"].as_manager()

    class Meta:
        verbose_name = _("計画")
        verbose_name_plural = _("計画")
        ordering = ["case", "number"]
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="plan_number_once")]

    def __str__(self) -> str:
        return _("%(case)s 計画 第%(number)s版") % {"case": self.case, "number": self.number}

    @property
    def frozen(self) -> object:
        """As it was frozen, in the shape of its day: what `digest` is the hash of."""
        return self.facts

    @cached_property
    def lifted(self) -> PlanFacts:
        """What everybody reads: the frozen facts in today's shape."""
        return lifted_plan(self.facts)

    @cached_property
    def careerup(self) -> CareerUpPlanFrozen:
        """Of a conversion's case: its キャリアアップ計画書 as it was frozen."""
        return lifted_careerup(self.facts)

    @cached_property
    def subscription(self) -> SubscriptionPlanFrozen:
        """Of a subscription's case: what its plan said."""
        return lifted_subscription_plan(self.facts)


class PlanFiling(models.Model):
    """Append-only: the day the plan arrived at the labour office chooses the edition of the rules."""

    plan = models.OneToOneField(PlanVersion, models.PROTECT, related_name="filing", verbose_name=_("計画"))
    filed_on = models.DateField(_("届出日（到達日）"))
    receipt_number = models.CharField(_("計画届受付番号"), max_length=40)
    filed_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("記録した人"))
    recorded_at = models.DateTimeField(_("記録日時"), auto_now_add=True)

    class Meta:
        verbose_name = _("計画の届出")
        verbose_name_plural = _("計画の届出")

    def __str__(self) -> str:
        return f"{self.filed_on} {self.receipt_number}"
