"""Submission: what a form that was sent once has answered, kept under the mark its page carried."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Submission(models.Model):
    """The database makes the mark unique: of many at once one does the work, the others wait and read its answer."""

    mark = models.UUIDField(_("画面の印"), unique=True)
    person = models.ForeignKey("firms.Person", models.CASCADE, null=True, related_name="+", verbose_name=_("利用者"))
    path = models.TextField(_("送り先"))
    fingerprint = models.CharField(_("内容の指紋"), max_length=64)
    answer = models.TextField(_("答えの行き先"), blank=True)
    made_at = models.DateTimeField(_("日時"), auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = _("送信")
        verbose_name_plural = _("送信")

    def __str__(self) -> str:
        return f"{self.path} {self.mark}"
