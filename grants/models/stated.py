"""Statement: what a firm states for its papers, of itself and of one case; and the way a case is filed."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from firms.acting import Acting
from firms.models import Organisation, Person
from firms.models.mandates import Scope
from firms.models.organisations import Kind
from grants.models.cases import GrantCase


class Stated(models.TextChoices):
    """`NOTICE` to `STANDING` are of one case, the rest of the firm, so that they are given once for all its cases."""

    NOTICE = "notice", _("計画届のそのほかの欄")
    LECTURERS = "lecturers", _("講師の要件")
    CONFIRMATION = "confirmation", _("事前確認書")
    PRICE = "price", _("受講料の価格")
    STANDING = "standing", _("支給要件確認申立書")
    DIRECTORS = "directors", _("役員等一覧")
    ACCOUNT = "account", _("振込先の口座")
    HOUSES = "houses", _("事業所の一覧")


OF_THE_FIRM = (Stated.DIRECTORS, Stated.ACCOUNT, Stated.HOUSES)


class StatementQuerySet(models.QuerySet["Statement"]):
    def visible_to(self, acting: Acting) -> "StatementQuerySet":
        """The firm's managers, and the office whose mandate covers training grants: births and accounts stand here."""
        if acting.kind == Kind.FIRM and acting.role == "manager":
            return self.filter(firm=acting.organisation_id)
        if acting.kind == Kind.OFFICE:
            return self.filter(firm__in=acting.clients_for(Scope.TRAINING_GRANTS))
        return self.none()


class Statement(models.Model):
    """Append-only; the newest of a kind holds. `facts` has the shape `grants.shapes.stated` gives its kind."""

    firm = models.ForeignKey(Organisation, models.PROTECT, related_name="grant_statements", verbose_name=_("企業"))
    case = models.ForeignKey(
        GrantCase, models.PROTECT, null=True, blank=True, related_name="statements", verbose_name=_("助成金案件")
    )
    kind = models.CharField(_("種類"), max_length=14, choices=Stated.choices)
    facts: "models.JSONField[dict[str, object], dict[str, object]]" = models.JSONField(_("内容"))
    stated_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("入力した人"))
    stated_for = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("入力した組織"))
    stated_at = models.DateTimeField(_("入力日時"), auto_now_add=True)

    objects = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("様式のための申告")
        verbose_name_plural = _("様式のための申告")
        ordering = ["pk"]
        indexes = [models.Index(fields=["firm", "case", "kind", "-id"], name="statement_newest")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Stated.values), name="statement_kind_known"),
            models.CheckConstraint(
                condition=Q(kind__in=OF_THE_FIRM, case=None) | (~Q(kind__in=OF_THE_FIRM) & Q(case__isnull=False)),
                name="statement_of_the_firm_or_a_case",
            ),
            models.CheckConstraint(
                condition=~Q(kind=Stated.CONFIRMATION) | Q(stated_for=F("firm")), name="statement_confirmed_by_the_firm"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.firm} {self.get_kind_display()}"


class Channel(models.Model):
    """On which way the papers of a case reach the office. Append-only but for corrections, and one to a case: whoever filed
    the plan on paper claims on paper, and the other way round (支給要領R8.8.3 0200・06051)."""

    class Way(models.TextChoices):
        PAPER = "paper", _("紙（持参・郵送）")
        ELECTRONIC = "electronic", _("電子申請（雇用関係助成金ポータル）")

    case = models.OneToOneField(GrantCase, models.PROTECT, related_name="channel", verbose_name=_("助成金案件"))
    way = models.CharField(_("提出の方法"), max_length=10, choices=Way.choices)
    chosen_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("記録した人"))
    chosen_at = models.DateTimeField(_("記録日時"), auto_now_add=True)

    class Meta:
        verbose_name = _("提出の方法")
        verbose_name_plural = _("提出の方法")
        constraints = [models.CheckConstraint(condition=Q(way__in=["paper", "electronic"]), name="channel_way_known")]

    def __str__(self) -> str:
        return self.get_way_display()
