"""GrantCase: one establishment's path through one scheme for one subject, and the facts only the firm can state."""

from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Q
from django.db.models.expressions import Combinable
from django.utils.translation import gettext_lazy as _

from courses.models import Run
from firms.acting import Acting
from firms.models import Establishment, Evidence, Person
from firms.models.mandates import Scope
from firms.models.organisations import Kind
from grants.models.careerup import PERIODS, Conversion, period_words
from grants.models.subscriptions import Subscription
from grants.rules import MENUS, current_schemes
from grants.states import ENDED, CaseState
from grants.subjects import Training, entry_of


class Subject(models.TextChoices):
    """What a case is about; cases are opened for those of `REFERENCES` alone."""

    RUN = "run", _("訓練")
    PLACEMENT = "placement", _("トライアル就労")
    CONVERSION = "conversion", _("正社員転換")
    SUBSCRIPTION = "subscription", _("定額制サービス")
    LEAVE = "leave", _("休暇制度")


# The field that holds the subject of each kind: exactly that one is set, all others are empty.
REFERENCES = {Subject.RUN: "run", Subject.CONVERSION: "conversion", Subject.SUBSCRIPTION: "subscription"}
# The scope of the mandate that opens a case to an office.
SCOPES = {
    Subject.RUN: Scope.TRAINING_GRANTS,
    Subject.CONVERSION: Scope.CAREER_UP,
    Subject.SUBSCRIPTION: Scope.TRAINING_GRANTS,
}
# The page of each kind; `grants:case` leads there too.
PAGES = {
    Subject.RUN: "grants:case",
    Subject.CONVERSION: "grants:careerup_case",
    Subject.SUBSCRIPTION: "grants:subscription_case",
}
# The courses of 人材開発支援助成金 pay for the same fee and the same wages, so that a training draws from one of them alone.
EXCLUSIVE = tuple(MENUS)


def has_its_reference() -> Q:
    """A kind without a reference of its own can have no row."""
    return reduce(
        or_,
        (
            Q(subject=kind, **{f"{name}__isnull": name != held for name in REFERENCES.values()})
            for kind, held in REFERENCES.items()
        ),
    )


def seen_by_office(acting: Acting, *, cases: str = "", firm: str = "establishment__organisation") -> Q:
    """Each kind of case under a mandate of its own scope; `cases` and `firm` are the ways there from what is filtered."""
    return reduce(
        or_,
        (Q(**{f"{cases}subject": kind, f"{firm}__in": acting.clients_for(scope)}) for kind, scope in SCOPES.items()),
    )


def grant_clients(acting: Acting) -> frozenset[int]:
    """The firms for which the office may see cases of any kind."""
    return frozenset().union(*(acting.clients_for(scope) for scope in SCOPES.values()))


class CaseQuerySet(models.QuerySet["GrantCase"]):
    def running(self) -> "CaseQuerySet":
        return self.exclude(state__in=ENDED)

    def trainings(self) -> "CaseQuerySet":
        return self.filter(subject=Subject.RUN)

    def conversions(self) -> "CaseQuerySet":
        return self.filter(subject=Subject.CONVERSION)

    def subscriptions(self) -> "CaseQuerySet":
        return self.filter(subject=Subject.SUBSCRIPTION)

    def whole(self) -> "CaseQuerySet":
        """With everything a page says of a case itself."""
        return self.select_related(
            "establishment__organisation",
            "run__course__college",
            "conversion__person",
            "conversion__plan",
            "subscription",
            "period_pay",
            "contact",
            "reskilling_plan",
            "conversion_plan",
            "channel",
        )

    def visible_to(self, acting: Acting) -> "CaseQuerySet":
        """The firm's managers, and advisors whose mandate covers that kind of grant. Nobody else, the ward included."""
        if acting.kind == Kind.FIRM and acting.role == "manager":
            return self.filter(establishment__organisation=acting.organisation_id)
        if acting.kind == Kind.OFFICE:
            return self.filter(seen_by_office(acting))
        return self.none()


class GrantCase(models.Model):
    establishment = models.ForeignKey(
        Establishment, models.PROTECT, related_name="grant_cases", verbose_name=_("事業所")
    )
    subject = models.CharField(_("対象"), max_length=12, choices=Subject.choices, default=Subject.RUN)
    # Whatever reads `run` asks for a training, whose case always has one; the database holds it.
    run: models.ForeignKey[Run | Combinable, Run] = models.ForeignKey(  # type: ignore[misc]
        Run, models.PROTECT, null=True, blank=True, related_name="grant_cases", verbose_name=_("開講")
    )
    conversion = models.ForeignKey(
        Conversion, models.PROTECT, null=True, blank=True, related_name="cases", verbose_name=_("正社員転換")
    )
    # Each period of a conversion is claimed, decided and paid by itself.
    period = models.PositiveSmallIntegerField(_("期"), null=True, blank=True)
    subscription = models.ForeignKey(
        Subscription, models.PROTECT, null=True, blank=True, related_name="cases", verbose_name=_("定額制サービス")
    )
    scheme = models.CharField(_("制度"), max_length=30)
    menu = models.CharField(_("メニュー"), max_length=30)
    state = models.CharField(_("状態"), max_length=12, choices=CaseState.choices, default=CaseState.PREPARING)
    contact = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("企業の担当者")
    )
    opened_at = models.DateTimeField(_("作成日時"), auto_now_add=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("助成金案件")
        verbose_name_plural = _("助成金案件")
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["establishment", "run", "scheme", "menu"],
                condition=~Q(state="dropped"),
                name="grant_case_once",
            ),
            models.UniqueConstraint(
                fields=["establishment", "run"],
                condition=Q(scheme__in=EXCLUSIVE) & ~Q(state="dropped"),
                name="grant_case_one_scheme_a_run",
            ),
            models.UniqueConstraint(
                fields=["conversion", "period"], condition=~Q(state="dropped"), name="grant_case_period_once"
            ),
            # One price is paid for once, whichever scheme it is asked of.
            models.UniqueConstraint(
                fields=["subscription"], condition=~Q(state="dropped"), name="grant_case_subscription_once"
            ),
            models.CheckConstraint(condition=has_its_reference(), name="grant_case_has_its_subject"),
            models.CheckConstraint(
                condition=Q(conversion=None, period=None)
                | Q(conversion__isnull=False, period__isnull=False, period__in=PERIODS),
                name="grant_case_conversion_has_its_period",
            ),
            models.CheckConstraint(condition=~Q(scheme="") & ~Q(menu=""), name="grant_case_names_its_menu"),
        ]

    def __str__(self) -> str:
        return f"{self.establishment.organisation} {self.title}"

    @property
    def number(self) -> str:
        return f"G-{self.pk:05d}"

    @property
    def is_training(self) -> bool:
        return self.subject == Subject.RUN

    @property
    def is_conversion(self) -> bool:
        return self.subject == Subject.CONVERSION

    @property
    def is_subscription(self) -> bool:
        return self.subject == Subject.SUBSCRIPTION

    @property
    def page(self) -> str:
        return PAGES[Subject(self.subject)]

    @property
    def scope(self) -> Scope:
        return SCOPES[Subject(self.subject)]

    @property
    def title(self) -> str:
        """What it is about: the course, who is converted and for which period, or the service that is bought."""
        if self.subscription:
            return str(self.subscription)
        if self.conversion and self.period:
            return f"{self.conversion} {period_words(self.period)}"
        return str(self.run.course.title)

    @property
    def grant_label(self) -> str:
        return self.entry.label if self.is_training else current_schemes().by_name[self.scheme].menus[self.menu]

    @property
    def entry(self) -> Training:
        """What the registry says of its scheme; LookupError for a menu no case is opened for."""
        return entry_of(self.scheme, self.menu)

    @property
    def firm_id(self) -> int:
        return self.establishment.organisation_id


class ReskillingPlan(models.Model):
    """事業展開等実施計画, the facts of 様式第1-3号."""

    class Purpose(models.TextChoices):
        NEW_BUSINESS = "new_business", _("事業展開")
        DX = "dx", _("デジタル・デジタルトランスフォーメーション（DX）化")
        GX = "gx", _("グリーン・カーボンニュートラル（GX）化")

    case = models.OneToOneField(GrantCase, models.CASCADE, related_name="reskilling_plan", verbose_name=_("助成金案件"))
    purpose = models.CharField(_("種類"), max_length=14, choices=Purpose.choices)
    from_on = models.DateField(_("実施時期（開始）"))
    to_on = models.DateField(_("実施時期（終了予定）"), null=True, blank=True)
    business = models.TextField(_("事業展開の内容"), blank=True)
    change = models.TextField(_("DX・GX化の内容"), blank=True)
    task_link = models.TextField(_("受講者の職務と訓練のつながり"), blank=True)

    class Meta:
        verbose_name = _("事業展開等実施計画")
        verbose_name_plural = _("事業展開等実施計画")

    def __str__(self) -> str:
        return f"{self.case} {self.get_purpose_display()}"


class Answer(models.Model):
    """What the firm stated on one requirement. Append-only; the newest of a code holds."""

    class Value(models.TextChoices):
        YES = "yes", _("はい")
        NO = "no", _("いいえ")
        UNKNOWN = "unknown", _("未確認")

    case = models.ForeignKey(GrantCase, models.PROTECT, related_name="answers", verbose_name=_("助成金案件"))
    code = models.CharField(_("項目"), max_length=40)
    value = models.CharField(_("回答"), max_length=8, choices=Value.choices)
    note = models.CharField(_("補足"), max_length=200, blank=True)
    evidence = models.ForeignKey(
        Evidence, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("証拠書類")
    )
    answered_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("回答した人"))
    answered_at = models.DateTimeField(_("回答日時"), auto_now_add=True)

    class Meta:
        verbose_name = _("要件の回答")
        verbose_name_plural = _("要件の回答")
        ordering = ["case", "code", "-pk"]
        indexes = [models.Index(fields=["case", "code", "-id"], name="answer_newest")]

    def __str__(self) -> str:
        return f"{self.code}: {self.get_value_display()}"


class Cost(models.Model):
    """One payment towards the training: to whom, how much, when, borne by whom. Append-only; a mistake is voided."""

    class Payer(models.TextChoices):
        FIRM = "firm", _("申請事業主")
        WORKER = "worker", _("労働者")
        PARENT = "parent_company", _("親会社などの第三者")

    case = models.ForeignKey(GrantCase, models.PROTECT, related_name="costs", verbose_name=_("助成金案件"))
    amount_yen = models.PositiveIntegerField(_("支払額（税込・円）"))
    paid_on = models.DateField(_("支払日"))
    payer = models.CharField(_("負担した人"), max_length=16, choices=Payer.choices, default=Payer.FIRM)
    evidence = models.ForeignKey(
        Evidence, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("支払を証明する書類")
    )
    voids = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="voided_by", verbose_name=_("取り消す支払")
    )
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("記録した人"))
    recorded_at = models.DateTimeField(_("記録日時"), auto_now_add=True)

    class Meta:
        verbose_name = _("支払")
        verbose_name_plural = _("支払")
        ordering = ["case", "paid_on", "pk"]
        constraints = [models.CheckConstraint(condition=Q(amount_yen__gt=0), name="cost_is_positive")]

    def __str__(self) -> str:
        return f"{self.paid_on} {self.amount_yen}"
