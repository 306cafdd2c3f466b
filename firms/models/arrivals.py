"""Arrival: a form that could come late, with the moment it was typed apart from the moment it arrived."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Arrival(models.Model):
    """Append-only and never forgotten, unlike a `Submission`: a telephone may find its network again after weeks."""

    mark = models.UUIDField(_("画面の印"), unique=True)
    person = models.ForeignKey("firms.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("利用者"))
    path = models.TextField(_("送り先"))
    fingerprint = models.CharField(_("内容の指紋"), max_length=64)
    answer = models.TextField(_("答えの行き先"))
    typed_at = models.DateTimeField(_("入力した日時"))
    arrived_at = models.DateTimeField(_("届いた日時"))

    class Meta:
        verbose_name = _("届いた入力")
        verbose_name_plural = _("届いた入力")
        constraints = [
            models.CheckConstraint(condition=Q(arrived_at__gte=F("typed_at")), name="arrival_after_typing"),
        ]

    def __str__(self) -> str:
        return f"{self.path} {self.arrived_at:%Y-%m-%d %H:%M}"
