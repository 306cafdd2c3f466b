"""Newcomer: a firm that asks the ward to take part, from the open page to the ward's answer."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from firms.acting import Acting
from firms.models.organisations import Industry, Kind, Organisation
from firms.numbers import validate_corporate_number
from firms.states import NewcomerState

# How long the mailed link confirms; what nobody has confirmed by then is forgotten.
CONFIRMED_WITHIN = timedelta(days=7)


class NewcomerQuerySet(models.QuerySet["Newcomer"]):
    def visible_to(self, acting: Acting) -> "NewcomerQuerySet":
        """The ward, and only what its sender has confirmed by mail."""
        return self.exclude(state=NewcomerState.UNCONFIRMED) if acting.kind == Kind.WARD else self.none()

    def waiting(self) -> "NewcomerQuerySet":
        return self.filter(state=NewcomerState.WAITING)

    def unconfirmed_since(self, moment: datetime) -> "NewcomerQuerySet":
        return self.filter(state=NewcomerState.UNCONFIRMED, asked_at__lt=moment)


class Newcomer(models.Model):
    """What a stranger typed about a firm and about themselves. Of the link in the mail only the hash is kept."""

    name = models.CharField(_("企業の名称"), max_length=120)
    name_kana = models.CharField(_("企業の名称（フリガナ）"), max_length=160)
    corporate_number = models.CharField(
        _("法人番号"), max_length=13, null=True, blank=True, validators=[validate_corporate_number]
    )
    postal_code = models.CharField(_("郵便番号"), max_length=8, blank=True)
    address = models.CharField(_("所在地"), max_length=200)
    industry = models.CharField(_("業種区分"), max_length=14, choices=Industry.choices)
    main_business = models.CharField(_("主たる事業"), max_length=100, blank=True)
    regular_employees = models.PositiveIntegerField(_("常時雇用する労働者数（人）"))
    family_name = models.CharField(_("担当者の姓"), max_length=40)
    given_name = models.CharField(_("担当者の名"), max_length=40)
    email = models.EmailField(_("担当者のメールアドレス"))
    phone = models.CharField(_("電話番号"), max_length=20)
    words = models.TextField(_("知りたいこと・困っていること"), max_length=600, blank=True)
    state = models.CharField(_("状態"), max_length=12, choices=NewcomerState.choices, default=NewcomerState.UNCONFIRMED)
    token_hash = models.CharField(max_length=64, unique=True)
    asked_at = models.DateTimeField(_("申込日時"))
    confirmed_at = models.DateTimeField(_("メールで確かめた日時"), null=True, blank=True)
    answered_at = models.DateTimeField(_("答えた日時"), null=True, blank=True)
    answered_by = models.ForeignKey(
        "firms.Person", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("答えた人")
    )
    declined_because = models.TextField(_("受け付けられない理由"), max_length=600, blank=True)
    organisation = models.OneToOneField(
        Organisation, models.PROTECT, null=True, blank=True, related_name="newcomer", verbose_name=_("登録した組織")
    )

    objects = NewcomerQuerySet.as_manager()

    class Meta:
        verbose_name = _("参加の申込み")
        verbose_name_plural = _("参加の申込み")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=NewcomerState.values), name="newcomer_state_known"),
            models.CheckConstraint(condition=~Q(corporate_number=""), name="newcomer_corporate_number_null_not_empty"),
            models.CheckConstraint(
                condition=Q(state="unconfirmed", confirmed_at=None)
                | (~Q(state="unconfirmed") & Q(confirmed_at__isnull=False)),
                name="newcomer_confirmed_with_moment",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["accepted", "declined"], answered_at__isnull=False, answered_by__isnull=False)
                | Q(state__in=["unconfirmed", "waiting"], answered_at=None, answered_by=None),
                name="newcomer_answered_by_somebody",
            ),
            models.CheckConstraint(
                condition=(Q(state="declined") & ~Q(declined_because=""))
                | (~Q(state="declined") & Q(declined_because="")),
                name="newcomer_declined_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(state="accepted", organisation__isnull=False)
                | (~Q(state="accepted") & Q(organisation=None)),
                name="newcomer_accepted_as_an_organisation",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def contact(self) -> str:
        return f"{self.family_name} {self.given_name}"

    @property
    def tone(self) -> dict[str, str]:
        return {
            NewcomerState.WAITING: "info",
            NewcomerState.ACCEPTED: "success",
            NewcomerState.DECLINED: "neutral",
        }

    def is_over(self, now: datetime) -> bool:
        return self.asked_at + CONFIRMED_WITHIN <= now
