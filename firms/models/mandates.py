"""Mandate: an advisor office acts for a firm, in a capacity, within a scope, from–until."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from firms.acting import Acting
from firms.models.organisations import DESK_ROLES, Organisation, registered
from firms.states import MandateState


class Capacity(models.TextChoices):
    """What is printed on the forms (社労士法2条1項1号の2・1号の3; 雇用関係助成金共通要領 0901)."""

    FILING = "filing", _("提出代行者")
    CLERICAL = "clerical", _("事務代理者")
    PROXY = "proxy", _("代理人")


class Scope(models.TextChoices):
    TRAINING_GRANTS = "training_grants", _("人材開発支援助成金")
    CAREER_UP = "career_up", _("キャリアアップ助成金")
    TRIAL_GRANTS = "trial_grants", _("トライアル雇用助成金")


class MandateQuerySet(models.QuerySet["Mandate"]):
    def in_force(self, day: date) -> "MandateQuerySet":
        """Agreed to, within its term, and neither side deregistered."""
        sides = registered(day, organisation="firm") & registered(day, organisation="office")
        lasting = Q(ends_on=None) | Q(ends_on__gte=day)
        return self.filter(sides, lasting, state=MandateState.ACTIVE, starts_on__lte=day)

    def visible_to(self, acting: Acting) -> "MandateQuerySet":
        if acting.role not in DESK_ROLES:
            return self.none()
        return self.filter(Q(office=acting.organisation_id) | Q(firm=acting.organisation_id))


class Mandate(models.Model):
    office = models.ForeignKey(
        Organisation, models.PROTECT, related_name="mandates_held", verbose_name=_("社労士事務所")
    )
    firm = models.ForeignKey(Organisation, models.PROTECT, related_name="mandates_given", verbose_name=_("企業"))
    advisor = models.ForeignKey("firms.Person", models.PROTECT, related_name="+", verbose_name=_("担当社会保険労務士"))
    capacity = models.CharField(_("資格"), max_length=10, choices=Capacity.choices)
    scopes = models.JSONField(_("範囲"), default=list)
    starts_on = models.DateField(_("開始日"))
    ends_on = models.DateField(_("終了日"), null=True, blank=True)
    state = models.CharField(_("状態"), max_length=10, choices=MandateState.choices, default=MandateState.REQUESTED)
    terms = models.TextField(_("合意した文面"))
    asked_by = models.ForeignKey("firms.Person", models.PROTECT, related_name="+", verbose_name=_("申し出た人"))
    asked_for = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("申し出た組織"))
    asked_at = models.DateTimeField(_("申出日時"), auto_now_add=True)
    accepted_by = models.ForeignKey("firms.Person", models.PROTECT, null=True, blank=True, related_name="+")
    accepted_at = models.DateTimeField(_("承認日時"), null=True, blank=True)
    ended_by = models.ForeignKey("firms.Person", models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(_("解除・辞退の日時"), null=True, blank=True)

    objects = MandateQuerySet.as_manager()

    class Meta:
        verbose_name = _("委任")
        verbose_name_plural = _("委任")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["office", "firm"], condition=Q(state__in=["requested", "active"]), name="mandate_open_once"
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="mandate_ends_after_start"
            ),
            models.CheckConstraint(condition=~Q(office=F("firm")), name="mandate_between_two"),
            models.CheckConstraint(
                condition=~Q(state="active") | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="mandate_active_was_accepted",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["requested", "active"], ended_at=None)
                | Q(state__in=["declined", "revoked"], ended_at__isnull=False),
                name="mandate_end_agrees_with_state",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.firm} → {self.office} ({self.get_capacity_display()})"

    @property
    def scope_labels(self) -> list[str]:
        return [str(Scope(scope).label) for scope in self.scopes]

    @property
    def answers_with(self) -> Organisation:
        """The side whose answer is awaited: the one that did not ask."""
        return self.firm if self.asked_for_id == self.office_id else self.office

    def is_over(self, today: date) -> bool:
        """Agreed to, but its term has run out."""
        return self.state == MandateState.ACTIVE and self.ends_on is not None and self.ends_on < today
