"""AttendanceMark: append-only minutes of one person in one lesson; a correction is a new row that names the old."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from courses.models.catalogue.runs import Lesson, minutes_between
from courses.models.seats.enrolments import Enrolment
from courses.states import ImportState
from firms.acting import Acting


class MarkSource(models.TextChoices):
    ROSTER = "roster", _("出席簿")
    PAPER = "paper", _("紙の名簿から転記")
    QR = "qr", _("QRコード")
    SIGNATURE = "signature", _("署名")
    FILE = "file", _("ファイル取込み")
    MEETING = "meeting", _("会議ツールの参加記録")


class FileKind(models.TextChoices):
    TABLE = "table", _("出席の表（Excel・CSV）")
    MEETING = "meeting", _("会議ツールの参加者一覧")


class ImportQuerySet(models.QuerySet["AttendanceImport"]):
    def visible_to(self, acting: Acting) -> "ImportQuerySet":
        """The college that keeps the rosters, nobody else."""
        return self.filter(college=acting.organisation_id)


class AttendanceImport(models.Model):
    """One file of attendance: what was found in it, when it was written, when taken back whole.

    `found` is JSON for the page: counts, the first refused rows with their sentences, a sample of what would be written.
    """

    tone = {
        ImportState.READY: "warning",
        ImportState.BROKEN: "error",
        ImportState.WRITTEN: "success",
    }

    college = models.ForeignKey("firms.Organisation", models.PROTECT, related_name="+", verbose_name=_("連携校"))
    lesson = models.ForeignKey(
        Lesson, models.PROTECT, null=True, blank=True, related_name="imports", verbose_name=_("コマ")
    )
    kind = models.CharField(_("種類"), max_length=8, choices=FileKind.choices, default=FileKind.TABLE)
    name = models.CharField(_("ファイル名"), max_length=200)
    file = models.ForeignKey("firms.StoredFile", models.PROTECT, related_name="+", verbose_name=_("ファイル"))
    state = models.CharField(_("状態"), max_length=10, choices=ImportState.choices, default=ImportState.READING)
    found = models.JSONField(_("読み取った結果"), default=dict)
    row_count = models.PositiveIntegerField(_("行数"), default=0)
    refused_count = models.PositiveIntegerField(_("取り込めない行"), default=0)
    written_count = models.PositiveIntegerField(_("記録した数"), default=0)
    uploaded_by = models.ForeignKey("firms.Person", models.PROTECT, related_name="+", verbose_name=_("取り込んだ人"))
    uploaded_at = models.DateTimeField(_("取込み日時"), auto_now_add=True)
    written_at = models.DateTimeField(_("書込み日時"), null=True, blank=True)
    undone_at = models.DateTimeField(_("取消し日時"), null=True, blank=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("出席の取込み")
        verbose_name_plural = _("出席の取込み")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["written", "undoing", "undone"]) | Q(written_at__isnull=False),
                name="import_written_with_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state="undone") | Q(undone_at__isnull=False), name="import_undone_with_moment"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class MarkQuerySet(models.QuerySet["AttendanceMark"]):
    def current(self) -> "MarkQuerySet":
        """What is in force: no later mark corrects it, and it takes nothing back."""
        return self.newest().filter(is_void=False)

    def newest(self) -> "MarkQuerySet":
        """The end of each chain, those that only take back a mark among them: what the next mark has to name."""
        return self.filter(correction=None)

    def taught_by(self, acting: Acting) -> "MarkQuerySet":
        """Those of the college one acts for."""
        return self.filter(lesson__run__course__college=acting.organisation_id)


class AttendanceMark(models.Model):
    """Append-only: the database refuses UPDATE and DELETE by trigger.

    `came_at`–`left_at` is the span in the room, both empty for an absence; `minutes` is that span without meals and
    without `gaps`: pairs of moments between which the person was gone, as meeting tools tell them.
    """

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="marks", verbose_name=_("受講"))
    lesson = models.ForeignKey(Lesson, models.PROTECT, related_name="marks", verbose_name=_("コマ"))
    came_at = models.DateTimeField(_("入室"), null=True, blank=True)
    left_at = models.DateTimeField(_("退室"), null=True, blank=True)
    gaps = models.JSONField(_("途中で抜けた時間"), default=list, blank=True)
    minutes = models.PositiveSmallIntegerField(_("受講時間（分）"))
    source = models.CharField(_("記録方法"), max_length=10, choices=MarkSource.choices)
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="correction", verbose_name=_("訂正した記録")
    )
    is_void = models.BooleanField(_("記録の取消し"), default=False)
    signature = models.ForeignKey(
        "firms.StoredFile", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("署名")
    )
    batch = models.ForeignKey(
        "courses.AttendanceImport",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="marks",
        verbose_name=_("取込み"),
    )
    reason = models.CharField(_("訂正の理由"), max_length=200, blank=True)
    recorded_by = models.ForeignKey("firms.Person", models.PROTECT, related_name="+", verbose_name=_("記録した人"))
    recorded_at = models.DateTimeField(_("記録日時"), auto_now_add=True)

    objects = MarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("出席記録")
        verbose_name_plural = _("出席記録")
        ordering = ["lesson", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "lesson"], condition=Q(corrects=None), name="attendance_first_mark_once"
            ),
            models.CheckConstraint(
                condition=Q(came_at=None, left_at=None, minutes=0)
                | Q(came_at__isnull=False, left_at__isnull=False, left_at__gt=F("came_at"), minutes__gt=0),
                name="attendance_minutes_agree_with_span",
            ),
            models.CheckConstraint(
                condition=Q(corrects=None, reason="") | (Q(corrects__isnull=False) & ~Q(reason="")),
                name="attendance_correction_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(is_void=False) | Q(corrects__isnull=False, minutes=0), name="attendance_void_takes_back"
            ),
            models.CheckConstraint(
                condition=Q(gaps=[]) | Q(came_at__isnull=False), name="attendance_gaps_within_a_span"
            ),
            models.CheckConstraint(
                condition=~Q(source__in=["file", "meeting"]) | Q(batch__isnull=False), name="attendance_file_is_named"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment.person} {self.lesson} {self.minutes}"

    @property
    def is_absence(self) -> bool:
        return self.came_at is None

    @property
    def word(self) -> "MarkConfirmation | None":
        """What the trainee said of it, if anything."""
        return getattr(self, "confirmation", None)

    @property
    def away(self) -> list[tuple[datetime, datetime]]:
        """When the person was gone in between."""
        return [(datetime.fromisoformat(start), datetime.fromisoformat(end)) for start, end in self.gaps]

    @property
    def away_minutes(self) -> int:
        """Without the meals that fall into them: nobody misses a lesson by eating."""
        meals = [pause for pause in self.lesson.breaks.all() if pause.is_meal] if self.gaps else []
        return sum(
            minutes_between(start, end) - sum(pause.minutes_within(start, end) for pause in meals)
            for start, end in self.away
        )

    @property
    def spans(self) -> list[tuple[datetime, datetime]]:
        """When the person was there: what every reckoning of minutes has to start from."""
        if self.came_at is None or self.left_at is None:
            return []
        edges = [self.came_at, *(moment for gap in self.away for moment in gap), self.left_at]
        return list(zip(edges[::2], edges[1::2], strict=True))

    @property
    def late_minutes(self) -> int:
        return minutes_between(self.lesson.starts_at, self.came_at) if self.came_at else 0

    @property
    def early_minutes(self) -> int:
        return minutes_between(self.left_at, self.lesson.ends_at) if self.left_at else 0


class CheckInDesk(models.Model):
    """The room screen of a lesson: while it is open, its code changes by the clock and people check in with it."""

    lesson = models.OneToOneField(Lesson, models.PROTECT, related_name="desk", verbose_name=_("コマ"))
    secret = models.CharField(max_length=64)
    opened_by = models.ForeignKey("firms.Person", models.PROTECT, related_name="+", verbose_name=_("開いた人"))
    opened_at = models.DateTimeField(_("開いた日時"), auto_now_add=True)
    closed_at = models.DateTimeField(_("閉じた日時"), null=True, blank=True)

    class Meta:
        verbose_name = _("QR受付")
        verbose_name_plural = _("QR受付")

    def __str__(self) -> str:
        return f"{self.lesson}"


class CheckIn(models.Model):
    """Append-only: one scan by one person, at the server's clock. `step` is the code's number in time: one use for each person."""

    class Direction(models.TextChoices):
        IN = "in", _("入室")
        OUT = "out", _("退室")

    lesson = models.ForeignKey(Lesson, models.PROTECT, related_name="check_ins", verbose_name=_("コマ"))
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="check_ins", verbose_name=_("受講"))
    direction = models.CharField(_("入退室"), max_length=3, choices=Direction.choices)
    step = models.PositiveBigIntegerField(_("コードの番号"))
    address_hash = models.CharField(_("端末の目印"), max_length=64, blank=True)
    at = models.DateTimeField(_("日時"))

    class Meta:
        verbose_name = _("QRによる入退室")
        verbose_name_plural = _("QRによる入退室")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["lesson", "enrolment", "step"], name="check_in_code_once_per_person"),
            models.UniqueConstraint(
                fields=["lesson", "enrolment"], condition=Q(direction="in"), name="check_in_came_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment} {self.get_direction_display()}"


class MarkConfirmation(models.Model):
    """Append-only: the trainee's own word on one mark; a corrected mark asks anew."""

    mark = models.OneToOneField(AttendanceMark, models.PROTECT, related_name="confirmation", verbose_name=_("出席記録"))
    agrees = models.BooleanField(_("間違いない"))
    comment = models.CharField(_("違うところ"), max_length=200, blank=True)
    confirmed_by = models.ForeignKey("firms.Person", models.PROTECT, related_name="+", verbose_name=_("確認した人"))
    confirmed_at = models.DateTimeField(_("確認日時"), auto_now_add=True)

    class Meta:
        verbose_name = _("受講時間の確認")
        verbose_name_plural = _("受講時間の確認")
        constraints = [
            models.CheckConstraint(
                condition=Q(agrees=True) | ~Q(comment=""), name="confirmation_disagreement_has_words"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mark} {self.agrees}"


class PaceWarning(models.Model):
    """That a person was warned of missing the line of a run, so that nobody is warned twice for the same lessons."""

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="pace_warnings", verbose_name=_("受講"))
    missed_minutes = models.PositiveIntegerField(_("欠けた時間（分）"))
    warned_at = models.DateTimeField(_("知らせた日時"), auto_now_add=True)

    class Meta:
        verbose_name = _("出席率の注意")
        verbose_name_plural = _("出席率の注意")
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "missed_minutes"], name="pace_warning_once"),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment} {self.missed_minutes}"
