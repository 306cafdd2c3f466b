"""What the project itself keeps: the indicators of a year as they were reported."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from firms.acting import Acting
from firms.models import Organisation
from firms.models.organisations import Kind
from lms.kpi.shapes import ReportFacts, lifted_report


class IndicatorReportQuerySet(models.QuerySet["IndicatorReport"]):
    def visible_to(self, acting: Acting) -> "IndicatorReportQuerySet":
        """The ward's own."""
        return self.filter(ward=acting.organisation_id) if acting.kind == Kind.WARD else self.none()


class IndicatorReport(models.Model):
    """Append-only: a fiscal year's figures as the ward reported them that day; a further report is a further row."""

    ward = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("区"))
    year = models.PositiveSmallIntegerField(_("年度"))
    number = models.PositiveSmallIntegerField(_("版"))
    as_of = models.DateField(_("データの日"))
    facts: "models.JSONField[Any, Any]" = models.JSONField(_("指標"))
    digest = models.CharField(max_length=64)
    reported_by = models.ForeignKey("firms.Person", models.PROTECT, related_name="+", verbose_name=_("残した人"))
    reported_at = models.DateTimeField(_("残した日時"), auto_now_add=True)

    objects = IndicatorReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("指標の報告")
        verbose_name_plural = _("指標の報告")
        ordering = ["-year", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["ward", "year", "number"], name="indicator_report_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="indicator_report_numbered_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.year}年度 第{self.number}版"

    @property
    def lifted(self) -> ReportFacts:
        """What everybody reads: the frozen figures in today's shape."""
        return lifted_report(self.facts)
