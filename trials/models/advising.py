"""Whose hands people are in at an agency: their adviser's, a deputy's for some days, and how they were handed over."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from firms.acting import Acting
from firms.models import Organisation
from firms.models.deputies import Deputising, DeputyQuerySet
from firms.models.organisations import Kind, Role

ADVISING_ROLES = (Role.COORDINATOR, Role.CAREER)


def is_desk_of_agency(acting: Acting) -> bool:
    """Who leads the agency: sees all of its people."""
    return acting.kind == Kind.AGENCY and acting.role == Role.COORDINATOR


def works_at_agency(acting: Acting) -> bool:
    """The desk, and its advisers, each of whom sees their own people alone."""
    return acting.kind == Kind.AGENCY and acting.role in ADVISING_ROLES


def advised_by(acting: Acting, *, seeker: str = "") -> Q:
    """Rows of the people in somebody's hands; `seeker` is the path to them."""
    path = f"{seeker}__" if seeker else ""
    if not works_at_agency(acting):
        return Q(pk__in=[])
    own = Q(**{f"{path}agency": acting.organisation_id})
    return own if is_desk_of_agency(acting) else own & in_own_hands(acting, seeker=seeker)


def in_own_hands(acting: Acting, *, seeker: str = "") -> Q:
    """Of the people one advises oneself, or deputises for today."""
    path = f"{seeker}__" if seeker else ""
    theirs = Deputy.objects.on(acting.today).filter(agency=acting.organisation_id, deputy=acting.person)
    return Q(**{f"{path}agency": acting.organisation_id}) & (
        Q(**{f"{path}adviser": acting.person}) | Q(**{f"{path}adviser__in": theirs.values("adviser")})
    )


class AgencyDeputyQuerySet(DeputyQuerySet["Deputy"]):
    def visible_to(self, acting: Acting) -> "AgencyDeputyQuerySet":
        """The desk sees all of its agency's, an adviser those of whom they are one side."""
        if not works_at_agency(acting):
            return self.none()
        ours = self.filter(agency=acting.organisation_id)
        if is_desk_of_agency(acting):
            return ours
        return ours.filter(Q(adviser=acting.person) | Q(deputy=acting.person))


class Deputy(Deputising):
    """Somebody of the same agency who sees an adviser's people and is told what the adviser is told."""

    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="deputies", verbose_name=_("派遣元"))
    adviser = models.ForeignKey("firms.Person", models.PROTECT, related_name="+", verbose_name=_("アドバイザー"))

    objects = AgencyDeputyQuerySet.as_manager()

    class Meta:
        verbose_name = _("担当の代理")
        verbose_name_plural = _("担当の代理")
        ordering = ["-starts_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(last_on__gte=F("starts_on")), name="deputy_days_in_order"),
            models.CheckConstraint(condition=~Q(deputy=F("adviser")), name="deputy_is_another"),
        ]

    def __str__(self) -> str:
        return f"{self.adviser} → {self.deputy}"


class HandOver(models.Model):
    """Append-only: somebody's adviser changed, and why."""

    seeker = models.ForeignKey("trials.JobSeeker", models.PROTECT, related_name="hand_overs", verbose_name=_("求職者"))
    giver = models.ForeignKey("firms.Person", models.PROTECT, related_name="+", verbose_name=_("前の担当者"))
    taker = models.ForeignKey("firms.Person", models.PROTECT, related_name="+", verbose_name=_("新しい担当者"))
    reason = models.CharField(_("引継ぎの理由"), max_length=400)
    handed_at = models.DateTimeField(_("引継ぎの日時"), auto_now_add=True)

    class Meta:
        verbose_name = _("担当の引継ぎ")
        verbose_name_plural = _("担当の引継ぎ")
        ordering = ["seeker", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="hand_over_with_reason"),
            models.CheckConstraint(condition=~Q(giver=F("taker")), name="hand_over_to_another"),
        ]

    def __str__(self) -> str:
        return f"{self.seeker} {self.giver} → {self.taker}"
