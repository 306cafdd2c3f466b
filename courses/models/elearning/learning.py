"""E-learning: units with their questions, and append-only events of who learned what when."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.models.catalogue.courses import Course
from courses.models.catalogue.runs import Run
from courses.models.seats.enrolments import Enrolment


class UnitKind(models.TextChoices):
    """SCORM packages and xAPI activities come later; they will be units of kinds of their own, told apart here alone."""

    VIDEO = "video", _("動画")
    TEXT = "text", _("読む教材")
    FILE = "file", _("配布資料")
    QUIZ = "quiz", _("確認テスト")


class Unit(models.Model):
    """One piece of e-learning with its 標準学習時間. `chapters`: [{"at": seconds, "title": …}] in order.

    A draft until it is published. What somebody learned is never rewritten: a new version `replaces` the old one,
    which is retired when the new one is published, and stays with the runs that were opened with it.
    """

    course = models.ForeignKey(Course, models.PROTECT, related_name="units", verbose_name=_("講座"))
    number = models.PositiveSmallIntegerField(_("番号"))
    kind = models.CharField(_("種類"), max_length=6, choices=UnitKind.choices)
    title = models.CharField(_("教材名"), max_length=120)
    standard_minutes = models.PositiveSmallIntegerField(_("標準学習時間（分）"))
    body = models.TextField(_("本文・説明"), blank=True)
    video_url = models.URLField(_("動画のアドレス"), blank=True)
    duration_seconds = models.PositiveIntegerField(_("動画の長さ（秒）"), default=0)
    chapters = models.JSONField(_("目次"), default=list, blank=True)
    file = models.ForeignKey(
        "firms.StoredFile", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ファイル")
    )
    file_name = models.CharField(_("ファイル名"), max_length=200, blank=True)
    captions = models.ForeignKey(
        "firms.StoredFile", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("字幕（WebVTT）")
    )
    draw = models.PositiveSmallIntegerField(_("1回に出す問題の数"), default=0)
    pass_percent = models.PositiveSmallIntegerField(_("合格点（%）"), default=80)
    attempts = models.PositiveSmallIntegerField(_("受けられる回数（0は何回でも）"), default=0)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="newer", verbose_name=_("前の版")
    )
    published_at = models.DateTimeField(_("公開した日時"), null=True, blank=True)
    retired_at = models.DateTimeField(_("使わなくなった日時"), null=True, blank=True)

    class Meta:
        verbose_name = _("教材")
        verbose_name_plural = _("教材")
        ordering = ["course", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["course", "number"],
                condition=Q(published_at__isnull=False, retired_at=None),
                name="unit_number_once",
            ),
            models.CheckConstraint(condition=Q(standard_minutes__gt=0), name="unit_has_standard_time"),
            models.CheckConstraint(condition=Q(pass_percent__range=(1, 100)), name="unit_pass_mark_within_100"),
            models.CheckConstraint(
                condition=~Q(kind="video") | Q(duration_seconds__gt=0), name="unit_video_has_length"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_offered(self) -> bool:
        """Published, and not retired."""
        return self.published_at is not None and self.retired_at is None

    @property
    def is_draft(self) -> bool:
        return self.published_at is None and self.retired_at is None

    def is_in(self, run: Run) -> bool:
        """Whether the run is taught with it; one that is not open yet follows the course."""
        return self.is_offered if run.kept_units is None else self.pk in run.kept_units


class Question(models.Model):
    """One question of a quiz's bank. `choices`: [{"text": …, "is_right": bool, "feedback": …}]; several may be right."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="questions", verbose_name=_("教材"))
    text = models.TextField(_("問題"))
    choices = models.JSONField(_("選択肢"))
    explanation = models.TextField(_("解説"), blank=True)
    retired_at = models.DateTimeField(_("使わなくなった日時"), null=True, blank=True)

    class Meta:
        verbose_name = _("問題")
        verbose_name_plural = _("問題")
        ordering = ["unit", "pk"]

    def __str__(self) -> str:
        return self.text[:40]


class EventKind(models.TextChoices):
    OPENED = "opened", _("開始")
    WATCHED = "watched", _("視聴")
    READ = "read", _("読了")
    FETCHED = "fetched", _("資料を取得")
    QUIZ_STARTED = "quiz_started", _("テスト開始")
    QUIZ_ANSWERED = "quiz_answered", _("テスト提出")
    COMPLETED = "completed", _("教材の修了")


class LearningEvent(models.Model):
    """Append-only, at the server's clock. What each kind keeps in `data`:

    watched: {"from": seconds, "to": seconds, "spare": seconds} of the video seen in one stretch, no longer than the
    clock allows (`firms.film.stretches` says what is spare);
    quiz_started: {"attempt": n, "questions": [ids]}; quiz_answered: {"attempt": n, "answers": {id: [choice numbers]},
    "right": n, "of": n, "percent": n, "has_passed": bool}.
    """

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="events", verbose_name=_("受講"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="events", verbose_name=_("教材"))
    kind = models.CharField(_("できごと"), max_length=14, choices=EventKind.choices)
    data = models.JSONField(_("内容"), default=dict)
    at = models.DateTimeField(_("日時"))

    class Meta:
        verbose_name = _("学習ログ")
        verbose_name_plural = _("学習ログ")
        ordering = ["pk"]
        indexes = [models.Index(fields=["enrolment", "unit"], name="learning_event_of")]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "unit"], condition=Q(kind="completed"), name="unit_completed_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment} {self.unit} {self.get_kind_display()}"


class SandboxEvent(models.Model):
    """What staff do to try a unit: a table of its own, so that no report can ever reach it."""

    person = models.ForeignKey("firms.Person", models.PROTECT, related_name="+", verbose_name=_("試した人"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="sandbox_events", verbose_name=_("教材"))
    kind = models.CharField(_("できごと"), max_length=14, choices=EventKind.choices)
    data = models.JSONField(_("内容"), default=dict)
    at = models.DateTimeField(_("日時"))

    class Meta:
        verbose_name = _("教材の試行")
        verbose_name_plural = _("教材の試行")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.person} {self.unit}"
