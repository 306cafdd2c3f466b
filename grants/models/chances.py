"""Chance: what a firm could draw and does not, as the last night reckoned it; and whether the firm wants to be told."""

from datetime import date
from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.models import Run
from firms.acting import Acting
from firms.models import Organisation, Person
from firms.models.mandates import Scope
from firms.models.organisations import Kind, Role


class ChanceKind(models.TextChoices):
    AHEAD = "ahead", _("受講が決まった訓練")
    COURSE = "course", _("これから申し込める講座")
    CONVERSION = "conversion", _("正社員への転換")
    TRIAL = "trial", _("トライアル雇用")
    LEAVE = "leave", _("休暇制度の導入")


OF_A_RUN = (ChanceKind.AHEAD, ChanceKind.COURSE)
# The scope of the mandate under which an office sees a chance; of all other kinds that of training grants.
SCOPES = {ChanceKind.CONVERSION: Scope.CAREER_UP, ChanceKind.TRIAL: Scope.TRIAL_GRANTS}


def scope_of(kind: ChanceKind) -> Scope:
    return SCOPES.get(kind, Scope.TRAINING_GRANTS)


class ChanceQuerySet(models.QuerySet["Chance"]):
    def visible_to(self, acting: Acting) -> "ChanceQuerySet":
        """The firm's managers, and each kind for the office whose mandate covers it; the ward reads sums alone."""
        if acting.kind == Kind.FIRM and acting.role == Role.MANAGER:
            return self.filter(firm=acting.organisation_id)
        if acting.kind == Kind.OFFICE:
            seen = (Q(kind=kind, firm__in=acting.clients_for(scope_of(kind))) for kind in ChanceKind)
            return self.filter(reduce(or_, seen))
        return self.none()

    def open_on(self, day: date) -> "ChanceQuerySet":
        """Those a day of which has not passed since the night."""
        return self.filter(Q(last_on=None) | Q(last_on__gte=day))


class Chance(models.Model):
    """Written anew each night and nothing else: a reckoning that anybody can repeat, so that only the newest is kept."""

    firm = models.ForeignKey(Organisation, models.CASCADE, related_name="chances", verbose_name=_("企業"))
    scheme = models.CharField(_("制度"), max_length=30)
    menu = models.CharField(_("メニュー"), max_length=30)
    kind = models.CharField(_("きっかけ"), max_length=10, choices=ChanceKind.choices)
    run = models.ForeignKey(Run, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("開講"))
    people = models.PositiveSmallIntegerField(_("人数"))
    yen = models.PositiveBigIntegerField(_("見込額（円）"))
    last_on = models.DateField(_("次の期限"), null=True, blank=True)
    because = models.TextField(_("計算の根拠"))
    needs = models.TextField(_("満たすこと"), blank=True)
    source = models.TextField(_("出典"))
    is_unverified = models.BooleanField(_("確かめ直す数値がある"), default=False)
    reckoned_on = models.DateField(_("照合した日"))

    objects = ChanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("まだ使っていない助成金")
        verbose_name_plural = _("まだ使っていない助成金")
        ordering = [models.F("last_on").asc(nulls_last=True), "-yen", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["firm", "scheme", "menu", "run"], condition=Q(run__isnull=False), name="chance_of_a_run_once"
            ),
            models.UniqueConstraint(
                fields=["firm", "scheme", "menu"], condition=Q(run=None), name="chance_without_a_run_once"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=OF_A_RUN, run__isnull=False)
                | Q(kind__in=[one for one in ChanceKind if one not in OF_A_RUN], run=None),
                name="chance_has_its_run",
            ),
            models.CheckConstraint(condition=Q(people__gt=0, yen__gt=0), name="chance_draws_something"),
            models.CheckConstraint(
                condition=Q(last_on=None) | Q(last_on__gte=models.F("reckoned_on")), name="chance_can_still_be_met"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.firm} {self.scheme}"


class ChanceWishQuerySet(models.QuerySet["ChanceWish"]):
    def newest(self) -> "ChanceWishQuerySet":
        later = ChanceWish.objects.filter(firm=models.OuterRef("firm"), pk__gt=models.OuterRef("pk"))
        return self.filter(~models.Exists(later))


class ChanceWish(models.Model):
    """Whether a firm is to be held against the schemes at night. Append-only; the newest holds, and without one it is."""

    firm = models.ForeignKey(Organisation, models.PROTECT, related_name="chance_wishes", verbose_name=_("企業"))
    is_wanted = models.BooleanField(_("照合を希望する"))
    wished_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("決めた人"))
    wished_at = models.DateTimeField(_("決めた日時"), auto_now_add=True)

    objects = ChanceWishQuerySet.as_manager()

    class Meta:
        verbose_name = _("照合の希望")
        verbose_name_plural = _("照合の希望")
        ordering = ["firm", "pk"]
        indexes = [models.Index(fields=["firm", "-id"], name="chance_wish_newest")]

    def __str__(self) -> str:
        return f"{self.firm} {self.is_wanted}"
