"""What 国税庁 publishes of corporations, as the ward has loaded it last: replaced as a whole, with its date."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class RegisterLoad(models.Model):
    """One file that was loaded; the corporations of the current one are kept, of the others only that they were."""

    file_name = models.CharField(_("ファイル名"), max_length=200)
    as_of = models.DateField(_("公表情報の日"))
    loaded_at = models.DateTimeField(_("取り込んだ日時"))
    count = models.PositiveIntegerField(_("件数"), default=0)
    is_current = models.BooleanField(_("いま使っている"), default=False)

    class Meta:
        verbose_name = _("法人番号の一覧")
        verbose_name_plural = _("法人番号の一覧")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_current"], condition=Q(is_current=True), name="register_load_current_once"
            ),
            models.CheckConstraint(condition=Q(is_current=False) | Q(count__gt=0), name="register_load_holds_somebody"),
        ]

    def __str__(self) -> str:
        return self.file_name


class CorporationQuerySet(models.QuerySet["Corporation"]):
    def current(self) -> "CorporationQuerySet":
        """Of the file in use; one that is still being read, or was broken off, is none."""
        return self.filter(load__is_current=True).select_related("load")


class Corporation(models.Model):
    load = models.ForeignKey(RegisterLoad, models.CASCADE, related_name="corporations", verbose_name=_("一覧"))
    number = models.CharField(_("法人番号"), max_length=13)
    name = models.CharField(_("商号または名称"), max_length=300)
    name_kana = models.CharField(_("フリガナ"), max_length=500, blank=True)
    postal_code = models.CharField(_("郵便番号"), max_length=8, blank=True)
    address = models.CharField(_("本店または主たる事務所の所在地"), max_length=500, blank=True)
    closed_on = models.DateField(_("登記記録の閉鎖等年月日"), null=True, blank=True)

    objects = CorporationQuerySet.as_manager()

    class Meta:
        verbose_name = _("公表されている法人")
        verbose_name_plural = _("公表されている法人")
        constraints = [models.UniqueConstraint(fields=["load", "number"], name="corporation_once_in_a_load")]

    def __str__(self) -> str:
        return self.name
