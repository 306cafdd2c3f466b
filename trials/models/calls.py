"""What an adviser found on calling at the host while a trial went on."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from firms.words.days import day_words
from trials.models.agreement import Placement


class HostCall(models.Model):
    """Append-only: one call at the host; the agency's own, as the worker may have said there what the host is not to read."""

    placement = models.ForeignKey(Placement, models.PROTECT, related_name="calls", verbose_name=_("トライアル就労"))
    called_on = models.DateField(_("巡回した日"))
    met = models.CharField(_("会った人"), max_length=200)
    seen = models.TextField(_("見たこと（仕事・職場・安全）"), max_length=1000)
    said = models.TextField(_("聞いたこと・話したこと"), max_length=1000)
    follows = models.TextField(_("次にすること"), max_length=1000)
    written_by = models.ForeignKey("firms.Person", models.PROTECT, related_name="+", verbose_name=_("記録した人"))
    written_at = models.DateTimeField(_("記録日時"), auto_now_add=True)

    class Meta:
        verbose_name = _("巡回記録")
        verbose_name_plural = _("巡回記録")
        ordering = ["placement", "called_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(met="") & ~Q(seen="") & ~Q(said="") & ~Q(follows=""),
                name="host_call_says_whom_what_and_then",
            )
        ]

    def __str__(self) -> str:
        return f"{self.placement} {day_words(self.called_on)}"
