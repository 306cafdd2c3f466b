"""What an adviser has given somebody to learn before the start; the courses themselves are not seen from here."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trials.models.agreement import Placement


class Assignment(models.Model):
    """Append-only: one piece of e-learning given to the person. `key` is how whoever offers it knows it again."""

    placement = models.ForeignKey(
        Placement, models.PROTECT, related_name="assignments", verbose_name=_("トライアル就労")
    )
    key = models.CharField(max_length=40)
    title = models.CharField(_("講座"), max_length=200)
    assigned_by = models.ForeignKey("firms.Person", models.PROTECT, related_name="+", verbose_name=_("割り当てた人"))
    assigned_at = models.DateTimeField(_("割り当てた日時"), auto_now_add=True)

    class Meta:
        verbose_name = _("開始前のeラーニング")
        verbose_name_plural = _("開始前のeラーニング")
        ordering = ["placement", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["placement", "key"], name="assignment_once"),
            models.CheckConstraint(condition=~Q(key="") & ~Q(title=""), name="assignment_names_what"),
        ]

    def __str__(self) -> str:
        return self.title


class TrialFeed(models.Model):
    """The secret of the calendar of one's own trials: for the person alone, who need act for nobody; revocable."""

    person = models.ForeignKey("firms.Person", models.PROTECT, related_name="trial_feeds")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("トライアルのカレンダー購読")
        verbose_name_plural = _("トライアルのカレンダー購読")
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(revoked_at=None), name="trial_feed_open_once"),
        ]

    def __str__(self) -> str:
        return str(self.person)
