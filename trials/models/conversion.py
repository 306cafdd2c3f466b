"""The permanent job: what the host offers, and whether it lasts."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from firms.acting import Acting
from firms.models import WorkingPattern
from firms.words.days import day_words
from trials.models.advising import advised_by
from trials.models.agreement import TWO_SIDES, LeftBecause, Placement
from trials.models.outcome import own_side
from trials.states import Party


class Offer(models.Model):
    """期間の定めのない雇用 offered after both wanted it, beside what the posting had planned."""

    placement = models.OneToOneField(Placement, models.PROTECT, related_name="offer", verbose_name=_("トライアル就労"))
    hire_on = models.DateField(_("雇入れの日"))
    work = models.CharField(_("仕事の内容"), max_length=200)
    pay = models.CharField(_("賃金"), max_length=200)
    planned_work = models.CharField(_("予定していた仕事"), max_length=200)
    planned_pay = models.CharField(_("予定していた賃金"), max_length=200)
    difference_reason = models.CharField(_("予定と違う理由"), max_length=400, blank=True)
    pattern = models.ForeignKey(
        WorkingPattern, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("勤務形態")
    )
    probation_months = models.PositiveSmallIntegerField(_("試用期間（か月）"), default=0)
    offered_at = models.DateTimeField(_("明示日時"), auto_now_add=True)
    accepted_at = models.DateTimeField(_("承諾日時"), null=True)

    class Meta:
        verbose_name = _("採用条件")
        verbose_name_plural = _("採用条件")
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(accepted_at__gte=F("offered_at")), name="offer_accepted_after_made"
            ),
            models.CheckConstraint(
                condition=Q(work=F("planned_work"), pay=F("planned_pay")) | ~Q(difference_reason=""),
                name="offer_differs_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.placement} {day_words(self.hire_on)}"


class RetentionCheckQuerySet(models.QuerySet["RetentionCheck"]):
    def visible_to(self, acting: Acting) -> "RetentionCheckQuerySet":
        """One's own answer, and all of them for the agency's desk and the adviser."""
        return self.filter(own_side(acting, placement="placement") | advised_by(acting, seeker="placement__seeker"))

    def waiting(self) -> "RetentionCheckQuerySet":
        return self.filter(answered_at=None)


class RetentionCheck(models.Model):
    """Whether somebody still works there, asked of both; who does not answer leaves it unknown."""

    placement = models.ForeignKey(Placement, models.PROTECT, related_name="checks", verbose_name=_("トライアル就労"))
    months = models.PositiveSmallIntegerField(_("か月"))
    side = models.CharField(_("回答者"), max_length=6, choices=Party.choices)
    due_on = models.DateField(_("確認の日"))
    is_employed = models.BooleanField(_("在籍している"), null=True)
    left_on = models.DateField(_("離職日"), null=True)
    left_because = models.CharField(_("離職の理由"), max_length=10, choices=LeftBecause.choices, blank=True)
    answered_at = models.DateTimeField(_("回答日時"), null=True)
    reminded_at = models.DateTimeField(_("督促日時"), null=True)

    objects = RetentionCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("定着確認")
        verbose_name_plural = _("定着確認")
        ordering = ["placement", "months", "side"]
        constraints = [
            models.UniqueConstraint(fields=["placement", "months", "side"], name="retention_once_a_side"),
            models.CheckConstraint(condition=Q(side__in=TWO_SIDES), name="retention_by_worker_or_host"),
            models.CheckConstraint(
                condition=Q(answered_at=None, is_employed=None)
                | Q(answered_at__isnull=False, is_employed__isnull=False),
                name="retention_answered_with_moment",
            ),
            models.CheckConstraint(
                condition=(Q(is_employed=False, left_on__isnull=False) & ~Q(left_because=""))
                | (~Q(is_employed=False) & Q(left_on=None, left_because="")),
                name="retention_left_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.placement} {self.months}か月 {self.get_side_display()}"
