"""OutsideGrant: what an establishment and its people drew outside Takumi in one fiscal year, and who said so."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from firms.models import Establishment, Person
from grants.rules import MENUS

SCHEMES = tuple(MENUS)


class OutsideQuerySet(models.QuerySet["OutsideGrant"]):
    def newest(self) -> "OutsideQuerySet":
        """Those no later row replaced; a taken-back one among them says that nobody knows."""
        return self.filter(replaced_by=None)

    def held(self) -> "OutsideQuerySet":
        return self.newest().exclude(yen=None, times=None)

    def of_year(self, establishment_id: int, scheme: str, fiscal_year: int) -> "OutsideQuerySet":
        return self.filter(establishment=establishment_id, scheme=scheme, fiscal_year=fiscal_year)


class OutsideGrant(models.Model):
    """The whole of one year: yen of the establishment, or how often one person was supported. Append-only; a row that
    replaces another holds in its place, and one without a figure takes it back."""

    establishment = models.ForeignKey(
        Establishment, models.PROTECT, related_name="outside_grants", verbose_name=_("事業所")
    )
    scheme = models.CharField(_("制度"), max_length=30)
    fiscal_year = models.PositiveSmallIntegerField(_("年度"))
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("受講者")
    )
    yen = models.PositiveBigIntegerField(_("受けた額（円）"), null=True, blank=True)
    times = models.PositiveSmallIntegerField(_("受けた回数"), null=True, blank=True)
    e_learning_times = models.PositiveSmallIntegerField(_("うちeラーニングの回数"), null=True, blank=True)
    note = models.CharField(_("根拠"), max_length=200)
    told_by = models.CharField(_("確かめた相手"), max_length=60)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name=_("訂正する記録")
    )
    why = models.CharField(_("訂正の理由"), max_length=400, blank=True)
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("記録した人"))
    recorded_at = models.DateTimeField(_("記録日時"), auto_now_add=True)

    objects = OutsideQuerySet.as_manager()

    class Meta:
        verbose_name = _("Takumiの外の受給")
        verbose_name_plural = _("Takumiの外の受給")
        ordering = ["establishment", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(scheme__in=SCHEMES), name="outside_scheme_known"),
            models.CheckConstraint(
                condition=Q(person=None, times=None, e_learning_times=None) | Q(person__isnull=False, yen=None),
                name="outside_yen_of_the_place_times_of_a_person",
            ),
            models.CheckConstraint(
                condition=Q(times=None, e_learning_times=None)
                | Q(times__isnull=False, e_learning_times__isnull=False, e_learning_times__lte=F("times")),
                name="outside_e_learning_within_all",
            ),
            models.CheckConstraint(
                condition=Q(replaces=None, why="") & ~Q(yen=None, times=None) | Q(replaces__isnull=False) & ~Q(why=""),
                name="outside_correction_has_a_reason",
            ),
            models.UniqueConstraint(
                fields=["establishment", "scheme", "fiscal_year"],
                condition=Q(person=None, replaces=None),
                name="outside_yen_once",
            ),
            models.UniqueConstraint(
                fields=["establishment", "scheme", "fiscal_year", "person"],
                condition=Q(person__isnull=False, replaces=None),
                name="outside_times_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.establishment} {self.fiscal_year} {self.person or ''}".strip()

    def in_words(self) -> str:
        """2026年度 大森 花 2回"""
        who = self.person.full_name if self.person else self.establishment.name
        told = f"{self.yen:,}円" if self.yen is not None else _("不明") if self.times is None else f"{self.times}回"
        return f"{self.fiscal_year}年度 {who} {told}"
