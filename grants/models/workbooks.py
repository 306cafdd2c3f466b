"""Workbook: this year's official file of one form, marked once by whoever fills it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from firms.acting import Acting
from firms.models import Organisation, Person, StoredFile


class WorkbookQuerySet(models.QuerySet["Workbook"]):
    def visible_to(self, acting: Acting) -> "WorkbookQuerySet":
        """Those of one's own organisation: a file of the ministry's with one's own marks."""
        return self.filter(owner=acting.organisation_id) if acting.organisation_id else self.none()


class Workbook(models.Model):
    """Append-only. Its marks belong to one edition of one menu's forms: in another the cells stand elsewhere."""

    class Of(models.TextChoices):
        PLAN = "plan", _("計画届")
        CLAIM = "claim", _("支給申請")

    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="workbooks", verbose_name=_("組織"))
    menu = models.CharField(_("制度"), max_length=60)
    edition = models.CharField(_("様式の版"), max_length=10)
    of = models.CharField(_("いつの様式か"), max_length=6, choices=Of.choices)
    name = models.CharField(_("ファイルの名前"), max_length=200)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("ファイル"))
    mark_count = models.PositiveSmallIntegerField(_("印の数"))
    kept_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("登録した人"))
    kept_at = models.DateTimeField(_("登録日時"), auto_now_add=True)

    objects = WorkbookQuerySet.as_manager()

    class Meta:
        verbose_name = _("公式の様式ファイル")
        verbose_name_plural = _("公式の様式ファイル")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "menu", "edition", "of", "file"], name="workbook_once"),
            models.CheckConstraint(condition=Q(mark_count__gt=0), name="workbook_is_marked"),
        ]

    def __str__(self) -> str:
        return self.name
