"""The subject of a 正社員化 case: one person's conversion, the キャリアアップ計画 it rests on, and what is told of each period."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from firms.acting import Acting
from firms.models import Establishment, Person
from firms.models.mandates import Scope
from firms.models.organisations import Kind

PERIODS = (1, 2)
DAYS_OF_MONTH = (MinValueValidator(1), MaxValueValidator(31))


class OfFirm(models.QuerySet[models.Model]):
    def visible_to(self, acting: Acting) -> "OfFirm":
        """The firm's managers, and the office whose mandate covers キャリアアップ助成金."""
        if acting.kind == Kind.FIRM and acting.role == "manager":
            return self.filter(establishment__organisation=acting.organisation_id)
        if acting.kind == Kind.OFFICE:
            return self.filter(establishment__organisation__in=acting.clients_for(Scope.CAREER_UP))
        return self.none()


class CareerUpPlan(models.Model):
    """キャリアアップ計画書 (様式第1号): one an establishment and time, for every conversion inside its period."""

    class Heard(models.TextChoices):
        MEETING = "meeting", _("ア 説明会などで意見を聴いた")
        WRITING = "writing", _("イ 書面で意見を聴いた")
        OTHER = "other", _("ウ その他")

    establishment = models.ForeignKey(
        Establishment, models.PROTECT, related_name="careerup_plans", verbose_name=_("事業所")
    )
    starts_on = models.DateField(_("計画期間の初日"))
    ends_on = models.DateField(_("計画期間の最終日"))
    manager_name = models.CharField(_("キャリアアップ管理者の氏名"), max_length=60)
    manager_since = models.DateField(_("キャリアアップ管理者の配置日"))
    is_officer = models.BooleanField(_("キャリアアップ管理者は役員である"), default=False)
    worker_name = models.CharField(_("労働者代表者の氏名"), max_length=60)
    heard = models.CharField(_("意見を聴いた方法"), max_length=8, choices=Heard.choices)
    for_fixed_term = models.BooleanField(_("有期雇用労働者"), default=False)
    for_indefinite = models.BooleanField(_("無期雇用労働者"), default=False)
    for_dispatched = models.BooleanField(_("派遣労働者"), default=False)
    people = models.PositiveSmallIntegerField(_("転換・直接雇用する人数の目標"))
    month = models.DateField(_("措置を講ずる予定の年月"))
    filed_on = models.DateField(_("届出日（到達日）"), null=True, blank=True)
    receipt_number = models.CharField(_("計画書の受理番号"), max_length=40, blank=True)

    objects = OfFirm.as_manager()

    class Meta:
        verbose_name = _("キャリアアップ計画書")
        verbose_name_plural = _("キャリアアップ計画書")
        ordering = ["establishment", "-starts_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["establishment"], condition=Q(filed_on=None), name="careerup_plan_one_being_written"
            ),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="careerup_plan_days_in_order"),
            models.CheckConstraint(
                condition=Q(filed_on=None) | Q(filed_on__lt=F("starts_on")), name="careerup_plan_filed_before_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(for_fixed_term=True) | Q(for_indefinite=True) | Q(for_dispatched=True),
                name="careerup_plan_is_for_somebody",
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="careerup_plan_month_is_its_first_day"),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on:%Y-%m-%d}–{self.ends_on:%Y-%m-%d}"


class Conversion(models.Model):
    """One person of an establishment who becomes a regular employee, once; whether a trial went before or not.

    What nobody has said is empty, and named as missing before anything is frozen."""

    class Origin(models.TextChoices):
        FIXED_TERM = "fixed_term", _("有期雇用から")
        INDEFINITE = "indefinite", _("無期雇用（正規以外）から")
        DISPATCHED = "dispatched", _("派遣から（直接雇用）")

    class Priority(models.TextChoices):
        NONE = "none", _("あてはまらない")
        UNSTABLE = "unstable", _("② 有期3年未満で、正規の仕事が少なかった人（別添1-5を本人が書く）")
        PARENT = "parent", _("③ 母子家庭の母・父子家庭の父")
        TRAINED = "trained", _("③ 人材開発支援助成金の訓練を修了した人（支給決定があるもの）")

    class Form(models.TextChoices):
        REGULAR = "regular", _("正社員")
        PLACE = "place", _("勤務地限定正社員")
        JOB = "job", _("職務限定正社員")
        SHORT = "short", _("短時間正社員")

    establishment = models.ForeignKey(
        Establishment, models.PROTECT, related_name="conversions", verbose_name=_("事業所")
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("転換する人"))
    plan = models.ForeignKey(
        CareerUpPlan, models.PROTECT, null=True, blank=True, related_name="conversions", verbose_name=_("計画書")
    )
    converted_on = models.DateField(_("転換日（雇入れの日）"), null=True, blank=True)
    origin = models.CharField(_("転換前の雇用"), max_length=12, choices=Origin.choices, blank=True)
    since = models.DateField(_("転換前の雇用・派遣の初日"), null=True, blank=True)
    until = models.DateField(_("派遣の最終日"), null=True, blank=True)
    same_unit = models.BooleanField(_("同じ組織単位で続けて受け入れた"), null=True, blank=True)
    agency_is_indefinite = models.BooleanField(_("派遣元に無期雇用されていた"), null=True, blank=True)
    contracted_on = models.DateField(_("労働契約を結んだ（申し込んだ）日"), null=True, blank=True)
    priority = models.CharField(_("重点支援対象者"), max_length=8, choices=Priority.choices, blank=True)
    has_probation = models.BooleanField(_("転換後に試用期間がある"), null=True, blank=True)
    probation_to = models.DateField(_("試用期間の最終日"), null=True, blank=True)
    form = models.CharField(_("転換後の区分"), max_length=8, choices=Form.choices, blank=True)
    closing_day = models.PositiveSmallIntegerField(_("賃金の締め日"), null=True, blank=True, validators=DAYS_OF_MONTH)
    pay_day = models.PositiveSmallIntegerField(_("賃金の支払日"), null=True, blank=True, validators=DAYS_OF_MONTH)
    pay_months_later = models.PositiveSmallIntegerField(_("支払は締め日の何か月後か"), null=True, blank=True)

    objects = OfFirm.as_manager()

    class Meta:
        verbose_name = _("正社員転換")
        verbose_name_plural = _("正社員転換")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["establishment", "person"], name="conversion_person_once"),
            models.CheckConstraint(
                condition=Q(since=None) | Q(converted_on=None) | Q(since__lt=F("converted_on")),
                name="conversion_after_it_began",
            ),
            models.CheckConstraint(
                condition=Q(origin="dispatched")
                | Q(until=None, same_unit=None, agency_is_indefinite=None, contracted_on=None),
                name="conversion_dispatch_alone_has_its_facts",
            ),
            models.CheckConstraint(
                condition=Q(has_probation=True, probation_to__gte=F("converted_on"))
                | (~Q(has_probation=True) & Q(probation_to=None)),
                name="conversion_probation_agrees",
            ),
        ]

    def __str__(self) -> str:
        return _("正社員化：%(who)s") % {"who": self.person}


class PeriodPay(models.Model):
    """What the wage ledger says of one period of a case; of the second only what is paid in it."""

    case = models.OneToOneField(
        "grants.GrantCase", models.PROTECT, related_name="period_pay", verbose_name=_("助成金案件")
    )
    before_yen = models.PositiveIntegerField(_("転換前（第2期は第1期）6か月の賃金"))
    after_yen = models.PositiveIntegerField(_("この期の6か月の賃金"))
    before_weekly = models.DecimalField(_("転換前（第2期は第1期）の週所定労働時間"), max_digits=4, decimal_places=2)
    after_weekly = models.DecimalField(_("この期の週所定労働時間"), max_digits=4, decimal_places=2)
    worked_days: "models.JSONField[list[int], list[int]]" = models.JSONField(_("月ごとの勤務日数"))
    last_paid_on = models.DateField(_("最後の月の賃金を支払った日"))
    is_paid_late = models.BooleanField(_("規定の支払日より遅れて支払った"), default=False)
    additions: "models.JSONField[list[str], list[str]]" = models.JSONField(_("加算"), default=list)

    class Meta:
        verbose_name = _("期の賃金")
        verbose_name_plural = _("期の賃金")
        constraints = [
            models.CheckConstraint(
                condition=Q(before_yen__gt=0, after_yen__gt=0, before_weekly__gt=0, after_weekly__gt=0),
                name="period_pay_is_positive",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case}"


def period_words(period: int) -> str:
    return str(_("第%(n)s期") % {"n": period})
