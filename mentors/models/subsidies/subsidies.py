"""Subsidy: one firm's path from 交付申請 to the payment, its proofs and the papers that were issued of it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from firms.acting import Acting
from firms.models import Evidence, Organisation
from firms.models.organisations import DESK_ROLES, Kind
from mentors.models.manuals.manuals import SkillManual
from mentors.shapes import SubsidyFacts, lifted_subsidy
from mentors.states import PLACED, SubsidyState


class Aim(models.TextChoices):
    """As `mentors.rules.AIMS` names them."""

    ARCHIVE = "archive", _("技能のデジタルアーカイブ化")
    PR_FILM = "pr_film", _("企業紹介動画の制作")
    KNOWLEDGE = "knowledge", _("知識共有ツールの導入")


class SubsidyQuerySet(models.QuerySet["Subsidy"]):
    def visible_to(self, acting: Acting) -> "SubsidyQuerySet":
        """The desk of the firm; the ward what was handed in to it, drafts of firms excepted."""
        if acting.kind == Kind.WARD:
            return self.filter(ward=acting.organisation_id).exclude(state=SubsidyState.DRAFT)
        return self.filter(firm=acting.organisation_id) if acting.role in DESK_ROLES else self.none()

    def placed(self) -> "SubsidyQuerySet":
        """Those that hold one of the year's places."""
        return self.filter(state__in=PLACED)

    def fixed(self) -> "SubsidyQuerySet":
        """What the ward counts as carried out: 額の確定, paid or not yet."""
        return self.filter(fixed_on__isnull=False)


class Subsidy(models.Model):
    """Amounts come from the rules of the day and are frozen with each paper; `order` is the place among the year's applications."""

    tone = {
        SubsidyState.DRAFT: "neutral",
        SubsidyState.APPLIED: "info",
        SubsidyState.DECIDED: "success",
        SubsidyState.REFUSED: "error",
        SubsidyState.REPORTED: "info",
        SubsidyState.FIXED: "success",
        SubsidyState.PAID: "success",
        SubsidyState.WITHDRAWN: "neutral",
    }

    ward = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("区"))
    firm = models.ForeignKey(Organisation, models.PROTECT, related_name="subsidies", verbose_name=_("企業"))
    aim = models.CharField(_("助成の種類"), max_length=10, choices=Aim.choices)
    year = models.PositiveSmallIntegerField(_("年度"))
    state = models.CharField(_("状態"), max_length=10, choices=SubsidyState.choices, default=SubsidyState.DRAFT)
    title = models.CharField(_("事業の名称"), max_length=100)
    plan = models.TextField(_("事業の内容"), max_length=1000)
    finish_on = models.DateField(_("事業を終える予定の日"))
    cost_yen = models.PositiveIntegerField(_("対象経費の予定額（円）"))
    manuals = models.ManyToManyField(
        SkillManual, blank=True, related_name="subsidies", verbose_name=_("技能マニュアル")
    )
    order = models.PositiveIntegerField(_("受付の順"), null=True, blank=True)
    asked_yen = models.PositiveIntegerField(_("交付申請額（円）"), null=True, blank=True)
    decided_yen = models.PositiveIntegerField(_("交付決定額（円）"), null=True, blank=True)
    finished_on = models.DateField(_("事業を終えた日"), null=True, blank=True)
    result = models.TextField(_("事業の成果"), max_length=1000, blank=True)
    spent_yen = models.PositiveIntegerField(_("対象経費の実績額（円）"), null=True, blank=True)
    fixed_yen = models.PositiveIntegerField(_("確定額（円）"), null=True, blank=True)
    applied_at = models.DateTimeField(_("申請の日時"), null=True, blank=True)
    decided_on = models.DateField(_("交付決定日"), null=True, blank=True)
    report_by = models.DateField(_("実績報告の期限"), null=True, blank=True)
    reported_on = models.DateField(_("実績報告日"), null=True, blank=True)
    fixed_on = models.DateField(_("額の確定日"), null=True, blank=True)
    paid_on = models.DateField(_("支払日"), null=True, blank=True)
    because = models.CharField(_("不交付・差戻し・取下げの理由"), max_length=400, blank=True)
    made_by = models.ForeignKey("firms.Person", models.PROTECT, related_name="+", verbose_name=_("作成した人"))

    objects = SubsidyQuerySet.as_manager()

    class Meta:
        verbose_name = _("区の助成")
        verbose_name_plural = _("区の助成")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(aim__in=Aim.values), name="subsidy_aim_known"),
            models.CheckConstraint(condition=Q(state__in=SubsidyState.values), name="subsidy_state_known"),
            models.UniqueConstraint(
                fields=["firm", "aim", "year"],
                condition=~Q(state__in=["refused", "withdrawn"]),
                name="subsidy_of_a_year_once",
            ),
            models.UniqueConstraint(fields=["ward", "aim", "year", "order"], name="subsidy_order_once"),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "withdrawn"])
                | Q(order__isnull=False, asked_yen__isnull=False, applied_at__isnull=False),
                name="subsidy_applied_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["decided", "reported", "fixed", "paid"])
                | Q(decided_on__isnull=False, decided_yen__isnull=False),
                name="subsidy_decided_with_an_amount",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["fixed", "paid"])
                | Q(fixed_on__isnull=False, fixed_yen__lte=models.F("decided_yen")),
                name="subsidy_fixed_within_the_decision",
            ),
            models.CheckConstraint(
                condition=~Q(state="paid") | Q(paid_on__gte=models.F("fixed_on")), name="subsidy_paid_after_fixing"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["refused", "withdrawn"]) | ~Q(because=""), name="subsidy_ends_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.firm} {self.title}"


class SubsidyProof(models.Model):
    """A receipt or the like behind the report."""

    subsidy = models.ForeignKey(Subsidy, models.PROTECT, related_name="proofs", verbose_name=_("区の助成"))
    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="+", verbose_name=_("書類"))

    class Meta:
        verbose_name = _("実績の書類")
        verbose_name_plural = _("実績の書類")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["subsidy", "evidence"], name="subsidy_proof_once")]

    def __str__(self) -> str:
        return str(self.evidence)


class Form(models.TextChoices):
    APPLICATION = "application", _("交付申請書")
    DECISION = "decision", _("交付決定通知書")
    REFUSAL = "refusal", _("不交付決定通知書")
    REPORT = "report", _("実績報告書")
    FIXING = "fixing", _("額の確定通知書")


class SubsidyPaper(models.Model):
    """Append-only: what a paper says, frozen when it was issued; printed from these facts whenever it is asked for."""

    subsidy = models.ForeignKey(Subsidy, models.PROTECT, related_name="papers", verbose_name=_("区の助成"))
    form = models.CharField(_("様式"), max_length=12, choices=Form.choices)
    number = models.PositiveSmallIntegerField(_("版"))
    facts = models.JSONField(_("記載事項"))
    issued_on = models.DateField(_("日付"))

    class Meta:
        verbose_name = _("助成の書類")
        verbose_name_plural = _("助成の書類")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["subsidy", "form", "number"], name="subsidy_paper_once"),
            models.CheckConstraint(condition=Q(form__in=Form.values), name="subsidy_form_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_form_display()} {self.issued_on}"

    @property
    def lifted(self) -> SubsidyFacts:
        """What everybody reads: the frozen facts in today's shape."""
        return lifted_subsidy(self.facts)
