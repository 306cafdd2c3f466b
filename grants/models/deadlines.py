"""Deadline: a date with the event it counts from, its rule and its source."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from firms.acting import Acting
from firms.rules.calendar import last_open_day, open_days_before
from grants.models.cases import GrantCase
from grants.states import DeadlineState

# Our own habit, not a rule of any scheme: a letter sent so many open days ahead arrives in time.
POST_DAYS = 3


class DeadlineQuerySet(models.QuerySet["Deadline"]):
    def open(self) -> "DeadlineQuerySet":
        return self.filter(state=DeadlineState.OPEN)

    def due_by(self, day: date) -> "DeadlineQuerySet":
        return self.open().filter(last_on__lte=day)

    def visible_to(self, acting: Acting) -> "DeadlineQuerySet":
        return self.filter(case__in=GrantCase.objects.visible_to(acting))


class Deadline(models.Model):
    """When the event moves, the row is replaced by a new one and stays as its trace."""

    class Code(models.TextChoices):
        PLAN = "plan", _("計画届の提出")
        CLAIM = "claim", _("支給申請")
        CHANGE_NOTICE = "change_notice", _("計画変更届の提出")
        AMEND = "amend", _("補正の提出")
        REPAY = "repay", _("返還")

    case = models.ForeignKey(GrantCase, models.PROTECT, related_name="deadlines", verbose_name=_("助成金案件"))
    code = models.CharField(_("種類"), max_length=16, choices=Code.choices)
    subject = models.CharField(_("対象"), max_length=60, blank=True)
    event = models.CharField(_("起算の出来事"), max_length=60)
    event_on = models.DateField(_("起算日"))
    first_on = models.DateField(_("受付開始日"))
    nominal_on = models.DateField(_("暦の上の期限"))
    last_on = models.DateField(_("期限"))
    because = models.TextField(_("理由"))
    source = models.CharField(_("根拠"), max_length=200)
    state = models.CharField(_("状態"), max_length=10, choices=DeadlineState.choices, default=DeadlineState.OPEN)
    closed_at = models.DateTimeField(_("終了日時"), null=True, blank=True)
    created_at = models.DateTimeField(_("登録日時"), auto_now_add=True)

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        verbose_name = _("期限")
        verbose_name_plural = _("期限")
        ordering = ["last_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "code", "subject"], condition=Q(state="open"), name="deadline_open_once"
            ),
            models.CheckConstraint(
                condition=Q(first_on__lte=F("nominal_on"), nominal_on__lte=F("last_on")), name="deadline_dates_in_order"
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_at=None) | (~Q(state="open") & Q(closed_at__isnull=False)),
                name="deadline_closed_with_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_code_display()} {self.last_on.year}年{self.last_on.month}月{self.last_on.day}日"

    @property
    def safe_on(self) -> date:
        """The last day on which the office is open before the day itself is over: nobody has to lean on 翌開庁日."""
        return max(last_open_day(self.nominal_on), self.first_on)

    @property
    def post_on(self) -> date:
        """The day to send it by post, for what counts is the day of arrival."""
        return max(open_days_before(self.safe_on, POST_DAYS), self.first_on)


class Reminder(models.Model):
    """One letter about one deadline. Append-only; `ahead` is the step of which it told, below zero the days past it."""

    deadline = models.ForeignKey(Deadline, models.PROTECT, related_name="reminders", verbose_name=_("期限"))
    ahead = models.SmallIntegerField(_("何日前の知らせか"))
    told_at = models.DateTimeField(_("お知らせした日時"), auto_now_add=True)

    class Meta:
        verbose_name = _("期限のお知らせ")
        verbose_name_plural = _("期限のお知らせ")
        ordering = ["deadline", "-pk"]
        constraints = [models.UniqueConstraint(fields=["deadline", "ahead"], name="reminder_once_a_step")]

    def __str__(self) -> str:
        return f"{self.deadline} {self.ahead}"
