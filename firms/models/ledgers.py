"""LedgerLink: one row of an append-only table, bound by a hash to the row sealed before it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LedgerLink(models.Model):
    """Append-only. `columns` are those the table had when the row was sealed, so that a later column changes nothing."""

    table = models.CharField(_("表"), max_length=63)
    row = models.BigIntegerField(_("行"))
    columns = models.TextField(_("列"))
    digest = models.CharField(_("指紋"), max_length=64)
    sealed_at = models.DateTimeField(_("日時"), auto_now_add=True)

    class Meta:
        verbose_name = _("台帳の鎖")
        verbose_name_plural = _("台帳の鎖")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["table", "row"], name="ledger_link_once")]

    def __str__(self) -> str:
        return f"{self.table} {self.row}"
