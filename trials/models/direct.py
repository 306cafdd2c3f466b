"""国のトライアル雇用 at a firm: somebody it employs itself for a term, from the hire to the claim; no dispatch in it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from firms.acting import Acting
from firms.models import Employment, Organisation
from firms.models.organisations import LEADING_ROLES, Kind
from trials.shapes import RoundTerms, lifted_round
from trials.states import DIRECT_AFTER, DIRECT_CLAIMED, DIRECT_FILED, DirectState


class DirectEnd(models.TextChoices):
    CONVERTED = "converted", _("正社員に転換した")
    FINISHED = "finished", _("期間が満了した")
    QUIT = "quit", _("本人の都合で辞めた")
    DISMISSED = "dismissed", _("会社の都合で終えた")


class DirectTrialQuerySet(models.QuerySet["DirectTrial"]):
    def visible_to(self, acting: Acting) -> "DirectTrialQuerySet":
        """The person, and those who lead the firm."""
        own = Q(employment__person=acting.person)
        if acting.kind == Kind.FIRM and acting.role in LEADING_ROLES:
            own |= Q(employment__establishment__organisation=acting.organisation_id)
        return self.filter(own)

    def with_sides(self) -> "DirectTrialQuerySet":
        return self.select_related("employment__person", "employment__establishment__organisation")


class DirectTrial(models.Model):
    """`terms` are the programme as its file said on the day of the hire; the due days follow from it and stay."""

    employment = models.OneToOneField(Employment, models.PROTECT, related_name="direct_trial", verbose_name=_("雇用"))
    office = models.CharField(_("紹介した機関"), max_length=80)
    referred_on = models.DateField(_("紹介された日"))
    weekly_hours = models.PositiveSmallIntegerField(_("1週間の所定労働時間（時間）"))
    hired_on = models.DateField(_("雇入れの日"))
    last_on = models.DateField(_("最後の日"))
    terms = models.JSONField()
    plan_until = models.DateField(_("実施計画書の期限"))
    state = models.CharField(_("状態"), max_length=8, choices=DirectState.choices, default=DirectState.HIRED)
    reminded_at = models.DateTimeField(null=True)
    plan_filed_on = models.DateField(_("実施計画書を出した日"), null=True)
    ended_on = models.DateField(_("終わった日"), null=True)
    ended_with = models.CharField(_("終わり方"), max_length=10, choices=DirectEnd.choices, blank=True)
    claim_from = models.DateField(_("支給申請の最初の日"), null=True)
    claim_until = models.DateField(_("支給申請の最後の日"), null=True)
    claimed_on = models.DateField(_("支給申請をした日"), null=True)
    decided_on = models.DateField(_("決定の日"), null=True)
    paid_yen = models.PositiveIntegerField(_("支給された額（円）"), null=True)
    closed_because = models.CharField(_("申請しない理由"), max_length=200, blank=True)

    objects = DirectTrialQuerySet.as_manager()

    class Meta:
        verbose_name = _("国のトライアル雇用")
        verbose_name_plural = _("国のトライアル雇用")
        ordering = ["-hired_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=DirectState.values), name="direct_state_known"),
            models.CheckConstraint(
                condition=Q(last_on__gte=F("hired_on"), hired_on__gte=F("referred_on")), name="direct_days_in_order"
            ),
            models.CheckConstraint(
                condition=Q(state=DirectState.LAPSED)
                | Q(state=DirectState.HIRED, plan_filed_on=None)
                | Q(state__in=DIRECT_FILED, plan_filed_on__isnull=False),
                name="direct_planned_with_its_day",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None, ended_with="", claim_from=None, claim_until=None)
                | Q(ended_on__lte=F("last_on"), claim_from__isnull=False, claim_until__isnull=False)
                & ~Q(ended_with=""),
                name="direct_ended_with_everything",
            ),
            models.CheckConstraint(
                condition=Q(state=DirectState.LAPSED)
                | Q(state__in=DIRECT_AFTER, ended_on__isnull=False)
                | (~Q(state__in=DIRECT_AFTER) & Q(ended_on=None)),
                name="direct_after_with_its_end",
            ),
            models.CheckConstraint(
                condition=Q(state__in=DIRECT_CLAIMED, claimed_on__isnull=False)
                | (~Q(state__in=DIRECT_CLAIMED) & Q(claimed_on=None)),
                name="direct_claimed_with_its_day",
            ),
            models.CheckConstraint(
                condition=Q(state=DirectState.PAID, paid_yen__isnull=False, decided_on__isnull=False)
                | (Q(state=DirectState.DENIED, paid_yen=None, decided_on__isnull=False))
                | (~Q(state__in=[DirectState.PAID, DirectState.DENIED]) & Q(paid_yen=None, decided_on=None)),
                name="direct_decided_with_day_and_money",
            ),
            models.CheckConstraint(
                condition=Q(state=DirectState.LAPSED) & ~Q(closed_because="")
                | ~Q(state=DirectState.LAPSED) & Q(closed_because=""),
                name="direct_lapsed_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"トライアル雇用 {self.pk}"

    @property
    def lifted(self) -> RoundTerms:
        """The programme in today's shape."""
        return lifted_round(self.terms)

    @property
    def firm(self) -> Organisation:
        return self.employment.establishment.organisation
