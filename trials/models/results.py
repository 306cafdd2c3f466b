"""What an agency reported of a round to its ward."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from firms.acting import Acting
from firms.models import Organisation
from firms.models.organisations import Kind
from firms.words.days import day_words
from trials.models.advising import works_at_agency
from trials.models.matching import Round
from trials.shapes import SheetFacts, lifted_sheet


class ResultReportQuerySet(models.QuerySet["ResultReport"]):
    def visible_to(self, acting: Acting) -> "ResultReportQuerySet":
        """The ward those of its rounds, an agency its own."""
        if acting.kind == Kind.WARD:
            return self.filter(round__ward=acting.organisation_id)
        return self.filter(agency=acting.organisation_id) if works_at_agency(acting) else self.none()


class ResultReport(models.Model):
    """Append-only: an agency's results of a round up to the end of a quarter; counted otherwise since, a further version."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="results", verbose_name=_("募集回"))
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="results", verbose_name=_("派遣元"))
    until = models.DateField(_("いつまでの実績か"))
    number = models.PositiveSmallIntegerField(_("版"))
    facts = models.JSONField(_("内容"))
    sha256 = models.CharField(_("ハッシュ値"), max_length=64)
    made_by = models.ForeignKey("firms.Person", models.PROTECT, related_name="+", verbose_name=_("報告した人"))
    made_at = models.DateTimeField(_("報告した日時"), auto_now_add=True)

    objects = ResultReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("実績報告")
        verbose_name_plural = _("実績報告")
        ordering = ["-until", "agency", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["round", "agency", "until", "number"], name="result_report_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="result_report_numbered_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.round} {day_words(self.until)} 第{self.number}版"

    @property
    def lifted(self) -> SheetFacts:
        return lifted_sheet(self.facts)
