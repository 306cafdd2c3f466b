"""What a college writes to all who take part in a run; kept with it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.models.catalogue.runs import Run


class RunMessage(models.Model):
    """Append-only: what was sent is read as it was sent; an error is put right by a further message."""

    run = models.ForeignKey(Run, models.PROTECT, related_name="messages", verbose_name=_("開講"))
    subject = models.CharField(_("件名"), max_length=60)
    text = models.TextField(_("本文"), max_length=2000)
    recipient_count = models.PositiveIntegerField(_("届けた受講者の数"))
    written_by = models.ForeignKey("firms.Person", models.PROTECT, related_name="+", verbose_name=_("書いた人"))
    written_at = models.DateTimeField(_("日時"), auto_now_add=True)

    class Meta:
        verbose_name = _("受講者への連絡")
        verbose_name_plural = _("受講者への連絡")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(subject="") & ~Q(text=""), name="run_message_says_something"),
            models.CheckConstraint(condition=Q(recipient_count__gt=0), name="run_message_reaches_somebody"),
        ]

    def __str__(self) -> str:
        return self.subject
