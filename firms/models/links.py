"""ActionLink: by it somebody without an account does one thing, until a moment, as often as agreed."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from firms.acting import Acting
from firms.models.organisations import LEADING_ROLES, Organisation
from firms.states import LinkState


class ActionLinkQuerySet(models.QuerySet["ActionLink"]):
    def about(self, subject: models.Model) -> "ActionLinkQuerySet":
        return self.filter(subject_type=subject._meta.label_lower, subject_id=subject.pk)

    def open(self) -> "ActionLinkQuerySet":
        return self.filter(state=LinkState.OPEN)

    def visible_to(self, acting: Acting) -> "ActionLinkQuerySet":
        """What one gave oneself, and all of the organisation one leads."""
        own = Q(given_by=acting.person)
        if acting.role in LEADING_ROLES:
            own |= Q(owner=acting.organisation_id)
        return self.filter(own)


class ActionLink(models.Model):
    """One purpose about one row for one named receiver. What stands in the link is not kept, only its hash."""

    purpose = models.CharField(_("目的"), max_length=40)
    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    subject_label = models.CharField(_("対象"), max_length=200)
    for_name = models.CharField(_("宛先の氏名"), max_length=60)
    for_party = models.CharField(_("宛先の所属"), max_length=160, blank=True)
    email = models.EmailField(_("メールアドレス"), blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    uses_allowed = models.PositiveSmallIntegerField(_("使える回数"), default=1)
    uses = models.PositiveSmallIntegerField(_("使われた回数"), default=0)
    expires_at = models.DateTimeField(_("有効期限"))
    state = models.CharField(_("状態"), max_length=8, choices=LinkState.choices, default=LinkState.OPEN)
    closed_at = models.DateTimeField(_("終わった日時"), null=True, blank=True)
    closed_because = models.CharField(_("終わった理由"), max_length=200, blank=True)
    given_by = models.ForeignKey("firms.Person", models.PROTECT, related_name="+", verbose_name=_("発行した人"))
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("送った組織"))
    given_at = models.DateTimeField(_("発行日時"))

    objects = ActionLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("リンク")
        verbose_name_plural = _("リンク")
        ordering = ["-given_at", "-pk"]
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="link_subject")]
        constraints = [
            models.UniqueConstraint(
                fields=["purpose", "subject_type", "subject_id", "for_name", "email"],
                condition=Q(state="open"),
                name="link_open_once",
            ),
            models.CheckConstraint(condition=Q(state__in=LinkState.values), name="link_state_known"),
            models.CheckConstraint(condition=~Q(for_name=""), name="link_names_its_receiver"),
            models.CheckConstraint(condition=Q(expires_at__gt=F("given_at")), name="link_has_a_term"),
            models.CheckConstraint(
                condition=Q(uses_allowed__gte=1, uses__lte=F("uses_allowed")), name="link_used_as_often_as_allowed"
            ),
            models.CheckConstraint(
                condition=~Q(state="used") | Q(uses=F("uses_allowed")), name="link_used_up_when_used"
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_at=None) | (~Q(state="open") & Q(closed_at__isnull=False)),
                name="link_closed_with_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state="revoked") | ~Q(closed_because=""), name="link_revoked_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject_label}（{self.receiver}）"

    @property
    def receiver(self) -> str:
        return f"{self.for_party} {self.for_name}".strip()

    @property
    def tone(self) -> dict[str, str]:
        return {LinkState.OPEN: "info", LinkState.USED: "success", LinkState.REVOKED: "neutral"}

    def is_over(self, at: datetime) -> bool:
        return at >= self.expires_at
