"""Letters: what a notice is about, how it leaves, and what somebody wishes of both."""

from datetime import time

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class LetterKind(models.TextChoices):
    """What a notice is about. All but the first are the part of the site its page lies in."""

    DEADLINE = "deadline", _("期限が近い・過ぎた")
    COURSES = "courses", _("講座と受講")
    GRANTS = "grants", _("助成金案件")
    TRIALS = "trials", _("トライアル就労")
    MENTORS = "mentors", _("マイスター")
    ORGANISATIONS = "organisations", _("組織・委任・署名")
    ACCOUNTS = "accounts", _("ログインと安全")


# Nobody can turn these off or put them off.
ALWAYS = frozenset({LetterKind.ACCOUNTS})


class LetterWay(models.TextChoices):
    AT_ONCE = "at_once", _("そのつどメール")
    DAILY = "daily", _("1日分をまとめて朝にメール")
    PAGE = "page", _("メールなし（画面だけ）")


class LetterWishes(models.Model):
    """How one person wants to hear: a way for each kind, and the hours in which no letter comes.

    Who has never said anything has no row, and what a new one would hold is what they get.
    """

    person = models.OneToOneField("firms.Person", models.PROTECT, related_name="letter_wishes")
    ways = models.JSONField(_("受け取り方"), default=dict)
    quiet_from = models.TimeField(_("静かな時間の始まり"), null=True, blank=True, default=time(22))
    quiet_until = models.TimeField(_("静かな時間の終わり"), null=True, blank=True, default=time(7))
    written_at = models.DateTimeField(_("更新日時"), auto_now=True)

    class Meta:
        verbose_name = _("お知らせの受け取り方")
        verbose_name_plural = _("お知らせの受け取り方")
        constraints = [
            models.CheckConstraint(
                condition=Q(quiet_from=None, quiet_until=None)
                | Q(quiet_from__isnull=False, quiet_until__isnull=False) & ~Q(quiet_from=models.F("quiet_until")),
                name="letter_wishes_quiet_is_a_stretch",
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)

    def way_of(self, kind: str) -> LetterWay:
        return LetterWay.AT_ONCE if kind in ALWAYS else LetterWay(self.ways.get(kind, LetterWay.AT_ONCE))
