"""Who watched a manual and who passed its questions, and when its keeper is told to look at it again."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from firms.models import Organisation
from mentors.models.manuals.manuals import ManualVersion, SkillManual


class Viewing(models.Model):
    """Append-only: a stretch of a film somebody watched, as far as the clock allows (`firms.film.stretches`)."""

    version = models.ForeignKey(ManualVersion, models.PROTECT, related_name="viewings", verbose_name=_("版"))
    person = models.ForeignKey("firms.Person", models.PROTECT, related_name="+", verbose_name=_("見た人"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="+", verbose_name=_("所属組織")
    )
    starts = models.FloatField(_("始まり（秒）"))
    ends = models.FloatField(_("終わり（秒）"))
    spare = models.FloatField(default=0.0)
    at = models.DateTimeField(_("日時"))

    class Meta:
        verbose_name = _("視聴")
        verbose_name_plural = _("視聴")
        ordering = ["pk"]
        indexes = [models.Index(fields=["version", "person"], name="viewing_of")]
        constraints = [models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="viewing_in_order")]

    def __str__(self) -> str:
        return f"{self.version} {self.person}"


class ManualQuestion(models.Model):
    """A question about a version. `choices`: [{"text": …, "is_right": bool}]."""

    version = models.ForeignKey(ManualVersion, models.CASCADE, related_name="questions", verbose_name=_("版"))
    number = models.PositiveSmallIntegerField(_("番号"))
    text = models.CharField(_("問題"), max_length=300)
    choices = models.JSONField(_("選択肢"))
    explanation = models.CharField(_("解説"), max_length=400, blank=True)
    at = models.PositiveIntegerField(_("答えのある時刻（秒）"), default=0)

    class Meta:
        verbose_name = _("確認の問題")
        verbose_name_plural = _("確認の問題")
        ordering = ["version", "number"]
        constraints = [models.UniqueConstraint(fields=["version", "number"], name="manual_question_number_once")]

    def __str__(self) -> str:
        return self.text[:40]


class ManualAnswer(models.Model):
    """Append-only: one attempt at all questions of a version. `answers`: {question id: [numbers of choices]}."""

    version = models.ForeignKey(ManualVersion, models.PROTECT, related_name="answers", verbose_name=_("版"))
    person = models.ForeignKey("firms.Person", models.PROTECT, related_name="+", verbose_name=_("答えた人"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="+", verbose_name=_("所属組織")
    )
    answers = models.JSONField(_("答え"))
    right = models.PositiveSmallIntegerField(_("正解の数"))
    of = models.PositiveSmallIntegerField(_("問題の数"))
    at = models.DateTimeField(_("日時"), auto_now_add=True)

    class Meta:
        verbose_name = _("確認の答え")
        verbose_name_plural = _("確認の答え")
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=Q(right__lte=F("of")), name="manual_answer_within_questions")]

    def __str__(self) -> str:
        return f"{self.version} {self.person} {self.right}/{self.of}"

    @property
    def has_passed(self) -> bool:
        return self.right == self.of


class ReviewReminder(models.Model):
    """The keeper is told once that a manual is to be looked at again; a night that was missed loses nothing."""

    manual = models.ForeignKey(SkillManual, models.CASCADE, related_name="reminders", verbose_name=_("技能マニュアル"))
    review_on = models.DateField(_("見直す日"))
    due_on = models.DateField(_("知らせる日"))
    sent_at = models.DateTimeField(_("知らせた日時"), null=True, blank=True)

    class Meta:
        verbose_name = _("見直しの知らせ")
        verbose_name_plural = _("見直しの知らせ")
        ordering = ["due_on", "pk"]
        constraints = [models.UniqueConstraint(fields=["manual", "due_on"], name="review_reminder_once")]

    def __str__(self) -> str:
        return f"{self.manual} {self.due_on}"
