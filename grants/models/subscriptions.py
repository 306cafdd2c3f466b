"""The subject of a 定額制訓練 case: a service the firm pays a fixed price for, and who learns with it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from firms.acting import Acting
from firms.models import Establishment, Person
from firms.models.mandates import Scope
from firms.models.organisations import Kind


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def visible_to(self, acting: Acting) -> "SubscriptionQuerySet":
        """The firm's managers, and the office whose mandate covers the grants for trainings."""
        if acting.kind == Kind.FIRM and acting.role == "manager":
            return self.filter(establishment__organisation=acting.organisation_id)
        if acting.kind == Kind.OFFICE:
            return self.filter(establishment__organisation__in=acting.clients_for(Scope.TRAINING_GRANTS))
        return self.none()


class Subscription(models.Model):
    """One contract of a year at most; a renewed one is another. What nobody has said is empty, and named as missing."""

    establishment = models.ForeignKey(
        Establishment, models.PROTECT, related_name="subscriptions", verbose_name=_("事業所")
    )
    service = models.CharField(_("サービスの名称"), max_length=100)
    contract_from = models.DateField(_("契約期間の初日"))
    contract_to = models.DateField(_("契約期間の最終日"))
    renews = models.BooleanField(_("自動更新"), default=False)
    provider = models.CharField(_("教育訓練機関の名称"), max_length=100, blank=True)
    provider_leader = models.CharField(_("教育訓練機関の代表者"), max_length=60, blank=True)
    provider_address = models.CharField(_("教育訓練機関の所在地"), max_length=200, blank=True)
    price_yen = models.PositiveIntegerField(_("契約額（税込・円）"), null=True, blank=True)
    accounts = models.PositiveIntegerField(_("契約者数（使える人数）"), null=True, blank=True)
    courses = models.PositiveIntegerField(_("受けられる講座の数"), null=True, blank=True)
    excluded_courses = models.PositiveIntegerField(_("そのうち助成の対象にならない講座の数"), null=True, blank=True)
    paid_on = models.DateField(_("契約額を払い終えた日"), null=True, blank=True)
    reached_on = models.DateField(_("修了した時間の合計が要件に達した日"), null=True, blank=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("定額制サービス")
        verbose_name_plural = _("定額制サービス")
        ordering = ["-contract_from", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["establishment", "service", "contract_from"], name="subscription_contract_once"
            ),
            models.CheckConstraint(condition=Q(contract_to__gte=F("contract_from")), name="subscription_days_in_order"),
            models.CheckConstraint(
                condition=(Q(price_yen=None) | Q(price_yen__gt=0)) & (Q(accounts=None) | Q(accounts__gt=0)),
                name="subscription_costs_and_serves",
            ),
            models.CheckConstraint(
                condition=Q(courses=None, excluded_courses=None)
                | Q(
                    courses__isnull=False,
                    courses__gt=0,
                    excluded_courses__isnull=False,
                    excluded_courses__lte=F("courses"),
                ),
                name="subscription_excludes_of_its_courses",
            ),
            models.CheckConstraint(
                condition=Q(reached_on=None) | Q(reached_on__gte=F("contract_from"), reached_on__lte=F("contract_to")),
                name="subscription_reached_inside_it",
            ),
        ]

    def __str__(self) -> str:
        return _("定額制：%(service)s") % {"service": self.service}


class SubscriptionUser(models.Model):
    """Somebody on the list of 様式第3-2号; `minutes` are the standard minutes of the courses they completed."""

    subscription = models.ForeignKey(
        Subscription, models.PROTECT, related_name="people", verbose_name=_("定額制サービス")
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("対象労働者"))
    minutes = models.PositiveIntegerField(_("修了した講座の標準学習時間の合計（分）"), null=True, blank=True)

    class Meta:
        verbose_name = _("定額制の対象労働者")
        verbose_name_plural = _("定額制の対象労働者")
        ordering = ["subscription", "person__family_kana", "person__given_kana", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["subscription", "person"], name="subscription_person_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person}"
