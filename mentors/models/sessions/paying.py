"""Bank accounts, and the monthly statements of what a マイスター is paid: all of it append-only."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from firms.acting import Acting
from firms.models import Organisation
from firms.models.organisations import Kind
from mentors.models.sessions.logs import SessionLog
from mentors.rules import Account as Known


class AccountKind(models.TextChoices):
    """As `mentors.rules.ACCOUNT_KINDS` names them."""

    ORDINARY = "ordinary", _("普通")
    CURRENT = "current", _("当座")
    SAVINGS = "savings", _("貯蓄")
    OTHER = "other", _("その他")


class BankAccount(models.Model):
    """Append-only, the newest counts: where a マイスター is paid, or (with its code) from where the ward pays."""

    person = models.ForeignKey(
        "firms.Person", models.PROTECT, null=True, related_name="bank_accounts", verbose_name=_("マイスター")
    )
    ward = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+", verbose_name=_("区"))
    code = models.CharField(_("委託者コード"), max_length=10, blank=True)
    bank = models.CharField(_("銀行番号"), max_length=4)
    bank_kana = models.CharField(_("銀行名（カナ）"), max_length=40)
    branch = models.CharField(_("支店番号"), max_length=3)
    branch_kana = models.CharField(_("支店名（カナ）"), max_length=40)
    account_kind = models.CharField(_("預金の種類"), max_length=8, choices=AccountKind.choices)
    account = models.CharField(_("口座番号"), max_length=7)
    name_kana = models.CharField(_("口座名義（カナ）"), max_length=60)
    written_at = models.DateTimeField(_("届出の日時"), auto_now_add=True)

    class Meta:
        verbose_name = _("口座")
        verbose_name_plural = _("口座")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, ward=None, code="")
                | (Q(person=None, ward__isnull=False) & ~Q(code="")),
                name="account_of_a_person_or_a_ward",
            ),
            models.CheckConstraint(condition=Q(account_kind__in=AccountKind.values), name="account_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.bank_kana} {self.branch_kana} {self.account[-3:]}"

    @property
    def as_fact(self) -> Known:
        names = ("bank", "bank_kana", "branch", "branch_kana", "account_kind", "account", "name_kana")
        return Known(**{name: getattr(self, name) for name in names})


class StatementQuerySet(models.QuerySet["Statement"]):
    def visible_to(self, acting: Acting) -> "StatementQuerySet":
        """One's own; the ward those it pays."""
        own = Q(mentor=acting.person)
        if acting.kind == Kind.WARD:
            own |= Q(ward=acting.organisation_id)
        return self.filter(own)


class Statement(models.Model):
    """Append-only: what one マイスター is paid for what was settled by the end of a month."""

    mentor = models.ForeignKey("firms.Person", models.PROTECT, related_name="statements", verbose_name=_("マイスター"))
    ward = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("区"))
    month = models.DateField(_("月"))
    pay_on = models.DateField(_("振込日"))
    account = models.ForeignKey(BankAccount, models.PROTECT, related_name="+", verbose_name=_("口座"))
    fee_yen = models.IntegerField(_("謝金（円）"))
    travel_yen = models.IntegerField(_("交通費（円）"))
    withheld_yen = models.PositiveIntegerField(_("源泉徴収（円）"))
    paid_yen = models.PositiveIntegerField(_("振込額（円）"))
    because = models.CharField(_("計算"), max_length=400)
    closed_by = models.ForeignKey("firms.Person", models.PROTECT, related_name="+", verbose_name=_("締めた人"))
    closed_at = models.DateTimeField(_("締めた日時"), auto_now_add=True)

    objects = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("支払明細")
        verbose_name_plural = _("支払明細")
        ordering = ["-month", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["mentor", "ward", "month"], name="statement_month_once"),
            models.CheckConstraint(condition=Q(month__day=1), name="statement_month_by_its_first_day"),
            models.CheckConstraint(
                condition=Q(paid_yen=F("fee_yen") + F("travel_yen") - F("withheld_yen")),
                name="statement_adds_up",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.mentor}"

    @staticmethod
    def first_of(day: date) -> date:
        return day.replace(day=1)


class StatementLine(models.Model):
    """Append-only: one telling of one session is paid once; a correction pays or takes the difference."""

    statement = models.ForeignKey(Statement, models.PROTECT, related_name="lines", verbose_name=_("支払明細"))
    log = models.OneToOneField(SessionLog, models.PROTECT, related_name="line", verbose_name=_("記録"))
    fee_yen = models.IntegerField(_("謝金（円）"))
    travel_yen = models.IntegerField(_("交通費（円）"))
    because = models.CharField(_("計算"), max_length=400)

    class Meta:
        verbose_name = _("支払明細の行")
        verbose_name_plural = _("支払明細の行")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.log)


class StatementCarry(models.Model):
    """Append-only: what a month could not take back, put over, and the row of the next month that takes it.

    The row that puts over raises its month to nothing; the row that takes names it and is its opposite.
    """

    statement = models.ForeignKey(Statement, models.PROTECT, related_name="carries", verbose_name=_("支払明細"))
    takes = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="taken", verbose_name=_("繰り越された行")
    )
    fee_yen = models.IntegerField(_("謝金（円）"))
    travel_yen = models.IntegerField(_("交通費（円）"))
    because = models.CharField(_("計算"), max_length=400)

    class Meta:
        verbose_name = _("繰越し")
        verbose_name_plural = _("繰越し")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(takes=None) | Q(fee_yen__lt=-F("travel_yen")), name="carry_taken_is_a_debt"
            ),
            models.CheckConstraint(
                condition=Q(takes__isnull=False) | Q(fee_yen__gt=-F("travel_yen")), name="carry_put_over_is_a_debt"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.statement} {self.fee_yen + self.travel_yen}"
