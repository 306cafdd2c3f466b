"""Correction: one value of one row put right, with what stood before, why, and by whom."""

from datetime import date
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy

from firms.words.saying import said as _


def as_text(value: object) -> str | None:
    """One value as a correction keeps it: days as 2027-02-16, truths as true and false, rows by their key."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    return str(value.pk if isinstance(value, models.Model) else value)


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def of(self, subject: models.Model) -> "CorrectionQuerySet":
        return self.filter(subject_type=subject._meta.label_lower, subject_id=subject.pk)


class Correction(models.Model):
    """Append-only: the row it is about holds what is right now, these rows all that stood there before."""

    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    field = models.CharField(gettext_lazy("項目"), max_length=40)
    before = models.TextField(gettext_lazy("前"), null=True)
    after = models.TextField(gettext_lazy("後"), null=True)
    reason = models.CharField(gettext_lazy("理由"), max_length=400)
    corrected_by = models.ForeignKey(
        "firms.Person", models.PROTECT, related_name="+", verbose_name=gettext_lazy("訂正した人")
    )
    at = models.DateTimeField(gettext_lazy("訂正した日時"), auto_now_add=True)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("訂正")
        verbose_name_plural = gettext_lazy("訂正")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["subject_type", "subject_id", "field", "-id"], name="correction_subject")]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="correction_has_a_reason"),
            models.CheckConstraint(
                condition=Q(before=None, after__isnull=False)
                | Q(before__isnull=False, after=None)
                | (Q(before__isnull=False, after__isnull=False) & ~Q(before=F("after"))),
                name="correction_changes_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.before_words} → {self.after_words}"

    @property
    def label(self) -> str:
        """The name of the field on the page."""
        return str(self.model_field.verbose_name)

    @property
    def model_field(self) -> Any:
        return apps.get_model(self.subject_type)._meta.get_field(self.field)

    @property
    def before_words(self) -> str:
        return in_words(self.model_field, self.before)

    @property
    def after_words(self) -> str:
        return in_words(self.model_field, self.after)


def in_words(field: Any, kept: str | None) -> str:
    """What is kept of a value, as a reader says it."""
    if not kept:
        return _("なし")
    if isinstance(field, models.BooleanField):
        return _("はい") if kept == "true" else _("いいえ")
    if isinstance(field, models.DateField):
        on = date.fromisoformat(kept[:10])
        return f"{on.year}年{on.month}月{on.day}日"
    if isinstance(field, models.ForeignKey):
        return str(field.related_model._default_manager.filter(pk=kept).first() or kept)
    if field.name.endswith("_yen"):
        return f"{int(kept):,}円"
    return str(dict(field.flatchoices).get(kept, kept))
