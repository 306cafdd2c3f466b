"""What the two sides of a session say to each other; kept with it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mentors.models.requesting.moves import Side
from mentors.models.requesting.plans import Session


class SessionMessage(models.Model):
    """Append-only: one message, of one side to the other."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="messages", verbose_name=_("実技指導"))
    side = models.CharField(_("書いた側"), max_length=8, choices=Side.choices)
    text = models.TextField(_("連絡"))
    written_by = models.ForeignKey("firms.Person", models.PROTECT, related_name="+", verbose_name=_("書いた人"))
    written_at = models.DateTimeField(_("日時"), auto_now_add=True)

    class Meta:
        verbose_name = _("実技指導の連絡")
        verbose_name_plural = _("実技指導の連絡")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(side__in=Side.values), name="message_side_known"),
            models.CheckConstraint(condition=~Q(text=""), name="message_says_something"),
        ]

    def __str__(self) -> str:
        return self.text[:40]
