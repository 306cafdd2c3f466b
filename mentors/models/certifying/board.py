"""The board: its members, whom they are asked about, and what each of them said."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from firms.acting import Acting
from firms.models import ActionLink, Organisation
from firms.models.organisations import Kind
from mentors.models.certifying.applications import Application


class BoardMemberQuerySet(models.QuerySet["BoardMember"]):
    def on(self, day: date) -> "BoardMemberQuerySet":
        return self.filter(Q(ended_on=None) | Q(ended_on__gt=day), started_on__lte=day)

    def visible_to(self, acting: Acting) -> "BoardMemberQuerySet":
        return self.filter(ward=acting.organisation_id) if acting.kind == Kind.WARD else self.none()


class BoardMember(models.Model):
    """Somebody outside who votes by link; `party` is where they belong, by which a conflict of interest is known."""

    ward = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("区"))
    name = models.CharField(_("氏名"), max_length=60)
    party = models.CharField(_("所属"), max_length=120)
    email = models.EmailField(_("メールアドレス"))
    started_on = models.DateField(_("就任日"))
    ended_on = models.DateField(_("退任日"), null=True, blank=True)

    objects = BoardMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("審査会の委員")
        verbose_name_plural = _("審査会の委員")
        ordering = ["started_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["ward", "email"], condition=Q(ended_on=None), name="board_member_sits_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on")), name="board_member_leaves_after_coming"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="board_member_has_a_name"),
        ]

    def __str__(self) -> str:
        return f"{self.party} {self.name}".strip()


class Ballot(models.Model):
    """A member is asked about an application, or stands aside for a conflict of interest known beforehand."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="ballots", verbose_name=_("申請"))
    member = models.ForeignKey(BoardMember, models.PROTECT, related_name="ballots", verbose_name=_("委員"))
    aside_because = models.CharField(_("審査から外れる理由"), max_length=200, blank=True)
    asked_at = models.DateTimeField(_("依頼日時"), auto_now_add=True)

    class Meta:
        verbose_name = _("審査の依頼")
        verbose_name_plural = _("審査の依頼")
        ordering = ["application", "pk"]
        constraints = [models.UniqueConstraint(fields=["application", "member"], name="ballot_member_once")]

    def __str__(self) -> str:
        return str(self.application)

    @property
    def said(self) -> "Vote | None":
        return getattr(self, "vote", None)


class Choice(models.TextChoices):
    APPROVE = "approve", _("認める")
    DECLINE = "decline", _("認めない")
    ASIDE = "aside", _("利害関係があるため、審査から外れる")


class Vote(models.Model):
    """Append-only: one member's word and the reason for it, given by link."""

    ballot = models.OneToOneField(Ballot, models.PROTECT, related_name="vote", verbose_name=_("審査の依頼"))
    choice = models.CharField(_("判断"), max_length=8, choices=Choice.choices)
    reason = models.TextField(_("理由"))
    name = models.CharField(_("判断した人"), max_length=60)
    link = models.OneToOneField(ActionLink, models.PROTECT, related_name="+", verbose_name=_("リンク"))
    voted_at = models.DateTimeField(_("判断の日時"), auto_now_add=True)

    class Meta:
        verbose_name = _("委員の判断")
        verbose_name_plural = _("委員の判断")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(choice__in=Choice.values), name="vote_choice_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="vote_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.get_choice_display()}"
