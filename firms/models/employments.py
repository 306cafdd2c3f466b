"""Employments with their working pattern, which decides the training minutes that draw wage aid."""

from datetime import date, time
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from firms.acting import Acting
from firms.models.organisations import EMPLOYERS, LEADING_ROLES, Establishment, Kind
from firms.numbers import validate_insurance_number

if TYPE_CHECKING:
    from firms.models.leaves import Leave


class Contract(models.TextChoices):
    REGULAR = "regular", _("正規雇用")
    FIXED_TERM = "fixed_term", _("有期契約")
    INDEFINITE = "indefinite", _("無期契約（正規以外）")


class Weekday(models.IntegerChoices):
    MONDAY = 0, pgettext_lazy("weekday", "月")
    TUESDAY = 1, pgettext_lazy("weekday", "火")
    WEDNESDAY = 2, pgettext_lazy("weekday", "水")
    THURSDAY = 3, pgettext_lazy("weekday", "木")
    FRIDAY = 4, pgettext_lazy("weekday", "金")
    SATURDAY = 5, pgettext_lazy("weekday", "土")
    SUNDAY = 6, pgettext_lazy("weekday", "日")


class WorkingPatternQuerySet(models.QuerySet["WorkingPattern"]):
    def visible_to(self, acting: Acting) -> "WorkingPatternQuerySet":
        """Those of one's own establishments, for who leads them."""
        if acting.role not in LEADING_ROLES:
            return self.none()
        return self.filter(establishment__organisation=acting.organisation_id)


class WorkingPattern(models.Model):
    """所定労働時間 by weekday; a weekday without hours is the pattern's own day off."""

    establishment = models.ForeignKey(
        Establishment, models.PROTECT, related_name="working_patterns", verbose_name=_("事業所")
    )
    name = models.CharField(_("勤務形態の名称"), max_length=60)
    works_on_public_holidays = models.BooleanField(_("国民の祝日も所定労働日とする"), default=False)

    objects = WorkingPatternQuerySet.as_manager()

    class Meta:
        verbose_name = _("勤務形態")
        verbose_name_plural = _("勤務形態")
        ordering = ["establishment", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["establishment", "name"], name="working_pattern_name_once"),
        ]

    def __str__(self) -> str:
        return self.name


class WorkingHours(models.Model):
    """One weekday of a pattern: from, to, and the break between; a `to` before the `from` is of the next morning."""

    pattern = models.ForeignKey(WorkingPattern, models.CASCADE, related_name="hours", verbose_name=_("勤務形態"))
    weekday = models.PositiveSmallIntegerField(_("曜日"), choices=Weekday.choices)
    starts_at = models.TimeField(_("始業"))
    ends_at = models.TimeField(_("終業"))
    break_starts_at = models.TimeField(_("休憩開始"), null=True, blank=True)
    break_ends_at = models.TimeField(_("休憩終了"), null=True, blank=True)

    class Meta:
        verbose_name = _("所定労働時間")
        verbose_name_plural = _("所定労働時間")
        ordering = ["pattern", "weekday"]
        constraints = [
            models.UniqueConstraint(fields=["pattern", "weekday"], name="working_hours_weekday_once"),
            models.CheckConstraint(condition=~Q(ends_at=F("starts_at")), name="working_hours_take_some_time"),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="working_hours_weekday_known"),
            models.CheckConstraint(
                condition=Q(break_starts_at=None, break_ends_at=None)
                | Q(
                    break_starts_at__gte=F("starts_at"),
                    break_ends_at__gt=F("break_starts_at"),
                    break_ends_at__lte=F("ends_at"),
                )
                # Through the night each end of the break lies before midnight or after it.
                | (
                    Q(ends_at__lt=F("starts_at"))
                    & (Q(break_starts_at__gte=F("starts_at")) | Q(break_starts_at__lte=F("ends_at")))
                    & (Q(break_ends_at__gte=F("starts_at")) | Q(break_ends_at__lte=F("ends_at")))
                    & ~Q(break_starts_at=F("break_ends_at"))
                ),
                name="working_hours_break_inside",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.starts_at:%H:%M}–{self.ends_at:%H:%M}"

    @property
    def is_through_the_night(self) -> bool:
        return self.ends_at < self.starts_at

    @property
    def rest(self) -> tuple[time, time]:
        """From–to of the break; asked where there is one."""
        assert self.break_starts_at is not None
        assert self.break_ends_at is not None
        return self.break_starts_at, self.break_ends_at


class Holiday(models.Model):
    """A day on which the establishment departs from its patterns: a day off, or a day worked instead (振替)."""

    establishment = models.ForeignKey(Establishment, models.CASCADE, related_name="holidays", verbose_name=_("事業所"))
    on = models.DateField(_("日付"))
    name = models.CharField(_("名称"), max_length=60)
    is_worked = models.BooleanField(_("休日を労働日に振り替えた日"), default=False)

    class Meta:
        verbose_name = _("会社の休日")
        verbose_name_plural = _("会社の休日")
        ordering = ["establishment", "on"]
        constraints = [models.UniqueConstraint(fields=["establishment", "on"], name="holiday_day_once")]

    def __str__(self) -> str:
        return f"{self.on} {self.name}"


class EmploymentQuerySet(models.QuerySet["Employment"]):
    def on(self, day: date) -> "EmploymentQuerySet":
        return self.filter(Q(ended_on=None) | Q(ended_on__gte=day), started_on__lte=day)

    def visible_to(self, acting: Acting) -> "EmploymentQuerySet":
        """Those who lead an employer see its people, a mandated office its client's; everyone sees their own."""
        own = Q(person=acting.person)
        if acting.kind in EMPLOYERS and acting.role in LEADING_ROLES:
            return self.filter(own | Q(establishment__organisation=acting.organisation_id))
        if acting.kind == Kind.OFFICE:
            return self.filter(own | Q(establishment__organisation__in=acting.client_ids))
        return self.filter(own)


class Employment(models.Model):
    """The terms on which a person works at an establishment, from–until; new terms are a new row.

    `email` is where the firm invites somebody who has not joined: an address it typed, and nothing it was told of anybody.
    """

    person = models.ForeignKey("firms.Person", models.PROTECT, related_name="employments", verbose_name=_("利用者"))
    establishment = models.ForeignKey(
        Establishment, models.PROTECT, related_name="employments", verbose_name=_("事業所")
    )
    insured_number = models.CharField(
        _("雇用保険被保険者番号"), max_length=13, blank=True, validators=[validate_insurance_number]
    )
    contract = models.CharField(_("雇用形態"), max_length=12, choices=Contract.choices)
    job_title = models.CharField(_("職務"), max_length=60, blank=True)
    pattern = models.ForeignKey(
        WorkingPattern, models.PROTECT, null=True, blank=True, related_name="employments", verbose_name=_("勤務形態")
    )
    email = models.EmailField(_("招待先のメールアドレス"), blank=True)
    started_on = models.DateField(_("雇入日"))
    ended_on = models.DateField(_("終了日"), null=True, blank=True)

    objects = EmploymentQuerySet.as_manager()

    class Meta:
        verbose_name = _("雇用")
        verbose_name_plural = _("雇用")
        ordering = ["establishment", "person__family_kana", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "establishment"], condition=Q(ended_on=None), name="employment_open_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on")), name="employment_ends_after_start"
            ),
            models.CheckConstraint(condition=Q(contract__in=Contract.values), name="employment_contract_known"),
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.establishment})"

    @property
    def mail(self) -> str:
        """The person's own address once they have joined, until then the one they are invited at."""
        return self.person.email or self.email

    def lasts_on(self, day: date) -> bool:
        return self.started_on <= day and (self.ended_on is None or day <= self.ended_on)

    def leave_on(self, day: date) -> "Leave | None":
        """The 休業 of that day at this establishment. One query, none where `person__leaves` was prefetched."""
        leaves = self.person.leaves.all()
        return next((one for one in leaves if one.establishment_id == self.establishment_id and one.covers(day)), None)

    def works_on(self, day: date) -> bool:
        return self.lasts_on(day) and self.leave_on(day) is None
