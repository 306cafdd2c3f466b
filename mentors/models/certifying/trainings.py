"""The trainings a number waits for: which course counts as which, and what somebody completed elsewhere."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from firms.models import Organisation


class Training(models.TextChoices):
    TEACHING = "teaching", _("指導技法の講習")
    REMOTE = "remote", _("遠隔指導の講習")


class TrainingCourse(models.Model):
    """A course of the catalogue that counts as a training, from a day on; whoever knows courses fills `course`."""

    ward = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("区"))
    training = models.CharField(_("講習"), max_length=8, choices=Training.choices)
    course = models.PositiveBigIntegerField(_("講座の番号"))
    title = models.CharField(_("講座の名前"), max_length=200)
    named_on = models.DateField(_("認めた日"))

    class Meta:
        verbose_name = _("講習として認めた講座")
        verbose_name_plural = _("講習として認めた講座")
        ordering = ["training", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["ward", "training", "course"], name="training_course_once"),
            models.CheckConstraint(condition=Q(training__in=Training.values), name="training_course_known"),
        ]

    def __str__(self) -> str:
        return self.title


class TrainingProof(models.Model):
    """Append-only: completed outside the catalogue, as the ward has seen it."""

    person = models.ForeignKey("firms.Person", models.PROTECT, related_name="trainings", verbose_name=_("申請者"))
    ward = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("区"))
    training = models.CharField(_("講習"), max_length=8, choices=Training.choices)
    completed_on = models.DateField(_("修了した日"))
    place = models.CharField(_("実施した機関"), max_length=120)
    recorded_by = models.ForeignKey("firms.Person", models.PROTECT, related_name="+", verbose_name=_("記録した人"))
    recorded_at = models.DateTimeField(_("記録の日時"), auto_now_add=True)

    class Meta:
        verbose_name = _("ほかで修了した講習")
        verbose_name_plural = _("ほかで修了した講習")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "ward", "training"], name="training_proof_once"),
            models.CheckConstraint(condition=Q(training__in=Training.values), name="training_proof_known"),
            models.CheckConstraint(condition=~Q(place=""), name="training_proof_says_where"),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.get_training_display()}"
