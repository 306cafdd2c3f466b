"""The days at work: months that open and close, each day's tellings, what the host and the agency said, and the agency's 36協定."""

from datetime import date, datetime

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from firms.acting import Acting
from firms.models import ActionLink, Evidence, Organisation
from firms.words.days import day_words
from trials.models.advising import advised_by, is_desk_of_agency
from trials.models.agreement import Placement
from trials.shapes import SheetFacts, lifted_sheet
from trials.states import MonthState, Party


class WorkMonthQuerySet(models.QuerySet["WorkMonth"]):
    def visible_to(self, acting: Acting) -> "WorkMonthQuerySet":
        """Whoever sees the trial."""
        return self.filter(placement__in=Placement.objects.visible_to(acting))

    def with_sides(self) -> "WorkMonthQuerySet":
        return self.select_related(
            "placement__person",
            "placement__seeker__round",
            "placement__seeker__agency",
            "placement__seeker__adviser",
            "placement__posting__establishment__organisation",
        )


class WorkMonth(models.Model):
    """One month of one trial. While it is closed the database takes no further row into it."""

    placement = models.ForeignKey(Placement, models.PROTECT, related_name="months", verbose_name=_("トライアル就労"))
    first = models.DateField(_("月の最初の日"))
    state = models.CharField(_("状態"), max_length=8, choices=MonthState.choices, default=MonthState.OPEN)
    asked_on = models.DateField(_("承認を催促した日"), null=True)
    escalated_on = models.DateField(_("承認がないことを担当者に知らせた日"), null=True)
    clock_out_asked_on = models.DateField(_("退勤の記録を尋ねた日"), null=True)

    objects = WorkMonthQuerySet.as_manager()

    class Meta:
        verbose_name = _("勤務の月")
        verbose_name_plural = _("勤務の月")
        ordering = ["placement", "first"]
        constraints = [
            models.UniqueConstraint(fields=["placement", "first"], name="work_month_once"),
            models.CheckConstraint(condition=Q(first__day=1), name="work_month_begins_on_its_first"),
            models.CheckConstraint(condition=Q(state__in=MonthState.values), name="work_month_state_known"),
        ]

    def __str__(self) -> str:
        return _("%(placement)s %(year)s年%(month)s月の勤務") % {
            "placement": self.placement,
            "year": self.first.year,
            "month": self.first.month,
        }

    @property
    def tone(self) -> dict[str, str]:
        return {MonthState.OPEN: "info", MonthState.CLOSED: "success"}


class DayKind(models.TextChoices):
    WORK = "work", _("出勤")
    ABSENT = "absent", _("欠勤・休み")
    NONE = "none", _("勤務なし（取消し）")


class AbsenceCode(models.TextChoices):
    """What the host reads; why somebody is ill or busy is between them and their adviser."""

    OWN = "own", _("本人の都合")
    TRANSPORT = "transport", _("交通機関の遅れ・運休")
    HOST = "host", _("受入企業の都合")
    LEAVE = "leave", _("年次有給休暇・法律に定める休業")


class DayStep(models.TextChoices):
    CLOCK_IN = "in", _("出勤の打刻")
    CLOCK_OUT = "out", _("退勤の打刻")
    WHOLE = "whole", _("一日分の入力")
    CORRECTION = "correction", _("訂正")


class DaySource(models.TextChoices):
    PHONE = "phone", _("本人の入力")
    PAPER = "paper", _("紙からの代行入力")


class DayEntryQuerySet(models.QuerySet["DayEntry"]):
    def current(self) -> "DayEntryQuerySet":
        """Those no later row follows."""
        return self.filter(following=None)

    def complete(self) -> "DayEntryQuerySet":
        return self.exclude(kind=DayKind.WORK, ends_at=None)

    def without_clock_out(self) -> "DayEntryQuerySet":
        return self.filter(kind=DayKind.WORK, ends_at=None)

    def unapproved(self) -> "DayEntryQuerySet":
        return self.exclude(words__side=Party.HOST, words__is_ok=True)


class DayEntry(models.Model):
    """Append-only: one telling of one day, named by the day the shift begins. The newest of a day is current.

    `typed_at` is the device's word, `arrived_at` ours.
    """

    month = models.ForeignKey(WorkMonth, models.PROTECT, related_name="entries", verbose_name=_("月"))
    placement = models.ForeignKey(Placement, models.PROTECT, related_name="days", verbose_name=_("トライアル就労"))
    on = models.DateField(_("勤務日"))
    number = models.PositiveSmallIntegerField(_("版"))
    before = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="following", verbose_name=_("前の記録")
    )
    step = models.CharField(_("入力の種類"), max_length=10, choices=DayStep.choices)
    because = models.CharField(_("訂正の理由"), max_length=200, blank=True)
    kind = models.CharField(_("区分"), max_length=6, choices=DayKind.choices)
    starts_at = models.DateTimeField(_("始業"), null=True)
    ends_at = models.DateTimeField(_("終業"), null=True)
    break_minutes = models.PositiveSmallIntegerField(_("休憩（分）"), default=0)
    minutes = models.PositiveSmallIntegerField(_("労働時間（分）"), default=0)
    absence = models.CharField(_("休みの理由"), max_length=9, choices=AbsenceCode.choices, blank=True)
    comment = models.CharField(_("ひとこと"), max_length=200, blank=True)
    source = models.CharField(_("入力元"), max_length=5, choices=DaySource.choices)
    scan = models.ForeignKey(Evidence, models.PROTECT, null=True, related_name="+", verbose_name=_("紙の控え"))
    written_by = models.ForeignKey("firms.Person", models.PROTECT, related_name="+", verbose_name=_("入力した人"))
    typed_at = models.DateTimeField(_("入力した日時"))
    arrived_at = models.DateTimeField(_("届いた日時"))
    approve_by = models.DateField(_("承認の期限"), null=True)

    objects = DayEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("勤務の記録")
        verbose_name_plural = _("勤務の記録")
        ordering = ["placement", "on", "number"]
        # In the migrations: a row is of its month and its trial, and of no month that is closed.
        constraints = [
            models.UniqueConstraint(fields=["placement", "on", "number"], name="day_number_once"),
            models.CheckConstraint(
                condition=Q(number=1, before=None) | Q(number__gt=1, before__isnull=False), name="day_follows_a_day"
            ),
            models.CheckConstraint(
                condition=~Q(step="correction") | ~Q(because=""), name="day_correction_with_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(kind="work", starts_at__isnull=False, absence="")
                | Q(kind="absent", starts_at=None, ends_at=None) & ~Q(absence="")
                | Q(kind="none", starts_at=None, ends_at=None, absence=""),
                name="day_kind_with_its_facts",
            ),
            models.CheckConstraint(
                condition=Q(ends_at=None, minutes=0, approve_by=None)
                | Q(ends_at__isnull=False, ends_at__gt=F("starts_at"), approve_by__isnull=False)
                | Q(kind__in=["absent", "none"], minutes=0, break_minutes=0),
                name="day_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(source="phone", scan=None) | Q(source="paper", scan__isnull=False),
                name="day_paper_with_scan",
            ),
            models.CheckConstraint(condition=Q(arrived_at__gte=F("typed_at")), name="day_arrives_after_typing"),
            models.CheckConstraint(
                condition=Q(kind__in=DayKind.values, step__in=DayStep.values), name="day_kind_and_step_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.placement} {day_words(self.on)} 第{self.number}版"

    @property
    def is_open(self) -> bool:
        """Clocked in, and nobody knows when it ended."""
        return self.kind == DayKind.WORK and self.ends_at is None

    @property
    def span(self) -> str:
        """22:00–翌6:00"""
        if self.starts_at is None:
            return ""
        starts = timezone.localtime(self.starts_at)
        return f"{starts:%H:%M}–{end_words(self.ends_at, on=self.on)}"

    @property
    def came_late(self) -> bool:
        return (self.arrived_at - self.typed_at).total_seconds() > LATE_SECONDS


LATE_SECONDS = 60


def end_words(moment: datetime | None, *, on: date) -> str:
    if moment is None:
        return ""
    local = timezone.localtime(moment)
    return f"翌{local:%H:%M}" if local.date() > on else f"{local:%H:%M}"


class AbsenceWordsQuerySet(models.QuerySet["AbsenceWords"]):
    def visible_to(self, acting: Acting) -> "AbsenceWordsQuerySet":
        """The person, and whoever advises them; never the host, never the ward."""
        own = Q(entry__placement__person=acting.person)
        return self.filter(own | advised_by(acting, seeker="entry__placement__seeker"))


class AbsenceWords(models.Model):
    """Append-only: what the trialist tells their adviser of a day they could not come, and nobody else."""

    entry = models.OneToOneField(DayEntry, models.PROTECT, related_name="private_words", verbose_name=_("勤務の記録"))
    words = models.CharField(_("担当のアドバイザーだけに伝えること"), max_length=400)

    objects = AbsenceWordsQuerySet.as_manager()

    class Meta:
        verbose_name = _("休みについての本人の言葉")
        verbose_name_plural = _("休みについての本人の言葉")

    def __str__(self) -> str:
        return str(self.entry)


class DayWord(models.Model):
    """Append-only: what the host says to a day as told, by account or by link; of the agency, what it has seen and does.

    `name` and `position` are whoever acted by a link said they are.
    """

    entry = models.ForeignKey(DayEntry, models.PROTECT, related_name="words", verbose_name=_("勤務の記録"))
    side = models.CharField(_("立場"), max_length=6, choices=Party.choices)
    is_ok = models.BooleanField(_("承認する"))
    words = models.CharField(_("ことば"), max_length=200, blank=True)
    person = models.ForeignKey(
        "firms.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("承認した利用者")
    )
    link = models.ForeignKey(ActionLink, models.PROTECT, null=True, related_name="+", verbose_name=_("リンク"))
    name = models.CharField(_("氏名"), max_length=60)
    position = models.CharField(_("立場（宛先の方と違うとき）"), max_length=60, blank=True)
    said_at = models.DateTimeField(_("日時"), auto_now_add=True)

    class Meta:
        verbose_name = _("勤務への承認")
        verbose_name_plural = _("勤務への承認")
        ordering = ["entry", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "side"], name="day_word_once_a_side"),
            models.CheckConstraint(condition=Q(side__in=["host", "agency"]), name="day_word_of_host_or_agency"),
            models.CheckConstraint(condition=Q(side="host", is_ok=True) | ~Q(words=""), name="day_word_no_with_reason"),
            models.CheckConstraint(
                condition=Q(person__isnull=False, link=None) | Q(person=None, link__isnull=False),
                name="day_word_by_account_or_link",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry} {self.get_side_display()}"


class MonthClosing(models.Model):
    """Append-only: a month closed, with what the host tells the agency of it; a later number is the corrected notice."""

    month = models.ForeignKey(WorkMonth, models.PROTECT, related_name="closings", verbose_name=_("月"))
    number = models.PositiveSmallIntegerField(_("版"))
    facts = models.JSONField(_("通知の内容"))
    sha256 = models.CharField(_("ハッシュ値"), max_length=64)
    closed_by = models.ForeignKey("firms.Person", models.PROTECT, related_name="+", verbose_name=_("締めた人"))
    closed_at = models.DateTimeField(_("締めた日時"), auto_now_add=True)

    class Meta:
        verbose_name = _("月の締め")
        verbose_name_plural = _("月の締め")
        ordering = ["month", "number"]
        constraints = [models.UniqueConstraint(fields=["month", "number"], name="closing_number_once")]

    def __str__(self) -> str:
        return f"{self.month} 第{self.number}版"

    @property
    def lifted(self) -> SheetFacts:
        """What everybody reads: the frozen facts in today's shape."""
        return lifted_sheet(self.facts)

    @property
    def opened_again(self) -> "MonthReopening | None":
        """None where it stands. No query where `reopening` was selected."""
        return getattr(self, "reopening", None)


class MonthReopening(models.Model):
    """Append-only: why a month that had been closed was opened again."""

    closing = models.OneToOneField(MonthClosing, models.PROTECT, related_name="reopening", verbose_name=_("月の締め"))
    because = models.CharField(_("開き直す理由"), max_length=200)
    opened_by = models.ForeignKey("firms.Person", models.PROTECT, related_name="+", verbose_name=_("開き直した人"))
    opened_at = models.DateTimeField(_("開き直した日時"), auto_now_add=True)

    class Meta:
        verbose_name = _("月の開き直し")
        verbose_name_plural = _("月の開き直し")
        constraints = [models.CheckConstraint(condition=~Q(because=""), name="reopening_with_a_reason")]

    def __str__(self) -> str:
        return str(self.closing)


class OvertimeAgreementQuerySet(models.QuerySet["OvertimeAgreement"]):
    def visible_to(self, acting: Acting) -> "OvertimeAgreementQuerySet":
        return self.filter(agency=acting.organisation_id) if is_desk_of_agency(acting) else self.none()


class OvertimeAgreement(models.Model):
    """Append-only: the 36協定 of an agency as filed; under 派遣法44条 it governs the hours at the host."""

    agency = models.ForeignKey(
        Organisation, models.PROTECT, related_name="overtime_agreements", verbose_name=_("派遣元")
    )
    filed_on = models.DateField(_("届け出た日"))
    valid_from = models.DateField(_("有効期間の最初の日"))
    valid_until = models.DateField(_("有効期間の最後の日"))
    day_minutes = models.PositiveSmallIntegerField(_("1日の限度（分）"))
    month_minutes = models.PositiveSmallIntegerField(_("1か月の限度（分）"))
    year_minutes = models.PositiveIntegerField(_("1年の限度（分）"))
    written_by = models.ForeignKey("firms.Person", models.PROTECT, related_name="+", verbose_name=_("登録した人"))
    written_at = models.DateTimeField(_("登録日時"), auto_now_add=True)

    objects = OvertimeAgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("36協定")
        verbose_name_plural = _("36協定")
        ordering = ["agency", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "valid_from"], name="overtime_agreement_once_a_day"),
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("valid_from"), filed_on__lte=F("valid_from")),
                name="overtime_agreement_filed_before_it_holds",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency} {self.valid_from}"
